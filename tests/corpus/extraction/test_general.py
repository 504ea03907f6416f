from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.extraction.general import extract_general
from corpus.fulltext import flatten
from corpus.outline import outline
from corpus.readers import read as read_file
from tests.corpus.extraction.build import misplaced, read, table

REPOSITORY = Path(__file__).parents[3]
PAPERS = [
    *sorted((REPOSITORY / "corpus" / "sample").glob("*.*")),
    *sorted((REPOSITORY / "../shared/seeds").glob("*.txt")),
    REPOSITORY / "../shared/samples/plan_37p.hwp",
    REPOSITORY / "../shared/samples/merged_cells_stress.hwp",
]


@pytest.mark.parametrize("path", PAPERS, ids=lambda path: path.name)
def test_every_field_of_a_real_paper_is_printed_where_its_span_says(path):
    if not path.exists():
        pytest.skip("the shared papers are not beside the repository")
    full = flatten(read_file(path))
    extraction = extract_general(full, outline(full.text, full.levels))
    assert misplaced(full, extraction) == []
    assert all(
        record.parent is None or 0 <= record.parent < index
        for relation in extraction.relations
        for index, record in enumerate(relation.records)
    )


CELLS = st.sampled_from(
    [
        "",
        "-",
        "하람1동",
        "1,250",
        "△3",
        "12.5%",
        "합 계",
        "2030. 3.",
        "구분",
        "예산(천원)",
        "가나다 12명",
        "○ 꾸러미",
        "※ 주",
    ]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(CELLS, min_size=3, max_size=3), min_size=1, max_size=6))
def test_any_grid_of_cells_is_read_without_error_and_with_true_spans(rows):
    full, items = read("표 제목", table(*rows))
    assert misplaced(full, extract_general(full, items)) == []


LINES = st.lists(
    st.sampled_from(
        [
            "- 하람1동 : 걷기 등 3개 사업 20만원", "○ 옥동(3,000천원): 밥상",
            "일시 : 2030. 3. 4.", "구분\t계\t비고",
            "하람2동\t3\t-", "(단위: 천원)", "총 12명 참석(참석률 80%)", "",
            "1. 제목", "가 나  다", "합계 3 4 5", "구분 국비 시비 계",
        ]
    ),
    max_size=12,
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(LINES)
def test_any_run_of_lines_is_read_without_error_and_with_true_spans(lines):
    full, items = read("\n".join(lines))
    assert misplaced(full, extract_general(full, items)) == []


def test_a_paper_without_text_states_nothing():
    full, items = read("")
    assert extract_general(full, items).relations == ()
