"""Rows with their chosen values as people read them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from corpus.messages import say
from corpus.records import Field, FieldType, RecordKind
from corpus.text import shortened
from retrieval.holding import office
from retrieval.lookup.asked import Asked
from retrieval.lookup.row import Row
from retrieval.lookup.values import TORN
from retrieval.lookup.wording import Citations, label, shown_name, value_of
from retrieval.types import Answer, Basis
from retrieval.understanding.question import Want

_MOST = 6
# Who asks which places of a province won wants all of them.
_MOST_AWARDS = 15
_LONGEST_TEXT = 260
_LONGEST_HEADING = 60
_SHORT_LABEL = 4

Chosen = tuple[Row, tuple[Field, ...]]
"""A row and those of its values that answer."""


class Telling:
    """Puts rows into words.

    Args:
        citations: Makes the citations of one answer.
    """

    def __init__(self, citations: Callable[[], Citations]) -> None:
        self._citations = citations

    def said(self, asked: Asked, every: Sequence[Chosen]) -> Answer:
        """The answer that rows make, at least one; the first six of them, and how many more."""
        every = _upcoming(every)
        cite = self._citations()
        most = _MOST_AWARDS if every[0][0].kind is RecordKind.AWARD else _MOST
        rows = every[:most]
        if all(row.kind is RecordKind.ATTENDANCE and row.field("person") for row, _ in every):
            lines = [self._people(cite, every)]
        elif asked.question.want is Want.PLACE and _only_places(every):
            lines = [self._places(cite, every)]
        else:
            lines = self._lines(asked, rows, cite)
            if len(every) > most:
                lines.append(say("answer.more", count=len(every) - most))
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

    def _lines(self, asked: Asked, rows: Sequence[Chosen], cite: Citations) -> list[str]:
        several = len({row.relation_id for row, _ in rows}) > 1
        lines = []
        for row, fields in rows:
            told = several or _bare(row)
            whose = _whose(asked, row)
            above = shortened(whose or row.heading, _LONGEST_HEADING) if told or whose else ""
            fields = (*fields, *_office_held(asked, row, fields))
            heading = f"[{above}] " if above else ""
            mark = self._mark(cite, row, fields)
            lines.append(f"{heading}{self.values(asked, row, fields)} {mark}")
        return lines

    def _people(self, cite: Citations, rows: Sequence[Chosen]) -> str:
        """Everybody of a list of people in one line, with their roles."""
        roles: dict[str, list[str]] = {}
        for row, _ in rows:
            role, person = row.field("role"), row.field("person")
            roles.setdefault(role.text if role else "", []).append(person.text if person else "")
        named = " · ".join(f"{role} {', '.join(names)}".strip() for role, names in roles.items())
        marks = dict.fromkeys(self._mark(cite, row, row.typed(FieldType.PERSON)) for row, _ in rows)
        return f"{label(rows[0][0])}: {named} {''.join(marks)}"

    def _places(self, cite: Citations, rows: Sequence[Chosen]) -> str:
        """Places that several rows are of, each said once."""
        first: dict[str, Row] = {}
        for row, _ in rows:
            first.setdefault(label(row), row)
        return ", ".join(f"{name} {cite.add(row)}" for name, row in first.items())

    def _mark(self, cite: Citations, row: Row, fields: Sequence[Field]) -> str:
        """A meeting's form is torn over a page: its fields are quoted, other rows whole."""
        if row.kind in TORN:
            marks = [cite.add_line(row, f.span) for f in fields if f.span.end > f.span.start]
            return "".join(dict.fromkeys(marks))
        return cite.add(row)

    def values(self, asked: Asked, row: Row, fields: Sequence[Field]) -> str:
        """A row's name with the values that answer."""
        name = label(row)
        last = name.split()[-1] if name else ""
        parts = [
            _part(field, asked.request.unit, alone=len(fields) == 1)
            for field in fields
            if field.text and field.text != name and field.place != name
        ]
        # 예산: 3억원, not 예산: 예산; 가람구 구청장: 홍길동, not 가람구 구청장: 구청장 홍길동
        parts = [part.removeprefix(f"{name} ").removeprefix(f"{last} ") for part in parts]
        shown = " · ".join(dict.fromkeys(parts))
        return f"{name}: {shown}" if shown else name


def _whose(asked: Asked, row: Row) -> str:
    """Whose office it is, where somebody is asked for by an office alone and the name says not."""
    by_office = asked.question.want is Want.PERSON and bool(office(asked.question.text))
    if not by_office or asked.bodies:
        return ""
    name = label(row)
    if row.body and row.body not in name and row.body not in row.title:
        return row.body
    return row.title if row.title not in name else ""


def _office_held(asked: Asked, row: Row, fields: Sequence[Field]) -> tuple[Field, ...]:
    """The cell by which somebody on a list of people holds the office that is asked for."""
    held = office(asked.question.text)
    if asked.question.want is not Want.PERSON or not held or row.person is None:
        return ()
    return tuple(f for f in row.fields if held in f.text and f not in fields)[:1]


def _bare(row: Row) -> bool:
    """Whether a stated rate says too little of itself to be understood alone: 설치율 79%."""
    name = row.field("label")
    rated = row.kind is RecordKind.FACT and row.typed(FieldType.RATE)
    return bool(rated and name and len(name.text) <= _SHORT_LABEL)


def _only_places(rows: Sequence[Chosen]) -> bool:
    """Whether rows are asked for nothing but their places, and several share one."""
    names = {label(row) for row, _ in rows}
    alone = all(f.type is FieldType.PLACE for _, fields in rows for f in fields)
    return alone and len(names) < len(rows)


def _compared(rows: Sequence[Chosen]) -> str:
    """The one column of amounts that all rows are asked for; empty where there is none."""
    names = {(f.name, f.type) for _, fields in rows for f in fields}
    name, kind = next(iter(names)) if len(names) == 1 else ("", FieldType.TEXT)
    return name if kind is FieldType.MONEY else ""


def _upcoming(
    rows: Sequence[Chosen],
) -> Sequence[Chosen]:
    """Of several meetings that announce a next one, the newest knows."""
    if any(not field.name.startswith("next_") for _, fields in rows for field in fields):
        return rows
    return [max(rows, key=lambda pair: pair[0].dated)]


def _past(asked: Asked, rows: Sequence[Chosen]) -> tuple[str, ...]:
    """A warning where the next meeting's day is over by now."""
    today = asked.question.today.isoformat()
    days = [f.first for _, fields in rows for f in fields if f.name == "next_on" and f.first]
    return (say("answer.past"),) if days and max(days) < today else ()


def _differing(rows: Sequence[Chosen]) -> tuple[str, ...]:
    """A warning where papers print different values for the same thing."""
    said: dict[tuple[str, FieldType], set[int]] = {}
    for row, fields in rows:
        award = row.field("field")
        for field in fields[:1]:
            if field.value is not None:
                what = f"{label(row)} {row.heading} {award.text if award else ''}"
                said.setdefault((what, field.type), set()).add(field.value)
    differs = any(len(values) > 1 for values in said.values())
    return (say("answer.differs"),) if differs else ()


def _part(field: Field, unit: str, *, alone: bool) -> str:
    value = value_of(field, unit)
    value = value if len(value) <= _LONGEST_TEXT else f"{value[:_LONGEST_TEXT]}…"
    plain = alone or field.type in {FieldType.TEXT, FieldType.NAME} or field.name == "grade"
    return value if plain and field.name.isascii() else f"{shown_name(field)} {value}".strip()
