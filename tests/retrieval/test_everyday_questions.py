"""Everyday questions about one small council: decisions, projects by name, goals, states."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from retrieval.terms import KiwiTerms
from retrieval.types import Basis
from tests.support.said import says
from tests.support.secretary import Secretary, day

RESULTS = """# 2031년 제2차 하늘재군 대표협의체 심의 결과

| 안건 | 안건명 | 제안부서 | 심의결과 | 비고 |
|---|---|---|---|---|
| 제1호 | 마을 빨래터 설치(안) | 생활지원과 | 원안 의결 | 하반기 착공 |
| 제2호 | 위원 교통비 신설(안) | 행복정책과 | 부결 | 찬성 7, 반대 12 |
| 제3호 | 나눔 냉장고 위치 선정(안) | 가족친화과 | 수정 의결 | |

## 읍·면 협의체 특화사업 지원계획

(단위 : 천원)

| 읍·면 | 대표사업 | 사업수 | 지원액 |
|---|---|--:|--:|
| 솔바람읍 | 이동 이발소 | 4 | 8,000 |
| 억새면 | 텃밭 도시락 | 3 | 5,000 |
| 안개면 | 저녁 말동무 | 2 | 2,000 |
"""
MINUTES = """노을동 주민자치회 2031년 4월 정기회의 회의록

회의일시 : 2031. 4. 9.(수) 19:00
회의장소 : 노을동 마을회관
참석현황 : 재적 21명 / 출석 15명

□ 안건
 제1호 봄꽃 장터 사업비 변경(안)
 제2호 골목 벤치 설치(안)

□ 회의 내용

【제1호 안건】 봄꽃 장터 사업비 변경(안)
 ○ 제안설명 : 문화분과장 서도윤
  - 당초 3,000천원 → 변경 4,200천원
 ○ 표결결과 : 찬성 11명, 반대 3명, 기권 1명
 ⇒ 수정 가결

【제2호 안건】 골목 벤치 설치(안)
 ○ 나하늘 위원 : 물빛동 쪽 골목이 더 어둡습니다. 벤치보다 가로등이 먼저입니다.
  → 사무국장 : 가로등을 구청에 건의하겠습니다.
 ⇒ 원안 가결
"""
BUDGET = """# 이슬시 2031년 주민제안 사업 심사 결과

(단위: 천원, 표)

| 동 | 사업명 | 신청액 | 선정액 | 득표수 | 결과 |
|---|---|--:|--:|--:|---|
| 물빛동 | 옥상 텃밭 | 9,000 | 8,000 | 120 | 선정 |
| 물빛동 | 책 읽는 정류장 | 5,000 | 4,000 | 210 | 선정 |
| 달맞이동 | 돌담 등불 | 7,000 | - | 80 | 미선정 |
| 달맞이동 | 골목 놀이터 | 6,000 | 6,000 | 150 | 선정 |
"""
PROJECTS = """2031년 버들시 동 협의체 특화사업 현황

▣ 동별 현황
- 갈대동 : 아침 죽 배달 등 3개 사업 900만원
- 모래톱동 : 손뜨개 모임, 밤길 동행 등 2개 사업 400만원
- 억새동 : 골목 화단 등 4개 사업 700만원
"""
GOALS = """# 자작시 2031년 성과지표 실적

| 연번 | 성과지표 | 목표 | 실적 | 달성률(%) | 담당부서 |
|---|---|--:|--:|--:|---|
| 1 | 안부 전화 | 500명 | 560명 | 112.0 | 돌봄과 |
| 2 | 이동 목욕 | 200명 | 150명 | 75.0 | 건강과 |
| 3 | 반려식물 나눔 | 300명 | 300명 | 100.0 | 돌봄과 |
"""


@pytest.fixture(scope="module")
def secretary(tmp_path_factory: pytest.TempPathFactory, terms: KiwiTerms) -> Iterator[Secretary]:
    secretary = Secretary(tmp_path_factory.mktemp("everyday"), terms, day("2031-11-20"))
    papers = {
        "심의 결과.md": RESULTS,
        "회의록.txt": MINUTES,
        "주민제안.md": BUDGET,
        "특화사업.txt": PROJECTS,
        "성과지표.md": GOALS,
    }
    assert [one.reason for one in secretary.write(papers) if one.reason] == []
    yield secretary
    secretary.close()


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("하늘재군 제1호 안건 제안부서 어디", ["생활지원과"]),
        ("하늘재군 교통비 신설안 왜 부결됐어", ["num:7", "num:12"]),
        ("하늘재군 마을 빨래터 안건 어떻게 됐어", ["의결", "하반기 착공"]),
        ("노을동 봄꽃 장터 표결결과 알려줘", ["num:11", "num:3", "num:1"]),
        ("노을동 봄꽃 장터 안건 찬반 표차 몇 표", ["num:8"]),
        ("봄꽃 장터 사업비 원래 얼마였지", ["300만"]),
        ("노을동 주민자치회 재적위원은 몇 명", ["num:21"]),
        ("노을동 주민자치회 4월 회의에서 가결된 안건 몇 건", ["num:2"]),
        ("노을동에서 물빛동 골목이 더 어둡다는 의견 답변", ["가로등을 구청에 건의"]),
        ("물빛동 골목이 더 어둡다고 한 위원 누구", ["나하늘"]),
    ],
)
def test_a_decision_is_told_with_what_came_with_it(
    secretary: Secretary, asked: str, expected: list[str]
) -> None:
    answer = secretary.ask(asked)
    assert [one for one in expected if not says(one, answer.text)] == [], answer.text


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("하늘재군 안개면 지원액은 얼마", ["200만"]),
        ("하늘재군 읍면 지원액 평균은", ["500만"]),
        ("물빛동은 얼마 선정됐나요", ["1,200만"]),
        ("이슬시물빛동선정액얼마", ["1,200만"]),
        ("이슬시 떨어진 사업 뭐뭐예요", ["돌담 등불"]),
        ("물빛동은 떨어진 거 있어?", ["없습니다"]),
        ("이슬시 주민제안 표 제일 많이 받은 사업", ["책 읽는 정류장", "num:210"]),
        ("자작시 안부 전화 목표보다 몇 명 더 했어", ["num:60"]),
        ("자작시 이동 목욕 목표 달성했어?", ["아니요", "75%"]),
    ],
)
def test_a_value_is_found_by_everyday_words(
    secretary: Secretary, asked: str, expected: list[str]
) -> None:
    answer = secretary.ask(asked)
    assert [one for one in expected if not says(one, answer.text)] == [], answer.text


def test_the_projects_of_a_place_are_named_as_far_as_the_paper_names_them(
    secretary: Secretary,
) -> None:
    whole = secretary.ask("모래톱동 특화사업 뭐뭐 해?")
    assert all(says(name, whole.text) for name in ("손뜨개 모임", "밤길 동행")), whole.text
    part = secretary.ask("갈대동 3개 사업 이름 전부 알려줘")
    assert says("아침 죽 배달", part.text), part.text
    assert says("이름이 적힌 것은 1개", part.text), part.text
    assert part.basis is Basis.RECORDS


def test_a_follow_up_puts_the_other_side_of_a_vote_in(secretary: Secretary) -> None:
    answer = secretary.ask("노을동 봄꽃 장터 안건 찬성 몇 명", "반대는?")
    assert says("반대 3", answer.text), answer.text


def test_a_budget_is_no_answer_of_another_body(secretary: Secretary) -> None:
    assert secretary.ask("자작시 물빛동 지원액은 얼마").basis is not Basis.RECORDS


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("노을동 제1호 안건 제안설명 누가", ["서도윤"]),
        ("자작시 이동 목욕은 목표가 몇 명", ["num:200"]),
        ("물빛동이랑 달맞이동 중에 어디가 더 많이 신청했어", ["물빛동", "1,400만"]),
        ("버들시 동 특화사업 예산 뒤에서 두 번째", ["억새동", "700만"]),
        ("하늘재군 사업 3개 하는 동네는", ["억새면"]),
        ("버들시 특화사업 예산 상위 두 동 합치면", ["1,600만"]),
        ("버들시 특화사업 예산 제일 많은 동과 제일 적은 동 차이", ["500만"]),
        ("억새동 예산이 모래톱동의 두배 넘어?", ["1.75배"]),
    ],
)
def test_ends_of_a_ranking_and_exact_numbers_are_understood(
    secretary: Secretary, asked: str, expected: list[str]
) -> None:
    answer = secretary.ask(asked)
    assert [one for one in expected if not says(one, answer.text)] == [], answer.text


def test_a_short_question_goes_on_with_the_place_before_it(secretary: Secretary) -> None:
    answer = secretary.ask("억새동 예산은?", "사업은 몇 개?")
    assert says("4개", answer.text), answer.text


def test_there_means_the_place_that_was_answered(secretary: Secretary) -> None:
    answer = secretary.ask("아침 죽 배달은 어느 동꺼야", "그 동은 예산이 얼마야?")
    assert says("900만", answer.text), answer.text


def test_a_fee_is_not_a_budget(secretary: Secretary) -> None:
    assert secretary.ask("노을동 봄꽃 장터 참가비").basis is Basis.NONE
