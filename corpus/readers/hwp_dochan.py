"""dochan's tree of an HWP or HWPX file as a paper."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from dochan import Dochan

from corpus.errors import UnreadableDocumentError
from corpus.readers.grid import Printed, spanning_table
from corpus.readers.limits import Limits
from corpus.types import Block, Paper, Paragraph, Table


def read_with_dochan(path: Path, name: str, limits: Limits) -> Paper:
    """Read a file through dochan, which never raises but lists its errors.

    Args:
        path: The file.
        name: `hwp` or `hwpx`.
        limits: Bounds the size of a table.
    """
    document = Dochan(str(path))
    errors = [str(error) for error in document.errors]
    if any("암호" in error for error in errors):
        raise UnreadableDocumentError("encrypted")
    if any(error.startswith("ERR") or "초과" in error for error in errors):
        raise UnreadableDocumentError("damaged")
    blocks: list[Block] = []
    for section in document.to_dict()["sections"]:
        for element in section["elements"]:
            blocks += _blocks(element, limits)
    return Paper(format=name, blocks=tuple(blocks), doubts=("skipped_sections",) if errors else ())


def _blocks(element: dict[str, Any], limits: Limits) -> Iterator[Block]:
    if element["type"] == "table":
        yield from _tables(element, limits)
    elif "elements" in element:  # header, footer, footnote, text box
        for part in element["elements"]:
            yield from _blocks(part, limits)
    elif element.get("text"):
        yield Paragraph(text=element["text"])  # its heading levels are guesses from font sizes


def _tables(element: dict[str, Any], limits: Limits) -> Iterator[Table]:
    """The table, then the tables inside its cells.

    dochan fills the grid: positions that a span covers come as empty cells and are passed over.
    """
    rows: list[list[Printed]] = []
    covered: set[tuple[int, int]] = set()
    nested: list[dict[str, Any]] = []
    for number, row in enumerate(element["rows"]):
        printed: list[Printed] = []
        for column, cell in enumerate(row):
            if (cell.get("row", number), cell.get("col", column)) in covered:
                continue
            down, across = cell["row_span"], cell["col_span"]
            if len(covered) + down * across > limits.cells:
                raise UnreadableDocumentError("too_large")
            covered |= {(number + y, column + x) for y in range(down) for x in range(across)}
            inner = [part for part in cell["paragraphs"] if part["type"] == "table"]
            text = cell["text"] if not inner else _own_text(cell)
            nested += inner
            printed.append(Printed(text=text, row_span=down, column_span=across))
        rows.append(printed)
    yield spanning_table(rows, limits)
    for table in nested:
        yield from _tables(table, limits)


def _own_text(cell: dict[str, Any]) -> str:
    return "\n".join(part.get("text", "") for part in cell["paragraphs"] if part["type"] != "table")
