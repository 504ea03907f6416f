"""Tables that go on on the next page, put together again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from corpus.bullets import PAGE_NUMBER
from corpus.extraction.grid import of_placed
from corpus.extraction.headings import is_number, read_head
from corpus.extraction.nested import apart
from corpus.fulltext import FullText, PlacedCell, PlacedTable
from corpus.text import squeeze
from corpus.types import Span, Table

# More rows than these were never seen as the head that a table repeats on each page.
_TALLEST_HEAD = 3


def whole_tables(full: FullText) -> list[PlacedTable]:
    """The tables of a paper, those that pages cut as one, those inside forms by themselves.

    A table goes on where the next page begins with one of as many columns that repeats its head
    or has none; only page numbers may stand between. A row that the page cut in two is one row.

    Args:
        full: The paper; formats without pages give their tables as they are.
    """
    found: list[PlacedTable] = []
    page: int | None = None
    for table in (part for whole in full.tables for part in apart(whole)):
        joined = _joined(full, found[-1], table, page) if found else None
        if joined is None:
            found.append(table)
        else:
            found[-1] = joined
        page = table.table.page
    return found


def _joined(
    full: FullText, above: PlacedTable, below: PlacedTable, page: int | None
) -> PlacedTable | None:
    if page is None or below.table.page != page + 1 or above.table.columns != below.table.columns:
        return None
    between = full.text[above.span.end : below.span.start]
    if below.table.caption or not all(map(_is_page_number, between.split("\n"))):
        return None
    repeated = _repeated(above, below)
    if not repeated and not _is_headless(below):
        return None
    rows = _rows(below, repeated)
    if not rows:
        return replace(above, span=Span(start=above.span.start, end=below.span.end))
    kept = list(above.cells)
    if _is_rest(above, rows):
        kept, rows = _completed(kept, rows[0]), rows[1:]
        repeated += 1
    offset = above.table.rows - repeated
    cells = _carried(kept, rows, offset) if rows else kept
    table = Table(
        rows=offset + below.table.rows,
        columns=above.table.columns,
        cells=tuple(placed.cell for placed in cells),
        caption=above.table.caption,
        page=above.table.page,
    )
    span = Span(start=above.span.start, end=below.span.end)
    return PlacedTable(table=table, span=span, cells=tuple(cells))


def _is_page_number(line: str) -> bool:
    return not line.strip() or bool(PAGE_NUMBER.match(line)) or line.strip().isdecimal()


def _repeated(above: PlacedTable, below: PlacedTable) -> int:
    """How many rows at the top both tables print alike."""
    top, again = _rows(above, 0)[:_TALLEST_HEAD], _rows(below, 0)[:_TALLEST_HEAD]
    count = 0
    for one, other in zip(top, again, strict=False):
        if not any(_words(cell) for cell in one) or [*map(_words, one)] != [*map(_words, other)]:
            break
        count += 1
    return count


def _is_headless(table: PlacedTable) -> bool:
    first = _rows(table, 0)[:1]
    numbers = first and any(is_number(words) for cell in first[0] if (words := _words(cell)))
    return bool(numbers) or read_head(of_placed(table)) is None


def _rows(table: PlacedTable, first: int) -> list[list[PlacedCell]]:
    """The cells by the row that they begin in, from a row on."""
    rows: dict[int, list[PlacedCell]] = {}
    for placed in table.cells:
        if placed.cell.row >= first:
            rows.setdefault(placed.cell.row, []).append(placed)
    return [rows[number] for number in sorted(rows)]


def _words(placed: PlacedCell) -> str:
    return squeeze(placed.cell.text)


def _is_rest(above: PlacedTable, rows: Sequence[Sequence[PlacedCell]]) -> bool:
    """Whether the first row holds no more than what did not fit into the last one."""
    filled = [placed for placed in rows[0] if _words(placed)]
    named = bool(_words(rows[0][0])) or rows[0][0].cell.row_span > 1
    numbers = any(is_number(_words(placed)) for placed in filled)
    last = {p.cell.column for p in above.cells if p.cell.row == above.table.rows - 1 and _words(p)}
    return (
        not named
        and not numbers
        and 0 < len(filled) < 0.5 * above.table.columns
        and all(placed.cell.column in last for placed in filled)
    )


def _completed(cells: Sequence[PlacedCell], rest: Sequence[PlacedCell]) -> list[PlacedCell]:
    """The cells of the last row with the words that the next page prints; their spans stay."""
    last = max(placed.cell.row for placed in cells)
    words = {placed.cell.column: placed.cell.text for placed in rest if _words(placed)}
    return [
        replace(placed, cell=replace(placed.cell, text=f"{placed.cell.text} {more}"))
        if placed.cell.row == last and (more := words.get(placed.cell.column))
        else placed
        for placed in cells
    ]


def _carried(
    above: Sequence[PlacedCell], rows: Sequence[Sequence[PlacedCell]], offset: int
) -> list[PlacedCell]:
    """Both tables' cells; a cell left empty at the top goes on with the merged one before it."""
    kept = list(above)
    top = rows[0][0]
    first = rows[0][0].cell.row
    if not _words(top) and top.cell.column == 0 and len(rows[0]) > 1:
        naming = [at for at, p in enumerate(kept) if p.cell.column == 0 and _words(p)]
        if naming:
            cell = kept[naming[-1]].cell
            end = top.cell.row + offset + top.cell.row_span
            kept[naming[-1]] = replace(
                kept[naming[-1]], cell=replace(cell, row_span=end - cell.row)
            )
    for row in rows:
        for placed in row:
            if placed is top and not _words(top) and first == placed.cell.row:
                continue
            kept.append(replace(placed, cell=replace(placed.cell, row=placed.cell.row + offset)))
    return kept
