"""People who ask for help for themselves, told from those who speak of others."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

# Who asks for help says so at once; what is longer is a report.
_LONGEST = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """The pattern of `asking_help.toml`, with sentences on which it fires and does not."""

    pattern: re.Pattern[str]
    unless: re.Pattern[str]
    says: tuple[str, ...]
    silent: tuple[str, ...]


@cache
def asking() -> Asking:
    """The pattern as the file has it."""
    tree = tomllib.loads((files(__package__) / "asking_help.toml").read_text(encoding="utf-8"))
    return Asking(
        pattern=re.compile(tree["pattern"]),
        unless=re.compile(tree["unless"]),
        says=tuple(tree["says"]),
        silent=tuple(tree["silent"]),
    )


def asks_help(text: str) -> bool:
    """Whether somebody asks for help for themselves.

    >>> asks_help("월세가 세 달 밀렸어요"), asks_help("형편이 어려운 이웃을 도웁시다")
    (True, False)
    """
    packed = "".join(unicodedata.normalize("NFC", text)[:_LONGEST].split())
    known = asking()
    return bool(known.pattern.search(packed)) and not known.unless.search(packed)
