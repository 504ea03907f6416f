"""One run of the bot: its parts put together, started, and brought to a stop."""

from __future__ import annotations

import asyncio
import logging
import os
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, TypeAlias
from urllib.parse import urlsplit

from telegram import Update
from telegram.error import Conflict, InvalidToken, TelegramError
from telegram.ext import Application, ApplicationBuilder

from bot.archive import Archive
from bot.people_cards import BOT_NAME
from bot.telegram.addressing import Addressing
from bot.telegram.conversations import Conversations
from bot.telegram.desk import Desk
from bot.telegram.handlers import handlers
from bot.telegram.inbox import Inbox
from bot.telegram.incidents import Incidents
from bot.telegram.letters import Letters
from bot.telegram.marks import Marks
from bot.telegram.meetings.room import Hearing
from bot.telegram.menus import Menus
from bot.telegram.opinions.chores import Chores
from bot.telegram.opinions.elsewhere import instead_of
from bot.telegram.order import PerPerson
from bot.telegram.outbox import Outbox
from bot.telegram.pacing import Pacing
from bot.telegram.requests import PollingRequest, SendingRequest
from bot.telegram.settings import TelegramSettings, WebhookSettings
from bot.telegram.tally import Tally
from bot.telegram.writer import Writer
from corpus.database import CouncilDatabase, keep_setting
from corpus.documents import Documents
from corpus.ingest import Ingest
from corpus.readers.limits import DEFAULT_LIMITS, Limits

if TYPE_CHECKING:
    from bot.assistant import Assistant

TelegramApplication: TypeAlias = Application[Any, Any, Any, Any, Any, Any]

_LOGGER = logging.getLogger(__name__)

# Everything else that Telegram could send is none of the bot's business.
_ALLOWED = ["message", "edited_message", "callback_query", "my_chat_member"]
# Whoever stops the program waits this long at most for answers under way, then for their delivery.
_ANSWERING, _SENDING = 20.0, 5.0
# Without a network at start: 1, 2, 4 … seconds, at most half a minute.
_LONGEST_WAIT = 30.0

# PTB reads this when a 429 comes; without it, reading the wait raises a deprecation warning.
os.environ.setdefault("PTB_TIMEDELTA", "true")


class Channel:
    """One run of the bot on one store.

    Args:
        assistant: Answers.
        database: The store.
        settings: Token, addresses, polling or webhook.
        now: The clock, aware.
        limits: What reading one file may cost.
    """

    def __init__(
        self,
        assistant: Assistant,
        database: CouncilDatabase,
        settings: TelegramSettings,
        now: Callable[[], datetime],
        limits: Limits = DEFAULT_LIMITS,
    ) -> None:
        self._assistant = assistant
        self._database = database
        self._settings = settings
        self._now = now
        self._limits = limits
        self._refused = False
        self._stop = asyncio.Event()
        self._writer = Writer(database)
        self._threads = ThreadPoolExecutor(settings.answer_threads, "telegram-answers")
        self.inbox = Inbox(self._writer, now)
        self.order = PerPerson(self._writer, self._crashed)
        self.tally = Tally(time.monotonic)
        self._requests = (
            SendingRequest(self._token_refused),
            PollingRequest(self._token_refused, self.tally.heard),
        )
        self.application = self._build()
        marks = Marks.of(database)
        self.inbox.sees = marks.see_update
        letters = Letters(database, self._writer)
        bot = self.application.bot
        self.outbox = Outbox(
            bot,
            letters,
            marks,
            Pacing(time.monotonic),
            now,
            lambda db, letter, at: instead_of(db, letter, bot.username, at),
            self.tally,
        )
        self.incidents = Incidents(self._writer, self.outbox, now)
        self._menus = Menus(bot, database, self._writer)
        periods = settings.privacy.periods
        self.chores = Chores(self._writer, self.outbox, self._menus, periods, now)
        self._chores: asyncio.Task[None] | None = None

    async def run(self, stop: asyncio.Event) -> bool:
        """Receive, answer and deliver until told to stop; True when the token was refused."""
        self._stop = stop
        try:
            if await self._initialized():
                await self.prepare()
                await self._receive_until(stop)
        finally:
            await self.close()
        return self._refused

    async def prepare(self) -> None:
        """Everything between knowing the bot's name and receiving: handlers, what was left over."""
        bot = self.application.bot
        addressing = Addressing(bot_id=bot.id, username=bot.username)
        await self._writer.write(lambda db: keep_setting(db, BOT_NAME, bot.username))
        desk = Desk(
            bot, self._writer, self.outbox, self._threads, self._now, self.tally, self._settings
        )
        memory = timedelta(minutes=self._settings.memory_minutes)
        conversations = Conversations(self._database, memory)
        self.application.add_handlers(
            handlers(
                desk,
                self._assistant,
                conversations,
                addressing,
                self._database,
                self._archive(),
                self._menus,
            )
        )
        self.application.add_error_handler(self.incidents.raised)
        hearing = Hearing(database=self._database)
        self.inbox.keeps = lambda update: addressing.keeps(update) or hearing.keeps(update)
        self.order.suspect(
            {
                row["update_id"]
                for row in self._database.read(
                    "select update_id from inbox where state = 'waiting' and attempts > 0"
                )
            }
        )
        await self.inbox.replay(self._database, bot)
        await self.application.start()
        self.outbox.start()
        self._chores = asyncio.create_task(self.chores.run())

    @property
    def listening(self) -> bool | None:
        """Whether the server that Telegram delivers to runs; None where updates are asked for."""
        if self._settings.webhook is None:
            return None
        updater = self.application.updater
        return updater is not None and updater.running

    def _archive(self) -> Archive:
        documents = Documents(self._database, self._assistant.index_terms)
        ingest = Ingest(self._database, documents, self._limits, self._now)
        return Archive(self._database, documents, ingest, self._assistant)

    async def close(self) -> None:
        """Stop receiving, finish the answers under way, deliver what can be delivered."""
        updater = self.application.updater
        if updater is not None and updater.running:
            await updater.stop()
        self.order.stop()
        self.inbox.drop_queued()
        if self._chores is not None:
            self._chores.cancel()
            await asyncio.gather(self._chores, return_exceptions=True)
        if self.application.running:
            try:
                await asyncio.wait_for(self.application.stop(), _ANSWERING)
            except TimeoutError:
                _LOGGER.warning("Some questions stay in the store for the next start")
        await self.outbox.stop(_SENDING)
        await self.application.shutdown()
        # An application that Telegram never answered does not count as started: close these here.
        for request in self._requests:
            await request.shutdown()
        self._threads.shutdown(wait=False, cancel_futures=True)
        self._writer.close()

    def _build(self) -> TelegramApplication:
        settings = self._settings
        return (
            ApplicationBuilder()
            .token(settings.token.get_secret_value())
            .base_url(settings.base_url)
            .base_file_url(settings.base_file_url)
            .request(self._requests[0])
            .get_updates_request(self._requests[1])
            .update_queue(self.inbox)
            .concurrent_updates(self.order)
            .job_queue(None)
            .build()
        )

    def _token_refused(self) -> None:
        self._refused = True
        self._stop.set()

    async def _crashed(self, update: Update) -> None:
        await self.incidents.crashed(update)

    async def _initialized(self) -> bool:
        """Ask Telegram who the bot is until it answers; False when told to stop before."""
        wait = 1.0
        while not self._stop.is_set():
            try:
                await self.application.initialize()
            except InvalidToken:
                self._token_refused()
            except TelegramError as error:
                _LOGGER.warning("Telegram does not answer: %s", error.message)
                await _pause(self._stop, wait)
                wait = min(2 * wait, _LONGEST_WAIT)
            else:
                return True
        return False

    async def _receive_until(self, stop: asyncio.Event) -> None:
        """Receive until told to stop, also while Telegram cannot be reached for the first time."""
        receiving = asyncio.create_task(self._receive())
        stopped = asyncio.create_task(stop.wait())
        await asyncio.wait((receiving, stopped), return_when=asyncio.FIRST_COMPLETED)
        if not self._refused and receiving.done():
            receiving.result()
        await stopped
        receiving.cancel()
        await asyncio.gather(receiving, return_exceptions=True)

    async def _receive(self) -> None:
        updater = self.application.updater
        if updater is None:
            raise RuntimeError("the application was built without an updater")
        webhook = self._settings.webhook
        if webhook is None:
            await updater.start_polling(
                allowed_updates=_ALLOWED, bootstrap_retries=-1, error_callback=_polling_failed
            )
        else:
            await updater.start_webhook(**_listening(webhook))


def _listening(webhook: WebhookSettings) -> dict[str, Any]:
    return {
        "listen": webhook.listen,
        "port": webhook.port,
        "url_path": urlsplit(webhook.url).path.strip("/"),
        "webhook_url": webhook.url,
        "secret_token": webhook.secret_token.get_secret_value(),
        "allowed_updates": _ALLOWED,
        "bootstrap_retries": -1,
    }


def _polling_failed(error: TelegramError) -> None:
    if isinstance(error, Conflict):
        _LOGGER.error("Another program receives this bot's updates; only one may")
    else:
        _LOGGER.warning("Updates could not be fetched: %s", error.message)


async def _pause(stop: asyncio.Event, seconds: float) -> None:
    try:
        await asyncio.wait_for(stop.wait(), seconds)
    except TimeoutError:
        return
