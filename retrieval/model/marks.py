"""The marks of a text: its values, names and words in order, by which statements are compared."""

from __future__ import annotations

import re
import tomllib
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from functools import cache
from importlib.resources import files
from itertools import dropwhile, takewhile
from typing import Any

from corpus import amounts, dates, places
from corpus.numerals import narrow


class Kind(Enum):
    """What a mark is."""

    VALUE = "value"  # a number, an amount, a date, a time, or what became of something
    NAME = "name"  # of a place or a person
    WORD = "word"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One thing that a text says.

    Attributes:
        kind: What it is.
        key: What is equal for every way to write it.
        start: Offset in the text.
        end: Offset behind it.
        denied: Whether the text says it of what is not: 지원하지 않는다.
    """

    kind: Kind
    key: tuple[object, ...]
    start: int
    end: int
    denied: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Stem:
    """The nouns of one written word, joined as they are: 이갑돌 of 이갑돌은."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """A text with its marks.

    Attributes:
        text: The text.
        marks: In order, without overlap.
        breaks: Offsets of the signs and endings that part its statements.
        stems: The nouns of each word; the analyser may cut a name into syllables that stand
            anywhere.
    """

    text: str
    marks: tuple[Mark, ...]
    breaks: tuple[int, ...]
    stems: tuple[Stem, ...]


Tokenize = Callable[[str], Sequence[Any]]

# 10명 이상, 3월까지: without it the number is another one.
_BOUND = re.compile(r"\s?(?:여\s?)?(이상|이하|미만|초과|이내|내외|정도|안팎|까지|부터|이전|이후)")
_EACH = re.compile(r"(?:각각|각|매|1인당|인당|당|씩)\s?$")
_NUMBER = re.compile(r"\d+(?:[.,:/-]\d+)*(?:\s?(?P<unit>[가-힣%℃㎡]))?")
_BREAK = re.compile(r"[,;/|\t\n·、，ㆍ•]|[.](?=\s|$)|(?<=\s)-(?=\s)")
_NOUNS = frozenset({"NNG", "NNP", "NR", "XR", "SL", "SH"})
_WEB = frozenset({"W_URL", "W_EMAIL", "W_HASHTAG", "W_MENTION"})
_CONTENT = _NOUNS | _WEB | {"VV", "VA", "MAG", "MAJ", "MM"}
_NOUNISH = _NOUNS | {"XPN", "MM", "NP", "SN", "NNB"}
# 때문, 대신, 만큼 say how things hang together; other bound nouns say nothing.
_BOUND_NOUNS = frozenset({"때문", "대신", "만큼", "덕분", "뿐", "반면"})
_PARTICLES = frozenset({"만", "뿐", "밖에", "마다", "보다", "씩"})
_ENDINGS = frozenset({"면", "으면", "어야", "아야", "어야만"})
_DENYING_AFTER = frozenset({"않/VX", "못하/VX", "없/VA", "아니/VCN", "말/VX", "못하/VV"})
_DENYING_BEFORE = frozenset({"안/MAG", "못/MAG", "아니/MAG"})


@cache
def words_of(kind: str) -> frozenset[str]:
    """The words of one list: `generic`, `qualifying` or `outcomes`."""
    source = (files(__package__) / "marks.toml").read_text(encoding="utf-8")
    return frozenset(tomllib.loads(source)[kind])


def marked(text: str, tokenize: Tokenize) -> Marked:
    """A text with its marks.

    Args:
        text: One line of a paper or one sentence; any text does.
        tokenize: Kiwi's.
    """
    taken: list[Mark] = []
    for mark in _values(text):
        if all(mark.end <= other.start or other.end <= mark.start for other in taken):
            taken.append(mark)
    tokens = tokenize(text)
    words, joints = _words(taken, tokens)
    marks = sorted([*taken, *words], key=lambda mark: mark.start)
    signs = [
        match.start()
        for match in _BREAK.finditer(text)
        if not any(mark.start <= match.start() < mark.end for mark in taken)
    ]
    return Marked(
        text=text,
        marks=tuple(marks),
        breaks=tuple(sorted([*signs, *joints])),
        stems=tuple(_stems(text, taken, tokens)),
    )


def _stems(text: str, taken: Sequence[Mark], tokens: Sequence[Any]) -> Iterator[Stem]:
    left = deque(tokens)
    for word in re.finditer(r"\S+", text):
        inside = []
        while left and left[0].start < word.end():
            inside.append(left.popleft())
        bare = dropwhile(lambda token: str(token.tag).startswith("SS"), inside)
        run = list(takewhile(lambda token: _tag(token) in _NOUNISH, bare))
        if not run:
            continue
        start, end = run[0].start, run[-1].start + run[-1].len
        if not any(mark.start < end and start < mark.end for mark in taken):
            yield Stem(text=text[start:end], start=start, end=end)


def _values(text: str) -> Iterator[Mark]:
    """Names of places and everything with a number, what says most first."""
    key: tuple[object, ...]
    for amount in amounts.find(text):
        each = amount.per_each or bool(_EACH.search(text[: amount.start]))
        key = ("won", amount.won, each, _bound(text, amount.end))
        yield Mark(kind=Kind.VALUE, key=key, start=amount.start, end=amount.end)
    for day in dates.find(text):
        last = (day.last.month, day.last.day) if day.last and day.last != day.first else None
        key = ("date", day.year, day.month, day.day, last, _bound(text, day.end))
        yield Mark(kind=Kind.VALUE, key=key, start=day.start, end=day.end)
    for time in dates.times(text):
        key = ("time", time.first, time.last)
        yield Mark(kind=Kind.VALUE, key=key, start=time.start, end=time.end)
    for place in places.find_dongs(text):
        yield Mark(kind=Kind.NAME, key=("dong", *place.keys), start=place.start, end=place.end)
    for count in amounts.counts(text):
        counter = _COUNTERS.get(count.counter, count.counter)
        each = bool(_EACH.search(text[: count.start]))
        key = ("count", count.value, counter, count.ordinal, each, _bound(text, count.end))
        kind = Kind.NAME if count.ordinal or counter in _NUMBERING else Kind.VALUE
        yield Mark(kind=kind, key=key, start=count.start, end=count.end)
    for number in _NUMBER.finditer(narrow(text)):
        digits = number[0].removesuffix(number["unit"] or "").strip().replace(",", "")
        unit = number["unit"] or ""
        kind = Kind.NAME if unit in _NUMBERING else Kind.VALUE
        yield Mark(kind=kind, key=("number", digits, unit), start=number.start(), end=number.end())


# 제1안, 제2차, 3호: the number of one thing is its name.
_NUMBERING = frozenset({"안", "호", "차", "항", "조", "번", "기"})


_COUNTERS = {
    "퍼센트": "%",
    "사람": "명",
    "분": "명",
    "인": "명",
    "군데": "곳",
    "집": "가구",
    "번": "회",
    "차례": "회",
}


def _bound(text: str, end: int) -> str:
    match = _BOUND.match(text, end)
    return match[1] if match else ""


def _words(taken: Sequence[Mark], tokens: Sequence[Any]) -> tuple[list[Mark], list[int]]:
    """The words that are in no value, and where endings part statements."""
    found: list[Mark] = []
    joints: list[int] = []
    denies, prefix = False, ""
    for number, token in enumerate(tokens):
        tag = _tag(token)
        name = f"{token.form}/{tag}"
        if any(mark.start <= token.start < mark.end for mark in taken):
            continue
        if tag == "EC" and not _goes_on(tokens, number):
            joints.append(token.start)
        if name in _DENYING_AFTER:
            _deny_last(found)
        elif name in _DENYING_BEFORE:
            denies = True
        elif tag == "XPN":
            prefix = token.form
            continue
        else:
            mark = _word(token, tag, prefix)
            if mark is not None:
                found.append(mark if not denies else _denied(mark))
                denies = False
        prefix = ""
    return found, joints


def _word(token: Any, tag: str, prefix: str) -> Mark | None:
    said = (
        tag in _CONTENT
        or (tag == "NNB" and token.form in _BOUND_NOUNS)
        or (tag in ("JX", "JKB", "XSN") and token.form in _PARTICLES)
        or (tag == "EC" and token.form in _ENDINGS)
        or (tag == "EP" and token.form == "겠")
    )
    if not said:
        return None
    form = f"{prefix}{token.form}".lower()
    kind = Kind.NAME if tag == "NNP" else Kind.VALUE if form in words_of("outcomes") else Kind.WORD
    return Mark(
        kind=kind, key=("word", form), start=token.start - len(prefix), end=token.start + token.len
    )


def _tag(token: Any) -> str:
    return str(token.tag).partition("-")[0]


def _goes_on(tokens: Sequence[Any], number: int) -> bool:
    """Whether an ending leads to an auxiliary (하고 있다, 하지 않다) and parts nothing."""
    behind = tokens[number + 1].tag if number + 1 < len(tokens) else ""
    return str(behind).startswith("VX") or tokens[number].form in _ENDINGS


def _deny_last(found: list[Mark]) -> None:
    last = next((i for i in reversed(range(len(found))) if not _modal(found[i])), None)
    if last is not None:
        found[last] = _denied(found[last])


def _modal(mark: Mark) -> bool:
    return mark.key[1] in _PARTICLES or mark.key[1] in _ENDINGS or mark.key[1] in ("수", "겠")


def _denied(mark: Mark) -> Mark:
    return replace(mark, denied=True)
