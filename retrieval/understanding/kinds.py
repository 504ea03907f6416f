"""Which kinds of records a question names."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

from corpus.records import RecordKind


@cache
def _cues() -> dict[RecordKind, re.Pattern[str]]:
    source = files("retrieval.understanding") / "kinds.toml"
    tree = tomllib.loads(source.read_text(encoding="utf-8"))
    return {RecordKind(name): re.compile(cue) for name, cue in tree.items()}


def kinds_named(text: str) -> frozenset[RecordKind]:
    """Kinds of records that a question names; none for most questions.

    >>> sorted(kinds_named("지난 회의 안건 목록"))
    [<RecordKind.AGENDA_ITEM: 'agenda item'>]
    """
    packed = re.sub(r"\s+", "", text)
    return frozenset(kind for kind, cue in _cues().items() if cue.search(packed))


def without_kinds(text: str) -> str:
    """A question without spaces and without the words that name kinds of records.

    >>> without_kinds("추진전략 이름은?")
    '이름은?'
    """
    packed = re.sub(r"\s+", "", text)
    for cue in _cues().values():
        packed = cue.sub(" ", packed)
    return packed
