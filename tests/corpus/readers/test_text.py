"""Text, CSV, Markdown and JSON lines."""

from __future__ import annotations

import json
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.readers import BadLine, JsonlRecord, is_jsonl, read, records
from corpus.readers.encoding import decode, is_text
from corpus.types import Paragraph, Table
from tests.support import files

KOREAN = "나래구 마을회의\r\n동백동\t1,200\n  ○ 뷁과 똠방각하는 CP949에만 있다\n"


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp949"],
)
def test_text_is_read_verbatim_in_every_usual_encoding(encoding: str, tmp_path: Path) -> None:
    paper = read(files.put(tmp_path, "회의.txt", KOREAN.encode(encoding)))
    assert paper.blocks == (Paragraph(text=KOREAN),)
    assert paper.doubts == ()


def test_nuls_and_lone_surrogates_do_no_harm(tmp_path: Path) -> None:
    text = "가\0나\ud800다"
    paper = read(files.put(tmp_path, "a.txt", text.encode("utf-8", "surrogatepass")))
    assert paper.blocks == (Paragraph(text=text),)


def test_one_broken_byte_costs_one_character_and_a_doubt(tmp_path: Path) -> None:
    raw = ("동백동 마을회의는 셋째 주에 엽니다. " * 20).encode()
    paper = read(files.put(tmp_path, "a.txt", raw[:100] + b"\xff" + raw[100:] + b"\xed\x95"))
    text = paper.blocks[0].text  # type: ignore[union-attr]
    assert text.count("엽니다") >= 19
    assert paper.doubts == ("encoding",)


@given(st.text(max_size=200))
def test_utf8_always_comes_back(text: str) -> None:
    raw = text.encode()
    if is_text(raw) and b"\0" not in raw and not raw.startswith((b"\xff\xfe", b"\xef\xbb\xbf")):
        assert decode(raw)[0] == text


@given(st.binary(max_size=400))
def test_any_bytes_decode_to_something(raw: bytes) -> None:
    is_text(raw)
    assert isinstance(decode(raw)[0], str)


@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_csv_finds_its_delimiter(delimiter: str, tmp_path: Path) -> None:
    rows = [["구분", "예산"], ["동백동", '"1,200"'], ["목련동", '"2\n둘"']]
    raw = "\n".join(delimiter.join(row) for row in rows).encode()
    (table,) = read(files.put(tmp_path, "a.csv", raw)).blocks
    assert isinstance(table, Table)
    assert [cell.text for cell in table.cells] == [
        "구분",
        "예산",
        "동백동",
        "1,200",
        "목련동",
        "2\n둘",
    ]


def test_csv_without_columns_stays_text(tmp_path: Path) -> None:
    paper = read(files.put(tmp_path, "a.csv", "첫 줄\n둘째 줄".encode()))
    assert paper.blocks == (Paragraph(text="첫 줄\n둘째 줄"),)


def test_markdown_in_code_and_without_tables_stays_verbatim(tmp_path: Path) -> None:
    loose = "- 하나 | 둘\n\n```\n# 아니다\n| a | b |\n|---|---|\n```"
    text = f"머리\n===\n\n{loose}\n## 둘째 ##\n끝 **굵게**"
    blocks = read(files.put(tmp_path, "a.md", text.encode())).blocks
    assert blocks == (
        Paragraph(text="머리", level=1),
        Paragraph(text=loose),
        Paragraph(text="둘째", level=2),
        Paragraph(text="끝 굵게"),
    )


def test_markdown_marks_of_emphasis_and_escapes_are_no_text(tmp_path: Path) -> None:
    text = "## **총 3건**\n- __접수__ 기간 ______ `**x**`\n\\* 각 2 * 3 * 4원\n**일&nbsp;시**\n"
    heading, body = read(files.put(tmp_path, "a.md", text.encode())).blocks
    assert heading == Paragraph(text="총 3건", level=2)
    assert body == Paragraph(text="- 접수 기간 ______ `**x**`\n* 각 2 * 3 * 4원\n일\xa0시")


def test_markdown_cells_hold_escaped_bars(tmp_path: Path) -> None:
    raw = b"a | b\n--|--\n1 \\| 2 | 3<br>4\n"
    (table,) = read(files.put(tmp_path, "a.md", raw)).blocks
    assert isinstance(table, Table)
    assert [cell.text for cell in table.cells] == ["a", "b", "1 | 2", "3\n4"]


def test_records_come_in_order_and_bad_lines_are_reported(tmp_path: Path) -> None:
    lines = [
        '\ufeff{"id": "가-1", "title": "제목", "text": "본문"}',
        "",
        "{broken",
        '{"id": 7, "text": "제목 없음", "more": 1}',
        '["a list"]',
        '{"id": "x", "text": "  "}',
        '{"id": "", "text": "이름 없음"}',
        '{"id": "y", "title": null, "text": "끝"}',
    ]
    path = files.put(tmp_path, "set.jsonl", "\n".join(lines).encode())
    assert is_jsonl(path)
    assert list(records(path)) == [
        JsonlRecord(id="가-1", title="제목", text="본문", line=1),
        BadLine(line=3),
        JsonlRecord(id="7", title="", text="제목 없음", line=4),
        BadLine(line=5),
        BadLine(line=6),
        BadLine(line=7),
        JsonlRecord(id="y", title="", text="끝", line=8),
    ]


def test_invalid_utf8_and_deep_lines_are_bad_lines(tmp_path: Path) -> None:
    raw = b'{"id": "a", "text": "\xff"}\n' + b"[" * 200_000 + b"\n"
    path = files.put(tmp_path, "set.jsonl", raw)
    assert list(records(path)) == [BadLine(line=1), BadLine(line=2)]


def test_other_formats_named_jsonl_are_not_bulk_sets(tmp_path: Path) -> None:
    assert not is_jsonl(files.put(tmp_path, "a.jsonl", files.docx_file()))
    assert not is_jsonl(files.put(tmp_path, "a.txt", b"{}"))


def test_a_large_set_is_streamed(tmp_path: Path) -> None:
    line = json.dumps({"id": "a", "title": "", "text": "가" * 200}) + "\n"
    path = tmp_path / "large.jsonl"
    with path.open("w") as stream:
        stream.writelines(line for _ in range(20_000))
    tracemalloc.start()
    count = sum(1 for _ in records(path))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 20_000
    assert peak < 2_000_000
