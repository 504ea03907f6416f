"""One computation over one table: its rows with their values, and the answer that it makes."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from corpus import amounts
from corpus.messages import say
from corpus.records import FieldType
from corpus.types import Span
from retrieval.lookup.asked import Asked
from retrieval.lookup.columns import Column
from retrieval.lookup.parts import Part
from retrieval.lookup.row import Row
from retrieval.lookup.tables import Table
from retrieval.lookup.wording import Citations, labels, listed, measured
from retrieval.types import Answer, Basis

# All rows are quoted when they are few; of more, those that decide (design, section 8).
QUOTED = 5
# Rows that are listed one a line are what was asked for: a source to each as far as a list is read.
_LISTED = 10
_NUMBERS = frozenset({FieldType.MONEY, FieldType.COUNT, FieldType.RATE})
_LONGEST_MORE = 60
_PERCENT = re.compile(r"몇(?:%|퍼센트|퍼|프로)")
# How far from its rows a table prints their sum, and how far before it the word that says so.
_NEAR, _BEFORE = 200, 8
_WHOLE = re.compile(r"총\s*|소\s*계|합\s*계|총\s*액|(?<![가-힣])계")


@dataclass(frozen=True, slots=True, kw_only=True)
class Valued:
    """A row, or several under one name, with a value.

    Attributes:
        name: What the answer calls it.
        rows: The rows that the value comes from.
        value: The value; a sum where there are several rows.
        unit: Counter word of a count; empty for most.
        kind: Type of the value where it is of another column than the task's.
    """

    name: str
    rows: tuple[Row, ...]
    value: int
    unit: str = ""
    kind: FieldType | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """What one question asks of one table.

    Attributes:
        asked: The question.
        table: The table.
        rows: The rows that it is about; never empty.
        parts: What the question names of them.
        column: The values asked for.
        cite: Makes the citations of the answer.
        names: Gives what the table's rows are called, by their numbers.
    """

    asked: Asked
    table: Table
    rows: Sequence[Row]
    parts: Sequence[Part]
    column: Column
    cite: Citations
    names: Callable[[], Mapping[int, str]]

    def valued(
        self, rows: Sequence[Row] | None = None, column: Column | None = None
    ) -> list[Valued]:
        """Rows with their values; those without one are left out.

        Args:
            rows: The task's own by default.
            column: The task's own by default.
        """
        chosen = self.rows if rows is None else rows
        values = column or self.column
        return [
            Valued(name=self.name(row), rows=(row,), value=field.value, unit=field.unit)
            for row in chosen
            if (field := values.of(row)) is not None and field.value is not None
        ]

    def name(self, row: Row) -> str:
        """What a row is called among those of its table."""
        return self.names().get(row.id) or labels([row], self.table.rows)[0]

    def parted(self) -> list[Valued]:
        """The parts that the question names, each with the sum of its rows, in its order."""
        found = []
        inside = {row.id for row in (*self.rows, *self.table.totals)}
        for part in self.parts:
            valued = self.valued([row for row in part.rows if row.id in inside])
            if valued:
                total = sum(one.value for one in valued)
                rows = tuple(row for one in valued for row in one.rows)
                unit = valued[0].unit
                found.append(Valued(name=part.name, rows=rows, value=total, unit=unit))
        return found

    def shown(self, value: int, column: Column | None = None) -> str:
        """A value of a column with its unit."""
        values = column or self.column
        return self._said(value, values.type, values.unit)

    def _said(self, value: int, kind: FieldType, unit: str) -> str:
        counter = unit if kind is FieldType.COUNT else ""
        return measured(value, kind, counter, self.asked.request.unit)

    def line(self, one: Valued, *, cite: bool = True) -> str:
        """A name with its value, and the marks of its rows."""
        marks = "".join(dict.fromkeys(self.cite.add(row) for row in one.rows[:QUOTED]))
        more = self._more(one.rows[0], one.name) if len(one.rows) == 1 else ""
        return f"{self.bare(one)}{more}{f' {marks}' if cite and marks else ''}"

    def _more(self, row: Row, name: str) -> str:
        """What else the question asks of a row by a column's name: 담당부서."""
        packed = self.asked.question.packed
        rates = row.typed(FieldType.RATE) if _PERCENT.search(packed) else ()
        rates = rates if len(rates) == 1 and self.column.type is not FieldType.RATE else ()
        asked = [f"{f.name} {measured(f.value, f.type)}" for f in rates if f.value is not None]
        asked += [
            f"{field.name} {field.text}"
            for field in row.fields
            if field.type not in _NUMBERS
            and not field.name.isascii()
            and "".join(field.name.split()) in packed
            and field.text not in name
            and len(field.text) <= _LONGEST_MORE
        ]
        return f" ({', '.join(asked)})" if asked else ""

    def lines(self, every: Sequence[Valued]) -> list[str]:
        """Names with values; the first few with marks."""
        return [self.line(one) if n < _LISTED else self.bare(one) for n, one in enumerate(every)]

    def bare(self, one: Valued) -> str:
        """A name with its value."""
        return f"{one.name} {self.like(one, one.value)}"

    def like(self, one: Valued, value: int) -> str:
        """A value of the same kind as another."""
        return self._said(value, one.kind or self.column.type, one.unit)

    def printed_sum(self, rows: Sequence[Row], won: int) -> str:
        """The mark of the line near some rows that prints what they add up to; empty without."""
        if len({row.document_id for row in rows}) > 1:
            return ""
        start = max(0, min(row.spans[0].start for row in rows) - _NEAR)
        end = max(row.spans[-1].end for row in rows) + _NEAR
        text = self.cite.text(rows[0].document_id)[start:end]
        for one in amounts.find(text):
            if one.won == won and _WHOLE.search(text[max(0, one.start - _BEFORE) : one.start]):
                span = Span(start=start + one.start, end=start + one.end)
                return self.cite.add_line(rows[0], span)
        return ""

    def summed(self, every: Sequence[Valued]) -> str:
        """What was added up: with values and marks while they are few, by name and mark else."""
        if len(every) <= QUOTED:
            return ", ".join(self.line(one) for one in every)
        heading = self.cite.add_heading(every[0].rows[0])
        marks = "".join(self.cite.add(one.rows[0]) for one in every[:QUOTED])
        return f"{listed(one.name for one in every)} {heading}{marks}"

    def done(self, text: str, basis: Basis = Basis.COMPUTED) -> Answer:
        """The answer."""
        return Answer(
            text=text,
            citations=self.cite.all(),
            basis=basis,
            standalone=self.asked.question.text,
            rows=tuple(row.id for row in self.rows),
            compared=self.column.name if self.column.type is FieldType.MONEY else "",
        )

    def whole(self) -> bool:
        """Whether the question is about all rows of the table."""
        return len(self.rows) == len(self.table.rows)


def computed() -> str:
    """The words that mark a computed value."""
    return say("answer.computed")
