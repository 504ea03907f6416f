"""Tables from rows: cells that span put on a grid, and loose sheets cut into blocks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from corpus.errors import UnreadableDocumentError
from corpus.readers.limits import Limits
from corpus.types import Block, Cell, Paragraph, Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """A cell as HWP and HTML store it: its span, but not its column."""

    text: str
    row_span: int = 1
    column_span: int = 1


def spanning_table(rows: Sequence[Iterable[Printed]], limits: Limits) -> Table:
    """Put rows of spanning cells on a grid, each cell in the first column that is free.

    A span that would run over another cell or below the last row is cut back, so cells never
    overlap. An empty row keeps its place, as all of its columns may be spanned from above.

    Raises:
        UnreadableDocumentError: `too_large`, if the grid has more positions than `limits.cells`.
    """
    taken: set[tuple[int, int]] = set()
    cells: list[Cell] = []
    columns = 0
    for row, printed in enumerate(rows):
        column = 0
        for item in printed:
            while (row, column) in taken:
                column += 1
            down = max(1, min(item.row_span, len(rows) - row))
            across = 1
            while across < item.column_span and (row, column + across) not in taken:
                across += 1
                if len(taken) + down * across > limits.cells:
                    raise UnreadableDocumentError("too_large")
            taken.update((row + y, column + x) for y in range(down) for x in range(across))
            cells.append(
                Cell(row=row, column=column, row_span=down, column_span=across, text=item.text)
            )
            column += across
            columns = max(columns, column)
    return Table(rows=len(rows), columns=columns, cells=tuple(cells))


def without_boxes(blocks: Iterable[Block]) -> list[Block]:
    """Leave out what holds no text, and turn boxes into paragraphs.

    Offices frame headings, notes and opinions with tables of one filled cell; as a table its lines
    would be taken for one cell's value.
    """
    kept: list[Block] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            if has_text(block.text):
                kept.append(block)
            continue
        filled = [cell.text for cell in block.cells if has_text(cell.text)]
        if len(filled) > 1:
            kept.append(block)
        elif filled:
            text = f"{block.caption}\n{filled[0]}".strip("\n")
            kept.append(Paragraph(text=text, page=block.page))
    return kept


def has_text(text: str) -> bool:
    """Whether anything but blanks, NULs and byte-order marks is there."""
    return bool(text.strip("\x00\ufeff \t\r\n\f\v\xa0\u3000"))


Merge = tuple[int, int, int, int]  # first row, first column, last row, last column
Row = tuple[int, Mapping[int, str]]  # number of the row, texts by column; blank cells left out


def sheet_blocks(rows: Iterable[Row], merges: Iterable[Merge] = ()) -> list[Block]:
    """Cut a loose sheet into paragraphs and tables.

    A blank row ends a table. Rows of one cell before the first row of several are titles and unit
    lines, as people put them above a table, and become paragraphs.

    Args:
        rows: In order; rows without text may be left out.
        merges: Merged areas; only their upper left cell holds text.
    """
    spans = {(top, left): (bottom, right) for top, left, bottom, right in merges}
    blocks: list[Block] = []
    region: list[Row] = []
    reach = -1  # last row that the region covers, merged cells included
    for number, texts in rows:
        if not texts:
            continue
        if region and number > reach + 1:
            blocks += _region_blocks(region, spans)
            region = []
        region.append((number, texts))
        ends = (spans.get((number, column), (number, 0))[0] for column in texts)
        reach = max(number if len(region) == 1 else reach, number, *ends)
    if region:
        blocks += _region_blocks(region, spans)
    return blocks


def _region_blocks(
    region: list[Row], spans: Mapping[tuple[int, int], tuple[int, int]]
) -> list[Block]:
    above = 0
    for number, texts in region:
        (column, *others) = texts
        if others or spans.get((number, column), (number, 0))[0] > number:
            break
        above += 1
    blocks: list[Block] = [
        Paragraph(text=text) for _, texts in region[:above] for text in texts.values()
    ]
    if region[above:]:
        blocks.append(_region_table(region[above:], spans))
    return blocks


def _region_table(region: list[Row], spans: Mapping[tuple[int, int], tuple[int, int]]) -> Table:
    top = region[0][0]
    left = min(min(texts) for _, texts in region)
    last = region[-1][0], max(max(texts) for _, texts in region)
    taken = {(number, column) for number, texts in region for column in texts}
    cells: list[Cell] = []
    for number, texts in region:
        for column, text in sorted(texts.items()):
            down, across = _span(number, column, spans.get((number, column)), last, taken)
            cells.append(
                Cell(
                    row=number - top,
                    column=column - left,
                    row_span=down,
                    column_span=across,
                    text=text,
                )
            )
    return Table(rows=last[0] - top + 1, columns=last[1] - left + 1, cells=tuple(cells))


def _span(
    row: int,
    column: int,
    end: tuple[int, int] | None,
    last: tuple[int, int],
    taken: set[tuple[int, int]],
) -> tuple[int, int]:
    """Rows and columns that a cell covers: its merged area, if no other text lies in it."""
    if end is None:
        return 1, 1
    bottom, right = min(end[0], last[0]), min(end[1], last[1])
    area = product(range(row, bottom + 1), range(column, right + 1))
    covered = {position for position in area if position != (row, column)}
    if covered & taken:
        return 1, 1
    taken |= covered
    return bottom - row + 1, right - column + 1
