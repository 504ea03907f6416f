"""What the bot says about itself, and to what it cannot use."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sqlite_utils
from telegram import Update

from bot.clock import seoul
from bot.people_cards import role_name
from bot.privacy import privacy_text
from bot.render import escaped
from bot.telegram.addressing import Addressing
from bot.telegram.desk import Desk, Exchange
from bot.telegram.keyboards import examples
from bot.telegram.letters import move
from bot.telegram.menus import Menus
from corpus.invitations import INVITED, Taking, accept
from corpus.messages import say

if TYPE_CHECKING:
    from bot.assistant import Assistant

# Three show what can be asked and still leave room to type.
_EXAMPLES = 3


class Greetings:
    """Handlers of `/start`, `/help` and whatever is no question.

    Args:
        desk: Takes up updates and commits their effects.
        assistant: Gives questions to begin with.
        addressing: Tells what follows a command.
        menus: Shows people the commands of their role.
    """

    def __init__(
        self, desk: Desk, assistant: Assistant, addressing: Addressing, menus: Menus
    ) -> None:
        self._menus = menus
        self._desk = desk
        self._assistant = assistant
        self._addressing = addressing

    async def start(self, update: Update, context: Any) -> None:
        """Greet and offer questions to begin with; or take up the invitation behind the command."""
        exchange = await self._desk.open(update)
        message = update.effective_message
        command = self._addressing.command(message) if message else None
        if command and command.rest.startswith(INVITED):
            await self._invited(exchange, command.rest)
            return
        offered = await self._desk.think(lambda: self._assistant.examples(exchange.audience))
        markup = examples(offered[:_EXAMPLES])
        lines = [say("telegram.greeting")]
        if exchange.private:
            role = role_name(exchange.person.role)
            lines.append(say("people.number", number=exchange.person.id, role=role))
        await self._desk.reply(exchange, escaped("\n\n".join(lines)), markup)

    async def _invited(self, exchange: Exchange, code: str) -> None:
        """Give the role of a one-time invitation; only in private, where nobody reads the code."""

        def effects(db: sqlite_utils.Database) -> None:
            answer, role = Taking.BAD_CODE, None
            if exchange.private:
                answer, role = accept(db, exchange.person.id, code, seoul(self._desk.now()))
            named = role_name(role) if role else ""
            if answer is Taking.TAKEN:
                self._desk.post(db, exchange, escaped(say("people.welcome", role=named)))
            else:
                self._desk.post(db, exchange, escaped(say(f"people.{answer}", role=named)))

        await self._desk.close(exchange, effects)
        await self._menus.keep()

    async def help(self, update: Update, context: Any) -> None:
        """Say how to use the bot."""
        exchange = await self._desk.open(update)
        lines = [say("telegram.help")]
        if exchange.private and exchange.person.corrects:
            lines.append(say("telegram.help_staff"))
        if exchange.private and exchange.person.administers:
            lines.append(say("telegram.help_administrator"))
        await self._desk.reply(exchange, escaped("\n\n".join(lines)))

    async def privacy(self, update: Update, context: Any) -> None:
        """Say what is kept of a person and how it is erased."""
        exchange = await self._desk.open(update)
        rules = self._desk.rules
        await self._desk.reply(exchange, escaped(privacy_text(rules.privacy, rules.backup_days)))

    async def unknown(self, update: Update, context: Any) -> None:
        """Say that there is no such command, and what to do instead."""
        await self._say(update, "telegram.unknown_command")

    async def only_text(self, update: Update, context: Any) -> None:
        """Say that pictures and voices cannot be used."""
        await self._say(update, "telegram.only_text")

    async def moved(self, update: Update, context: Any) -> None:
        """Follow a group that became a supergroup."""
        message = update.message
        exchange = await self._desk.open(update)
        new = message.migrate_to_chat_id if message else None

        def effects(db: sqlite_utils.Database) -> None:
            if new is not None:
                move(db, exchange.chat_id, new)

        await self._desk.close(exchange, effects)
        if new is not None:
            self._desk.wake(new)

    async def nothing(self, update: Update, context: Any) -> None:
        """Take note of an update that needs no word, such as an edit of a command."""
        await self._desk.close(await self._desk.open(update))

    async def _say(self, update: Update, key: str) -> None:
        await self._desk.reply(await self._desk.open(update), escaped(say(key)))
