"""The pictures of docs/guide.ko.md, drawn from what the running bot says.

`python -m docs.guide_pictures` serves the sample papers against the tests' double of Telegram, has
people hold the conversations of `guide_scenes.toml`, and writes each as text and as a picture that
carries the text's checksum. Names given as arguments choose among them.
"""

from __future__ import annotations

import asyncio
import hashlib
import re
import shutil
import sys
import tempfile
import tomllib
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from PIL import Image
from PIL.PngImagePlugin import PngInfo

from bot.telegram.channel import Channel
from bot.telegram.settings import TelegramSettings
from docs.chat_picture import draw, drawn, said
from retrieval.terms import KiwiTerms
from tests.bot.telegram.stage import Stage
from tests.support.people import enrol
from tests.support.secretary import Secretary
from tests.support.telegram import TOKEN, TelegramDouble, shown, supergroup
from tests.support.telephones import labels

FOLDER = Path(__file__).parent / "images" / "guide"
_SAMPLE = Path(__file__).parents[1] / "corpus" / "sample"
# A Monday in the year of the sample papers, ten in the morning in Korea.
_TODAY = datetime.fromisoformat("2026-11-02T01:00:00+00:00")
_PEOPLE = {"주민": 501, "위원": 502, "간사": 503, "위원장": 505, "관리자": 506, "새사람": 507}
_ROLES = {502: "member", 503: "staff", 505: "chair", 506: "administrator"}
_BOT, _PERSON = "동네비서", "사람"
_CHECKSUM = "said"
# Codes of invitations, and the names that staff know authors by, are drawn by lot.
_LOTS = {
    re.compile(r"(?<=start[= ])[\w-]{10,}"): "(코드)",
    re.compile(r"(?<=적은 사람: )[가-힣]+ \d+"): "(별명)",
}


def scenes() -> dict[str, dict[str, Any]]:
    """The scenes by name, each with all its steps and the number of messages that go before it."""
    listed = tomllib.loads(Path(__file__).with_name("guide_scenes.toml").read_text("utf-8"))
    found: dict[str, dict[str, Any]] = {}
    for scene in listed["scene"]:
        before = found[scene["same_as"]]["steps"] if "same_as" in scene else []
        steps = scene.get("steps", [])
        found[scene["name"]] = scene | {"steps": [*before, *steps], "own": len(steps)}
    return found


class Seen:
    """What one person sees of a conversation, also what they press and what changes then.

    Args:
        stage: Where everybody acts.
        chat: The person's chat.
    """

    def __init__(self, stage: Stage, chat: int) -> None:
        self._stage = stage
        self._chat = chat
        self._before: dict[float, dict[str, Any]] = {}
        self._added: dict[float, dict[str, Any]] = {}

    def _now(self) -> dict[float, dict[str, Any]]:
        every = self._stage.telegram.messages
        return {n: dict(one) for (chat, n), one in every.items() if chat == self._chat}

    def newest(self) -> float:
        """Number of the newest message."""
        return max(self._now(), default=0)

    async def go(self, step: dict[str, Any]) -> None:
        """Take a step; a press by the person is seen, and the card that it changes twice."""
        if "presses" not in step or self._stage.people[step["who"]] != self._chat:
            await self._stage.go(step)
            return
        card = await asyncio.to_thread(self._stage.below, self._chat, step["presses"])
        label = next(one for one in labels(card) if step["presses"] in one)
        before = self._now()
        self._add({"bot": False, "pressed": True, "text": f"단추 누름: {drawn(label)}"})
        await self._stage.go(step)
        for number, one in self._now().items():
            if number in before and _changed(before[number], one):
                self._before.setdefault(number, before[number])
                self._add(one)

    def _add(self, one: dict[str, Any]) -> None:
        """Let something be seen after the newest message and what was added there."""
        place = self.newest()
        there = sum(place < number < place + 1 for number in self._added)
        self._added[place + (there + 1) / 100] = one

    def messages(self) -> dict[float, dict[str, Any]]:
        """Everything in the order in which it was seen."""
        return self._now() | self._before | self._added


def _changed(before: dict[str, Any], now: dict[str, Any]) -> bool:
    return any(before.get(part) != now.get(part) for part in ("text", "reply_markup"))


async def held(scene: dict[str, Any], folder: Path, terms: KiwiTerms) -> list[dict[str, Any]]:
    """What is in the chat after a scene: the messages in order, the person's own among them.

    Args:
        scene: The scene.
        folder: A store of its own, with the sample papers.
        terms: Makes index terms.
    """
    secretary = Secretary(folder, terms, _TODAY)
    try:
        with TelegramDouble() as telegram:
            options = TelegramSettings(
                token=TOKEN, base_url=telegram.base_url, base_file_url=telegram.base_file_url
            )
            channel = Channel(secretary.assistant, secretary.database, options, lambda: _TODAY)
            stop = asyncio.Event()
            running = asyncio.create_task(channel.run(stop))
            stage = Stage(telegram, _PEOPLE, supergroup())
            chat = stage.chat(scene["seen"])
            first = 0
            seen = Seen(stage, chat)
            try:
                for number, step in enumerate(scene["steps"]):
                    if number == len(scene["steps"]) - scene["own"] and "same_as" in scene:
                        first = seen.newest() + 1
                    await seen.go(step)
            finally:
                stop.set()
                await running
            whole = sorted(seen.messages().items())
            return [one for number, one in whole if number >= first or not scene["own"]]
    finally:
        secretary.close()


def text_of(messages: Iterable[dict[str, Any]]) -> str:
    """A conversation as text: who says what, with the buttons in brackets."""
    text = "\n\n".join(_lines(messages)) + "\n"
    for lot, word in _LOTS.items():
        text = lot.sub(word, text)
    return text


def _lines(messages: Iterable[dict[str, Any]]) -> Iterator[str]:
    for message in messages:
        if message["bot"]:
            below = " ".join(f"[{label}]" for label in labels(message))
            yield f"{_BOT}: {shown(message['text'])}\n{below}".rstrip()
        else:
            yield f"{_PERSON}: {message['text']}"


def conversations(names: Iterable[str]) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Scenes by name with their messages."""
    terms, known = KiwiTerms(), scenes()
    with tempfile.TemporaryDirectory() as folder:
        papers = Path(folder) / "papers"
        secretary = Secretary(papers, terms, _TODAY)
        secretary.take([_SAMPLE])
        enrol(secretary.database, _ROLES)
        with secretary.database.write() as db:
            # They know what is kept of them; only who is new is told below the first answer.
            db.execute("update people set informed_at = created_at")
        secretary.close()
        for name in names:
            own = shutil.copytree(papers, Path(folder) / name)
            yield name, asyncio.run(held(known[name], own, terms))


def checksum(text: str) -> str:
    """What a picture carries of its text."""
    return hashlib.sha256(text.encode()).hexdigest()


def drawn_from(picture: Path) -> str:
    """The checksum that a picture carries."""
    with Image.open(picture) as image:
        return str(image.text[_CHECKSUM])  # type: ignore[attr-defined]


def main() -> int:
    """Hold the conversations and draw them."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, messages in conversations(sys.argv[1:] or scenes()):
        text = text_of(messages)
        (FOLDER / f"{name}.txt").write_text(text, encoding="utf-8")
        picture = FOLDER / f"{name}.png"
        draw(said(messages), picture)
        told = PngInfo()
        told.add_text(_CHECKSUM, checksum(text))
        with Image.open(picture) as image:
            image.convert("P", palette=Image.Palette.ADAPTIVE, colors=64).save(
                picture, pnginfo=told, optimize=True
            )
        sys.stdout.write(f"{picture}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
