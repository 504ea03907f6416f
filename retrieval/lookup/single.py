"""One record, or the few that fit alike: the value asked for, or the row as it is."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from corpus.messages import say
from corpus.records import Field, FieldType, RecordKind
from retrieval.lookup.asked import Asked
from retrieval.lookup.columns import column
from retrieval.lookup.finding import Found
from retrieval.lookup.row import Row
from retrieval.lookup.wording import Citations, label, shown_name, value_of
from retrieval.types import Answer, Basis
from retrieval.understanding.fields import fields_asked
from retrieval.understanding.question import Want

ENOUGH = 0.6
_ALIKE = 0.04
# A fact counts a little less than a row (`finding`); facts of one paragraph fit about alike.
_LOOSE, _STATED_NEAR = 0.05, 0.15
_MOST = 6
_LONGEST_TEXT = 260

_WANTED: dict[Want, tuple[FieldType, ...]] = {
    Want.AMOUNT: (FieldType.MONEY,),
    Want.COUNT: (FieldType.COUNT, FieldType.RATE),
    Want.TIME: (FieldType.DATE,),
    Want.PERSON: (FieldType.PERSON, FieldType.ORGANISATION),
    Want.CONTACT: (FieldType.CONTACT,),
    Want.PLACE: (FieldType.PLACE,),
}
# Fields that say where a row belongs rather than what it states.
_BACKGROUND = frozenset({"context", "section", "council", "body", "level", "code", "plan", "part"})
_FORM = frozenset(
    {
        RecordKind.MEETING,
        RecordKind.ATTENDANCE,
        RecordKind.AGENDA_ITEM,
        RecordKind.PROGRAMME,
    }
)
_TORN = frozenset({RecordKind.MEETING, RecordKind.ATTENDANCE})


class Single:
    """Answers with the value of one record.

    Args:
        citations: Makes the citations of one answer.
        terms_of: Text to index terms.
    """

    def __init__(self, citations: Callable[[], Citations], terms_of: Callable[[str], str]) -> None:
        self._citations = citations
        self._terms_of = terms_of

    def answer(self, asked: Asked, found: Sequence[Found]) -> Answer | None:
        """The value that is asked for.

        Args:
            asked: The question.
            found: Records that may answer, best first.

        Returns:
            The answer; None where no record covers enough of the question or holds such a value.
        """
        fitting = [
            (one, fields)
            for one in found
            if (one.coverage >= ENOUGH or not asked.weights)
            and asked.focus not in one.missing
            and not (_measuring(asked) and _by_example(asked, one.row))
            and (fields := self.fields(asked, one.row))
        ]
        if not fitting:
            return None
        if asked.question.want in {Want.AMOUNT, Want.COUNT}:
            fitting = self._measured(asked, fitting)
        best = fitting[0][0]
        alike = [
            (one.row, fields)
            for one, fields in fitting
            if one.coverage >= best.coverage - _ALIKE
            and one.own >= best.own - _ALIKE
            and one.row.kind is best.row.kind
        ]
        return self._said(asked, _upcoming(alike)[:_MOST])

    def _measured(
        self, asked: Asked, fitting: Sequence[tuple[Found, tuple[Field, ...]]]
    ) -> list[tuple[Found, tuple[Field, ...]]]:
        """Of rows that fit alike, those whose column is the one asked for."""
        near = [pair for pair in fitting if pair[0].coverage >= fitting[0][0].coverage - _ALIKE]
        columns = [column([one.row], asked) for one, _ in near]
        fits = [found.fit if found else 0 for found in columns]
        return [pair for pair, fit in zip(near, fits, strict=True) if fit == max(fits)]

    def stated(self, asked: Asked, found: Sequence[Found]) -> Answer | None:
        """The largest number that facts state of the things counted; parts of it are smaller.

        Args:
            asked: A question for the number of all things of a kind.
            found: Facts that may answer, best first.

        Returns:
            The answer; None where no fact counts such things.
        """
        packed = "".join(asked.question.text.split())
        counted = [
            (one, field)
            for one in found
            for field in one.row.typed(FieldType.COUNT)
            if one.coverage >= ENOUGH - _LOOSE and len(field.unit) > 1 and field.unit in packed
        ]
        if not counted:
            return None
        best = max(one.coverage for one, _ in counted)
        near = [(one, field) for one, field in counted if one.coverage >= best - _STATED_NEAR]
        one, field = max(near, key=lambda pair: pair[1].value or 0)
        return self._said(asked, [(one.row, (field,))])

    def fields(self, asked: Asked, row: Row) -> tuple[Field, ...]:
        """The values of a row that answer; all of them where the question names no kind."""
        named = fields_asked(asked.question.text)
        if asked.question.want is Want.CONTACT:
            return row.typed(FieldType.CONTACT)
        if row.kind in _FORM and (chosen := tuple(f for f in row.fields if f.name in named)):
            return _next_only(chosen)
        if row.kind is RecordKind.MEETING:
            return ()
        kinds = _WANTED.get(asked.question.want)
        if kinds is None and asked.measure is FieldType.MONEY:
            kinds = _WANTED[Want.AMOUNT]
        if kinds is None:
            return tuple(f for f in row.fields if f.name not in _BACKGROUND) or row.fields
        if kinds[0] in {FieldType.MONEY, FieldType.COUNT}:
            found = column([row], asked)
            value = found.of(row) if found else None
            return (value,) if value and value.type in kinds else ()
        return tuple(field for kind in kinds for field in row.typed(kind))[:3]

    def _said(self, asked: Asked, rows: Sequence[tuple[Row, tuple[Field, ...]]]) -> Answer:
        cite = self._citations()
        relations = {row.relation_id for row, _ in rows}
        lines = []
        for row, fields in rows:
            heading = f"[{row.heading}] " if len(relations) > 1 and row.heading else ""
            lines.append(
                f"{heading}{self._values(asked, row, fields)} {self._mark(cite, row, fields)}"
            )
        text = "\n".join(dict.fromkeys(lines))
        corrected = any(field.printed for _, fields in rows for field in fields)
        if len(rows) == 1 and asked.question.want in {Want.AMOUNT, Want.COUNT} and not corrected:
            text = f"{text} ({say('answer.printed')})"
        return Answer(
            text=text,
            citations=cite.all(),
            basis=Basis.RECORDS,
            notices=(*_differing(rows), *_past(asked, rows)),
            standalone=asked.question.text,
            rows=tuple(row.id for row, _ in rows),
            compared=_compared(rows),
        )

    def _mark(self, cite: Citations, row: Row, fields: Sequence[Field]) -> str:
        """A meeting's form is torn over a page: its fields are quoted, other rows whole."""
        if row.kind in _TORN:
            marks = [cite.add_line(row, f.span) for f in fields if f.span.end > f.span.start]
            return "".join(dict.fromkeys(marks))
        return cite.add(row)

    def _values(self, asked: Asked, row: Row, fields: Sequence[Field]) -> str:
        name = label(row)
        parts = [
            _part(field, asked.request.unit, alone=len(fields) == 1)
            for field in fields
            if field.text and field.text != name and field.place != name
        ]
        shown = " · ".join(dict.fromkeys(parts))
        return f"{name}: {shown}" if shown else name


def _compared(rows: Sequence[tuple[Row, tuple[Field, ...]]]) -> str:
    """The one column of amounts that all rows are asked for; empty where there is none."""
    names = {(f.name, f.type) for _, fields in rows for f in fields}
    name, kind = next(iter(names)) if len(names) == 1 else ("", FieldType.TEXT)
    return name if kind is FieldType.MONEY else ""


def _measuring(asked: Asked) -> bool:
    return asked.question.want in {Want.AMOUNT, Want.COUNT} or asked.measure is FieldType.MONEY


def _by_example(asked: Asked, row: Row) -> bool:
    """Whether a row was found by the example it names: `반찬 나눔 등 9개 사업 527만원`.

    Its amount and count are those of all its projects, not of the one that the question names.
    """
    examples = row.field("examples")
    if examples is None or asked.places:
        return False
    packed = "".join(examples.text.split())
    return any(len(term) > 1 and term in packed for term in asked.weights)


def _upcoming(
    rows: Sequence[tuple[Row, tuple[Field, ...]]],
) -> Sequence[tuple[Row, tuple[Field, ...]]]:
    """Of several meetings that announce a next one, the newest knows."""
    if any(not field.name.startswith("next_") for _, fields in rows for field in fields):
        return rows
    return [max(rows, key=lambda pair: pair[0].dated)]


def _past(asked: Asked, rows: Sequence[tuple[Row, tuple[Field, ...]]]) -> tuple[str, ...]:
    """A warning where the next meeting's day is over by now."""
    today = asked.question.today.isoformat()
    days = [f.first for _, fields in rows for f in fields if f.name == "next_on" and f.first]
    return (say("answer.past"),) if days and max(days) < today else ()


def _differing(rows: Sequence[tuple[Row, tuple[Field, ...]]]) -> tuple[str, ...]:
    """A warning where papers print different values for the same thing."""
    said: dict[tuple[str, FieldType], set[int]] = {}
    for row, fields in rows:
        for field in fields[:1]:
            if field.value is not None:
                said.setdefault((label(row), field.type), set()).add(field.value)
    differs = any(len(values) > 1 for values in said.values())
    return (say("answer.differs"),) if differs else ()


def _part(field: Field, unit: str, *, alone: bool) -> str:
    value = value_of(field, unit)
    value = value if len(value) <= _LONGEST_TEXT else f"{value[:_LONGEST_TEXT]}…"
    plain = alone or field.type in {FieldType.TEXT, FieldType.NAME} or field.name == "grade"
    return value if plain and field.name.isascii() else f"{shown_name(field)} {value}".strip()


def _next_only(fields: tuple[Field, ...]) -> tuple[Field, ...]:
    """Who asks for the next meeting does not ask for this one's day and place."""
    following = tuple(field for field in fields if field.name.startswith("next_"))
    return following or fields
