"""Lines of a paper that no row of the store was read from, though they look as if they told one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass

from corpus.bullets import is_valued
from corpus.extraction.stretches import Stretches
from corpus.outline import Item, outline
from corpus.text import squeeze
from corpus.types import Span

# Shorter ones are page numbers and labels without a value; a quote holds no more than the longest.
_SHORTEST, _LONGEST = 8, 300
# `LABEL >> VALUE`, `LABEL = VALUE`: signs that part what stands on a line, as no prose has them.
_SIGNS = re.compile(r"\s(?:[>=→⇒▷►|]{1,3}|-{1,2}>?|\.{3,}|…+)\s|\t|\s::\s")


@dataclass(frozen=True, slots=True, kw_only=True)
class UnreadLine:
    """A logical line that gave no row.

    Attributes:
        span: Where it stands, its bullet left out.
        text: Its words, on one line.
        headings: Where the headings above it stand, outermost first.
    """

    span: Span
    text: str
    headings: tuple[Span, ...]


def unread(text: str, taken: Iterable[Span]) -> list[UnreadLine]:
    """The lines with a figure or a label that no row covers, in printed order.

    Args:
        text: The paper's cleaned text.
        taken: Where its rows stand.
    """
    covered = Stretches(taken)
    parts = outline(text)
    words = [text[part.body : part.end] for part in parts]
    # A short line over a bullet passes for a heading, though it tells something.
    titles = {n for n, part in enumerate(parts) if part.heading and not _SIGNS.search(words[n])}
    return [
        UnreadLine(
            span=Span(start=part.body, end=part.end),
            text=squeeze(words[number]),
            headings=_headings(parts, titles, number),
        )
        for number, part in enumerate(parts)
        if number not in titles
        and _tells(words[number])
        and not covered.touch(part.start, part.end)
    ]


def _headings(parts: Sequence[Item], titles: Set[int], number: int) -> tuple[Span, ...]:
    """The headings above a part; with none by the outline, the last one before it and its own."""
    above = [one for one in parts[number].parents if one in titles]
    last = max((one for one in titles if one < number), default=None)
    if not above and last is not None:
        above = [*(one for one in parts[last].parents if one in titles), last]
    return tuple(Span(start=parts[one].body, end=parts[one].end) for one in above)


def _tells(words: str) -> bool:
    if not _SHORTEST <= len(words) <= _LONGEST:
        return False
    return bool(re.search(r"\d", words) or is_valued(words) or _SIGNS.search(words))
