"""Writes of notes: taken, edited, given another kind or item, deleted. Nothing said is lost."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

import sqlite_utils

from corpus.meetings.filing import Taken, file_note, is_opinion, open_opinion, renew_items
from corpus.meetings.meeting import Meeting, NoteKind, State, Trouble
from corpus.meetings.note_reading import Reading, read_note


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What somebody said for the minutes.

    Attributes:
        text: As typed; empty for a bare attachment.
        author_id: Row of whoever wrote it.
        chat_id: Where.
        thread: Topic, 0 without one.
        message_id: The message; None where it came otherwise.
        to: The note that the message replies to.
        at: When.
    """

    text: str
    author_id: int
    chat_id: int
    thread: int
    message_id: int | None
    to: int | None = None
    at: datetime


def take_note(db: sqlite_utils.Database, meeting: Meeting, said: Said) -> Taken:
    """Write a note down inside an open transaction.

    Args:
        db: The database of the transaction.
        meeting: Its meeting.
        said: What was said.

    Returns:
        The note, kept also where something is wrong with it. A message that gave a note before
        gives no second one.
    """
    known = db.execute(
        "select id from meeting_notes where chat_id = ? and message_id = ?",
        [said.chat_id, said.message_id],
    ).fetchone()
    if known is not None:
        return Taken(note_id=int(known[0]), new=False)
    reading = read_note(said.text, waiting=open_opinion(db, meeting.id, None) is not None)
    if not reading.tagged and is_opinion(db, said.to):
        reading = replace(reading, kind=NoteKind.REPLY)
    cursor = db.execute(
        "insert into meeting_notes (meeting_id, kind, text, late, author_id, chat_id, message_id,"
        " thread, made_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            meeting.id,
            reading.kind.value,
            reading.text,
            int(meeting.state is State.CLOSED),
            said.author_id,
            said.chat_id,
            said.message_id,
            said.thread,
            said.at.isoformat(),
        ],
    )
    note_id = int(cursor.lastrowid or 0)
    late = meeting.state is State.CLOSED
    if late and reading.kind is NoteKind.AGENDA:  # an item more is for whoever lets the note in
        return Taken(note_id=note_id, trouble=Trouble.LATE)
    taken = file_note(db, meeting.id, note_id, reading, said.to, said.at.date())
    return replace(taken, trouble=Trouble.LATE) if late else taken


def edit_note(db: sqlite_utils.Database, note_id: int, text: str, at: datetime) -> Taken | None:
    """Put new words into a note, keeping the old ones; None where it is gone or says this already.

    The kind stays unless the new words carry a tag.
    """
    row = db.execute(
        "select meeting_id, kind, text, item, answers from meeting_notes"
        " where id = ? and deleted_at = ''",
        [note_id],
    ).fetchone()
    if row is None:
        return None
    meeting_id, kind, old, item, answers = row
    reading = read_note(text)
    if not reading.tagged:
        reading = replace(reading, kind=NoteKind(kind))
    if reading.item is None:
        reading = replace(reading, item=item)
    if (reading.text, reading.kind.value, reading.item) == (old, kind, item):
        return None
    _keep_edition(db, note_id, at)
    db.execute(
        "update meeting_notes set text = ?, kind = ? where id = ?",
        [reading.text, reading.kind.value, note_id],
    )
    return file_note(db, meeting_id, note_id, reading, answers, at.date())


def set_kind(db: sqlite_utils.Database, note_id: int, kind: NoteKind, at: datetime) -> Taken | None:
    """Say what a note is; None where it is gone."""
    row = db.execute(
        "select meeting_id, text, item, answers from meeting_notes where id = ?"
        " and deleted_at = ''",
        [note_id],
    ).fetchone()
    if row is None:
        return None
    meeting_id, text, item, answers = row
    _keep_edition(db, note_id, at)
    db.execute("update meeting_notes set kind = ? where id = ?", [kind.value, note_id])
    reading = Reading(kind=kind, item=item, text=text, tagged=True)
    return file_note(db, meeting_id, note_id, reading, answers, at.date())


def set_item(db: sqlite_utils.Database, note_id: int, item: int) -> bool:
    """Say which agenda item a note belongs to; False where the note or the item is gone."""
    cursor = db.execute(
        "update meeting_notes set item = ? where id = ? and deleted_at = '' and exists (select 1"
        " from meeting_items i where i.meeting_id = meeting_notes.meeting_id and i.number = ?)",
        [item, note_id, item],
    )
    return bool(cursor.rowcount)


def delete_note(db: sqlite_utils.Database, note_id: int, at: datetime) -> bool:
    """Take a note out of the minutes; its row stays, so that it can be brought back."""
    cursor = db.execute(
        "update meeting_notes set deleted_at = ? where id = ? and deleted_at = ''",
        [at.isoformat(), note_id],
    )
    renew_items(db, note_id)
    return bool(cursor.rowcount)


def restore_note(db: sqlite_utils.Database, note_id: int) -> bool:
    """Bring a deleted note back; False where it was not deleted."""
    cursor = db.execute(
        "update meeting_notes set deleted_at = '' where id = ? and deleted_at <> ''", [note_id]
    )
    return bool(cursor.rowcount)


def accept_late(db: sqlite_utils.Database, note_id: int, at: datetime) -> Taken | None:
    """Let a note that came after the end into the minutes; None where it was in already."""
    row = db.execute(
        "update meeting_notes set late = 0 where id = ? and late = 1 and deleted_at = ''"
        " returning meeting_id, kind, text, item, answers",
        [note_id],
    ).fetchone()
    if row is None:
        return None
    meeting_id, kind, text, item, answers = row
    reading = Reading(kind=NoteKind(kind), item=item, text=text, tagged=True)
    return file_note(db, meeting_id, note_id, reading, answers, at.date())


def _keep_edition(db: sqlite_utils.Database, note_id: int, at: datetime) -> None:
    db.execute(
        "insert into note_editions select id, (select count(*) from note_editions where"
        " note_id = n.id), kind, text, ? from meeting_notes n where id = ?",
        [at.isoformat(), note_id],
    )
