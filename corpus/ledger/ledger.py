"""Reads the ledger: one opinion with all that belongs to it, lists, promises, numbers."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from corpus.database import Reader
from corpus.ledger.opinion import (
    Event,
    Note,
    NoteKind,
    Opinion,
    Reply,
    State,
)
from corpus.ledger.promises import OVERDUE, Meetings
from corpus.ledger.rows import opinion_of, promise_of
from corpus.ledger.wanted import Wanted, condition
from corpus.types import Visibility


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where a paper prints an opinion."""

    document: str
    title: str
    record_id: int | None
    reply_record_id: int | None


class Ledger:
    """Reads opinions.

    Args:
        database: The council's store, or an open transaction.
    """

    def __init__(self, database: Reader) -> None:
        self._database = database
        self.meetings = Meetings(database)

    def get(self, opinion_id: int) -> Opinion | None:
        """An opinion by its row, whoever may see it."""
        row = self._database.one("select * from opinions where id = ?", [opinion_id])
        return None if row is None else opinion_of(row)

    def numbered(self, year: int, ordinal: int) -> Opinion | None:
        """An opinion by its number, whoever may see it."""
        row = self._database.one(
            "select * from opinions where year = ? and ordinal = ?", [year, ordinal]
        )
        return None if row is None else opinion_of(row)

    def some(self, ids: Sequence[int], audience: Visibility) -> list[Opinion]:
        """Opinions by row, in the order asked for, as far as the audience may see them."""
        rows = self._database.read(
            "select o.* from json_each(?) j join opinions o on o.id = j.value"
            " where o.visibility <= ? and o.state <> 'withdrawn' order by j.key",
            [json.dumps(list(ids)), int(audience)],
        )
        return [opinion_of(row).seen_by(audience) for row in rows]

    def listed(
        self, wanted: Wanted, audience: Visibility, today: date, *, start: int = 0, most: int = 1000
    ) -> list[Opinion]:
        """Opinions that an audience may see, newest first.

        Args:
            wanted: Which ones.
            audience: Highest level that may be seen; a person always sees their own.
            today: For what is overdue.
            start: How many to pass over.
            most: How many at most.
        """
        where, values = condition(wanted, audience, self.meetings.clock(today))
        rows = self._database.read(
            f"select o.* from opinions o where {where}"
            " order by o.raised_at desc, o.id desc limit :most offset :start",
            values | {"most": most, "start": start},
        )
        level = audience if wanted.author_id is None else Visibility.STAFF
        return [opinion_of(row).seen_by(level) for row in rows]

    def count(self, wanted: Wanted, audience: Visibility, today: date) -> int:
        """How many opinions `listed` gives in all."""
        where, values = condition(wanted, audience, self.meetings.clock(today))
        row = self._database.one(f"select count(*) as n from opinions o where {where}", values)
        return int(row["n"]) if row else 0

    # -- what belongs to one opinion ---------------------------------------------------------------
    def replies(self, opinion_id: int) -> list[Reply]:
        """Every version of the reply, oldest first."""
        rows = self._database.read(
            "select * from opinion_replies where opinion_id = ? order by version", [opinion_id]
        )
        return [
            Reply(
                version=row["version"],
                at=row["at"],
                person=row["person"],
                department=row["department"],
                text=row["text"],
                promise=promise_of(row),
            )
            for row in rows
        ]

    def notes(self, opinion_id: int) -> list[Note]:
        """Notes of staff, questions back and their answers, oldest first."""
        rows = self._database.read(
            "select * from opinion_notes where opinion_id = ? order by id", [opinion_id]
        )
        return [
            Note(at=row["at"], person=row["person"], kind=NoteKind(row["kind"]), text=row["text"])
            for row in rows
        ]

    def history(self, opinion_id: int) -> list[Event]:
        """Everything that was done to it, oldest first."""
        rows = self._database.read(
            "select * from opinion_history where opinion_id = ? order by id", [opinion_id]
        )
        return [
            Event(
                at=row["at"],
                person=row["person"],
                action=row["action"],
                before=row["before"],
                after=row["after"],
                details=json.loads(row["details"]),
            )
            for row in rows
        ]

    def merged(self, opinion_id: int) -> list[Opinion]:
        """The opinions that were merged into one."""
        rows = self._database.read(
            "select * from opinions where merged_into = ? order by id", [opinion_id]
        )
        return [opinion_of(row) for row in rows]

    def source(self, opinion_id: int) -> Source | None:
        """Where a paper prints it; None for what came by chat."""
        row = self._database.one("select * from opinion_sources where opinion_id = ?", [opinion_id])
        if row is None:
            return None
        return Source(
            document=row["document"],
            title=row["title"],
            record_id=row["record_id"],
            reply_record_id=row["reply_record_id"],
        )

    def judged(self, opinion_id: int) -> tuple[int, int]:
        """How many people said that the reply helped, and how many that it did not."""
        row = self._database.one(
            "select ifnull(sum(helpful), 0) as yes, count(*) as n from opinion_feedback"
            " where opinion_id = ?",
            [opinion_id],
        )
        return (int(row["yes"]), int(row["n"] - row["yes"])) if row else (0, 0)

    # -- promises ---------------------------------------------------------------------------------
    def promises(self, since: str, today: date, audience: Visibility) -> list[Opinion]:
        """Replies given from a day on, with what they promise, oldest first.

        Args:
            since: First day, ISO 8601; empty for all.
            today: Last day.
            audience: Highest level that may be seen.
        """
        rows = self._database.read(
            "select * from opinions where promised_at >= ? and substr(promised_at, 1, 10) <= ?"
            " and promised_at <> '' and state in ('answered', 'closed') and visibility <= ?"
            " order by promised_at, id",
            [since, today.isoformat(), int(audience)],
        )
        return [opinion_of(row).seen_by(audience) for row in rows]

    def is_overdue(self, opinion: Opinion, today: date) -> bool:
        """Whether what an opinion's reply promises should have been kept by now."""
        row = self._database.one(
            f"select 1 from opinions o where o.id = :id and {OVERDUE}",
            self.meetings.clock(today) | {"id": opinion.id},
        )
        return row is not None

    # -- words that a list can be narrowed by ------------------------------------------------------
    def departments(self, audience: Visibility, most: int = 30) -> list[str]:
        """Departments that have answered or should answer, most frequent first."""
        return self._named("department", audience, most)

    def dongs(self, audience: Visibility, most: int = 60) -> list[str]:
        """Neighbourhoods that opinions name, most frequent first."""
        return self._named("dong", audience, most)

    def _named(self, column: str, audience: Visibility, most: int) -> list[str]:
        rows = self._database.read(
            f"select {column} as name, count(*) as n from opinions where {column} <> ''"
            " and visibility <= ? and state <> 'withdrawn'"
            f" group by {column} order by n desc, {column} limit ?",
            [int(audience), most],
        )
        return [row["name"] for row in rows]

    def states(self, audience: Visibility, since: date, until: date) -> dict[State, int]:
        """How many opinions that were raised in a period stand where."""
        rows = self._database.read(
            "select state, count(*) as n from opinions where visibility <= ?"
            " and substr(raised_at, 1, 10) between ? and ? group by state",
            [int(audience), since.isoformat(), until.isoformat()],
        )
        return {State(row["state"]): row["n"] for row in rows}

    def waiting(self, before: date) -> list[Opinion]:
        """Opinions by chat that nobody has taken, raised before a day, oldest first."""
        rows = self._database.read(
            "select * from opinions where origin = 'chat' and state = 'received'"
            " and substr(raised_at, 1, 10) < ? order by raised_at, id",
            [before.isoformat()],
        )
        return [opinion_of(row) for row in rows]
