"""Questions that the papers do not answer reach staff, and their answers reach whoever asked."""

from __future__ import annotations

import asyncio
import time
from datetime import datetime, timedelta
from typing import Any

from corpus.audit import Audit
from corpus.messages import say
from corpus.types import Visibility
from corpus.unanswered import Standing, Unanswered
from retrieval.types import Basis
from tests.bot.telegram.conftest import STAFF, TODAY, serving_of
from tests.support.people import enrol
from tests.support.secretary import Secretary
from tests.support.telegram import Fault, TelegramDouble, private, shown
from tests.support.telephones import Telephones

ANN, BEN, CLERK = 501, 503, 504
BEGAN = time.monotonic()
QUESTION = "장난감도 빌려 주나요?"
ANSWER = "네, 2층 놀이방에서 한 번에 두 개까지 빌려 드립니다."
REFUSED = say("answer.not_found")
CORRECT = "unanswered.button_correct"


def running() -> datetime:
    """A clock that runs on from the day of the village."""
    return TODAY + timedelta(seconds=time.monotonic() - BEGAN)


async def refused(people: Telephones, who: int = ANN, text: str = QUESTION) -> dict[str, Any]:
    message = await people.says(who, text)
    assert REFUSED in shown(message["text"])
    return message


async def opened(people: Telephones, who: int = STAFF) -> dict[str, Any]:
    """The card of the first question of the list."""
    listed = await people.says(who, "/unanswered")
    return await people.turns(who, listed, "1. ")


async def answered(
    people: Telephones,
    card: dict[str, Any],
    text: str = ANSWER,
    level: str = "public",
    button: str = "unanswered.button_answer",
) -> dict[str, Any]:
    """Staff answer the question of a card."""
    await people.presses(STAFF, card, say(button))
    typed = await people.says(STAFF, text)
    preview = await people.presses(STAFF, typed, say(f"visibility.{level}"))
    return await people.presses(STAFF, preview, say("unanswered.step_send"))


async def test_a_refused_question_is_answered_by_staff_told_and_found_next_time(
    people: Telephones, telegram: TelegramDouble, village: Secretary
) -> None:
    async with serving_of(village, telegram):
        await refused(people)
        await refused(people, BEN, "장난감도 빌려주나요")
        card = await opened(people)
        assert "물은 횟수: 2번" in shown(card["text"])
        assert str(ANN) not in str(card["reply_markup"])
        done = await answered(people, card)
        told = [await asyncio.to_thread(telegram.waits_for, who, 2) for who in (ANN, BEN)]
        again = await people.says(506, "장난감도 빌려주나요??")
    assert say("unanswered.told_some", count=2) in shown(done["text"])
    for messages in told:
        assert ANSWER in shown(messages[1]["text"])
        assert QUESTION in shown(messages[1]["text"])
    assert shown(again["text"]).startswith(f"{ANSWER} [1]")
    assert "담당자 답변 2031. 6. 1." in shown(again["text"])
    assert village.database.read("select 1 from dialogues") == []


async def test_the_answer_of_staff_is_found_by_other_words_too(village: Secretary) -> None:
    assistant = village.assistant
    put_down(village, QUESTION)
    answer_at_the_desk(village, ANSWER)
    found = assistant.ask("장난감은 몇 층에서 빌려 주나요?", audience=Visibility.PUBLIC)
    assert ANSWER in found.text
    assert QUESTION in found.text


async def test_an_asker_is_told_once_though_the_sending_breaks_off(
    people: Telephones, telegram: TelegramDouble, village: Secretary
) -> None:
    async with serving_of(village, telegram, running):
        await refused(people)
        card = await opened(people)
        telegram.faults.append(Fault("drop_after", "sendMessage", chat_id=ANN))
        await answered(people, card)
        (sent,) = [u for u in telegram.updates if "us:send" in str(u.get("callback_query"))]
        await asyncio.to_thread(telegram.waits_for, ANN, 2)
    async with serving_of(village, telegram, running):
        telegram.redelivers(sent)
        await people.says(ANN, "목련동 예산은?")
    told = [text for text in telegram.texts(ANN) if ANSWER in text]
    assert len(told) == 1


async def test_an_answer_for_staff_is_not_told_to_citizens(
    people: Telephones, telegram: TelegramDouble, village: Secretary
) -> None:
    async with serving_of(village, telegram):
        await refused(people)
        await answered(people, await opened(people), level="staff")
        told = shown((await asyncio.to_thread(telegram.waits_for, ANN, 2))[1]["text"])
        again = await people.says(ANN, QUESTION)
        own = await people.says(STAFF, QUESTION)
    assert ANSWER not in told
    assert say("visibility.staff") in told
    assert REFUSED in shown(again["text"])
    assert ANSWER in shown(own["text"])
    assert Unanswered(village.database).count(Standing.WAITING) == 0  # it has its answer


async def test_a_thumb_down_puts_the_question_on_the_list_and_a_thumb_up_takes_it_off(
    people: Telephones, telegram: TelegramDouble, village: Secretary
) -> None:
    async with serving_of(village, telegram):
        answer = await people.says(ANN, "목련동 예산은?")
        waiting = Unanswered(village.database)
        await pressed(telegram, ANN, answer, say("telegram.unhelpful"))
        await pressed(telegram, ANN, answer, say("telegram.unhelpful"))
        bens = await people.says(BEN, "목련동 예산은?")
        await pressed(telegram, BEN, bens, say("telegram.unhelpful"))
        (found,) = waiting.listed(Standing.WAITING, 9)
        assert (found.question, found.asked) == ("목련동 예산은?", 2)
        await pressed(telegram, BEN, bens, say("telegram.helpful"))
        await pressed(telegram, ANN, answer, say("telegram.helpful"))
        assert waiting.listed(Standing.WAITING, 9) == []
        numbers = shown((await people.says(STAFF, "/stats", 2))["text"])
    text = telegram.texts(STAFF)[-2]
    assert "질문 2건: 답함 2건(100%), 답하지 못함 0건 · 👍 2 👎 0" in text
    assert numbers == say("stats.chart")
    assert telegram.sent(STAFF)[-1]["file"]["content"].startswith(b"\x89PNG")


async def test_a_dropped_question_stays_off_the_list_and_its_asker_reads_why(
    people: Telephones, telegram: TelegramDouble, village: Secretary
) -> None:
    async with serving_of(village, telegram):
        await refused(people)
        card = await opened(people)
        asked = await people.presses(STAFF, card, say("unanswered.button_drop"))
        await people.presses(STAFF, asked, say("unanswered.step_ours"))
        told = await asyncio.to_thread(telegram.waits_for, ANN, 2)
        await refused(people, BEN)
        listed = await people.says(STAFF, "/unanswered")
    assert say("unanswered.not_ours") in shown(told[1]["text"])
    assert shown(listed["text"]) == say("unanswered.none")
    actions = [entry.action for entry in Audit(village.database).entries()]
    assert [action for action in actions if action != "ask"] == ["drop_question"]


async def test_an_answer_is_corrected_and_taken_back(
    people: Telephones, telegram: TelegramDouble, village: Secretary
) -> None:
    async with serving_of(village, telegram):
        await refused(people)
        await answered(people, await opened(people))
        listed = await people.says(STAFF, "/unanswered")
        answers = await people.turns(STAFF, listed, say("unanswered.button_answered"))
        card = await people.turns(STAFF, answers, "1. ")
        await answered(people, card, "네, 3층에서 빌려 드립니다.", button=CORRECT)
        told = await asyncio.to_thread(telegram.waits_for, ANN, 3)
        assert "답을 담당자가 고쳤습니다" in shown(told[2]["text"])
        assert "3층" in shown((await people.says(BEN, QUESTION))["text"])
        card = await people.says(STAFF, "/unanswered")
        answers = await people.turns(STAFF, card, say("unanswered.button_answered"))
        card = await people.turns(STAFF, answers, "1. ")
        await people.presses(STAFF, card, say("unanswered.button_withdraw"))
        await refused(people, 506)
    assert Unanswered(village.database).count(Standing.WAITING) == 1
    assert village.database.read("select 1 from documents where format = 'question'") == []


async def test_of_two_staff_the_second_reads_that_somebody_was_faster(
    people: Telephones, telegram: TelegramDouble, village: Secretary
) -> None:
    enrol(village.database, {CLERK: "staff"})
    async with serving_of(village, telegram):
        await refused(people)
        other = await opened(people, CLERK)
        await answered(people, await opened(people))
        late = await people.presses(CLERK, other, say("unanswered.button_answer"))
    assert shown(late["text"]).startswith(say("unanswered.overtaken"))


async def test_who_is_no_staff_sees_no_list_and_no_numbers(
    people: Telephones, telegram: TelegramDouble, village: Secretary
) -> None:
    async with serving_of(village, telegram):
        await refused(people)
        card = await opened(people)
        for command in ("/unanswered", "/stats", "/미답"):
            said = await people.says(ANN, command)
            assert shown(said["text"]) == say("unanswered.staff_only")
        stolen = {**card, "chat": private(ANN)}
        said = await people.presses(ANN, stolen, say("unanswered.button_answer"))
    assert shown(said["text"]) == say("unanswered.staff_only")


async def test_what_is_told_in_confidence_or_holds_personal_data_is_not_listed(
    people: Telephones, telegram: TelegramDouble, village: Secretary
) -> None:
    async with serving_of(village, telegram):
        await people.says(ANN, "장난감 대여는 010-2345-6789로 문의하나요?")
        await people.says(BEN, "남편이 때려요. 어디로 가야 하나요?")
        listed = await people.says(STAFF, "/unanswered")
    assert shown(listed["text"]) == say("unanswered.none")
    assert village.database.read("select * from unanswered") == []


async def test_who_is_forgotten_is_told_nothing_and_their_question_goes(
    people: Telephones, telegram: TelegramDouble, village: Secretary
) -> None:
    async with serving_of(village, telegram):
        await refused(people)
        asked = await people.says(ANN, "/forget_me")
        await people.presses(ANN, asked, "지우기")
        listed = await people.says(STAFF, "/unanswered")
    assert shown(listed["text"]) == say("unanswered.none")


async def test_small_talk_and_signs_are_not_listed(
    people: Telephones, telegram: TelegramDouble, village: Secretary
) -> None:
    async with serving_of(village, telegram):
        for text in ("안녕하세요", "ㅋㅋㅋㅋ", "!!!", "🙂🙂"):
            await people.says(ANN, text)
    assert Unanswered(village.database).count(Standing.WAITING) == 0


async def test_the_digest_tells_staff_what_waits(
    people: Telephones, telegram: TelegramDouble, village: Secretary
) -> None:
    clock = [TODAY]
    async with serving_of(village, telegram, lambda: clock[0]):
        await refused(people)
    clock[0] = TODAY + timedelta(days=2)  # a Monday later
    async with serving_of(village, telegram, lambda: clock[0]):
        await asyncio.to_thread(telegram.waits_for, STAFF, 1)
    assert say("digest.unanswered", count=1) in telegram.texts(STAFF)[-1]
    assert "질문 1건: 답함 0건" in telegram.texts(STAFF)[-1]


async def test_a_question_of_this_year_is_another_one_next_year(village: Secretary) -> None:
    put_down(village, "올해 장난감 잔치는 언제 하나요?")
    answer_at_the_desk(village, "5월 5일에 합니다.")
    asked = "올해 장난감 잔치는 언제 하나요?"
    assert "5월 5일" in village.ask(asked).text
    later = village.ask(asked, today=TODAY.replace(year=2032))
    assert later.basis is Basis.NONE or "담당자 답변 2031" in later.citations[0].title


async def pressed(telegram: TelegramDouble, who: int, message: dict[str, Any], label: str) -> None:
    """A press that is answered by a word over the button."""
    count = len(telegram.called("answerCallbackQuery"))
    telegram.presses(who, message, label)
    there = lambda: len(telegram.called("answerCallbackQuery")) > count  # noqa: E731
    await asyncio.to_thread(telegram.wait, there)


def put_down(village: Secretary, question: str) -> None:
    from corpus.unanswered import Cause
    from corpus.unanswered import put_down as put

    enrol(village.database, {ANN: "citizen"})
    (row,) = village.database.read("select id from people where telegram_id = ?", [ANN])
    gist = village.assistant.gist(question, TODAY)
    with village.database.write() as db:
        put(db, gist, question, Cause.REFUSED, row["id"], TODAY)


def answer_at_the_desk(village: Secretary, text: str) -> None:
    from bot.unanswered import UnansweredQuestions
    from corpus.audit import CONSOLE
    from corpus.ledger.changes import By

    own = UnansweredQuestions(village.database, village.documents)
    (seen,) = own.list.listed(Standing.WAITING, 1)
    with village.database.write() as db:
        words = own.answer(db, seen, text, Visibility.PUBLIC, By(person=CONSOLE, at=TODAY))
    assert words is not None
