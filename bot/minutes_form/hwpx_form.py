"""Minutes as a Hangul document (HWPX)."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING

from bot.minutes_form.layout import COUNCIL, HEADING, TITLE, Block, Grid, Line

if TYPE_CHECKING:
    from hwpx.document import HwpxDocument
    from hwpx.oxml import HwpxOxmlParagraph

# Every body paragraph names its style: the library lets it inherit that of the one before.
_STYLE = "바탕글"
# HWP units (1/7200 inch) of one line of 10 points with the space around it.
_LINE = 1800
_LETTERS_A_LINE = 74
_SHADE = "#E7ECF2"
_INDENT = "  "


def hwpx_bytes(blocks: Sequence[Block]) -> bytes:
    """The paper as the bytes of an HWPX file."""
    # A fifth of a second that only those wait for who write minutes.
    from hwpx.document import HwpxDocument

    document, centred = HwpxDocument.new(), []
    for block in blocks:
        if isinstance(block, Grid):
            centred += _table(document, block)
            continue
        paragraph = _paragraph(document, block)
        if block.style in (TITLE, COUNCIL):
            centred.append(paragraph)
    if centred:
        document.styles.apply_paragraph_format(paragraphs=centred, alignment="CENTER")
    buffer = io.BytesIO()
    document.save_to_stream(buffer)
    return buffer.getvalue()


def _paragraph(document: HwpxDocument, line: Line) -> HwpxOxmlParagraph:
    size = {TITLE: 18, HEADING: 13}.get(line.style)
    bold = line.style in (TITLE, HEADING)
    look = document.styles.ensure_run(bold=bold, size=size) if size else None
    return document.add_paragraph(
        f"{_INDENT * line.level}{line.text}",
        style=_STYLE,
        inherit_style=False,
        char_pr_id_ref=look,
    )


def _table(document: HwpxDocument, grid: Grid) -> list[HwpxOxmlParagraph]:
    """Add a table; gives the paragraphs of its labels, which are to be centred."""
    lines = [_lines(grid, number) for number in range(len(grid.rows))]
    table = document.add_table(
        len(grid.rows),
        len(grid.widths),
        height=sum(lines) * _LINE,
        style=_STYLE,
        inherit_style=False,
    )
    table.set_column_widths(grid.widths)
    bold, labels = document.styles.ensure_run(bold=True), []
    for number, row in enumerate(grid.rows):
        at = 0
        for box in row:
            if box.span > 1:
                table.merge_cells(number, at, number, at + box.span - 1)
            table.set_cell_text(number, at, box.text, split_paragraphs=True)
            cell = table.cell(number, at)
            cell.set_size(height=lines[number] * _LINE)
            if box.label:
                table.set_cell_shading(number, at, _SHADE)
                for paragraph in cell.paragraphs:
                    paragraph.char_pr_id_ref = bold
                    labels.append(paragraph)
            at += box.span
    document.add_paragraph("", style=_STYLE, inherit_style=False)
    return labels


def _lines(grid: Grid, number: int) -> int:
    """How many printed lines the tallest cell of a row takes."""
    tallest, at = 1, 0
    for box in grid.rows[number]:
        share = sum(grid.widths[at : at + box.span]) / sum(grid.widths)
        a_line = max(4, int(_LETTERS_A_LINE * share / 2))
        tallest = max(tallest, sum(1 + len(line) // a_line for line in box.text.split("\n")))
        at += box.span
    return tallest
