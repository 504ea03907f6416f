from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from corpus.fulltext import flatten
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
    assert full.text == "개요\n본문입니다\n다음 쪽"
    assert full.levels == ((0, 1),)
    assert full.pages == ((0, 1), (full.text.index("다음"), 2))
    assert [full.page_at(offset) for offset in (0, 4, len(full.text) - 1)] == [1, 1, 2]


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


@given(st.lists(st.text(max_size=30), max_size=9))
def test_offsets_of_cells_always_fit(texts: list[str]) -> None:
    cells = tuple(Cell(row=n // 3, column=n % 3, text=text) for n, text in enumerate(texts))
    full = flatten(paper(Paragraph(text="앞"), Table(rows=3, columns=3, cells=cells)))
    for placed in full.tables[0].cells:
        assert "\t" not in full.text[placed.span.start : placed.span.end]
        assert "\n" not in full.text[placed.span.start : placed.span.end]
    assert len(full.tables[0].cells) == len(texts)
