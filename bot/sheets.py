"""Sheets as files: XLSX and CSV that spreadsheet programs open without running what is in them."""

from __future__ import annotations

import csv
import io
import re
from enum import StrEnum

from corpus.messages import say
from retrieval.sheets import Sheet, Value

# Spreadsheets take text that begins so for a formula; full-width forms are folded by some.
_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠\t\r]")
# Characters that XML 1.0 does not allow.
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NARROWEST, _WIDEST = 8, 60


class SheetFormat(StrEnum):
    """Kinds of files."""

    XLSX = "xlsx"
    CSV = "csv"


def sheet_file(sheet: Sheet, kind: SheetFormat) -> bytes:
    """A sheet as the content of a file."""
    return _xlsx(sheet) if kind is SheetFormat.XLSX else _csv(sheet)


def _xlsx(sheet: Sheet) -> bytes:
    # Takes a quarter of a second to import, which no other answer should wait for.
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    book = Workbook()
    if book.active is not None:
        book.remove(book.active)
    page = book.create_sheet(say("sheet.name"))
    for row, line in enumerate((sheet.heads, *sheet.lines), start=1):
        for column, value in enumerate(line, start=1):
            cell = page.cell(row=row, column=column)
            if isinstance(value, str):
                # Set as a string, whatever it begins with; the quote sign keeps it one when edited.
                cell.value = _NOT_XML.sub("", value)
                cell.data_type = "s"
                cell.quotePrefix = bool(_FORMULA.match(value))
            else:
                cell.value = value
            if isinstance(value, int):
                cell.number_format = "#,##0"
            cell.alignment = Alignment(vertical="top", wrap_text=True)
            if row == 1:
                cell.font = Font(bold=True)
    for column, width in enumerate(_widths(sheet), start=1):
        page.column_dimensions[get_column_letter(column)].width = width
    page.freeze_panes = "A2"
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _widths(sheet: Sheet) -> list[int]:
    """Widths in characters; a Hangul syllable is as wide as two."""
    columns = zip(sheet.heads, *sheet.lines, strict=True)
    longest = [max(2 * len(str(v if v is not None else "")) for v in column) for column in columns]
    return [max(_NARROWEST, min(_WIDEST, width)) for width in longest]


def _csv(sheet: Sheet) -> bytes:
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow([_harmless(head) for head in sheet.heads])
    writer.writerows([[_harmless(value) for value in line] for line in sheet.lines])
    # Excel takes a file without this mark for the local eight-bit code and garbles Hangul.
    return file.getvalue().encode("utf-8-sig", "replace")


def _harmless(value: Value) -> Value:
    """Text that would be a formula with a quote sign before it, the way spreadsheets know."""
    if isinstance(value, str) and _FORMULA.match(value):
        return f"'{value}"
    return value
