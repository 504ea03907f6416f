"""A table as a grid of cells, each with its place in the full text."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from corpus.fulltext import PlacedTable
from corpus.text import clean, squeeze
from corpus.types import Span

# The grid is built position by position; readers keep below a million, so more is a cell whose
# spans are a mistake.
_LARGEST = 2_000_000
_ARROWS = re.compile(r"[\s→←↑↓⇒⇨⇦⇧⇩⇐⇑⇓⇔↔⇙⇘⇗⇖➡➔▶◀▼▲▷◁▽△>/+=]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class GridCell:
    """A cell: its upper left corner, what it covers, its text on one line, where it stands."""

    row: int
    column: int
    row_span: int = 1
    column_span: int = 1
    text: str
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """Cells over rows and columns; positions that no cell covers are empty.

    Attributes:
        rows: Number of rows.
        columns: Number of columns.
        cells: In reading order.
        span: Where the table stands.
        covering: Which cell covers a position, as `(row, column) -> index into cells`.
        beginning: The cells with text that begin in a row.
    """

    rows: int
    columns: int
    cells: tuple[GridCell, ...]
    span: Span
    covering: Mapping[tuple[int, int], int]
    beginning: Mapping[int, list[GridCell]]

    def at(self, row: int, column: int) -> GridCell | None:
        """The cell that covers a position; None where there is none."""
        index = self.covering.get((row, column))
        return None if index is None else self.cells[index]

    def printed(self, row: int) -> list[GridCell]:
        """The cells with text that begin in a row, from left to right."""
        return self.beginning.get(row, [])


def build(cells: Iterable[GridCell], span: Span) -> Grid:
    """Arrange cells.

    Args:
        cells: In any order; where two overlap, the first in reading order keeps the position.
        span: Where the table stands.

    Returns:
        The grid, as large as its cells; without rows if there are none.
    """
    ordered = sorted(cells, key=lambda cell: (cell.row, cell.column))
    covering: dict[tuple[int, int], int] = {}
    beginning: dict[int, list[GridCell]] = {}
    for index, cell in enumerate(ordered):
        if cell.text:
            beginning.setdefault(cell.row, []).append(cell)
        if len(covering) + cell.row_span * cell.column_span > _LARGEST:
            break
        for row in range(cell.row, cell.row + cell.row_span):
            for column in range(cell.column, cell.column + cell.column_span):
                covering.setdefault((row, column), index)
    return Grid(
        rows=max((cell.row + cell.row_span for cell in ordered), default=0),
        columns=max((cell.column + cell.column_span for cell in ordered), default=0),
        cells=tuple(ordered),
        span=span,
        covering=covering,
        beginning=beginning,
    )


def of_placed(table: PlacedTable) -> Grid:
    """The grid of a table that a reader found; its spans refer to the full text."""
    return build(
        (
            GridCell(
                row=placed.cell.row,
                column=placed.cell.column,
                row_span=placed.cell.row_span,
                column_span=placed.cell.column_span,
                text=_words(placed.cell.text),
                span=placed.span,
            )
            for placed in table.cells
        ),
        table.span,
    )


def _words(text: str) -> str:
    """A cell's text on one line; arrows between boxes say nothing."""
    words = squeeze(clean(text))
    return "" if _ARROWS.fullmatch(words) else words


def of_rows(rows: Sequence[Sequence[Span]], text: str) -> Grid:
    """The grid of lines of text that were cut into cells; cells may be empty.

    A line whose first cell is the only one with words stands across the whole table.
    """
    width = max((len(row) for row in rows), default=0)
    across = [all(cell.start == cell.end for cell in row[1:]) for row in rows]
    cells = [
        GridCell(
            row=number,
            column=column,
            column_span=width if across[number] else 1,
            text=squeeze(text[span.start : span.end]),
            span=span,
        )
        for number, row in enumerate(rows)
        for column, span in enumerate(row[:1] if across[number] else row)
    ]
    ends = [span for row in rows for span in row]
    start = min((span.start for span in ends), default=0)
    return build(cells, Span(start=start, end=max((span.end for span in ends), default=start)))


def compact(grid: Grid, first: int = 0) -> Grid:
    """The grid from a row on, without empty rows and columns in which no text begins.

    Offices rule tables with spare columns so that lines meet; those say nothing.
    """
    texts = [cell for cell in grid.cells if cell.text and cell.row + cell.row_span > first]
    rows = sorted({max(cell.row, first) for cell in texts})
    columns = sorted({cell.column for cell in texts})
    kept = []
    for cell in texts:
        top, bottom = bisect_left(rows, cell.row), bisect_left(rows, cell.row + cell.row_span)
        left = bisect_left(columns, cell.column)
        right = bisect_left(columns, cell.column + cell.column_span)
        kept.append(
            replace(
                cell,
                row=top,
                column=left,
                row_span=bottom - top,
                column_span=right - left,
            )
        )
    return build(kept, grid.span)
