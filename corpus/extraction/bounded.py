"""How much of a paper is read for records, so that no paper holds up the others."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

from corpus.fulltext import FullText, PlacedTable
from corpus.outline import Item
from corpus.records import Finding
from corpus.types import Span

# Some 200 printed pages; the longest paper of a council at hand has 40. Reading takes 15 to 40 s a
# million characters and 0.2 to 0.4 ms a line on two cores, so a paper takes some 12 s at the worst.
MOST_CHARACTERS = 300_000
MOST_LINES = 20_000
_SHOWN = 30


def bounded(
    full: FullText,
    items: Sequence[Item],
    characters: int = MOST_CHARACTERS,
    lines: int = MOST_LINES,
) -> tuple[FullText, Sequence[Item], list[Finding]]:
    """Cut a paper that is too long to be read as a whole.

    Args:
        full: The paper.
        items: Its outline.
        characters: How many are read.
        lines: How many are read.

    Returns:
        The paper up to the last line end within both bounds, offsets unchanged, its items, and a
        finding `left_out` (characters read, first words of the rest); nothing is cut and nothing
        found where the paper is short enough.
    """
    end = _end(full.text, characters, lines)
    if end == len(full.text):
        return full, items, []
    cut = FullText(
        text=full.text[:end],
        levels=tuple(level for level in full.levels if level[0] < end),
        pages=tuple(page for page in full.pages if page[0] < end),
        tables=tuple(_within(table, end) for table in full.tables if table.span.start < end),
    )
    kept = items[: bisect_right(items, end, key=lambda item: item.end)]
    rest = full.text[end:].lstrip()
    line = rest.split("\n", 1)[0].strip()[:_SHOWN]
    start = len(full.text) - len(rest)
    finding = Finding(
        code="left_out",
        values=(f"{end:,}", " ".join(line.split())),
        spans=(Span(start=start, end=start + len(line)),),
    )
    return cut, kept, [finding]


def _end(text: str, characters: int, lines: int) -> int:
    """The last line end within the bounds; the bound itself where no line ends before it."""
    end = len(text)
    if end > characters:
        last = text.rfind("\n", 0, characters)
        end = characters if last < 0 else last
    if text.count("\n", 0, end) >= lines:
        ends = (match.start() for match in re.finditer("\n", text))
        end = next(islice(ends, lines - 1, None))
    return end


def _within(table: PlacedTable, end: int) -> PlacedTable:
    """A table's rows up to an offset."""
    if table.span.end <= end:
        return table
    cells = tuple(placed for placed in table.cells if placed.span.end <= end)
    rows = 1 + max((placed.cell.row for placed in cells), default=-1)
    inner = tuple(placed.cell for placed in cells)
    return PlacedTable(
        table=replace(table.table, rows=rows, cells=inner),
        span=Span(start=table.span.start, end=end),
        cells=cells,
    )
