"""What holds for every text: spans inside it, in order, and parents before their children."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.extraction.grades import awards
from corpus.extraction.meeting_header import meeting
from corpus.extraction.minutes import agenda_items
from corpus.extraction.numbered_lists import numbered_lists
from corpus.extraction.opinions import opinions
from corpus.extraction.outlines import plans
from corpus.fulltext import FullText
from corpus.outline import Item
from corpus.records import Relation
from tests.corpus.extraction.build import read

Reader = Callable[[FullText, Sequence[Item]], list[Relation]]
READERS: tuple[Reader, ...] = (
    awards,
    meeting,
    agenda_items,
    opinions,
    plans,
    lambda full, items: numbered_lists(full),
)
LINES = st.sampled_from(
    [
        "2026년 제2차 대표협의체 회의록",
        "회의일시 2026년 3월 25일(수) 10:30 회의장소 구청",
        "참 석 자",
        "위원장 : 강하늘, 위 원 : 민들레, 박 하 <정원 9명 중 2명 참석>",
        "안   건",
        "제1안 장터 운영",
        "안건 1 검토결과",
        "원안 가결",
        "위원 의견 부서의견",
        "・자리가 좁으니 옮길 필요가 있음.",
        "・공원으로 옮기겠음.",
        "   ⇒ 위원장 : 그렇게 하겠음.",
        "- 겨울에도 여는지 궁금함",
        "○임초롱 위원  대상이 너무 좁지 않습니까? 넓혀 주시기 바랍니다.",
        "○복지과장 서다온  내년부터 넓히는 방안을 검토하겠습니다.",
        "Ⅱ. 전략체계",
        "1. 돌봄",
        "1-1. 방문",
        "1-2. 식사",
        "1-2-1. 배달",
        " - 운영현황 :",
        "  1) 반찬 나눔",
        "  2) 손수레",
        "대상(2) (시군구2) 서울 강동구, 경기 의정",
        "부시 각 3천만원",
        "최우수(1) 부산 북구",
        "각 2천만원",
        "공지사항 - 없음",
        "차기",
        "회의일정",
        "- 3 -",
        "",
        "의견\t답변",
        "자리가 좁음\t옮기겠음",
    ]
)
SEEDS = Path(__file__).resolve().parents[3].parent / "shared" / "seeds"


def check(text: str) -> int:
    full, items = read(text)
    count = 0
    for reader in READERS:
        for relation in reader(full, items):
            assert relation.records
            for number, record in enumerate(relation.records):
                count += 1
                assert record.spans
                assert record.parent is None or record.parent < number
                ends = [0, *(span.end for span in record.spans)]
                starts = [span.start for span in record.spans]
                assert all(end <= start for end, start in zip(ends, starts, strict=False))
                assert all(span.start < span.end <= len(full.text) for span in record.spans)
                assert all(0 <= f.span.start <= f.span.end <= len(full.text) for f in record.fields)
    return count


@settings(max_examples=150, deadline=None)
@given(st.lists(LINES, max_size=30))
def test_any_order_of_lines_gives_sound_records(printed: list[str]) -> None:
    check("\n".join(printed))


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=200))
def test_any_text_gives_sound_records(text: str) -> None:
    check(text)


def test_real_papers_give_sound_records() -> None:
    if not SEEDS.is_dir():
        pytest.skip("the papers in ../shared/seeds are not on this machine")
    counts = [check(path.read_text("utf-8")) for path in sorted(SEEDS.glob("*.txt"))]
    assert sum(count > 0 for count in counts) > 1
