"""Voice notes, pictures and files on notes: fetched, fetched again, and sent back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sqlite_utils
from telegram import Message, Update

from bot.render import escaped
from bot.telegram.enclosures import Enclosure
from bot.telegram.fetching import fetch
from bot.telegram.meetings.keyboards import FETCH, SEND_ATTACHED
from bot.telegram.meetings.room import Room
from bot.telegram.pressed import pressed_data
from corpus.meetings.attachments import Attachment, Attachments, attach, fetched
from corpus.messages import say

# More than this at once is a chat that nobody scrolls through; the rest stays in the store.
_MOST_SENT = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Hanging:
    """What hangs on a message.

    Attributes:
        name: As the minutes will list it.
        file_id: Telegram's key to it.
        size: Its bytes; 0 where Telegram does not tell.
        sha256: Hash of its bytes where they are in the store.
        trouble: What is wrong with it, a key of `[note]` in messages; empty where nothing is.
    """

    name: str
    file_id: str
    size: int
    sha256: str = ""
    trouble: str = ""

    def write(self, db: sqlite_utils.Database, note_id: int) -> None:
        """Write down that it hangs on a note, inside an open transaction."""
        attach(
            db,
            Attachment(
                note_id=note_id,
                name=self.name,
                file_id=self.file_id,
                bytes=self.size,
                sha256=self.sha256,
            ),
        )


class Attaching:
    """Handlers of attachments.

    Args:
        room: The desk.
        attachments: Keeps the bytes.
    """

    def __init__(self, room: Room, attachments: Attachments) -> None:
        self._room = room
        self._attachments = attachments

    async def hanging(self, message: Message, at: str) -> Hanging | None:
        """What hangs on a message, in the store already unless that failed; None without one.

        Args:
            message: The message.
            at: The time of day, by which what has no name is named.
        """
        found = _told(message, at)
        return None if found is None else await self._had(found)

    async def _had(self, found: Hanging) -> Hanging:
        got = await fetch(self._room.desk.bot, found.file_id, found.size)
        content, sha256 = got.content, ""
        if content is not None:
            sha256 = await self._room.desk.think(lambda: self._attachments.keep(content))
        trouble = "" if sha256 else ("too_large" if got.too_large else "not_fetched")
        return Hanging(
            name=found.name,
            file_id=found.file_id,
            size=found.size or len(content or b""),
            sha256=sha256,
            trouble=trouble,
        )

    async def again(self, update: Update, context: Any) -> None:
        """Fetch what could not be had before."""
        await self._room.desk.acknowledge(update)
        exchange = await self._room.staff(update)
        if exchange is None:
            return
        number = int(pressed_data(update, FETCH)[1])
        known = self._attachments.of_note(number)
        if known is None:
            await self._room.desk.reply(exchange, escaped(say("note.gone")))
            return
        got = await self._had(Hanging(name=known.name, file_id=known.file_id, size=known.bytes))

        def effects(db: sqlite_utils.Database) -> None:
            if got.sha256:
                fetched(db, number, got.sha256)
            key = f"note.{got.trouble or 'fetched'}"
            self._room.desk.post(db, exchange, escaped(say(key, name=known.name)))

        await self._room.desk.close(exchange, effects)

    async def send(self, update: Update, context: Any) -> None:
        """Send what hangs on the notes of a meeting."""
        await self._room.desk.acknowledge(update)
        exchange = await self._room.alone(update)
        if exchange is None:
            return
        meeting_id = int(pressed_data(update, SEND_ATTACHED)[1])
        there = [
            (one.name, content)
            for one in self._attachments.of_meeting(meeting_id)[:_MOST_SENT]
            if (content := self._attachments.content(one)) is not None
        ]

        def effects(db: sqlite_utils.Database) -> None:
            for name, content in there:
                file = Enclosure(name=name, content=content, caption=name)
                self._room.desk.enclose(db, exchange, file, "attachment")
            if not there:
                self._room.desk.post(db, exchange, escaped(say("note.nothing_attached")))

        await self._room.desk.close(exchange, effects)


def _told(message: Message, at: str) -> Hanging | None:
    """What Telegram tells of what hangs on a message."""
    file = (
        message.voice
        or message.audio
        or message.video
        or message.video_note
        or message.document
        or (message.photo[-1] if message.photo else None)
    )
    if file is None:
        return None
    kind, suffix = _KINDS[type(file).__name__]
    name = getattr(file, "file_name", None) or f"{say(f'note.{kind}', at=at)}{suffix}"
    return Hanging(name=name, file_id=file.file_id, size=file.file_size or 0)


_KINDS = {
    "Voice": ("voice", ".ogg"),
    "Audio": ("voice", ".mp3"),
    "Video": ("video", ".mp4"),
    "VideoNote": ("video", ".mp4"),
    "PhotoSize": ("photo", ".jpg"),
    "Document": ("file", ""),
}
"""What each is called in minutes, and how the files that Telegram makes of it end."""
