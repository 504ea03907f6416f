"""How much of a paper is read for records, so that no paper holds up the others."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from corpus.fulltext import FullText, PlacedTable
from corpus.outline import Item
from corpus.records import Finding
from corpus.types import Span

# Some 200 printed pages; the longest paper of a council at hand has 40. Reading takes 20 to 40 s a
# million characters, so a paper takes 12 s at the worst.
MOST_CHARACTERS = 300_000
_SHOWN = 30


def bounded(
    full: FullText, items: Sequence[Item], most: int = MOST_CHARACTERS
) -> tuple[FullText, Sequence[Item], list[Finding]]:
    """Cut a paper that is too long to be read as a whole.

    Args:
        full: The paper.
        items: Its outline.
        most: Characters that are read.

    Returns:
        The paper up to the last line end within the bound, offsets unchanged, its items, and a
        finding `left_out` (characters read, first words of the rest); nothing is cut and nothing
        found where the paper is short enough.
    """
    if len(full.text) <= most:
        return full, items, []
    end = full.text.rfind("\n", 0, most)
    end = most if end < 0 else end
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
