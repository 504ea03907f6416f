"""A paper's blocks as one cleaned text, with the offsets of its headings, pages and cells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from corpus.text import clean, squeeze
from corpus.types import Cell, Paper, Paragraph, Span, Table

# Offices type whole minutes into one cell beside a label. Labels and values of ordinary rows were
# never seen on more than three lines; a row of three or more texts is a record, not a box.
_LINES_OF_A_CELL = 3
_LONG_CELL = 200
_CELLS_OF_A_BOX = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedCell:
    """A cell and where its text stands; an empty cell has an empty span."""

    cell: Cell
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedTable:
    """A table and where it stands, caption included."""

    table: Table
    span: Span
    cells: tuple[PlacedCell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FullText:
    """One text for all offsets.

    Attributes:
        text: Paragraphs as they are, table rows as lines with a tab between cells. Where a cell
            holds lines of text beside at most one other, those stay lines.
        levels: `(start, level)` of the headings that the file marks.
        pages: `(start, number)` where each page begins; empty where the format has none.
        tables: The tables with their cells placed.
    """

    text: str
    levels: tuple[tuple[int, int], ...]
    pages: tuple[tuple[int, int], ...]
    tables: tuple[PlacedTable, ...]

    def page_at(self, offset: int) -> int | None:
        """The page that a code point stands on; None where the format has no pages."""
        before = [number for start, number in self.pages if start <= offset]
        return before[-1] if before else None

    def closed(self) -> Iterator[Span]:
        """The stretches that are rows of tables, which is all of them but boxes of text."""
        for table in self.tables:
            start = table.span.start
            for placed in table.cells:
                if "\n" in self.text[placed.span.start : placed.span.end]:
                    yield Span(start=start, end=placed.span.start)
                    start = placed.span.end
            yield Span(start=start, end=table.span.end)


class _Writer:
    def __init__(self) -> None:
        self.parts: list[str] = []
        self.length = 0

    def write(self, text: str) -> Span:
        start = self.length
        self.parts.append(text)
        self.length += len(text)
        return Span(start=start, end=self.length)


def flatten(paper: Paper) -> FullText:
    """Write a paper's blocks one below the other.

    Args:
        paper: As a reader returns it; its texts need not be clean.

    Returns:
        The text and its landmarks; the text is empty if no block holds any.
    """
    writer = _Writer()
    levels: list[tuple[int, int]] = []
    pages: list[tuple[int, int]] = []
    tables: list[PlacedTable] = []
    for block in paper.blocks:
        if block.page is not None and (not pages or pages[-1][1] != block.page):
            pages.append((writer.length, block.page))
        if isinstance(block, Paragraph):
            text = clean(block.text).strip("\n")
            if not text.strip():
                continue
            if block.level is not None:
                if writer.length:
                    writer.write("\n")
                levels.append((writer.length, block.level))
                text += "\n"  # blank lines part a heading from prose where nobody knows the mark
            writer.write(text)
        else:
            tables.append(_write_table(writer, block))
        writer.write("\n")
    return FullText(
        text="".join(writer.parts).rstrip("\n"),
        levels=tuple(levels),
        pages=tuple(pages),
        tables=tuple(tables),
    )


def _write_table(writer: _Writer, table: Table) -> PlacedTable:
    start = writer.length
    if caption := _on_one_line(table.caption):
        writer.write(caption + "\n")
    placed: list[PlacedCell] = []
    ordered = sorted(table.cells, key=lambda cell: (cell.row, cell.column))
    for _, beside in groupby(ordered, key=lambda cell: cell.row):
        if placed:
            writer.write("\n")
        placed.extend(_write_row(writer, list(beside)))
    return PlacedTable(table=table, span=Span(start=start, end=writer.length), cells=tuple(placed))


def _write_row(writer: _Writer, cells: Sequence[Cell]) -> Iterator[PlacedCell]:
    """A row on one line, unless it is a box of a form: a label and lines of text beside it."""
    texts = [_on_one_line(cell.text) for cell in cells]
    if sum(map(bool, texts)) <= _CELLS_OF_A_BOX:
        texts = [_lines_of(cell.text) or words for cell, words in zip(cells, texts, strict=True)]
    for number, (cell, text) in enumerate(zip(cells, texts, strict=True)):
        if number:
            boxed = text and ("\n" in text or any("\n" in before for before in texts[:number]))
            writer.write("\n" if boxed else "\t")
        yield PlacedCell(cell=cell, span=writer.write(text))


def _lines_of(text: str) -> str:
    """The lines of a cell that holds a text of its own; empty for a cell of a few words."""
    lines = [words for line in clean(text).split("\n") if (words := _spaced(line))]
    long = sum(map(len, lines)) > _LONG_CELL and len(lines) > 1
    return "\n".join(lines).lstrip(" ") if long or len(lines) > _LINES_OF_A_CELL else ""


def _spaced(line: str) -> str:
    """A line of a cell, its indent kept, which tells what stands below what."""
    words = squeeze(line)
    return " " * (len(line) - len(line.lstrip())) + words if words else ""


def _on_one_line(text: str) -> str:
    """Line ends and tabs inside a cell would look like rows and cells."""
    return squeeze(clean(text))
