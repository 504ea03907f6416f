"""Files of minutes as other programs open them: the office suite, and the format's own rules."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from html.parser import HTMLParser
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
from defusedxml.ElementTree import fromstring
from hypothesis import given, settings

from bot.minutes_form import laid_out, written
from bot.minutes_form.layout import Grid, Line
from corpus.meetings.minutes import Bullet, Discussed, Exchange, Minutes, Roll
from tests.support.meetings import minutes

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
PAPER = "{http://www.hancom.co.kr/hwpml/2011/paragraph}"
HEAD = "{http://www.hancom.co.kr/hwpml/2011/head}"
OFFICE = shutil.which("soffice")
SOME = settings(max_examples=12, deadline=None)
MEETING = Minutes(
    council="단비구지역사회보장협의체",
    title="2031년 제2차 실무협의체 회의록",
    held="2031년 3월 5일(수) 16:00~17:30",
    place="단비구청 3층 회의실",
    department="복지정책과",
    recorder="한기록",
    rolls=(Roll(role="위원장", names=("김갑돌",)), Roll(role="위원", names=("이을순", "박병수"))),
    seats=5,
    present=3,
    items=(
        Discussed(
            number=1,
            title="우산 수리소 운영 결과 검토",
            result="수정 가결",
            bullets=(
                Bullet(level=1, text="우산 412개를 고침"),
                Bullet(level=2, text="예산 4,071만원"),
                Bullet(level=3, text="지난해보다 <많이> 늘었음"),
            ),
            exchanges=(Exchange(opinion="멀어서 못 감 & 비쌈", reply="한 곳 더 열겠음"),),
        ),
    ),
    notices=("5월에 나들이가 있음",),
    following=("2031. 7. 7. 16:00",),
    chair="김갑돌",
)


def squeezed(words: str) -> str:
    return "".join(words.split())


def cells_of(paper: Minutes) -> list[list[str]]:
    grids = [block for block in laid_out(paper) if isinstance(block, Grid)]
    return [[squeezed(box.text) for row in grid.rows for box in row] for grid in grids]


def lines_of(paper: Minutes) -> list[str]:
    return [squeezed(block.text) for block in laid_out(paper) if isinstance(block, Line)]


def words_in(element: Element, tag: str) -> str:
    return squeezed("".join(part.text or "" for part in element.iter(tag)))


@given(paper=minutes())
@SOME
def test_the_word_file_says_so_in_its_bare_markup(paper: Minutes) -> None:
    with zipfile.ZipFile(io.BytesIO(written(paper, "docx"))) as packed:
        body = fromstring(packed.read("word/document.xml")).find(f"{WORD}body")
    assert body is not None
    tables = body.findall(f"{WORD}tbl")
    found = [[words_in(cell, f"{WORD}t") for cell in table.iter(f"{WORD}tc")] for table in tables]
    assert found == cells_of(paper)
    lines = [words_in(line, f"{WORD}t") for line in body.findall(f"{WORD}p")]
    assert [line for line in lines if line] == lines_of(paper)


class Page(HTMLParser):
    """The cells and lines of a page that the office suite wrote."""

    def __init__(self) -> None:
        super().__init__()
        self.tables: list[list[str]] = []
        self.lines: list[str] = []
        self.inside = False

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag == "table":
            self.tables.append([])
        elif tag == "td":
            self.inside = True
            self.tables[-1].append("")
        elif tag in ("p", "h1") and not self.inside:
            self.lines.append("")

    def handle_endtag(self, tag: str) -> None:
        self.inside = self.inside and tag != "td"

    def handle_data(self, data: str) -> None:
        said = self.tables[-1] if self.inside else self.lines
        if said:
            said[-1] += squeezed(data)


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
def test_the_office_suite_opens_the_word_file_with_the_same_cells_and_lines(
    tmp_path: Path,
) -> None:
    (tmp_path / "minutes.docx").write_bytes(written(MEETING, "docx"))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [OFFICE or "", profile, "--headless", "--convert-to", "html:HTML:EmbedImages"]
    subprocess.run(
        [*command, "--outdir", str(tmp_path), str(tmp_path / "minutes.docx")],
        check=True,
        capture_output=True,
        timeout=120,
    )
    page = Page()
    page.feed((tmp_path / "minutes.html").read_text(encoding="utf-8"))
    assert page.tables == cells_of(MEETING)
    assert [line for line in page.lines if line] == lines_of(MEETING)


@given(paper=minutes())
@SOME
def test_the_hangul_file_is_whole_by_the_rules_of_its_format(paper: Minutes) -> None:
    with zipfile.ZipFile(io.BytesIO(written(paper, "hwpx"))) as packed:
        assert packed.testzip() is None
        first, names = packed.infolist()[0], set(packed.namelist())
        assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
        assert packed.read("mimetype") == b"application/hwp+zip"
        lists = {"META-INF/container.xml": "full-path", "Contents/content.hpf": "href"}
        for listing, mark in lists.items():
            told = [one.get(mark) for one in fromstring(packed.read(listing)).iter()]
            assert {one for one in told if one and "." in one} <= names
        head = fromstring(packed.read("Contents/header.xml"))
        section = fromstring(packed.read("Contents/section0.xml"))
    for kind, mark in (
        ("style", "styleIDRef"),
        ("paraPr", "paraPrIDRef"),
        ("charPr", "charPrIDRef"),
        ("borderFill", "borderFillIDRef"),
    ):
        known = {one.get("id") for one in head.iter(f"{HEAD}{kind}")}
        assert {one.get(mark) for one in section.iter() if one.get(mark)} <= known
    tables = list(section.iter(f"{PAPER}tbl"))
    assert [
        [words_in(cell, f"{PAPER}t") for cell in table.iter(f"{PAPER}tc")] for table in tables
    ] == cells_of(paper)
    for table in tables:
        assert covered(table) == {
            (row, column)
            for row in range(int(table.get("rowCnt", 0)))
            for column in range(int(table.get("colCnt", 0)))
        }


def covered(table: Element) -> set[tuple[int, int]]:
    """The places of a grid that its cells take; no two take the same."""
    places: list[tuple[int, int]] = []
    for cell in table.iter(f"{PAPER}tc"):
        at, span = cell.find(f"{PAPER}cellAddr"), cell.find(f"{PAPER}cellSpan")
        assert at is not None
        assert span is not None
        row, column = int(at.get("rowAddr", 0)), int(at.get("colAddr", 0))
        places += [
            (row + down, column + right)
            for down in range(int(span.get("rowSpan", 1)))
            for right in range(int(span.get("colSpan", 1)))
        ]
    assert len(places) == len(set(places))
    return set(places)
