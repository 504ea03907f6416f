"""Records: what papers state in rows, lists, outlines and boxes, as fields with spans."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from corpus.types import Span

MACHINE_READ = "machine_read"
"""The doubt of a record that a chat model read: shown with every answer until staff confirm it."""


class RecordKind(StrEnum):
    """What a record states."""

    ROW = "row"  # a row of any other table
    BUDGET_LINE = "budget line"  # a place or programme with an amount
    PROGRAMME = "programme"  # a programme with target, period, how to apply, contact
    MEETING = "meeting"  # 회의: when, where, who wrote it down
    ATTENDANCE = "attendance"  # 참석: one person, or the count of those present
    AGENDA_ITEM = "agenda item"  # 안건 with its result
    OPINION = "opinion"  # 의견
    REPLY = "reply"  # 부서의견 or a chair's ⇒ answer; its parent is the opinion
    PLAN_ITEM = "plan item"  # 전략, 과제, 세부사업; its parent is the item above
    AWARD = "award"  # a municipality with its grade and prize
    INDICATOR = "indicator"  # 성과지표: target, actual, rate
    EVENT = "event"  # 행사: what, when, where, for whom
    FACT = "fact"  # a labelled value in running text: 총 42개 사업


class FieldType(StrEnum):
    """What kind of value a field holds."""

    PLACE = "place"
    MONEY = "money"
    COUNT = "count"
    RATE = "rate"
    DATE = "date"
    PERSON = "person"
    ORGANISATION = "organisation"
    CODE = "code"
    NAME = "name"
    CONTACT = "contact"
    TEXT = "text"


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One value of a record, as printed and as understood.

    Attributes:
        name: What it is to the record: a column's heading as printed, or for the kinds with fixed
            fields the English name listed in `corpus/extraction/__init__.py`.
        type: Kind of value.
        text: As printed, white space folded, words broken over lines mended.
        span: Where it is printed; an empty span where it is inherited from a heading.
        value: Won for money, the number for a count, hundredths of a per cent for a rate; None
            where the text holds no number, or for other types.
        unit: Counter word of a count (`개 사업` gives `사업`), else empty.
        place: Canonical name of a place: `가람2동`, `부산광역시 북구`; else empty.
        first: First day, ISO 8601 as exact as printed (`2023-02`); empty without a date.
        last: Last day of a period; equal to `first` for a single date.
        printed: What the paper prints, where staff put another value in its place; else empty.
    """

    name: str
    type: FieldType
    text: str
    span: Span
    value: int | None = None
    unit: str = ""
    place: str = ""
    first: str = ""
    last: str = ""
    printed: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One thing that a paper states.

    Attributes:
        kind: What it states.
        fields: Its values, in printed order.
        spans: Where it is printed, in order; the quote joins them with `…`.
        parent: Index of the record above it in the same relation; None for the outermost.
        total: Whether it sums up the other rows (합계, 소계).
        doubt: Code of why it should be confirmed by a person, a key of `[doubt]`; else empty.
    """

    kind: RecordKind
    fields: tuple[Field, ...]
    spans: tuple[Span, ...]
    parent: int | None = None
    total: bool = False
    doubt: str = ""

    def field(self, name: str) -> Field | None:
        """The first field of a name; None without one."""
        return next((field for field in self.fields if field.name == name), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """Records of one shape that stand together: a table, a list, the opinions of a meeting.

    Attributes:
        kind: Kind of its records.
        title: Heading, caption or agenda item above it, as printed; empty without one.
        title_span: Where the title is printed.
        records: In printed order.
        heads: Printed headings of columns whose fields have a name of their own, one a line:
            지원액 for `amount`. People ask by them.
    """

    kind: RecordKind
    title: str
    title_span: Span
    records: tuple[Record, ...]
    heads: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something a reader of the answers must be warned of.

    Attributes:
        code: Key of `[finding]` in `corpus/messages.toml`: a total that its rows do not give, two
            printed values that claim the same thing, a row that could not be read.
        values: What the sentence names, as printed.
        spans: The places that disagree, or the row in question.
    """

    code: str
    values: tuple[str, ...]
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """Everything that was read out of one paper."""

    relations: tuple[Relation, ...] = ()
    findings: tuple[Finding, ...] = ()
