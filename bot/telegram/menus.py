"""The menus of commands that Telegram shows: to everybody, in groups, and to each by their role."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Sequence

from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllGroupChats,
    BotCommandScopeChat,
)
from telegram.error import TelegramError

from bot.access import Role
from bot.telegram.writer import Writer
from corpus.database import CouncilDatabase, keep_setting
from corpus.messages import say

_LOGGER = logging.getLogger(__name__)

_BROWSING = ("budget", "decisions", "plan", "programs")
_EVERYBODY = (
    *("ask", "opinion", "my", "ledger", "actions"),
    *(*_BROWSING, "sources", "help", "start", "privacy", "forget_me"),
)
# Staff take notes where the meeting talks; to others these two say that they are for staff.
_GROUP = ("ask", "opinion", "ledger", "actions", *_BROWSING, "meeting", "note", "help")
_MEMBER = ("brief", *_EVERYBODY)
_STAFF = (
    *("ledger", "actions", "review", "meeting", "note", "minutes", "brief", "cancel"),
    *("unanswered", "stats"),
    *("ask", "opinion", "my", *_BROWSING, "sources", "help", "start", "privacy", "forget_me"),
)
_ADMINISTRATOR = (*_STAFF, "people", "departments", "audit")
_BY_ROLE = {
    Role.MEMBER: _MEMBER,
    Role.STAFF: _STAFF,
    Role.CHAIR: _STAFF,
    Role.ADMINISTRATOR: _ADMINISTRATOR,
}
# Chats that have a menu of their own, so that it goes with the role, whoever takes that away.
_GIVEN = "menus"


class Menus:
    """Gives Telegram the commands; the bot works without them, too.

    Args:
        bot: Sends.
        database: Knows the roles.
        writer: Writes to it.
    """

    def __init__(self, bot: Bot, database: CouncilDatabase, writer: Writer) -> None:
        self._bot = bot
        self._database = database
        self._writer = writer
        self._told = False
        self._one = asyncio.Lock()

    async def keep(self) -> None:
        """Bring the menus up to the roles as they are now; nothing is sent that stands already."""
        try:
            async with self._one:
                if not self._told:
                    await self._introduce()
                    self._told = True
                await self._by_role()
        except TelegramError as error:
            _LOGGER.warning("The menus could not be set: %s", error.message)

    async def _introduce(self) -> None:
        await self._bot.set_my_commands(_listed(_EVERYBODY))
        await self._bot.set_my_commands(_listed(_GROUP), BotCommandScopeAllGroupChats())
        await self._bot.set_my_short_description(say("telegram.about"))

    async def _by_role(self) -> None:
        roles = self._roles()
        given: dict[str, str] = json.loads(self._database.setting(_GIVEN) or "{}")
        for chat in given.keys() - roles.keys():
            await self._change(chat, None)
            del given[chat]
        for chat, role in roles.items():
            if given.get(chat) != role:
                await self._change(chat, Role(role))
                given[chat] = role
        text = json.dumps(given, sort_keys=True)
        if text != (self._database.setting(_GIVEN) or "{}"):
            await self._writer.write(lambda db: keep_setting(db, _GIVEN, text))

    def _roles(self) -> dict[str, str]:
        rows = self._database.read(
            "select telegram_id, role from people where telegram_id is not null"
            " and blocked_at is null and role <> ? order by id",
            [Role.CITIZEN.value],
        )
        return {str(row["telegram_id"]): row["role"] for row in rows}

    async def _change(self, chat: str, role: Role | None) -> None:
        """Give a chat the menu of a role, or take it away; one that is gone does not matter."""
        scope = BotCommandScopeChat(int(chat))
        try:
            if role is None:
                await self._bot.delete_my_commands(scope)
            else:
                await self._bot.set_my_commands(_listed(_BY_ROLE[role]), scope)
        except TelegramError as error:
            _LOGGER.warning("A menu could not be set: %s", error.message)


def _listed(names: Sequence[str]) -> list[BotCommand]:
    return [BotCommand(name, say(f"telegram.command_{name}")) for name in names]
