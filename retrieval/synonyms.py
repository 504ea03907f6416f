"""Words that people type and what offices print instead."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files


def instead(term: str) -> tuple[str, ...]:
    """What papers print for a word that none of them holds, the likeliest first."""
    return _groups("groups").get(term, ())


def same(term: str) -> tuple[str, ...]:
    """Words that say the same as a term where they are printed; none for most."""
    return _groups("same").get(term, ())


@cache
def _groups(name: str) -> dict[str, tuple[str, ...]]:
    source = files("retrieval") / "synonyms.toml"
    found: dict[str, tuple[str, ...]] = {}
    for group in tomllib.loads(source.read_text(encoding="utf-8"))[name]:
        first, *others = group.split()
        found[first] = (*found.get(first, ()), *others)
    return found
