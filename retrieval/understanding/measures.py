"""What people call the columns of tables."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from corpus.records import FieldType


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
