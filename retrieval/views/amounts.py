"""The amounts of a table: which column they stand in, and what they come to."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.messages import say
from corpus.records import FieldType
from retrieval.lookup.columns import Column
from retrieval.lookup.row import Row
from retrieval.lookup.wording import Citations, label, won
from retrieval.views.relations import years_in

# A change or a rest is no budget; a column that sums up its neighbours is the one to show.
_NO_BUDGET = re.compile(r"증감|차액|대비|잔액|집행잔")
_WHOLE = re.compile(r"(?:^|\s)(?:계|합계|총계|총액)$|^amount$")
_FEWEST = 2
# A row of totals that was not recognised as one must never be added up with what it sums.
_TOTAL = re.compile(r"(?:^|\s)(?:소\s?계|합\s?계|총\s?계|누\s?계|계)\s*$")


def outer(rows: Sequence[Row]) -> list[Row]:
    """Rows that state something of their own: no totals, none that belongs to another row."""
    return [row for row in rows if not _sums(row) and row.parent_id is None]


def _sums(row: Row) -> bool:
    return row.total or bool(_TOTAL.search(label(row)))


def main_column(rows: Sequence[Row]) -> Column | None:
    """The column of amounts that a table is about; None where it has no amounts.

    The newest year's, of those the one that sums up the others, of those the fullest.
    """
    names = Counter(
        name
        for row in rows
        for name in {f.name for f in row.typed(FieldType.MONEY) if f.value is not None}
    )
    if not names:
        return None

    def order(name: str) -> tuple[bool, int, bool, int]:
        newest = max(years_in(name), default=0)
        return not _NO_BUDGET.search(name), newest, bool(_WHOLE.search(name)), names[name]

    best = max(names, key=order)  # the first of equals, as printed
    return Column(name=best, type=FieldType.MONEY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Total:
    """What the rows of a table come to.

    Attributes:
        printed: Amount of its row of totals in won, with that row; None without one.
        computed: Sum of its rows in won; None of fewer than two.
    """

    printed: tuple[int, Row] | None
    computed: int | None


def total_of(rows: Sequence[Row], column: Column) -> Total:
    """Printed and computed total of a column.

    Args:
        rows: All rows of a relation.
        column: One of its columns of amounts.
    """
    printed = [(f.value or 0, row) for row in rows if _sums(row) and (f := column.of(row))]
    values = [f.value or 0 for row in outer(rows) if (f := column.of(row))]
    return Total(
        printed=max(printed, key=lambda pair: pair[0]) if printed else None,
        computed=sum(values) if len(values) >= _FEWEST else None,
    )


def said_total(total: Total, cite: Citations, of: int) -> list[str]:
    """The total as lines that say whether it is printed or computed; none without one.

    Args:
        total: The total.
        cite: The page's citations.
        of: Number of rows.
    """
    if total.printed is None:
        if total.computed is None:
            return []
        amount = won(total.computed)
        return [say("view.total_computed", count=of, amount=amount, label=say("answer.computed"))]
    value, row = total.printed
    mark = cite.add(row)
    return [say("view.total_printed", amount=won(value), label=say("answer.printed"), mark=mark)]
