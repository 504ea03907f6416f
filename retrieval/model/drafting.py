"""Drafts for staff: gists, replies and minutes, worded from lines that they can look up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.errors import ModelError
from corpus.outline import Item, outline
from retrieval.model.calls import ModelCalls
from retrieval.model.checking import Checker, Sentence, Source
from retrieval.model.evidence import orders, shown
from retrieval.types import unmarked
from retrieval.understanding.small_talk import gives_orders

# A call shows so many lines; what is longer is shown in several. Shorter lines are labels.
_LINES, _SHORTEST, _LONGEST = 24, 8, 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What a model wrote for somebody who will read it before anybody else does.

    Attributes:
        title: What it is about.
        sentences: What stood the comparison, in order; empty where nothing did.
        sources: The lines that it cites, by their numbers.
        left: Lines that no sentence tells, as they were given.
        unread: How many of these the model was not shown, for they are too many or give orders.
    """

    title: str
    sentences: tuple[Sentence, ...]
    sources: tuple[Source, ...]
    left: tuple[Source, ...]
    unread: int

    @property
    def text(self) -> str:
        """The sentences, a line each, with markers of the sources."""
        return "\n".join(f"{one.text} [{one.source}]" for one in self.sentences)

    @property
    def plain(self) -> str:
        """The sentences, a line each, as somebody may send them."""
        return "\n".join(one.text for one in self.sentences)


class Drafting:
    """Writes drafts; what they say stands in their sources, or it is left out.

    Args:
        calls: The way to the model.
        checker: Compares sentences with lines.
    """

    def __init__(self, calls: ModelCalls, checker: Checker) -> None:
        self._calls = calls
        self._checker = checker

    def drafted(self, kind: str, title: str, sources: Sequence[Source]) -> Draft:
        """A draft from lines.

        Args:
            kind: `summary`, `reply` or `minutes`: what the model is told to do.
            title: The agenda item, the opinion to be answered, or the meeting.
            sources: Numbered lines; those that give orders are not shown to the model.

        Raises:
            ModelError: The model does not answer at all; where it stops midway, what it wrote
                until then holds.
        """
        quiet = [one for one in sources if not gives_orders(f"{one.line} {one.context}")]
        kept: list[Sentence] = []
        read = 0
        allowance = self._calls.allowance(waiting=False)
        for start in range(0, len(quiet), _LINES):
            some = quiet[start : start + _LINES]
            try:
                pieces = self._calls.write(kind, orders(kind), shown(title, some), allowance)
                kept += self._checker.checked("".join(pieces), some).kept
            except ModelError:
                if not read:
                    raise
                break
            read += len(some)
        return self._whole(title, sources, kept, len(sources) - read)

    def _whole(
        self, title: str, sources: Sequence[Source], kept: Sequence[Sentence], unread: int
    ) -> Draft:
        cited = {one.source for one in kept}
        told = {
            source.number
            for source in sources
            if source.number in cited
            and self._checker.covers(
                source.line, [s.text for s in kept if s.source == source.number]
            )
        }
        return Draft(
            title=title,
            sentences=tuple(kept),
            sources=tuple(one for one in sources if one.number in cited),
            left=tuple(one for one in sources if one.number not in told),
            unread=unread,
        )


def items(text: str) -> Iterator[tuple[str, list[Source]]]:
    """The items of minutes with their lines: what stands under each of their main headings.

    Args:
        text: The paper's cleaned text; lines before the first heading are left out.
    """
    parts = outline(text)
    lines = [(part, _headings(parts, part)) for part in parts if not part.heading]
    # The first heading is often the paper's title, and everything stands under it.
    above = [headings for _, headings in lines if headings]
    deepest = max(map(len, above), default=0)
    main = next((d for d in range(deepest) if len({h[min(d, len(h) - 1)] for h in above}) > 1), 0)
    groups: dict[int, list[Source]] = {}
    for part, headings in lines:
        line = " ".join(text[part.start : part.end].split())[:_LONGEST]
        if not headings or len(line) < _SHORTEST:
            continue
        found = groups.setdefault(headings[min(main, len(headings) - 1)], [])
        place = unmarked(" > ".join(_words(text, parts[one]) for one in headings))
        found.append(Source(number=len(found) + 1, line=unmarked(line), context=place))
    for heading, sources in groups.items():
        yield _words(text, parts[heading]), sources


def _headings(parts: Sequence[Item], part: Item) -> list[int]:
    return [place for place in part.parents if parts[place].heading]


def _words(text: str, part: Item) -> str:
    return " ".join(text[part.body : part.end].split())
