"""Rows that a machine proposes for unread lines, held against what is printed there.

A proposal says only which words of a line belong together. What they mean is read by the readers
that read every paper, and a line with anything in it that does not hold gives no row at all.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.extraction.rows import is_total
from corpus.extraction.values import guess, make
from corpus.records import MACHINE_READ, Field, FieldType, Record, RecordKind, Relation
from corpus.second_reading.unread import UnreadLine
from corpus.second_reading.whole_words import ends_in_value, find, runs_on
from corpus.text import squeeze
from corpus.types import Span

# What a value is called where the paper prints no name for it: never in the machine's own words.
_PLAIN_NAMES = {
    FieldType.MONEY: "amount",
    FieldType.COUNT: "count",
    FieldType.RATE: "rate",
    FieldType.DATE: "date",
    FieldType.PLACE: "place",
    FieldType.PERSON: "person",
    FieldType.CONTACT: "contact",
}
_SUBJECT, _TEXT = "name", "text"
_LONGEST_NAME, _LONGEST_SUBJECT = 30, 60
# Signs that part what stands on one line; what stands behind one belongs to something else.
_BREAK = re.compile(r"[,;/|·、\n\t]|[.]\s")
# A name and its value stand side by side, with a few signs or a particle between them.
_NEAR = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A value that a machine found.

    Attributes:
        name: What it takes it to be.
        type: What kind of value.
        text: The words, as printed.
    """

    name: str
    type: FieldType
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A row that a machine proposes.

    Attributes:
        line: Which of the lines it was shown, from 0.
        subject: What the row is about, as printed on the line or in a heading above it.
        fields: Its values in printed order.
    """

    line: int
    subject: str
    fields: tuple[Told, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """A field with the offsets of its line that it tells, its name included."""

    field: Field
    told: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Placed:
    """A row with the offsets of its line that it tells."""

    record: Record
    told: tuple[tuple[int, int], ...]

    @property
    def start(self) -> int:
        return self.told[0][0]

    @property
    def end(self) -> int:
        return self.told[-1][1]


def accepted(
    text: str, lines: Sequence[UnreadLine], proposals: Sequence[Proposal]
) -> tuple[tuple[Relation, ...], int]:
    """The proposed rows that hold, and how many do not.

    All rows of a line are taken or none: what one of them leaves out may be what makes another
    one wrong. Of a line every number must be told; each word must stand in it whole, behind what
    it belongs to and with nothing between them that parts the line.

    Args:
        text: The paper's cleaned text.
        lines: The lines that were shown.
        proposals: What the machine made of them.

    Returns:
        A relation for each heading, its rows with the doubt `MACHINE_READ`; the rows dropped.
    """
    groups: dict[int, list[Proposal]] = {}
    for proposal in proposals:
        groups.setdefault(proposal.line, []).append(proposal)
    kept: dict[tuple[Span, ...], list[Record]] = {}
    dropped = 0
    for number, group in sorted(groups.items()):
        line = lines[number] if 0 <= number < len(lines) else None
        records = [] if line is None else _records(text, line, group)
        if line is not None and records:
            kept.setdefault(line.headings, []).extend(records)
        else:
            dropped += len(group)
    return tuple(_relation(text, above, records) for above, records in kept.items()), dropped


def _relation(text: str, headings: Sequence[Span], records: Sequence[Record]) -> Relation:
    title = headings[-1] if headings else Span(start=0, end=0)
    return Relation(
        kind=RecordKind.ROW,
        title=squeeze(text[title.start : title.end]),
        title_span=title,
        records=tuple(records),
    )


def _records(text: str, line: UnreadLine, group: Sequence[Proposal]) -> list[Record]:
    """The rows of one line; none where anything of them does not hold."""
    printed = text[line.span.start : line.span.end]
    above = [squeeze(text[one.start : one.end]) for one in line.headings]
    found = [_placed(printed, line, above, one) for one in group]
    rows = sorted((one for one in found if one is not None), key=lambda one: one.start)
    apart = all(one.end <= other.start for one, other in pairwise(rows))
    told = [span for row in rows for span in row.told]
    figures = re.finditer(r"\d+", printed)
    whole = all(any(a <= one.start() and one.end() <= b for a, b in told) for one in figures)
    return [row.record for row in rows] if len(rows) == len(group) and apart and whole else []


def _placed(
    printed: str, line: UnreadLine, above: Sequence[str], proposal: Proposal
) -> _Placed | None:
    """A row with its words found where they are printed, in order; None where one is not."""
    found = _subject(printed, line, above, proposal.subject)
    if found is None or not proposal.fields:
        return None
    fields, told = [found.field], list(found.told)
    for one in proposal.fields:
        value = _value(printed, line, above, one, told[-1][1] if told else 0)
        if value is None or value.field.name in {field.name for field in fields}:
            return None
        if len(value.told) == 1 and _is_loose(fields[-1]):
            return None
        fields.append(value.field)
        told += value.told
    record = Record(
        kind=RecordKind.ROW,
        fields=tuple(fields),
        spans=(line.span,),
        total=is_total(proposal.subject),
        doubt=MACHINE_READ,
    )
    return _Placed(record=record, told=tuple(told))


def _subject(printed: str, line: UnreadLine, above: Sequence[str], subject: str) -> _Found | None:
    words = squeeze(subject)
    if len(words) > _LONGEST_SUBJECT or not re.search(r"[가-힣A-Za-z]", words):
        return None
    if _BREAK.search(words):
        return None
    place = find(printed, words, 0)
    if place is None and not any(find(one, words, 0) for one in above):
        return None
    at = place or (0, 0)
    field = guess(_SUBJECT, words, _span(line, at))
    if field.type is not FieldType.PLACE:
        field = Field(name=_SUBJECT, type=FieldType.NAME, text=words, span=field.span)
    return _Found(field=field, told=(place,) if place else ())


def _value(
    printed: str, line: UnreadLine, above: Sequence[str], told: Told, behind: int
) -> _Found | None:
    """A value with its name, where the line prints one before it."""
    name = squeeze(told.name)
    label = find(printed, name, behind) if _is_name(name) else None
    if label is None and _is_name(name) and find(printed, name, 0):
        return None  # its name stands before something else
    start = label[1] if label else behind
    place = find(printed, squeeze(told.text), start)
    if place is None or _BREAK.search(printed, start, place[0]):
        return None
    if runs_on(printed[slice(*place)]) or (label and place[0] - start > _NEAR):
        return None
    known = label is not None or (_is_name(name) and any(find(one, name, 0) for one in above))
    called = name if known else _PLAIN_NAMES.get(told.type, _TEXT)
    field = _field(called, told.type, squeeze(printed[slice(*place)]), _span(line, place))
    if field is None:
        return None
    return _Found(field=field, told=(label, place) if label else (place,))


def _field(name: str, kind: FieldType, text: str, span: Span) -> Field | None:
    """The value as our own readers understand it; None where it is none of its kind."""
    if kind is FieldType.TEXT:
        return guess(name, text, span)
    field = make(name, kind, text, span)
    numeric = kind in {FieldType.MONEY, FieldType.COUNT, FieldType.RATE}
    return None if field is None or (numeric and field.value is None) else field


def _is_loose(field: Field) -> bool:
    """Whether a value may hold what the next one belongs to, which then needs a name of its own."""
    if field.name == _SUBJECT or field.type is FieldType.PLACE:
        return False
    return bool(re.search(r"[\d,·、]", field.text)) and not ends_in_value(field.text)


def _is_name(name: str) -> bool:
    """Whether a value may be called so; plain letters are the names of our own fields."""
    return len(name) <= _LONGEST_NAME and not name.isascii() and not _BREAK.search(name)


def _span(line: UnreadLine, place: tuple[int, int]) -> Span:
    return Span(start=line.span.start + place[0], end=line.span.start + place[1])
