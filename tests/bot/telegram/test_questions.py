"""Asking and being answered, over real HTTP with the bot in this process."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import Any

import pytest

from corpus.audit import CONSOLE
from corpus.database import CouncilDatabase
from corpus.groups import bind
from corpus.ledger.changes import By
from corpus.messages import say
from corpus.types import Visibility
from retrieval.types import Answer
from tests.bot.telegram.conftest import Serving, until
from tests.support.parrot import QUOTE, Parrot
from tests.support.people import enrol
from tests.support.telegram import BOT, TelegramDouble, private, shown, supergroup
from tests.support.telephones import Telephones, labels

ANN, BEN = 501, 502


async def answered_presses(telegram: TelegramDouble, count: int) -> list[dict[str, Any]]:
    await asyncio.to_thread(
        telegram.wait, lambda: len(telegram.called("answerCallbackQuery")) >= count
    )
    return telegram.called("answerCallbackQuery")


async def test_a_private_question_is_answered_with_its_source_and_thumbs(
    telegram: TelegramDouble, serving: Serving
) -> None:
    async with serving():
        telegram.says(ANN, "<b>예산</b>은 오래 전에 & 얼마?")
        (message,) = await until(telegram, ANN, 1)
    text = shown(message["text"])
    assert text.startswith("들은 말: <b>예산</b>은 오래 전에 & 얼마? <PUBLIC> [1]")
    assert "<i>오래된 자료입니다.</i>" in message["text"]
    assert text.endswith("[1] 사업 안내 & 신청, 2쪽")
    assert labels(message) == [
        say("telegram.source", number=1),
        say("telegram.helpful"),
        say("telegram.unhelpful"),
    ]


async def test_pressing_a_source_shows_its_quote_in_bold_within_the_text_around_it(
    telegram: TelegramDouble, serving: Serving
) -> None:
    async with serving():
        telegram.says(ANN, "예산?")
        (message,) = await until(telegram, ANN, 1)
        telegram.presses(ANN, message, "[1]")
        shown_quote = (await until(telegram, ANN, 2))[1]
    assert f"별내동의 사업 안내. <b>{QUOTE}</b> 신청은" in shown_quote["text"]
    assert shown_quote["reply_parameters"]["message_id"] == message["message_id"]
    assert telegram.called("answerCallbackQuery")


async def test_a_source_that_may_no_longer_be_seen_is_refused_in_a_sentence(
    telegram: TelegramDouble, serving: Serving, database: CouncilDatabase
) -> None:
    async with serving(Parrot(visibility=Visibility.STAFF)):
        telegram.says(ANN, "예산?")
        (message,) = await until(telegram, ANN, 1)
        telegram.presses(ANN, message, "[1]")
        assert shown((await until(telegram, ANN, 2))[1]["text"]) == say("telegram.source_gone")
        with database.write() as db:
            db.execute("delete from answers")
        telegram.presses(ANN, message, "[1]")
        assert shown((await until(telegram, ANN, 3))[2]["text"]) == say("telegram.answer_gone")


async def test_a_vote_counts_once_per_person_and_can_be_changed(
    telegram: TelegramDouble, serving: Serving, database: CouncilDatabase
) -> None:
    group = supergroup()
    async with serving():
        telegram.says(ANN, "/ask 예산?", group)
        (message,) = await until(telegram, group["id"], 1)
        telegram.presses(ANN, message, "👍")
        telegram.presses(BEN, message, "👍")
        await answered_presses(telegram, 2)
        telegram.presses(ANN, message, "👎")
        answers = await answered_presses(telegram, 3)
    votes = database.read("select helpful from feedback order by person_id")
    assert [vote["helpful"] for vote in votes] == [0, 1]
    assert answers[-1]["text"] == say("telegram.sorry")


async def test_a_button_finds_an_answer_in_its_own_chat_only(
    telegram: TelegramDouble, serving: Serving, people: Telephones, database: CouncilDatabase
) -> None:
    async with serving():
        anns = await people.says(ANN, "예산?")
        told = await people.presses(BEN, {**anns, "chat": private(BEN)}, "[1]")
        telegram.presses(BEN, {**anns, "chat": private(BEN)}, "👎")
        (refused,) = (await answered_presses(telegram, 2))[1:]
    assert shown(told["text"]) == refused["text"] == say("telegram.answer_gone")
    assert database.read("select * from feedback") == []


async def test_an_old_button_never_finds_the_answer_of_whoever_asked_next(
    telegram: TelegramDouble, serving: Serving, people: Telephones, database: CouncilDatabase
) -> None:
    group = supergroup()
    async with serving():
        old = await people.says(ANN, "/ask 예산?", chat=group)
        with database.write() as db:
            db.execute("delete from answers")
        await people.says(BEN, "/ask 임기?", chat=group)
        telegram.presses(ANN, old, "👎")
        (told,) = await answered_presses(telegram, 1)
    assert told["text"] == say("telegram.answer_gone")
    assert database.read("select * from feedback") == []


class Interrupted(Parrot):
    """While it answers, something else happens in the store."""

    def __init__(self, database: CouncilDatabase, happens: str) -> None:
        super().__init__()
        self._database, self._happens = database, happens

    def ask(self, text: str, **given: Any) -> Answer:
        answer = super().ask(text, **given)
        with self._database.write() as db:
            db.execute(self._happens)
        return answer


@pytest.mark.parametrize(
    "happens", ["delete from bound_groups", "update people set role = 'citizen'"]
)
async def test_who_may_see_less_by_the_time_of_an_answer_is_asked_to_ask_again(
    telegram: TelegramDouble,
    serving: Serving,
    people: Telephones,
    database: CouncilDatabase,
    happens: str,
) -> None:
    group = supergroup()
    enrol(database, {ANN: "member"})
    with database.write() as db:
        by = By(person=CONSOLE, at=datetime(2031, 1, 1, tzinfo=UTC))
        bind(db, group["id"], Visibility.MEMBERS, Visibility.PUBLIC, by)
    async with serving(Interrupted(database, happens)):
        first = await people.says(ANN, "/ask 예산?", chat=group)
        assert shown(first["text"]) == say("telegram.ask_again")
        assert database.read("select * from answers") == []
        second = await people.says(ANN, "/ask 예산?", chat=group)
    assert shown(second["text"]).startswith("들은 말: 예산? <PUBLIC>")


async def test_a_choice_is_asked_in_continuation_of_the_answer_that_offered_it(
    telegram: TelegramDouble, serving: Serving
) -> None:
    async with serving():
        telegram.says(ANN, "여러 뜻")
        (message,) = await until(telegram, ANN, 1)
        telegram.presses(ANN, message, "해솔동")
        answer = (await until(telegram, ANN, 2))[1]
    asked = "해솔동 예산은?"
    assert shown(answer["text"]).startswith(f"{asked}\n\n들은 말: {asked} (앞: 여러 뜻)")


async def test_the_next_question_follows_the_last_and_a_reply_follows_what_it_replies_to(
    telegram: TelegramDouble, serving: Serving
) -> None:
    async with serving():
        telegram.says(ANN, "처음")
        first = (await until(telegram, ANN, 1))[0]
        telegram.says(ANN, "다음")
        assert "(앞: 처음)" in shown((await until(telegram, ANN, 2))[1]["text"])
        reply = {"message_id": first["message_id"], "date": 1, "chat": private(ANN), "from": BOT}
        telegram.says(ANN, "답장", reply_to_message={**reply, "text": "…"})
        assert "답장 (앞: 처음)" in shown((await until(telegram, ANN, 3))[2]["text"])
        telegram.says(BEN, "남의 말")
        assert "앞:" not in shown((await until(telegram, BEN, 1))[0]["text"])


async def test_an_edited_question_is_answered_anew_in_the_place_of_the_first_answer(
    telegram: TelegramDouble, serving: Serving
) -> None:
    async with serving():
        question = telegram.says(ANN, "예선?")
        await until(telegram, ANN, 1)
        telegram.edits(question, "예산?")
        await asyncio.to_thread(telegram.wait, lambda: telegram.sent(ANN)[0].get("edits") == 1)
        telegram.edits(question, "예산?")  # only a preview has loaded
        telegram.says(ANN, "끝")
        messages = await until(telegram, ANN, 2)
    assert shown(messages[0]["text"]).startswith("들은 말: 예산? <PUBLIC>")
    assert messages[0]["edits"] == 1
    # The new reading of the question is what follow-ups refer to, once.
    assert "(앞: 예산?)" in shown(messages[1]["text"])


async def test_an_edit_of_a_long_answer_is_a_new_reply(
    telegram: TelegramDouble, serving: Serving
) -> None:
    async with serving():
        question = telegram.says(ANN, "길게")
        parts = await until(telegram, ANN, 3)
        telegram.edits(question, "짧게")
        new = (await until(telegram, ANN, 4))[3]
    assert new["reply_parameters"]["message_id"] == question["message"]["message_id"]
    assert [bool(part.get("reply_markup")) for part in parts[:3]] == [False, False, True]


async def test_the_parts_of_a_long_answer_keep_every_word_in_order(
    telegram: TelegramDouble, serving: Serving
) -> None:
    async with serving():
        telegram.says(ANN, "길게")
        texts = [shown(part["text"]) for part in await until(telegram, ANN, 3)]
    assert sum(text.count("아주 긴 문단입니다.") for text in texts) == 700
    assert all(len(text) <= 4096 for text in texts)


async def test_small_talk_has_no_thumbs_and_markup_in_it_is_harmless(
    telegram: TelegramDouble, serving: Serving
) -> None:
    async with serving():
        telegram.says(ANN, "안녕하세요")
        (message,) = await until(telegram, ANN, 1)
    assert (shown(message["text"]), labels(message)) == ("반갑습니다 <&>", [])


async def test_typing_is_shown_while_an_answer_takes_long(
    telegram: TelegramDouble, serving: Serving
) -> None:
    async with serving():
        telegram.says(ANN, "느린 질문")
        await until(telegram, ANN, 1)
    assert telegram.called("sendChatAction")[0]["action"] == "typing"


async def test_one_persons_questions_stay_in_order_while_strangers_are_served(
    telegram: TelegramDouble, serving: Serving
) -> None:
    async with serving():
        telegram.says(ANN, "느린 하나")
        telegram.says(ANN, "둘")
        telegram.says(BEN, "빠른")
        await until(telegram, BEN, 1)
        assert telegram.sent(ANN) == []
        await until(telegram, ANN, 2)
    assert ["하나" in text.split("(")[0] for text in telegram.texts(ANN)] == [True, False]


async def test_a_failure_is_told_with_a_number_that_the_log_has_and_without_what_was_asked(
    telegram: TelegramDouble, serving: Serving, caplog: Any, database: CouncilDatabase
) -> None:
    async with serving():
        telegram.says(ANN, "고장 난 질문")
        (message,) = await until(telegram, ANN, 1)
        telegram.says(ANN, "다음 질문")
        await until(telegram, ANN, 2)
    log = "\n".join(record.getMessage() for record in caplog.records if "incident" in record.msg)
    number = log.split("number=")[1][:6]
    assert number in shown(message["text"])
    assert "Traceback" not in message["text"]
    assert "parrot.py" in log
    assert "고장 난" not in log
    states = database.read("select state, payload from inbox order by update_id")
    assert [tuple(row) for row in states] == [("failed", ""), ("done", "")]


async def test_roles_decide_what_is_seen_in_private_and_groups_are_public(
    telegram: TelegramDouble, serving: Serving, database: CouncilDatabase
) -> None:
    enrol(database, {ANN: "chair"})
    group = supergroup()
    async with serving():
        telegram.says(ANN, "예산?")
        telegram.says(ANN, "/ask 예산?", group)
        telegram.says(BEN, "예산?")
        texts = [shown((await until(telegram, c, 1))[0]["text"]) for c in (ANN, group["id"], BEN)]
    assert [text.split("<")[1].split(">")[0] for text in texts] == ["STAFF", "PUBLIC", "PUBLIC"]
