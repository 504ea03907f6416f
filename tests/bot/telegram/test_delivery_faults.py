"""What the outbox makes of a Telegram that limits, fails, hangs up and refuses."""

from __future__ import annotations

import asyncio
import logging
from typing import Any

import pytest

from bot.telegram.application import serve
from bot.telegram.masking import masked_logs
from corpus.database import CouncilDatabase
from corpus.errors import ConfigError
from corpus.messages import say
from tests.bot.telegram.conftest import Serving, settings, until
from tests.support.parrot import QUOTE, Parrot
from tests.support.telegram import TOKEN, Fault, TelegramDouble, private, shown, supergroup

ANN, BEN = 501, 502


def heard(telegram: TelegramDouble, chat_id: int) -> list[str]:
    return [text.split("들은 말: ")[1].split(" ")[0] for text in telegram.texts(chat_id)]


async def settled(database: CouncilDatabase) -> list[Any]:
    """Rows of the outbox once nothing is open any more."""
    for _ in range(400):
        rows = database.read("select * from outbox order by id")
        if all(row["state"] in ("sent", "failed") for row in rows):
            return rows
        await asyncio.sleep(0.05)
    raise AssertionError([tuple(row) for row in rows])


async def test_a_limit_on_one_chat_leaves_the_others_alone_and_keeps_the_order(
    telegram: TelegramDouble, serving: Serving
) -> None:
    telegram.faults.append(Fault("429", "sendMessage", chat_id=ANN, retry_after=2))
    async with serving():
        telegram.says(ANN, "하나")
        telegram.says(ANN, "둘")
        telegram.says(BEN, "셋")
        await until(telegram, BEN, 1)
        assert telegram.sent(ANN) == []
        await until(telegram, ANN, 2)
    assert heard(telegram, ANN) == ["하나", "둘"]
    first, again = [c for c in telegram.calls if c.parameters.get("chat_id") == ANN][:2]
    assert again.at - first.at >= 2  # the wait is Telegram's word, not a matter of speed


@pytest.mark.parametrize("kind", ["502", "drop", "drop_after", "garbage"])
@pytest.mark.parametrize("place", ["private", "supergroup"])
async def test_an_unanswered_send_arrives_once(
    telegram: TelegramDouble, serving: Serving, database: CouncilDatabase, kind: str, place: str
) -> None:
    chat = private(ANN) if place == "private" else supergroup()
    telegram.faults.append(Fault(kind, "sendMessage", count=1, chat_id=chat["id"]))
    async with serving():
        telegram.says(ANN, "/ask 하나", chat)
        # Others go on talking meanwhile: what was sent is not the last number any more.
        telegram.says(BEN, "딴말" if place == "supergroup" else "넷", chat=None)
        telegram.says(ANN, "/ask 둘", chat)
        await until(telegram, chat["id"], 2)
        rows = await settled(database)
    assert heard(telegram, chat["id"]) == ["하나", "둘"]
    assert {row["state"] for row in rows} == {"sent"}
    numbers = [m["message_id"] for m in telegram.sent(chat["id"])]
    assert [row["message_id"] for row in rows if row["chat_id"] == chat["id"]] == numbers
    assert not any(message.get("edits") for message in telegram.messages.values())


async def test_talk_that_the_bot_does_not_see_does_not_hide_a_message(
    telegram: TelegramDouble, serving: Serving, database: CouncilDatabase
) -> None:
    group = supergroup()
    telegram.faults.append(Fault("drop_after", "sendMessage"))
    async with serving():
        question = telegram.says(ANN, "/ask 하나", group)
        for _ in range(6):  # privacy mode: numbers are taken, no update comes
            telegram._add(group, {"text": "우리끼리 하는 말"})
        await until(telegram, group["id"], 1)
        await settled(database)
    assert len(telegram.sent(group["id"])) == 1
    assert question["message"]["message_id"] == 1


async def test_a_look_that_gets_no_answer_is_made_again_and_known_numbers_get_none(
    telegram: TelegramDouble, serving: Serving, database: CouncilDatabase, caplog: Any
) -> None:
    telegram.faults += [
        Fault("drop_after", "sendMessage", chat_id=ANN),
        Fault("502", "editMessageText", count=2),
    ]
    async with serving():
        telegram.says(ANN, "하나")
        await until(telegram, ANN, 1)
        telegram.says(BEN, "둘")
        await until(telegram, BEN, 1)
        await settled(database)
    assert len(telegram.sent(ANN)) == 1
    assert caplog.text.count("has to wait") == 1
    looks = [c.parameters["message_id"] for c in telegram.calls if c.method == "editMessageText"]
    assert looks == [telegram.sent(ANN)[0]["message_id"]] * 3


@pytest.mark.parametrize("kind", ["502", "drop"])
async def test_a_failed_request_for_updates_is_made_again_before_anybody_notices(
    telegram: TelegramDouble, serving: Serving, caplog: Any, kind: str
) -> None:
    telegram.faults.append(Fault(kind, "getUpdates", count=1))
    async with serving():
        telegram.says(ANN, "하나")
        await until(telegram, ANN, 1)
    assert telegram.faults[0].count == 0
    assert "Updates could not be fetched" not in caplog.text


async def test_a_blocked_person_is_recorded_and_not_tried_again(
    telegram: TelegramDouble, serving: Serving, database: CouncilDatabase
) -> None:
    telegram.blocked.add(ANN)
    async with serving():
        telegram.says(ANN, "하나")
        telegram.says(BEN, "둘")
        await until(telegram, BEN, 1)
        rows = await settled(database)
    assert [(row["chat_id"], row["state"]) for row in rows if row["chat_id"] == ANN] == [
        (ANN, "failed")
    ]
    assert len([c for c in telegram.called("sendMessage") if c["chat_id"] == ANN]) == 1


async def test_html_that_telegram_refuses_goes_out_as_plain_text(
    telegram: TelegramDouble, serving: Serving
) -> None:
    words = "Bad Request: can't parse entities: whatever"
    telegram.faults.append(Fault("400", "sendMessage", description=words))
    async with serving():
        telegram.says(ANN, "a < b 오래")
        (message,) = await until(telegram, ANN, 1)
    assert "parse_mode" not in message
    assert message["text"].startswith("들은 말: a < b 오래 <PUBLIC> [1]")
    assert "<i>" not in message["text"]


async def test_an_edit_whose_message_is_gone_becomes_a_message(
    telegram: TelegramDouble, serving: Serving
) -> None:
    async with serving():
        question = telegram.says(ANN, "예선")
        (message,) = await until(telegram, ANN, 1)
        telegram.messages.pop((ANN, message["message_id"]))
        telegram.edits(question, "예산")
        (message,) = await until(telegram, ANN, 1)
    assert heard(telegram, ANN) == ["예산"]


async def test_what_is_said_to_a_group_follows_it_to_its_new_number(
    telegram: TelegramDouble, serving: Serving, database: CouncilDatabase
) -> None:
    old = {"id": -55, "type": "group", "title": "옛 방"}
    new = supergroup(88)
    telegram.faults.append(Fault("429", "sendMessage", chat_id=-55, retry_after=600))
    async with serving():
        telegram.says(ANN, "/ask 하나", old)
        await asyncio.to_thread(telegram.wait, lambda: telegram.called("sendMessage"))
        telegram.says(ANN, None, old, migrate_to_chat_id=new["id"])
        await until(telegram, new["id"], 1)
        telegram.says(ANN, "/ask 둘", new)
        messages = await until(telegram, new["id"], 2)
        telegram.presses(ANN, messages[0], "[1]")
        quoted = (await until(telegram, new["id"], 3))[2]
    assert QUOTE in shown(quoted["text"])
    assert "(앞: 하나)" in shown(messages[1]["text"])
    assert "reply_parameters" not in messages[0]


async def test_a_store_that_is_locked_delays_answers_and_loses_none(
    telegram: TelegramDouble, serving: Serving, database: CouncilDatabase
) -> None:
    async with serving():
        telegram.says(ANN, "하나")
        await until(telegram, ANN, 1)
        with database.write() as db:
            telegram.says(ANN, "둘")
            await asyncio.sleep(0.3)
            assert db.execute("select count(*) from inbox").fetchone() == (1,)
            assert telegram.confirmed <= telegram.updates[-1]["update_id"]
        await until(telegram, ANN, 2)
    assert heard(telegram, ANN) == ["하나", "둘"]


async def test_the_token_is_in_no_log_whatever_fails(
    telegram: TelegramDouble, serving: Serving, caplog: Any
) -> None:
    caplog.set_level(logging.DEBUG)
    telegram.faults += [Fault("drop", "getUpdates", count=1), Fault("drop", "sendMessage")]
    with masked_logs(TOKEN):
        async with serving():
            telegram.says(ANN, "하나")
            await until(telegram, ANN, 1)
            error = ConnectionError(f"{telegram.base_url}{TOKEN}/getMe")
            logging.getLogger("anything").error("no answer from %s", TOKEN, exc_info=error)
    assert "no answer from <token>" in caplog.text
    assert "<token>/getMe" in caplog.text
    assert TOKEN not in caplog.text


async def test_refused_tokens_end_the_run_with_a_sentence(
    telegram: TelegramDouble, database: CouncilDatabase
) -> None:
    options = settings(telegram)
    telegram.token = "another"
    with pytest.raises(ConfigError) as refusal:
        await serve(Parrot(), database, options)
    assert str(refusal.value) == say("telegram.token_refused")
    assert refusal.value.__cause__ is None
