"""A person in danger or in want now, told from programmes and figures about such people."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files

# A cry for help stands in one message; what is longer is a paper that somebody pasted.
_LONGEST = 1000
# Characters without blanks beside a sign in which words can take it back.
_BESIDE = 24
_NO_WORD = re.compile(r"[\s~^·'\"‘’“”()…]+")


class Need(StrEnum):
    """What a person needs at once."""

    LIFE = "life"  # thinks of suicide or harms themselves
    VIOLENCE = "violence"  # is beaten, threatened or abused
    RESCUE = "rescue"  # has collapsed, is hurt or trapped; fire, gas
    MISSING = "missing"  # has not been seen or does not open the door
    WANT = "want"  # has no food, heating or roof


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sign:
    need: Need
    pattern: re.Pattern[str]
    beside: re.Pattern[str] | None  # must stand in the message as well
    unless: re.Pattern[str] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Signs:
    signs: tuple[_Sign, ...]
    behind: re.Pattern[str]
    before: re.Pattern[str]


@cache
def _signs() -> _Signs:
    tree = tomllib.loads((files(__package__) / "present_need.toml").read_text(encoding="utf-8"))
    return _Signs(
        signs=tuple(
            _Sign(
                need=Need(sign["need"]),
                pattern=re.compile(sign["pattern"]),
                beside=re.compile(sign["with"]) if "with" in sign else None,
                unless=re.compile(sign["unless"]) if "unless" in sign else None,
            )
            for sign in tree["sign"]
        ),
        behind=re.compile(tree["not_now"]["behind"]),
        before=re.compile(tree["not_now"]["before"]),
    )


def present_need(text: str) -> Need | None:
    """What a person needs at once according to a message, or None.

    Words such as 위기가구 or 고독사 in the name of a programme, a case that might come about, and
    one that is over are no present need. Spacing does not matter. It errs to the side of telling
    an emergency number too often.

    >>> present_need("옆집 할아버지가 사흘째 안 보여요"), present_need("고독사 예방 사업 예산은?")
    (<Need.MISSING: 'missing'>, None)
    """
    squeezed = _NO_WORD.sub("", unicodedata.normalize("NFC", text[: _LONGEST * 2]))[:_LONGEST]
    known = _signs()
    for sign in known.signs:
        if sign.beside and not sign.beside.search(squeezed):
            continue
        if sign.unless and sign.unless.search(squeezed):
            continue
        for match in sign.pattern.finditer(squeezed):
            behind = squeezed[match.end() : match.end() + _BESIDE]
            before = squeezed[max(0, match.start() - _BESIDE) : match.start()]
            if not known.behind.search(behind) and not known.before.search(before):
                return sign.need
    return None
