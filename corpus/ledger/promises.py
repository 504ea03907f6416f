"""When promises are due: by a day, or by the meetings that papers tell of."""

from __future__ import annotations

from datetime import date

from corpus.database import Reader
from corpus.ledger.opinion import OPEN_PROMISES
from corpus.types import Visibility

_OPEN = ", ".join(f"'{kind.value}'" for kind in sorted(OPEN_PROMISES))
# A promise is overdue from the day after its due day; one made for a meeting, once a meeting has
# been held since.
OVERDUE = (
    f"o.state = 'answered' and o.promise in ({_OPEN}) and"
    " ((o.due <> '' and o.due < :today) or (o.due = '' and o.meeting <> ''"
    " and substr(o.promised_at, 1, 10) < :met))"
)
"""A condition on `opinions o` with the parameters that `Meetings.clock` gives."""


_FROM = (
    " from records r join fields f on f.record_id = r.id join relations n on n.id = r.relation_id"
    " join documents d on d.id = n.document_id where r.kind = 'meeting' and length(f.first) = 10"
    " and d.visibility <= ?"
)


class Meetings:
    """Reads the days of meetings; those that only staff-only papers tell of, staff alone learn.

    Args:
        database: The council's store, or an open transaction.
    """

    def __init__(self, database: Reader) -> None:
        self._database = database

    def clock(self, today: date) -> dict[str, object]:
        """The parameters of `OVERDUE` for a day; what is overdue is so for everybody."""
        return {"today": today.isoformat(), "met": self.last(today, Visibility.STAFF) or ""}

    def last(self, today: date, audience: Visibility) -> str | None:
        """The day of the last meeting that a paper tells an audience of; None without one."""
        found = self.held(today, 1, audience)
        return found[0] if found else None

    def held(self, today: date, most: int, audience: Visibility) -> list[str]:
        """The days of the last meetings that papers tell an audience of, newest first."""
        rows = self._database.read(
            f"select distinct f.first as held{_FROM} and f.name = 'held_on' and f.first <= ?"
            " order by f.first desc limit ?",
            [int(audience), today.isoformat(), most],
        )
        return [row["held"] for row in rows]

    def next(self, today: date, audience: Visibility) -> str | None:
        """The day of the next meeting that a paper announces to an audience; None without one."""
        row = self._database.one(
            f"select min(f.first) as held{_FROM} and f.name in ('held_on', 'next_on')"
            " and f.first > ?",
            [int(audience), today.isoformat()],
        )
        return row["held"] if row else None
