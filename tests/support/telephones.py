"""People before their telephones: they write and press, and wait for what the bot says."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from tests.support.telegram import TelegramDouble


class Telephones:
    """What people do, each time until the bot has answered it.

    Args:
        telegram: The servers between them and the bot.
    """

    def __init__(self, telegram: TelegramDouble) -> None:
        self.telegram = telegram

    async def after(self, chat_id: int, act: Callable[[], object], more: int = 1) -> dict[str, Any]:
        """The last of so many new messages in a chat after something was done."""
        count = len(self.telegram.sent(chat_id)) + more
        act()
        return (await asyncio.to_thread(self.telegram.waits_for, chat_id, count))[-1]

    async def says(
        self, who: int, text: str, more: int = 1, *, chat: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        """What the bot says to somebody who writes, in private unless a group is given."""
        where = chat["id"] if chat else who
        return await self.after(where, lambda: self.telegram.says(who, text, chat), more)

    async def presses(
        self, who: int, message: dict[str, Any], label: str, more: int = 1
    ) -> dict[str, Any]:
        """What the bot says to somebody who presses a button."""
        return await self.after(who, lambda: self.telegram.presses(who, message, label), more)

    async def replies(
        self, who: int, to: dict[str, Any], text: str, more: int = 1
    ) -> dict[str, Any]:
        """What the bot says to somebody who answers a message."""
        return await self.after(who, lambda: self.telegram.replies(who, to, text), more)

    async def turns(self, who: int, message: dict[str, Any], label: str) -> dict[str, Any]:
        """A message once a press of its button has changed it."""
        edits = message.get("edits", 0)
        self.telegram.presses(who, message, label)
        chat, number = message["chat"]["id"], message["message_id"]

        def changed() -> dict[str, Any] | None:
            now = self.telegram.messages[chat, number]
            return now if now.get("edits", 0) > edits else None

        turned: dict[str, Any] = await asyncio.to_thread(self.telegram.wait, changed)
        return turned


def labels(message: dict[str, Any]) -> list[str]:
    """What stands on the buttons below a message."""
    rows = (message.get("reply_markup") or {}).get("inline_keyboard", [])
    return [button["text"] for row in rows for button in row]
