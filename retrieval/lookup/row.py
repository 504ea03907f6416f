"""A record as it comes out of the store, with all that an answer says of it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.records import Field, FieldType, RecordKind
from corpus.types import Span

_CLOCK = re.compile(r"\d{1,2}:\d\d|\d\s?시")
_DAY = re.compile(r"^일(?:시|자)")
_NAME_HEAD = re.compile(r"(?:성\s?명|이\s?름|위원\s?명|성함)$")


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
    def person(self) -> Field | None:
        """The person whom a row of a list of people is about; None for other rows."""
        named = [field for field in self.typed(FieldType.PERSON) if _NAME_HEAD.match(field.name)]
        return named[0] if self.kind is RecordKind.ROW and len(named) == 1 else None

    @property
    def day_with_hours(self) -> Field | None:
        """Its day where it is printed with the hours (`일시 : 5월 2일 14:00~16:00`); else None."""
        timed = (field for field in self.fields if _CLOCK.search(field.text))
        named = (f for f in timed if f.name == "held_on" or _DAY.match("".join(f.name.split())))
        return next(named, None)

    @property
    def places(self) -> frozenset[str]:
        """Canonical names of the places it is about."""
        return frozenset(field.place for field in self.fields if field.place)
