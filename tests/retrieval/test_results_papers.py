"""Questions on reports of results: what is left, what was reached, who gets what, two at once."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from retrieval.terms import KiwiTerms
from retrieval.twofold import Twofold, together
from retrieval.types import Answer, Basis
from tests.support.said import says, says_no
from tests.support.secretary import Secretary, day

REPORT = """# 2031년 물레방아 공방 사업 결과보고 (옹달시)

## 추진실적

| 사업내용 | 단위 | 목표 | 실적 | 달성률(%) |
|---|---|--:|--:|--:|
| 목공 강좌 | 회 | 20 | 24 | 120.0 |
| 의자 수리 | 개 | 300 | 255 | 85.0 |
| 참여 주민 | 명 | 400 | 400 | 100.0 |

※ 의자 수리는 공방 누전으로 줄어듦

## 예산집행

(단위: 천원)

| 항목 | 예산액 | 집행액 | 집행률(%) | 비고 |
|---|--:|--:|--:|---|
| 재료비 | 6,000 | 5,400 | 90.0 | |
| 강사비 | 4,000 | 4,000 | 100.0 | 강사 2명 |
| 홍보비 | 1,000 | 250 | 25.0 | |
| 합계 | 11,000 | 9,650 | 87.7 | |

- 담당 : 마을공방팀 (031-000-7788)
"""
PLAN = """# 2031년 솔개동 마을복지계획

(단위: 천원)

| 영역 | 과제 | 세부사업 | 대상 | 시기 | 금액 | 담당자 | 비고 |
|---|---|---|---|---|--:|---|---|
| 먹거리 | 끼니 챙기기 | 수요 죽집 | 홀로 사는 65세 이상 | 매주 수 | 2,400 | 노을빛 | 회당 30명 |
| 먹거리 | 끼니 챙기기 | 방학 주먹밥 | 결식 우려 아동 | 7~8월 | 1,800 | 노을빛 | 하루 1식 |
| 주거 | 안전한 집 | 손잡이 달기 | 거동이 불편한 어르신 | 5~9월 | 3,000 | 하루별 | 가구당 25만원 |
"""
YEARS = """# 옹달시 동 특화사업 예산 (2030~2031)

(단위: 천원)

| 동 | 2030년 예산액 | 2031년 예산액 | 대표사업 | 비고 |
|---|--:|--:|---|---|
| 억새동 | 5,000 | 4,000 | 골목 화단 | 후원금 감소 |
| 갈대동 | 3,000 | 3,600 | 아침 죽 배달 | |
"""
PRIZES = """# 2031년 옹달시 이웃상 시상 결과

## 동 협의체 분야

| 훈격 | 수상 | 포상금 |
|---|---|---|
| 대상(1) | 억새동 | 400만원 |
| 우수(2) | 갈대동·솔개동 | 각 100만원 |

## 단체 분야

| 훈격 | 수상 | 포상금 |
|---|---|---|
| 대상(1) | 옹달집수리봉사회 | 200만원 |
"""
MINUTES = """옹달시지역사회보장협의체
2031년 제1차 실무협의체 회의록

회의일시 : 2031. 3. 5.(수) 15:00
회의장소 : 옹달시청 2층 회의실
위원장 : 문가람
참석현황 : 위원정수 20명 중 15명 참석

□ 회의 내용
 1. 공방 운영계획(안) : 원안 가결
  - 상반기 점검 결과 지연 사업은 의자 수리 1건임
  - 대표협의체 회의 4. 2.(수) 10:00 예정, 임기 만료 위원 3명은 6월 재위촉
"""


INDICATORS = """# 2031년 옹달시 연차별 시행계획 성과지표 달성현황

## 지표별 현황

| 코드 | 사업명 | 성과지표 | 단위 | 2031년 목표 | 2031년 실적 | 달성률 | 담당부서 | 부진 사유 |
|---|---|---|---|--:|--:|--:|---|---|
| 1-1 | 골목 가로등 교체 | 교체 가로등 수 | 개 | 40 | 31 | 77.5 | 안전과 | 자재 지연 |
| 1-2 | 달빛 전화 | 월평균 이용자 수 | 명 | 50 | 53 | 106.0 | 복지과 | |
| 2-1 | 별밤터 | 이용 연인원 | 명 | 70 | 74 | 105.7 | 가족과 | |
| 2-2 | 문턱 낮추기 | 지원 가구 수 | 가구 | 15 | 17 | 113.3 | 주택과 | |
| 2-3 | 마당극 운영 | 개최 횟수 | 회 | 9 | 6 | 66.7 | 자치과 | 비로 취소 3회 |
"""


@pytest.fixture(scope="module")
def indicators(tmp_path_factory: pytest.TempPathFactory, terms: KiwiTerms) -> Iterator[Secretary]:
    secretary = Secretary(tmp_path_factory.mktemp("indicators"), terms, day("2031-12-20"))
    papers = {"성과지표.md": INDICATORS, "계획.md": PLAN, "예산.md": YEARS, "회의록.txt": MINUTES}
    assert [one.reason for one in secretary.write(papers) if one.reason] == []
    yield secretary
    secretary.close()


@pytest.fixture(scope="module")
def secretary(tmp_path_factory: pytest.TempPathFactory, terms: KiwiTerms) -> Iterator[Secretary]:
    secretary = Secretary(tmp_path_factory.mktemp("results"), terms, day("2031-11-20"))
    papers = {
        "결과보고.md": REPORT,
        "마을복지계획.md": PLAN,
        "특화사업 예산.md": YEARS,
        "이웃상.md": PRIZES,
        "회의록.txt": MINUTES,
    }
    assert [one.reason for one in secretary.write(papers) if one.reason] == []
    yield secretary
    secretary.close()


def _lacking(expected: list[str], text: str) -> list[str]:
    return [one for one in expected if not says(one, text)]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("물레방아 공방 예산 얼마 남았어", ["135만"]),
        ("재료비 집행잔액", ["60만"]),
        ("항목별로 남은 예산 얼마씩", ["재료비", "홍보비", "75만"]),
        ("예산이 제일 많이 남은 항목", ["홍보비", "75만"]),
    ],
)
def test_what_is_left_is_worked_out_of_plan_and_spending(
    secretary: Secretary, asked: str, expected: list[str]
) -> None:
    answer = secretary.ask(asked)
    assert _lacking([*expected, "계산한 값"], answer.text) == [], answer.text
    assert answer.basis is Basis.COMPUTED


@pytest.mark.parametrize(
    "asked",
    [
        "억새동 예산 얼마 남았어",
        "동별로 예산 얼마 남았어",
        "남은 예산이 가장 적은 동은?",
        "예산이 제일 많이 남은 영역은?",
    ],
)
def test_what_is_left_is_never_the_amount_itself(secretary: Secretary, asked: str) -> None:
    assert secretary.ask(asked).basis is Basis.NONE


@pytest.mark.parametrize(
    ("asked", "expected", "lacks"),
    [
        ("실적이 목표보다 많은 사업 뭐야", ["목공 강좌"], ["의자 수리", "참여 주민"]),
        ("목표보다 실적이 낮은 거", ["의자 수리", "300", "255"], ["목공"]),
        ("집행액이 예산액보다 적은 항목", ["재료비", "홍보비"], ["강사비"]),
    ],
)
def test_rows_are_found_by_one_of_their_values_above_another(
    secretary: Secretary, asked: str, expected: list[str], lacks: list[str]
) -> None:
    answer = secretary.ask(asked)
    assert _lacking(expected, answer.text) == [], answer.text
    assert [one for one in lacks if says(one, answer.text)] == [], answer.text


def test_rows_beyond_another_value_are_those_that_the_rest_of_a_question_names(
    indicators: Secretary,
) -> None:
    text = indicators.ask("복지과 사업 중 실적이 목표보다 많은 사업은?").text
    assert says("달빛 전화", text), text
    assert [one for one in ("별밤터", "문턱") if one in text] == [], text


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("의자 몇 개 수리했어", ["num:255"]),
        ("의자는 몇 개 수리했고 목표는 몇 개였어", ["num:255", "num:300"]),
        ("목공 강좌 몇 번 열었어", ["num:24"]),
        ("재료비 얼마 썼어", ["540만"]),
        ("의자 수리 왜 목표보다 적었어", ["누전"]),
        ("물레방아 공방 어디에 문의해요", ["031-000-7788"]),
    ],
)
def test_what_came_of_a_plan_is_told_by_everyday_words(
    secretary: Secretary, asked: str, expected: list[str]
) -> None:
    answer = secretary.ask(asked)
    assert _lacking(expected, answer.text) == [], answer.text


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("가로등 몇 개 바꿨어", ["num:31"]),
        ("문턱 몇 가구 낮춰줬어", ["num:17"]),
        ("가로등 교체한 거 몇 개야", ["num:31"]),
        ("별밤터 이용자 몇 명이었어", ["num:74"]),
    ],
)
def test_what_came_of_a_plan_is_told_with_what_is_measured(
    indicators: Secretary, asked: str, expected: list[str]
) -> None:
    answer = indicators.ask(asked)
    assert _lacking(["실적", *expected], answer.text) == [], answer.text


@pytest.mark.parametrize(
    "asked",
    [
        "가로등 교체 몇 개 남았어",
        "상반기에 가로등 몇 개 교체했어",
        "5월에 가로등 몇 개 교체했어",
        "마당극 몇 번 취소됐어",
        "마당극 몇 번 못 열었어",
        "별밤터 몇 명 기다렸어",
    ],
)
def test_a_result_is_not_told_where_something_else_is_counted(
    indicators: Secretary, asked: str
) -> None:
    answer = indicators.ask(asked)
    results = ("실적 31", "실적 6", "실적 74", "74명")
    assert [one for one in results if one in answer.text] == [], answer.text


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("노을빛 담당자 사업 뭐뭐야", ["수요 죽집", "방학 주먹밥"]),
        ("수요 죽집 예산", ["수요 죽집", "240만"]),
        ("수요 죽집은 누가 먹을 수 있어요", ["65세 이상"]),
        ("손잡이 달기 한 집에 얼마까지 해줘", ["25만원"]),
        ("먹거리 영역 예산 합계", ["420만"]),
    ],
)
def test_of_task_and_project_the_project_names_the_row(
    secretary: Secretary, asked: str, expected: list[str]
) -> None:
    answer = secretary.ask(asked)
    assert _lacking(expected, answer.text) == [], answer.text


def test_a_name_is_read_with_a_space_behind_each_syllable(secretary: Secretary) -> None:
    answer = secretary.ask("문 가 람 위원장 맞나요")
    assert _lacking(["예", "문가람"], answer.text) == [], answer.text


def test_a_contact_that_is_not_printed_is_said_to_be_missing(secretary: Secretary) -> None:
    answer = secretary.ask("손잡이 달기 담당자 전화번호")
    assert says_no(answer.text), answer.text


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("억새동 예산 왜 줄었어", ["100만", "후원금 감소"]),
        ("갈대동 예산이 왜 늘었나요", ["60만", "이유는 자료에 적혀 있지"]),
    ],
)
def test_a_change_is_told_with_its_reason_or_without_one(
    secretary: Secretary, asked: str, expected: list[str]
) -> None:
    answer = secretary.ask(asked)
    assert _lacking(expected, answer.text) == [], answer.text


@pytest.mark.parametrize(
    ("asked", "expected", "lacks"),
    [
        ("동 협의체 상 받은 곳들 상금 얼마씩", ["억새동", "400만", "갈대동", "100만"], ["200만"]),
        ("단체 분야 수상한 데 상금이 각각 얼마", ["옹달집수리봉사회", "200만"], ["400만"]),
    ],
)
def test_each_winner_is_told_with_the_prize(
    secretary: Secretary, asked: str, expected: list[str], lacks: list[str]
) -> None:
    answer = secretary.ask(asked)
    assert _lacking(expected, answer.text) == [], answer.text
    assert [one for one in lacks if says(one, answer.text)] == [], answer.text


@pytest.mark.parametrize(
    "asked",
    [
        "대표협의체 회의에 몇 명 왔어",
        "대표협의체 회의 결과가 뭐야",
        "하반기 점검 결과 지연 사업 몇 건",
    ],
)
def test_another_body_or_half_of_a_year_answers_nothing(secretary: Secretary, asked: str) -> None:
    answer = secretary.ask(asked)
    assert answer.basis is Basis.NONE, answer.text


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("목공 강좌 몇 번 열었고 물레방아 공방 전화번호는 뭐야", ["num:24", "031-000-7788"]),
        ("억새동 예산은 얼마고 인구는 몇 명이야", ["400만", "찾지 못했습니다"]),
    ],
)
def test_two_questions_in_one_message_are_both_answered(
    secretary: Secretary, asked: str, expected: list[str]
) -> None:
    answer = secretary.ask(asked)
    assert _lacking(expected, answer.text) == [], answer.text


def test_what_records_say_is_not_put_behind_a_half_from_passages() -> None:
    asked = Twofold(first="억새동 회의는 언제", second="예산은 얼마야?", subject="억새동")
    whole = Answer(text="억새동: 400만원", basis=Basis.RECORDS)
    lines = Answer(text="회의가 늦게 끝나는 까닭이 궁금함.", basis=Basis.PASSAGES)
    assert together(asked, (lines, whole), whole) == whole


def test_a_half_that_the_other_tells_is_left_out() -> None:
    asked = Twofold(first="죽집 대상", second="인원", subject="죽집", sides=True)
    fuller = Answer(text="죽집: 대상 아동 · 인원 8", basis=Basis.RECORDS, rows=(3,))
    less = Answer(text="죽집: 인원 8", basis=Basis.RECORDS, rows=(3,))
    none = Answer(text="", basis=Basis.NONE)
    assert together(asked, (fuller, less), none).text == fuller.text
    assert together(asked, (less, fuller), none).text == fuller.text
    of_another = Answer(text="밥집: 인원 8", basis=Basis.RECORDS, rows=(4,))
    assert of_another.text in together(asked, (fuller, of_another), none).text
