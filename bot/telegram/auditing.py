"""`/audit`: administrators see what was done last, whether it is whole, and take it as a file."""

from __future__ import annotations

from typing import Any

import sqlite_utils
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update

from bot.audit_cards import audit_sheet, entry_line, standing, who_did
from bot.clock import day_of
from bot.render import clipped, escaped
from bot.sheets import SheetFormat, sheet_file
from bot.telegram.enclosures import Enclosure
from bot.telegram.people.office import Office
from bot.telegram.pressed import pressed_message, pressed_parts
from corpus.audit import Audit
from corpus.messages import say

AUDIT_FILE = r"^ja:(xlsx|csv)$"

_SHOWN, _LINE = 12, 200
# An XLSX of 20,000 entries takes 8 s and 1 MB; more than that comes from the console.
_IN_A_FILE = 20_000


class Auditing:
    """Handlers of the audit.

    Args:
        office: Where administrators work.
    """

    def __init__(self, office: Office) -> None:
        self._office = office

    async def show(self, update: Update, context: Any) -> None:
        """The newest entries, and whether all are as they were written."""
        exchange = await self._office.opened(update)
        if exchange is None:
            return
        text = await self._office.desk.think(self._text)
        await self._office.desk.reply(exchange, escaped(text), _files())

    async def press(self, update: Update, context: Any) -> None:
        """The audit as a file."""
        exchange = await self._office.opened(update)
        if exchange is None:
            return
        kind, pressed = SheetFormat(pressed_parts(update, AUDIT_FILE)[0]), pressed_message(update)
        async with self._office.desk.typing(exchange):
            content = await self._office.desk.think(lambda: self._file(kind))
        day = day_of(self._office.desk.now()).isoformat()
        name = f"{say('audit.name')} {day}.{kind}".replace(" ", "_")
        caption = say("audit.caption", most=f"{_IN_A_FILE:,}")
        file = Enclosure(name=name, content=content, caption=caption)

        def effects(db: sqlite_utils.Database) -> None:
            self._office.desk.enclose(db, exchange, file, "audit", reply_to=pressed)

        await self._office.desk.close(exchange, effects)

    def _text(self) -> str:
        audit, who = Audit(self._office.database), who_did(self._office.database)
        lines = (clipped(entry_line(one, who), _LINE) for one in audit.newest(_SHOWN))
        return "\n".join([standing(audit), "", *lines])

    def _file(self, kind: SheetFormat) -> bytes:
        entries = Audit(self._office.database).newest(_IN_A_FILE)
        return sheet_file(audit_sheet(entries, who_did(self._office.database)), kind)


def _files() -> InlineKeyboardMarkup:
    buttons = (("sheet.excel", SheetFormat.XLSX), ("sheet.csv", SheetFormat.CSV))
    return InlineKeyboardMarkup(
        [[InlineKeyboardButton(say(key), callback_data=f"ja:{kind}") for key, kind in buttons]]
    )
