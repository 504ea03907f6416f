"""Properties of computing over one table: sums of groups, ranks, shares and bounds agree."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import amounts
from corpus.records import FieldType
from retrieval.lookup.aggregates import ranked
from retrieval.lookup.task import Valued
from retrieval.terms import KiwiTerms
from retrieval.understanding.bounds import bounds
from retrieval.understanding.request import request
from tests.support.secretary import Secretary, day

_TABLE = """# 2033년 소나무시 마을 제안사업 선정 결과

| 동 | 제안사업명 | 분야 | 신청액(천원) | 선정액(천원) | 득표수(표) | 결과 |
|---|---|---|---|---|---|---|
| 두메1동 | 골목 조명 | 안전 | 4,000 | 3,500 | 210 | 선정 |
| 두메1동 | 벽화 그리기 | 문화 | 2,000 | - | 90 | 미선정 |
| 두메2동 | 횡단보도 정비 | 안전 | 6,000 | 6,000 | 320 | 선정 |
| 들꽃동 | 공유 부엌 | 복지 | 5,000 | 4,500 | 150 | 선정 |
| 들꽃동 | 꽃밭 가꾸기 | 환경 | 1,000 | 1,000 | 120 | 선정 |
"""


@pytest.fixture(scope="module")
def secretary(tmp_path_factory: pytest.TempPathFactory, terms: KiwiTerms) -> Secretary:
    secretary = Secretary(tmp_path_factory.mktemp("tables"), terms, day("2033-05-01"))
    secretary.write({"제안사업 결과.md": _TABLE})
    return secretary


def said(secretary: Secretary, asked: str) -> str:
    return re.sub(r"\[\d+\]", "", secretary.ask(asked).text)


@pytest.mark.parametrize(
    ("asked", "holds", "lacks"),
    [
        ("소나무시 제안사업 중 표를 제일 많이 받은 사업은?", ["횡단보도", "320"], ["골목 조명"]),
        ("소나무시 제안사업 중 떨어진 사업 목록", ["벽화"], ["공유 부엌"]),
        ("소나무시 제안사업 200표 넘는 사업", ["골목 조명", "횡단보도"], ["공유 부엌"]),
        ("소나무시 안전 분야 선정액 합계", ["950만"], []),
        ("소나무시 제안사업 득표 2위는?", ["골목 조명"], ["횡단보도"]),
        ("두메1동 두메2동 신청액 차이", [], ["찾지 못"]),
    ],
)
def test_a_table_is_asked_by_its_columns_and_cells(
    secretary: Secretary, asked: str, holds: list[str], lacks: list[str]
) -> None:
    text = said(secretary, asked)
    assert [word for word in holds if word not in text] == [], text
    assert [word for word in lacks if word in text] == [], text


@pytest.mark.parametrize("noun", ["동", "분야"])
def test_the_sums_of_groups_make_the_whole_sum(secretary: Secretary, noun: str) -> None:
    groups = said(secretary, f"소나무시 {noun}별 신청액 합계")
    assert sum(one.won for one in amounts.find(groups)) == 18_000_000


def test_the_first_in_rank_is_the_highest(secretary: Secretary) -> None:
    order = said(secretary, "소나무시 제안사업 신청액 많은 순으로").splitlines()
    highest = said(secretary, "소나무시 제안사업 신청액이 제일 많은 사업")
    assert "600만" in order[1]
    assert "600만" in highest


def test_a_paper_of_another_body_does_not_answer(secretary: Secretary) -> None:
    secretary.write({"다른 시.md": _TABLE.replace("소나무시", "참나무시").replace("320", "777")})
    assert "777" not in said(secretary, "소나무시 제안사업 중 표를 제일 많이 받은 사업은?")


@given(st.lists(st.integers(0, 50), min_size=1, max_size=30), st.booleans())
def test_ranks_keep_every_row_once_and_equal_ones_together(
    values: list[int], descending: bool
) -> None:
    groups = ranked(
        [Valued(name=str(n), rows=(), value=value) for n, value in enumerate(values)],
        descending=descending,
    )
    firsts = [group[0].value for group in groups]
    assert firsts == sorted(set(values), reverse=descending)
    assert sorted(one.name for group in groups for one in group) == sorted(
        str(n) for n in range(len(values))
    )


@given(st.integers(1, 99_999), st.integers(0, 99_999))
def test_a_bound_and_its_opposite_part_all_values(bound: int, value: int) -> None:
    (low,) = bounds(f"{bound}만원 이상인 동")
    (high,) = bounds(f"{bound}만원 미만인 동")
    assert low.measure is high.measure is FieldType.MONEY
    assert low.holds(value * 10_000) is not high.holds(value * 10_000)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("달성률 80% 미만인 지표", None, 7_999),
        ("달성률 100퍼센트 이상", 10_000, None),
        ("목표를 못 채운 지표", None, 9_999),
        ("80% 이상 100% 미만", 8_000, 9_999),
    ],
)
def test_rates_have_bounds(text: str, low: int | None, high: int | None) -> None:
    (one,) = bounds(text)
    assert (one.measure, one.low, one.high) == (FieldType.RATE, low, high)


@pytest.mark.parametrize(
    ("text", "group", "position", "many"),
    [
        ("부서별 예산 합계", "부서", 0, 1),
        ("특별지원구역 예산", "", 0, 1),
        ("예산 3위는 어디야", "", 3, 1),
        ("예산 많은 순으로 세 곳", "", 0, 3),
    ],
)
def test_groups_and_places_of_a_ranking_are_read(
    text: str, group: str, position: int, many: int
) -> None:
    found = request(text)
    assert (found.group, found.position, found.how_many) == (group, position, many)
