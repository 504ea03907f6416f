"""`/ledger` and `/actions`: the council's opinions as lists that can be narrowed and turned."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from telegram import InlineKeyboardMarkup, Update

from bot.clock import day_of
from bot.ledger_lists import ledger_page, wanted_of
from bot.ledger_reports import actions_text
from bot.render import escaped, pieces
from bot.telegram.addressing import Addressing
from bot.telegram.desk import Desk, Exchange
from bot.telegram.opinions.handling import refused
from bot.telegram.opinions.keyboards import files_of
from bot.telegram.opinions.list_keyboards import (
    CHOOSE,
    LIST,
    Choices,
    below_list,
    narrowed,
    to_choose,
)
from bot.telegram.pressed import pressed_message, pressed_parts
from corpus.ledger.wanted import Wanted
from corpus.messages import say

if TYPE_CHECKING:
    import sqlite_utils

    from bot.assistant import Assistant

_PAGE = 8
# More buttons than these nobody reads through; the words behind /ledger reach the rest.
_DONGS, _DEPARTMENTS, _MEETINGS = 30, 20, 8


class Listing:
    """Handlers of the ledger's lists.

    Args:
        desk: Takes up updates and commits their effects.
        assistant: Reads the ledger.
        addressing: Tells what follows a command.
    """

    def __init__(self, desk: Desk, assistant: Assistant, addressing: Addressing) -> None:
        self._desk = desk
        self._assistant = assistant
        self._addressing = addressing

    async def list(self, update: Update, context: Any) -> None:
        """`/ledger`, with words that narrow it: 접수, 가람2동, 기한 지남, a department."""
        exchange = await self._desk.open(update)
        message = update.effective_message
        command = self._addressing.command(message) if message else None
        words = command.rest if command else ""
        ledger = self._assistant.opinions.ledger
        today = day_of(self._desk.now())
        wanted = await self._desk.think(lambda: wanted_of(words, ledger, exchange.audience, today))
        await self._show(exchange, wanted, 0)

    async def turn(self, update: Update, context: Any) -> None:
        """Another page of the list, or the list narrowed otherwise."""
        exchange = await self._desk.pressed(update)
        page, *rest = pressed_parts(update, LIST)
        wanted = narrowed(rest, await self._choices(exchange))
        await self._show(exchange, wanted, int(page), pressed_message(update))

    async def choose(self, update: Update, context: Any) -> None:
        """What the list can be narrowed to, in its place."""
        exchange = await self._desk.pressed(update)
        what, *rest = pressed_parts(update, CHOOSE)
        choices = await self._choices(exchange)
        markup = to_choose(what, narrowed(rest, choices), choices)
        await self._put(exchange, say(f"ledger_which.{what}"), markup, pressed_message(update))

    async def _choices(self, exchange: Exchange) -> Choices:
        ledger, audience = self._assistant.opinions.ledger, exchange.audience
        today = day_of(self._desk.now())
        return await self._desk.think(
            lambda: Choices(
                dong=ledger.dongs(audience, _DONGS),
                department=ledger.departments(audience, _DEPARTMENTS),
                meeting=ledger.meetings.held(today, _MEETINGS, audience),
            )
        )

    async def _show(
        self, exchange: Exchange, wanted: Wanted, page: int, pressed: int | None = None
    ) -> None:
        ledger = self._assistant.opinions.ledger
        today = day_of(self._desk.now())
        shown = await self._desk.think(
            lambda: ledger_page(ledger, wanted, exchange.audience, today, page, _PAGE)
        )
        choices = await self._choices(exchange)
        markup = below_list(shown, wanted, choices, staff=not refused(exchange))
        await self._put(exchange, shown.text, markup, pressed)

    async def _put(
        self, exchange: Exchange, text: str, markup: InlineKeyboardMarkup, pressed: int | None
    ) -> None:
        await self._desk.close(
            exchange, lambda db: self._desk.post(db, exchange, escaped(text), markup, over=pressed)
        )

    async def actions(self, update: Update, context: Any) -> None:
        """`/actions`: what became of every promise since the last meeting."""
        exchange = await self._desk.open(update)
        ledger = self._assistant.opinions.ledger
        today = day_of(self._desk.now())
        text = await self._desk.think(lambda: actions_text(ledger, today, exchange.audience))
        shown = list(pieces(text))

        def effects(db: sqlite_utils.Database) -> None:
            for number, piece in enumerate(shown, start=1):
                markup = files_of("actions", "xlsx", "docx") if number == len(shown) else None
                self._desk.post(db, exchange, escaped(piece), markup)

        await self._desk.close(exchange, effects)
