"""What the handlers of administrators share: who may, and a screen in the place of another."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import sqlite_utils
from telegram import InlineKeyboardMarkup, Update

from bot.render import escaped
from bot.telegram.desk import Desk, Exchange
from bot.telegram.menus import Menus
from bot.telegram.pressed import pressed_message
from corpus.database import CouncilDatabase
from corpus.messages import say
from corpus.types import Visibility

if TYPE_CHECKING:
    from bot.assistant import Assistant

Screen: TypeAlias = tuple[str, InlineKeyboardMarkup | None]
"""Plain text and its buttons."""


class Office:
    """Where administrators work.

    Args:
        desk: Takes up updates and commits their effects.
        database: The store.
        assistant: Knows the neighbourhoods.
        menus: Shows people the commands of their role.
    """

    def __init__(
        self, desk: Desk, database: CouncilDatabase, assistant: Assistant, menus: Menus
    ) -> None:
        self.desk = desk
        self.database = database
        self.menus = menus
        self._assistant = assistant

    async def opened(self, update: Update) -> Exchange | None:
        """The exchange of an administrator in private; others are told and nothing is done."""
        exchange = await self.desk.pressed(update)
        if refusal := refused(exchange):
            await self.desk.reply(exchange, escaped(refusal))
            return None
        return exchange

    async def put(self, update: Update, exchange: Exchange, screen: Screen) -> None:
        """Close an exchange with a screen, in the place of the one whose button was pressed."""
        pressed = pressed_message(update)
        await self.desk.close(exchange, lambda db: self.post(db, exchange, screen, pressed))

    def post(
        self, db: sqlite_utils.Database, exchange: Exchange, screen: Screen, over: int | None
    ) -> None:
        """Post a screen inside an open transaction; `over` is the message that it replaces."""
        text, markup = screen
        self.desk.post(db, exchange, escaped(text), markup, over=over)

    def dongs(self) -> list[str]:
        """Neighbourhoods that somebody can be responsible for."""
        return self._assistant.views.dongs(Visibility.STAFF)


def refused(exchange: Exchange) -> str:
    """Why somebody may not change people here; empty for administrators in private."""
    if not exchange.person.administers:
        return say("people.administrators_only")
    return "" if exchange.private else say("people.private_only")
