"""Answers that grow in a private chat while a chat model writes; the whole one comes last."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass

import sqlite_utils
from telegram.error import BadRequest, InvalidToken, TelegramError

from bot.render import escaped
from bot.telegram.delivery import Fate, edit, payload
from bot.telegram.desk import Desk, Exchange
from corpus.messages import say

# Telegram lets a bot change what it shows in one chat about once a second.
_PACE = 1.2
_LONGEST = 4000
_ABOUT = "growing"


@dataclass(slots=True, kw_only=True)
class Growth:
    """One answer that grows.

    Attributes:
        tell: May be told, from any thread, how the text grows; None where nothing can be shown.
        row: Row of the outbox with a message whose place the answer is to take, known once the
            text has stopped growing; None where what was shown goes away by itself.
        changed: When that message was last changed, on the loop's clock.
    """

    tell: Callable[[str], None] | None = None
    row: int | None = None
    changed: float = 0.0


class Growing:
    """Shows how answers grow.

    A server that knows drafts (`sendMessageDraft`) is given drafts, which are kept nowhere. On an
    older one the text so far is a message of the outbox, changed at the pace that Telegram allows.
    Either is a courtesy, and ends at the first thing that goes wrong with it.

    Args:
        desk: Takes up updates and commits their effects.
        written: Whether answers are written by a chat model at all.
    """

    def __init__(self, desk: Desk, *, written: bool) -> None:
        self._desk = desk
        self._written = written
        self._knows_drafts = True

    @asynccontextmanager
    async def of(self, exchange: Exchange, *, alone: bool) -> AsyncIterator[Growth]:
        """An answer that grows while the block runs.

        Args:
            exchange: The update that is being answered; only in private chats anything is shown.
            alone: Whether the answer is a message of its own, so that one may grow before it.
        """
        growth = Growth()
        if not (self._written and exchange.private and exchange.message_id):
            yield growth
            return
        loop, texts = asyncio.get_running_loop(), asyncio.Queue[str]()

        def tell(text: str) -> None:
            loop.call_soon_threadsafe(texts.put_nowait, text)

        growth.tell = tell
        shown = asyncio.create_task(self._show(exchange, growth, texts, alone=alone))
        try:
            yield growth
        finally:
            shown.cancel()
            await asyncio.gather(shown, return_exceptions=True)
        # Also one that an earlier run has left, which was ended in the middle of the answer.
        growth.row = await self._row(exchange)
        if growth.row is not None:
            await asyncio.sleep(growth.changed + _PACE - loop.time())

    async def _show(
        self, exchange: Exchange, growth: Growth, texts: asyncio.Queue[str], *, alone: bool
    ) -> None:
        with suppress(TelegramError):
            while self._knows_drafts or alone:
                text = await texts.get()
                while not texts.empty():
                    text = texts.get_nowait()
                if self._knows_drafts:
                    await self._draft(exchange, text[:_LONGEST])
                if not self._knows_drafts and alone:
                    growth.changed = asyncio.get_running_loop().time()
                    await self._change(exchange, f"{text[:_LONGEST]}\n{say('telegram.growing')}")
                await asyncio.sleep(_PACE)

    async def _draft(self, exchange: Exchange, text: str) -> None:
        try:
            await self._desk.bot.send_message_draft(
                exchange.chat_id,
                exchange.message_id or 0,
                text,
                message_thread_id=exchange.thread,
            )
        except (BadRequest, InvalidToken):  # 400 and 404: a server that is older than drafts
            self._knows_drafts = False

    async def _change(self, exchange: Exchange, text: str) -> None:
        """Change the message that grows; the first text is put into the outbox."""
        row = await self._row(exchange)
        if row is None:
            await self._desk.write(
                lambda db: self._desk.post_about(db, exchange, _ABOUT, escaped(text))
            )
            self._desk.wake(exchange.chat_id)
            return
        number = await self._desk.write(lambda db: _number(db, row))
        if number is None:
            return  # on its way
        changed = await edit(self._desk.bot, exchange.chat_id, number, payload(escaped(text)))
        if changed.fate is not Fate.ARRIVED:
            raise TelegramError(changed.reason)

    async def _row(self, exchange: Exchange) -> int | None:
        """Row of the outbox with the message that grows for an update.

        It is asked for where rows are written: behind one that is just being written.
        """
        find = "select id from outbox where update_id = ? and about = ?"

        def work(db: sqlite_utils.Database) -> int | None:
            row = db.execute(find, [exchange.update_id, _ABOUT]).fetchone()
            return None if row is None else int(row[0])

        return await self._desk.write(work)


def _number(db: sqlite_utils.Database, row: int) -> int | None:
    """Number of a message of the outbox; None as long as Telegram has given none."""
    found = db.execute("select message_id from outbox where id = ?", [row]).fetchone()
    return None if found is None else found[0]
