"""Numbers that people spell out or space so that no pattern meets them: 공일공 …, 0 1 0 …, O1O."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

_SPELLED = {
    **dict(zip("공영일이삼사오육칠팔구", "00123456789", strict=True)),
    **{"빵": "0", "륙": "6"},
    **dict.fromkeys("oO", "0"),
    **dict.fromkeys("lI", "1"),
}
_DIGIT = "[0-9공영빵일이삼사오육륙칠팔구oOlI]"
_BETWEEN = r"(?:[\s.,·/~\-]{1,3}|에|의|다시|대시|하이픈|국에|국의){0,3}+"
# Behind a syllable 이 or 일 may be a word's own; behind 번호는 a mobile begins as one does.
_START = r"(?:(?<![가-힣A-Za-z0-9])|(?<=[가-힣])(?=[공영]\s?일\s?[공영일육칠팔구]))"
_RUN = re.compile(rf"{_START}{_DIGIT}(?:{_BETWEEN}{_DIGIT}){{8,19}}")
_HANGUL = re.compile(r"[가-힣]")
_LETTER = re.compile(r"[A-Za-z]")
# A mobile number, or a resident number with its seventh digit.
_MOBILE = re.compile(r"01[016789]\d{8}")
_RESIDENT = re.compile(r"\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])[1-8]\d{6}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Respelled:
    """A number from `start` up to `end` of a text, and its plain digits."""

    start: int
    end: int
    digits: str


def respelled(text: str) -> Iterator[Respelled]:
    """Mobile, resident and other long numbers that are not written as plain digits.

    Args:
        text: Any text; offsets refer to it.

    Returns:
        In order: of nine to twenty digits, cut to the length of a mobile or resident number where
        they begin as one, so that the particle of `…오육칠팔이에요` is no digit. Runs of plain
        digits with the usual dashes are left to patterns.
    """
    for match in _RUN.finditer(text):
        run = match[0]
        places = [place for place, letter in enumerate(run) if re.fullmatch(_DIGIT, letter)]
        digits = "".join(_SPELLED.get(run[place], run[place]) for place in places)
        known = _RESIDENT.match(digits) or _MOBILE.match(digits)
        length = known.end() if known else len(digits)
        inside = places[length - 1] + 1
        if _is_odd(run[:inside], places[:length]):
            end = match.start() + inside
            yield Respelled(start=match.start(), end=end, digits=digits[:length])


def _is_odd(run: str, places: list[int]) -> bool:
    """Whether a run is spelled out, holds letters for digits, or stands digit by digit."""
    if _HANGUL.search(run):
        spelled = sum(run[place] in _SPELLED for place in places)
        return spelled >= len(places) // 3
    if _LETTER.search(run):
        return True
    alone = sum(b - a > 1 for a, b in pairwise(places))
    return alone > len(places) * 0.7
