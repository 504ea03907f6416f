"""How many questions a day brought and what became of them; numbers alone, no words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

import sqlite_utils

from corpus.database import Reader

_WEEK = timedelta(days=7)


class Tally(StrEnum):
    """What is counted."""

    ANSWERED = "answered"
    REFUSED = "refused"
    HELPFUL = "helpful"
    UNHELPFUL = "unhelpful"


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """The numbers of a week.

    Attributes:
        monday: Its first day.
        answered: Questions that were answered.
        refused: Questions to which the papers say nothing.
        helpful: Answers that somebody called helpful.
        unhelpful: Answers that somebody called unhelpful.
    """

    monday: date
    answered: int = 0
    refused: int = 0
    helpful: int = 0
    unhelpful: int = 0

    @property
    def questions(self) -> int:
        """All questions of the week."""
        return self.answered + self.refused


def tally(db: sqlite_utils.Database, what: Tally, day: date, by: int = 1) -> None:
    """Count something inside the transaction that it happens in.

    Args:
        db: The database of the transaction.
        what: What happened.
        day: When, in the council's time.
        by: How often; -1 takes one back.
    """
    db.execute(
        "insert into tallies values (?, ?, max(?, 0))"
        " on conflict (day, what) do update set count = max(count + ?, 0)",
        [day.isoformat(), what.value, by, by],
    )


def weeks(reader: Reader, today: date, count: int) -> list[Week]:
    """The last weeks from Monday to Sunday, oldest first, the one that is not over last.

    Args:
        reader: The council's store, or an open transaction.
        today: A day of the last week.
        count: How many weeks; those without any question are there too.
    """
    this = today - timedelta(days=today.weekday())
    mondays = [this - _WEEK * back for back in reversed(range(count))]
    return [_week(reader, monday) for monday in mondays]


def _week(reader: Reader, monday: date) -> Week:
    rows = reader.read(
        "select what, sum(count) as n from tallies where day >= ? and day < ? group by what",
        [monday.isoformat(), (monday + _WEEK).isoformat()],
    )
    return Week(monday=monday, **{row["what"]: row["n"] for row in rows})
