"""The body of a table row by row: data, totals and section lines, merged cells inherited."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from corpus.bullets import marker
from corpus.extraction.grid import Grid, GridCell
from corpus.extraction.headings import NOTE, Head, is_dash, is_number
from corpus.types import Span

_TOTAL = re.compile(
    r"(?:총|합|소|누|중)?계|총합계?|전체|총액|평균|합산|총괄계|[가-힣A-Z\d]{1,12}(?:소|합|총|누)계"
)
# Budgets by programme print all levels in one column: what a policy and a unit have is the sum of
# the projects below, and an object of expense (201-01 사무관리비) is a part of the project above.
_LEVEL = re.compile(r"(?:정책|단위|부문|분야|회계|조직|부서)\s?(?:사업)?\s?[:：]")
_OBJECT = re.compile(r"\d{3}-\d{2}\s")
_DEEPEST = 9
_DECORATION = re.compile(r"\(.*?\)|\[.*?\]|[<>〈〉《》【】\s·:：*□■○●▶]")
# Bullets that only show nesting; numbers and letters belong to the name.
_BULLETS = frozenset({"square", "circle", "dash", "dot"})


class RowKind(StrEnum):
    """What a line of a table's body is."""

    DATA = "data"
    TOTAL = "total"  # 합계, 총계, 평균
    SUBTOTAL = "subtotal"  # 소계: sums up the rows since the last one
    SECTION = "section"  # one cell across, naming the rows below


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyRow:
    """A line of a table's body.

    Attributes:
        kind: What it is.
        cells: Its own cells by column; an empty one is missing.
        inherited: Cells from above that cover it or whose blank it continues, by column.
        span: From its first to its last own cell.
        section: The section line above it; None where there is none.
        depth: Nesting that the bullets of its first cell show, 0 for the outermost.
    """

    kind: RowKind
    cells: Mapping[int, GridCell]
    inherited: Mapping[int, GridCell]
    span: Span
    section: GridCell | None = None
    depth: int = 0


def read_rows(head: Head) -> list[BodyRow]:
    """Read the rows below a head.

    Args:
        head: A table with its head.

    Returns:
        Rows in printed order; footnotes and lines without any text are left out.
    """
    table = head.table
    labels = _label_columns(table, head.height)
    filled = _filled_down(table, head.height, labels)
    rows: list[BodyRow] = []
    section: GridCell | None = None
    families: list[str] = []
    # The office whose budget it is stands above the first policy, with the sum of all.
    whole = head.height if _has_levels_below(table, head.height) else None
    for number in range(head.height, table.rows):
        printed = table.printed(number)
        if not printed or (len(printed) == 1 and NOTE.match(printed[0].text)):
            continue
        kind = RowKind.TOTAL if number == whole else _kind(table, printed, labels)
        if kind is RowKind.SECTION:
            section = printed[0]
        rows.append(
            BodyRow(
                kind=kind,
                cells={cell.column: cell for cell in printed},
                inherited=_inherited(table, number, filled),
                span=Span(start=printed[0].span.start, end=printed[-1].span.end),
                section=section if kind in {RowKind.DATA, RowKind.SUBTOTAL} else None,
                depth=_depth(printed[0], families),
            )
        )
    return rows


def _has_levels_below(table: Grid, row: int) -> bool:
    """Whether the row below is the first level of a budget by programme, and this one is none."""
    here, below = table.printed(row), table.printed(row + 1)
    return bool(here and below) and bool(
        _LEVEL.match(below[0].text) and not _LEVEL.match(here[0].text)
    )


def is_total(text: str) -> bool:
    """Whether the label of a row says that it sums up others: 합 계, 총계(A), 가람1동 소계."""
    return bool(_TOTAL.fullmatch(_DECORATION.sub("", text)))


def own_text(cell: GridCell) -> tuple[str, Span]:
    """A cell without its bullet, and where that stands."""
    family, body = marker(cell.text)
    if family not in _BULLETS or not body:
        return cell.text, cell.span
    rest = cell.text[body:]
    # Only where the cell is printed on one line does the offset hold in the full text too.
    if len(cell.text) != cell.span.end - cell.span.start:
        return rest, cell.span
    return rest, Span(start=cell.span.start + body, end=cell.span.end)


def _label_columns(table: Grid, height: int) -> int:
    """How many columns from the left hold words rather than numbers."""
    for column in range(table.columns):
        cells = [table.at(row, column) for row in range(height, table.rows)]
        texts = [cell.text for cell in cells if cell is not None]
        numbers = [text for text in texts if is_number(text)]
        if column and texts and len(numbers) > 0.6 * len(texts):
            return column
    return table.columns


def _kind(table: Grid, printed: Sequence[GridCell], labels: int) -> RowKind:
    words = [cell.text for cell in printed if cell.column < max(labels, 1)]
    if any(is_total(text) for text in words):
        subtotal = any(re.search(r"소\s*계", text) and is_total(text) for text in words)
        return RowKind.SUBTOTAL if subtotal else RowKind.TOTAL
    if len(printed) > 1 and _LEVEL.match(printed[0].text):
        return RowKind.TOTAL
    only = printed[0]
    alone = len(printed) == 1 and only.row_span == 1
    across = only.column_span >= max(2, 0.6 * table.columns)
    if alone and across and not is_number(only.text) and len(only.text) <= 60:
        return RowKind.SECTION
    return RowKind.DATA


def _filled_down(table: Grid, height: int, labels: int) -> dict[tuple[int, int], GridCell]:
    """What blanks left by lost merges continue: `누리권역` above empty cells of the same column.

    Only columns left of the first one that names each row can have them, and only in formats
    that lose merges; elsewhere a blank is a blank.
    """
    rows = range(height, table.rows)
    if any(cell.row_span > 1 and cell.row >= height for cell in table.cells):
        return {}
    naming = next((c for c in range(labels) if _names_rows(table, rows, c)), 0)
    filled: dict[tuple[int, int], GridCell] = {}
    for column in range(naming):
        last: GridCell | None = None
        for row in rows:
            cell = table.at(row, column)
            if cell is not None:
                last = None if is_total(cell.text) or is_number(cell.text) else cell
            elif last is not None:
                filled[row, column] = last
    return filled


def _names_rows(table: Grid, rows: range, column: int) -> bool:
    """Whether a column has words in every row of several cells."""
    cells = [table.at(row, column) for row in rows if len(table.printed(row)) > 1]
    words = [cell for cell in cells if cell is not None and not is_number(cell.text)]
    totals = [row for row in rows if any(is_total(cell.text) for cell in table.printed(row))]
    return bool(words) and len(words) >= len(cells) - len(totals)


def _inherited(
    table: Grid, row: int, filled: Mapping[tuple[int, int], GridCell]
) -> dict[int, GridCell]:
    cells: dict[int, GridCell] = {}
    for column in range(table.columns):
        cell = table.at(row, column) or filled.get((row, column))
        if cell is not None and cell.row < row and cell.text and not is_dash(cell.text):
            cells.setdefault(column, cell)
    return cells


def _depth(first: GridCell, families: list[str]) -> int:
    """How deep the bullet of a row's first cell stands, in the order the table introduces them."""
    if first.column:
        return 0
    if _OBJECT.match(first.text):
        return _DEEPEST
    family, _ = marker(first.text)
    if family not in _BULLETS:
        return 0
    if family not in families:
        families.append(family)
    return families.index(family) + 1
