"""Where a note belongs: its agenda item, and the opinion that it answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import sqlite_utils

from corpus.meetings.meeting import NoteKind, Trouble
from corpus.meetings.note_reading import Reading
from corpus.meetings.plan import day_in
from corpus.text import fold

_WITH_ITEM = frozenset(
    {NoteKind.EXPLANATION, NoteKind.OPINION, NoteKind.REPLY, NoteKind.DECISION, NoteKind.AGENDA}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What became of a note.

    Attributes:
        note_id: Its row.
        trouble: What is wrong with it; None where nothing is.
        detail: The words that are wrong, for the sentence.
        new: Whether the message gave no note before.
    """

    note_id: int
    trouble: Trouble | None = None
    detail: str = ""
    new: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class _Filed:
    item: int | None
    answers: int | None = None
    trouble: Trouble | None = None
    detail: str = ""


def file_note(
    db: sqlite_utils.Database,
    meeting_id: int,
    note_id: int,
    reading: Reading,
    to: int | None,
    today: date,
) -> Taken:
    """Put a note where it belongs: its item, the opinion that it answers."""
    filed = _place(db, meeting_id, note_id, reading, to, today)
    db.execute(
        "update meeting_notes set item = ?, answers = ? where id = ?",
        [filed.item, filed.answers, note_id],
    )
    return Taken(note_id=note_id, trouble=filed.trouble, detail=filed.detail)


def _place(
    db: sqlite_utils.Database,
    meeting_id: int,
    note_id: int,
    reading: Reading,
    to: int | None,
    today: date,
) -> _Filed:
    renew_items(db, note_id)
    if reading.kind is NoteKind.AGENDA:
        return _agenda(db, meeting_id, note_id, reading)
    if reading.kind is NoteKind.NEXT:
        _, bad = day_in(reading.text, today)
        return _Filed(item=None, trouble=Trouble.BAD_DATE if bad else None, detail=bad)
    if reading.kind not in _WITH_ITEM:
        return _Filed(item=None)
    if reading.item is not None and not _has_item(db, meeting_id, reading.item):
        return _Filed(item=None, trouble=Trouble.UNKNOWN_ITEM, detail=str(reading.item))
    if reading.kind is NoteKind.REPLY:
        return _reply(db, meeting_id, note_id, reading, to)
    item = reading.item if reading.item is not None else _current(db, meeting_id, note_id)
    missing = item is None and reading.kind in {NoteKind.DECISION, NoteKind.OPINION}
    return _Filed(item=item, trouble=Trouble.NO_ITEM if missing else None)


def _reply(
    db: sqlite_utils.Database, meeting_id: int, note_id: int, reading: Reading, to: int | None
) -> _Filed:
    opinion = _opinion_of(db, to)
    if opinion is None:
        opinion = open_opinion(db, meeting_id, reading.item)
    if opinion is None or opinion == note_id:
        item = reading.item if reading.item is not None else _current(db, meeting_id, note_id)
        return _Filed(item=item, trouble=Trouble.NO_OPINION)
    (item,) = db.execute("select item from meeting_notes where id = ?", [opinion]).fetchone()
    return _Filed(item=item, answers=opinion)


def _agenda(db: sqlite_utils.Database, meeting_id: int, note_id: int, reading: Reading) -> _Filed:
    """An item is opened by its number or its title; a new title adds an item."""
    items = dict(
        db.execute(
            "select number, title from meeting_items where meeting_id = ? order by number",
            [meeting_id],
        ).fetchall()
    )
    alike = next((n for n, title in items.items() if fold(title) == fold(reading.text)), None)
    number = reading.item or alike or max(items, default=0) + 1
    if number in items:
        return _Filed(item=number)
    if not reading.text or number != max(items, default=0) + 1:
        return _Filed(item=None, trouble=Trouble.UNKNOWN_ITEM, detail=str(number))
    db.execute(
        "insert into meeting_items values (?, ?, ?, ?)",
        [meeting_id, number, " ".join(reading.text.split()), note_id],
    )
    return _Filed(item=number)


def renew_items(db: sqlite_utils.Database, note_id: int) -> None:
    """Let the item that a note added follow it, unless other notes hang on the item."""
    db.execute(
        "delete from meeting_items where note_id = ? and not exists (select 1 from meeting_notes n"
        " where n.meeting_id = meeting_items.meeting_id and n.item = meeting_items.number"
        " and n.id <> ? and n.deleted_at = '')"
        " and number = (select max(number) from meeting_items i"
        " where i.meeting_id = meeting_items.meeting_id)",
        [note_id, note_id],
    )


def is_opinion(db: sqlite_utils.Database, note_id: int | None) -> bool:
    """Whether a note is an opinion."""
    row = db.execute("select kind from meeting_notes where id = ?", [note_id]).fetchone()
    return row is not None and row[0] == NoteKind.OPINION.value


def open_opinion(db: sqlite_utils.Database, meeting_id: int, item: int | None) -> int | None:
    """The newest opinion, of an item where one is given, that nobody has answered."""
    row = db.execute(
        "select o.id from meeting_notes o where o.meeting_id = ? and o.kind = 'opinion'"
        " and o.deleted_at = '' and (? is null or o.item = ?) and not exists (select 1 from"
        " meeting_notes r where r.answers = o.id and r.deleted_at = '') order by o.id desc limit 1",
        [meeting_id, item, item],
    ).fetchone()
    return None if row is None else int(row[0])


def _opinion_of(db: sqlite_utils.Database, to: int | None) -> int | None:
    """The opinion that a note is or answers."""
    if to is None:
        return None
    row = db.execute("select id, kind, answers from meeting_notes where id = ?", [to]).fetchone()
    if row is None:
        return None
    return int(row[0]) if row[1] == NoteKind.OPINION.value else row[2]


def _has_item(db: sqlite_utils.Database, meeting_id: int, number: int) -> bool:
    found = db.execute(
        "select 1 from meeting_items where meeting_id = ? and number = ?", [meeting_id, number]
    ).fetchone()
    return found is not None


def _current(db: sqlite_utils.Database, meeting_id: int, note_id: int) -> int | None:
    """The item under discussion: that of the last note before this one, in its place first."""
    row = db.execute(
        "select o.item from meeting_notes o, meeting_notes n where n.id = ? and o.meeting_id = ?"
        " and o.id < n.id and o.item is not null and o.deleted_at = ''"
        " order by o.chat_id is n.chat_id and o.thread = n.thread desc, o.id desc limit 1",
        [note_id, meeting_id],
    ).fetchone()
    return None if row is None else int(row[0])
