"""The head of a table: what stands above its rows, and one name for each column."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.extraction.grid import Grid, GridCell, compact

_NUMBER = re.compile(r"[(△▲+\-−]*\s?\d[\d,.\s]*\s?[가-힣%]{0,4}[)]?")
_YEAR = re.compile(
    r"['‘’]?(?:\d{2}|\d{4})(?:년도?|[.]?\dQ|분기)?(?:\s?[~∼-]\s?\d{2,4}년?)?"
    r"|\d\s?(?:/\s?4\s?)?분기|1?\d\s?월|\d{1,2}\s?(?:주차?|회차?|차시?|차년도)"
)
# Three rows of heading are the most that council papers were seen to use.
_TALLEST = 3
_SPACED = re.compile(r"(?<![가-힣])([가-힣]) +(?=[가-힣](?![가-힣]))")
# A line above the head may hold words at the left and the unit note at the right.
_NOTED = 2
_UNIT_LINE = re.compile(r"[(\[<〔]?\s*단\s?위\s?[:：].*")
NOTE = re.compile(r"\s*(?:※|\\?\*|＊|주\s?\d?\)|주\s?:|자료\s?[:：]|출처\s?[:：])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """A table cut into its head and its rows.

    Attributes:
        table: What is left without captions, empty rows and spare columns.
        height: Rows of the head; those of the body follow.
        names: Name of each column; `""` where none is printed.
        captions: Lines inside the table that stand above the head: a title, a unit note.
    """

    table: Grid
    height: int
    names: tuple[str, ...]
    captions: tuple[GridCell, ...]


def read_head(grid: Grid) -> Head | None:
    """Find the head of a table.

    Args:
        grid: The table as printed.

    Returns:
        None for what has no head over at least one row of two columns: frames around text,
        headings drawn as tables, rows that begin without saying what they hold.
    """
    table, captions = _uncaptioned(compact(grid))
    if table.rows < 2 or table.columns < 2:
        return None
    if not _is_head(table):
        return None
    height = _height(table)
    if height >= table.rows:
        return None
    names = tuple(_name(table, height, column) for column in range(table.columns))
    # Forms and charts are ruled so that one box spans many columns; no heading names those.
    named = len(set(filter(None, names)))
    if named < 0.6 * table.columns and named < repeat(names):
        return None
    return Head(table=table, height=height, names=names, captions=captions)


def repeat(names: Sequence[str]) -> int:
    """Width of the block of headings that a table repeats side by side; all columns without one."""
    for width in range(2, len(names) // 2 + 1):
        block = list(names[:width])
        whole = len(names) % width == 0 and block * (len(names) // width) == list(names)
        if whole and len(set(block)) == width and all(block):
            return width
    return len(names)


def tidy(text: str) -> str:
    """A heading without the spaces that stretch it: `구   분` is `구분`."""
    squeezed = " ".join(text.split())
    return _SPACED.sub(r"\1", squeezed)


def is_number(text: str) -> bool:
    """Whether a cell holds a number, with or without a counter, or a dash for none."""
    return bool(_NUMBER.fullmatch(text)) or is_dash(text)


def is_period(text: str) -> bool:
    """Whether a heading is a year or a part of one: `2025년`, `’25`, `1분기`, `3월`."""
    return bool(_YEAR.fullmatch(text))


def is_dash(text: str) -> bool:
    """Whether a cell is filled with a stroke that stands for nothing."""
    return bool(re.fullmatch(r"[-–—―−‐·.\s]*|없음|해당\s?없음", text))


def _uncaptioned(table: Grid) -> tuple[Grid, tuple[GridCell, ...]]:
    """Take off the lines above the head: a single cell, or words with the unit note beside."""
    captions: list[GridCell] = []
    while table.rows > 2:
        first = table.printed(0)
        noted = len(first) == _NOTED and any(_UNIT_LINE.fullmatch(cell.text) for cell in first)
        if noted and max(cell.row_span for cell in first) == 1:
            captions.extend(first)
            table = compact(table, 1)
            continue
        if len(first) != 1 or first[0].row_span > 1:
            break
        narrow = first[0].column_span < table.columns
        if narrow and not _UNIT_LINE.match(first[0].text) and first[0].column == 0:
            following = table.printed(1)
            if len(following) < 2:
                break
        captions.append(first[0])
        table = compact(table, 1)
    return table, tuple(captions)


def _is_head(table: Grid) -> bool:
    first = table.printed(0)
    years = [cell for cell in first if is_period(cell.text)]
    alike = [cell for cell in first if not is_number(cell.text)]
    alike += years if len(years) > 1 else []
    short = [cell for cell in first if len(cell.text) <= 40]
    covered = sum(cell.column_span for cell in first)
    whole = [cell for cell in first if cell.row_span >= table.rows]
    return (
        len(first) >= 2
        and len(whole) <= 0.5 * len(first)
        and len(alike) >= 0.7 * len(first)
        and len(short) >= 0.7 * len(first)
        and covered >= 0.5 * table.columns
    )


def _height(table: Grid) -> int:
    height = 1
    spans = [cell.row_span for cell in table.printed(0)]
    if max(spans) < table.rows:
        height = min(max(spans), _TALLEST)
    while height < min(_TALLEST, table.rows - 1) and _goes_on(table, height):
        height += 1
    return height


def _goes_on(table: Grid, row: int) -> bool:
    """Whether a row still belongs to the head: it parts or fills what the row above left open."""
    here = table.printed(row)
    if not here or any(is_number(cell.text) and not is_period(cell.text) for cell in here):
        return False
    numbers = [cell for cell in table.printed(row + 1) if is_number(cell.text)]
    above = [table.at(row - 1, cell.column) for cell in here]
    parted = [
        sum(other is cell for other in above) > 1
        for cell in above
        if cell is not None and cell.column_span > 1
    ]
    if any(parted) and all(cell is None or cell.column_span > 1 for cell in above):
        return bool(numbers)
    key_is_open = table.at(row, 0) is None and table.at(row - 1, 0) is not None
    return key_is_open and any(cell is None for cell in above) and bool(numbers)


def _name(table: Grid, height: int, column: int) -> str:
    parts: list[str] = []
    for row in range(height):
        cell = table.at(row, column)
        if cell is None and row + 1 < height and table.at(row + 1, column) is not None:
            cell = _left_of(table, row, column)
        text = tidy(cell.text) if cell else ""
        if text and (not parts or parts[-1] != text):
            parts.append(text)
    return " ".join(parts)


def _left_of(table: Grid, row: int, column: int) -> GridCell | None:
    """Where merged cells were lost, a heading stands only over the first of its columns."""
    for left in range(column - 1, -1, -1):
        if cell := table.at(row, left):
            return cell
    return None
