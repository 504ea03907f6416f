"""PDF: text in reading order, and the tables that are drawn with lines."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from corpus.errors import UnreadableDocumentError
from corpus.readers.limits import Limits
from corpus.readers.pdf_tables import Box, Grid, ruled_grids
from corpus.types import Block, Cell, Paper, Paragraph, Table

# PDFium's stand-ins for a hyphen at the end of a line.
_HYPHENS = {0x02: "-", 0xFFFE: "-"}
_LOCKED = ("password", "security")
# Text whose font does not say which characters it draws; a readable page has next to none.
_UNMAPPED = 0.2
_Owner = tuple[int, int] | None  # number of a grid and of its cell; None outside of all


class PdfReader:
    """Reads the text layer; every character of it is in exactly one paragraph or cell."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits

    def read(self, path: Path) -> Paper:
        """Blocks by page.

        Raises:
            UnreadableDocumentError: `encrypted`, `damaged`, or `scanned` if no page has text but
                some have pictures.
        """
        try:
            document = pdfium.PdfDocument(path)
        except pdfium.PdfiumError as error:
            locked = any(word in str(error).lower() for word in _LOCKED)
            raise UnreadableDocumentError("encrypted" if locked else "damaged") from error
        blocks: list[Block] = []
        pictured = 0
        for number in range(len(document)):
            page = document[number]
            found = _page_blocks(page, number + 1)
            blocks += found
            if not found and _has_picture(page):
                pictured += 1
            page.close()
        if not blocks:
            raise UnreadableDocumentError("scanned" if pictured else "no_text")
        title = str(document.get_metadata_value("Title"))
        return Paper(
            format="pdf", blocks=tuple(blocks), title=title, doubts=_doubts(blocks, pictured)
        )


def _doubts(blocks: list[Block], pictured: int) -> tuple[str, ...]:
    text = "".join(block.text for block in blocks if isinstance(block, Paragraph))
    strange = sum(char == "\ufffd" or "\ue000" <= char <= "\uf8ff" for char in text)
    doubts = ["pages_without_text"] if pictured else []
    if strange > len(text) * _UNMAPPED:
        doubts.append("garbled")
    return tuple(doubts)


def _has_picture(page: pdfium.PdfPage) -> bool:
    return any(True for _ in page.get_objects([raw.FPDF_PAGEOBJ_IMAGE]))


def _page_blocks(page: pdfium.PdfPage, number: int) -> list[Block]:
    text_page = page.get_textpage()
    count = text_page.count_chars()
    characters = [_character(text_page, index) for index in range(count)]
    if not "".join(characters).strip("\x00 \t\r\n"):
        return []
    grids = ruled_grids(page)
    owners: list[_Owner] = [None] * count
    if grids:
        owners = _owners(text_page, characters, grids)
    return list(_blocks(characters, owners, grids, number))


def _character(text_page: pdfium.PdfTextPage, index: int) -> str:
    code = raw.FPDFText_GetUnicode(text_page, index)
    return _HYPHENS.get(code) or chr(code)


def _owners(
    text_page: pdfium.PdfTextPage, characters: list[str], grids: list[Grid]
) -> list[_Owner]:
    """The cell in which the middle of each character lies; blanks go with what stands before."""
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    owners: list[_Owner] = []
    last: _Owner = None
    for index, character in enumerate(characters):
        if not character.isspace() and character != "\x00":
            raw.FPDFText_GetCharBox(text_page, index, left, right, bottom, top)
            middle = (left.value + right.value) / 2, (bottom.value + top.value) / 2
            last = _cell_at(middle, grids, last)
        owners.append(last)
    return owners


def _cell_at(point: tuple[float, float], grids: list[Grid], likely: _Owner) -> _Owner:
    if likely and _inside(point, grids[likely[0]].boxes[likely[1]]):
        return likely
    for at, grid in enumerate(grids):
        if _inside(point, grid.bounds):
            for cell, box in enumerate(grid.boxes):
                if _inside(point, box):
                    return at, cell
    return None


def _inside(point: tuple[float, float], box: Box) -> bool:
    return box[0] <= point[0] <= box[2] and box[1] <= point[1] <= box[3]


def _blocks(
    characters: list[str], owners: list[_Owner], grids: list[Grid], number: int
) -> Iterator[Block]:
    """Text and tables in the order of the text layer, a table where its first character stands."""
    texts: dict[_Owner, list[str]] = {}
    order: list[int | str] = []
    for owner, run in _runs(characters, owners):
        if owner is None:
            order.append(run)
            continue
        if owner[0] not in order:
            order.append(owner[0])
        texts.setdefault(owner, []).append(run.strip("\r\n "))
    for item in order:
        if isinstance(item, int):
            yield _table(item, grids[item], texts, number)
        elif text := item.replace("\r\n", "\n").strip("\n"):
            yield Paragraph(text=text, page=number)


def _runs(characters: list[str], owners: list[_Owner]) -> Iterator[tuple[_Owner, str]]:
    start = 0
    for end in range(1, len(characters) + 1):
        if end == len(characters) or owners[end] != owners[start]:
            yield owners[start], "".join(characters[start:end])
            start = end


def _table(at: int, grid: Grid, texts: dict[_Owner, list[str]], number: int) -> Table:
    cells = [
        Cell(
            row=row,
            column=column,
            row_span=down,
            column_span=across,
            text="\n".join(texts.get((at, index), ())).replace("\r\n", "\n"),
        )
        for index, (row, column, down, across) in enumerate(grid.places)
    ]
    cells.sort(key=lambda cell: (cell.row, cell.column))
    return Table(rows=grid.rows, columns=grid.columns, cells=tuple(cells), page=number)
