"""Agenda items in the rows of a table: `안건 | 검토결과`."""

from __future__ import annotations

import re

from corpus.extraction.agenda_marks import Mark
from corpus.fulltext import FullText, PlacedCell, PlacedTable
from corpus.types import Span

_TITLE_HEAD = re.compile(
    r"(?:심의|부의|상정|회의|주요)?\s?안\s*건(?:\s?명)?|의\s*안(?:\s?명)?|의\s*제"
)
_RESULT_HEAD = re.compile(r"(?:심의|검토|의결|회의|처리|표결)?\s?(?:결\s*과|사항|여부)")
_NUMBER = re.compile(
    r"\s*(?:제\s*)?(?P<number>\d{1,2})\s*(?:호|안|[.)])?(?:\s*안건)?\s*[.:)]?\s*|안\s?건\s?(?P<item>\d{1,2})\s*[.:)]?\s*"
)


def agenda_rows(full: FullText) -> list[Mark]:
    """The agenda items of tables whose first row names an item and its result.

    Items without a printed number are counted in their order. A table of anything else gives
    none.
    """
    return [mark for table in full.tables for mark in _of_table(full.text, table)]


def _of_table(text: str, table: PlacedTable) -> list[Mark]:
    heads = [cell for cell in table.cells if cell.cell.row == 0]
    titles = [c for c in heads if _TITLE_HEAD.fullmatch(c.cell.text.strip())]
    results = [c for c in heads if _RESULT_HEAD.fullmatch(c.cell.text.strip())]
    if not titles or not results:
        return []
    column, result = titles[0].cell.column, results[0].cell.column
    found: list[Mark] = []
    for cell in table.cells:
        if cell.cell.row and cell.cell.column == column and cell.span.end > cell.span.start:
            beside = [
                c for c in table.cells if c.cell.row == cell.cell.row and c.cell.column == result
            ]
            found.append(_mark(text, cell, len(found) + 1, beside))
    return found


def _mark(text: str, cell: PlacedCell, position: int, beside: list[PlacedCell]) -> Mark:
    match = _NUMBER.match(text, cell.span.start, cell.span.end)
    printed = match and match.end() < cell.span.end
    start = match.end() if match and printed else cell.span.start
    order = int(match["number"] or match["item"]) if match and printed else position
    number = Span(start=cell.span.start, end=start)
    end = beside[0].span.end if beside else cell.span.end
    return Mark(
        order=order,
        number=number,
        title=Span(start=start, end=cell.span.end),
        listed=False,
        end=end,
    )
