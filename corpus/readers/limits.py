"""How much a single file may ask of the machine."""

from __future__ import annotations

from dataclasses import dataclass

_MEBIBYTE = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Bounds on reading one file; what exceeds one is refused with its reason.

    Attributes:
        seconds: Wall-clock time in the child process; 44 pages of PDF take about one second.
        memory: Address space of the child process in bytes; every sample was read in 512 MiB.
        file_bytes: Size of the file itself.
        unpacked_bytes: Sum of the sizes that a zip container declares for its members.
        cells: Filled cells of a workbook or CSV file, and grid positions of any one table.
    """

    seconds: float = 60.0
    memory: int = 1024 * _MEBIBYTE
    file_bytes: int = 100_000_000
    unpacked_bytes: int = 400_000_000
    cells: int = 500_000


DEFAULT_LIMITS = Limits()
