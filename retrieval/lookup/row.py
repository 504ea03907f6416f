"""A record as it comes out of the store, with all that an answer says of it."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.records import Field, FieldType, RecordKind
from corpus.review import read_field
from corpus.types import Span
from retrieval.types import unmarked


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A record with its relation and its paper.

    Attributes:
        id: Row number of the record.
        parent_id: Record above it; None for the outermost.
        relation_id: Relation it belongs to.
        kind: What it states.
        heading: Title of the relation.
        heading_span: Where that title is printed.
        document_id: Paper it comes from.
        document: Name of the paper.
        title: Title of the paper.
        body: Whose paper it is; empty where it does not say.
        dated: Date of the paper as far as known, ISO 8601.
        fields: Its values in printed order.
        spans: Where it is printed.
        total: Whether it sums up other rows.
        others: The same row in other papers, the newest first; empty for most.
        doubt: Why it should be confirmed; empty for most, and once staff confirmed it.
    """

    id: int
    parent_id: int | None
    relation_id: int
    kind: RecordKind
    heading: str
    heading_span: Span
    document_id: int
    document: str
    title: str
    body: str
    dated: str
    fields: tuple[Field, ...]
    spans: tuple[Span, ...]
    total: bool
    doubt: str
    others: tuple[int, ...] = ()

    def field(self, name: str) -> Field | None:
        """The first field of a name; None without one."""
        return next((field for field in self.fields if field.name == name), None)

    def typed(self, kind: FieldType) -> tuple[Field, ...]:
        """Its fields of one type."""
        return tuple(field for field in self.fields if field.type is kind)

    @property
    def places(self) -> frozenset[str]:
        """Canonical names of the places it is about."""
        return frozenset(field.place for field in self.fields if field.place)


# A question reads hundreds of records; calling an enumeration takes ten times as long as this.
_KINDS = {kind.value: kind for kind in RecordKind}
_TYPES = {kind.value: kind for kind in FieldType}


@dataclass(frozen=True, slots=True, kw_only=True)
class Above:
    """What all records of one relation share: the relation and its paper, as of `Row`."""

    heading: str
    heading_span: Span
    document_id: int
    document: str
    title: str
    body: str
    dated: str


def above_of(head: sqlite3.Row) -> Above:
    """A relation and its paper from the row of their tables."""
    return Above(
        heading=unmarked(head["heading"]),
        heading_span=Span(start=head["start"], end=head["end"]),
        document_id=head["document_id"],
        document=head["document"],
        title=unmarked(head["title"]),
        body=unmarked(head["body"]),
        dated=head["dated"],
    )


def row_of(
    record: sqlite3.Row, above: Above, fields: Sequence[Field], spans: Sequence[Span]
) -> Row:
    """A record from the row of its table, what stands above it, its fields and its spans."""
    number, parent_id, relation_id, kind, total, doubt = record
    return Row(
        id=number,
        parent_id=parent_id,
        relation_id=relation_id,
        kind=_KINDS[kind],
        heading=above.heading,
        heading_span=above.heading_span,
        document_id=above.document_id,
        document=above.document,
        title=above.title,
        body=above.body,
        dated=above.dated,
        fields=tuple(fields),
        spans=tuple(spans),
        total=bool(total),
        doubt=doubt,
    )


FIELD_COLUMNS = """f.name, f.type, f.text, f.start, f."end", f.value, f.unit, f.place,
    f.first, f.last, f.printed"""
"""The columns of `fields` that `field_of` takes, in its order."""


def field_of(row: sqlite3.Row) -> Field:
    """A field from the columns of `FIELD_COLUMNS`, after the number of its record."""
    if row["printed"]:
        field = read_field(row)
        return replace(field, text=unmarked(field.text))
    # By place: a name is looked for among all names, and a question reads thousands of fields.
    _, name, kind, text, start, end, value, unit, place, first, last, _ = row
    return Field(
        name=name,
        type=_TYPES[kind],
        text=unmarked(text) if "[" in text else text,
        span=Span(start=start, end=end),
        value=value,
        unit=unit,
        place=place,
        first=first,
        last=last,
    )
