"""The logical lines of a passage, as far as they are the same for every question."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from corpus.outline import Item, outline
from corpus.text import fold
from retrieval.holding import asks, by_member
from retrieval.mending import Glue, mended

LONGEST_QUOTE = 300
# 회의내용, 63개: too little to be looked up in a paper.
_SHORTEST_QUOTE = 6
_CODE = re.compile(r"\d{1,2}(?:-\d{1,2})+\.?\s")
# Passages whose lines are kept: some 10 KB each.
_PASSAGES = 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class PassageLine:
    """A logical line of a passage.

    Attributes:
        item: Where it stands in the passage.
        text: The line without its bullet, mended.
        quote: The line verbatim, white space folded, at most 300 characters.
        heading: What stands above it, outermost first, with the question that it answers where
            minutes print one.
        answers: The line of that question; None for most.
        short: Whether it is too little to be looked up in a paper.
        asks: Whether it is itself a question, answered below it.
    """

    item: Item
    text: str
    quote: str
    heading: tuple[str, ...]
    answers: PassageLine | None
    short: bool
    asks: bool


class PassageLines:
    """Reads passages line by line; the same passages answer many questions.

    Args:
        glue: Decides whether a space belongs between two lines.
    """

    def __init__(self, glue: Glue) -> None:
        self.mended: Callable[[str], str] = lru_cache(maxsize=8192)(lambda text: mended(text, glue))
        self.of: Callable[[str, tuple[str, ...]], tuple[PassageLine, ...]]
        self.of = lru_cache(maxsize=_PASSAGES)(self._read)

    def _read(self, text: str, heading: tuple[str, ...]) -> tuple[PassageLine, ...]:
        """The lines of a passage that stands below some headings."""
        items = outline(text)
        return _answering([self._line(text, heading, items, item) for item in items])

    def _line(
        self, text: str, heading: tuple[str, ...], items: Sequence[Item], item: Item
    ) -> PassageLine:
        above = [self.mended(text[items[i].body : items[i].end]) for i in item.parents]
        printed = " ".join(text[item.start : item.end].replace("\t", "…").split())
        quote = printed.lstrip("• ")[:LONGEST_QUOTE]
        words = self.mended(text[_shown_from(text, item) : item.end]).replace("\t", " · ")
        return PassageLine(
            item=item,
            text=words,
            quote=quote,
            heading=(*heading, *above),
            answers=None,
            short=len(fold(quote)) < _SHORTEST_QUOTE,
            asks=asks(words),
        )


def _shown_from(text: str, item: Item) -> int:
    """Where a line begins for a reader: a plan's code (`1-2.`) is no mere bullet."""
    return item.start if _CODE.match(text, item.start, item.body) else item.body


def _answering(lines: Sequence[PassageLine]) -> tuple[PassageLine, ...]:
    """Lines with the question that they answer above them, as verbatim minutes print both."""
    found = list(lines[:1])
    for before, line in pairwise(lines):
        answers = before.asks or (by_member(before.text) and not by_member(line.text))
        if answers and not line.asks and before.text not in line.heading:
            line = replace(line, heading=(*line.heading, before.text), answers=before)
        found.append(line)
    return tuple(found)
