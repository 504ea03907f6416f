"""Words by which a message goes on with the question before it, as `follow_up.toml` lists them."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

# A side is asked for where the question ends behind it, or asks on: 대상은?, 신청은 어떻게 해.
_ASKED = (
    r"(?:은|는|이|가|을|를|도)?요?(?:\s*[?？]*$"
    r"|\s+(?:얼마|언제|누구|누가|어디|어떻게|어떤|뭐|뭔|몇|무엇|무슨|어느|왜|알려|보여|좀))"
)


@cache
def cue(name: str) -> re.Pattern[str]:
    """The pattern of a name in `follow_up.toml`."""
    source = files("retrieval.understanding") / "follow_up.toml"
    pattern = tomllib.loads(source.read_text(encoding="utf-8"))[name]
    starts = name in {"points_back", "that_place", "asks_first", "asks_on"}
    return re.compile(rf"^(?:{pattern})\s*" if starts else pattern)


def told_behind(last: str) -> re.Match[str] | None:
    """Where a question asks for a side of the thing before it: not 전화 of 고민전화."""
    return re.search(rf"\s(?:{cue('told').pattern})(?={_ASKED})", last)


def names_thing(topic: str) -> bool:
    """Whether a topic is the name of a thing, and neither a side of one nor a measure."""
    return not any(cue(name).search(topic) for name in ("measures", "told", "asked_nouns", "sides"))
