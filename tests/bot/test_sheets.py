"""Files reopened and compared with what went in; nothing in them runs."""

from __future__ import annotations

import csv
import io

import pytest
from openpyxl import load_workbook

from bot.sheets import SheetFormat, sheet_file
from retrieval.sheets import Sheet, Value

SHEET = Sheet(
    title="동별 예산",
    heads=("동", "예산액(원)", "집행률(%)", "원문"),
    lines=(
        ("동백1동", 8_400_000, 98.1, '=HYPERLINK("http://x")'),
        ("@SUM(1+1)", -750_000, None, '- 동백 1동 : 반찬 나눔, "둘"\n다음 줄'),
        ("＋82", 0, 0.0, "\t=1+1"),
    ),
)


def test_a_workbook_holds_every_value_as_it_is_and_text_stays_text() -> None:
    page = load_workbook(io.BytesIO(sheet_file(SHEET, SheetFormat.XLSX))).active
    assert page is not None
    rows = [tuple(cell.value for cell in row) for row in page.iter_rows()]
    assert rows == [SHEET.heads, *SHEET.lines]
    kinds = {cell.data_type for row in page.iter_rows() for cell in row}
    assert "f" not in kinds
    assert page["D2"].quotePrefix
    assert not page["A2"].quotePrefix


def test_signs_that_a_workbook_cannot_hold_are_left_out() -> None:
    sheet = Sheet(title="", heads=("가",), lines=(("나\x00\x0b다",),))
    page = load_workbook(io.BytesIO(sheet_file(sheet, SheetFormat.XLSX))).active
    assert page is not None
    assert page["A2"].value == "나다"


def test_comma_separated_values_open_in_korean_and_formulas_are_disarmed() -> None:
    content = sheet_file(SHEET, SheetFormat.CSV)
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert rows[0] == list(SHEET.heads)
    assert rows[1] == ["동백1동", "8400000", "98.1", '\'=HYPERLINK("http://x")']
    assert rows[2] == ["'@SUM(1+1)", "-750000", "", '\'- 동백 1동 : 반찬 나눔, "둘"\n다음 줄']
    assert rows[3][0].startswith("'")
    assert rows[3][3] == "'\t=1+1"


@pytest.mark.parametrize("value", ["=1", " =1", "+1", "-1", "@a", "\r=1", "＝1", "−1"])
def test_no_text_begins_like_a_formula(value: Value) -> None:
    sheet = Sheet(title="", heads=("가",), lines=((value,),))
    text = sheet_file(sheet, SheetFormat.CSV).decode("utf-8-sig")
    (_, (cell,)) = csv.reader(io.StringIO(text, newline=""))
    assert cell.startswith("'") or value == "−1"
