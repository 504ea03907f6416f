"""One computation over one table: its rows with their values, and the answer that it makes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from corpus.messages import say
from corpus.records import FieldType
from retrieval.lookup.asked import Asked
from retrieval.lookup.columns import Column
from retrieval.lookup.parts import Part
from retrieval.lookup.row import Row
from retrieval.lookup.tables import Table
from retrieval.lookup.wording import Citations, labels, listed, measured
from retrieval.types import Answer, Basis

# All rows are quoted when they are few; of more, those that decide (design, section 8).
QUOTED = 5


_NUMBERS = frozenset({FieldType.MONEY, FieldType.COUNT, FieldType.RATE})
_LONGEST_MORE = 60


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
        packed = "".join(self.asked.question.text.split())
        asked = [
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
        return [self.line(one) if n < QUOTED else self.bare(one) for n, one in enumerate(every)]

    def bare(self, one: Valued) -> str:
        """A name with its value."""
        return f"{one.name} {self.like(one, one.value)}"

    def like(self, one: Valued, value: int) -> str:
        """A value of the same kind as another."""
        return self._said(value, one.kind or self.column.type, one.unit)

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
