"""Which field of a record a question asks for."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files


@cache
def _cues() -> dict[str, re.Pattern[str]]:
    source = files("retrieval.understanding") / "fields.toml"
    tree = tomllib.loads(source.read_text(encoding="utf-8"))
    return {name: re.compile(cue) for name, cue in tree.items()}


def fields_asked(text: str) -> frozenset[str]:
    """Names of the record fields that a question asks for, as `corpus/extraction` names them.

    >>> sorted(fields_asked("다음 회의는 언제 어디서 해요?"))
    ['held_on', 'next_on', 'next_place', 'period', 'place']
    """
    packed = re.sub(r"\s+", "", text)
    return frozenset(name for name, cue in _cues().items() if cue.search(packed))
