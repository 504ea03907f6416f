"""What a message asks of the ledger of opinions: which ones, how many, one's own."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from corpus.ledger.opinion import PromiseKind, State
from corpus.ledger.wanted import Standing

# Names of departments end so; what people shorten keeps its beginning and its end: 복지과.
_OFFICE = re.compile(
    r"[가-힣]{1,10}?(?:과|팀|국|실|단|관|센터|위원장|동장|위원회)(?=[이가은는의에도을를,\s]|$)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """A pattern of `ledger_words.toml` with what it stands for and wordings on which it fires."""

    kind: str
    pattern: re.Pattern[str]
    says: tuple[str, ...]


@cache
def signs(group: str) -> tuple[Sign, ...]:
    """The signs of `standing`, `state` or `promise`, in the order in which they are tried."""
    return tuple(
        Sign(kind=sign["kind"], pattern=re.compile(sign["pattern"]), says=tuple(sign["says"]))
        for sign in _tree()[group]
    )


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(_tree()[name])


@cache
def _tree() -> dict[str, Any]:
    return tomllib.loads((files(__package__) / "ledger_words.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerWords:
    """What a message says of opinions in general.

    Attributes:
        named: Whether it speaks of opinions or promises at all.
        counting: Whether it asks how many.
        mine: Whether it asks for the person's own.
        results: Whether it asks what came of the promises since the last meeting.
        since_meeting: Whether only what came since the last meeting is meant.
        came: Whether it asks what came in.
        overdue: Whether it asks for promises that were not kept in time.
        standing: How far they have come; None where it does not say.
        state: Where they stand; None where it does not say.
        promise: What was promised; None where it does not say.
        rest: The message without all that.
    """

    named: bool
    counting: bool
    mine: bool
    results: bool
    since_meeting: bool
    came: bool
    overdue: bool
    standing: Standing | None
    state: State | None
    promise: PromiseKind | None
    rest: str


def ledger_words(text: str) -> LedgerWords:
    """What a message asks of the ledger.

    >>> ledger_words("의견 중에 답변 안 된 거 몇 건이야").standing
    <Standing.UNANSWERED: 'unanswered'>
    """
    reading = _Reading(text)
    named = reading.holds("noun")
    results = reading.takes("results")
    overdue = reading.takes("overdue")
    standing = reading.first("standing")
    # What is denied says nothing of a state: 처리 안 된.
    state = None if standing else reading.first("state")
    promise = None if standing == Standing.UNANSWERED else reading.first("promise")
    return LedgerWords(
        named=named,
        results=results,
        overdue=overdue,
        standing=Standing(standing) if standing else None,
        state=State(state) if state else None,
        promise=PromiseKind(promise) if promise else None,
        counting=reading.takes("counting"),
        mine=reading.takes("mine"),
        since_meeting=reading.takes("since_meeting"),
        came=reading.takes("came"),
        rest=reading.rest(),
    )


class _Reading:
    """A message whose words are taken out as they are understood, blanks aside."""

    def __init__(self, text: str) -> None:
        self._places = [place for place, letter in enumerate(text) if not letter.isspace()]
        self._packed = "".join(text[place] for place in self._places)
        self._left = list(text)

    def holds(self, name: str) -> bool:
        return _pattern(name).search(self._packed) is not None

    def takes(self, name: str) -> bool:
        return self._take(_pattern(name))

    def first(self, group: str) -> str | None:
        return next((sign.kind for sign in signs(group) if self._take(sign.pattern)), None)

    def _take(self, pattern: re.Pattern[str]) -> bool:
        match = pattern.search(self._packed)
        if match is not None:
            for place in self._places[match.start() : match.end()]:
                self._left[place] = " "
        return match is not None

    def rest(self) -> str:
        return "".join(self._left)


def offices_named(text: str, known: Sequence[str]) -> tuple[tuple[str, ...], str]:
    """The known departments that a message names, in full or shortened, and what is left of it.

    Args:
        text: The message.
        known: Names of departments.

    >>> offices_named("복지과가 답한 의견", ["복지정책과", "도로과"])[0]
    ('복지정책과',)
    """
    packed = {"".join(name.split()): name for name in known}
    for match in _OFFICE.finditer(text):
        said = match[0]
        if said in packed:
            return (packed[said],), text.replace(said, " ", 1)
        if fitting := tuple(name for name in packed if _shortens(said, name)):
            return tuple(packed[name] for name in fitting), text.replace(said, " ", 1)
    return (), text


def _shortens(said: str, name: str) -> bool:
    """Whether somebody who says 복지과 may mean 복지정책과: its beginning, its end, in order."""
    if len(said) < 2 or said[-1] != name[-1] or len(said) >= len(name):
        return False
    head = said[:-1]
    return name.startswith(head) or name.removesuffix(said[-1]).endswith(head)
