"""Drafts for staff by buttons: shown with their sources, taken or edited, sent by nobody else."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from corpus.ledger.ledger import Ledger
from corpus.ledger.opinion import PromiseKind
from corpus.messages import say
from retrieval.model.settings import ModelSettings
from retrieval.terms import KiwiTerms
from tests.bot.telegram.conftest import serving_of, until
from tests.bot.telegram.council import ANN, BEA, CARL, MIRA, ROLES, ZOE, Chat
from tests.retrieval.model.scripts import evidence, lying, repeating
from tests.support.chat_server import ChatServer, Says, asked
from tests.support.opinions import raised
from tests.support.people import enrol
from tests.support.secretary import Secretary, day
from tests.support.telegram import TelegramDouble, shown
from tests.support.telephones import labels

pytest.importorskip("langchain_openai", reason="langchain-openai is not installed")

TODAY = day("2032-03-03")
EARLIER = "모란1동 골목 가로등이 어두워요"
REPLY = "가로등은 4월 20일까지 밝은 등으로 바꾸겠습니다.\n위치는 도로과가 알려 드립니다."
RAISED = "모란2동 골목 가로등도 어두워요"


@pytest.fixture
def server() -> Iterator[ChatServer]:
    with ChatServer(repeating) as server:
        yield server


@pytest.fixture
def secretary(
    request: pytest.FixtureRequest, server: ChatServer, tmp_path: Path, terms: KiwiTerms
) -> Iterator[Secretary]:
    """A real secretary with a scripted model, which is waited for as long as a test says."""
    patience = getattr(request, "param", 60.0)
    chat = ModelSettings(base_url=server.base_url, name="scripted", patience=patience)
    made = Secretary(tmp_path, terms, TODAY, chat)
    enrol(made.database, ROLES)
    yield made
    made.close()


@pytest.fixture
def chat(telegram: TelegramDouble) -> Chat:
    return Chat(telegram)


serving = partial(serving_of, now=lambda: TODAY)


def answered_before(secretary: Secretary) -> None:
    """A ledger with an opinion like the one to be raised, replied to, and some others."""
    raised(secretary.database, secretary.terms, EARLIER, REPLY)
    for text in ("빨래방을 늘려 주세요", "경로당이 추워요", "도서관을 늦게까지 열어 주세요"):
        raised(secretary.database, secretary.terms, text)


async def carded(chat: Chat) -> dict[str, Any]:
    """The staff card of an opinion that a citizen raises."""
    draft = await chat.says(ZOE, f"/opinion {RAISED}")
    record = chat.turns(ZOE, draft, say("opinion.button_record"))
    return await chat.offers(ANN, say("opinion_action.answer"), record)


async def drafted(chat: Chat, card: dict[str, Any], who: int = ANN) -> dict[str, Any]:
    """What is shown for a draft of a reply, after the line that it is being written."""
    await chat.presses(who, card, say("draft.button_reply"), more=2)
    return chat.telegram.sent(who)[-1]


async def test_a_reply_is_drafted_from_earlier_ones_taken_edited_and_sent_as_any_reply(
    chat: Chat, telegram: TelegramDouble, secretary: Secretary
) -> None:
    answered_before(secretary)
    async with serving(secretary, telegram):
        card = await carded(chat)
        draft = await drafted(chat, card)
        text = shown(draft["text"])
        assert "가로등은 4월 20일까지 밝은 등으로 바꾸겠습니다 [1]" in text
        assert f"(의견-2032-0001 {EARLIER})" in text
        assert say("draft.from_replies") in text
        before = len(telegram.sent(ZOE))
        chosen = await chat.presses(ANN, draft, say("promise.consider"))
        assert "[1]" not in shown(chosen["text"])
        assert "밝은 등으로 바꾸겠습니다" in shown(chosen["text"])
        await chat.says(ANN, "가로등은 5월에 살펴보겠습니다.")
        preview = await chat.presses(ANN, telegram.sent(ANN)[-1], say("opinion_typing.none"))
        assert "가로등은 5월에 살펴보겠습니다." in shown(preview["text"])
        assert len(telegram.sent(ZOE)) == before  # nobody has been told anything so far
        told = asyncio.create_task(until(telegram, ZOE, before + 1))
        await chat.presses(ANN, preview, say("opinion_typing.send"))
        assert "가로등은 5월에 살펴보겠습니다." in shown((await told)[-1]["text"])
    ledger = Ledger(secretary.database)
    opinion = ledger.numbered(2032, 5)
    assert opinion is not None
    (reply,) = ledger.replies(opinion.id)
    assert (reply.text, reply.promise.kind) == (
        "가로등은 5월에 살펴보겠습니다.",
        PromiseKind.CONSIDER,
    )


async def test_words_typed_below_a_draft_take_its_place(
    chat: Chat, telegram: TelegramDouble, secretary: Secretary
) -> None:
    answered_before(secretary)
    async with serving(secretary, telegram):
        draft = await drafted(chat, await carded(chat))
        again = await chat.says(ANN, "도로과에 전하겠습니다.")
        assert "도로과에 전하겠습니다." in shown(again["text"])
        chosen = await chat.presses(ANN, draft, say("promise.done"))
    assert "도로과에 전하겠습니다." in shown(chosen["text"])
    assert "밝은 등" not in shown(chosen["text"])


async def test_what_a_lying_model_promises_is_in_no_draft(
    chat: Chat, telegram: TelegramDouble, server: ChatServer, secretary: Secretary
) -> None:
    answered_before(secretary)
    server.script = lying
    async with serving(secretary, telegram):
        draft = await drafted(chat, await carded(chat))
        text = shown(draft["text"])
        assert say("draft.nothing") in text
        assert "9,999만원" not in text
        assert "밝은 등으로 바꾸겠습니다." in text  # the earlier reply, to be read
        kinds = await chat.presses(ANN, draft, say("promise.done"))
    assert "밝은 등" not in shown(kinds["text"])


@pytest.mark.parametrize(
    ("secretary", "says", "reason"),
    [
        (60.0, Says(status=500), "언어모델이 오류를 돌려주었습니다"),
        (0.5, Says(text="가로등은", pause=60), say("chat_model.slow")),
    ],
    indirect=["secretary"],
)
async def test_a_model_that_fails_is_told_of_and_the_reply_goes_on_by_hand(
    chat: Chat,
    telegram: TelegramDouble,
    server: ChatServer,
    secretary: Secretary,
    says: Says,
    reason: str,
) -> None:
    answered_before(secretary)
    server.script = lambda request: says
    async with serving(secretary, telegram):
        failed = await drafted(chat, await carded(chat))
        text = shown(failed["text"])
        assert reason in text
        assert say("draft.go_on") in text
        chosen = await chat.presses(ANN, failed, say("promise.done"))
    assert say("opinion_typing.asis") in labels(chosen)


async def test_without_earlier_replies_nothing_is_asked_of_the_model(
    chat: Chat, telegram: TelegramDouble, server: ChatServer, secretary: Secretary
) -> None:
    async with serving(secretary, telegram):
        draft = await drafted(chat, await carded(chat))
    assert say("draft.no_replies") in shown(draft["text"])
    assert server.requests == []


async def test_a_draft_belongs_to_who_asked_for_it_and_to_their_chat(
    chat: Chat, telegram: TelegramDouble, secretary: Secretary
) -> None:
    answered_before(secretary)
    async with serving(secretary, telegram):
        card = await carded(chat)
        draft = await drafted(chat, card)
        for who, key in ((BEA, "opinion.nothing_typed"), (MIRA, "opinion.staff_only")):
            copy = {**draft, "chat": {"id": who, "type": "private"}}
            refused = await chat.presses(who, copy, say("promise.done"))
            assert shown(refused["text"]) == say(key)
        forged = {**card, "chat": {"id": MIRA, "type": "private"}}
        refused = await chat.presses(MIRA, forged, say("draft.button_reply"))
        assert shown(refused["text"]) == say("opinion.staff_only")


async def test_nobody_waits_while_the_model_works(
    chat: Chat, telegram: TelegramDouble, server: ChatServer, secretary: Secretary
) -> None:
    answered_before(secretary)
    released = threading.Event()

    def late(request: dict[str, Any]) -> Says:
        released.wait(60)
        return repeating(request)

    server.script = late
    async with serving(secretary, telegram, answer_threads=1):
        card = await carded(chat)
        telegram.presses(ANN, card, say("draft.button_reply"))
        while not server.requests:  # noqa: ASYNC110 -- it is another thread's
            await asyncio.sleep(0.01)
        mine = await chat.says(ZOE, "/my")
        telegram.says(ANN, "/ledger")  # in order: behind the draft
        await chat.says(ZOE, "/my")
        released.set()
        await chat.reads(ANN, "의견 5건")
    assert "내 의견 1건" in shown(mine["text"])
    assert say("draft.from_replies") in shown(telegram.texts(ANN)[-2])


async def test_a_request_for_help_is_not_shown_to_a_model(
    telegram: TelegramDouble, server: ChatServer, secretary: Secretary, chat: Chat
) -> None:
    number = raised(
        secretary.database, secretary.terms, "혼자 살아서 끼니를 챙기기 어려워요", private=True
    )
    opinion = Ledger(secretary.database).get(number)
    assert opinion is not None
    async with serving(secretary, telegram):
        telegram.says(ANN, "/ledger")
        await chat.reads(ANN, "의견 1건")
        card = await chat.presses(ANN, telegram.sent(ANN)[-1], "2032-0001")
    assert say("draft.button_reply") not in labels(card)
    assert secretary.assistant.drafts is not None
    with pytest.raises(Exception, match="개인의 사정"):
        secretary.assistant.drafts.reply(opinion)
    assert server.requests == []


async def test_without_a_model_there_is_no_button(
    chat: Chat, telegram: TelegramDouble, tmp_path: Path, terms: KiwiTerms
) -> None:
    plain = Secretary(tmp_path / "plain", terms, TODAY)
    enrol(plain.database, ROLES)
    async with serving(plain, telegram):
        card = await carded(chat)
        await chat.opened()
        await chat.says(ANN, "[설명 1] 우산 37개 고침")
        parts = await chat.drafted()
        forged = {"inline_keyboard": [[{"text": "x", "callback_data": "yg:1"}]]}
        off = await chat.presses(ANN, {**parts[-1], "reply_markup": forged}, "x")
    plain.close()
    assert not [label for label in labels(card) + labels(parts[-1]) if "초안" in label]
    assert shown(off["text"]) == say("draft.off")


# -- meetings --------------------------------------------------------------------------------------
NOTES = ("[설명 1] 우산 37개 고침\n수리비 21만원", "[결정 1] 원안 가결")


def polite(request: dict[str, Any]) -> Says:
    """Makes sentences of notes, and adds a lie to each."""
    lines = (f"{line}입니다. [{n}]\n{line} 9개 더. [{n}]" for n, line in evidence(request))
    return Says(text="\n".join(lines))


async def noted(chat: Chat) -> list[dict[str, Any]]:
    await chat.opened()
    for note in NOTES:
        await chat.says(ANN, note)
    return await chat.drafted()


async def test_notes_become_sentences_that_enter_the_minutes_only_when_taken(
    chat: Chat, telegram: TelegramDouble, server: ChatServer, secretary: Secretary
) -> None:
    server.script = polite
    async with serving(secretary, telegram):
        parts = await noted(chat)
        await chat.presses(ANN, parts[-1], say("draft.button_sentences"), more=2)
        draft = telegram.sent(ANN)[-1]
        text = shown(draft["text"])
        assert "우산 37개 고침입니다. [1]" in text
        assert "검토결과: 원안 가결" in text
        assert "9개 더" not in text
        (count,) = secretary.database.read("select count(*) as n from minutes")
        assert count["n"] == 1
        await chat.presses(ANN, draft, say("draft.button_accept"), more=2)
        gone = await chat.presses(ANN, draft, say("draft.button_accept"))
        assert shown(gone["text"]) == say("meeting.gone")
        asked_chair = await chat.submitted(telegram.sent(ANN)[-2])
    assert "원안 가결" in shown(asked_chair["text"])
    row = secretary.database.read("select content, reason from minutes order by ordinal")[-1]
    assert "수리비 21만원입니다." in row["content"]
    assert row["reason"] == say("draft.accepted")


async def test_sentences_for_approved_minutes_need_a_reason(
    chat: Chat, telegram: TelegramDouble, server: ChatServer, secretary: Secretary
) -> None:
    server.script = polite
    async with serving(secretary, telegram):
        parts = await noted(chat)
        await chat.approved(await chat.submitted(parts[-1]))
        await chat.presses(ANN, parts[-1], say("draft.button_sentences"), more=2)
        draft = telegram.sent(ANN)[-1]
        reason = await chat.presses(ANN, draft, say("draft.button_accept"))
        assert shown(reason["text"]) == say("minutes.ask_reason")
        await chat.says(ANN, "문장으로 다듬음", more=2)
    rows = secretary.database.read("select state, reason from minutes order by ordinal")
    assert [row["state"] for row in rows] == ["approved", "draft"]
    assert rows[-1]["reason"] == "문장으로 다듬음"


async def test_sentences_of_notes_that_changed_meanwhile_are_not_taken(
    chat: Chat, telegram: TelegramDouble, server: ChatServer, secretary: Secretary
) -> None:
    server.script = polite
    async with serving(secretary, telegram):
        parts = await noted(chat)
        await chat.presses(ANN, parts[-1], say("draft.button_sentences"), more=2)
        draft = telegram.sent(ANN)[-1]
        await chat.says(BEA, "/note [설명 1] 부품은 기증받음")
        refused = await chat.presses(ANN, draft, say("draft.button_accept"))
    assert shown(refused["text"]) == say("draft.changed")


async def test_an_item_of_a_long_meeting_is_summed_up_with_its_lines(
    chat: Chat, telegram: TelegramDouble, server: ChatServer, secretary: Secretary
) -> None:
    def first(request: dict[str, Any]) -> Says:
        return Says(text="\n".join(f"{line} [{n}]" for n, line in evidence(request)[:2]))

    server.script = first
    long = "[설명 1] " + "\n".join(f"{n}월 우산 {n + 20}개 고침" for n in range(1, 13))
    async with serving(secretary, telegram):
        await chat.opened()
        for note in (long, long.replace("우산", "양산"), long.replace("우산", "장화")):
            await chat.says(ANN, note)
        await chat.says(ANN, "[설명 2] 화분 40개를 골목에 놓음")
        parts = await chat.drafted()
        which = await chat.presses(ANN, parts[-1], say("draft.button_gist"))
        await chat.presses(ANN, which, "우산 수리소", more=2)
        text = shown(telegram.sent(ANN)[-1]["text"])
    assert len(server.requests) == 2  # 36 lines, 24 at a time
    assert "1월 우산 21개 고침 [1]" in text
    assert "1월 장화 21개 고침 [25]" in text
    assert "화분" not in asked(server.requests[0])
    assert not telegram.sent(CARL)
