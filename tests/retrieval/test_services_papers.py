"""Lists of services and where their money comes from, asked about in people's own words."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from retrieval.terms import KiwiTerms
from retrieval.types import Basis
from tests.support.said import says
from tests.support.secretary import Secretary, day

SERVICES = """# 2031년 도라지시 생활지원 서비스 안내

| 서비스명 | 대상 | 지원내용 | 신청방법 | 문의 |
|---|---|---|---|---|
| 볕든집 수선 | 자가 거주 가구 | 지붕과 창문 수리 | 방문 신청 | 02-000-3101 |
| 새싹 저녁방 | 초등학생 | 숙제 지도와 저녁 식사 | 온라인 신청 | 02-000-3102 |
| 튼튼 한끼 | 산모 | 미역국 꾸러미 배달 | 온라인 신청 | 02-000-3103 |
| 느린걸음 동행 | 75세 이상 | 병원 동행 | 전화 신청 | 02-000-3104 |
"""

MONEY = """# 2031년 도라지시 분야별 재원

(단위: 천원)

| 분야 | 국비 | 시비 | 금액 |
|---|--:|--:|--:|
| 안부 돌봄 | 40,000 | 20,000 | 60,000 |
| 마을 일터 | 10,000 | 30,000 | 40,000 |
"""
GOALS = """# 2031년 도라지시 성과지표 실적

| 성과지표 | 단위 | 목표 | 실적 |
|---|---|--:|--:|
| 마음 나눔 상담 | 명 | 250 | 180 |
| 이동 빨래방 | 회 | 40 | 44 |
"""
PLAN = """# 2031년 도라지시 마을사업

| 사업명 | 주요내용 |
|---|---|
| 안부우체통 | 홀로 사는 어르신께 매주 엽서 전달 |
| 씨앗도서관 | 텃밭 씨앗 대여 |

마음 나눔 상담은 9월 현재 대기자가 많아 상담사를 더 뽑기로 함.
"""

COUNCIL = """도라지시지역사회보장협의체 {year}년 제1차 실무협의체 회의록

회의일시 : {year}. 3. 12.(수) 15:00
회의장소 : 도라지시청 2층 다솜방
위원장 : 표하람, 부위원장 : {vice}

□ 회의 내용
 ○ 생활지원 서비스를 널리 알리기로 함
 ⇒ 원안 가결

다음 회의 : {after}. 3. 11.(수) 15:00
"""


@pytest.fixture(scope="module")
def secretary(tmp_path_factory: pytest.TempPathFactory, terms: KiwiTerms) -> Iterator[Secretary]:
    secretary = Secretary(tmp_path_factory.mktemp("services"), terms, day("2031-10-05"))
    papers = {
        "서비스 안내.md": SERVICES,
        "재원.md": MONEY,
        "성과지표.md": GOALS,
        "마을사업.md": PLAN,
        "지난 회의록.txt": COUNCIL.format(year=2030, after=2031, vice="탁이레"),
        "회의록.txt": COUNCIL.format(year=2031, after=2032, vice="진다솔"),
    }
    assert [one.reason for one in secretary.write(papers) if one.reason] == []
    yield secretary
    secretary.close()


def test_a_list_is_narrowed_by_another_word_for_what_is_printed(secretary: Secretary) -> None:
    answer = secretary.ask("인터넷으로 신청하는 서비스 뭐 있어?")
    assert all(says(name, answer.text) for name in ("새싹 저녁방", "튼튼 한끼")), answer.text
    assert not any(says(name, answer.text) for name in ("볕든집", "느린걸음")), answer.text


def test_a_present_is_no_bundle_of_help_that_is_sent(secretary: Secretary) -> None:
    assert secretary.ask("선물 주는 서비스 뭐 있어?").basis is Basis.NONE


def test_a_name_is_not_found_by_a_piece_that_another_thing_is_called_by(
    secretary: Secretary,
) -> None:
    answer = secretary.ask("안부우체통 예산은 다 어디서 나와?")
    assert not says("4,000만", answer.text), answer.text


def test_a_noun_that_a_row_lacks_is_not_answered_by_the_rest_of_the_row(
    secretary: Secretary,
) -> None:
    answer = secretary.ask("마음 나눔 상담 대기자 몇 명이야?")
    assert not any(says(one, answer.text) for one in ("num:250", "num:180")), answer.text


def test_the_goal_of_a_name_that_is_printed_is_told(secretary: Secretary) -> None:
    answer = secretary.ask("마음 나눔 상담 목표 몇 명이야?")
    assert says("num:250", answer.text), answer.text


def test_who_holds_an_office_in_a_year_stands_in_the_papers_of_that_year(
    secretary: Secretary,
) -> None:
    answer = secretary.ask("2031년 부위원장 누구")
    assert says("진다솔", answer.text), answer.text
    assert not says("탁이레", answer.text), answer.text


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        ("탁이레가 2031년 부위원장 맞지?", "아니요"),
        ("진다솔이 2031년 부위원장 맞지?", "예,"),
        ("표하람 위원장 맞죠?", "예,"),
        ("진다솔이 부위원장 맞지?", ""),
        ("지금 위원장 맞죠?", ""),
    ],
)
def test_a_claim_of_an_office_is_judged_where_its_person_is_printed_and_rows_agree(
    secretary: Secretary, claim: str, verdict: str
) -> None:
    answer = secretary.ask(claim)
    assert answer.text.startswith(verdict), answer.text
    assert verdict or not answer.text.startswith(("예,", "아니요")), answer.text
