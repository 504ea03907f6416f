"""Answers that grow while a chat model writes: a draft in private, one message everywhere."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from corpus.messages import say
from retrieval.model.settings import ModelSettings
from retrieval.terms import KiwiTerms
from tests.bot.telegram.conftest import Serving, serving_of, until
from tests.retrieval.model.scripts import repeating
from tests.support.chat_server import ChatServer, Says
from tests.support.secretary import Secretary
from tests.support.telegram import Fault, TelegramDouble, shown, supergroup

ANN = 501
MINUTES = """2031년 제2차 물빛구 실무협의체 회의록

1. 골목 텃밭 운영
가. 물값 부담 방안
  - 봄과 가을의 물값은 복지정책과에서 내기로 하였다.
  - 여름 물값은 동 협의체에서 보태기로 하였다.
"""
NOW = datetime(2031, 6, 1, tzinfo=UTC)


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


async def test_an_answer_comes_though_drafts_are_refused(
    telegram: TelegramDouble, serving: Serving
) -> None:
    telegram.faults.append(Fault("400", "sendMessageDraft", count=9))
    async with serving():
        telegram.says(ANN, "자라나는 답")
        await until(telegram, ANN, 1)
    assert len(telegram.called("sendMessageDraft")) == 1
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
