"""Files of the ledger by a button: the whole of it for staff, 조치결과 for whoever may see it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sqlite_utils
from telegram import Update

from bot.clock import day_of
from bot.ledger_files import LedgerFormat, actions_file, ledger_file
from bot.render import escaped
from bot.telegram.desk import Desk
from bot.telegram.enclosures import Enclosure
from bot.telegram.opinions.handling import refused
from bot.telegram.opinions.keyboards import EXPORT
from bot.telegram.pressed import pressed_message, pressed_parts
from corpus.messages import say

if TYPE_CHECKING:
    from bot.assistant import Assistant

_LEDGER = "ledger"


class Exports:
    """Handlers of the buttons for files of the ledger.

    Args:
        desk: Takes up updates and commits their effects.
        assistant: Reads the ledger.
    """

    def __init__(self, desk: Desk, assistant: Assistant) -> None:
        self._desk = desk
        self._assistant = assistant

    async def press(self, update: Update, context: Any) -> None:
        """Send the file."""
        exchange = await self._desk.pressed(update)
        what, form = pressed_parts(update, EXPORT)
        kind, today = LedgerFormat(form), day_of(self._desk.now())
        ledger = self._assistant.opinions.ledger
        if what == _LEDGER and (refusal := refused(exchange)):
            await self._desk.reply(exchange, escaped(refusal))
            return
        if what == _LEDGER:
            content = await self._desk.think(lambda: ledger_file(ledger, today, kind))
            name = say("ledger_file.title")
        else:
            content = await self._desk.think(
                lambda: actions_file(ledger, today, exchange.audience, kind)
            )
            name = say("ledger_file.actions")
        file = Enclosure(
            name=f"{name} {today.isoformat()}.{kind}".replace(" ", "_"),
            content=content,
            caption=name,
        )

        def effects(db: sqlite_utils.Database) -> None:
            self._desk.enclose(db, exchange, file, what, reply_to=pressed_message(update))

        await self._desk.close(exchange, effects)
