"""Telegram's "typing", shown while the bot is at work."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from telegram import Bot
from telegram.constants import ChatAction
from telegram.error import TelegramError

from bot.telegram.exchange import Exchange

# Most answers take less than a third of a second; "typing" that flashes up is only noise.
_AFTER = 0.3
# Telegram shows it for 5 seconds.
_AGAIN = 4.0


@asynccontextmanager
async def at_work(bot: Bot, exchange: Exchange) -> AsyncIterator[None]:
    """Shows that the bot is at work for as long as the block runs."""
    shown = asyncio.create_task(_type(bot, exchange))
    try:
        yield
    finally:
        shown.cancel()
        await asyncio.gather(shown, return_exceptions=True)


async def _type(bot: Bot, exchange: Exchange) -> None:
    await asyncio.sleep(_AFTER)
    while True:
        # Only a courtesy: whatever goes wrong with it must not disturb the answer.
        with suppress(TelegramError):
            await bot.send_chat_action(
                exchange.chat_id, ChatAction.TYPING, message_thread_id=exchange.thread
            )
        await asyncio.sleep(_AGAIN)
