"""`/brief`: what members should have read before a meeting, as one file."""

from __future__ import annotations

from typing import Any

from telegram import Update

from bot.meeting_papers import MeetingPapers
from bot.render import escaped
from bot.telegram.desk import Exchange
from bot.telegram.enclosures import Enclosure
from bot.telegram.meetings.keyboards import PACK
from bot.telegram.meetings.room import Room
from bot.telegram.pressed import pressed_data
from corpus.meetings.meeting import Meeting, State
from corpus.messages import say
from corpus.types import Visibility


class Briefing:
    """Handlers of the pack.

    Args:
        room: Reads meetings.
        papers: Makes the pack.
    """

    def __init__(self, room: Room, papers: MeetingPapers) -> None:
        self._room = room
        self._papers = papers

    async def command(self, update: Update, context: Any) -> None:
        """`/brief`: the pack of the next meeting."""
        exchange = await self._room.desk.open(update)
        found = self._room.meetings.recent(20)
        coming = [one for one in found if one.state is not State.CLOSED]
        await self._send(exchange, coming[-1] if coming else None)

    async def pressed(self, update: Update, context: Any) -> None:
        """The pack of the meeting whose button was pressed."""
        await self._room.desk.acknowledge(update)
        exchange = await self._room.desk.open(update)
        number = int(pressed_data(update, PACK)[1])
        await self._send(exchange, self._room.meetings.get(number))

    async def _send(self, exchange: Exchange, meeting: Meeting | None) -> None:
        if exchange.audience < Visibility.MEMBERS:
            key = "pack.members_only" if exchange.private else "meeting.private_only"
            await self._room.desk.reply(exchange, escaped(say(key)))
            return
        if meeting is None:
            await self._room.desk.reply(exchange, escaped(say("pack.none")))
            return
        async with self._room.desk.typing(exchange):
            content = await self._room.desk.think(
                lambda: self._papers.pack(meeting, self._room.now())
            )
        name = say("pack.name", title=meeting.plan.title)
        file = Enclosure(name=f"{name}.docx", content=content, caption=name)
        await self._room.desk.close(
            exchange, lambda db: self._room.desk.enclose(db, exchange, file, "brief")
        )
