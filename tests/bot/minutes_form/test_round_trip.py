"""Minutes as files: a second library reads the same cells, and the records are the meeting's."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from bot.minutes_form import laid_out, written
from bot.minutes_form.layout import Grid, Line
from corpus import readers
from corpus.extraction.paper import extract
from corpus.fulltext import flatten
from corpus.meetings.minutes import Bullet, Discussed, Exchange, Minutes
from corpus.outline import outline
from corpus.records import Record, RecordKind
from corpus.types import Paper, Table
from tests.support.meetings import minutes

SLOW = settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
FORMATS = ("docx", "hwpx", "md")


def read(paper: Minutes, suffix: str) -> Paper:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"회의록.{suffix}"
        path.write_bytes(written(paper, suffix))
        return readers.read(path)


def records(paper: Paper, kind: RecordKind) -> list[Record]:
    full = flatten(paper)
    found = extract(full, outline(full.text, full.levels)).relations
    return [record for relation in found for record in relation.records if record.kind is kind]


def text(record: Record, name: str) -> str:
    field = record.field(name)
    return "" if field is None else " ".join(field.text.split())


def one_line(words: str) -> str:
    return " ".join(words.split())


@pytest.mark.parametrize("suffix", ["docx", "hwpx"])
@given(paper=minutes())
@SLOW
def test_another_library_reads_every_cell_and_line(suffix: str, paper: Minutes) -> None:
    blocks = laid_out(paper)
    back = read(paper, suffix)
    tables = [block for block in back.blocks if isinstance(block, Table)]
    grids = [block for block in blocks if isinstance(block, Grid)]
    assert len(tables) == len(grids)
    for table, grid in zip(tables, grids, strict=True):
        assert (table.rows, table.columns) == (len(grid.rows), len(grid.widths))
        cells = [(cell.text.split(), cell.column_span) for cell in table.cells]
        assert cells == [(box.text.split(), box.span) for row in grid.rows for box in row]
    printed = [" ".join(b.text.split()) for b in back.blocks if not isinstance(b, Table)]
    lines = [one_line(block.text) for block in blocks if isinstance(block, Line)]
    assert [line for line in printed if line] == lines


@pytest.mark.parametrize("suffix", FORMATS)
@given(paper=minutes())
@SLOW
def test_the_agenda_and_its_results_come_back(suffix: str, paper: Minutes) -> None:
    found = records(read(paper, suffix), RecordKind.AGENDA_ITEM)
    assert [(text(one, "title"), text(one, "result")) for one in found] == [
        (item.title, item.result) for item in paper.items
    ]


@pytest.mark.parametrize("suffix", FORMATS)
@given(paper=minutes())
@SLOW
def test_opinions_come_back_under_their_items_with_their_replies(
    suffix: str, paper: Minutes
) -> None:
    back = read(paper, suffix)
    opinions = records(back, RecordKind.OPINION)
    said = [(item.number, one) for item in paper.items for one in item.exchanges]
    assert [text(one, "text") for one in opinions] == [one.opinion for _, one in said]
    agenda = [one.field("agenda") for one in opinions]
    assert [field.value if field else None for field in agenda] == [number for number, _ in said]
    replies = [text(one, "text") for one in records(back, RecordKind.REPLY)]
    assert replies == [one.reply for _, one in said if one.reply]


@pytest.mark.parametrize("suffix", FORMATS)
@given(paper=minutes())
@SLOW
def test_the_meeting_and_who_came_come_back(suffix: str, paper: Minutes) -> None:
    back = read(paper, suffix)
    (meeting,) = records(back, RecordKind.MEETING)
    assert text(meeting, "title") == paper.title
    for name in ("place", "department", "recorder"):
        assert text(meeting, name) == getattr(paper, name)
    attendance = records(back, RecordKind.ATTENDANCE)
    named = {text(one, "person") for one in attendance} - {""}
    assert named == {name for roll in paper.rolls for name in roll.names}
    (count,) = [field for one in attendance if (field := one.field("present"))]
    assert count.value == paper.present


def test_what_would_break_a_table_stays_text() -> None:
    odd = Discussed(
        number=1,
        title='A|B & <C> \\ "인용"',
        result="가|나",
        bullets=(Bullet(level=1, text="# 제목이 아님 * _ `"),),
        exchanges=(Exchange(opinion="<b>굵게</b> & |", reply="그대로"),),
    )
    paper = Minutes(
        council="", title="2031년 제1차 실무협의체 회의록", held="", place="", department="",
        recorder="", items=(odd,),
    )  # fmt: skip
    for suffix in ("docx", "hwpx"):
        cells = [
            cell.text
            for block in read(paper, suffix).blocks
            if isinstance(block, Table)
            for cell in block.cells
        ]
        assert {'A|B & <C> \\ "인용"', "가|나", "・<b>굵게</b> & |", "・그대로"} <= set(cells)
