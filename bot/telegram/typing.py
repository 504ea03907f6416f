"""The sign that the bot is at work, shown while a question is answered."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from telegram import Bot
from telegram.constants import ChatAction
from telegram.error import TelegramError

# Most answers take less than a third of a second; "typing" that flashes up is only noise.
_AFTER = 0.3
# Telegram shows it for 5 seconds.
_AGAIN = 4.0


@asynccontextmanager
async def typing(bot: Bot, chat_id: int, thread: int | None) -> AsyncIterator[None]:
    """Shows the sign in a chat for as long as the block runs.

    Args:
        bot: Sends.
        chat_id: Where.
        thread: Forum topic, if any.
    """
    shown = asyncio.create_task(_show(bot, chat_id, thread))
    try:
        yield
    finally:
        shown.cancel()
        await asyncio.gather(shown, return_exceptions=True)


async def _show(bot: Bot, chat_id: int, thread: int | None) -> None:
    await asyncio.sleep(_AFTER)
    while True:
        # Only a courtesy: whatever goes wrong with it must not disturb the answer.
        with suppress(TelegramError):
            await bot.send_chat_action(chat_id, ChatAction.TYPING, message_thread_id=thread)
        await asyncio.sleep(_AGAIN)
