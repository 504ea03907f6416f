"""The field (분야) that a list of grades stands under: a label at its side and a heading above."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus import amounts
from corpus.extraction.fields import Fields
from corpus.extraction.grade_names import FOOTING, HEAD
from corpus.extraction.lines import Line
from corpus.records import Field, FieldType
from corpus.types import Span

_COLUMN_HEADS = re.compile(
    r"구\s?분|수상\s?(?:기관|지자체)|지자체명|기관명|포상금|시상금|상금|등급"
)
_COUNT = re.compile(r"\(?\s?(?:총\s?)?\d{1,3}\s?(?:개|곳|개소)?\s?\)?$")
_HEADING_COUNT = re.compile(r"\s?\((?:총\s?)?\d{1,3}\s?(?:개|곳|개소|점|건|팀|명).*$", re.DOTALL)
_NUMBERED = {"square", "circle", "number", "roman", "syllable", "circled", "dot", "paren", "agenda"}
_LONGEST_LABEL = 20
_MOST_LINES = 8
_LONGEST_HEADING = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """What stands at the side of a list of grades and above it.

    Attributes:
        lines: Lines of the side label, in order; none where the list has none.
        heading: The nearest numbered or bulleted line above; empty where there is none.
    """

    lines: tuple[Span, ...]
    heading: Span

    @staticmethod
    def none(position: int) -> Label:
        """No label and no heading at a position."""
        return Label(lines=(), heading=Span(start=position, end=position))

    def fields(self, fields: Fields) -> Iterator[Field]:
        """The field `field`: the side label, else the heading without its count."""
        if self.lines:
            yield fields.make("field", FieldType.NAME, self.lines[0].start, self.lines[-1].end)
        elif self.heading.end > self.heading.start:
            words = fields.text[self.heading.start : self.heading.end]
            short = _HEADING_COUNT.sub("", words)
            yield fields.make(
                "field", FieldType.NAME, self.heading.start, self.heading.start + len(short)
            )


def label_above(text: str, printed: Sequence[Line], number: int, since: int) -> Label:
    """Look for the label of the grade that begins on a line.

    Args:
        text: Cleaned text.
        printed: Its lines.
        number: The grade's line.
        since: Where the grade before it ended; a label stands behind it.

    Returns:
        The label and heading; either may be empty.
    """
    found: list[Span] = []
    for line in reversed(printed[max(0, number - _MOST_LINES) : number]):
        words = text[line.start : line.end]
        if line.start < since or line.family or _COLUMN_HEADS.search(words):
            break
        if FOOTING.search(words) or _is_amount(words):
            continue
        if HEAD.search(words) or len(words) > _LONGEST_LABEL or re.search(r"[.:다]$", words):
            break
        if not _COUNT.fullmatch(words):
            found.append(Span(start=line.start, end=line.end))
    return Label(lines=tuple(reversed(found)), heading=_heading(text, printed[:number]))


def _is_amount(words: str) -> bool:
    return any(len(amount.text) * 2 > len(words) for amount in amounts.find(words))


def _heading(text: str, above: Sequence[Line]) -> Span:
    for line in reversed(above):
        words = text[line.body : line.end]
        named = line.family in _NUMBERED and not HEAD.match(words)
        if named and len(words) <= _LONGEST_HEADING and not re.search(r"[.다]$", words):
            return Span(start=line.body, end=line.end)
    return Span(start=0, end=0)
