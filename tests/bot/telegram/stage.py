"""Dialogues as data: people before their telephones, who do what is written and look at the answer."""

from __future__ import annotations

import asyncio
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.support.telegram import TelegramDouble, shown
from tests.support.telephones import labels

STEP = {
    *("who", "says", "presses", "edits", "again", "uploads", "size", "attaches", "file"),
    *("in", "at", "replies", "name", "sees", "lacks"),
}
"""What a step may say."""

_FOLDER = Path(__file__).parents[2] / "dialogues" / "telegram"
# A step may bring a notice, a card and an answer to the same chat.
_NEWEST = 4
_PATIENCE = 8


def dialogues(name: str) -> list[dict[str, Any]]:
    """The dialogues of a file."""
    found: list[dict[str, Any]] = tomllib.loads((_FOLDER / name).read_text(encoding="utf-8"))[
        "dialogue"
    ]
    return found


class Stage:
    """The people of a dialogue before their telephones."""

    def __init__(
        self,
        telegram: TelegramDouble,
        people: Mapping[str, int],
        group: dict[str, Any],
        topic: Mapping[str, Any] | None = None,
    ) -> None:
        self.telegram = telegram
        self.people, self.group, self.topic = people, group, dict(topic or {})
        self.named: dict[str, dict[str, Any]] = {}

    def chat(self, name: str) -> int:
        return self.group["id"] if name == "group" else self.people[name]

    async def go(self, step: dict[str, Any]) -> None:
        where = self.chat(step.get("at") or step["who"])
        before = self.newest(where)
        if "says" in step:
            self._says(step)
        elif "presses" in step:
            chat = self.chat(step.get("in") or step["who"])
            message = await asyncio.to_thread(self._below, chat, step["presses"])
            self.telegram.presses(self.people[step["who"]], message, step["presses"])
        await asyncio.to_thread(self._waits, where, step, before)

    def _says(self, step: dict[str, Any]) -> None:
        more: dict[str, Any] = {}
        if "replies" in step:
            more["reply_to_message"] = self.named[step["replies"]]
        chat = self.group if step.get("in") == "group" else None
        update = self.telegram.says(self.people[step["who"]], step["says"], chat, **more)
        if "name" in step:
            self.named[step["name"]] = update["message"]

    def _below(self, chat: int, label: str) -> dict[str, Any]:
        """The newest message with a button that says so."""

        def there() -> list[dict[str, Any]]:
            return [
                message
                for message in self.telegram.sent(chat)
                if any(label in one for one in labels(message))
            ]

        found: list[dict[str, Any]] = self.telegram.wait(there, _PATIENCE)
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
            self.telegram.wait(there, _PATIENCE)
        except AssertionError:
            raise AssertionError(f"{step}\n--- but there is:\n{self.newest(chat)}") from None
        last = shown(self.telegram.sent(chat)[-1]["text"]) if self.telegram.sent(chat) else ""
        assert [one for one in step.get("lacks", []) if one in last] == [], step
