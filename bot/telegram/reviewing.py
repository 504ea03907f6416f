"""`/review` and the buttons of a source: staff confirm rows, skip them, take changes back."""

from __future__ import annotations

from typing import Any

import sqlite_utils
from telegram import InlineKeyboardMarkup, Update

from bot.render import escaped
from bot.telegram.desk import Exchange
from bot.telegram.pressed import pressed_numbers
from bot.telegram.row_desk import RowDesk, refused
from bot.telegram.row_keyboards import (
    CONFIRM,
    NEXT,
    UNDO,
    after_change,
    below_change,
    below_row,
    seen_of,
)
from corpus.corrections import Actor, Seen, Verdict
from corpus.messages import say
from retrieval.types import Citation


class Reviewing:
    """Handlers by which staff look at rows.

    Args:
        rows: Shows and changes rows.
    """

    def __init__(self, rows: RowDesk) -> None:
        self._rows = rows

    # -- showing ---------------------------------------------------------------------------------
    async def show(self, update: Update, context: Any) -> None:
        """`/review`: the first row that waits."""
        exchange = await self._rows.staff(update)
        if exchange is None:
            return
        text, markup = await self._rows.card(exchange, 0)
        await self._rows.desk.reply(exchange, text, markup)

    async def skip(self, update: Update, context: Any) -> None:
        """The next row that waits; the one skipped stays in the list."""
        exchange = await self._rows.staff(update)
        if exchange is None:
            return
        (after,) = pressed_numbers(update, NEXT)
        text, markup = await self._rows.card(exchange, after)
        await self._rows.desk.reply(exchange, text, markup)

    def buttons(self, exchange: Exchange, citation: Citation) -> InlineKeyboardMarkup | None:
        """The buttons of the row that a source quotes; None for others than staff."""
        if refused(exchange) or not citation.record_id:
            return None
        row = self._rows.review.row(citation.record_id, exchange.audience)
        if row is None or row.seen.document_id != citation.document_id:
            return None
        return below_row(row, queued=False)

    # -- confirming and taking back ----------------------------------------------------------------
    async def confirm(self, update: Update, context: Any) -> None:
        """Keep that a row says what is printed."""

        def change(db: sqlite_utils.Database, seen: Seen, actor: Actor) -> Verdict:
            return self._rows.review.confirm(db, seen, actor)

        await self._decide(update, CONFIRM, "review.confirmed", change)

    async def undo(self, update: Update, context: Any) -> None:
        """Take the last change of a row back."""

        def change(db: sqlite_utils.Database, seen: Seen, actor: Actor) -> Verdict:
            return self._rows.review.undo(db, seen, actor)

        await self._decide(update, UNDO, "review.undone", change)

    async def _decide(self, update: Update, pattern: str, done: str, change: Any) -> None:
        exchange = await self._rows.staff(update)
        if exchange is None:
            return
        seen, queued = seen_of(pressed_numbers(update, pattern))
        following = (
            await self._rows.card(exchange, seen.record_id, decided=True) if queued else None
        )

        def effects(db: sqlite_utils.Database) -> None:
            verdict = change(db, seen, self._rows.actor(exchange))
            if verdict is not Verdict.DONE:
                self._rows.say(db, exchange, f"review.{verdict.value}")
                return
            undoable = pattern == CONFIRM
            self._rows.desk.post(
                db,
                exchange,
                escaped(say(done)),
                below_change(after_change(seen)) if undoable else None,
            )
            if following is not None:
                self._rows.desk.post(db, exchange, *following)

        await self._rows.desk.close(exchange, effects)
