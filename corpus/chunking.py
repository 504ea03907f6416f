"""Passages: stretches of a paper that are indexed and found as one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.outline import Item, outline
from corpus.text import squeeze

# 600 characters are about 300 tokens of the default embedder, which reads 512 at once; longer
# passages blur what they are about, shorter ones lose what their lines refer to.
MOST = 600
_LEAST = 200
_HEADING_SHOWN = 60
_SENTENCE_END = re.compile(r"(?<=[.!?다요음함됨])\s+|\n+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Chunk:
    """A passage before it is stored: `text[start:end]` and the headings above it."""

    start: int
    end: int
    heading: tuple[str, ...]


def chunks(text: str, items: Sequence[Item], most: int = MOST) -> list[Chunk]:
    """Cut a paper into passages along its outline.

    Args:
        text: The cleaned text.
        items: Its outline.
        most: Longest passage in characters; only a single word may be longer.

    Returns:
        Passages in order, without overlap; every item is inside one or, where it is longer than
        `most`, inside several. No items give no passages.
    """
    found: list[Chunk] = []
    group: list[Item] = []
    for item in items:
        if group and _breaks(group, item, most):
            found.extend(_chunk(text, items, group, most))
            group = []
        group.append(item)
    if group:
        found.extend(_chunk(text, items, group, most))
    return found


def _breaks(group: Sequence[Item], item: Item, most: int) -> bool:
    size = group[-1].end - group[0].start
    if item.end - group[0].start > most:
        return True
    if item.level is not None:  # what stands below it is its own, however short
        return any(above.level is None for above in group)
    deeper = len(item.parents) > len(group[0].parents)
    return size >= _LEAST and item.heading and not deeper


def _chunk(text: str, items: Sequence[Item], group: Sequence[Item], most: int) -> Iterator[Chunk]:
    heading = tuple(
        squeeze(text[items[index].body : items[index].end])[:_HEADING_SHOWN]
        for index in _above(text, items, group)
    )
    for start, end in _cut(text, group[0].start, group[-1].end, most):
        yield Chunk(start=start, end=end, heading=heading)


def _above(text: str, items: Sequence[Item], group: Sequence[Item]) -> list[int]:
    """The headings above a passage, and those opening it that its text alone does not show.

    Whoever reads a passage does not know which lines the file marks as headings: a line that
    stands above plain prose would look like prose itself.
    """
    start, end = group[0].start, group[-1].end
    body = next((item for item in group if item.level is None), group[-1])
    shown = {start + item.start for item in outline(text[start:end]) if item.heading}
    return [
        index
        for index in body.parents
        if items[index].start < start
        or (items[index].level is not None and items[index].start not in shown)
    ]


def _cut(text: str, start: int, end: int, most: int) -> Iterator[tuple[int, int]]:
    """Pieces of at most `most` characters, cut behind a sentence or else behind a word."""
    while end - start > most:
        window = text[start : start + most]
        ends = [match.start() for match in _SENTENCE_END.finditer(window)]
        at = next((end for end in reversed(ends) if end >= _LEAST), 0)
        at = at or max(window.rfind(" "), window.rfind("\n"), 0) or most
        yield start, start + at
        start += at
        start += len(text[start:end]) - len(text[start:end].lstrip())
    if end > start:
        yield start, end
