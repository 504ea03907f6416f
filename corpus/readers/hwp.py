"""HWP 5 and HWPX, the formats of the word processor that Korean offices use."""

from __future__ import annotations

from pathlib import Path

from corpus.readers.compound import is_distribution
from corpus.readers.hwp_dochan import read_with_dochan
from corpus.readers.limits import Limits
from corpus.types import Paper

try:
    from corpus.readers.hwp_unhwp import read_with_unhwp
except (ImportError, OSError):  # no native library: Linux on arm64
    read_with_unhwp = read_with_dochan


class HwpReader:
    """Reads HWP 5; a 배포용 (distribution) file holds its text encrypted, which dochan opens."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits

    def read(self, path: Path) -> Paper:
        """The paper; no pages, as the format stores none."""
        read = read_with_dochan if is_distribution(path) else read_with_unhwp
        return read(path, "hwp", self._limits)


class HwpxReader:
    """Reads HWPX, the zip container with the same content."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits

    def read(self, path: Path) -> Paper:
        """The paper; no pages, as the format stores none."""
        return read_with_unhwp(path, "hwpx", self._limits)
