from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.house_rules import Privacy
from bot.telegram.channel import Channel
from bot.telegram.settings import TelegramSettings
from corpus.database import CouncilDatabase
from corpus.types import Visibility
from retrieval.terms import KiwiTerms
from tests.support.parrot import Parrot
from tests.support.people import WIDE, enrol
from tests.support.secretary import Secretary, day
from tests.support.telegram import TOKEN, TelegramDouble
from tests.support.telephones import Telephones
from tests.support.village import PAPERS, SECRET

ROOT = Path(__file__).parents[3]


@pytest.fixture
def telegram() -> Iterator[TelegramDouble]:
    with TelegramDouble() as double:
        yield double


@pytest.fixture
def people(telegram: TelegramDouble) -> Telephones:
    return Telephones(telegram)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[CouncilDatabase]:
    store = CouncilDatabase(tmp_path)
    yield store
    store.close()


def settings(double: TelegramDouble, **more: Any) -> TelegramSettings:
    more.setdefault("privacy", Privacy(told=False))
    more.setdefault("limits", WIDE)
    return TelegramSettings(
        token=TOKEN, base_url=double.base_url, base_file_url=double.base_file_url, **more
    )


async def until(telegram: TelegramDouble, chat_id: int, count: int) -> list[dict[str, Any]]:
    """The bot's messages in a chat, once there are so many."""
    return await asyncio.to_thread(telegram.waits_for, chat_id, count)


@asynccontextmanager
async def running(channel: Channel) -> AsyncIterator[None]:
    """Runs a channel for the length of a block."""
    stop = asyncio.Event()
    run = asyncio.create_task(channel.run(stop))
    try:
        yield
    finally:
        stop.set()
        await run


Serving = Callable[..., AbstractAsyncContextManager[Channel]]


@pytest.fixture
def serving(telegram: TelegramDouble, database: CouncilDatabase) -> Serving:
    """Runs the bot in this process for the length of a block."""

    @asynccontextmanager
    async def run(
        parrot: Parrot | None = None,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        **more: Any,
    ) -> AsyncIterator[Channel]:
        channel = Channel(parrot or Parrot(), database, settings(telegram, **more), now)
        async with running(channel):
            yield channel

    return run


# Whom the village's store knows as staff; everybody else is a citizen.
STAFF = 502
TODAY = day("2031-06-01")


def secretary_knowing(roles: Mapping[int, str], today: str = "2032-03-04") -> Any:
    """The fixture of a real secretary without papers, who knows people by their roles."""

    @pytest.fixture
    def secretary(tmp_path: Path, terms: KiwiTerms) -> Iterator[Secretary]:
        secretary = Secretary(tmp_path, terms, day(today))
        enrol(secretary.database, roles)
        yield secretary
        secretary.close()

    return secretary


@pytest.fixture
def village(tmp_path: Path, terms: KiwiTerms) -> Iterator[Secretary]:
    """A real secretary with the papers of the village, one of them for staff only."""
    secretary = Secretary(tmp_path / "village", terms, TODAY)
    secretary.write(PAPERS)
    secretary.write({"내부 검토.csv": SECRET}, Visibility.STAFF)
    enrol(secretary.database, {STAFF: "staff"})
    yield secretary
    secretary.close()


@asynccontextmanager
async def serving_of(
    secretary: Secretary,
    telegram: TelegramDouble,
    now: Callable[[], datetime] = lambda: TODAY,
    **more: Any,
) -> AsyncIterator[Channel]:
    """Runs the bot of a secretary in this process for the length of a block."""
    rules = settings(telegram, **more)
    channel = Channel(secretary.assistant, secretary.database, rules, now)
    async with running(channel):
        yield channel


class Process:
    """The bot as a process of its own, to be killed."""

    def __init__(self, folder: Path, options: TelegramSettings, who: str) -> None:
        given = options.model_dump(mode="json") | {"token": options.token.get_secret_value()}
        if options.webhook is not None:
            given["webhook"]["secret_token"] = options.webhook.secret_token.get_secret_value()
        self.log = folder / "serve.log"
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [
                    sys.executable,
                    "-m",
                    "tests.bot.telegram.serving",
                    folder,
                    json.dumps(given),
                    who,
                ],
                cwd=ROOT,
                stdout=log,
                stderr=log,
                env={**os.environ, "PYTHONPATH": str(ROOT)},
            )

    def end(self, how: signal.Signals) -> int:
        self.process.send_signal(how)
        return self.process.wait(30)


@pytest.fixture
def process(telegram: TelegramDouble, tmp_path: Path) -> Iterator[Callable[..., Process]]:
    started: list[Process] = []

    def start(who: str = "parrot", **more: Any) -> Process:
        started.append(Process(tmp_path, settings(telegram, **more), who))
        return started[-1]

    yield start
    for one in started:
        if one.process.poll() is None:
            one.process.kill()
            one.process.wait()
