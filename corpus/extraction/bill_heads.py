"""What the head of a bill says in its own way: the number in its box, the law that it rests on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus.extraction.fields import Fields
from corpus.fulltext import FullText
from corpus.outline import Item
from corpus.records import Field, FieldType, Record, RecordKind, Relation
from corpus.types import Span

# The label fills a narrow box in two lines, beside its number: 의 안 / 번 호 / 제 12 호.
_NUMBER = re.compile(
    r"^[ \t]*(의\s*안\s*?\n\s*번\s*호)\s*[:：]?\s*(제?\s*\d{1,5}\s*호)", re.MULTILINE
)
# `「가람법」 제3조(…)에 의거 … 수립함`: what a bill does, it does by this law.
_GROUNDS = re.compile(
    r"((?:「[^」\n]{2,60}」|[가-힣]{2,20}(?:법|조례|규칙))\s*제\s*\d+\s*조[^.]{0,120}?)"
    r"(?:에|의\s*규정에)\s*(?:의거|의하여|의해|따라|따른|근거)"
)
# Further down a law is cited for one matter of many.
_HEAD = 1_500
_LONGEST = 300


def bill_head(full: FullText, items: Sequence[Item]) -> tuple[Relation, ...]:
    """Read the number of a bill and the law that it rests on.

    Args:
        full: The paper.
        items: Its outline.

    Returns:
        One relation of facts; none for a paper that has neither at its head.
    """
    fields = Fields(full.text)
    records = [
        _fact(fields, "의안번호", match.span(2), Span(start=match.start(1), end=match.end(2)))
        for match in _NUMBER.finditer(full.text, 0, _HEAD)
    ][:1]
    records += list(_grounds(fields, items))[:1]
    if not records:
        return ()
    start = records[0].spans[0].start
    title_span = Span(start=start, end=start)
    return (
        Relation(kind=RecordKind.FACT, title="", title_span=title_span, records=tuple(records)),
    )


def _grounds(fields: Fields, items: Sequence[Item]) -> Iterator[Record]:
    for item in items:
        if item.start > _HEAD or item.end - item.start > _LONGEST:
            continue
        if match := _GROUNDS.match(fields.text, item.body, item.end):
            yield _fact(fields, "근거", match.span(1), Span(start=item.start, end=item.end))


def _fact(fields: Fields, name: str, value: tuple[int, int], span: Span) -> Record:
    nowhere = Span(start=span.start, end=span.start)
    label = Field(name="label", type=FieldType.TEXT, text=name, span=nowhere)
    printed = fields.make(name, FieldType.TEXT, *value)
    return Record(kind=RecordKind.FACT, fields=(label, printed), spans=(span,))
