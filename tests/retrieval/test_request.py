"""What is to be done with values: operations, bounds, numbers and units, by examples."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.records import FieldType
from retrieval.understanding.request import Condition, Operation, request

OPERATIONS = {
    Operation.LOOK_UP: ["", "모란2동 예산은 얼마예요?", "반찬나눔은 누가 신청해요"],
    Operation.LIST: ["안건 목록", "위원 명단 보여줘", "무슨 사업이 있는지 내역을"],
    Operation.COUNT: ["사업이 몇 개예요?", "안건은 몇건", "상 받은 곳이 몇 군데", "사업 갯수는?"],
    Operation.SUM: ["예산 합계", "둘을 합치면", "다 더하면 얼마", "모두 얼마예요", "총액은?"],
    Operation.AVERAGE: ["예산 평균", "평균 얼마씩", "동별로 평균을 내면"],
    Operation.HIGHEST: ["예산이 제일 많은 동", "가장 비싼 사업", "1위는 어디", "최고 득표는"],
    Operation.LOWEST: ["가장 적은 동은?", "제일 낮은 지표", "꼴찌는 어디야", "최소 금액은"],
    Operation.RANK: ["예산 순위", "많은 순으로 보여줘", "적은 순서대로"],
    Operation.EQUAL: ["두 동 예산이 같나요?", "똑같아?", "금액이 동일한지"],
    Operation.DIFFERENCE: ["예산 차이", "얼마나 더 많아?", "격차가 얼마"],
    Operation.RATIO: ["몇 배야?", "두 동은 몇배나 돼"],
    Operation.SHARE: ["전체에서 차지하는 비중", "몇 퍼센트야", "국비 비율은"],
    Operation.COMPARE: ["어디가 더 많아?", "두 동을 비교해줘"],
}

BOUNDS = [
    ("예산이 700만원 이상인 동", FieldType.MONEY, 7_000_000, None),
    ("1억 미만", FieldType.MONEY, None, 99_999_999),
    ("50만원 초과", FieldType.MONEY, 500_001, None),
    ("예산 420만원 이하", FieldType.MONEY, None, 4_200_000),
    ("300만원에서 500만원 사이인 동", FieldType.MONEY, 3_000_000, 5_000_000),
    ("300만원 이상 500만원 이하", FieldType.MONEY, 3_000_000, 5_000_000),
    ("사업이 9개 이상인 동", FieldType.COUNT, 9, None),
    ("10명 넘는 프로그램", FieldType.COUNT, 11, None),
    ("5곳 이하", FieldType.COUNT, None, 5),
    ("1,200명 미만", FieldType.COUNT, None, 1_199),
]

RANKINGS = [
    ("예산 상위 3개 동", 3, True),
    ("예산 많은 순으로 5곳", 5, True),
    ("적은 순으로 3개", 3, False),
    ("하위 2곳", 2, False),
    ("제일 많은 동", 1, True),
    ("제일 적은 동", 1, False),
]

UNITS = [
    ("예산을 천원 단위로", "천원"),
    ("만원 단위로 알려줘", "만원"),
    ("백만원으로 바꾸면", "백만원"),
    ("억원 단위로", "억원"),
    ("원 단위까지", "원"),
    ("예산은 300만원인가요", ""),
]


@pytest.mark.parametrize(
    ("operation", "text"),
    [(operation, text) for operation, texts in OPERATIONS.items() for text in texts],
)
def test_the_operation_is_read_however_it_is_said(operation: Operation, text: str) -> None:
    assert request(text).operation is operation


def test_every_operation_has_an_example() -> None:
    assert set(OPERATIONS) == set(Operation)


@pytest.mark.parametrize(
    "text", [text for texts in OPERATIONS.values() for text in texts if " " in text]
)
def test_spaces_do_not_matter(text: str) -> None:
    assert request(text.replace(" ", "")).operation is request(text).operation


@pytest.mark.parametrize(("text", "measure", "low", "high"), BOUNDS)
def test_a_bound_has_its_measure_and_its_ends(
    text: str, measure: FieldType, low: int | None, high: int | None
) -> None:
    (condition,) = request(text).conditions
    assert (condition.measure, condition.low, condition.high) == (measure, low, high)
    assert condition.text in text


@pytest.mark.parametrize(("text", "many", "descending"), RANKINGS)
def test_a_ranking_says_how_many_and_from_which_end(text: str, many: int, descending: bool) -> None:
    found = request(text)
    assert (found.how_many, found.descending) == (many, descending)


@pytest.mark.parametrize(("text", "unit"), UNITS)
def test_a_unit_is_told_from_an_amount(text: str, unit: str) -> None:
    assert request(text).unit == unit


def test_a_bound_that_is_only_a_number_of_places_is_no_bound() -> None:
    assert request("상위 3개 동").conditions == ()


@pytest.mark.parametrize(
    ("value", "holds"), [(None, False), (2, False), (3, True), (5, True), (6, False)]
)
def test_a_bound_holds_from_end_to_end_and_never_for_what_is_missing(
    value: int | None, holds: bool
) -> None:
    bound = Condition(measure=FieldType.COUNT, low=3, high=5, text="3개에서 5개")
    assert bound.holds(value) is holds


@given(st.text(alphabet="0123456789천백만억원개동상위이하 ?.", max_size=60))
def test_any_text_is_a_request(text: str) -> None:
    found = request(text)
    assert found.how_many >= 0
    assert all(condition.text for condition in found.conditions)
