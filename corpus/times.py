"""Times of day in Korean text: 14:00~15:30 · 오후 4시 30분 · 10시 반."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import time

from corpus.numerals import narrow

_TIME = re.compile(
    r"(?<![\d:.])(?:(?P<part>오전|오후|낮|밤|저녁|아침|새벽)\s?)?(?P<hour>[01]?\d|2[0-4])"
    r"(?::(?P<minute>[0-5]\d)(?![\d:])"
    r"|\s?시(?!간|군|도|민|설|험|작|행|범|립|장)(?:\s?(?P<minutes>[0-5]?\d)\s?분|\s?(?P<half>반)(?![가-힣]))?)"
)
_MARK = re.compile(r"\s{0,3}(?:~|-|부터|에서)\s{0,3}")
_AFTERNOON = frozenset({"오후", "저녁", "밤", "낮"})


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeMention:
    """A time of day, or a stretch of it.

    Attributes:
        start: Offset of its first character.
        end: Offset behind its last character.
        text: `source[start:end]`.
        first: When it begins; 24:00 is 00:00.
        last: When it ends; None for a single time.
    """

    start: int
    end: int
    text: str
    first: time
    last: time | None


def times(text: str) -> list[TimeMention]:
    """Every time of day that a text prints, in order and without overlap.

    >>> [str(mention.first) for mention in times("오후 4시 30분")]
    ['16:30:00']
    """
    source = narrow(text)
    found: list[TimeMention] = []
    match = _TIME.search(source)
    while match:
        mark = _MARK.match(source, match.end())
        until = _TIME.match(source, mark.end()) if mark else None
        last = until or match
        found.append(
            TimeMention(
                start=match.start(),
                end=last.end(),
                text=text[match.start() : last.end()],
                first=_time(match, match["part"]),
                last=_time(until, until["part"] or match["part"]) if until else None,
            )
        )
        match = _TIME.search(source, last.end())
    return found


def _time(match: re.Match[str], part: str | None) -> time:
    hour = int(match["hour"])
    if part in _AFTERNOON and hour < 12 and not (part == "밤" and hour < 6):
        hour += 12
    if hour == 12 and part in {"오전", "새벽"}:
        hour = 0
    minute = 30 if match["half"] else int(match["minute"] or match["minutes"] or 0)
    return time(hour % 24, minute)
