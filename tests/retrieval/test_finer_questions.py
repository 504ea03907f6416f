"""Finer questions: ends of rankings, hours of events, shares of a number, who is on no list."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from corpus.types import Visibility
from retrieval.terms import KiwiTerms
from retrieval.types import Basis, Turn
from tests.support.said import says
from tests.support.secretary import Secretary, day

MINUTES = """단풍구지역사회보장협의체

2031년 제1차 실무협의체 회의록

회의일시 2031년 3월 5일(수) 15:00~16:20 회의장소 단풍구청 2층 회의실

참 석 자

위원장 : 서도윤, 부위원장 : 나하늘
위  원 : 강보라, 김새벽, 문소리, 박이슬, 정노을 <위원정수 9명 중 7명 참석>

회의내용

안건 1 검토결과

2030년 시행결과 평가 원안 가결

 - 세부사업 20개의 추진상황을 보고함
 - 달성률 100% 이상 15개, 80~100% 4개, 80% 미만 1개

실무협의체 의견 부서의견

・골목 책방은 문을 일찍 닫아 직장인이
가기 어려움. 저녁에도 열면 좋겠음.

・5월부터 수요일은 21시까지 열겠음.
"""
BUDGET = """# 단풍구 2031년 동 특화사업 예산

(단위: 천원)

| 동 | 대표사업 | 사업수 | 예산 |
|---|---|--:|--:|
| 연못1동 | 골목 책방 | 5 | 9,000 |
| 연못2동 | 담장 그림 | 3 | 4,000 |
| 물안개동 | 느린 우체통 | 8 | 12,000 |
| 솔바람동 | 빨래 나눔 | 2 | 1,500 |

재원별 : 시비 15,900천원, 구비 7,950천원, 후원금 2,650천원
"""
FESTIVAL = """보도자료

단풍구, 온마을 이야기 한마당 연다

단풍구는 올해도 온마을 이야기 한마당을 연다고 밝혔다.

□ 온마을 이야기 한마당 개요

- 행사명 : 온마을 이야기 한마당
- 일 시 : 2031. 10. 11.(토) 13:00 ~ 17:40
- 장 소 : 단풍구민회관 대강당

□ 진행순서

| 시간 | 내용 | 비고 |
|---|---|---|
| 13:00~13:10 | 개막 인사 | 복지국장 |
| 13:10~15:00 | 이야기 발표 | 주민 |
| 15:00~17:40 | 함께 걷기 | |
"""
SESSION = """제88회 단풍구의회(임시회)

가을나눔특별위원회 회의록

제2호

일 시  2031년 9월 3일(수) 10시
장 소  특별위원회 회의실

(10시 02분 개의)

○위원장 한여울  제1항 마을 김장터 설치 조례안을 상정합니다.
 이의가 없으므로 제1항은 원안대로 가결되었음을 선포합니다.

(10시 40분 산회)
"""


@pytest.fixture(scope="module")
def secretary(tmp_path_factory: pytest.TempPathFactory, terms: KiwiTerms) -> Iterator[Secretary]:
    secretary = Secretary(tmp_path_factory.mktemp("finer"), terms, day("2031-11-03"))
    papers = {
        "회의록.txt": MINUTES,
        "예산.md": BUDGET,
        "보도자료.md": FESTIVAL,
        "구의회.txt": SESSION,
    }
    assert [one.reason for one in secretary.write(papers) if one.reason] == []
    yield secretary
    secretary.close()


def asked(secretary: Secretary, *turns: str) -> str:
    earlier: list[Turn] = []
    text = ""
    for turn in turns:
        answer = secretary.assistant.ask(turn, audience=Visibility.STAFF, earlier=earlier)
        earlier.append(Turn(question=answer.standalone, basis=answer.basis))
        text = "\n".join((answer.text, *answer.notices))
    return text


def assert_says(text: str, expected: list[str]) -> None:
    assert [one for one in expected if not says(one, text)] == [], text


@pytest.mark.parametrize(
    ("turns", "expected"),
    [
        (["예산 제일 많은 동은?", "제일 적은 동이랑 얼마나 차이나?"], ["1,050만원"]),
        (["예산 제일 많은 동은?", "2등이랑은 차이가 얼마야"], ["300만원"]),
        (["예산 제일 적은 동은?", "1등이랑은 몇 배 차이야"], ["8배"]),
        (["연못1동 예산 얼마야", "꼴찌보다 얼마나 많아"], ["750만원"]),
        (["예산 가장 많은 동과 가장 적은 동의 차이"], ["1,050만원"]),
        (["예산 1등 동이랑 3등 동 차이"], ["800만원"]),
        (["연못동 평균 예산"], ["650만원"]),
        (["연못2동 예산이 500만원 넘나요?"], ["아니요", "400만원"]),
    ],
)
def test_places_of_a_ranking_are_held_against_each_other(
    secretary: Secretary, turns: list[str], expected: list[str]
) -> None:
    assert_says(asked(secretary, *turns), expected)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("온마을 이야기 한마당 몇시까지야", ["17:40"]),
        ("이야기 한마당은 몇 시에 끝나요?", ["13:00 ~ 17:40"]),
        ("한마당 개막 인사 몇 시", ["13:00~13:10"]),
        ("개막 인사는 누가 해", ["복지국장"]),
    ],
)
def test_an_event_ends_when_it_ends_and_not_with_its_first_part(
    secretary: Secretary, question: str, expected: list[str]
) -> None:
    assert_says(asked(secretary, question), expected)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("20개 사업 중에 100% 이상 달성한 건 몇 %야", ["75%"]),
        ("단풍구 특화사업 시비 비중", ["60%"]),
    ],
)
def test_a_share_is_reckoned_of_what_is_printed_beside_it(
    secretary: Secretary, question: str, expected: list[str]
) -> None:
    assert_says(asked(secretary, question), expected)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("홍가람 위원 참석했나요?", ["명단에 홍가람은 없습니다"]),
        ("박이솔 위원도 왔나요", ["명단에 박이솔은 없습니다"]),
        ("박이슬 위원 왔나요", ["네, 박이슬은"]),
        ("서도윤 위원장 몇 년째야", ["자료에 적혀 있지 않아", "위원장"]),
    ],
)
def test_who_is_on_no_list_and_what_is_not_printed_of_somebody_is_said(
    secretary: Secretary, question: str, expected: list[str]
) -> None:
    assert_says(asked(secretary, question), expected)


def test_what_people_said_of_a_thing_is_told_by_opinions_alone(secretary: Secretary) -> None:
    assert_says(asked(secretary, "골목 책방 관련해서 무슨 의견 나왔어"), ["직장인", "21시까지"])
    answer = secretary.assistant.ask(
        "느린 우체통에 대해 무슨 의견 나왔어", audience=Visibility.STAFF
    )
    assert answer.basis is Basis.NONE


def test_a_name_shortened_to_first_syllables_is_written_out(secretary: Secretary) -> None:
    told = asked(secretary, "가나특위 위원장 이름")
    assert_says(told, ["한여울", "가을나눔특별위원회", "준말"])


def test_minutes_of_an_assembly_answer_for_their_own_number_alone(secretary: Secretary) -> None:
    assert_says(asked(secretary, "가을나눔특별위원회 제2호 회의록 결과"), ["가결"])
    answer = secretary.assistant.ask(
        "가을나눔특별위원회 제1호 회의록 결과", audience=Visibility.STAFF
    )
    assert answer.basis is Basis.NONE
