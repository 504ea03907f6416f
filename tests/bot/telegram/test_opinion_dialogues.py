"""Opinions in Telegram as people meet them: dialogues as data, over HTTP against the double."""

from __future__ import annotations

import asyncio
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from corpus.database import CouncilDatabase
from retrieval.terms import KiwiTerms
from tests.bot.telegram.conftest import Serving
from tests.support.secretary import Secretary, day
from tests.support.telegram import TelegramDouble, shown, supergroup

PEOPLE = {"ann": 501, "carl": 502, "sora": 503, "miru": 504}
STAFF = ("sora", "miru")
GROUP = supergroup()
_FILE = Path(__file__).parents[2] / "dialogues" / "telegram" / "opinions.toml"
_STEP = {
    *("who", "says", "edits", "presses", "in", "at", "replies", "name"),
    *("sees", "lacks", "without"),
}
# A step may bring a notice, a card and an answer to the same chat.
_NEWEST = 4


def dialogues() -> list[dict[str, Any]]:
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))["dialogue"]


@pytest.fixture(scope="module")
def terms() -> KiwiTerms:
    return KiwiTerms()


@pytest.fixture
def secretary(tmp_path: Path, terms: KiwiTerms) -> Iterator[Secretary]:
    secretary = Secretary(tmp_path, terms, day("2032-03-04"))
    with secretary.database.write() as db:
        for name in STAFF:
            db.execute(
                "insert into people (telegram_id, role, created_at) values (?, 'staff', '2032')",
                [PEOPLE[name]],
            )
    yield secretary
    secretary.close()


@pytest.fixture
def database(secretary: Secretary) -> CouncilDatabase:
    return secretary.database


class Stage:
    """The people of a dialogue before their telephones."""

    def __init__(self, telegram: TelegramDouble) -> None:
        self.telegram = telegram
        self.named: dict[str, dict[str, Any]] = {}

    def chat(self, name: str) -> int:
        return GROUP["id"] if name == "group" else PEOPLE[name]

    async def go(self, step: dict[str, Any]) -> None:
        where = self.chat(step.get("at") or step["who"])
        before = self.newest(where)
        if "edits" in step:
            self.telegram.edits({"message": self.named[step["edits"]]}, step["says"])
        elif "says" in step:
            self._says(step)
        elif "presses" in step:
            chat = self.chat(step.get("in") or step["who"])
            message = await asyncio.to_thread(self._below, chat, step["presses"])
            self.telegram.presses(PEOPLE[step["who"]], message, step["presses"])
        await asyncio.to_thread(self._waits, where, step, before)

    def _says(self, step: dict[str, Any]) -> None:
        more: dict[str, Any] = {}
        if "replies" in step:
            more["reply_to_message"] = self.named[step["replies"]]
        chat = GROUP if step.get("in") == "group" else None
        update = self.telegram.says(PEOPLE[step["who"]], step["says"], chat, **more)
        if "name" in step:
            self.named[step["name"]] = update["message"]

    def _below(self, chat: int, label: str) -> dict[str, Any]:
        """The newest message with a button that says so."""

        def there() -> list[dict[str, Any]]:
            return [
                message
                for message in self.telegram.sent(chat)
                for row in (message.get("reply_markup") or {}).get("inline_keyboard", [])
                if any(label in button["text"] for button in row)
            ]

        found: list[dict[str, Any]] = self.telegram.wait(there, 8)
        return found[-1]

    def newest(self, chat: int) -> str:
        return "\n".join(shown(m["text"]) for m in self.telegram.sent(chat)[-_NEWEST:])

    def _waits(self, chat: int, step: dict[str, Any], before: str) -> None:
        wanted = step.get("sees", [])
        acted = "says" in step or "presses" in step

        def there() -> bool:
            now = self.newest(chat)
            changed = not acted or now != before or not wanted
            return changed and all(one in now for one in wanted)

        try:
            self.telegram.wait(there, 8)
        except AssertionError:
            raise AssertionError(f"{step}\n--- but there is:\n{self.newest(chat)}") from None
        last = shown(self.telegram.sent(chat)[-1]["text"]) if self.telegram.sent(chat) else ""
        assert [one for one in step.get("lacks", []) if one in last] == [], step
        labels = str((self.telegram.sent(chat) or [{}])[-1].get("reply_markup"))
        assert [one for one in step.get("without", []) if one in labels] == [], step


@pytest.mark.parametrize("dialogue", dialogues(), ids=lambda one: one["name"])
async def test_a_dialogue_goes_as_written(
    telegram: TelegramDouble, serving: Serving, secretary: Secretary, dialogue: dict[str, Any]
) -> None:
    stage = Stage(telegram)
    async with serving(secretary.assistant, now=lambda: day("2032-03-05")):
        for step in dialogue["steps"]:
            await stage.go(step)


def test_steps_are_written_as_they_are_read() -> None:
    assert all(set(step) <= _STEP for one in dialogues() for step in one["steps"])
