"""Notes: messages where a meeting is noted, `/note` everywhere, edits, kinds, items, deletion."""

from __future__ import annotations

from typing import Any

import sqlite_utils
from telegram import InlineKeyboardMarkup, Message, Update

from bot.render import clipped, escaped
from bot.telegram.desk import Exchange
from bot.telegram.meetings.keyboards import (
    DELETE,
    ITEM,
    ITEMS,
    KIND,
    KINDS,
    LET_IN,
    RESTORE,
    below_note,
    items,
    kind_of,
    kinds,
    meetings,
    restore,
)
from bot.telegram.meetings.room import NOTE, Hearing, Room, is_over
from bot.telegram.needs import warn
from bot.telegram.pressed import pressed_data
from corpus.meetings.filing import Taken
from corpus.meetings.meeting import Meeting, NoteKind, Trouble
from corpus.meetings.note_reading import read_note
from corpus.meetings.noting import (
    Said,
    accept_late,
    delete_note,
    edit_note,
    restore_note,
    set_item,
    set_kind,
    take_note,
)
from corpus.meetings.planning import leave
from corpus.messages import say
from retrieval.understanding.personal_data import mask

_SHOWN = 60


class Noting:
    """Handlers of notes.

    Args:
        room: Reads meetings.
        hearing: Knows where notes are taken.
    """

    def __init__(self, room: Room, hearing: Hearing) -> None:
        self._room = room
        self._hearing = hearing

    # -- taking ------------------------------------------------------------------------------------
    async def hear(self, update: Update, context: Any) -> None:
        """A message where notes are taken."""
        exchange = await self._room.desk.open(update)
        message, meeting = update.effective_message, self._room.here(exchange)
        if message is None or meeting is None:
            await self._room.desk.close(exchange)
            return
        await self._take(exchange, meeting, message, message.text or message.caption or "")

    async def command(self, update: Update, context: Any) -> None:
        """`/note`: what follows it, or the message that it replies to, is a note."""
        exchange = await self._room.staff(update)
        message = update.effective_message
        if exchange is None or message is None:
            return
        meeting = await self._which(exchange)
        if meeting is None:
            return
        text, replied = self._room.rest(update), message.reply_to_message
        if not text and replied is not None and not self._hearing.knows(replied):
            message, text = replied, replied.text or replied.caption or ""
        if not text.strip():
            await self._room.desk.reply(exchange, escaped(say("note.usage")))
            return
        await self._take(exchange, meeting, message, text)

    async def _which(self, exchange: Exchange) -> Meeting | None:
        """The meeting that a note is of: of this place, else the one that runs, else the last."""
        here, running = self._room.here(exchange), self._room.meetings.running()
        if here is not None:
            return here
        if len(running) == 1:
            return running[0]
        if running:
            markup = meetings(running, private=False)
            await self._room.desk.reply(exchange, escaped(say("note.which")), markup)
            return None
        last = next(filter(is_over, self._room.meetings.recent(1)), None)
        if last is None:
            await self._room.desk.reply(exchange, escaped(say("note.no_meeting")))
        return last

    async def _take(
        self, exchange: Exchange, meeting: Meeting, message: Message, text: str
    ) -> None:
        await warn(self._room.desk, exchange, text)
        to = self._note_replied_to(exchange, message)
        said = Said(
            text=mask(text),
            author_id=exchange.person.id,
            chat_id=exchange.chat_id,
            thread=exchange.thread or 0,
            message_id=message.message_id,
            to=to,
            attachment=_attachment(message, self._room.now().strftime("%H:%M")),
            at=self._room.now(),
        )
        reading = read_note(text)
        retagged = to if to is not None and reading.tagged and not reading.text else None

        def effects(db: sqlite_utils.Database) -> None:
            if retagged is not None:
                taken = set_kind(db, retagged, reading.kind, said.at)
            else:
                taken = take_note(db, meeting, said)
            if is_over(meeting):
                leave(db, exchange.chat_id, exchange.thread or 0)
            if taken is not None and taken.new:
                self._acknowledge(db, exchange, taken, message.message_id)

        await self._room.desk.close(exchange, effects)

    def _note_replied_to(self, exchange: Exchange, message: Message) -> int | None:
        replied = message.reply_to_message
        if replied is None:
            return None
        note = self._room.meetings.note_of(exchange.chat_id, replied.message_id)
        if note is not None:
            return note.id
        kind, number = self._hearing.about(message)
        return int(number) if kind == NOTE else None

    def _acknowledge(
        self, db: sqlite_utils.Database, exchange: Exchange, taken: Taken, reply_to: int | None
    ) -> None:
        """Say what a note was taken for; in a group only where that matters."""
        kind, item, text = _row(db, taken.note_id)
        if not exchange.private and kind is NoteKind.EXPLANATION and taken.trouble is None:
            return
        self._room.desk.post_about(
            db,
            exchange,
            f"{NOTE}:{taken.note_id}",
            escaped(_told(kind, item, text, taken)),
            below_note(taken.note_id, late=taken.trouble is Trouble.LATE),
            reply_to=None if exchange.private else reply_to,
        )

    # -- changing --------------------------------------------------------------------------------
    async def edited(self, update: Update, context: Any) -> None:
        """An edit of a message edits its note."""
        exchange = await self._room.desk.open(update)
        message = update.effective_message
        note = (
            self._room.meetings.note_of(exchange.chat_id, message.message_id) if message else None
        )
        if message is None or note is None or not exchange.person.corrects:
            await self._room.desk.close(exchange)
            return
        text = self._room.rest(update) or message.text or message.caption or ""
        at, number = self._room.now(), note.id

        def effects(db: sqlite_utils.Database) -> None:
            taken = edit_note(db, number, mask(text), at)
            if taken is not None:
                self._acknowledge(db, exchange, taken, message.message_id)

        await self._room.desk.close(exchange, effects)

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

    async def _offer(self, update: Update, pattern: str, key: str, markup: Any) -> None:
        await self._room.desk.acknowledge(update)
        exchange = await self._room.staff(update)
        if exchange is not None:
            number = int(pressed_data(update, pattern)[1])
            await self._room.desk.reply(exchange, escaped(say(key)), markup(number))

    async def kind(self, update: Update, context: Any) -> None:
        """Give a note the kind that was pressed."""
        number, ordinal = map(int, pressed_data(update, KIND).groups())
        at = self._room.now()

        def change(db: sqlite_utils.Database) -> Taken | None:
            return set_kind(db, number, kind_of(ordinal), at)

        await self._change(update, change)

    async def item(self, update: Update, context: Any) -> None:
        """Put a note under the item that was pressed."""
        number, item = map(int, pressed_data(update, ITEM).groups())

        def change(db: sqlite_utils.Database) -> Taken | None:
            return Taken(note_id=number) if set_item(db, number, item) else None

        await self._change(update, change)

    async def let_in(self, update: Update, context: Any) -> None:
        """Let a late note into the minutes."""
        number = int(pressed_data(update, LET_IN)[1])

        def change(db: sqlite_utils.Database) -> Taken | None:
            return Taken(note_id=number) if accept_late(db, number) else None

        await self._change(update, change)

    async def restore(self, update: Update, context: Any) -> None:
        """Bring a deleted note back."""
        number = int(pressed_data(update, RESTORE)[1])

        def change(db: sqlite_utils.Database) -> Taken | None:
            return Taken(note_id=number) if restore_note(db, number) else None

        await self._change(update, change)

    async def _change(self, update: Update, change: Any) -> None:
        await self._room.desk.acknowledge(update)
        exchange = await self._room.staff(update)
        if exchange is None:
            return

        def effects(db: sqlite_utils.Database) -> None:
            taken = change(db)
            if taken is None:
                self._room.desk.post(db, exchange, escaped(say("note.gone")))
                return
            kind, item, text = _row(db, taken.note_id)
            told = escaped(_told(kind, item, text, taken))
            about = f"{NOTE}:{taken.note_id}"
            markup = below_note(taken.note_id, late=False)
            self._room.desk.post_about(db, exchange, about, told, markup)

        await self._room.desk.close(exchange, effects)

    async def delete(self, update: Update, context: Any) -> None:
        """Take a note out."""
        await self._room.desk.acknowledge(update)
        exchange = await self._room.staff(update)
        if exchange is None:
            return
        number, at = int(pressed_data(update, DELETE)[1]), self._room.now()

        def effects(db: sqlite_utils.Database) -> None:
            done = delete_note(db, number, at)
            said = say("note.deleted" if done else "note.gone")
            self._room.desk.post(db, exchange, escaped(said), restore(number) if done else None)

        await self._room.desk.close(exchange, effects)


def _row(db: sqlite_utils.Database, note_id: int) -> tuple[NoteKind, int | None, str]:
    kind, item, text = db.execute(
        "select kind, item, text from meeting_notes where id = ?", [note_id]
    ).fetchone()
    return NoteKind(kind), item, text


def _told(kind: NoteKind, item: int | None, text: str, taken: Taken) -> str:
    name = say(f"note_kind.{kind}")
    where = say("note.of_item", number=item) if item else ""
    lines = [say("note.taken", kind=name, where=where, text=clipped(text, _SHOWN)).strip()]
    if taken.trouble is not None:
        lines.append(say(f"trouble.{taken.trouble}", detail=taken.detail))
    return "\n".join(lines)


def _attachment(message: Message, at: str) -> str:
    """Name of what hangs on a message and Telegram's id of it; empty where nothing does."""
    if message.voice is not None:
        return f"{say('note.voice', at=at)}\t{message.voice.file_id}"
    if message.photo:
        return f"{say('note.photo', at=at)}\t{message.photo[-1].file_id}"
    if message.document is not None:
        return (
            f"{message.document.file_name or say('note.file', at=at)}\t{message.document.file_id}"
        )
    return ""
