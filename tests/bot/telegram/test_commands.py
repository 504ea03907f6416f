"""The first screen, the list of papers, and what is no question."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from corpus.database import CouncilDatabase
from corpus.messages import say
from corpus.types import Visibility
from tests.bot.telegram.conftest import Serving, until
from tests.support.parrot import Parrot
from tests.support.people import enrol
from tests.support.telegram import TelegramDouble, shown
from tests.support.telephones import labels

ANN = 501


@pytest.mark.parametrize("command", ["/start", "/시작", "/start deep_link"])
async def test_the_first_screen_says_what_can_be_asked_and_its_buttons_ask_it(
    telegram: TelegramDouble, serving: Serving, command: str
) -> None:
    async with serving():
        telegram.says(ANN, command)
        (message,) = await until(telegram, ANN, 1)
        telegram.presses(ANN, message, "신청은")
        answer = (await until(telegram, ANN, 2))[1]
    assert shown(message["text"]).startswith(say("telegram.greeting"))
    assert say("people.number", number=1, role=say("role.citizen")) in shown(message["text"])
    assert len(labels(message)) == 2
    assert "들은 말: 신청은 어디서 하나요?" in shown(answer["text"])


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("/help", "help"),
        ("/도움말", "help"),
        ("/ask", "usage"),
        ("/질문", "usage"),
        ("/nonsense 1", "unknown_command"),
        ("/", "unknown_command"),
        ("/sources", "no_papers"),
    ],
)
async def test_each_command_has_its_word(
    telegram: TelegramDouble, serving: Serving, text: str, key: str
) -> None:
    async with serving():
        telegram.says(ANN, text)
        (message,) = await until(telegram, ANN, 1)
    assert shown(message["text"]) == say(f"telegram.{key}")


async def test_what_is_not_text_gets_one_sentence(
    telegram: TelegramDouble, serving: Serving, database: CouncilDatabase
) -> None:
    voice = {"file_id": "a", "file_unique_id": "b", "duration": 3}
    async with serving():
        telegram.says(ANN, None, voice=voice)
        telegram.says(ANN, None, pinned_message=None, group_chat_created=True)
        telegram.brings(
            {
                "my_chat_member": {
                    "chat": {"id": ANN, "type": "private"},
                    "from": {"id": ANN, "is_bot": False, "first_name": "아무개"},
                    "date": 1,
                    "old_chat_member": {"status": "member", "user": _bot()},
                    "new_chat_member": {"status": "kicked", "until_date": 0, "user": _bot()},
                }
            }
        )
        telegram.says(ANN, "끝")
        messages = await until(telegram, ANN, 2)
    assert shown(messages[0]["text"]) == say("telegram.only_text")
    assert {row["state"] for row in database.read("select state from inbox")} == {"done"}


async def test_a_citizen_who_sends_a_file_is_told_who_may(
    telegram: TelegramDouble, serving: Serving
) -> None:
    async with serving():
        telegram.says(ANN, None, document={"file_id": "a", "file_unique_id": "b"}, caption="이것")
        (message,) = await until(telegram, ANN, 1)
    assert shown(message["text"]) == say("upload.staff_only")


async def test_papers_are_listed_a_page_at_a_time_in_one_message(
    telegram: TelegramDouble, serving: Serving
) -> None:
    async with serving(Parrot(papers=23)):
        telegram.says(ANN, "/자료")
        (message,) = await until(telegram, ANN, 1)
        first = message["text"]
        telegram.presses(ANN, message, say("telegram.next"))
        await asyncio.to_thread(telegram.wait, lambda: telegram.sent(ANN)[0].get("edits"))
    (message,) = telegram.sent(ANN)
    assert shown(first).startswith(say("telegram.papers", count=23, page=1, pages=3))
    assert "1. <자료> 0 (계획, 2031)" in shown(first)
    assert "11. <자료> 10" in shown(message["text"])
    assert labels(message) == [say("telegram.previous"), say("telegram.next")]


async def test_only_staff_are_told_how_to_add_papers(
    telegram: TelegramDouble, serving: Serving, database: CouncilDatabase
) -> None:
    enrol(database, {ANN: "staff"})
    async with serving(Parrot(visibility=Visibility.PUBLIC)):
        telegram.says(ANN, "/sources")
        (message,) = await until(telegram, ANN, 1)
    assert shown(message["text"]) == say("telegram.no_papers_staff")


async def test_the_commands_are_announced_in_korean_and_failing_to_is_no_matter(
    telegram: TelegramDouble, serving: Serving
) -> None:
    async with serving():
        await asyncio.to_thread(telegram.wait, lambda: len(telegram.called("setMyCommands")) == 2)
    menus = {menu_of(call): names(call) for call in telegram.called("setMyCommands")}
    assert "opinion" in menus["default"]
    assert not {"review", "minutes", "note"} & set(menus["default"])
    assert "forget_me" not in menus["all_group_chats"]


def menu_of(call: dict[str, Any]) -> Any:
    scope = call.get("scope") or {"type": "default"}
    return scope.get("chat_id", scope["type"])


def names(call: dict[str, Any]) -> list[str]:
    return [command["command"] for command in call["commands"]]


async def test_who_has_a_role_has_its_menu_as_long_as_the_role(
    telegram: TelegramDouble, serving: Serving, database: CouncilDatabase
) -> None:
    def given() -> dict[Any, list[str]]:
        return {menu_of(call): names(call) for call in telegram.called("setMyCommands")}

    def role(name: str) -> None:
        with database.write() as db:
            sql = "insert or replace into people (telegram_id, role, created_at) values (?, ?, '')"
            db.execute(sql, [ANN, name])

    role("staff")
    async with serving() as channel:
        await asyncio.to_thread(telegram.wait, lambda: ANN in given())
        assert {"review", "minutes", "meeting"} <= set(given()[ANN])
        role("member")
        await channel.chores.do()
        assert "review" not in given()[ANN]
        assert "brief" in given()[ANN]
        sent = len(telegram.called("setMyCommands"))
        await channel.chores.do()
        assert len(telegram.called("setMyCommands")) == sent
    role("citizen")
    async with serving():
        await asyncio.to_thread(telegram.wait, lambda: telegram.called("deleteMyCommands"))
    (taken,) = telegram.called("deleteMyCommands")
    assert menu_of(taken) == ANN


def _bot() -> dict[str, Any]:
    return {"id": 4242, "is_bot": True, "first_name": "동네비서"}
