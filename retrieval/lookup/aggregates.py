"""Sums, ranks, comparisons and counts over the rows of one relation."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from corpus.messages import say
from corpus.records import FieldType
from retrieval.lookup.asked import Asked
from retrieval.lookup.columns import Column
from retrieval.lookup.rows import Row
from retrieval.lookup.wording import Citations, label, listed, measured
from retrieval.types import Answer, Basis
from retrieval.understanding.request import Operation

# All rows are quoted when they are few; of more, those that decide (design, section 8).
_QUOTED = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Valued:
    """A row with its value in the column asked for."""

    row: Row
    value: int


class Aggregates:
    """Computes over rows of one relation.

    Args:
        citations: Makes the citations of one answer.
    """

    def __init__(self, citations: Callable[[], Citations]) -> None:
        self._citations = citations

    def answer(self, asked: Asked, rows: Sequence[Row], column: Column) -> Answer | None:
        """Answer a question that needs more than one value.

        Args:
            asked: The question.
            rows: Rows that it is about, without totals, in printed order.
            column: The values asked for.

        Returns:
            The answer; None where the rows do not suffice for the operation.
        """
        valued = [
            Valued(row=row, value=field.value)
            for row in rows
            if (field := column.of(row)) is not None and field.value is not None
        ]
        work = _WORK.get(asked.request.operation)
        if work is None or not valued:
            return None
        return work(_Task(asked=asked, column=column, valued=valued, cite=self._citations()))

    def kept(self, asked: Asked, rows: Sequence[Row], column: Column) -> Answer | None:
        """The rows that keep the question's bounds, listed or counted; None without bounds."""
        wanted = [
            Valued(row=row, value=field.value or 0)
            for row in rows
            if (field := column.of(row)) is not None
            and all(
                condition.holds(field.value)
                for condition in asked.request.conditions
                if condition.measure is column.type
            )
        ]
        return _kept(_Task(asked=asked, column=column, valued=wanted, cite=self._citations()))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Task:
    asked: Asked
    column: Column
    valued: list[Valued]
    cite: Citations

    def shown(self, value: int) -> str:
        unit = ""
        if self.column.type is FieldType.COUNT and self.valued:
            field = self.column.of(self.valued[0].row)
            unit = field.unit if field else ""
        return measured(value, self.column.type, unit, self.asked.request.unit)

    def line(self, one: Valued, *, cite: bool = True) -> str:
        mark = f" {self.cite.add(one.row)}" if cite else ""
        return f"{label(one.row)} {self.shown(one.value)}{mark}"

    def done(self, text: str, basis: Basis = Basis.COMPUTED) -> Answer:
        return Answer(
            text=text,
            citations=self.cite.all(),
            basis=basis,
            standalone=self.asked.question.text,
            rows=tuple(one.row.id for one in self.valued),
            compared=self.column.name if self.column.type is FieldType.MONEY else "",
        )


def _sum(task: _Task) -> Answer | None:
    total = sum(one.value for one in task.valued)
    return task.done(
        say(
            "answer.sum",
            count=len(task.valued),
            names=_named(task),
            value=task.shown(total),
            label=say("answer.computed"),
        )
    )


def _average(task: _Task) -> Answer | None:
    average = round(sum(one.value for one in task.valued) / len(task.valued))
    return task.done(
        say(
            "answer.average",
            count=len(task.valued),
            names=_named(task),
            value=task.shown(average),
            label=say("answer.computed"),
        )
    )


def _named(task: _Task) -> str:
    """The rows added up: with values and marks while they are few, by name and one mark else."""
    if len(task.valued) <= _QUOTED:
        return ", ".join(task.line(one) for one in task.valued)
    heading = task.cite.add_heading(task.valued[0].row)
    marks = "".join(task.cite.add(one.row) for one in task.valued[:_QUOTED])
    return f"{listed(label(one.row) for one in task.valued)} {heading}{marks}"


def _ranked(task: _Task, *, descending: bool) -> list[list[Valued]]:
    """Rows by value, equal ones together."""
    groups: dict[int, list[Valued]] = {}
    for one in task.valued:
        groups.setdefault(one.value, []).append(one)
    return [groups[value] for value in sorted(groups, reverse=descending)]


def _extreme(task: _Task) -> Answer | None:
    wanted = task.asked.request
    groups = _ranked(task, descending=wanted.operation is not Operation.LOWEST)
    chosen: list[Valued] = []
    for group in groups:
        if len(chosen) >= wanted.how_many:
            break
        chosen += group
    lines = [task.line(one) for one in chosen]
    key = "answer.lowest" if wanted.operation is Operation.LOWEST else "answer.highest"
    if len(chosen) == 1:
        return task.done(say(key, row=lines[0], of=len(task.valued)))
    tie = wanted.how_many == 1
    head = say("answer.tie" if tie else "answer.ranking", count=len(chosen), of=len(task.valued))
    return task.done("\n".join([head, *_numbered(lines, tie=tie)]))


def _numbered(lines: Sequence[str], *, tie: bool) -> list[str]:
    return [f"- {line}" if tie else f"{n}. {line}" for n, line in enumerate(lines, start=1)]


def _rank(task: _Task) -> Answer | None:
    groups = _ranked(task, descending=task.asked.request.descending)
    ordered = [one for group in groups for one in group]
    most = max(task.asked.request.how_many, 1)
    shown = ordered[: most if most > 1 else len(ordered)][:20]
    lines = [task.line(one, cite=n < _QUOTED) for n, one in enumerate(shown)]
    head = say("answer.ranking", count=len(shown), of=len(ordered))
    return task.done("\n".join([head, *_numbered(lines, tie=False)]))


def _two(task: _Task) -> tuple[Valued, Valued] | None:
    """The two rows compared, in the order in which the question names them."""
    order = {place: n for n, place in enumerate(task.asked.places)}
    first: dict[int, Valued] = {}
    for one in task.valued:
        for place in one.row.places & order.keys():
            first.setdefault(order[place], one)
    if len(first) < 2:
        return None
    a, b = sorted(first)[:2]
    return first[a], first[b]


def _equal(task: _Task) -> Answer | None:
    if (pair := _two(task)) is None:
        return None
    a, b = pair
    key = "answer.equal" if a.value == b.value else "answer.unequal"
    return task.done(
        say(key, a=task.line(a), b=task.line(b), difference=task.shown(abs(a.value - b.value)))
    )


def _difference(task: _Task) -> Answer | None:
    if (pair := _two(task)) is None:
        return None
    a, b = sorted(pair, key=lambda one: -one.value)
    if a.value == b.value:
        return _equal(task)
    text = say(
        "answer.difference",
        a=task.line(a),
        b=task.line(b),
        more=label(a.row),
        difference=task.shown(a.value - b.value),
        label=say("answer.computed"),
    )
    return task.done(text)


def _ratio(task: _Task) -> Answer | None:
    if (pair := _two(task)) is None or pair[1].value == 0:
        return None
    a, b = pair
    times = f"{a.value / b.value:.2f}".rstrip("0").rstrip(".")
    return task.done(
        say(
            "answer.ratio",
            a=task.line(a),
            b=task.line(b),
            first=label(a.row),
            second=label(b.row),
            times=times,
            label=say("answer.computed"),
        )
    )


def _share(task: _Task) -> Answer | None:
    chosen = [one for one in task.valued if one.row.places & set(task.asked.places)]
    total = sum(one.value for one in task.valued)
    if len(chosen) != 1 or not total:
        return None
    percent = f"{chosen[0].value * 100 / total:.1f}".removesuffix(".0")
    return task.done(
        say(
            "answer.share",
            row=task.line(chosen[0]),
            total=task.shown(total),
            of=len(task.valued),
            percent=percent,
            label=say("answer.computed"),
        )
    )


def _kept(task: _Task) -> Answer | None:
    if not task.valued:
        return None
    lines = [task.line(one, cite=n < _QUOTED) for n, one in enumerate(task.valued)]
    bounds = ", ".join(condition.text for condition in task.asked.request.conditions)
    head = say("answer.kept", count=len(lines), bounds=bounds)
    return task.done("\n".join([head, *(f"- {line}" for line in lines)]))


_WORK: dict[Operation, Callable[[_Task], Answer | None]] = {
    Operation.SUM: _sum,
    Operation.AVERAGE: _average,
    Operation.HIGHEST: _extreme,
    Operation.LOWEST: _extreme,
    Operation.RANK: _rank,
    Operation.COMPARE: _difference,
    Operation.EQUAL: _equal,
    Operation.DIFFERENCE: _difference,
    Operation.RATIO: _ratio,
    Operation.SHARE: _share,
}
