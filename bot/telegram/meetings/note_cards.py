"""What the bot says of a note: what it was taken for, what is wrong with it, what can be done."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeVar

import sqlite_utils

from bot.render import clipped, escaped
from bot.telegram.desk import Exchange
from bot.telegram.meetings.attaching import Hanging
from bot.telegram.meetings.bookkeeping import Bookkeeping
from bot.telegram.meetings.keyboards import below_note
from bot.telegram.meetings.room import NOTE, Room
from corpus import amounts
from corpus.database import OpenTransaction
from corpus.meetings.editions import Editions
from corpus.meetings.filing import Taken
from corpus.meetings.meeting import Note, NoteKind, Trouble
from corpus.meetings.meetings import Meetings
from corpus.messages import say

T = TypeVar("T")

_SHOWN = 60
# A mistyped nought shows in the first amounts as well as in all of them.
_AMOUNTS = 3


class NoteCards:
    """Answers notes.

    Args:
        room: The desk.
        books: Keeps the ledger in step.
    """

    def __init__(self, room: Room, books: Bookkeeping) -> None:
        self._room = room
        self._books = books

    def following(
        self,
        db: sqlite_utils.Database,
        meeting_id: int,
        change: Callable[[sqlite_utils.Database], T],
    ) -> T:
        """Change notes of a meeting inside an open transaction, and the ledger with them."""
        with self._books.following(db, meeting_id):
            return change(db)

    def acknowledge(
        self,
        db: sqlite_utils.Database,
        exchange: Exchange,
        taken: Taken,
        reply_to: int | None,
        hanging: Hanging | None = None,
    ) -> None:
        """Say what a note was taken for; in a group only where that matters.

        Args:
            db: The database of the transaction.
            exchange: The update.
            taken: What became of the note.
            reply_to: The message that gave it.
            hanging: What hangs on it.
        """
        note = Meetings(OpenTransaction(db)).note(taken.note_id)
        if note is None:
            return
        trouble = taken.trouble is not None or bool(hanging and hanging.trouble)
        if not exchange.private and note.kind is NoteKind.EXPLANATION and not trouble:
            return
        self.show(
            db, exchange, note, taken, hanging, reply_to=None if exchange.private else reply_to
        )

    def show(
        self,
        db: sqlite_utils.Database,
        exchange: Exchange,
        note: Note,
        taken: Taken,
        hanging: Hanging | None = None,
        *,
        reply_to: int | None = None,
    ) -> None:
        """Post a note's card."""
        text = "\n".join(self._told(db, note, taken, hanging))
        unfetched = bool(hanging and hanging.trouble == "not_fetched")
        markup = below_note(note.id, late=taken.trouble is Trouble.LATE, unfetched=unfetched)
        about = f"{NOTE}:{note.id}"
        self._room.desk.post_about(db, exchange, about, escaped(text), markup, reply_to=reply_to)

    def _told(
        self, db: sqlite_utils.Database, note: Note, taken: Taken, hanging: Hanging | None
    ) -> Iterator[str]:
        name = say(f"note_kind.{note.kind}")
        where = say("note.of_item", number=note.item) if note.item else ""
        words = clipped(note.text.removeprefix(f"{name}: "), _SHOWN)
        if not words:
            words = (
                say("note.attached", name=note.attachment) if note.attachment else _item(db, note)
            )
        yield say("note.taken", kind=name, where=where, text=words)
        if hanging is not None and note.text:
            yield say("note.attached", name=hanging.name)
        if figures := list(_figures(note.text)):
            yield say("note.amounts", amounts=", ".join(figures))
        if note.kind is NoteKind.OPINION and (number := self._books.number(db, note.id)):
            yield say("note.in_ledger", number=number)
        if hanging is not None and hanging.trouble:
            yield say(f"note.{hanging.trouble}", name=hanging.name)
        if taken.trouble is not None:
            yield say(f"trouble.{taken.trouble}", detail=taken.detail)
        elif Editions(OpenTransaction(db)).approved(note.meeting_id) is not None:
            yield say("note.already_approved")


def _item(db: sqlite_utils.Database, note: Note) -> str:
    """The title of a note's item."""
    row = db.execute(
        "select title from meeting_items where meeting_id = ? and number = ?",
        [note.meeting_id, note.item],
    ).fetchone()
    return str(row[0]) if row else ""


def _figures(text: str) -> Iterator[str]:
    """The amounts that a note prints in larger units, to the last won."""
    for amount in amounts.find(text)[:_AMOUNTS]:
        exact = amounts.format_exact(amount.won)
        if "".join(amount.text.split()) != exact:
            yield say("note.amount", printed=amount.text, exact=exact)
