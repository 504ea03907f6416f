"""Staff correct and confirm rows in Telegram; nobody else can, and nothing is lost on the way."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from corpus.audit import CONSOLE, Audit
from corpus.corrections import Actor
from corpus.database import CouncilDatabase
from corpus.messages import say
from corpus.people import INVITED, People, Role
from corpus.review import Review
from corpus.types import Visibility
from retrieval.terms import KiwiTerms
from tests.bot.telegram.conftest import Serving, until
from tests.bot.telegram.test_commands import buttons
from tests.support.secretary import Secretary, day
from tests.support.telegram import TelegramDouble, shown, supergroup

ANN, BEA, CARL = 501, 502, 503
PAPER = """2032년 단비구 동별 나눔사업 예산

- 모란1동 : 국수 나눔 등 4개 사업 420만원
- 모란2동 : 우산 수리 등 7개 사업 735만원
- 해솔동 : 골목 화분 등 2개 사업 180만원
"""
DOUBTFUL = """# 2032년 단비구 부서 예산

| 부서 | 예산(천원) |
|---|---|
| 복지과 | 100 |
| 문화과 | 200 |
| 합계 | 700 |

# 2032년 단비구 동 예산

| 동 | 예산(천원) |
|---|---|
| 모란1동 | 10 |
| 모란2동 | 20 |
| 합계 | 90 |
"""
QUESTION = "모란2동 나눔사업 예산은 얼마인가요?"


@pytest.fixture
def secretary(tmp_path: Path, terms: KiwiTerms) -> Iterator[Secretary]:
    secretary = Secretary(tmp_path, terms, day("2032-03-04"))
    with secretary.database.write() as db:
        for number in (ANN, BEA):
            db.execute(
                "insert into people (telegram_id, role, created_at) values (?, 'staff', '2032')",
                [number],
            )
    yield secretary
    secretary.close()


@pytest.fixture
def database(secretary: Secretary) -> CouncilDatabase:
    return secretary.database


@pytest.fixture
def review(secretary: Secretary, terms: KiwiTerms) -> Review:
    return Review(secretary.database, terms.index_terms)


async def said(telegram: TelegramDouble, who: int, text: str) -> dict[str, Any]:
    """The bot's next message to somebody who writes."""
    count = len(telegram.sent(who))
    telegram.says(who, text)
    return (await until(telegram, who, count + 1))[-1]


async def pressed(
    telegram: TelegramDouble, who: int, message: dict[str, Any], label: str, more: int = 1
) -> dict[str, Any]:
    """The bot's next message to somebody who presses a button."""
    count = len(telegram.sent(who))
    telegram.presses(who, message, label)
    return (await until(telegram, who, count + more))[-1]


async def source(telegram: TelegramDouble, who: int) -> dict[str, Any]:
    answer = await said(telegram, who, QUESTION)
    return await pressed(telegram, who, answer, "[1]")


async def test_staff_correct_a_value_from_its_source_and_the_answer_says_so(
    telegram: TelegramDouble, serving: Serving, secretary: Secretary
) -> None:
    secretary.write({"예산.txt": PAPER})
    async with serving(secretary.assistant):
        fields = await pressed(
            telegram, ANN, await source(telegram, ANN), say("review.button_correct")
        )
        await pressed(telegram, ANN, fields, "735만원")
        preview = await said(telegram, ANN, "753만원")
        done = await said(telegram, ANN, "숫자가 뒤바뀜")
        answer = await said(telegram, CARL, QUESTION)
    assert "735만원 → 753만원" in shown(preview["text"])
    assert "735만원 → 753만원" in shown(done["text"])
    text = shown(answer["text"])
    assert "753만원" in text.split("※")[0]
    assert "담당자가 고친 값" in text
    assert "원문: 735만원" in text
    (entry,) = Audit(secretary.database).entries()
    assert (entry.action, entry.details["reason"]) == ("correct", "숫자가 뒤바뀜")
    assert len(entry.person) == 32


async def test_the_quote_stays_as_printed_and_undo_brings_the_value_back(
    telegram: TelegramDouble, serving: Serving, secretary: Secretary
) -> None:
    secretary.write({"예산.txt": PAPER})
    async with serving(secretary.assistant):
        fields = await pressed(
            telegram, ANN, await source(telegram, ANN), say("review.button_correct")
        )
        await pressed(telegram, ANN, fields, "735만원")
        preview = await said(telegram, ANN, "753만원")
        done = await pressed(telegram, ANN, preview, say("review.button_save"))
        corrected = secretary.ask(QUESTION)
        undone = await pressed(telegram, ANN, done, say("review.button_undo"))
    assert "735만원" in corrected.citations[0].quote
    assert shown(undone["text"]) == say("review.undone")
    answer = secretary.ask(QUESTION)
    assert "735만원" in answer.text
    assert not answer.notices


async def test_what_is_typed_survives_a_restart(
    telegram: TelegramDouble, serving: Serving, secretary: Secretary
) -> None:
    secretary.write({"예산.txt": PAPER})
    async with serving(secretary.assistant):
        fields = await pressed(
            telegram, ANN, await source(telegram, ANN), say("review.button_correct")
        )
        await pressed(telegram, ANN, fields, "735만원")
    async with serving(secretary.assistant):
        await said(telegram, ANN, "753만원")
    async with serving(secretary.assistant):
        await said(telegram, ANN, "원본 확인")
    assert "753만원" in secretary.ask(QUESTION).text


async def test_what_is_no_value_is_asked_again_and_cancelling_changes_nothing(
    telegram: TelegramDouble, serving: Serving, secretary: Secretary
) -> None:
    secretary.write({"예산.txt": PAPER})
    async with serving(secretary.assistant):
        fields = await pressed(
            telegram, ANN, await source(telegram, ANN), say("review.button_correct")
        )
        await pressed(telegram, ANN, fields, "735만원")
        refusal = await said(telegram, ANN, "아주 많이")
        stopped = await said(telegram, ANN, "/cancel")
        answer = await said(telegram, ANN, QUESTION)
        nothing = await said(telegram, ANN, "/취소")
    assert say("review.how_to_stop") in shown(refusal["text"])
    assert shown(stopped["text"]) == say("review.stopped")
    assert "735만원" in shown(answer["text"])
    assert shown(nothing["text"]) == say("review.nothing_open")


async def test_citizens_and_groups_get_no_buttons_and_no_review(
    telegram: TelegramDouble, serving: Serving, secretary: Secretary
) -> None:
    secretary.write({"예산.txt": PAPER})
    group = supergroup()
    async with serving(secretary.assistant):
        shown_source = await source(telegram, CARL)
        refused = await said(telegram, CARL, "/review")
        telegram.says(ANN, "/review", chat=group)
        (in_group,) = await until(telegram, group["id"], 1)
    assert buttons(shown_source) == []
    assert shown(refused["text"]) == say("review.staff_only")
    assert shown(in_group["text"]) == say("review.private_only")


async def test_a_press_forged_by_a_citizen_changes_nothing(
    telegram: TelegramDouble, serving: Serving, secretary: Secretary, review: Review
) -> None:
    secretary.write({"예산.txt": PAPER})
    async with serving(secretary.assistant):
        message = await source(telegram, ANN)
        telegram.presses(CARL, message, say("review.button_confirm"))
        forged = (await until(telegram, ANN, 3))[-1]
    assert shown(forged["text"]) == say("review.staff_only")
    assert review.changes() == []


async def test_doubtful_rows_come_one_by_one_and_leave_when_confirmed(
    telegram: TelegramDouble, serving: Serving, secretary: Secretary, review: Review
) -> None:
    secretary.write({"부서.md": DOUBTFUL})
    waiting = review.count(Visibility.STAFF)
    assert waiting == 2
    async with serving(secretary.assistant):
        first = await said(telegram, ANN, "/확인")
        second = await pressed(telegram, ANN, first, say("review.button_skip"))
        end = await pressed(telegram, ANN, second, say("review.button_confirm"), more=2)
        again = await said(telegram, ANN, "/review")
    assert say("review.waiting", count=2) in shown(first["text"])
    assert "서로 맞지 않습니다" in shown(first["text"])
    assert shown(end["text"]) == say("review.end", count=2)
    assert say("review.waiting", count=1) in shown(again["text"])
    assert shown(again["text"]).split("\n")[2:4] == shown(first["text"]).split("\n")[2:4]


async def test_of_two_staff_pressing_one_wins_and_the_other_is_told(
    telegram: TelegramDouble, serving: Serving, secretary: Secretary, review: Review
) -> None:
    secretary.write({"부서.md": DOUBTFUL})
    async with serving(secretary.assistant):
        ann = await said(telegram, ANN, "/review")
        bea = await said(telegram, BEA, "/review")
        telegram.presses(ANN, ann, say("review.button_confirm"))
        telegram.presses(BEA, bea, say("review.button_confirm"))
        await asyncio.gather(until(telegram, ANN, 2), until(telegram, BEA, 2))
    texts = {shown(telegram.sent(who)[1]["text"]) for who in (ANN, BEA)}
    assert texts == {say("review.confirmed"), say("review.overtaken")}
    assert len(review.changes()) == 1


async def test_a_row_changed_at_the_console_meanwhile_is_not_overwritten(
    telegram: TelegramDouble, serving: Serving, secretary: Secretary, review: Review
) -> None:
    secretary.write({"예산.txt": PAPER})
    async with serving(secretary.assistant):
        fields = await pressed(
            telegram, ANN, await source(telegram, ANN), say("review.button_correct")
        )
        await pressed(telegram, ANN, fields, "735만원")
        await said(telegram, ANN, "753만원")
        (row,) = secretary.database.read(
            "select distinct record_id as id from fields where place = '모란2동'"
        )
        seen = review.row(row["id"], Visibility.STAFF)
        assert seen is not None
        with secretary.database.write() as db:
            review.confirm(db, seen.seen, Actor(person=CONSOLE, at=day("2032-03-04")))
        told = await said(telegram, ANN, "까닭")
    assert shown(told["text"]) == say("review.overtaken")
    assert "735만원" in secretary.ask(QUESTION).text


async def test_an_invitation_makes_staff_once(
    telegram: TelegramDouble, serving: Serving, secretary: Secretary
) -> None:
    code = f"{INVITED}once"
    People(secretary.database).invite(Role.STAFF, code, day("2032-03-04"))
    async with serving(secretary.assistant, now=lambda: day("2032-03-05")):
        welcome = await said(telegram, CARL, f"/start {code}")
        allowed = await said(telegram, CARL, "/review")
        helped = await said(telegram, CARL, "/help")
        refused = await said(telegram, CARL + 1, f"/start {code}")
    assert shown(welcome["text"]) == say("people.welcome", role=say("role.staff"))
    assert shown(allowed["text"]) == say("review.nothing")
    assert say("telegram.help_staff") in shown(helped["text"])
    assert shown(refused["text"]) == say("people.bad_code")
