"""Notes taken: messages where a meeting is noted, `/note` everywhere, and edits of both."""

from __future__ import annotations

from typing import Any

import sqlite_utils
from telegram import Message, Update

from bot.render import escaped
from bot.telegram.desk import Exchange
from bot.telegram.meetings.attaching import Attaching
from bot.telegram.meetings.keyboards import meetings
from bot.telegram.meetings.note_cards import NoteCards
from bot.telegram.meetings.room import NOTE, Hearing, Room, is_over
from bot.telegram.needs import warn
from corpus.meetings.filing import Taken
from corpus.meetings.meeting import Meeting
from corpus.meetings.note_reading import read_note
from corpus.meetings.noting import Said, edit_note, set_kind, take_note
from corpus.meetings.planning import leave
from corpus.messages import say
from retrieval.understanding.personal_data import mask


class Noting:
    """Handlers that take notes.

    Args:
        room: Reads meetings.
        hearing: Knows where notes are taken.
        cards: Says what a note was taken for.
        attaching: Fetches what hangs on a note.
    """

    def __init__(
        self, room: Room, hearing: Hearing, cards: NoteCards, attaching: Attaching
    ) -> None:
        self._room = room
        self._hearing = hearing
        self._cards = cards
        self._attaching = attaching

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
        to, now = self._note_replied_to(exchange, message), self._room.now()
        said = Said(
            text=mask(text),
            author_id=exchange.person.id,
            chat_id=exchange.chat_id,
            thread=exchange.thread or 0,
            message_id=message.message_id,
            to=to,
            at=now,
        )
        reading = read_note(text)
        retagged = to if to is not None and reading.tagged and not reading.text else None
        hanging = await self._attaching.hanging(message, now.strftime("%H시%M분"))
        if not text.strip() and hanging is None:
            await self._room.desk.reply(exchange, escaped(say("note.usage")))
            return

        def taken(db: sqlite_utils.Database) -> Taken | None:
            if retagged is not None:
                return set_kind(db, retagged, reading.kind, said.at)
            return take_note(db, meeting, said)

        def effects(db: sqlite_utils.Database) -> None:
            found = self._cards.following(db, meeting.id, taken)
            if is_over(meeting):
                leave(db, exchange.chat_id, exchange.thread or 0)
            if found is not None and found.new:
                if hanging is not None:
                    hanging.write(db, found.note_id)
                self._cards.acknowledge(db, exchange, found, message.message_id, hanging)

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
        text = mask(self._room.rest(update) or message.text or message.caption or "")
        at, number = self._room.now(), note.id

        def effects(db: sqlite_utils.Database) -> None:
            taken = self._cards.following(
                db, note.meeting_id, lambda db: edit_note(db, number, text, at)
            )
            if taken is not None:
                self._cards.acknowledge(db, exchange, taken, message.message_id)

        await self._room.desk.close(exchange, effects)
