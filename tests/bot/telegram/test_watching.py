"""How the bot tells those who watch it that it is well, or that it is not."""

from __future__ import annotations

import asyncio
import json
import socket
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest

from bot.config import Config, Data, Metrics
from bot.serve_settings import rota, watch_settings
from bot.telegram.health import health
from bot.telegram.settings import Watch
from bot.telegram.tally import Tally
from bot.telegram.watching import Watched, watching
from corpus.database import CouncilDatabase
from corpus.errors import ConfigError
from corpus.messages import say
from tests.bot.telegram.conftest import ROOT, Serving, until
from tests.support.telegram import Fault, TelegramDouble

ANN = 501


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def port() -> int:
    return free_port()


async def get(port: int, path: str) -> tuple[int, str]:
    def read() -> tuple[int, str]:
        connection = HTTPConnection("127.0.0.1", port, timeout=20)
        connection.request("GET", path)
        response = connection.getresponse()
        status, body = response.status, response.read().decode()
        connection.close()
        return status, body

    return await asyncio.to_thread(read)


@asynccontextmanager
async def watched(
    database: CouncilDatabase, tally: Tally, port: int, **more: Any
) -> AsyncIterator[None]:
    run = Watched(
        database=database,
        tally=tally,
        listening=more.get("listening", lambda: None),
        now=more.get("now", lambda: datetime.now(UTC)),
    )
    watch = Watch(
        listen="127.0.0.1",
        port=port,
        missing=lambda: 3,
        backed_up=more.get("backed_up", lambda: None),
    )
    async with watching(run, watch):
        yield


def numbers(page: str) -> dict[str, float]:
    lines = [line for line in page.splitlines() if not line.startswith("#")]
    return {name: float(value) for name, _, value in (line.rpartition(" ") for line in lines)}


async def test_a_bot_that_receives_and_delivers_is_well_and_counts_what_it_does(
    telegram: TelegramDouble, serving: Serving, database: CouncilDatabase, port: int
) -> None:
    telegram.faults.append(Fault("429", "sendMessage"))
    async with serving() as channel, watched(database, channel.tally, port):
        telegram.says(ANN, "하나")
        await until(telegram, ANN, 1)
        telegram.says(ANN, "안녕")
        await until(telegram, ANN, 2)
        status, body = await get(port, "/health")
        _, page = await get(port, "/metrics")
    assert status == 200
    assert json.loads(body) == {
        **dict.fromkeys(("ok", "store", "receiving", "answering", "delivering"), True)
    }
    told = numbers(page)
    assert told['dongne_answers_total{basis="passages"}'] == 1
    assert told['dongne_answers_total{basis="dialogue"}'] == 1
    assert told['dongne_answers_total{basis="none"}'] == 0
    assert told['dongne_sends_total{outcome="arrived"}'] >= 1
    assert told['dongne_sends_total{outcome="later"}'] == 1
    assert told['dongne_answer_seconds_bucket{le="+Inf"}'] == told["dongne_answer_seconds_count"]
    assert told["dongne_answer_seconds_count"] == 2
    assert told["dongne_vectors_missing"] == 3
    assert told["dongne_inbox_waiting"] == 0
    assert told["process_resident_memory_bytes"] > 10**6


async def test_a_bot_that_telegram_does_not_answer_is_not_well(
    database: CouncilDatabase, port: int
) -> None:
    time = [1000.0]
    tally = Tally(lambda: time[0])
    async with watched(database, tally, port):
        first, _ = await get(port, "/health")
        tally.heard()
        heard, _ = await get(port, "/health")
        time[0] += 61
        later, body = await get(port, "/health")
    assert (first, heard, later) == (503, 200, 503)
    assert json.loads(body)["receiving"] is False
    assert json.loads(body)["store"] is True


async def test_the_server_for_deliveries_counts_as_receiving_while_it_runs(
    database: CouncilDatabase, port: int
) -> None:
    running = [True]
    async with watched(database, Tally(lambda: 0.0), port, listening=lambda: running[0]):
        up, _ = await get(port, "/health")
        running[0] = False
        down, _ = await get(port, "/health")
    assert (up, down) == (200, 503)


@pytest.fixture
def waiting(database: CouncilDatabase) -> datetime:
    """A store in which an update and a message wait, from some hour on."""
    at = datetime(2031, 6, 1, 9, 30, tzinfo=UTC)
    seoul = at.astimezone(datetime.strptime("+0900", "%z").tzinfo)
    with database.write() as db:
        db.execute("insert into inbox values (7, '{}', 'waiting', 0, ?, null)", [at.isoformat()])
        db.execute(
            "insert into outbox (chat_id, method, payload, state, not_before, created_at)"
            " values (5, 'sendMessage', '{}', 'queued', ?, ?)",
            [seoul.isoformat(), seoul.isoformat()],
        )
    return at


def test_what_waits_too_long_is_told_unless_messages_still_arrive(
    database: CouncilDatabase, waiting: datetime
) -> None:
    time = [0.0]
    tally = Tally(lambda: time[0])
    soon = health(database, tally, waiting + timedelta(seconds=299), listening=True)
    time[0] = 301.0
    late = health(database, tally, waiting + timedelta(seconds=301), listening=True)
    tally.delivered_at = 300.0
    moving = health(database, tally, waiting + timedelta(seconds=301), listening=True)
    assert soon.well
    assert (late.answering, late.delivering) == (False, False)
    assert (moving.answering, moving.delivering) == (False, True)


async def test_what_waits_is_told_with_the_age_of_the_oldest(
    database: CouncilDatabase, waiting: datetime, port: int
) -> None:
    at = waiting + timedelta(seconds=90)
    options = {"now": lambda: at, "backed_up": lambda: waiting - timedelta(hours=6)}
    async with watched(database, Tally(lambda: 0.0), port, **options):
        _, page = await get(port, "/metrics")
    told = numbers(page)
    for queue in ("inbox", "outbox"):
        assert told[f"dongne_{queue}_waiting"] == 1
        assert told[f"dongne_{queue}_oldest_seconds"] == pytest.approx(90, abs=0.01)
    assert told["dongne_backup_age_seconds"] == 6 * 3600 + 90


async def test_a_store_that_cannot_be_read_is_told(database: CouncilDatabase, port: int) -> None:
    with database.write() as db:
        db.execute("drop table inbox")
    async with watched(database, Tally(lambda: 0.0), port, listening=lambda: True):
        status, body = await get(port, "/health")
    assert status == 503
    assert json.loads(body)["store"] is False


async def test_an_address_that_is_taken_is_told(database: CouncilDatabase) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(ConfigError, match=f"127.0.0.1:{port}"):
            async with watched(database, Tally(lambda: 0.0), port):
                pass


@pytest.mark.parametrize("address", ["0.0.0.0", "192.0.2.7", "::", "council.example"])
def test_other_machines_may_look_only_where_the_settings_say_so(address: str) -> None:
    config = Config(metrics=Metrics(enabled=True, listen=address))
    with pytest.raises(ConfigError) as refusal:
        watch_settings(config, lambda: 0)
    assert str(refusal.value) == say("watch.beyond_loopback", address=address)
    open_ = Config(metrics=Metrics(enabled=True, listen=address, beyond_loopback=True))
    watch = watch_settings(open_, lambda: 0)
    assert watch is not None
    assert (watch.listen, watch.port) == (address, 9464)


@pytest.mark.parametrize("address", ["127.0.0.1", "127.8.8.8", "::1", "localhost"])
def test_this_machine_may_look_where_it_is_enabled(address: str) -> None:
    assert watch_settings(Config(), lambda: 0) is None
    config = Config(metrics=Metrics(enabled=True, listen=address, port=1234))
    watch = watch_settings(config, lambda: 0)
    assert watch is not None
    assert (watch.listen, watch.port) == (address, 1234)


def test_the_newest_backup_of_the_rota_is_the_one_that_is_told(tmp_path: Path) -> None:
    config = Config(data=Data(folder=tmp_path), metrics=Metrics(enabled=True))
    watch = watch_settings(config, lambda: 0)
    assert watch is not None
    assert watch.backed_up() is None
    rota(config).folder.mkdir()
    for day in (3, 9, 5):
        rota(config).file(datetime(2031, 6, day, 3, 0, tzinfo=UTC)).touch()
    assert watch.backed_up() == datetime(2031, 6, 9, 3, 0, tzinfo=UTC)


def test_nothing_of_it_is_loaded_where_it_is_not_enabled() -> None:
    script = "import sys, bot.telegram.application; print('prometheus_client' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout == "False\n"
