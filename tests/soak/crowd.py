"""Fifty people who ask, wait for the answer, and ask again; and what became of all they asked."""

from __future__ import annotations

import random
import time
from collections import Counter
from dataclasses import dataclass, field

from tests.soak.busy_telegram import Arrival, BusyTelegram
from tests.support.telegram import supergroup

# Each is answered alike whatever was asked before it, by one message: what the sample papers print,
# what is computed from it, what they do not say, views, and talk.
ASKED = (
    "장애인 이동 동행차 이용요금은 얼마예요?",
    "화성 탐사 사업은 언제 시작하나요?",
    "산모 집밥 배달 본인부담은 얼마인가요?",
    "2026년 특화사업 예산이 가장 많은 동은 어디인가요?",
    "안녕하세요",
    "/budget",
    "/help",
)
# From an answer to the next question, in seconds. A person reads and types; a group of five may
# hear twenty messages a minute between them.
_PAUSE, _GROUP_PAUSE = (1.0, 5.0), (12.0, 24.0)


@dataclass
class Person:
    """Somebody in a private chat or in a group.

    Attributes:
        number: Telegram's number of the person.
        group: The number of their group; 0 for a private chat.
        due: When they ask next.
        waits_for: Number of the message that they wait to be answered; None while they do not.
        since: When they asked.
        expected: What they have to be answered, in order.
    """

    number: int
    group: int = 0
    due: float = 0.0
    waits_for: int | None = None
    since: float = 0.0
    expected: list[str] = field(default_factory=list)

    @property
    def chat(self) -> int:
        """Where they talk."""
        return supergroup(self.group)["id"] if self.group else self.number


class Crowd:
    """The people of a run.

    Args:
        telegram: Where they talk.
        private: How many in private.
        groups: How many groups of five.
        chance: Decides who asks what and when.
    """

    def __init__(
        self, telegram: BusyTelegram, private: int, groups: int, chance: random.Random
    ) -> None:
        self._telegram = telegram
        self._chance = chance
        self._right: dict[tuple[bool, str], str] = {}
        self._replies: dict[int, dict[int, str]] = {}
        self.people = [Person(1000 + number) for number in range(private)]
        self.people += [
            Person(5000 + 10 * group + number, group)
            for group in range(1, groups + 1)
            for number in range(5)
        ]
        self.waits: list[tuple[float, float]] = []

    def learn(self) -> None:
        """Hear each answer once, in peace: all others have to read the same."""
        for person in (Person(1), Person(2, 99)):
            for text in ASKED:
                self._ask(person, text)
                before = len(self._telegram.arrived.get(person.chat, []))
                self._telegram.wait(
                    lambda where=person.chat, count=before: (
                        len(self._telegram.arrived.get(where, [])) > count
                    ),
                    120,
                )
                self._right[bool(person.group), text] = self._telegram.arrived[person.chat][-1].text
            self._telegram.arrived.clear()
        now = time.monotonic()
        for person in self.people:
            person.due = now + self._pause(person)

    def step(self, asking: bool) -> int:
        """Let everybody hear what has come, and ask who is due to; how many still wait.

        Args:
            asking: Whether anybody asks any more.
        """
        now = time.monotonic()
        for person in self.people:
            if person.waits_for is not None and (heard := self._answer(person)) is not None:
                self.waits.append((person.since, heard.at - person.since))
                person.waits_for, person.due = None, now + self._pause(person)
            if person.waits_for is None and asking and person.due <= now:
                text = self._chance.choice(ASKED)
                self._ask(person, text)
                person.expected.append(self._right[bool(person.group), text])
                if person.group and person.waits_for is not None:
                    self._replies.setdefault(person.chat, {})[person.waits_for] = person.expected[
                        -1
                    ]
        return sum(person.waits_for is not None for person in self.people)

    def _ask(self, person: Person, text: str) -> None:
        if person.group:
            words = text if text.startswith("/") else f"/ask {text}"
            update = self._telegram.says(person.number, words, supergroup(person.group))
        else:
            update = self._telegram.says(person.number, text)
        person.waits_for = update["message"]["message_id"]
        person.since = time.monotonic()

    def _answer(self, person: Person) -> Arrival | None:
        arrived = self._telegram.arrived.get(person.chat, [])
        if person.group:
            return next((one for one in arrived[::-1] if one.replied == person.waits_for), None)
        return arrived[-1] if len(arrived) >= len(person.expected) else None

    def _pause(self, person: Person) -> float:
        return self._chance.uniform(*(_GROUP_PAUSE if person.group else _PAUSE))

    @property
    def asked(self) -> int:
        """Questions so far."""
        return sum(len(person.expected) for person in self.people)

    def verdict(self) -> Counter[str]:
        """How many answers were lost, doubled, out of order or not what they should be."""
        found: Counter[str] = Counter(lost=0, doubled=0, wrong=0, disordered=0)
        for person in self.people:
            if not person.group:
                got = [one.text for one in self._telegram.arrived.get(person.chat, [])]
                _compare(person.expected, got, found)
        for chat, expected in self._replies.items():
            got_ids = Counter(one.replied for one in self._telegram.arrived.get(chat, []))
            for number, text in expected.items():
                found["lost"] += not got_ids[number]
                found["doubled"] += max(0, got_ids[number] - 1)
                texts = {
                    o.text for o in self._telegram.arrived.get(chat, []) if o.replied == number
                }
                found["wrong"] += bool(texts - {text})
        return found


def _compare(expected: list[str], got: list[str], found: Counter[str]) -> None:
    missing, extra = Counter(expected) - Counter(got), Counter(got) - Counter(expected)
    known = set(expected)
    found["lost"] += max(0, len(expected) - len(got))
    found["doubled"] += max(0, len(got) - len(expected))
    found["wrong"] += sum(count for text, count in extra.items() if text not in known)
    found["disordered"] += expected != got and not missing and not extra
