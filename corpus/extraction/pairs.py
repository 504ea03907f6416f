"""Places with a value right behind each, several in a line: `가람1동 3명 / 가람2동 5명`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus import dates
from corpus.extraction.fields import Fields
from corpus.extraction.mentions import Mention, field_of, mentions
from corpus.extraction.surroundings import Above
from corpus.extraction.values import iso
from corpus.outline import Item
from corpus.places import find_dongs
from corpus.records import Field, FieldType, Record, RecordKind, Relation
from corpus.types import Span

PROGRAMMES = re.compile(r"사업|프로그램")
_GAP = re.compile(r"\s*[:(]?\s*(?:총|약)?\s*")
_NAME_BEFORE = re.compile(r"(?:^|[,，;·/]\s*)(?P<name>[가-힣][^,，;:：()]{1,40}?)\s*[:：(]?\s*$")
_FEWEST = 3


def read_pairs(fields: Fields, run: Sequence[Item], above: Above) -> Relation | None:
    """Read the pairs of a run of lines.

    Args:
        fields: Maker of the paper's fields.
        run: Neighbouring logical lines.
        above: What stands above them.

    Returns:
        A record for each pair, with the date that its line states before it; None unless a line
        holds several pairs and the run three.
    """
    found = [_of_line(fields, item, above) for item in run]
    records = [record for line in found for record in line]
    several = any(len(line) > 1 for line in found)
    return relation_of_lines(records, above) if several and len(records) >= _FEWEST else None


def relation_of_lines(records: Sequence[Record], above: Above) -> Relation:
    """The relation of a run of lines, under the heading above it."""
    kinds = {record.kind for record in records}
    kind = RecordKind.BUDGET_LINE if RecordKind.BUDGET_LINE in kinds else RecordKind.ROW
    return Relation(
        kind=kind, title=above.title, title_span=above.title_span, records=tuple(records)
    )


def priced_programmes(
    fields: Fields, key: Span, place: str, words: Span, above: Above
) -> list[Record]:
    """What a line lists behind its place: `가람동(2개 사업, 800만원): 반찬 나눔 500만원, …`.

    Args:
        fields: Maker of the paper's fields.
        key: Where the place is printed.
        place: Its canonical name.
        words: Where the list stands.
        above: What stands above the line.

    Returns:
        A record for each name with an amount right behind it.
    """
    text = fields.text[words.start : words.end]
    records: list[Record] = []
    behind = 0
    for value in mentions(text, above.note.won):
        if value.type is not FieldType.MONEY:
            continue
        name = _NAME_BEFORE.search(text, behind, value.start)
        behind = value.end
        if name is None:
            continue
        start = words.start + name.start("name")
        span = Span(start=start, end=words.start + value.end)
        where = fields.make("place", FieldType.PLACE, key.start, key.end, place=place)
        inherited = replace(where, span=Span(start=start, end=start))
        programme = fields.make("programme", FieldType.NAME, start, words.start + name.end("name"))
        records.append(
            Record(
                kind=RecordKind.BUDGET_LINE,
                fields=(
                    *year_fields(above, span),
                    programme,
                    field_of(fields, "amount", value, words.start),
                    inherited,
                ),
                spans=(key, span),
            )
        )
    return records


def value_name(value: Mention) -> str:
    """The field name of a value in a list."""
    if value.type is FieldType.MONEY:
        return "amount"
    if value.type is FieldType.COUNT:
        return "programmes" if PROGRAMMES.search(value.unit) else "count"
    return "rate"


def year_fields(above: Above, span: Span) -> list[Field]:
    """The year that the headings above state, as an inherited field; empty without one."""
    if not above.year:
        return []
    nowhere = Span(start=span.start, end=span.start)
    return [
        Field(
            name="year",
            type=FieldType.DATE,
            text=f"{above.year}년",
            span=nowhere,
            first=above.year,
            last=above.year,
        )
    ]


def _of_line(fields: Fields, item: Item, above: Above) -> list[Record]:
    at = item.body
    words = fields.text[at : item.end]
    values = {value.start: value for value in mentions(words)}
    year = int(above.year) if above.year else None
    day = next(iter(dates.find(words, year)), None)
    records: list[Record] = []
    for dong in find_dongs(words):
        gap = _GAP.match(words, dong.end)
        value = values.get(gap.end()) if gap else None
        if value is None or len(dong.keys) != 1:
            continue
        name, key = value_name(value), dong.keys[0]
        place = fields.make("place", FieldType.PLACE, at + dong.start, at + dong.end, place=key)
        span = Span(start=at + dong.start, end=at + value.noun_end)
        when = [_when(fields, day, at)] if day and day.end <= dong.start else []
        kind = RecordKind.BUDGET_LINE if name == "amount" else RecordKind.ROW
        pair = (place, field_of(fields, name, value, at))
        records.append(
            Record(
                kind=kind,
                fields=(*year_fields(above, span), *when, *pair),
                spans=(*(field.span for field in when), span),
            )
        )
    return records


def _when(fields: Fields, day: dates.DateMention, at: int) -> Field:
    """The date that a line states before its pairs: `4. 6.(월) 가람1동 31명`."""
    first, last = iso(day, day.first), iso(day, day.last)
    start, end = at + day.start, at + day.end
    return fields.make("date", FieldType.DATE, start, end, first=first, last=last)
