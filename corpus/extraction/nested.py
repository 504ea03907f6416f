"""Tables drawn inside forms: a heading across the form with a head and rows of its own below it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from corpus.extraction.forms import is_label
from corpus.fulltext import PlacedCell, PlacedTable
from corpus.text import squeeze
from corpus.types import Span, Table

# Fewer cells side by side are a label and its value.
_FEWEST_CELLS = 3
# A head and at least two rows: a form's own line may look like a head by chance.
_FEWEST_ROWS = 3
_LONGEST_HEAD = 12


def apart(table: PlacedTable) -> list[PlacedTable]:
    """A form and the tables drawn into it, each by itself.

    Args:
        table: A table as a reader found it.

    Returns:
        The parts in printed order; the table itself where nothing is drawn into it.
    """
    rows = _rows(table)
    if not rows or not _is_form_line(rows[0]):
        return [table]
    parts: list[PlacedTable] = []
    first = 0
    for start, end in _inside(table, rows):
        caption = squeeze(rows[start - 1][0].cell.text)
        parts += [_part(table, rows[first : start - 1], table.table.caption)]
        parts += [_part(table, rows[start:end], caption)]
        first = end
    if not parts:
        return [table]
    rest = rows[first:]
    return [*parts, *([_part(table, rest, "")] if rest else [])]


def _rows(table: PlacedTable) -> list[list[PlacedCell]]:
    rows: dict[int, list[PlacedCell]] = {}
    for placed in table.cells:
        rows.setdefault(placed.cell.row, []).append(placed)
    return [rows[number] for number in sorted(rows)]


def _is_form_line(row: Sequence[PlacedCell]) -> bool:
    """A label with its value beside it."""
    words = [squeeze(placed.cell.text) for placed in row]
    return len(words) > 1 and is_label(words[0]) and bool(words[1]) and not is_label(words[1])


def _is_pairs(row: Sequence[PlacedCell]) -> bool:
    """Labels with their values, side by side: `차기회의 | 7. 4. | 작성자 | 홍길동`."""
    words = [squeeze(placed.cell.text) for placed in row]
    labels = [is_label(word) for word in words]
    return len(words) % 2 == 0 and all(labels[::2]) and not any(labels[1::2])


def _inside(table: PlacedTable, rows: Sequence[Sequence[PlacedCell]]) -> Iterator[tuple[int, int]]:
    """The first row of each table inside and the row behind its last one."""
    at = 1
    while at < len(rows) - 1:
        end = at + 1
        shape = _shape(rows[at])
        while end < len(rows) and _shape(rows[end]) == shape and not _is_pairs(rows[end]):
            end += 1
        if _is_across(table, rows[at - 1]) and _is_head(rows[at]) and end - at >= _FEWEST_ROWS:
            yield at, end
            at = end
        at += 1


def _shape(row: Sequence[PlacedCell]) -> tuple[tuple[int, int], ...]:
    return tuple((placed.cell.column, placed.cell.column_span) for placed in row)


def _is_across(table: PlacedTable, row: Sequence[PlacedCell]) -> bool:
    words = [placed for placed in row if placed.cell.text.strip()]
    return len(words) == 1 and words[0].cell.column_span >= table.table.columns


def _is_head(row: Sequence[PlacedCell]) -> bool:
    words = [squeeze(placed.cell.text) for placed in row]
    return len(words) >= _FEWEST_CELLS and all(
        0 < len(word) <= _LONGEST_HEAD and not any(c.isdigit() for c in word) for word in words
    )


def _part(table: PlacedTable, rows: Sequence[Sequence[PlacedCell]], caption: str) -> PlacedTable:
    """Some rows of a table as a table."""
    top = rows[0][0].cell.row
    cells = [
        replace(placed, cell=replace(placed.cell, row=placed.cell.row - top))
        for row in rows
        for placed in row
    ]
    height = max(placed.cell.row + placed.cell.row_span for placed in cells)
    span = Span(start=cells[0].span.start, end=max(placed.span.end for placed in cells))
    whole = Table(
        rows=height,
        columns=table.table.columns,
        cells=tuple(placed.cell for placed in cells),
        caption=caption,
        page=table.table.page,
    )
    return PlacedTable(table=whole, span=span, cells=tuple(cells))
