"""Words that people use of the rows of tables: what rows are, and what became of them."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def _tree() -> dict[str, Any]:
    source = files("retrieval.understanding") / "row_words.toml"
    return tomllib.loads(source.read_text(encoding="utf-8"))


@cache
def row_nouns() -> frozenset[str]:
    """Nouns that name what the rows of a table are, which no table need print."""
    return frozenset(_tree()["nouns"])


@cache
def asking_words() -> frozenset[str]:
    """Words of asking for several rows, which say nothing of any of them."""
    return frozenset(_tree()["asking"])


@cache
def _states() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((state, re.compile(cue)) for state, cue in _tree()["states"].items())


def states_named(packed: str) -> tuple[tuple[str, str], ...]:
    """States that a question without spaces names, with the words that name them.

    >>> states_named("떨어진사업")
    (('미선정', '떨어'),)
    """
    found: list[tuple[str, str]] = []
    for state, cue in _states():
        for match in cue.finditer(packed):
            if not any(match[0] in words and match[0] != words for _, words in found):
                found.append((state, match[0]))
                break
    return tuple(found)
