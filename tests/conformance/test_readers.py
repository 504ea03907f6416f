"""What every reader promises, on one small real file of each format."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from corpus.errors import UnreadableDocumentError
from corpus.readers import Limits, read
from corpus.readers.reader import READERS, reader_for
from corpus.types import Paper, Paragraph, Table
from tests.support import files

GOOD = files.good_files()
WITH_TABLES = sorted(set(GOOD) - {"txt"})
WITH_MERGES = ["docx", "hwpx", "pdf", "xlsx"]
REFUSED = {"old_hwp3.hwp": "hwp3", "password.hwp": "encrypted"}
SAMPLES = Path(__file__).parents[2] / "../shared/samples"


def texts(paper: Paper) -> str:
    return "\n".join(
        block.text if isinstance(block, Paragraph) else "\n".join(c.text for c in block.cells)
        for block in paper.blocks
    )


def only_table(paper: Paper) -> Table:
    (table,) = (block for block in paper.blocks if isinstance(block, Table))
    return table


def assert_sound(table: Table) -> None:
    places = [
        (cell.row + down, cell.column + across)
        for cell in table.cells
        for down in range(cell.row_span)
        for across in range(cell.column_span)
    ]
    assert len(places) == len(set(places)), "cells overlap"
    assert all(row < table.rows and column < table.columns for row, column in places)
    assert [(c.row, c.column) for c in table.cells] == sorted(
        (c.row, c.column) for c in table.cells
    )


@pytest.fixture(scope="module", params=sorted(GOOD))
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def paper(name: str, tmp_path_factory: pytest.TempPathFactory) -> Paper:
    return read(files.put(tmp_path_factory.mktemp("good"), f"회의.{name}", GOOD[name]))


def test_every_format_but_hwp_is_tried_here() -> None:
    assert {*GOOD, "hwp"} == set(READERS)


def test_the_format_is_named(name: str, paper: Paper) -> None:
    assert paper.format == name


def test_text_comes_whole_and_in_order(name: str, paper: Paper) -> None:
    expected = [files.LINE, "구분", "2030년", "2031년", "동백동", "1,200", "3,450"]
    found = texts(paper)
    places = [found.find(text) for text in expected]
    assert -1 not in places
    assert places == sorted(places)
    if name != "csv":
        assert found.index(files.TITLE) < places[0]
        assert found.index(files.AFTER) > places[-1]


def test_a_table_keeps_its_cells_and_stands_between_its_neighbours(name: str, paper: Paper) -> None:
    if name not in WITH_TABLES:
        assert all(isinstance(block, Paragraph) for block in paper.blocks)
        return
    table = only_table(paper)
    assert_sound(table)
    last = max(cell.row for cell in table.cells if cell.text == "동백동")
    assert [cell.text for cell in table.cells if cell.row == last] == ["동백동", "1,200", "3,450"]
    before = paper.blocks[list(paper.blocks).index(table) - 1]
    assert isinstance(before, Paragraph)
    assert before.text.endswith(files.LINE)


def test_merged_cells_are_one_cell_that_spans(name: str, paper: Paper) -> None:
    if name not in WITH_MERGES:
        pytest.skip("the format knows no merged cells")
    table = only_table(paper)
    found = [(c.text, c.row, c.column, c.row_span, c.column_span) for c in table.cells]
    assert found == files.CELLS
    assert (table.rows, table.columns) == (3, 3)


def test_pages_are_given_where_the_format_has_them(name: str, paper: Paper) -> None:
    expected = 1 if name == "pdf" else None
    assert {block.page for block in paper.blocks} == {expected}


def test_nothing_is_doubted_in_a_plain_file(paper: Paper) -> None:
    assert paper.doubts == ()


def test_reading_in_process_gives_the_same_blocks(name: str, paper: Paper, tmp_path: Path) -> None:
    path = files.put(tmp_path, f"회의.{name}", GOOD[name])
    inside = reader_for(name, Limits()).read(path)
    assert texts(inside).split() == texts(paper).split()


def test_a_wrong_suffix_is_read_by_content(name: str, paper: Paper, tmp_path: Path) -> None:
    if name in {"csv", "md", "txt"}:
        pytest.skip("kinds of text differ by suffix alone")
    for suffix in ("txt", "hwp", "xlsx", "csv", "jsonl", "zip"):
        assert read(files.put(tmp_path, f"뒤바뀜.{suffix}", GOOD[name])) == paper


def test_decomposed_file_names_are_opened(name: str, paper: Paper, tmp_path: Path) -> None:
    decomposed = unicodedata.normalize("NFD", f"제1차 회의록.{name}")
    assert read(files.put(tmp_path, decomposed, GOOD[name])) == paper


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the shared sample papers are not here")
@pytest.mark.parametrize(
    "sample",
    sorted(path.name for path in SAMPLES.glob("*") if path.suffix in {".hwp", ".hwpx", ".pdf"}),
)
def test_real_papers_are_read_soundly_or_refused_with_a_reason(sample: str) -> None:
    if sample in REFUSED:
        with pytest.raises(UnreadableDocumentError) as caught:
            read(SAMPLES / sample)
        assert caught.value.code == REFUSED[sample]
        return
    paper = read(SAMPLES / sample)
    assert len(texts(paper)) > 300
    for block in paper.blocks:
        if isinstance(block, Table):
            assert_sound(block)
