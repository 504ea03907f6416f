"""What a figure must not exceed, and the rows in which both are shown."""

from __future__ import annotations

from dataclasses import dataclass

HEAD = ("| figure | measured | at most | |", "|---|---:|---:|---|")


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """The most that a figure may be.

    Attributes:
        name: What is measured.
        most: In `unit`.
        unit: Such as `ms`.
    """

    name: str
    most: float
    unit: str

    def row(self, value: float, most: float | None = None) -> str:
        """A line of the table under `HEAD`.

        Args:
            value: What was measured.
            most: Where the bar follows from another figure of the same run.
        """
        most = self.most if most is None else most
        verdict = "ok" if value <= most else "OVER"
        return f"| {self.name} | {value:,.2f} {self.unit} | {most:,.1f} {self.unit} | {verdict} |"
