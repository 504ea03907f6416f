"""What people call the columns of tables."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from corpus.records import FieldType

_FIXED = {"prize": "상금"}
# Kinds of money that are never each other: what is won, what people pay, what is spent.
_MONEYS = (
    re.compile("상금|포상|시상금"),
    re.compile("이용료|요금|부담금?|참가비|수강료|회비|관람료|비용"),
    re.compile("예산|사업비|소요|집행|운영비|경비|지원금|보조금|비용"),
)


@cache
def _sections() -> Mapping[str, Mapping[str, re.Pattern[str]]]:
    source = files("retrieval.understanding") / "measures.toml"
    tree = tomllib.loads(source.read_text(encoding="utf-8"))
    return {
        name: {key: re.compile(cue) for key, cue in section.items()}
        for name, section in tree.items()
    }


def field_meant(name: str, packed: str) -> bool:
    """Whether a question without spaces asks for a field with a fixed name (`programmes`)."""
    cue = _sections()["fields"].get(name)
    return bool(cue and cue.search(packed))


def unit_meant(unit: str, name: str, packed: str) -> bool:
    """Whether a question without spaces asks for values counted in a unit (`명`).

    Args:
        unit: Counter word of a column's values; empty where the table prints none.
        name: The column's name, which may tell it instead: 득표수.
        packed: The question.
    """
    return any(
        (counter == unit or f"{counter}수" in name) and cue.search(packed)
        for counter, cue in _sections()["units"].items()
    )


def types_meant(packed: str) -> frozenset[FieldType]:
    """Types of values that a question without spaces names; none for most counts.

    >>> types_meant("집행률이제일낮은분야")
    frozenset({<FieldType.RATE: 'rate'>})
    """
    return frozenset(
        FieldType(name) for name, cue in _sections()["types"].items() if cue.search(packed)
    )


def in_family(family: str, name: str) -> bool:
    """Whether a column is one of those that a word stands for: 국비 for 재원."""
    cue = _sections()["families"].get(family)
    return bool(cue and cue.search(name))


def other_money(question: str, name: str) -> bool:
    """Whether a question asks for one kind of money and a field is named as another."""
    name = _FIXED.get(name, name)
    asked = [kind for kind in _MONEYS if kind.search(question)]
    printed = [kind for kind in _MONEYS if kind.search(name)]
    return bool(asked and printed) and not set(asked) & set(printed)
