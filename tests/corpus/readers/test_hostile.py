"""Files that are broken, locked or meant to do harm: each gives its reason and harms nobody."""

from __future__ import annotations

import os
import struct
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.errors import CorpusError, UnreadableDocumentError, UnsupportedFormatError
from corpus.messages import messages
from corpus.readers import Limits, read
from corpus.types import Paper
from tests.support import files

GOOD = files.good_files()


def code_of(path: Path, limits: Limits | None = None) -> str:
    with pytest.raises((UnreadableDocumentError, UnsupportedFormatError)) as caught:
        read(path, limits=limits or Limits())
    assert isinstance(caught.value, UnreadableDocumentError | UnsupportedFormatError)
    return caught.value.code


def compound_file(*streams: str) -> bytes:
    """An OLE file of empty streams: header, one FAT sector, directory sectors."""
    entries = [_entry("Root Entry", 5, child=1 if streams else -1)]
    for at, name in enumerate(streams, 1):
        entries.append(_entry(name, 2, right=at + 1 if at < len(streams) else -1))
    entries += [bytes(128)] * (-len(entries) % 4)
    sectors = len(entries) // 4
    chain = [0xFFFFFFFD, *range(2, sectors + 1), 0xFFFFFFFE]
    fat = struct.pack("<128I", *(chain + [0xFFFFFFFF] * (128 - len(chain))))
    header = files.OLE_MAGIC + bytes(16)
    header += struct.pack(
        "<HHHHH6xIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, *[0xFFFFFFFE, 0] * 2
    )
    header += struct.pack("<109I", 0, *[0xFFFFFFFF] * 108)
    return header + fat + b"".join(entries)


def _entry(name: str, kind: int, *, right: int = -1, child: int = -1) -> bytes:
    encoded = (name + "\0").encode("utf-16-le")
    return (
        encoded.ljust(64, b"\0")
        + struct.pack("<HBBiii", len(encoded), kind, 1, -1, right, child)
        + bytes(36)
        + struct.pack("<IQ", 0xFFFFFFFE, 0)
    )


UNREADABLE: dict[str, tuple[Callable[[], bytes], str]] = {
    "nothing.hwp": (lambda: b"", "empty"),
    "blank.txt": (lambda: b" \r\n\t\0 ", "no_text"),
    "blank.docx": (
        lambda: files.with_member(
            GOOD["docx"], "word/document.xml", lambda _: files_document_without_text()
        ),
        "no_text",
    ),
    "blank.pdf": (lambda: files.pdf_file(files.pdf_line(0, 0, 9, 9)), "no_text"),
    "scanned.pdf": (
        lambda: files.pdf_file("q 500 0 0 700 50 50 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \xaa EI Q"),
        "scanned",
    ),
    "half.docx": (lambda: GOOD["docx"][: len(GOOD["docx"]) // 2], "damaged"),
    "half.xlsx": (lambda: GOOD["xlsx"][: len(GOOD["xlsx"]) // 2], "damaged"),
    "half.hwpx": (lambda: GOOD["hwpx"][: len(GOOD["hwpx"]) // 2], "damaged"),
    "half.pdf": (lambda: GOOD["pdf"][:60], "damaged"),
    "half.hwp": (lambda: compound_file("FileHeader")[:700], "damaged"),
    "zeros.hwp": (lambda: bytes(5000), "damaged"),
    "markany.hwp": (lambda: b"<MARKANY_DOCUMENSAFER>" + bytes(300), "drm"),
    "fasoo.docx": (lambda: b"\x9b DRMONE  This Document is encrypted" + bytes(300), "drm"),
    "softcamp.xlsx": (lambda: b"SCDSA004" + bytes(300), "drm"),
    "locked.docx": (lambda: compound_file("EncryptedPackage", "EncryptionInfo"), "encrypted"),
    "rights.xlsx": (lambda: compound_file("DRMEncryptedDataSpace", "EncryptedPackage"), "drm"),
    "locked.hwpx": (
        lambda: files.hwpx_file(manifest="<m><odf:encryption-data/></m>"),
        "encrypted",
    ),
    "old.hwp": (lambda: b"HWP Document File V3.00 \x1a\1\2\3\4\5" + bytes(300), "hwp3"),
    "entities.docx": (files.entity_bomb, "bomb"),
    "deep.hwpx": (lambda: files.nested_tables(20_000), "too_deep"),
}
UNSUPPORTED: dict[str, tuple[bytes, str]] = {
    "old.doc": (compound_file("WordDocument"), "doc"),
    "old.xls": (compound_file("Workbook"), "xls"),
    "old.ppt": (compound_file("PowerPoint Document"), "ppt"),
    "slides.pptx": (files.zip_file({"ppt/presentation.xml": "<p/>"}), "pptx"),
    "text.odt": (files.zip_file({"mimetype": "application/vnd.oasis.opendocument.text"}), "odt"),
    "photo.hwp": (b"\x89PNG\r\n\x1a\n" + bytes(50), "image"),
    "scan.jpg": (b"\xff\xd8\xff\xe0" + bytes(50), "image"),
    "papers.zip": (files.zip_file({"a.txt": "가"}), "archive"),
    "letter.rtf": (b"{\\rtf1 a}", "rtf"),
    "table.xls": (b"<html><table><tr><td>1</td></tr></table></html>", "html"),
    "set.jsonl": (b'{"id": "1", "text": "a"}\n', "records"),
    "program.bin": (bytes(range(256)) * 40, "unknown"),
}


def files_document_without_text() -> bytes:
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    return f'<w:document xmlns:w="{space}"><w:body><w:p/></w:body></w:document>'.encode()


@pytest.mark.parametrize("name", sorted(UNREADABLE))
def test_an_unreadable_file_gives_its_own_reason(name: str, tmp_path: Path) -> None:
    build, code = UNREADABLE[name]
    assert code_of(files.put(tmp_path, name, build())) == code


@pytest.mark.parametrize("name", sorted(UNSUPPORTED))
def test_a_foreign_format_is_named(name: str, tmp_path: Path) -> None:
    raw, code = UNSUPPORTED[name]
    assert code_of(files.put(tmp_path, name, raw)) == code


def test_every_reason_is_one_line_that_ends_with_what_to_do() -> None:
    sections = ("unreadable.", "unsupported.", "doubt.")
    sentences = [text for key, text in messages().items() if key.startswith(sections)]
    assert sentences
    for text in sentences:
        assert "\n" not in text
        assert text.endswith((".", "요"))
        assert len(text) <= 120


def test_an_encrypted_pdf_is_refused(tmp_path: Path) -> None:
    hexes = "0" * 64
    lock = f"/Encrypt<</Filter/Standard/V 1/R 2/O<{hexes}>/U<{hexes}>/P -4>>/ID[<00><00>]"
    path = files.put(tmp_path, "잠김.pdf", files.pdf_file(files.pdf_page(), trailer=lock))
    assert code_of(path) == "encrypted"


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    path = files.put(tmp_path, "폭탄.xlsx", files.zip_bomb())
    assert code_of(path, Limits(unpacked_bytes=10_000_000)) == "bomb"


def test_a_file_above_the_size_limit_is_not_opened(tmp_path: Path) -> None:
    path = files.put(tmp_path, "큰.txt", b"a" * 2000)
    assert code_of(path, Limits(file_bytes=1000)) == "too_large"


def test_more_cells_than_allowed_are_refused_not_cut(tmp_path: Path) -> None:
    path = files.put(tmp_path, "큰.csv", b"1,2\n" * 600)
    assert code_of(path, Limits(cells=1000)) == "too_large"


def test_a_far_cell_costs_nothing(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"], sheet["B1"], sheet["XFD1048576"] = "동백동", "목련동", "끝"
    paper = read(files.put(tmp_path, "먼.xlsx", files.saved(book)))
    assert paper.blocks[-1].text == "끝"  # type: ignore[union-attr]


def test_markup_too_deep_for_a_library_never_reaches_the_caller(tmp_path: Path) -> None:
    path = files.put(tmp_path, "깊은.hwpx", files.nested_elements(100_000))
    assert code_of(path) in {"crashed", "too_deep", "damaged", "no_text"}


def test_too_little_memory_is_a_reason(tmp_path: Path) -> None:
    path = files.put(tmp_path, "큰.txt", "가나다라 ".encode() * 4_000_000)
    assert code_of(path, Limits(memory=330_000_000)) in {"memory", "crashed"}


def test_too_little_time_is_a_reason(tmp_path: Path) -> None:
    page = "".join(files.pdf_text(50, 700 - at / 10, "가" * 40, 1) for at in range(300))
    path = files.put(tmp_path, "긴.pdf", files.pdf_file(*[page] * 150))
    assert code_of(path, Limits(seconds=0.2)) == "timeout"


def test_what_is_not_there_or_no_file_is_told_apart(tmp_path: Path) -> None:
    assert code_of(tmp_path / "없음.hwp") == "missing"
    assert code_of(tmp_path / "a\0b") == "missing"
    assert code_of(tmp_path / ("가" * 300)) == "missing"
    assert code_of(tmp_path) == "not_a_file"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_told(tmp_path: Path) -> None:
    path = files.put(tmp_path, "잠김.txt", b"text")
    path.chmod(0)
    assert code_of(path) == "forbidden"


@pytest.mark.parametrize("name", ["docx", "xlsx", "hwpx", "pdf"])
@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_a_damaged_file_is_read_or_refused_but_never_anything_else(
    name: str, tmp_path: Path, data: st.DataObject
) -> None:
    raw = bytearray(GOOD[name])
    for _ in range(data.draw(st.integers(1, 6))):
        raw[data.draw(st.integers(0, len(raw) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    end = data.draw(st.sampled_from([len(raw), len(raw) - 1, len(raw) * 3 // 4]))
    try:
        result: object = read(files.put(tmp_path, f"상한.{name}", bytes(raw[:end])))
    except CorpusError as error:
        result = error
    assert isinstance(result, Paper | CorpusError)
