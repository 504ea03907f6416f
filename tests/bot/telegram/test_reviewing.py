"""Staff correct and confirm rows in Telegram; nobody else can, and nothing is lost on the way."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from corpus.audit import CONSOLE, Audit
from corpus.corrections import Actor
from corpus.database import CouncilDatabase
from corpus.invitations import invite, new_code
from corpus.ledger.changes import By
from corpus.messages import say
from corpus.people import Role
from corpus.review import Review
from corpus.types import Visibility
from retrieval.terms import KiwiTerms
from tests.bot.telegram.conftest import Serving, secretary_knowing, until
from tests.support.secretary import Secretary, day
from tests.support.telegram import TelegramDouble, shown, supergroup
from tests.support.telephones import Telephones, labels

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


secretary = secretary_knowing({ANN: "staff", BEA: "staff"})


@pytest.fixture
def database(secretary: Secretary) -> CouncilDatabase:
    return secretary.database


@pytest.fixture
def review(secretary: Secretary, terms: KiwiTerms) -> Review:
    return Review(secretary.database, terms.index_terms)


async def source(people: Telephones, who: int) -> dict[str, Any]:
    """The source of an answer, as somebody sees it who presses its button."""
    return await people.presses(who, await people.says(who, QUESTION), "[1]")


async def correcting(people: Telephones) -> None:
    """Ann says which value of a source is wrong, and is asked for the right one."""
    wrong = await people.presses(ANN, await source(people, ANN), say("review.button_correct"))
    await people.presses(ANN, wrong, "735만원")


async def test_staff_correct_a_value_from_its_source_and_the_answer_says_so(
    people: Telephones, serving: Serving, secretary: Secretary
) -> None:
    secretary.write({"예산.txt": PAPER})
    async with serving(secretary.assistant):
        await correcting(people)
        preview = await people.says(ANN, "753만원")
        done = await people.says(ANN, "숫자가 뒤바뀜")
        answer = await people.says(CARL, QUESTION)
    assert "735만원 → 753만원" in shown(preview["text"])
    assert "735만원 → 753만원" in shown(done["text"])
    text = shown(answer["text"])
    assert "753만원" in text.split("※")[0]
    assert "담당자가 고친 값" in text
    assert "원문: 735만원" in text
    (entry,) = [e for e in Audit(secretary.database).entries() if e.action != "ask"]
    assert (entry.action, entry.details["reason"]) == ("correct", "숫자가 뒤바뀜")
    assert len(entry.person) == 32


async def test_the_quote_stays_as_printed_and_undo_brings_the_value_back(
    people: Telephones, serving: Serving, secretary: Secretary
) -> None:
    secretary.write({"예산.txt": PAPER})
    async with serving(secretary.assistant):
        await correcting(people)
        preview = await people.says(ANN, "753만원")
        done = await people.presses(ANN, preview, say("review.button_save"))
        corrected = secretary.ask(QUESTION)
        undone = await people.presses(ANN, done, say("review.button_undo"))
    assert "735만원" in corrected.citations[0].quote
    assert shown(undone["text"]) == say("review.undone")
    answer = secretary.ask(QUESTION)
    assert "735만원" in answer.text
    assert not answer.notices


async def test_what_is_typed_survives_a_restart(
    people: Telephones, serving: Serving, secretary: Secretary
) -> None:
    secretary.write({"예산.txt": PAPER})
    async with serving(secretary.assistant):
        await correcting(people)
    async with serving(secretary.assistant):
        await people.says(ANN, "753만원")
    async with serving(secretary.assistant):
        await people.says(ANN, "원본 확인")
    assert "753만원" in secretary.ask(QUESTION).text


async def test_what_is_no_value_is_asked_again_and_cancelling_changes_nothing(
    people: Telephones, serving: Serving, secretary: Secretary
) -> None:
    secretary.write({"예산.txt": PAPER})
    async with serving(secretary.assistant):
        await correcting(people)
        refusal = await people.says(ANN, "아주 많이")
        stopped = await people.says(ANN, "/cancel")
        answer = await people.says(ANN, QUESTION)
        nothing = await people.says(ANN, "/취소")
    assert say("review.how_to_stop") in shown(refusal["text"])
    assert shown(stopped["text"]) == say("review.stopped")
    assert "735만원" in shown(answer["text"])
    assert shown(nothing["text"]) == say("review.nothing_open")


async def test_citizens_and_groups_get_no_buttons_and_no_review(
    people: Telephones, serving: Serving, secretary: Secretary
) -> None:
    secretary.write({"예산.txt": PAPER})
    async with serving(secretary.assistant):
        shown_source = await source(people, CARL)
        refused = await people.says(CARL, "/review")
        in_group = await people.says(ANN, "/review", chat=supergroup())
    assert labels(shown_source) == []
    assert shown(refused["text"]) == say("review.staff_only")
    assert shown(in_group["text"]) == say("review.private_only")


async def test_a_press_forged_by_a_citizen_changes_nothing(
    people: Telephones,
    telegram: TelegramDouble,
    serving: Serving,
    secretary: Secretary,
    review: Review,
) -> None:
    secretary.write({"예산.txt": PAPER})
    async with serving(secretary.assistant):
        message = await source(people, ANN)
        telegram.presses(CARL, message, say("review.button_confirm"))
        forged = (await until(telegram, ANN, 3))[-1]
    assert shown(forged["text"]) == say("review.staff_only")
    assert review.changes() == []


async def test_doubtful_rows_come_one_by_one_and_leave_when_confirmed(
    people: Telephones, serving: Serving, secretary: Secretary, review: Review
) -> None:
    secretary.write({"부서.md": DOUBTFUL})
    waiting = review.count(Visibility.STAFF)
    assert waiting == 2
    async with serving(secretary.assistant):
        first = await people.says(ANN, "/확인")
        second = await people.presses(ANN, first, say("review.button_skip"))
        end = await people.presses(ANN, second, say("review.button_confirm"), more=2)
        again = await people.says(ANN, "/review")
    assert say("review.waiting", count=2) in shown(first["text"])
    assert "서로 맞지 않습니다" in shown(first["text"])
    assert shown(end["text"]) == say("review.end", count=1)
    assert say("review.waiting", count=1) in shown(again["text"])
    assert shown(again["text"]).split("\n")[2:4] == shown(first["text"]).split("\n")[2:4]


async def test_of_two_staff_pressing_one_wins_and_the_other_is_told(
    people: Telephones,
    telegram: TelegramDouble,
    serving: Serving,
    secretary: Secretary,
    review: Review,
) -> None:
    secretary.write({"부서.md": DOUBTFUL})
    async with serving(secretary.assistant):
        ann = await people.says(ANN, "/review")
        bea = await people.says(BEA, "/review")
        telegram.presses(ANN, ann, say("review.button_confirm"))
        telegram.presses(BEA, bea, say("review.button_confirm"))
        await asyncio.gather(until(telegram, ANN, 2), until(telegram, BEA, 2))
    texts = {shown(telegram.sent(who)[1]["text"]) for who in (ANN, BEA)}
    assert texts == {say("review.confirmed"), say("review.overtaken")}
    assert len(review.changes()) == 1


async def test_a_row_changed_at_the_console_meanwhile_is_not_overwritten(
    people: Telephones, serving: Serving, secretary: Secretary, review: Review
) -> None:
    secretary.write({"예산.txt": PAPER})
    async with serving(secretary.assistant):
        await correcting(people)
        await people.says(ANN, "753만원")
        (row,) = secretary.database.read(
            "select distinct record_id as id from fields where place = '모란2동'"
        )
        seen = review.row(row["id"], Visibility.STAFF)
        assert seen is not None
        with secretary.database.write() as db:
            review.confirm(db, seen.seen, Actor(person=CONSOLE, at=day("2032-03-04")))
        told = await people.says(ANN, "까닭")
    assert shown(told["text"]) == say("review.overtaken")
    assert "735만원" in secretary.ask(QUESTION).text


async def test_an_invitation_makes_staff_once(
    people: Telephones, serving: Serving, secretary: Secretary
) -> None:
    code = new_code()
    with secretary.database.write() as db:
        invite(db, Role.STAFF, code, By(person=CONSOLE, at=day("2032-03-04")))
    async with serving(secretary.assistant, now=lambda: day("2032-03-05")):
        welcome = await people.says(CARL, f"/start {code}")
        allowed = await people.says(CARL, "/review")
        helped = await people.says(CARL, "/help")
        refused = await people.says(CARL + 1, f"/start {code}")
    assert shown(welcome["text"]) == say("people.welcome", role=say("role.staff"))
    assert shown(allowed["text"]) == say("review.nothing")
    assert say("telegram.help_staff") in shown(helped["text"])
    assert shown(refused["text"]) == say("people.bad_code")
