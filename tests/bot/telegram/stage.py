"""Dialogues as data: people before their telephones do what is written and see what is written."""

from __future__ import annotations

import asyncio
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.support.telegram import TelegramDouble, as_sent, shown
from tests.support.telephones import labels

STEP = {
    *("who", "says", "presses", "edits", "again", "uploads", "attaches", "lost", "megabytes"),
    *("in", "at", "replies", "answers", "name", "sees", "lacks", "without"),
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
        if "edits" in step:
            self.telegram.edits(self.named[step["edits"]], step["says"])
        elif "again" in step:
            self.telegram.redelivers(self.named[step["again"]])
        elif "says" in step or "attaches" in step or "uploads" in step:
            await asyncio.to_thread(self._says, step)
        elif "presses" in step:
            chat = self.chat(step.get("in") or step["who"])
            message = await asyncio.to_thread(self.below, chat, step["presses"])
            self.telegram.presses(self.people[step["who"]], message, step["presses"])
        await asyncio.to_thread(self._waits, where, step, before)

    def _says(self, step: dict[str, Any]) -> None:
        grouped = step.get("in") == "group"
        more: dict[str, Any] = dict(self.topic) if grouped else {}
        if "replies" in step:
            more["reply_to_message"] = self.named[step["replies"]]["message"]
        if "answers" in step:
            chat = self.chat(step.get("in") or step["who"])
            more["reply_to_message"] = self._saying(chat, step["answers"])
        if kind := step.get("attaches"):
            more |= self._attached(kind, step)
        if "uploads" in step:
            more["document"] = self._file(step) | {"file_name": step["uploads"]}
        given = {"caption": step["says"]} if "says" in step and "attaches" in step else {}
        text = None if "attaches" in step else step.get("says")
        chat_of = self.group if grouped else None
        update = self.telegram.says(self.people[step["who"]], text, chat_of, **more, **given)
        if "name" in step:
            self.named[step["name"]] = update

    def _attached(self, kind: str, step: dict[str, Any]) -> dict[str, Any]:
        file = self._file(step)
        if kind == "photo":
            return {"photo": [file | {"width": 9, "height": 9}]}
        sized = {"width": 9, "height": 9} if kind == "video" else {}
        return {kind: file | sized | {"duration": 3}}

    def _file(self, step: dict[str, Any]) -> dict[str, Any]:
        """A file at Telegram's; one that is `lost` cannot be fetched."""
        key = f"file-{len(self.telegram.files)}-{step.get('lost', '')}"
        content = f"{key} of {step['who']}".encode()
        if not step.get("lost"):
            self.telegram.files[key] = content
        size = step["megabytes"] * 10**6 if "megabytes" in step else len(content)
        return {"file_id": key, "file_unique_id": key, "file_size": size}

    def _saying(self, chat: int, words: str) -> dict[str, Any]:
        """The bot's newest message with some words, as somebody replies to it."""

        def there() -> list[dict[str, Any]]:
            sent = self.telegram.sent(chat)
            return [message for message in sent if words in shown(message["text"])]

        found: list[dict[str, Any]] = self.telegram.wait(there, _PATIENCE)
        return as_sent(found[-1])

    def below(self, chat: int, label: str) -> dict[str, Any]:
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
        acted = {"says", "presses", "attaches", "uploads"} & set(step)

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
        below = str(labels(self.telegram.sent(chat)[-1])) if "without" in step else ""
        assert [one for one in step.get("without", []) if one in below] == [], step
