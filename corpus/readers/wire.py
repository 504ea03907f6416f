"""Papers as JSON, the only thing that a child process hands back.

JSON rather than pickle: a hostile file that takes over a native library must not get to choose what
the parent runs.
"""

from __future__ import annotations

import json
from typing import Any

from corpus.types import Block, Cell, Paper, Paragraph, Table


def dump_paper(paper: Paper) -> dict[str, Any]:
    """A paper as plain lists and dictionaries."""
    return {
        "format": paper.format,
        "title": paper.title,
        "doubts": list(paper.doubts),
        "blocks": [_dump_block(block) for block in paper.blocks],
    }


def load_paper(tree: dict[str, Any]) -> Paper:
    """The paper that `dump_paper` gave."""
    return Paper(
        format=tree["format"],
        title=tree["title"],
        doubts=tuple(tree["doubts"]),
        blocks=tuple(_load_block(block) for block in tree["blocks"]),
    )


def pack(answer: dict[str, Any]) -> bytes:
    """An answer as bytes; lone surrogates survive as escapes."""
    return json.dumps(answer, separators=(",", ":")).encode("ascii")


def _dump_block(block: Block) -> list[Any]:
    if isinstance(block, Paragraph):
        return [block.text, block.level, block.page]
    cells = [[c.row, c.column, c.row_span, c.column_span, c.text] for c in block.cells]
    return [block.rows, block.columns, cells, block.caption, block.page]


def _load_block(values: list[Any]) -> Block:
    if len(values) == 3:
        text, level, page = values
        return Paragraph(text=text, level=level, page=page)
    rows, columns, cells, caption, page = values
    return Table(
        rows=rows,
        columns=columns,
        cells=tuple(
            Cell(row=row, column=column, row_span=down, column_span=across, text=text)
            for row, column, down, across, text in cells
        ),
        caption=caption,
        page=page,
    )
