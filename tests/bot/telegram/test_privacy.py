"""What people are told of what is kept, how long it is kept, and that it is nowhere else."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import pytest

from bot.house_rules import Privacy
from bot.privacy import privacy_text
from bot.telegram.channel import Channel
from corpus.database import CouncilDatabase
from corpus.messages import say
from tests.bot.telegram.conftest import running, settings
from tests.support.parrot import Parrot
from tests.support.telegram import TelegramDouble, shown
from tests.support.telephones import Telephones

ANN, BEN = 501, 503
FIRST = say("privacy.first")


@asynccontextmanager
async def told(
    telegram: TelegramDouble,
    database: CouncilDatabase,
    privacy: Privacy | None = None,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> AsyncIterator[Channel]:
    rules = settings(telegram, privacy=privacy or Privacy())
    channel = Channel(Parrot(), database, rules, now)
    async with running(channel):
        yield channel


async def test_a_person_is_told_once_with_their_first_answer(
    people: Telephones, telegram: TelegramDouble, database: CouncilDatabase
) -> None:
    async with told(telegram, database):
        first = shown((await people.says(ANN, "예산은?"))["text"])
        second = shown((await people.says(ANN, "그럼 작년은?"))["text"])
        other = shown((await people.says(BEN, "/start"))["text"])
    async with told(telegram, database):
        third = shown((await people.says(ANN, "재작년은?"))["text"])
    assert first.startswith("들은 말: 예산은?")
    assert first.endswith(FIRST)
    assert other.endswith(FIRST)
    assert FIRST not in second + third


async def test_where_the_first_answer_is_too_long_the_sentence_comes_with_its_end(
    people: Telephones, telegram: TelegramDouble, database: CouncilDatabase
) -> None:
    async with told(telegram, database):
        await people.says(ANN, "길게 말해 줘", 2)
    texts = telegram.texts(ANN)
    assert sum(FIRST in text for text in texts) == 1


async def test_an_office_may_tell_people_in_its_own_way(
    people: Telephones, telegram: TelegramDouble, database: CouncilDatabase
) -> None:
    async with told(telegram, database, Privacy(told=False)):
        answer = await people.says(ANN, "예산은?")
    assert FIRST not in shown(answer["text"])


@pytest.mark.parametrize("command", ["/privacy", "/개인정보"])
async def test_the_periods_that_are_shown_are_the_ones_that_are_kept(
    people: Telephones, telegram: TelegramDouble, database: CouncilDatabase, command: str
) -> None:
    rules = Privacy(conversations_days=90, unanswered_days=730, outbox_days=45, told=False)
    async with told(telegram, database, rules):
        text = shown((await people.says(ANN, command))["text"])
    assert text == privacy_text(rules)
    for words in ("묻고 답한 내용: 3개월", "답하지 못한 질문: 2년", "45일", "/forget_me"):
        assert words in text


async def test_what_is_over_its_time_goes_while_the_bot_serves_and_after_it_was_off(
    people: Telephones, telegram: TelegramDouble, database: CouncilDatabase
) -> None:
    clock = [datetime(2031, 6, 2, 12, tzinfo=UTC)]
    rules = Privacy(conversations_days=10)

    def kept() -> list[str]:
        return [row["question"] for row in database.read("select question from answers")]

    async with told(telegram, database, rules, lambda: clock[0]):
        await people.says(ANN, "옛날 질문")
    clock[0] += timedelta(days=11)
    async with told(telegram, database, rules, lambda: clock[0]):
        await asyncio.to_thread(telegram.wait, lambda: not kept())
        await people.says(ANN, "새 질문")
    assert kept() == ["새 질문"]
