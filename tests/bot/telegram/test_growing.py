"""Answers that grow while a chat model writes: a draft in private, one message everywhere."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from corpus.database import CouncilDatabase
from corpus.messages import say
from retrieval.model.settings import ModelSettings
from retrieval.terms import KiwiTerms
from retrieval.types import Answer
from tests.bot.telegram.conftest import Serving, serving_of, until
from tests.retrieval.model.scripts import repeating
from tests.support.chat_server import ChatServer, Says
from tests.support.parrot import Parrot
from tests.support.secretary import Secretary
from tests.support.telegram import Call, Fault, TelegramDouble, shown, supergroup

ANN = 501
MINUTES = """2031년 제2차 물빛구 실무협의체 회의록

1. 골목 텃밭 운영
가. 물값 부담 방안
  - 봄과 가을의 물값은 복지정책과에서 내기로 하였다.
  - 여름 물값은 동 협의체에서 보태기로 하였다.
"""
# What Telegram allows in one chat, less what a clock may be off.
PACE = 1.15
NOW = datetime(2031, 6, 1, tzinfo=UTC)


class Deep(Parrot):
    """Says something else."""

    def ask(self, text: str, **more: Any) -> Answer:
        return replace(super().ask(text, **more), text="깊은 답 [1]")


async def test_a_draft_grows_in_a_private_chat_and_the_answer_is_one_message(
    telegram: TelegramDouble, serving: Serving
) -> None:
    async with serving():
        telegram.says(ANN, "자라나는 답")
        await until(telegram, ANN, 1)
    drafts = [call["text"] for call in telegram.called("sendMessageDraft")]
    assert drafts == ["첫 문장입니다.", "첫 문장입니다.\n둘째 <문장>입니다."]
    assert len({call["draft_id"] for call in telegram.called("sendMessageDraft")}) == 1
    assert len(telegram.sent(ANN)) == 1


async def test_a_group_gets_one_message_and_no_draft(
    telegram: TelegramDouble, serving: Serving
) -> None:
    group = supergroup()
    async with serving():
        telegram.says(ANN, "/ask 자라나는 답", group)
        await until(telegram, group["id"], 1)
    assert telegram.called("sendMessageDraft") == []
    assert len(telegram.sent(group["id"])) == 1


def growing_calls(telegram: TelegramDouble) -> list[Call]:
    """What showed a growing answer as a message: its sending, its changes, and the answer."""
    wanted = ("sendMessage", "editMessageText")
    return [call for call in telegram.calls if call.method in wanted]


@pytest.mark.parametrize("refusal", ["400", "404"])
async def test_a_server_without_drafts_is_shown_one_message_that_grows_and_becomes_the_answer(
    telegram: TelegramDouble, serving: Serving, refusal: str
) -> None:
    telegram.faults.append(Fault(refusal, "sendMessageDraft", count=9))
    async with serving():
        telegram.says(ANN, "자라나는 답")
        await asyncio.to_thread(telegram.wait, lambda: "들은 말" in str(telegram.texts(ANN)))
        telegram.says(ANN, "다시 자라나는 답")
        await asyncio.to_thread(telegram.wait, lambda: "다시" in str(telegram.texts(ANN)))
    assert len(telegram.called("sendMessageDraft")) == 1  # it is not asked a second time
    assert len(telegram.sent(ANN)) == 2
    calls = growing_calls(telegram)[:3]
    assert [call.method for call in calls] == ["sendMessage", "editMessageText", "editMessageText"]
    sent, changed, answered = (shown(str(call.parameters["text"])) for call in calls)
    assert sent == f"첫 문장입니다.\n{say('telegram.growing')}"
    assert changed == f"첫 문장입니다.\n둘째 <문장>입니다.\n{say('telegram.growing')}"
    assert answered.startswith("들은 말: 자라나는 답")
    assert all(later.at - sooner.at >= PACE for sooner, later in pairwise(calls))


async def test_what_an_ended_run_had_shown_becomes_the_answer_of_the_next(
    telegram: TelegramDouble, serving: Serving, database: CouncilDatabase
) -> None:
    telegram.faults.append(Fault("404", "sendMessageDraft", count=9))
    async with serving():
        told = telegram.says(ANN, "자라나는 답")
        await asyncio.to_thread(telegram.wait, lambda: "들은 말" in str(telegram.texts(ANN)))
    # As if the program had died before the answer was committed.
    with database.write() as db:
        db.execute("delete from outbox where about = ''")
        db.execute("update outbox set answer_id = null")
        db.execute("delete from answers")
        db.execute("update inbox set state = 'waiting', payload = ?", [json.dumps(told)])
    async with serving(Deep()):
        await asyncio.to_thread(telegram.wait, lambda: "깊은" in str(telegram.texts(ANN)))
    assert len(telegram.sent(ANN)) == 1


async def test_a_group_sees_nothing_grow_on_a_server_without_drafts_either(
    telegram: TelegramDouble, serving: Serving
) -> None:
    telegram.faults.append(Fault("404", "sendMessageDraft", count=9))
    group = supergroup()
    async with serving():
        telegram.says(ANN, "자라나는 답")
        await asyncio.to_thread(telegram.wait, lambda: "들은 말" in str(telegram.texts(ANN)))
        telegram.says(ANN, "/ask 자라나는 답", group)
        await until(telegram, group["id"], 1)
    calls = [c for c in growing_calls(telegram) if c.parameters["chat_id"] == group["id"]]
    assert [call.method for call in calls] == ["sendMessage"]


async def test_an_edited_question_changes_its_answer_and_nothing_grows_beside_it(
    telegram: TelegramDouble, serving: Serving
) -> None:
    telegram.faults.append(Fault("404", "sendMessageDraft", count=9))
    async with serving():
        asked = telegram.says(ANN, "자라나는 답")
        await asyncio.to_thread(telegram.wait, lambda: "들은 말" in str(telegram.texts(ANN)))
        telegram.edits(asked, "더 자라나는 답")
        await asyncio.to_thread(telegram.wait, lambda: "더 자라" in str(telegram.texts(ANN)))
    assert len(telegram.sent(ANN)) == 1


@pytest.mark.parametrize("alive", [True, False])
async def test_a_real_secretary_answers_with_its_model_and_when_it_hangs(
    telegram: TelegramDouble, tmp_path: Path, terms: KiwiTerms, alive: bool
) -> None:
    pytest.importorskip("langchain_openai", reason="langchain-openai is not installed")
    script = repeating if alive else lambda request: Says(text="물값은", pause=30)
    with ChatServer(script) as server:
        chat = ModelSettings(base_url=server.base_url, name="scripted", wait=20.0 if alive else 0.5)
        secretary = Secretary(tmp_path, terms, NOW, chat)
        secretary.write({"회의록.txt": MINUTES})
        async with serving_of(secretary, telegram):
            telegram.says(ANN, "골목 텃밭 물값 부담 방안은 무엇인가요?")
            (message,) = await until(telegram, ANN, 1)
        secretary.close()
    text = shown(message["text"])
    assert "여름 물값은 동 협의체에서 보태기로 하였다" in text
    assert say("chat_model.worded" if alive else "chat_model.without") in text
