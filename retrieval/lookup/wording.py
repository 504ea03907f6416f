"""Values and rows as people read them, and rows as citations."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from corpus import amounts
from corpus.database import CouncilDatabase
from corpus.messages import messages, say
from corpus.records import Field, FieldType, RecordKind
from corpus.text import squeeze
from corpus.types import Span, Visibility
from retrieval.lookup.row import Row
from retrieval.lookup.rows import Rows
from retrieval.types import Citation

_LONGEST_QUOTE = 300
_SHORTEST_QUOTE = 8
# Of the papers that print one row: more than three sources prove no more than three do.
_OTHERS = 2
_LABELS = frozenset({FieldType.NAME, FieldType.ORGANISATION, FieldType.PERSON, FieldType.TEXT})
# The field that names a record of a kind with fixed fields.
_NAMED_BY = {
    RecordKind.PROGRAMME: "programme",
    RecordKind.AWARD: "municipality",
    RecordKind.OPINION: "text",
    RecordKind.PLAN_ITEM: "title",
    RecordKind.AGENDA_ITEM: "title",
    RecordKind.EVENT: "title",
}
# Columns that say something of a row but never what it is.
_NO_NAMES = frozenset({"단위", "비고", "section", "context", "field", "grade", "plan", "part"})
_LONGEST_NAME = 40
# Minutes print 27명 and forms 27; both count people.
_OF_PEOPLE = frozenset({"members", "present"})


def won(value: int, unit: str = "") -> str:
    """An amount in the form people read, with the whole number of won behind it.

    >>> won(3_536_000)
    '353만 6,000원'
    >>> won(2_100_000, "천원")
    '2,100천원(210만원)'
    """
    shown = amounts.format_won(value)
    if unit and unit != "원":
        return f"{amounts.convert(value, unit)}({shown})"
    return amounts.format_exact(value) if unit == "원" else shown


def measured(value: int, kind: FieldType, unit: str = "", asked_unit: str = "") -> str:
    """A value of some type with its unit."""
    if kind is FieldType.MONEY:
        return won(value, asked_unit)
    if kind is FieldType.RATE:
        return f"{value / 100:g}{unit or '%'}"
    return f"{value:,}{_counter(unit)}"


def _counter(unit: str) -> str:
    """A counter word behind its number: `14개 사업`, `21명`."""
    if unit in _COUNTERS or len(unit) == 1:
        return unit
    return say("answer.things", unit=unit) if unit else say("answer.pieces")


_COUNTERS = frozenset(
    {"가구", "세대", "개소", "시간", "차례", "마리", "그루", "상자", "가지", "개월"}
)


def value_of(field: Field, asked_unit: str = "") -> str:
    """A field's value for people; what is printed where it is no number."""
    if field.value is None or field.type not in {FieldType.MONEY, FieldType.COUNT, FieldType.RATE}:
        return field.text
    if field.type is FieldType.COUNT:
        shown = field.text if any(c.isdigit() for c in field.text) else f"{field.value:,}"
        return f"{shown}명" if field.name in _OF_PEOPLE and shown.isdigit() else shown
    return measured(field.value, field.type, field.unit, asked_unit)


def label(row: Row) -> str:
    """What a row is called: its place, else its name, organisation, person or first words."""
    if row.kind in _MEETINGS and (row.heading or row.title):
        return row.heading or row.title
    named = row.field(_NAMED_BY.get(row.kind, ""))
    if named and named.text:
        return named.place or named.text
    if person := row.person:
        return person.text
    if place := first_place(row):
        return place
    names = _names(row)
    return names[0] if names else row.fields[0].text if row.fields else row.heading


def first_place(row: Row) -> str:
    """The place that a row is about, others being named in its notes; empty without one."""
    field = next((field for field in row.typed(FieldType.PLACE) if field.text), None)
    return (field.place or field.text) if field else ""


def labels(rows: Sequence[Row], among: Sequence[Row] = ()) -> list[str]:
    """What several rows are called, told apart by a second name where others share the first.

    Args:
        rows: The rows.
        among: All rows of their table; the rows themselves by default.
    """
    every = [_graded(row) for row in among or rows]
    shared = len(set(every)) < len(every)
    return [_told_apart(row, _graded(row)) if shared else _graded(row) for row in rows]


def _graded(row: Row) -> str:
    """An award says what was won."""
    grade = row.field("grade")
    won = row.kind is RecordKind.AWARD and grade and grade.text
    return f"{label(row)}({grade.text})" if won and grade else label(row)


def field_won(row: Row) -> str:
    """The field that an award is of: its own, else the heading of its table."""
    field = row.field("field")
    return field.text if field else row.heading


def _told_apart(row: Row, name: str) -> str:
    if row.kind is RecordKind.AWARD:
        return name
    others = [text for text in _names(row) if text != name and len(text) <= _LONGEST_NAME]
    return f"{name} {others[0]}" if others else name


def _names(row: Row) -> list[str]:
    """Texts of a row that could be its name, in printed order."""
    return [
        field.text
        for field in row.fields
        if field.type in _LABELS
        and field.name not in _NO_NAMES
        and field.text
        and not field.text.isdigit()
    ]


def shown_name(field: Field) -> str:
    """A field's name for people; empty where the value speaks for itself."""
    return messages().get(f"field.{field.name}", "") if field.name.isascii() else field.name


_MEETINGS = frozenset({RecordKind.MEETING, RecordKind.ATTENDANCE})


class Source(Protocol):
    """What is needed of a record, or of a passage, to cite it."""

    @property
    def document_id(self) -> int:
        """The paper."""

    @property
    def document(self) -> str:
        """Name of the paper."""

    @property
    def title(self) -> str:
        """Title of the paper."""

    @property
    def heading(self) -> str:
        """What stands above."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """A place in a paper that no record stands for."""

    document_id: int
    document: str
    title: str
    heading: str


class Citations:
    """Numbers the rows that an answer uses and quotes them.

    Args:
        database: The council's store, which holds the papers' texts.
        made: Citations that an answer has already.
    """

    def __init__(self, database: CouncilDatabase, made: Iterable[Citation] = ()) -> None:
        self._database = database
        self._made: list[Citation] = list(made)

    def add(self, row: Row) -> str:
        """Cite a row, once; the marker `[1]` to put into the text.

        A row that other papers print as well is cited from those, too.
        """
        # Their numbers come from what the audience of this very row may see.
        others = Rows(self._database).exactly(row.others[:_OTHERS], Visibility.STAFF)
        return "".join(self._add(one, one.spans) for one in (row, *others))

    def _add(self, row: Source, spans: Sequence[Span]) -> str:
        quote, start, end = self._quote(row.document_id, spans)
        for one in self._made:
            if (one.document_id, one.start, one.end) == (row.document_id, start, end):
                return f"[{one.number}]"
        made = Citation(
            number=len(self._made) + 1,
            document=row.document,
            title=row.title,
            quote=quote,
            locator=self._locator(row, start),
            document_id=row.document_id,
            start=start,
            end=end,
            record_id=row.id if isinstance(row, Row) else 0,
        )
        self._made.append(made)
        return f"[{made.number}]"

    def add_line(self, row: Source, span: Span) -> str:
        """Cite the whole printed line that a value stands in, its label included."""
        text = self.text(row.document_id)
        start = text.rfind("\n", 0, span.start) + 1
        end = text.find("\n", span.end)
        end = len(text) if end < 0 else end
        if end - start > _LONGEST_QUOTE:
            start, end = span.start, span.end
        return self._add(row, [Span(start=start, end=end)])

    def add_heading(self, row: Row) -> str:
        """Cite the title line of a row's relation; nothing where it has none."""
        span = row.heading_span
        return self.add_line(row, span) if span.end > span.start else ""

    def text(self, document_id: int) -> str:
        """A paper's text; empty for one that is not there."""
        row = self._database.one("select text from documents where id = ?", [document_id])
        return str(row["text"]) if row else ""

    def all(self) -> tuple[Citation, ...]:
        """The citations made, in order."""
        return tuple(self._made)

    def _quote(self, document_id: int, spans: Sequence[Span]) -> tuple[str, int, int]:
        spans = self._long_enough(document_id, spans)
        parts = [self._slice(document_id, span) for span in spans]
        # A private-use bullet is kept as • in the text; the file holds another sign there.
        quote = "…".join(part for part in parts if part).lstrip("• ")
        return quote[:_LONGEST_QUOTE], spans[0].start, spans[-1].end

    def _long_enough(self, document_id: int, spans: Sequence[Span]) -> Sequence[Span]:
        """A quote of two syllables could stand anywhere; it takes the lines above it along."""
        if sum(span.end - span.start for span in spans) >= _SHORTEST_QUOTE:
            return spans
        text = self.text(document_id)
        start, end = spans[0].start, spans[-1].end
        while start > 0 and len("".join(text[start:end].split())) < _SHORTEST_QUOTE:
            start = text.rfind("\n", 0, start - 1) + 1
        return [Span(start=start, end=end)]

    def _slice(self, document_id: int, span: Span) -> str:
        row = self._database.one(
            "select substr(text, ?, ?) as part from documents where id = ?",
            [span.start + 1, span.end - span.start, document_id],
        )
        # Cells of one row are apart in the file, whatever stands between them there.
        return squeeze(row["part"].replace("\t", "…")) if row else ""

    def _locator(self, row: Source, start: int) -> str:
        page = self._database.one(
            "select max(number) as n from pages where document_id = ? and start <= ?",
            [row.document_id, start],
        )
        parts = ["" if row.heading == row.title else squeeze(row.heading)[:60]]
        if page and page["n"]:
            parts.append(say("answer.page", page=page["n"]))
        return ", ".join(part for part in parts if part)


def listed(names: Iterable[str], most: int = 30) -> str:
    """Names in a row; the rest counted where there are too many."""
    every = list(names)
    if len(every) <= most:
        return ", ".join(every)
    return say("answer.and_more", names=", ".join(every[:most]), count=len(every) - most)
