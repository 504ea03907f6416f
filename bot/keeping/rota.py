"""Backups by the calendar: what they are called, when the next is due, and which are kept."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from bot.clock import SEOUL, seoul
from bot.keeping.backup import PART

_OWN = re.compile(r"dongne-auto-(\d{8}-\d{4})\.zip")
_STAMP = "%Y%m%d-%H%M"
# No backup takes a day; what is older was left by a process that was killed.
_LEFT_OVER = timedelta(days=1)


def backup_name(now: datetime) -> str:
    """Name of a backup that somebody makes by hand; the rota never touches it."""
    return f"dongne-{seoul(now):{_STAMP}}.zip"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rota:
    """When backups are made by themselves, and how many are kept.

    What is due is told from the files that are there: one that was missed, or that somebody
    deleted, is made up.

    Attributes:
        folder: Where they lie.
        hour: Of the day, in the council's time.
        daily: How many of the newest are kept; 0 makes none.
        weekly: For how many weeks the newest of the week is kept besides.
    """

    folder: Path
    hour: int
    daily: int
    weekly: int

    @property
    def days(self) -> int:
        """How long one is kept at most, where one is made each day; 0 where none is made."""
        return max(self.daily, 7 * self.weekly) if self.daily else 0

    def file(self, now: datetime) -> Path:
        """What a backup made now is called."""
        return self.folder / f"dongne-auto-{seoul(now):{_STAMP}}.zip"

    def made(self) -> list[tuple[datetime, Path]]:
        """The backups of this rota with their times, newest first."""
        found = []
        for path in self.folder.glob("dongne-auto-*.zip"):
            if match := _OWN.fullmatch(path.name):
                at = datetime.strptime(match[1], _STAMP).replace(tzinfo=SEOUL)
                found.append((at, path))
        return sorted(found, reverse=True)

    def is_due(self, now: datetime) -> bool:
        """Whether none was made since the hour came last; one dated ahead of the clock is none."""
        if not self.daily:
            return False
        here = seoul(now)
        last = here.replace(hour=self.hour, minute=0, second=0, microsecond=0)
        if last > here:
            last -= timedelta(days=1)
        return not any(last <= at <= here for at, _ in self.made())

    def rotate(self, now: datetime) -> list[Path]:
        """Delete those that need not be kept, and what killed processes left; which ones.

        One dated ahead of the clock is neither counted nor deleted: clocks are set right again.
        """
        past = [(at, path) for at, path in self.made() if at <= now]
        kept = {path for _, path in past[: self.daily]}
        weeks: dict[tuple[int, int], Path] = {}
        for at, path in past:
            weeks.setdefault(at.isocalendar()[:2], path)
        kept |= set(list(weeks.values())[: self.weekly])
        gone = [path for _, path in past if path not in kept] + self._left_over(now)
        for path in gone:
            path.unlink(missing_ok=True)
        return gone

    def _left_over(self, now: datetime) -> list[Path]:
        before = (now - _LEFT_OVER).timestamp()
        return [path for path in self.folder.glob(f".*{PART}") if path.stat().st_mtime < before]
