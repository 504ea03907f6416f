"""Agenda items in the rows of a table: `안건 | 검토결과`."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from corpus.extraction.agenda_marks import Mark
from corpus.extraction.continued import whole_tables
from corpus.extraction.fields import Fields
from corpus.fulltext import FullText, PlacedCell, PlacedTable
from corpus.records import Field, FieldType
from corpus.types import Span

_TITLE_HEAD = re.compile(
    r"(?:심의|부의|상정|회의|주요)?\s?안\s*건(?:\s?명)?|의\s*안(?:\s?명)?|의\s*제"
)
_ITEM_HEAD = re.compile(r"구\s*분|항\s*목|내\s*용|제\s*목|사\s*항")
_RESULT_HEAD = re.compile(r"(?:심의|검토|의결|회의|처리|표결)?\s?(?:결\s*과|사항|여부)")
_NUMBER = re.compile(
    r"\s*(?:제\s*)?(?P<number>\d{1,2})\s*(?:호|안(?=[\s.:)])|[.)](?!\s?\d))(?:\s*안건)?\s*[.:)]?\s*|안\s?건\s?(?P<item>\d{1,2})(?!\d)\s*[.:)]?\s*"
)
_NUMBER_HEAD = re.compile(r"연\s*번|순\s*번|번\s*호|(?:의안|안건)\s?번호|구\s*분|No\.?")
_NUMBER_CELL = re.compile(r"\s*(?:제\s*)?(?P<number>\d{1,3})\s*(?:호|안|[.)])?(?:\s*안건)?\s*")


def agenda_rows(full: FullText) -> list[Mark]:
    """The agenda items of tables whose first row names an item and its result.

    Items without a printed number are counted in their order. A table of anything else gives
    none.
    """
    return [mark for table in whole_tables(full) for mark in _of_table(full.text, table)]


_BOX_HEAD = re.compile(r"안\s*건\s?(?:제\s?)?(?P<number>\d{1,2})\s?(?:호|안)?")
# A result is a line or two; what is longer tells the discussion.
_LONGEST_RESULT = 120


def boxed_results(full: FullText) -> dict[int, Span]:
    """What stands below 검토결과 in boxes headed `안건 1 | 검토결과`, by the item's number.

    A box printed blank gives nothing.
    """
    found: dict[int, Span] = {}
    for table in whole_tables(full):
        heads = [cell for cell in table.cells if cell.cell.row == 0]
        boxes = [m for c in heads if (m := _BOX_HEAD.fullmatch(c.cell.text.strip()))]
        results = [c for c in heads if _RESULT_HEAD.fullmatch(c.cell.text.strip())]
        if len(heads) != _BOX_COLUMNS or len(boxes) != 1 or len(results) != 1:
            continue
        column = results[0].cell.column
        below = [c for c in table.cells if c.cell.row == 1 and c.cell.column == column]
        if below and 0 < below[0].span.end - below[0].span.start <= _LONGEST_RESULT:
            found.setdefault(int(boxes[0]["number"]), below[0].span)
    return found


_BOX_COLUMNS = 2


def _of_table(text: str, table: PlacedTable) -> list[Mark]:
    heads = [cell for cell in table.cells if cell.cell.row == 0]
    titles = [c for c in heads if _TITLE_HEAD.fullmatch(c.cell.text.strip())]
    results = [c for c in heads if _RESULT_HEAD.fullmatch(c.cell.text.strip())]
    if results and not titles:
        titles = [c for c in heads if _names_items(text, table, c)]
    if not titles or not results:
        return []
    columns = [head.cell.column for head in titles]
    # `안건 | 안건명`: where the first column of both only numbers the items, the second names them.
    numbering = [
        head.cell.column for head in heads if _NUMBER_HEAD.fullmatch(head.cell.text.strip())
    ]
    numbering += [column for column in columns[:-1] if _numbers(table, column)]
    column = next(c for c in columns if c not in numbering or c == columns[-1])
    found: list[Mark] = []
    for cell in table.cells:
        if cell.cell.row and cell.cell.column == column and cell.span.end > cell.span.start:
            row = [other for other in table.cells if other.cell.row == cell.cell.row]
            number = [c for c in row if c.cell.column in numbering and c.span.end > c.span.start]
            beside = [c for c in row if c.cell.column == results[0].cell.column]
            mark = _mark(text, cell, len(found) + 1, number, beside)
            known = {c.cell.column for c in (cell, *number, *beside)} | set(numbering)
            more = [c for c in row if c.cell.column not in known and c.span.end > c.span.start]
            found.append(_with_cells(mark, heads, more))
    return found


def _names_items(text: str, table: PlacedTable, head: PlacedCell) -> bool:
    """Whether the cells below 구분 are items that the agenda above the table lists."""
    if head.cell.column or not _ITEM_HEAD.fullmatch(head.cell.text.strip()):
        return False
    cells = [c.cell.text.strip() for c in table.cells if c.cell.row and not c.cell.column]
    above = text[: table.span.start]
    return bool(cells) and all(words and words in above for words in cells)


def _with_cells(mark: Mark, heads: list[PlacedCell], cells: list[PlacedCell]) -> Mark:
    """A row's mark with the cells of all columns that name neither the item nor its result."""
    names = {head.cell.column: " ".join(head.cell.text.split()) for head in heads}
    beside = tuple(
        (names[cell.cell.column], cell.span) for cell in cells if names.get(cell.cell.column)
    )
    end = max([mark.end, *(span.end for _, span in beside)])
    return replace(mark, beside=beside, end=end)


def _numbers(table: PlacedTable, column: int) -> bool:
    cells = [c.cell.text for c in table.cells if c.cell.row and c.cell.column == column]
    return bool(cells) and all(_NUMBER_CELL.fullmatch(words) for words in cells)


def _mark(
    text: str,
    cell: PlacedCell,
    position: int,
    numbers: list[PlacedCell],
    beside: list[PlacedCell],
) -> Mark:
    number = Span(start=cell.span.start, end=cell.span.start)
    start, order = cell.span.start, position
    own = (
        _NUMBER_CELL.fullmatch(text, numbers[0].span.start, numbers[0].span.end)
        if numbers
        else None
    )
    inside = _NUMBER.match(text, cell.span.start, cell.span.end)
    if own is not None:
        number, order = numbers[0].span, int(own["number"])
    elif inside and inside.end() < cell.span.end:
        start, order = inside.end(), int(inside["number"] or inside["item"])
        number = Span(start=cell.span.start, end=start)
    end = beside[0].span.end if beside else cell.span.end
    return Mark(
        order=order,
        number=number,
        title=Span(start=start, end=cell.span.end),
        listed=False,
        end=max(end, cell.span.end),
        row=True,
    )


# Headings of further columns in a table of agenda items, and the fields that they are.
_BESIDE = (
    (re.compile(r"부서|소관|주관|담당"), "department", FieldType.ORGANISATION),
    (re.compile(r"비고|조건|특이사항|부대의견"), "note", FieldType.TEXT),
    (re.compile(r"제안자|설명자|보고자|발의자"), "presenter", FieldType.PERSON),
)


def cells_beside(fields: Fields, marks: Sequence[Mark], known: Collection[str]) -> Iterator[Field]:
    """What the rows of an agenda item say beside its title and its result.

    Args:
        fields: Maker of the paper's fields.
        marks: Where the item is named.
        known: Names of fields that it has already.
    """
    for heading, span in (cell for mark in marks for cell in mark.beside):
        packed = "".join(heading.split())
        name, kind = next(
            ((name, kind) for cue, name, kind in _BESIDE if cue.search(packed)),
            (heading, FieldType.TEXT),
        )
        if name not in known:
            yield fields.make(name, kind, span.start, span.end)
