"""`dongne serve`: the Telegram bot of one store, until it is told to stop."""

from __future__ import annotations

import asyncio
import logging
import signal
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, TypeAlias

from bot.telegram.channel import Channel
from bot.telegram.masking import masked_logs
from bot.telegram.settings import TelegramSettings, Watch
from corpus.database import CouncilDatabase
from corpus.errors import BusyError, ConfigError
from corpus.locks import SERVING, held
from corpus.messages import say
from corpus.readers.limits import DEFAULT_LIMITS, Limits
from corpus.types import Visibility

if TYPE_CHECKING:
    from bot.assistant import Assistant

Background: TypeAlias = Callable[[Callable[[], bool]], None]

_LOGGER = logging.getLogger(__name__)

# How long the work beside the bot may take to notice that it should stop.
_BACKGROUND_SECONDS = 20.0
# Cold, the first answer took 7-9 s on two busy cores, warm 0.1-0.9 s.
_ANY_QUESTION = "회의록"


def utc_now() -> datetime:
    """The wall clock, aware."""
    return datetime.now(UTC)


async def serve(
    assistant: Assistant,
    database: CouncilDatabase,
    settings: TelegramSettings,
    *,
    background: Background | None = None,
    backups: Background | None = None,
    started: Callable[[], None] = lambda: None,
    now: Callable[[], datetime] = utc_now,
    limits: Limits = DEFAULT_LIMITS,
    watch: Watch | None = None,
) -> None:
    """Run the bot until SIGINT or SIGTERM, then finish what is under way.

    Args:
        assistant: Answers.
        database: The store, with the inbox and the outbox in it.
        settings: Token, addresses, polling or webhook.
        background: Work beside the bot, in a thread; it is given a predicate that tells it when
            to stop.
        backups: More such work: makes backups.
        started: Told that the store is this process's to serve.
        now: The clock, aware.
        limits: What reading one file may cost.
        watch: Where health and metrics are read; None for nowhere.

    Raises:
        BusyError: Another process serves this store.
        ConfigError: Telegram does not know the token, or health cannot be shown where it should.
    """
    with _only_one(database), masked_logs(settings.token.get_secret_value()):
        started()
        stop = asyncio.Event()
        _stop_on_signals(stop)
        async with _beside(partial(_warm_up, assistant), background, backups):
            channel = Channel(assistant, database, settings, now, limits)
            async with _watching(watch, channel, database, now):
                refused = await channel.run(stop)
        if refused:
            raise ConfigError(say("telegram.token_refused"))


@asynccontextmanager
async def _watching(
    watch: Watch | None,
    channel: Channel,
    database: CouncilDatabase,
    now: Callable[[], datetime],
) -> AsyncIterator[None]:
    if watch is None:
        yield
        return
    from bot.telegram.watching import Watched, watching

    run = Watched(
        database=database,
        tally=channel.tally,
        listening=lambda: channel.listening,
        now=now,
    )
    async with watching(run, watch):
        yield


@contextmanager
def _only_one(database: CouncilDatabase) -> Iterator[None]:
    with held(database.folder, SERVING) as free:
        if not free:
            raise BusyError(say("telegram.already_serving", path=database.folder))
        yield


def _stop_on_signals(stop: asyncio.Event) -> None:
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        try:
            loop.add_signal_handler(number, stop.set)
        except (NotImplementedError, RuntimeError):
            # Not on Windows, and only in the main thread; there the task is cancelled instead.
            return


def _warm_up(assistant: Assistant, stopped: Callable[[], bool]) -> None:
    """Load the models, so that the first person to ask need not wait for them."""
    if not stopped():
        assistant.ask(_ANY_QUESTION, audience=Visibility.PUBLIC)


@asynccontextmanager
async def _beside(*works: Background | None) -> AsyncIterator[None]:
    stopped = threading.Event()
    tasks = [asyncio.create_task(asyncio.to_thread(work, stopped.is_set)) for work in works if work]
    for task in tasks:
        task.add_done_callback(_background_ended)
    try:
        yield
    finally:
        stopped.set()
        await asyncio.wait(tasks, timeout=_BACKGROUND_SECONDS)


def _background_ended(work: asyncio.Task[None]) -> None:
    error = None if work.cancelled() else work.exception()
    if error is not None:
        _LOGGER.error("The work beside the bot failed", exc_info=error)
