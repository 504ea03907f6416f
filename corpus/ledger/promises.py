"""When promises are due: by a day, or by the meetings that papers tell of."""

from __future__ import annotations

from datetime import date

from corpus.database import Reader
from corpus.ledger.opinion import OPEN_PROMISES

_OPEN = ", ".join(f"'{kind.value}'" for kind in sorted(OPEN_PROMISES))
# A promise is overdue from the day after its due day; one made for a meeting, once a meeting has
# been held since.
OVERDUE = (
    f"o.state = 'answered' and o.promise in ({_OPEN}) and"
    " ((o.due <> '' and o.due < :today) or (o.due = '' and o.meeting <> ''"
    " and substr(o.promised_at, 1, 10) < :met))"
)
"""A condition on `opinions o` with the parameters that `Meetings.clock` gives."""


class Meetings:
    """Reads the days of meetings.

    Args:
        database: The council's store, or an open transaction.
    """

    def __init__(self, database: Reader) -> None:
        self._database = database

    def clock(self, today: date) -> dict[str, object]:
        """The parameters of `OVERDUE` for a day."""
        return {"today": today.isoformat(), "met": self.last(today) or ""}

    def last(self, today: date) -> str | None:
        """The day of the last meeting that a paper tells of; None without one."""
        row = self._database.one(
            "select max(f.first) as held from records r join fields f on f.record_id = r.id"
            " where r.kind = 'meeting' and f.name = 'held_on' and length(f.first) = 10"
            " and f.first <= ?",
            [today.isoformat()],
        )
        return row["held"] if row else None

    def held(self, today: date, most: int) -> list[str]:
        """The days of the last meetings that papers tell of, newest first."""
        rows = self._database.read(
            "select distinct f.first as held from records r join fields f on f.record_id = r.id"
            " where r.kind = 'meeting' and f.name = 'held_on' and length(f.first) = 10"
            " and f.first <= ? order by f.first desc limit ?",
            [today.isoformat(), most],
        )
        return [row["held"] for row in rows]

    def next(self, today: date) -> str | None:
        """The day of the next meeting that a paper announces; None without one."""
        row = self._database.one(
            "select min(f.first) as held from records r join fields f on f.record_id = r.id"
            " where r.kind = 'meeting' and f.name in ('held_on', 'next_on')"
            " and length(f.first) = 10 and f.first > ?",
            [today.isoformat()],
        )
        return row["held"] if row else None
