"""`/bind`: staff say who reads a group, and by it what answers there may hold."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import sqlite_utils
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.error import TelegramError

from bot.clock import seoul
from bot.render import escaped
from bot.telegram.addressing import Addressing
from bot.telegram.desk import Desk, Exchange
from bot.telegram.pressed import pressed_message, pressed_numbers
from corpus.groups import GONE, bind, level_of, unbind
from corpus.ledger.changes import By
from corpus.messages import level_name, say
from corpus.types import Visibility

# The level wanted, the level seen, and whether the warning has been read.
BIND = r"^g:([012]):([012]):([01])$"


class Binding:
    """Handlers of a group's level.

    Args:
        desk: Takes up updates and commits their effects.
        addressing: Tells what follows a command.
    """

    def __init__(self, desk: Desk, addressing: Addressing) -> None:
        self._desk = desk
        self._addressing = addressing

    async def show(self, update: Update, context: Any) -> None:
        """`/bind`: the level of the group and what it can be changed to; or a level at once."""
        exchange = await self._opened(update)
        if exchange is None:
            return
        message = update.effective_message
        command = self._addressing.command(message) if message else None
        wanted = _level(command.rest if command else "")
        if wanted is None:
            await self._reply(exchange, _now(exchange.level), _levels(exchange.level))
        else:
            await self._want(exchange, wanted, exchange.level, None)

    async def press(self, update: Update, context: Any) -> None:
        """Another level: a wider one only after its warning."""
        wanted, seen, warned = pressed_numbers(update, BIND)
        exchange = await self._opened(update)
        if exchange is None:
            return
        levels, pressed = (Visibility(wanted), Visibility(seen)), pressed_message(update)
        if warned:
            await self._set(exchange, *levels, pressed)
        else:
            await self._want(exchange, *levels, pressed)

    async def removed(self, update: Update, context: Any) -> None:
        """End the binding of a group that the bot is no longer in."""
        chat = update.effective_chat
        by = By(person=GONE, at=seoul(self._desk.now()))

        def effects(db: sqlite_utils.Database) -> None:
            if chat is not None:
                unbind(db, chat.id, by)

        await self._desk.settle(update.update_id, effects)

    async def _want(
        self, exchange: Exchange, wanted: Visibility, seen: Visibility, pressed: int | None
    ) -> None:
        """Set a level, where it is wider only after saying who would then read what."""
        if wanted <= seen:
            await self._set(exchange, wanted, seen, pressed)
            return
        count = None
        with suppress(TelegramError):
            count = await self._desk.bot.get_chat_member_count(exchange.chat_id)
        who = say("group.all_of", count=count - 1) if count else say("group.all")
        text = say("group.ask", who=who, level=level_name(wanted))
        await self._reply(exchange, text, _asked(wanted, seen), pressed)

    async def _set(
        self, exchange: Exchange, wanted: Visibility, seen: Visibility, pressed: int | None
    ) -> None:
        by = self._desk.by(exchange)

        def effects(db: sqlite_utils.Database) -> None:
            done = bind(db, exchange.chat_id, wanted, seen, by)
            now = level_of(db, exchange.chat_id)
            text = say("group.set", level=level_name(now)) if done else _overtaken(now)
            markup = None if done else _levels(now)
            self._desk.post(db, exchange, escaped(text), markup, over=pressed)

        await self._desk.close(exchange, effects)

    async def _reply(
        self,
        exchange: Exchange,
        text: str,
        markup: InlineKeyboardMarkup,
        pressed: int | None = None,
    ) -> None:
        await self._desk.close(
            exchange,
            lambda db: self._desk.post(db, exchange, escaped(text), markup, over=pressed),
        )

    async def _opened(self, update: Update) -> Exchange | None:
        """The exchange of staff in a group; others are told and nothing is changed."""
        exchange = await self._desk.open(update)
        key = "group.staff_only" if not exchange.person.corrects else "group.in_group"
        if exchange.person.corrects and not exchange.private:
            await self._desk.acknowledge(update)
            return exchange
        if update.callback_query is None:
            await self._desk.reply(exchange, escaped(say(key)))
        else:
            # Whoever else presses is told alone: the group need not hear of it.
            await self._desk.close(exchange)
            await self._desk.acknowledge(update, say(key))
        return None


def _level(words: str) -> Visibility | None:
    """The level that somebody typed, in either language."""
    named = {one.name.lower(): one for one in Visibility}
    named |= {level_name(one): one for one in Visibility}
    return named.get(words.strip().lower())


def _now(level: Visibility) -> str:
    return say("group.now", level=level_name(level))


def _overtaken(level: Visibility) -> str:
    return f"{say('people.overtaken')}\n\n{_now(level)}"


def _levels(seen: Visibility) -> InlineKeyboardMarkup:
    """A button for each other level."""
    row = [
        InlineKeyboardButton(level_name(level), callback_data=f"g:{int(level)}:{int(seen)}:0")
        for level in Visibility
        if level is not seen
    ]
    return InlineKeyboardMarkup([row])


def _asked(wanted: Visibility, seen: Visibility) -> InlineKeyboardMarkup:
    """Yes or no to a wider level."""
    yes = f"g:{int(wanted)}:{int(seen)}:1"
    no = f"g:{int(seen)}:{int(seen)}:1"
    return InlineKeyboardMarkup(
        [
            [
                InlineKeyboardButton(say("people.button_yes"), callback_data=yes),
                InlineKeyboardButton(say("people.button_no"), callback_data=no),
            ]
        ]
    )
