"""Builders of small real files in every format, good and hostile, of an invented council."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import openpyxl

TITLE = "나래구 마을회의"
LINE = "일시: 2031. 4. 2.(수) 14:00, 나래홀"
AFTER = "다음 회의는 5월에 엽니다."
# Text, row, column, row span, column span.
CELLS = [
    ("구분", 0, 0, 2, 1),
    ("예산(단위: 천원)", 0, 1, 1, 2),
    ("2030년", 1, 1, 1, 1),
    ("2031년", 1, 2, 1, 1),
    ("동백동", 2, 0, 1, 1),
    ("1,200", 2, 1, 1, 1),
    ("3,450", 2, 2, 1, 1),
]
OLE_MAGIC = bytes.fromhex("d0cf11e0a1b11ae1")


def docx_file() -> bytes:
    """A Word file with a heading, a line, a merged table and a line."""
    document = docx.Document()
    document.core_properties.title = TITLE
    document.add_heading(TITLE, level=1)
    document.add_paragraph(LINE)
    table = document.add_table(rows=3, cols=3)
    for text, row, column, down, across in CELLS:
        cell = table.cell(row, column)
        if down * across > 1:
            cell = cell.merge(table.cell(row + down - 1, column + across - 1))
        cell.text = text
    document.add_paragraph(AFTER)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def xlsx_file() -> bytes:
    """A workbook whose sheet holds a line, a merged table and a line, numbers as numbers."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = TITLE
    sheet["A1"] = LINE
    for text, row, column, down, across in CELLS:
        cell = sheet.cell(row + 3, column + 1)
        cell.value = int(text.replace(",", "")) if "," in text else text
        cell.number_format = "#,##0" if "," in text else "General"
        if down * across > 1:
            sheet.merge_cells(
                start_row=row + 3,
                start_column=column + 1,
                end_row=row + 2 + down,
                end_column=column + across,
            )
    sheet["A7"] = AFTER
    return saved(book)


def saved(book: openpyxl.Workbook) -> bytes:
    """A workbook as bytes."""
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


_NAMESPACES = (
    'xmlns:hp="http://www.hancom.co.kr/hwpml/2011/paragraph" '
    'xmlns:hs="http://www.hancom.co.kr/hwpml/2011/section" '
    'xmlns:hh="http://www.hancom.co.kr/hwpml/2011/head" '
    'xmlns:opf="http://www.idpf.org/2007/opf/"'
)


def hwpx_paragraph(text: str, inner: str = "") -> str:
    """A paragraph of HWPX; `inner` is markup that follows its text, such as a table."""
    return (
        '<hp:p id="0" paraPrIDRef="0" styleIDRef="0"><hp:run charPrIDRef="0">'
        f"<hp:t>{text}</hp:t>{inner}</hp:run></hp:p>"
    )


def hwpx_table(cells: list[tuple[str, int, int, int, int]], rows: int, columns: int) -> str:
    """A table of HWPX; a cell's text is markup of paragraphs or plain text."""
    lines = []
    for number in range(rows):
        line = ""
        for text, row, column, down, across in cells:
            if row != number:
                continue
            content = text if text.startswith("<hp:p") else hwpx_paragraph(text)
            line += (
                f"<hp:tc><hp:subList>{content}</hp:subList>"
                f'<hp:cellAddr colAddr="{column}" rowAddr="{row}"/>'
                f'<hp:cellSpan colSpan="{across}" rowSpan="{down}"/></hp:tc>'
            )
        lines.append(f"<hp:tr>{line}</hp:tr>")
    return f'<hp:tbl rowCnt="{rows}" colCnt="{columns}">{"".join(lines)}</hp:tbl>'


def hwpx_file(body: str = "", manifest: str = "") -> bytes:
    """A minimal HWPX file; `body` replaces its paragraphs, `manifest` the package's manifest."""
    body = body or "".join(
        [
            hwpx_paragraph(TITLE),
            hwpx_paragraph(LINE),
            hwpx_paragraph("", hwpx_table(CELLS, 3, 3)),
            hwpx_paragraph(AFTER),
        ]
    )
    container = (
        '<ocf:container xmlns:ocf="urn:oasis:names:tc:opendocument:xmlns:container"><ocf:rootfiles>'
        '<ocf:rootfile full-path="Contents/content.hpf" '
        'media-type="application/hwpml-package+xml"/>'
        "</ocf:rootfiles></ocf:container>"
    )
    package = (
        f"<opf:package {_NAMESPACES}><opf:metadata><opf:title>{TITLE}</opf:title></opf:metadata>"
        "<opf:manifest>"
        '<opf:item id="header" href="Contents/header.xml" media-type="application/xml"/>'
        '<opf:item id="section0" href="Contents/section0.xml" media-type="application/xml"/>'
        '</opf:manifest><opf:spine><opf:itemref idref="section0"/></opf:spine></opf:package>'
    )
    return zip_file(
        {
            "mimetype": "application/hwp+zip",
            "META-INF/container.xml": container,
            "META-INF/manifest.xml": manifest or "<manifest/>",
            "Contents/content.hpf": package,
            "Contents/header.xml": f"<hh:head {_NAMESPACES}/>",
            "Contents/section0.xml": f"<hs:sec {_NAMESPACES}>{body}</hs:sec>",
        }
    )


def zip_file(members: dict[str, str | bytes]) -> bytes:
    """A zip archive; the member `mimetype` is stored, the rest deflated."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            kind = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(name, content, compress_type=kind)
    return stream.getvalue()


def with_member(raw: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """A copy of a zip archive with one member changed, or added from nothing."""
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        members: dict[str, str | bytes] = {
            entry: archive.read(entry) for entry in archive.namelist()
        }
    old = members.get(name, b"")
    assert isinstance(old, bytes)
    members[name] = change(old)
    return zip_file(members)


def pdf_file(*pages: str, trailer: str = "") -> bytes:
    """A PDF whose pages have the given content streams; `/F1` is a font for any Korean text."""
    everything = sorted({char for page in pages for char in page} | {" "} | set(_PDF_TEXT))
    mapping = "".join(f"<{ord(char):04X}> <{ord(char):04X}>\n" for char in everything)
    unicode_map = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /M def "
        "/CMapType 2 def 1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
        f"{len(everything)} beginbfchar\n{mapping}endbfchar\nendcmap end end"
    )
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Count {len(pages)}/Kids["
        + " ".join(f"{6 + 2 * at} 0 R" for at in range(len(pages)))
        + "]>>",
        "<</Type/Font/Subtype/Type0/BaseFont/Invented/Encoding/Identity-H"
        "/DescendantFonts[4 0 R]/ToUnicode 5 0 R>>",
        "<</Type/Font/Subtype/CIDFontType2/BaseFont/Invented/DW 1000/CIDSystemInfo"
        "<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>>>",
        _stream(unicode_map),
    ]
    for at, page in enumerate(pages):
        objects.append(
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Resources<</Font<</F1 3 0 R>>>>"
            f"/Contents {7 + 2 * at} 0 R>>"
        )
        objects.append(_stream(page))
    return _assembled(objects, trailer)


def _stream(content: str) -> str:
    return f"<</Length {len(content.encode('latin-1'))}>>\nstream\n{content}\nendstream"


def _assembled(objects: list[str], trailer: str) -> bytes:
    raw = b"%PDF-1.7\n"
    offsets = []
    for number, content in enumerate(objects, 1):
        offsets.append(len(raw))
        raw += f"{number} 0 obj\n{content}\nendobj\n".encode("latin-1")
    table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    size = len(objects) + 1
    raw += (
        f"xref\n0 {size}\n0000000000 65535 f \n{table}"
        f"trailer<</Size {size}/Root 1 0 R{trailer}>>\nstartxref\n{len(raw)}\n%%EOF"
    ).encode("latin-1")
    return raw


_PDF_TEXT = TITLE + LINE + AFTER + "".join(cell[0] for cell in CELLS)


def pdf_text(x: float, y: float, text: str, size: float = 10) -> str:
    """Content that prints text with its lower left corner at a point."""
    codes = "".join(f"{ord(char):04X}" for char in text)
    return f"BT /F1 {size} Tf {x} {y} Td <{codes}> Tj ET\n"


def pdf_line(x0: float, y0: float, x1: float, y1: float) -> str:
    """Content that draws a line."""
    return f"{x0} {y0} m {x1} {y1} l S\n"


def pdf_page(*, sides: bool = True) -> str:
    """A page with the common lines and the merged table; without `sides` its ends stay open."""
    left, right, top, height = 60, 510, 700, 30
    page = pdf_text(60, 760, TITLE, 14) + pdf_text(60, 735, LINE)
    for row in range(4):
        start = left if row != 1 else 210  # the first cell spans two rows
        page += pdf_line(start, top - row * height, right, top - row * height)
    page += pdf_line(210, top, 210, top - 3 * height)
    page += pdf_line(360, top - height, 360, top - 3 * height)
    if sides:
        page += pdf_line(left, top, left, top - 3 * height)
        page += pdf_line(right, top, right, top - 3 * height)
    for text, row, column, _, _ in CELLS:
        page += pdf_text(left + 8 + column * 150, top - row * height - 20, text)
    return page + pdf_text(60, 560, AFTER)


def csv_file() -> bytes:
    """A CSV file in CP949 with a line above a table; CSV knows no merged cells."""
    rows = [f'"{LINE}"', "구분,2030년,2031년", '동백동,"1,200","3,450"', '목련동,"2,000","2,100"']
    return "\r\n".join(rows).encode("cp949")


MARKDOWN = f"""# {TITLE}

{LINE}

| 구분 | 2030년 | 2031년 |
| --- | ---: | ---: |
| 동백동 | 1,200 | 3,450 |

{AFTER}
"""


def good_files() -> dict[str, bytes]:
    """One good file by format name."""
    return {
        "docx": docx_file(),
        "xlsx": xlsx_file(),
        "hwpx": hwpx_file(),
        "pdf": pdf_file(pdf_page()),
        "csv": csv_file(),
        "md": MARKDOWN.encode(),
        "txt": f"{TITLE}\n{LINE}\n구분\t2030년\t2031년\n동백동\t1,200\t3,450\n{AFTER}\n".encode(
            "euc-kr"
        ),
    }


def put(folder: Path, name: str, raw: bytes) -> Path:
    """Write a file and return its path."""
    path = folder / name
    path.write_bytes(raw)
    return path


def entity_bomb() -> bytes:
    """A Word file whose markup declares entities that multiply."""
    lines = '<!ENTITY a "가가가가가가가가가가">' + "".join(
        f'<!ENTITY {chr(98 + at)} "{f"&{chr(97 + at)};" * 10}">' for at in range(8)
    )
    return with_member(
        docx_file(),
        "word/document.xml",
        lambda old: old.replace(b"?>", f"?><!DOCTYPE w:document [{lines}]>".encode(), 1),
    )


def zip_bomb() -> bytes:
    """A workbook with a member of 20 MB that packs to 20 KB."""
    return with_member(xlsx_file(), "xl/media/blank.bin", lambda _: bytes(20_000_000))


def nested_tables(depth: int) -> bytes:
    """An HWPX file with a table in a table in a table …"""
    head, tail = hwpx_table([("<hp:p>|</hp:p>", 0, 0, 1, 1)], 1, 1).split("|")
    return hwpx_file(hwpx_paragraph("", head * depth + tail * depth))


def nested_elements(depth: int) -> bytes:
    """An HWPX file whose markup is deep without any table."""
    return hwpx_file("<hp:x>" * depth + "</hp:x>" * depth)
