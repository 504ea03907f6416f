"""Where an update is taken up and where its effects are committed, all of them or none."""

from __future__ import annotations

import asyncio
import contextvars
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractAsyncContextManager, suppress
from datetime import datetime
from typing import Any, TypeVar

import sqlite_utils
from telegram import Bot, InlineKeyboardMarkup, Update
from telegram.error import TelegramError

from bot.clock import seoul
from bot.render import escaped
from bot.telegram.accounts import account
from bot.telegram.at_work import at_work
from bot.telegram.delivery import payload
from bot.telegram.enclosures import Enclosure
from bot.telegram.exchange import Exchange as Exchange
from bot.telegram.exchange import narrowed, taken_up
from bot.telegram.first_words import with_first_words
from bot.telegram.inbox import finish
from bot.telegram.letters import EDIT
from bot.telegram.outbox import Outbox, enqueue, notice
from bot.telegram.settings import TelegramSettings
from bot.telegram.tally import Tally
from bot.telegram.writer import Writer
from corpus.ledger.changes import By
from corpus.messages import say
from corpus.types import Visibility

T = TypeVar("T")


class Desk:
    """What every handler needs: who is asking, a thread to work in, and one place to commit.

    Args:
        bot: For what goes to Telegram directly: typing, and answers to presses.
        writer: Writes to the store.
        outbox: Delivers what is committed.
        threads: Runs the questions.
        now: The clock, aware.
        tally: Counts what is done.
        rules: What the office decided.
    """

    def __init__(
        self,
        bot: Bot,
        writer: Writer,
        outbox: Outbox,
        threads: ThreadPoolExecutor,
        now: Callable[[], datetime],
        tally: Tally,
        rules: TelegramSettings,
    ) -> None:
        self.bot = bot
        self.tally = tally
        self.rules = rules
        self.now = now
        self._writer = writer
        self._outbox = outbox
        self._threads = threads
        self._others: dict[int, set[int]] = {}

    async def open(self, update: Update) -> Exchange:
        """Take up an update that came from a person in a chat."""
        return await self._writer.write(lambda db: taken_up(db, update, self.now))

    async def pressed(self, update: Update) -> Exchange:
        """Take up a press of a button, which stops spinning before anything is done about it."""
        await self.acknowledge(update)
        return await self.open(update)

    def by(self, exchange: Exchange) -> By:
        """The person of an exchange, now, as the ledger's history knows them."""
        return By(person=exchange.person.key, at=seoul(self.now()))

    async def close(
        self, exchange: Exchange, effects: Callable[[sqlite_utils.Database], object] | None = None
    ) -> None:
        """Commit what an update brought about together with its being done, then deliver.

        `effects` are the writes of the handler, the outbox included; they may run several times.
        Where the person may do less or the readers may see less by then, nothing of it is done.
        """

        def work(db: sqlite_utils.Database) -> None:
            if effects is not None and narrowed(db, exchange):
                self.post(db, exchange, escaped(say("telegram.ask_again")))
            elif effects is not None:
                effects(db)
            finish(db, exchange.update_id, self.now())

        await self._writer.write(work)
        if exchange.delicate:
            await self.scrub()
        for chat_id in {exchange.chat_id, *self._others.pop(exchange.update_id, ())}:
            self._outbox.wake(chat_id)

    async def settle(
        self, update_id: int, effects: Callable[[sqlite_utils.Database], object]
    ) -> None:
        """Commit what an update brought about that nobody said and nobody is answered."""

        def work(db: sqlite_utils.Database) -> None:
            effects(db)
            finish(db, update_id, self.now())

        await self._writer.write(work)

    async def say_first(
        self, exchange: Exchange, text: str, markup: InlineKeyboardMarkup | None = None
    ) -> None:
        """Say something at once, before an exchange is closed; once, however often it is taken up.

        Args:
            exchange: The update.
            text: HTML, every value escaped.
            markup: Buttons below it.
        """

        def work(db: sqlite_utils.Database) -> None:
            known = "select 1 from outbox where update_id = ? limit 1"
            if db.execute(known, [exchange.update_id]).fetchone() is None:
                self.post(db, exchange, text, markup)

        await self._writer.write(work)
        self._outbox.wake(exchange.chat_id)

    async def reply(
        self, exchange: Exchange, text: str, markup: InlineKeyboardMarkup | None = None
    ) -> None:
        """Close an exchange with one message: HTML, every value escaped, and buttons below it."""
        await self.close(exchange, lambda db: self.post(db, exchange, text, markup))

    def post(
        self,
        db: sqlite_utils.Database,
        exchange: Exchange,
        text: str,
        markup: InlineKeyboardMarkup | None = None,
        *,
        reply_to: int | None = None,
        answer_id: int | None = None,
        over: int | None = None,
        over_row: int | None = None,
    ) -> None:
        """Put a message to an exchange's chat into the outbox, inside its transaction.

        Args:
            db: The database of the open transaction.
            exchange: The update.
            text: HTML, every value escaped.
            markup: Buttons below it.
            reply_to: Message to reply to; by default the question in a group, none in private.
            answer_id: The answer that it shows.
            over: The message whose place it takes; None for a message of its own.
            over_row: As `over`, by the row of the outbox that holds the message.
        """
        if reply_to is None and not exchange.private:
            reply_to = exchange.message_id
        if self.rules.privacy.told and over is None and over_row is None:
            text = with_first_words(db, exchange.person.id, text, self.now())
        parameters: dict[str, Any] = payload(
            text, markup=markup, thread=exchange.thread, reply_to=reply_to
        )
        kept: dict[str, Any] = {"answer_id": answer_id}
        for name, place in (("message_id", over), ("edits", over_row)):
            if place is not None:
                parameters[name], kept["method"] = place, EDIT
        self._queue(db, exchange, parameters, **kept)

    def post_about(
        self,
        db: sqlite_utils.Database,
        exchange: Exchange,
        about: str,
        text: str,
        markup: InlineKeyboardMarkup | None = None,
        *,
        reply_to: int | None = None,
    ) -> None:
        """As `post`, for a message to which people may reply; `about` says what it shows."""
        parameters = payload(text, markup=markup, thread=exchange.thread, reply_to=reply_to)
        self._queue(db, exchange, parameters, about=about)

    def _queue(
        self, db: sqlite_utils.Database, exchange: Exchange, parameters: dict[str, Any], **kept: Any
    ) -> None:
        enqueue(
            db,
            update_id=exchange.update_id,
            chat_id=exchange.chat_id,
            parameters=parameters,
            now=self.now(),
            # What is said of being allowed less from now on is for those who are.
            level=min(exchange.audience, exchange.as_of(db).audience),
            **kept,
        )

    def enclose(
        self,
        db: sqlite_utils.Database,
        exchange: Exchange,
        file: Enclosure,
        what: str,
        *,
        reply_to: int | None = None,
    ) -> None:
        """As `post`, for a file; the audit is told who took what out."""
        account(db, exchange, self.now(), "export", what, format=file.format)
        where = payload("", thread=exchange.thread, reply_to=reply_to)
        kept = {k: v for k, v in where.items() if k in {"message_thread_id", "reply_parameters"}}
        self._queue(db, exchange, {**file.payload(), **kept}, method=file.method)

    def notify(
        self,
        db: sqlite_utils.Database,
        exchange: Exchange,
        chat_id: int,
        text: str,
        markup: InlineKeyboardMarkup | None = None,
        *,
        level: Visibility,
        reply_to: int | None = None,
    ) -> None:
        """Put a message to somebody else into the outbox, inside an exchange's transaction.

        Args:
            db: The database of the open transaction.
            exchange: The update that brought it about.
            chat_id: Where to.
            text: HTML, every value escaped.
            markup: Buttons below it.
            level: What they must be allowed to see, also when it is sent.
            reply_to: Message to reply to.
        """
        notice(db, chat_id, text, markup, self.now(), level=level, reply_to=reply_to)
        self.tells(exchange, chat_id)

    def tells(self, exchange: Exchange, chat_id: int) -> None:
        """Have another chat delivered to once an exchange is closed."""
        self._others.setdefault(exchange.update_id, set()).add(chat_id)

    async def write(self, work: Callable[[sqlite_utils.Database], T]) -> T:
        """Write something of its own, before an update's effects; it may run several times."""
        return await self._writer.write(work)

    async def scrub(self) -> None:
        """Let what an update brought and was not kept leave the store's log at once."""
        await self._writer.scrub()

    def hand_over(
        self,
        db: sqlite_utils.Database,
        exchange: Exchange,
        chat_id: int,
        file: Enclosure,
        *,
        level: Visibility,
    ) -> None:
        """As `notify`, for a file."""
        sent: dict[str, Any] = {"method": file.method, "parameters": file.payload()}
        enqueue(db, update_id=None, chat_id=chat_id, now=self.now(), level=level, **sent)
        self.tells(exchange, chat_id)

    def wake(self, chat_id: int) -> None:
        """Deliver what has been committed for another chat than the exchange's own."""
        self._outbox.wake(chat_id)

    async def think(self, work: Callable[[], T]) -> T:
        """Run something that takes long beside the event loop."""
        context = contextvars.copy_context()
        return await asyncio.get_running_loop().run_in_executor(
            self._threads, lambda: context.run(work)
        )

    def typing(self, exchange: Exchange) -> AbstractAsyncContextManager[None]:
        """Shows that the bot is at work for as long as the block runs."""
        return at_work(self.bot, exchange)

    async def acknowledge(self, update: Update, text: str | None = None) -> None:
        """Answer a press, so that the button stops spinning; too late is no harm."""
        if update.callback_query is not None:
            with suppress(TelegramError):
                await update.callback_query.answer(text)
