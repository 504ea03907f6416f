"""`/brief`: what members should have read before a meeting, as one file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from telegram import Update

from bot.meeting_pack import meeting_pack
from bot.minutes_form import docx_bytes
from bot.render import escaped
from bot.telegram.desk import Exchange
from bot.telegram.enclosures import Enclosure
from bot.telegram.meetings.keyboards import PACK
from bot.telegram.meetings.room import Room
from bot.telegram.pressed import pressed_data
from corpus.meetings.meeting import Meeting, State
from corpus.messages import say
from corpus.types import Visibility

if TYPE_CHECKING:
    from bot.assistant import Assistant


class Briefing:
    """Handlers of the pack.

    Args:
        room: Reads meetings.
        assistant: Gives figures of what is on the agenda.
    """

    def __init__(self, room: Room, assistant: Assistant) -> None:
        self._room = room
        self._assistant = assistant

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
        before = self._room.meetings.before(meeting)
        edition = self._room.editions.approved(before.id) if before else None
        async with self._room.desk.typing(exchange):
            blocks = await self._room.desk.think(
                lambda: meeting_pack(
                    meeting.plan, edition.minutes if edition else None, self._figures(exchange)
                )
            )
            content = await self._room.desk.think(lambda: docx_bytes(blocks))
        name = say("pack.name", title=meeting.plan.title)
        file = Enclosure(name=f"{name}.docx", content=content, caption=name)
        await self._room.desk.close(
            exchange, lambda db: self._room.desk.enclose(db, exchange, file, None)
        )

    def _figures(self, exchange: Exchange) -> Any:
        """What the papers say of a title, for members; a pack may be handed on among them."""
        level = min(exchange.audience, Visibility.MEMBERS)
        return lambda text: self._assistant.ask(text, audience=level, now=self._room.desk.now())
