"""Minutes as a Word document."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import docx
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from bot.minutes_form.layout import BODY, COUNCIL, HEADING, TITLE, Block, Box, Grid, Line

# Offices print in 바탕; where it is not installed the machine takes its own serif face.
_FONT = "바탕"
_SIZES = {TITLE: 18, COUNCIL: 11, HEADING: 13, BODY: 10.5}
_PAGE_WIDTH, _MARGIN = 21.0, 2.2
_SHADE = "E7ECF2"


def docx_bytes(blocks: Sequence[Block]) -> bytes:
    """The paper as the bytes of a DOCX file."""
    document = docx.Document()
    _page(document)
    for block in blocks:
        if isinstance(block, Grid):
            _table(document, block)
        else:
            _paragraph(document, block)
    title = next((b.text for b in blocks if isinstance(b, Line) and b.style == TITLE), "")
    document.core_properties.title = title
    document.core_properties.author = ""
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _page(document: Any) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(_PAGE_WIDTH), Cm(29.7)
    section.left_margin = section.right_margin = Cm(_MARGIN)
    section.top_margin = section.bottom_margin = Cm(2)
    for name in ("Normal", "Title", "Heading 1"):
        style = document.styles[name]
        style.font.name = _FONT
        style.font.color.rgb = RGBColor(0, 0, 0)
        style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), _FONT)
    document.styles["Normal"].font.size = Pt(_SIZES[BODY])


def _paragraph(document: Any, line: Line) -> None:
    style = {TITLE: "Title", HEADING: "Heading 1"}.get(line.style, "Normal")
    paragraph = document.add_paragraph(style=style)
    run = paragraph.add_run(line.text)
    run.font.size = Pt(_SIZES[line.style])
    run.font.name = _FONT
    run.bold = line.style in (TITLE, HEADING)
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), _FONT)
    layout = paragraph.paragraph_format
    layout.space_before = Pt(10 if line.style == HEADING else 0)
    layout.space_after = Pt(8 if line.style in (TITLE, HEADING) else 3)
    if line.style in (TITLE, COUNCIL):
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        _without_border(paragraph)
    if line.level:  # the mark hangs before the lines of its bullet
        layout.left_indent = Cm(0.6 * line.level)
        layout.first_line_indent = Cm(-0.45)


def _without_border(paragraph: Any) -> None:
    """Word's title style draws a line below itself."""
    borders = OxmlElement("w:pBdr")
    bottom = OxmlElement("w:bottom")
    bottom.set(qn("w:val"), "nil")
    borders.append(bottom)
    paragraph._p.get_or_add_pPr().append(borders)


def _table(document: Any, grid: Grid) -> None:
    table = document.add_table(rows=len(grid.rows), cols=len(grid.widths))
    table.style = "Table Grid"
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    whole = _PAGE_WIDTH - 2 * _MARGIN
    widths = [Cm(whole * share / sum(grid.widths)) for share in grid.widths]
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    for number, row in enumerate(grid.rows):
        at = 0
        for box in row:
            cell = table.cell(number, at)
            if box.span > 1:
                cell = cell.merge(table.cell(number, at + box.span - 1))
            cell.width = sum(widths[at : at + box.span])
            _fill(cell, box)
            at += box.span
    for row in table.rows:
        _mark(row, "cantSplit")  # a statement is read on one page
    if grid.head:
        _mark(table.rows[0], "tblHeader")  # the head stands on every page of a long table
    space = document.add_paragraph()
    space.paragraph_format.space_after = Pt(2)
    space.paragraph_format.line_spacing = Pt(8)


def _fill(cell: Any, box: Box) -> None:
    lines = box.text.split("\n")
    for number, text in enumerate(lines):
        paragraph = cell.paragraphs[0] if not number else cell.add_paragraph()
        paragraph.paragraph_format.space_before = Pt(0 if number else 2)
        paragraph.paragraph_format.space_after = Pt(2)
        run = paragraph.add_run(text)
        run.bold = box.label
        run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), _FONT)
        if box.label:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    if box.label:
        shade = OxmlElement("w:shd")
        shade.set(qn("w:val"), "clear")
        shade.set(qn("w:fill"), _SHADE)
        cell._tc.get_or_add_tcPr().append(shade)


def _mark(row: Any, name: str) -> None:
    """Set one of Word's marks of a row."""
    mark = OxmlElement(f"w:{name}")
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)
