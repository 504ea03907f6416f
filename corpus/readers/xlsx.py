"""XLSX: every sheet, with values as people see them."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.utils.cell import range_boundaries
from openpyxl.utils.exceptions import InvalidFileException

from corpus.errors import UnreadableDocumentError
from corpus.readers.grid import Merge, Row, sheet_blocks
from corpus.readers.limits import Limits
from corpus.readers.number_format import shown
from corpus.types import Block, Paper, Paragraph

_MERGE = re.compile(rb"<(?:\w+:)?mergeCell\s+ref=\"([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})\"")
_NO_VALUE = re.compile(
    rb"</(?:\w+:)?f>\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>|</(?:\w+:)?c>)"
)
# Sheets of real offices merge a few hundred areas; each costs its area in memory.
_MOST_MERGES = 20_000
_CHUNK = 1 << 20
_OVERLAP = 200  # longer than what the patterns match


class XlsxReader:
    """Reads without loading sheets whole; a far cell costs no more than a near one."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._filled = 0

    def read(self, path: Path) -> Paper:
        """A level-1 heading with each sheet's name, then its paragraphs and tables."""
        try:
            with path.open("rb") as stream:  # by stream: openpyxl refuses paths by their suffix
                book = openpyxl.load_workbook(
                    stream, read_only=True, data_only=True, keep_links=False
                )
                return self._paper(book, path)
        except InvalidFileException as error:
            raise UnreadableDocumentError("damaged") from error

    def _paper(self, book: Any, path: Path) -> Paper:
        blocks: list[Block] = []
        doubts: dict[str, None] = {}
        with zipfile.ZipFile(path) as archive:
            for sheet in book.worksheets:
                merges, missing = _markup(archive, sheet._worksheet_path)
                found = sheet_blocks(self._rows(sheet), merges)
                if found:
                    blocks += [Paragraph(text=sheet.title, level=1), *found]
                if found and sheet.sheet_state != "visible":
                    doubts["hidden_sheets"] = None
                if missing:
                    doubts["formulas_without_values"] = None
        title = book.properties.title or ""
        return Paper(format="xlsx", blocks=tuple(blocks), title=title, doubts=tuple(doubts))

    def _rows(self, sheet: Any) -> Iterator[Row]:
        sheet.reset_dimensions()  # what a file declares may be the whole grid, or one cell
        for number, row in enumerate(sheet.iter_rows()):
            texts = {}
            for column, cell in enumerate(row):
                text = shown(cell.value, cell.number_format) if cell.value is not None else ""
                if text.strip():
                    texts[column] = text
            self._filled += len(texts)
            if self._filled > self._limits.cells:
                raise UnreadableDocumentError("too_large")
            yield number, texts


def _markup(archive: zipfile.ZipFile, name: str) -> tuple[list[Merge], bool]:
    """Merged areas, which read-only mode leaves out, and whether a formula lacks its value."""
    merges: list[Merge] = []
    missing = False
    kept = b""
    with archive.open(name) as stream:
        while chunk := stream.read(_CHUNK):
            text = kept + chunk
            missing = missing or _NO_VALUE.search(text) is not None
            end = 0
            for match in _MERGE.finditer(text):
                merges.append(_area(match[1].decode("ascii")))
                end = match.end()
            if len(merges) > _MOST_MERGES:
                raise UnreadableDocumentError("too_large")
            kept = text[max(end, len(text) - _OVERLAP) :]
    return merges, missing


def _area(reference: str) -> Merge:
    left, top, right, bottom = (bound or 1 for bound in range_boundaries(reference))
    return top - 1, left - 1, bottom - 1, right - 1
