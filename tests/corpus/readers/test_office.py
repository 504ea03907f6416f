"""What office files and PDFs hold beyond the common file: numbers, notes, boxes, formats."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import docx
import openpyxl
import pytest
from docx.oxml import parse_xml

from corpus.readers import read
from corpus.readers.number_format import shown
from corpus.types import Paper, Paragraph, Table
from tests.support import files

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
ACCOUNTING = r'_-* #,##0_-;\-* #,##0_-;_-* "-"_-;_-@_-'
MOMENT = dt.datetime(2031, 4, 2, 16, 3, 9)  # noqa: DTZ001 (a spreadsheet knows no time zones)


def lines(paper: Paper) -> list[str]:
    return [block.text for block in paper.blocks if isinstance(block, Paragraph)]


def tables(paper: Paper) -> list[Table]:
    return [block for block in paper.blocks if isinstance(block, Table)]


def read_docx(document: object, folder: Path) -> Paper:
    path = folder / "a.docx"
    document.save(str(path))  # type: ignore[attr-defined]
    return read(path)


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        (1234567, '#,##0"원"', "1,234,567원"),
        (0.856, "0.0%", "85.6%"),
        (2896000, "#,##0,", "2,896"),
        (0, ACCOUNTING, "-"),
        (-1500, ACCOUNTING, "-1,500"),
        (-3.456, "#,##0.0;[Red]△#,##0.0", "△3.5"),
        (-0.001, "0.0", "0.0"),
        (5, "000", "005"),
        (1, '"제"0"차"', "제1차"),
        (3, '0"; 2"', "3; 2"),
        (1200, "[$₩-412]#,##0", "₩1,200"),
        (12345678901234.0, "General", "12345678901234"),
        (1 / 3, "General", "0.33333333333"),
        (MOMENT, "yyyy\\-mm\\-dd", "2031-04-02"),
        (MOMENT, "yyyy. m. d.(aaa)", "2031. 4. 2.(수)"),
        (MOMENT, 'yyyy"년" m"월" d"일"', "2031년 4월 2일"),
        (MOMENT, "m/d/yy h:mm", "4/2/31 16:03"),
        (MOMENT, "[$-412]AM/PM h:mm", "오후 4:03"),
        (MOMENT, "mm:ss", "03:09"),
        (dt.time(9, 5), "h:mm", "9:05"),
        (dt.timedelta(hours=30), "[h]:mm:ss", "30:00:00"),
        (True, "General", "TRUE"),
        ("본문", "@", "본문"),
        (None, "General", ""),
    ],
)
def test_a_value_is_shown_as_people_see_it(value: object, code: str, text: str) -> None:
    assert shown(value, code) == text


def test_every_sheet_is_read_under_its_name(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    first = book.active
    assert first is not None
    first.title = "예산"
    first.append(["동백동", 1200])
    second = book.create_sheet("숨긴 시트")
    second.append(["목련동", "=1+1"])
    second.sheet_state = "hidden"
    paper = read(files.put(tmp_path, "a.xlsx", files.saved(book)))
    assert [(b.text, b.level) for b in paper.blocks if isinstance(b, Paragraph)] == [
        ("예산", 1),
        ("숨긴 시트", 1),
        ("목련동", None),
    ]
    assert set(paper.doubts) == {"hidden_sheets", "formulas_without_values"}


def test_a_title_and_a_unit_line_stand_above_the_table(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"], sheet["C2"] = "동별 예산", "(단위: 천원)"
    sheet.merge_cells("A1:C1")
    for row in (["구분", "2030년", "2031년"], ["동백동", 1, 2]):
        sheet.append(row)
    paper = read(files.put(tmp_path, "a.xlsx", files.saved(book)))
    assert lines(paper)[1:] == ["동별 예산", "(단위: 천원)"]
    assert (tables(paper)[0].rows, tables(paper)[0].columns) == (2, 3)


def test_word_numbers_are_printed(tmp_path: Path) -> None:
    document = docx.Document()
    for text, style in [
        ("하나", "List Number"),
        ("둘", "List Number"),
        ("점", "List Bullet"),
        ("셋", "List Number"),
    ]:
        document.add_paragraph(text, style=style)
    assert lines(read_docx(document, tmp_path)) == ["1. 하나", "2. 둘", "• 점", "3. 셋"]


def test_headers_text_boxes_and_tracked_changes_are_read(tmp_path: Path) -> None:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "나래구 협의체"
    document.sections[0].footer.paragraphs[0].text = "- 1 -"
    paragraph = document.add_paragraph("본문")
    paragraph._p.append(
        parse_xml(
            f"<w:r {W}><w:pict><w:txbxContent><w:p><w:r><w:t>상자</w:t></w:r></w:p>"
            "</w:txbxContent></w:pict></w:r>"
        )
    )
    paragraph._p.append(parse_xml(f"<w:ins {W}><w:r><w:t> 더함</w:t></w:r></w:ins>"))
    paragraph._p.append(parse_xml(f"<w:del {W}><w:r><w:delText> 뺌</w:delText></w:r></w:del>"))
    assert lines(read_docx(document, tmp_path)) == ["본문 더함", "상자", "나래구 협의체"]


def test_a_table_in_a_cell_follows_its_table_and_a_box_becomes_text(tmp_path: Path) -> None:
    document = docx.Document()
    outer = document.add_table(rows=1, cols=1)
    outer.cell(0, 0).text = "의견\n답변"
    inner = outer.cell(0, 0).add_table(rows=1, cols=2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "가", "나"
    paper = read_docx(document, tmp_path)
    assert lines(paper)[0].startswith("의견\n답변")
    assert [cell.text for cell in tables(paper)[0].cells] == ["가", "나"]


def test_a_pdf_table_without_outer_lines_keeps_its_cells(tmp_path: Path) -> None:
    page = files.pdf_page(sides=False)
    (table,) = tables(read(files.put(tmp_path, "a.pdf", files.pdf_file(page))))
    assert [
        (c.text, c.row, c.column, c.row_span, c.column_span) for c in table.cells
    ] == files.CELLS


def test_every_character_of_a_pdf_is_in_one_block(tmp_path: Path) -> None:
    extra = files.pdf_text(20, 650, "표 밖 왼쪽") + files.pdf_text(520, 640, "오른쪽")
    paper = read(files.put(tmp_path, "a.pdf", files.pdf_file(files.pdf_page() + extra, extra)))
    expected = files.TITLE + files.LINE + files.AFTER + "표 밖 왼쪽오른쪽" * 2
    expected += "".join(cell[0] for cell in files.CELLS)
    found = "".join(lines(paper)) + "".join(c.text for t in tables(paper) for c in t.cells)
    assert sorted("".join(found.split())) == sorted("".join(expected.split()))
    assert {block.page for block in paper.blocks} == {1, 2}


def test_a_page_that_is_only_a_picture_is_doubted(tmp_path: Path) -> None:
    picture = "q 500 0 0 700 50 50 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \xaa EI Q"
    paper = read(files.put(tmp_path, "a.pdf", files.pdf_file(files.pdf_page(), picture)))
    assert paper.doubts == ("pages_without_text",)


def test_nested_tables_of_hwpx_keep_their_text_once(tmp_path: Path) -> None:
    inner = files.hwpx_table([("안", 0, 0, 1, 1), ("쪽", 0, 1, 1, 1)], 1, 2)
    cell = files.hwpx_paragraph("바깥") + files.hwpx_paragraph("", inner)
    outer = files.hwpx_table([(cell, 0, 0, 1, 1), ("오른쪽", 0, 1, 1, 1)], 1, 2)
    paper = read(files.put(tmp_path, "a.hwpx", files.hwpx_file(files.hwpx_paragraph("", outer))))
    found = [[cell.text.strip() for cell in table.cells] for table in tables(paper)]
    assert found == [["바깥", "오른쪽"], ["안", "쪽"]]
