"""Drafts that grow in a private chat while a chat model writes; the message itself comes after."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from telegram import Bot
from telegram.error import TelegramError

from bot.telegram.exchange import Exchange

# Telegram lets a bot change what it shows in one chat about once a second.
_PACE = 1.2
_LONGEST = 4000


@asynccontextmanager
async def growing(bot: Bot, exchange: Exchange) -> AsyncIterator[Callable[[str], None] | None]:
    """What may be told, from any thread, how a text grows; None where no draft can be shown.

    A draft is a courtesy: it is shown as it stands at most every 1.2 seconds, is never kept, and
    ends at the first thing that goes wrong with it. The answer is a message of the outbox.

    Args:
        bot: Shows the draft.
        exchange: The update that is being answered; only private chats have drafts.
    """
    if not exchange.private or exchange.message_id is None:
        yield None
        return
    loop, texts = asyncio.get_running_loop(), asyncio.Queue[str]()
    shown = asyncio.create_task(_show(bot, exchange, exchange.message_id, texts))

    def grows(text: str) -> None:
        loop.call_soon_threadsafe(texts.put_nowait, text)

    try:
        yield grows
    finally:
        shown.cancel()
        await asyncio.gather(shown, return_exceptions=True)


async def _show(bot: Bot, exchange: Exchange, number: int, texts: asyncio.Queue[str]) -> None:
    while True:
        text = await texts.get()
        while not texts.empty():
            text = texts.get_nowait()
        try:
            await bot.send_message_draft(
                exchange.chat_id,
                number,
                text[:_LONGEST],
                message_thread_id=exchange.thread,
            )
        except TelegramError:
            return
        await asyncio.sleep(_PACE)
