"""Reminders of meetings: who wants them, which are due, which have been sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import sqlite_utils

from corpus.people import Role

STAGES = (14, 7, 1)
"""Days before a meeting on which members are reminded of it."""

# A citizen who once was a member is not told of meetings any more.
_ROLES = (Role.MEMBER, Role.STAFF, Role.CHAIR, Role.ADMINISTRATOR)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminder:
    """A reminder that is to be sent.

    Attributes:
        meeting_id: The meeting.
        person_id: Who wants it.
        chat_id: Their private chat.
        days: Days until the meeting; 0 on its day.
        coming: Whether they said that they come; None where they have not said.
    """

    meeting_id: int
    person_id: int
    chat_id: int
    days: int
    coming: bool | None


def stage(days: int) -> int | None:
    """Which of the reminders a day belongs to: the latest that should have come by then.

    After an outage the reminder of the seventh day still comes on the sixth, once.

    >>> stage(7), stage(6), stage(20)
    (7, 7, None)
    """
    return min((one for one in STAGES if one >= days >= 0), default=None)


def wish(db: sqlite_utils.Database, meeting_id: int, person_id: int, today: date) -> bool:
    """Turn somebody's reminders of a meeting on, or off where they are on.

    Args:
        db: The database of an open transaction.
        meeting_id: The meeting.
        person_id: The person.
        today: A reminder that fell due by now counts as sent: they have just read of the meeting.

    Returns:
        Whether they are on now.
    """
    key = [meeting_id, person_id]
    sql = "delete from reminder_wishes where meeting_id = ? and person_id = ?"
    if db.execute(sql, key).rowcount:
        return False
    db.execute("insert into reminder_wishes values (?, ?)", key)
    (held_on,) = db.execute("select held_on from meetings where id = ?", [meeting_id]).fetchone()
    if held_on:
        _mark(db, meeting_id, person_id, (date.fromisoformat(held_on) - today).days)
    return True


def take_due(db: sqlite_utils.Database, today: date) -> list[Reminder]:
    """The reminders that are due, which from now on count as sent; inside an open transaction.

    Args:
        db: The database of the transaction that puts them into the outbox.
        today: The day.
    """
    marks = ", ".join("?" for _ in _ROLES)
    rows = db.execute(
        "select w.meeting_id, w.person_id, p.telegram_id, m.held_on, a.coming"
        " from reminder_wishes w join meetings m on m.id = w.meeting_id"
        " join people p on p.id = w.person_id left join attendance_replies a"
        " on a.meeting_id = w.meeting_id and a.person_id = w.person_id"
        " where m.state <> 'closed' and m.held_on >= ? and p.telegram_id is not null"
        f" and p.blocked_at is null and p.role in ({marks}) order by w.meeting_id, w.person_id",
        [today.isoformat(), *(role.value for role in _ROLES)],
    ).fetchall()
    due = []
    for meeting_id, person_id, chat_id, held_on, coming in rows:
        days = (date.fromisoformat(held_on) - today).days
        if _mark(db, meeting_id, person_id, days):
            due.append(
                Reminder(
                    meeting_id=meeting_id,
                    person_id=person_id,
                    chat_id=chat_id,
                    days=days,
                    coming=None if coming is None else bool(coming),
                )
            )
    return due


def _mark(db: sqlite_utils.Database, meeting_id: int, person_id: int, days: int) -> bool:
    """Let the reminder of a day count as sent; False where none belongs to it or it did already."""
    found = stage(days)
    if found is None:
        return False
    cursor = db.execute(
        "insert or ignore into reminders select id, ?, held_on, ? from meetings where id = ?",
        [person_id, found, meeting_id],
    )
    return bool(cursor.rowcount)
