from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from corpus.bullets import PAGE_NUMBER
from corpus.chunking import MOST, chunks
from corpus.outline import outline

PAPER = "\n".join(
    ["2026년 가람구 연차별 계획", "1. 돌봄"]
    + [f"- 방문 돌봄 {n}번째 과제는 동마다 담당자를 정하여 매달 살피고 기록함" for n in range(20)]
    + ["2. 일자리"]
    + [f"- 노인 일자리 {n}번째 과제는 경로당과 함께 운영함" for n in range(8)]
)


def test_no_text_gives_no_passages() -> None:
    assert chunks("", []) == []


def test_passages_carry_the_headings_above_them() -> None:
    found = chunks(PAPER, outline(PAPER))
    last = found[-1]
    assert last.heading[-1:] == ("일자리",) or PAPER[last.start :].startswith("2. 일자리")


def test_a_long_item_is_cut_behind_a_sentence() -> None:
    text = "- " + "경로당 급식을 넓히기로 함. " * 100
    found = chunks(text, outline(text))
    assert len(found) > 2
    assert all(text[chunk.start : chunk.end].rstrip().endswith("함.") for chunk in found)


def test_each_section_that_the_file_marks_is_a_passage_with_its_headings() -> None:
    text = "나래구 여름 행사\n\n강변 영화 상영\n\n이용 2,000원\n\n옥상 텃밭 교실\n\n이용 3,000원"
    levels = [(0, 1), (text.index("강변"), 2), (text.index("옥상"), 2)]
    found = chunks(text, outline(text, levels))
    assert [chunk.heading for chunk in found] == [
        ("나래구 여름 행사", "강변 영화 상영"),
        ("나래구 여름 행사", "옥상 텃밭 교실"),
    ]
    assert text[found[1].start : found[1].end].startswith("옥상 텃밭 교실")


@given(st.text(alphabet="가나다라 \n-○1.)원함", max_size=3000))
def test_passages_are_short_ordered_and_hold_every_item(text: str) -> None:
    items = outline(text)
    found = chunks(text, items)
    position = 0
    for chunk in found:
        assert position <= chunk.start < chunk.end
        assert chunk.end - chunk.start <= MOST
        position = chunk.end
    covered = "".join(_without_page_numbers(text[chunk.start : chunk.end]) for chunk in found)
    printed = "".join(_without_page_numbers(text[item.start : item.end]) for item in items)
    assert covered == printed


def _without_page_numbers(words: str) -> str:
    return "".join("".join(x.split()) for x in words.split("\n") if not PAGE_NUMBER.match(x))
