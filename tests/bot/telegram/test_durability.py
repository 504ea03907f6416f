"""Killed, restarted, told twice: everything is answered once."""

from __future__ import annotations

import asyncio
import http.client
import json
import re
import signal
import socket
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest

from corpus.database import CouncilDatabase
from corpus.messages import say
from tests.bot.telegram.conftest import Process, Serving, until
from tests.support.telegram import TOKEN, Fault, TelegramDouble

ANN, BEN, EVE = 501, 502, 503

Start = Callable[..., Process]


def heard(telegram: TelegramDouble, chat_id: int) -> list[str]:
    return [text.removeprefix("들은 말: ").split(" <")[0] for text in telegram.texts(chat_id)]


async def test_the_same_update_twice_is_handled_once(
    telegram: TelegramDouble, serving: Serving, database: CouncilDatabase
) -> None:
    async with serving():
        update = telegram.says(ANN, "하나")
        await until(telegram, ANN, 1)
        telegram.redelivers(update)
        telegram.says(ANN, "둘")
        await until(telegram, ANN, 2)
    assert len(telegram.sent(ANN)) == 2
    assert [tuple(row) for row in database.read("select state, payload, attempts from inbox")] == [
        ("done", "", 1),
        ("done", "", 1),
    ]


async def test_an_update_that_cannot_be_read_holds_up_nobody(
    telegram: TelegramDouble, serving: Serving, caplog: pytest.LogCaptureFixture
) -> None:
    async with serving():
        telegram.brings({"message": {"message_id": "비밀 이야기", "chat": {"id": ANN}}})
        telegram.says(ANN, "하나")
        await until(telegram, ANN, 1)
    assert heard(telegram, ANN) == ["하나"]
    assert "비밀" not in caplog.text


def test_killed_while_answering_it_answers_after_the_restart_and_only_once(
    telegram: TelegramDouble, process: Start
) -> None:
    first = process()
    questions = [telegram.says(who, f"느린 {who}") for who in (ANN, BEN, EVE)]
    # All are on disk once Telegram has been told so.
    telegram.wait(lambda: telegram.confirmed > questions[-1]["update_id"])
    first.end(signal.SIGKILL)
    assert not any(telegram.sent(who) for who in (ANN, BEN, EVE))
    process()
    telegram.redelivers(questions[0])
    for who in (ANN, BEN, EVE):
        telegram.waits_for(who, 1)
    telegram.says(ANN, "끝")
    telegram.waits_for(ANN, 2)
    assert [len(telegram.sent(who)) for who in (ANN, BEN, EVE)] == [2, 1, 1]


def test_killed_before_the_store_had_an_update_it_gets_it_again(
    telegram: TelegramDouble, process: Start
) -> None:
    first = process()
    telegram.wait(lambda: telegram.called("getUpdates"))
    first.end(signal.SIGKILL)
    telegram.says(ANN, "없는 사이")
    process()
    telegram.waits_for(ANN, 1)
    assert heard(telegram, ANN) == ["없는 사이"]


@pytest.mark.parametrize("kind", ["drop", "drop_after"])
def test_killed_while_sending_it_neither_repeats_nor_forgets(
    telegram: TelegramDouble, process: Start, kind: str
) -> None:
    telegram.faults.append(Fault(kind, "sendMessage"))
    first = process()
    telegram.says(ANN, "하나")
    telegram.wait(lambda: telegram.called("sendMessage"))
    first.end(signal.SIGKILL)
    process()
    telegram.says(ANN, "둘")
    telegram.waits_for(ANN, 2)
    assert [text.split(" (")[0] for text in heard(telegram, ANN)] == ["하나", "둘"]


def test_an_update_that_keeps_ending_the_process_is_given_up_and_others_are_served(
    telegram: TelegramDouble, process: Start
) -> None:
    telegram.says(ANN, "죽음")
    telegram.says(BEN, "느린 질문")
    for _ in range(3):
        assert process().process.wait(30) == 9
    last = process()
    telegram.waits_for(ANN, 1)
    telegram.waits_for(BEN, 1)
    assert telegram.texts(ANN)[0].startswith(say("telegram.incident", number="X")[:10])
    assert heard(telegram, BEN) == ["느린 질문"]
    assert last.end(signal.SIGTERM) == 0


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_told_to_stop_it_finishes_its_answer_and_ends_well(
    telegram: TelegramDouble, process: Start, how: signal.Signals
) -> None:
    bot = process()
    question = telegram.says(ANN, "느린 질문")
    telegram.wait(lambda: telegram.confirmed > question["update_id"])
    assert bot.end(how) == 0
    assert heard(telegram, ANN) == ["느린 질문"]
    log = bot.log.read_text()
    assert re.search(
        r"event=question update=\d+ kind=typed basis=passages citations=1 ms=\d+\n", log
    )
    assert TOKEN not in log
    assert "느린 질문" not in log


def test_a_second_serve_on_the_same_store_refuses_with_a_reason(
    telegram: TelegramDouble, process: Start
) -> None:
    process()
    telegram.wait(lambda: telegram.called("getUpdates"))
    second = process()
    assert second.process.wait(30) == 1
    assert say("telegram.already_serving", path="X").split("X")[1][:10] in second.log.read_text()


async def test_a_webhook_takes_updates_with_the_right_secret_only(
    telegram: TelegramDouble, serving: Serving, database: CouncilDatabase
) -> None:
    port = _free_port()
    webhook = {
        "url": f"https://council.example:8443/hooks/{'a' * 8}",
        "port": port,
        "secret_token": "s3cret-of-ours",
    }
    async with serving(webhook=webhook):
        await _wait(telegram, lambda: telegram.webhook)
        wrong, right = telegram.says(ANN, "가짜"), telegram.says(ANN, "진짜")
        codes = [
            await _post(port, wrong, None),
            await _post(port, wrong, "guess"),
            await _post(port, right, "s3cret-of-ours"),
            await _post(port, right, "s3cret-of-ours"),
        ]
        # It is on disk when the 200 goes out.
        stored = database.read("select update_id from inbox")
        await until(telegram, ANN, 1)
    assert codes == [403, 403, 200, 200]
    assert [row["update_id"] for row in stored] == [right["update_id"]]
    assert heard(telegram, ANN) == ["진짜"]
    assert telegram.webhook is not None
    assert telegram.webhook["secret_token"] == "s3cret-of-ours"


async def _wait(telegram: TelegramDouble, test: Callable[[], Any]) -> None:
    await asyncio.to_thread(telegram.wait, test)


async def _post(port: int, update: dict[str, Any], secret: str | None) -> int:
    def post() -> int:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
        headers = {"Content-Type": "application/json"}
        if secret is not None:
            headers["X-Telegram-Bot-Api-Secret-Token"] = secret
        # The bot tells Telegram its address just before it begins to listen.
        for _ in range(100):
            with suppress(ConnectionRefusedError):
                connection.connect()
                break
            time.sleep(0.05)
        connection.request("POST", f"/hooks/{'a' * 8}", json.dumps(update), headers)
        status = connection.getresponse().status
        connection.close()
        return status

    return await asyncio.to_thread(post)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
