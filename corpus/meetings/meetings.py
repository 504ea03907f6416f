"""Reads meetings and what was noted of them."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from corpus.database import Reader
from corpus.meetings.meeting import Expected, Item, Meeting, Note, NoteKind, Plan, State
from corpus.types import Visibility

_PLAN = (
    "council", "body", "year", "number", "held_on", "begins", "ends", "place", "department",
    "recorder", "members",
)  # fmt: skip
_NOTES = (
    "select n.*, a.name as attachment, a.sha256 from meeting_notes n"
    " left join note_attachments a on a.note_id = n.id"
)


class Meetings:
    """Reads meetings.

    Args:
        database: The council's store, or an open transaction.
    """

    def __init__(self, database: Reader) -> None:
        self._database = database

    def get(self, meeting_id: int) -> Meeting | None:
        """One meeting; None where there is none of this number."""
        row = self._database.one("select * from meetings where id = ?", [meeting_id])
        return None if row is None else self._meeting(row)

    def recent(self, count: int) -> list[Meeting]:
        """The newest meetings: running ones first, then by day."""
        rows = self._database.read(
            "select * from meetings order by state = 'open' desc, held_on desc, id desc limit ?",
            [count],
        )
        return [self._meeting(row) for row in rows]

    def at(self, chat_id: int, thread: int) -> Meeting | None:
        """The meeting whose notes are taken in a place, also when it has just ended elsewhere."""
        row = self._database.one(
            "select m.* from note_places p join meetings m on m.id = p.meeting_id"
            " where p.chat_id = ? and p.thread = ?",
            [chat_id, thread],
        )
        return None if row is None else self._meeting(row)

    def running(self) -> list[Meeting]:
        """The meetings that are open, oldest first."""
        rows = self._database.read("select * from meetings where state = 'open' order by id")
        return [self._meeting(row) for row in rows]

    def before(self, meeting: Meeting) -> Meeting | None:
        """The last meeting of the same body before this one."""
        plan = meeting.plan
        row = self._database.one(
            "select * from meetings where body = ? and id <> ? and state = 'closed'"
            " and (year < ? or (year = ? and number < ?)) order by year desc, number desc limit 1",
            [plan.body, meeting.id, plan.year, plan.year, plan.number],
        )
        return None if row is None else self._meeting(row)

    def notes(self, meeting_id: int) -> list[Note]:
        """The notes of a meeting that stand, in the order in which they came."""
        rows = self._database.read(
            f"{_NOTES} where n.meeting_id = ? and n.deleted_at = '' order by n.id", [meeting_id]
        )
        return [_note(row) for row in rows]

    def note(self, note_id: int) -> Note | None:
        """One note; None where it was deleted."""
        return self._one("n.id = ?", [note_id])

    def note_of(self, chat_id: int, message_id: int) -> Note | None:
        """The note that a message gave."""
        return self._one("n.chat_id = ? and n.message_id = ?", [chat_id, message_id])

    def calls(self, meeting_id: int) -> tuple[int, int]:
        """How many said that they come, and how many that they do not."""
        row = self._database.one(
            "select ifnull(sum(coming), 0) as yes, ifnull(sum(1 - coming), 0) as no"
            " from attendance_replies where meeting_id = ?",
            [meeting_id],
        )
        return (row["yes"], row["no"]) if row else (0, 0)

    def _one(self, condition: str, values: Sequence[object]) -> Note | None:
        row = self._database.one(f"{_NOTES} where {condition} and n.deleted_at = ''", list(values))
        return None if row is None else _note(row)

    def _meeting(self, row: sqlite3.Row) -> Meeting:
        items = self._database.read(
            "select number, title from meeting_items where meeting_id = ? order by number",
            [row["id"]],
        )
        expected = self._database.read(
            "select role, name from expected_members where meeting_id = ? order by ordinal",
            [row["id"]],
        )
        return Meeting(
            id=row["id"],
            plan=Plan(
                **{key: row[key] for key in _PLAN},
                items=tuple(Item(number=i["number"], title=i["title"]) for i in items),
                expected=tuple(Expected(role=e["role"], name=e["name"]) for e in expected),
            ),
            state=State(row["state"]),
            visibility=Visibility(row["visibility"]),
            made_by=row["made_by"],
            closed_at=row["closed_at"],
        )


def _note(row: sqlite3.Row) -> Note:
    return Note(
        id=row["id"],
        meeting_id=row["meeting_id"],
        kind=NoteKind(row["kind"]),
        text=row["text"],
        item=row["item"],
        answers=row["answers"],
        late=bool(row["late"]),
        attachment=row["attachment"] or "",
        fetched=bool(row["sha256"]),
        author_id=row["author_id"],
        made_at=row["made_at"],
    )
