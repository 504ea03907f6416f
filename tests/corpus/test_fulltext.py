from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from corpus.extraction.paper import extract
from corpus.fulltext import flatten
from corpus.outline import outline
from corpus.records import RecordKind
from corpus.text import clean
from corpus.types import Cell, Paper, Paragraph, Table


def paper(*blocks: Paragraph | Table) -> Paper:
    return Paper(format="test", blocks=blocks)


def test_a_paper_without_text_is_empty() -> None:
    full = flatten(paper(Paragraph(text="  \n"), Table(rows=0, columns=0, cells=())))
    assert full.text.strip() == ""


def test_blocks_stand_one_below_the_other_with_their_landmarks() -> None:
    full = flatten(
        paper(
            Paragraph(text="개요", level=1, page=1),
            Paragraph(text="본문\x00입니다", page=1),
            Paragraph(text="다음 쪽", page=2),
        )
    )
    assert full.text == "개요\n\n본문입니다\n다음 쪽"
    assert full.levels == ((0, 1),)
    assert full.pages == ((0, 1), (full.text.index("다음"), 2))
    assert [full.page_at(offset) for offset in (0, 5, len(full.text) - 1)] == [1, 1, 2]


def test_a_cell_knows_where_it_stands() -> None:
    cells = (
        Cell(row=0, column=0, column_span=2, text="구분"),
        Cell(row=1, column=0, text="가람\n1동"),
        Cell(row=1, column=1, text="1,200"),
    )
    full = flatten(paper(Table(rows=2, columns=2, cells=cells, caption="(단위: 천원)")))
    assert full.text == "(단위: 천원)\n구분\n가람 1동\t1,200"
    (table,) = full.tables
    shown = [full.text[cell.span.start : cell.span.end] for cell in table.cells]
    assert shown == ["구분", "가람 1동", "1,200"]
    assert table.span.start == 0
    assert table.span.end == len(full.text)


def test_a_box_of_text_keeps_its_lines_and_rows_stay_single_lines() -> None:
    said = "- 경로당 냉방비가 모자람.\n- 쉼터가 멀다.\n  ⇒ 셔틀을 늘리겠음.\n- 끝으로 공지함."
    cells = (
        Cell(row=0, column=0, text="회의\n일시"),
        Cell(row=0, column=1, text="2031. 4. 2."),
        Cell(row=1, column=0, text="회의내용"),
        Cell(row=1, column=1, text=said),
        *(Cell(row=2, column=n, text=f"가\n나\n다\n{n}") for n in range(3)),
    )
    full = flatten(paper(Table(rows=3, columns=3, cells=cells)))
    assert (
        full.text == f"회의 일시\t2031. 4. 2.\n회의내용\n{said}\n가 나 다 0\t가 나 다 1\t가 나 다 2"
    )
    shown = [full.text[cell.span.start : cell.span.end] for cell in full.tables[0].cells]
    assert shown[:4] == ["회의 일시", "2031. 4. 2.", "회의내용", said]
    assert sum(item.family == "dash" for item in outline(full.text)) == 3


def test_a_long_cell_of_two_lines_keeps_them() -> None:
    text = "가나다라 " * 30 + "\n" + "마바사아 " * 30
    full = flatten(paper(Table(rows=1, columns=1, cells=(Cell(row=0, column=0, text=text),))))
    assert full.text.count("\n") == 1


def test_minutes_in_one_cell_give_their_opinions_and_replies() -> None:
    head = "2031년 제2차 실무협의체 회의록\n회의일시 2031년 4월 2일(수) 16:00 회의장소 나래홀"
    text = (
        "안건 1 검토결과\n마을 쉼터 운영계획(안) 검토\n원안대로 상정\n협의체 의견 부서의견\n"
        "· 쉼터 여는 시간을 여름철에는 밤까지 늘려 주시기 바람.\n"
        "· 냉방비를 여름이 되기 전에 미리 나누어 주시기 바람.\n"
        "· 쉼터 여는 시간은 6월부터 밤 9시까지 늘리겠음.\n"
        "· 냉방비는 5월에 동마다 나누어 드리겠음.\n"
    )
    cells = (Cell(row=0, column=0, text="회의내용"), Cell(row=0, column=1, text=text))
    full = flatten(paper(Paragraph(text=head), Table(rows=1, columns=2, cells=cells)))
    kinds = [
        record.kind
        for relation in extract(full, outline(full.text, full.levels)).relations
        for record in relation.records
    ]
    assert kinds.count(RecordKind.OPINION) == 2
    assert kinds.count(RecordKind.REPLY) == 2


@given(st.lists(st.text(max_size=30), max_size=9), st.integers(1, 3))
def test_offsets_of_cells_always_fit(texts: list[str], columns: int) -> None:
    cells = tuple(
        Cell(row=n // columns, column=n % columns, text=text) for n, text in enumerate(texts)
    )
    full = flatten(paper(Paragraph(text="앞"), Table(rows=9, columns=columns, cells=cells)))
    for placed in full.tables[0].cells:
        shown = full.text[placed.span.start : placed.span.end]
        assert "\t" not in shown
        assert shown.split() == clean(placed.cell.text).split()
        assert placed.span.end <= full.tables[0].span.end
    assert len(full.tables[0].cells) == len(texts)
