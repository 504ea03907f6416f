"""Writes of meetings as such: made, changed, opened, closed, and who comes."""

from __future__ import annotations

from datetime import datetime

import sqlite_utils

from corpus.audit import write_entry
from corpus.meetings.meeting import Plan, State
from corpus.types import Visibility

_COLUMNS = (
    "council", "body", "year", "number", "held_on", "begins", "ends", "place", "department",
    "recorder", "members",
)  # fmt: skip


def make_meeting(
    db: sqlite_utils.Database, plan: Plan, made_by: int, person: str, at: datetime
) -> int:
    """Write a meeting down inside an open transaction; one that is known is changed instead.

    Args:
        db: The database of the transaction.
        plan: What is known of it; body, year and number must be.
        made_by: Row of whoever makes it.
        person: Their key in the audit.
        at: Now.

    Returns:
        Its row. Staff see it until its minutes are given another level.
    """
    known = db.execute(
        "select id from meetings where body = ? and year = ? and number = ?",
        [plan.body, plan.year, plan.number],
    ).fetchone()
    values = [getattr(plan, column) for column in _COLUMNS]
    if known is not None:
        number = int(known[0])
        sets = ", ".join(f"{column} = ?" for column in _COLUMNS)
        db.execute(f"update meetings set {sets} where id = ?", [*values, number])
    else:
        columns = ", ".join((*_COLUMNS, "visibility", "made_by", "made_at"))
        marks = ", ".join("?" for _ in range(len(_COLUMNS) + 3))
        cursor = db.execute(
            f"insert into meetings ({columns}) values ({marks})",
            [*values, int(Visibility.STAFF), made_by, at.isoformat()],
        )
        number = int(cursor.lastrowid or 0)
    _write_lists(db, number, plan)
    action = "meeting_change" if known else "meeting_make"
    write_entry(db, at=at, person=person, action=action, subject=f"meeting {number}", details={})
    return number


def _write_lists(db: sqlite_utils.Database, meeting_id: int, plan: Plan) -> None:
    for item in plan.items:
        db.execute(
            "insert into meeting_items (meeting_id, number, title) values (?, ?, ?)"
            " on conflict (meeting_id, number) do update set title = excluded.title",
            [meeting_id, item.number, item.title],
        )
    db.execute("delete from expected_members where meeting_id = ?", [meeting_id])
    for ordinal, one in enumerate(plan.expected):
        db.execute(
            "insert into expected_members values (?, ?, ?, ?)",
            [meeting_id, ordinal, one.role, one.name],
        )


def open_here(db: sqlite_utils.Database, meeting_id: int, chat_id: int, thread: int) -> bool:
    """Take notes of a meeting in a place from now on; False where it is closed already."""
    cursor = db.execute(
        "update meetings set state = 'open' where id = ? and state <> 'closed'", [meeting_id]
    )
    if not cursor.rowcount:
        return False
    db.execute("insert or replace into note_places values (?, ?, ?)", [chat_id, thread, meeting_id])
    return True


def leave(db: sqlite_utils.Database, chat_id: int, thread: int) -> bool:
    """Take no more notes in a place; the meeting goes on elsewhere."""
    cursor = db.execute(
        "delete from note_places where chat_id = ? and thread = ?", [chat_id, thread]
    )
    return bool(cursor.rowcount)


def close_meeting(db: sqlite_utils.Database, meeting_id: int, person: str, at: datetime) -> bool:
    """End the notes of a meeting; False where they were not open.

    Other places than the one it is ended in keep it, so that what is typed there meanwhile is
    kept as a late note instead of being taken for a question.
    """
    cursor = db.execute(
        # Only on its day does the end of the notes tell when the meeting ended.
        "update meetings set state = ?, closed_at = ?,"
        " ends = iif(ends = '' and held_on = ? and begins < ?, ?, ends)"
        " where id = ? and state = 'open'",
        [
            State.CLOSED.value,
            at.isoformat(),
            at.date().isoformat(),
            *[at.strftime("%H:%M")] * 2,
            meeting_id,
        ],
    )
    if cursor.rowcount:
        subject = f"meeting {meeting_id}"
        write_entry(db, at=at, person=person, action="meeting_close", subject=subject, details={})
    return bool(cursor.rowcount)


def answer_call(
    db: sqlite_utils.Database, meeting_id: int, person_id: int, coming: bool, at: datetime
) -> None:
    """Keep whether somebody comes; a second answer takes the place of the first."""
    db.execute(
        "insert or replace into attendance_replies values (?, ?, ?, ?)",
        [meeting_id, person_id, int(coming), at.isoformat()],
    )


def move_places(db: sqlite_utils.Database, old: int, new: int) -> None:
    """Follow a group to its new number."""
    db.execute("update or replace note_places set chat_id = ? where chat_id = ?", [new, old])
