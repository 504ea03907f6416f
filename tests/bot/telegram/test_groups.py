"""What of a group's talk the bot takes in, and what it never writes down."""

from __future__ import annotations

import json
from typing import Any

import pytest
from telegram import Update

from bot.telegram.addressing import Addressing
from corpus.database import CouncilDatabase
from corpus.messages import say
from tests.bot.telegram.conftest import Serving, until
from tests.support.telegram import BOT, TelegramDouble, person, private, shown, supergroup

ANN, BEN = 501, 502
HERE = Addressing(bot_id=BOT["id"], username=BOT["username"])


def update(text: str | None, chat: dict[str, Any], **more: Any) -> Update:
    body = {"message_id": 9, "date": 1, "chat": chat, "from": person(ANN), **more}
    if text is not None:
        body["text"] = text
    read = Update.de_json({"update_id": 1, "message": body}, None)
    assert read is not None
    return read


def said(number: int, who: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"message_id": number, "date": 1, "chat": supergroup(), "from": who, **more}


@pytest.mark.parametrize(
    ("text", "more"),
    [
        ("/ask 예산?", {}),
        ("/ask@dongne_test_bot 예산?", {}),
        ("/ASK@Dongne_Test_Bot 예산?", {}),
        ("/질문 예산?", {}),
        ("/자료", {}),
        ("/nonsense@dongne_test_bot", {}),
        ("그건요?", {"reply_to_message": said(3, BOT, text="답")}),
        (
            "👍 @dongne_test_bot 예산?",
            {"entities": [{"type": "mention", "offset": 3, "length": 16}]},
        ),
        (None, {"migrate_to_chat_id": -1_000_000_000_099}),
    ],
)
def test_what_a_group_says_to_the_bot_is_kept(text: str | None, more: dict[str, Any]) -> None:
    assert HERE.keeps(update(text, supergroup(), **more))


@pytest.mark.parametrize(
    ("text", "more"),
    [
        ("우리끼리 하는 말", {}),
        ("/ask@other_bot 예산?", {}),
        ("/weather", {}),
        ("/ 아무 말", {}),
        ("그렇군요", {"reply_to_message": said(3, person(BEN), text="말")}),
        # In a topic that the bot opened, everything hangs on the note of its creation.
        (
            "딴말",
            {
                "reply_to_message": said(
                    3, BOT, forum_topic_created={"name": "주제", "icon_color": 1}
                )
            },
        ),
        ("@dongne_test_bot", {"entities": [{"type": "mention", "offset": 0, "length": 16}]}),
        (None, {"reply_to_message": said(3, BOT, text="답"), "photo": []}),
        (None, {"new_chat_title": "새 이름"}),
    ],
)
def test_what_a_group_says_among_itself_is_not_kept(text: str | None, more: dict[str, Any]) -> None:
    assert not HERE.keeps(update(text, supergroup(), **more))


def test_a_mention_is_taken_out_of_the_question_whatever_stands_before_it() -> None:
    entity = {"type": "mention", "offset": 3, "length": 16}
    message = update("👍 @dongne_test_bot 예산?", supergroup(), entities=[entity]).message
    assert message is not None
    assert HERE.question(message) == "👍  예산?"


async def test_a_group_is_answered_where_it_asked_and_its_other_talk_is_nowhere_in_the_store(
    telegram: TelegramDouble, serving: Serving, database: CouncilDatabase
) -> None:
    group = supergroup(forum=True)
    topic = {"message_thread_id": 31, "is_topic_message": True}
    async with serving():
        telegram.says(BEN, "비밀스러운 이야기", group)
        question = telegram.says(ANN, "/ask 예산?", group, **topic)
        (message,) = await until(telegram, group["id"], 1)
        reply = said(message["message_id"], BOT, text="…")
        telegram.says(BEN, "그럼 내년은?", group, reply_to_message=reply, **topic)
        follow = (await until(telegram, group["id"], 2))[1]
        telegram.says(ANN, "/ask", group)
        usage = (await until(telegram, group["id"], 3))[2]
    assert message["message_thread_id"] == follow["message_thread_id"] == 31
    assert message["reply_parameters"]["message_id"] == question["message"]["message_id"]
    assert "(앞: 예산?)" in shown(follow["text"])
    assert shown(usage["text"]) == say("telegram.usage")
    stored = (database.path.read_bytes(), (database.folder / "council.sqlite3-wal").read_bytes())
    for form in ("비밀스러운", json.dumps("비밀스러운")[1:-1]):
        assert not any(form.encode() in part for part in stored)
    kept = [row["update_id"] for row in database.read("select update_id from inbox")]
    assert telegram.updates[0]["update_id"] not in kept


async def test_ask_as_a_reply_asks_what_it_replies_to(
    telegram: TelegramDouble, serving: Serving
) -> None:
    group = supergroup()
    async with serving():
        telegram.says(
            ANN, "/ask", group, reply_to_message=said(3, person(BEN), text="임기는 몇 년?")
        )
        (message,) = await until(telegram, group["id"], 1)
    assert shown(message["text"]).startswith("들은 말: 임기는 몇 년? <PUBLIC>")


def test_whatever_is_said_in_private_is_kept() -> None:
    assert HERE.keeps(update("아무 말", private(ANN)))
    assert HERE.keeps(update(None, private(ANN)))
