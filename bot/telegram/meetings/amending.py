"""Notes amended by their buttons: another kind, another item, out of the minutes and in again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sqlite_utils
from telegram import InlineKeyboardMarkup, Update

from bot.render import escaped
from bot.telegram.meetings.keyboards import (
    DELETE,
    ITEM,
    ITEMS,
    KIND,
    KINDS,
    LET_IN,
    RESTORE,
    items,
    kind_of,
    kinds,
    restore,
)
from bot.telegram.meetings.note_cards import NoteCards
from bot.telegram.meetings.room import Room
from bot.telegram.pressed import pressed_data
from corpus.database import OpenTransaction
from corpus.meetings.filing import Taken
from corpus.meetings.meetings import Meetings
from corpus.meetings.noting import accept_late, delete_note, restore_note, set_item, set_kind
from corpus.messages import say


class Amending:
    """Handlers of the buttons below notes.

    Args:
        room: Reads meetings.
        cards: Says what a note is now.
    """

    def __init__(self, room: Room, cards: NoteCards) -> None:
        self._room = room
        self._cards = cards

    async def kinds(self, update: Update, context: Any) -> None:
        """Offer the kinds."""
        await self._offer(update, KINDS, "note.which_kind", kinds)

    async def items(self, update: Update, context: Any) -> None:
        """Offer the agenda items of the note's meeting."""

        def of_meeting(note_id: int) -> InlineKeyboardMarkup | None:
            note = self._room.meetings.note(note_id)
            meeting = self._room.meetings.get(note.meeting_id) if note else None
            return items(note_id, meeting.plan.items if meeting else ())

        await self._offer(update, ITEMS, "note.which_item", of_meeting)

    async def _offer(
        self,
        update: Update,
        pattern: str,
        key: str,
        markup: Callable[[int], InlineKeyboardMarkup | None],
    ) -> None:
        await self._room.desk.acknowledge(update)
        exchange = await self._room.staff(update)
        if exchange is None:
            return
        buttons = markup(int(pressed_data(update, pattern)[1]))
        said = say(key) if buttons else say("meeting.no_items")
        await self._room.desk.reply(exchange, escaped(said), buttons)

    async def kind(self, update: Update, context: Any) -> None:
        """Give a note the kind that was pressed."""
        number, ordinal = map(int, pressed_data(update, KIND).groups())
        at = self._room.now()
        await self._change(update, number, lambda db: set_kind(db, number, kind_of(ordinal), at))

    async def item(self, update: Update, context: Any) -> None:
        """Put a note under the item that was pressed."""
        number, item = map(int, pressed_data(update, ITEM).groups())

        def change(db: sqlite_utils.Database) -> Taken | None:
            return Taken(note_id=number) if set_item(db, number, item) else None

        await self._change(update, number, change)

    async def let_in(self, update: Update, context: Any) -> None:
        """Let a late note into the minutes, unless they are approved."""
        number = int(pressed_data(update, LET_IN)[1])
        note = self._room.meetings.note(number)
        if note is not None and self._room.editions.approved(note.meeting_id) is not None:
            await self._room.desk.acknowledge(update)
            exchange = await self._room.staff(update)
            if exchange is not None:
                await self._room.desk.reply(exchange, escaped(say("note.already_approved")))
            return

        at = self._room.now()
        await self._change(update, number, lambda db: accept_late(db, number, at))

    async def restore(self, update: Update, context: Any) -> None:
        """Bring a deleted note back."""
        number = int(pressed_data(update, RESTORE)[1])

        def change(db: sqlite_utils.Database) -> Taken | None:
            return Taken(note_id=number) if restore_note(db, number) else None

        await self._change(update, number, change)

    async def _change(
        self,
        update: Update,
        note_id: int,
        change: Callable[[sqlite_utils.Database], Taken | None],
    ) -> None:
        await self._room.desk.acknowledge(update)
        exchange = await self._room.staff(update)
        if exchange is None:
            return

        def effects(db: sqlite_utils.Database) -> None:
            taken = self._cards.following(db, _meeting_of(db, note_id), change)
            note = Meetings(OpenTransaction(db)).note(note_id)
            if taken is None or note is None:
                self._room.desk.post(db, exchange, escaped(say("note.gone")))
            else:
                self._cards.show(db, exchange, note, taken)

        await self._room.desk.close(exchange, effects)

    async def delete(self, update: Update, context: Any) -> None:
        """Take a note out."""
        await self._room.desk.acknowledge(update)
        exchange = await self._room.staff(update)
        if exchange is None:
            return
        number, at = int(pressed_data(update, DELETE)[1]), self._room.now()

        def effects(db: sqlite_utils.Database) -> None:
            meeting_id = _meeting_of(db, number)
            done = self._cards.following(db, meeting_id, lambda db: delete_note(db, number, at))
            said = say("note.deleted" if done else "note.gone")
            self._room.desk.post(db, exchange, escaped(said), restore(number) if done else None)

        await self._room.desk.close(exchange, effects)


def _meeting_of(db: sqlite_utils.Database, note_id: int) -> int:
    """The meeting of a note, deleted or not; 0 where there is none."""
    row = db.execute("select meeting_id from meeting_notes where id = ?", [note_id]).fetchone()
    return int(row[0]) if row else 0
