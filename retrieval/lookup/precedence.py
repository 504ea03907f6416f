"""Which of several tables answers a question that takes more than one value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.records import RecordKind
from retrieval.lookup.asked import Asked
from retrieval.lookup.columns import Column, group_of, surely
from retrieval.lookup.parts import Part
from retrieval.lookup.tables import Candidate, Table
from retrieval.understanding.kinds import kinds_named
from retrieval.understanding.request import Operation

# What is said of the rows that keep a bound, and of rows put together, needs no operation.
_TWO = {Operation.COMPARE, Operation.EQUAL, Operation.DIFFERENCE, Operation.RATIO}
# The fewest rows that make a ranking worth it.
_PLURAL = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """A table with the column that a question asks for, and what it names of the rows."""

    table: Table
    column: Column
    parts: Sequence[Part]


def in_order(asked: Asked, fitting: Sequence[Fit]) -> list[Fit]:
    """Tables, the one that answers first; the newest knows, unless another names what is asked."""
    packed = asked.question.packed
    fitting = sorted(fitting, key=lambda fit: -surely(fit.column, packed))
    fitting.sort(key=lambda fit: fit.table.rows[0].dated, reverse=True)
    return sorted(fitting, key=lambda fit: _order(asked, fit))


def may_beat(asked: Asked, one: Candidate, fit: Fit) -> bool:
    """Whether a table that is not read yet may go before another."""
    best, order = _best_order(asked, one), _order(asked, fit)
    if best != order:
        return best < order
    dated = fit.table.rows[0].dated
    sure = surely(fit.column, asked.question.packed)
    return one.dated > dated or (one.dated == dated and one.best_fit() > sure)


def _best_order(asked: Asked, one: Candidate) -> tuple[float, ...]:
    """The least that `_order` can be of a table that is not read yet."""
    wanted = kinds_named(asked.question.text)
    whole = asked.request.operation is Operation.SUM and not asked.places
    return (
        False,
        -1.0,
        whole and not one.may_total() and not one.may_name(),
        bool(wanted) and one.kind not in wanted,
        -2 if asked.request.operation in _TWO else 0,
        False,
        False,
        False,
    )


def _order(asked: Asked, fit: Fit) -> tuple[float, ...]:
    """What tables are chosen by, the most important first."""
    first = fit.table.rows[0]
    wanted = kinds_named(asked.question.text)
    sides = min(len(fit.parts), 2) if asked.request.operation in _TWO else 0
    grouped = bool(asked.request.group) and not group_of(fit.table.rows, asked.request.group)
    whole = asked.request.operation is Operation.SUM and not fit.parts and not asked.places
    return (
        grouped,
        -round(fit.table.coverage, 1),
        whole and fit.table.grand is None,
        bool(wanted) and first.kind not in wanted,
        -sides,
        not asked.weights and first.kind is not RecordKind.BUDGET_LINE,
        len(fit.table.rows) < _PLURAL,
        not fit.column.named,
    )
