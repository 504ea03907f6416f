"""unhwp's tree of an HWP or HWPX file as a paper."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import unhwp

from corpus.errors import UnreadableDocumentError
from corpus.readers.grid import Printed, spanning_table
from corpus.readers.limits import Limits
from corpus.types import Block, Paper, Paragraph, Table

# unhwp names a password ENCRYPTED in HWP and ENCODING in HWPX.
_LOCKED = {unhwp.ErrorKind.ENCRYPTED, unhwp.ErrorKind.ENCODING}


def read_with_unhwp(path: Path, name: str, limits: Limits) -> Paper:
    """Read a file through unhwp's JSON; its Markdown loses merged cells.

    Args:
        path: The file.
        name: `hwp` or `hwpx`.
        limits: Bounds the size of a table.
    """
    try:
        with unhwp.parse(str(path)) as result:
            tree = json.loads(result.json)
    except unhwp.UnhwpError as error:
        raise UnreadableDocumentError(
            "encrypted" if error.kind in _LOCKED else "damaged"
        ) from error
    blocks: list[Block] = []
    for section in tree["sections"]:
        for part in ("header", "content", "footer"):
            for item in section[part] or ():
                blocks += _blocks(item, limits)
    return Paper(
        format=name,
        blocks=tuple(blocks),
        title=tree["metadata"]["title"] or "",
        doubts=("skipped_sections",) if tree["skipped_sections"] else (),
    )


def _blocks(item: dict[str, Any], limits: Limits) -> Iterator[Block]:
    if "Table" in item:
        yield from _tables(item["Table"], limits)
    elif "Paragraph" in item:
        paragraph = item["Paragraph"]
        yield Paragraph(text=_text(paragraph), level=paragraph["style"]["heading_level"] or None)


def _tables(tree: dict[str, Any], limits: Limits) -> Iterator[Table]:
    """The table, then the tables inside its cells, whose text the cells do not repeat."""
    rows = [
        [
            Printed(
                text="\n".join(_text(paragraph) for paragraph in cell["content"]),
                row_span=cell["rowspan"],
                column_span=cell["colspan"],
            )
            for cell in row["cells"]
        ]
        for row in tree["rows"]
    ]
    yield spanning_table(rows, limits)
    for row in tree["rows"]:
        for cell in row["cells"]:
            for nested in cell.get("nested_tables", ()):
                yield from _tables(nested, limits)


def _text(paragraph: dict[str, Any]) -> str:
    return "".join(_run(run) for run in paragraph["content"])


def _run(run: Any) -> str:
    """The text of one inline item: text, link, footnote, equation; a picture has none."""
    if isinstance(run, str):
        return "\n" if run == "LineBreak" else ""
    if isinstance(run, list):
        return "".join(_run(part) for part in run)
    for name, value in run.items():
        if name == "Image":
            continue
        if isinstance(value, str):
            return value
        if isinstance(value, dict):
            return str(value.get("text") or value.get("script") or _run(value.get("content") or []))
    return ""
