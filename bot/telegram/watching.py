"""`/health` and `/metrics` beside the bot, for whoever watches it; only where it is enabled."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from http import HTTPStatus

from tornado.httpserver import HTTPServer
from tornado.web import Application, RequestHandler

from bot.telegram.health import health
from bot.telegram.metrics import Metrics
from bot.telegram.settings import Watch
from bot.telegram.tally import Tally
from corpus.database import CouncilDatabase
from corpus.errors import ConfigError
from corpus.messages import say

_TEXT = "text/plain; version=0.0.4; charset=utf-8"


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """The run that is looked at.

    Attributes:
        database: The store.
        tally: What the run has done.
        listening: Whether the server that Telegram delivers to runs; None where updates are
            asked for.
        now: The clock, aware.
    """

    database: CouncilDatabase
    tally: Tally
    listening: Callable[[], bool | None]
    now: Callable[[], datetime]


@asynccontextmanager
async def watching(run: Watched, watch: Watch) -> AsyncIterator[None]:
    """Answer on the loop of the bot while the block runs: a loop that hangs answers nobody.

    Raises:
        ConfigError: The address cannot be listened on.
    """
    metrics = Metrics(run.database, run.tally, run.now, watch)
    application = Application(
        [("/health", _Health, {"run": run}), ("/metrics", _Metrics, {"metrics": metrics})],
        log_function=lambda handler: None,
    )
    server = HTTPServer(application)
    server.add_socket(_opened(watch))
    try:
        yield
    finally:
        server.stop()
        await server.close_all_connections()


def _opened(watch: Watch) -> socket.socket:
    family = socket.AF_INET6 if ":" in watch.listen else socket.AF_INET
    try:
        opened = socket.create_server((watch.listen, watch.port), family=family)
    except OSError as error:
        address = f"{watch.listen}:{watch.port}"
        raise ConfigError(
            say("watch.no_address", address=address, reason=error.strerror)
        ) from error
    opened.setblocking(False)
    return opened


class _Health(RequestHandler):
    def initialize(self, run: Watched) -> None:
        self._run = run

    async def get(self) -> None:
        run = self._run
        found = await asyncio.to_thread(
            health, run.database, run.tally, run.now(), listening=run.listening()
        )
        self.set_status(HTTPStatus.OK if found.well else HTTPStatus.SERVICE_UNAVAILABLE)
        self.finish({"ok": found.well, **asdict(found)})


class _Metrics(RequestHandler):
    def initialize(self, metrics: Metrics) -> None:
        self._metrics = metrics

    async def get(self) -> None:
        self.set_header("Content-Type", _TEXT)
        self.finish(await asyncio.to_thread(self._metrics.page))
