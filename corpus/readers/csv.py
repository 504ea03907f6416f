"""Comma-separated tables as offices export them."""

from __future__ import annotations

import csv
import io
from collections import Counter
from pathlib import Path

from corpus.errors import UnreadableDocumentError
from corpus.readers.encoding import decode
from corpus.readers.grid import sheet_blocks
from corpus.readers.limits import Limits
from corpus.types import Block, Paper, Paragraph

_DELIMITERS = ",\t;|"
_SAMPLE_ROWS = 100
_FIELD_CHARACTERS = 10_000_000


class CsvReader:
    """Reads a table of separated values; `csv.Sniffer` errs on quoted amounts such as `"1,200"`."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits

    def read(self, path: Path) -> Paper:
        """Titles above the table as paragraphs, then the table; text without columns as text."""
        csv.field_size_limit(_FIELD_CHARACTERS)
        text, certain = decode(path.read_bytes())
        delimiter = _delimiter(text)
        blocks: list[Block] = [Paragraph(text=text)]
        if delimiter:
            blocks = sheet_blocks(self._rows(text, delimiter))
        return Paper(format="csv", blocks=tuple(blocks), doubts=() if certain else ("encoding",))

    def _rows(self, text: str, delimiter: str) -> list[tuple[int, dict[int, str]]]:
        rows: list[tuple[int, dict[int, str]]] = []
        filled = 0
        for number, values in enumerate(csv.reader(io.StringIO(text, ""), delimiter=delimiter)):
            texts = {column: value for column, value in enumerate(values) if value.strip()}
            filled += len(texts)
            if filled > self._limits.cells:
                raise UnreadableDocumentError("too_large")
            rows.append((number, texts))
        return rows


def _delimiter(text: str) -> str:
    """The separator that gives most rows one and the same number of columns; empty for none."""
    best, best_score = "", 0.0
    for delimiter in _DELIMITERS:
        rows = csv.reader(io.StringIO(text, ""), delimiter=delimiter)
        widths = Counter(len(row) for row, _ in zip(rows, range(_SAMPLE_ROWS), strict=False) if row)
        if not widths:
            return ""
        width, count = max(widths.items(), key=lambda item: (item[0] > 1, item[1]))
        score = count / widths.total() if width > 1 else 0.0
        if score > best_score:
            best, best_score = delimiter, score
    return best
