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


def row_of(head: sqlite3.Row, fields: Sequence[sqlite3.Row], spans: Sequence[sqlite3.Row]) -> Row:
    """A record from the rows of its tables: its head, its fields and its spans, in order."""
    return Row(
        id=head["id"],
        parent_id=head["parent_id"],
        relation_id=head["relation_id"],
        kind=_KINDS[head["kind"]],
        heading=unmarked(head["heading"]),
        heading_span=Span(start=head["heading_start"], end=head["heading_end"]),
        document_id=head["document_id"],
        document=head["document"],
        title=unmarked(head["title"]),
        body=unmarked(head["body"]),
        dated=head["dated"],
        fields=tuple(_field(field) for field in fields),
        spans=tuple(Span(start=span["start"], end=span["end"]) for span in spans),
        total=bool(head["total"]),
        doubt=head["doubt"],
    )


def _field(row: sqlite3.Row) -> Field:
    if row["printed"]:
        field = read_field(row)
        return replace(field, text=unmarked(field.text))
    text = row["text"]
    return Field(
        name=row["name"],
        type=_TYPES[row["type"]],
        text=unmarked(text) if "[" in text else text,
        span=Span(start=row["start"], end=row["end"]),
        value=row["value"],
        unit=row["unit"],
        place=row["place"],
        first=row["first"],
        last=row["last"],
    )
