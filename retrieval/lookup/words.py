"""The words of a record and of what stands above it, and how far they hold a term."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from retrieval.lookup.row import Row

# How much a word counts that stands not in the record itself but above it, as for passages.
_IN_HEADING = 0.85
IN_TITLE = 0.7
_INSIDE = 0.8
BY_CHANCE = 2
# Another word for the same: 홀로 where 혼자 is asked.
_SAME = 0.9


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The index terms of a record.

    Attributes:
        text: Its own terms, and its letters without spaces.
        spaced: Its words as printed.
        own: Its own terms.
        above: Those of the headings above it.
        paper: Those of its paper's title.
    """

    text: str
    spaced: str
    own: frozenset[str]
    above: frozenset[str]
    paper: frozenset[str]

    def alone(self, term: str) -> bool:
        """Whether a term stands in the record and nowhere above it."""
        return term in self.own and term not in self.above and term not in self.paper


def words_of(row: Row, stored: sqlite3.Row) -> Words:
    """The words of a record, from the row of their table: number, title, heading, body."""
    # The analyser reads a word otherwise in another sentence; its letters stay the same.
    _, title, heading, body = stored
    spaced = " ".join([part.text for part in row.fields]).lower()
    return Words(
        text=f"{body} {''.join(spaced.split())}",
        spaced=spaced,
        own=frozenset(body.split()),
        above=_split(heading),
        paper=_split(title),
    )


@lru_cache(maxsize=1024)  # rows of one table share what stands above them
def _split(text: str) -> frozenset[str]:
    return frozenset(text.split())


def worth_in(term: str, others: Sequence[str], words: Words) -> float:
    """How far a term, or another for the same, stands in a record or above it, 0 to 1."""
    said = _printed(term, words)
    return max(said, *(_SAME * _printed(other, words) for other in others)) if others else said


def _printed(term: str, words: Words) -> float:
    if term in words.own:
        return 1.0
    if term in words.above:
        return _IN_HEADING
    if term in words.paper:
        return IN_TITLE
    # 복지부 inside 보건복지부: offices print one word where people say a part of it.
    # Two syllables also meet by chance, over the end of a word: 의안 in 일상의 안전.
    inside = term in (words.text if len(term) > BY_CHANCE else words.spaced)
    return _INSIDE if len(term) > 1 and inside else 0.0
