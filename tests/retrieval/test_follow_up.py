"""What a follow-up takes over from before, and what it does not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.types import Basis, Turn
from retrieval.understanding.follow_up import standalone

# What was asked before, what is said now, what the completed question must hold and must not.
TAKES_OVER = [
    ("모란2동 예산은 얼마예요?", "청솔동은?", ["청솔동", "예산"], ["모란2동"]),
    ("모란2동 예산은 얼마예요?", "그럼 이음동은요?", ["이음동", "예산"], ["모란2동"]),
    ("모란2동 예산은 얼마예요?", "3동은?", ["3동", "예산"], ["2동"]),
    ("모란2동 예산은 얼마예요?", "청솔동도 알려줘", ["청솔동", "예산"], ["모란2동"]),
    ("모란2동 2032년 예산은?", "2031년은?", ["모란2동", "2031년", "예산"], ["2032"]),
    ("모란2동 2032년 예산은?", "작년에는?", ["모란2동", "작년", "예산"], ["2032"]),
    ("강릉시 포상금은?", "의정부시는?", ["의정부시", "포상금"], ["강릉시"]),
    ("위원장은 누구예요?", "부위원장은요?", ["부위원장", "누구"], []),
    ("모란2동 예산은 얼마예요?", "몇 개 사업이야?", ["모란2동", "몇 개"], []),
    ("모란2동 예산 알려줘", "그 동 대표 사업은?", ["모란2동", "대표 사업"], ["예산"]),
    ("모란2동 사업 몇 개야", "예산은?", ["모란2동", "예산"], ["몇"]),
    ("재료비 집행 얼마나 했어", "교육비는?", ["교육비 집행 얼마"], ["재료비"]),
    ("안부 전화 목표 얼마야", "별빛방은?", ["별빛방 목표"], ["안부"]),
    ("안부 전화방 신청은 어떻게 해?", "별빛 쉼터는?", ["별빛 쉼터 신청은 어떻게"], ["안부"]),
    ("안부 전화방 대상 누구야?", "빨래터는?", ["빨래터 대상 누구"], ["안부"]),
    ("안부 전화방 대상 누구야?", "기간은?", ["안부 전화방 기간"], ["대상"]),
    ("안부방 신청은 어떻게 해? 쉼터는?", "전화번호는?", ["쉼터 전화번호"], ["안부방"]),
    ("강좌 개강 언제 열려", "참석자는?", ["강좌 개강", "참석자"], []),
    ("세탁소 안건은 어떻게 됐어요?", "왜?", ["세탁소", "왜"], []),
    ("세탁소 안건은 어떻게 됐어요?", "그건 누가 설명했어?", ["세탁소", "설명"], []),
]

# A whole question says what it is about; nothing of the one before belongs to it.
STANDS_ALONE = [
    ("시내버스 요금은 얼마인가요?", "화성 탐사 예산은?"),
    ("문화센터 이용요금은 얼마예요?", "화성 탐사 예산은?"),
    ("모란2동 예산은 얼마예요?", "다음 회의는 언제 열리나요?"),
    ("모란2동 예산은 얼마예요?", "경로당 온열매트 교체는 누가 설명했어요?"),
    ("모란2동 예산은 얼마예요?", "시행계획 1-1이 뭐야?"),
    ("다음 회의는 언제예요?", "모란2동 특화사업 예산은 얼마예요?"),
    ("다음 회의는 언제예요?", "강릉시는 무슨 상을 받았어?"),
]


def test_a_message_that_names_an_office_stands_alone() -> None:
    said = "담당 부서가 희망나눔팀인 일"
    turns = [Turn(question="과제 1-2가 뭐야?", basis=Basis.RECORDS)]
    assert standalone(said, turns, lambda text: ["담당", "부서", "희망나눔팀"]) == said
    assert (
        standalone("담당 부서 알려줘", turns, lambda text: ["담당", "부서"]) != "담당 부서 알려줘"
    )


def test_the_one_of_all_is_not_one_of_those_named_before() -> None:
    said = completed("모란2동이랑 청솔동 예산 합치면", "제일 작은 동은 얼마야")
    assert said == "예산 제일 작은 동은 얼마야"


def completed(before: str, now: str) -> str:
    return standalone(now, [Turn(question=before, basis=Basis.RECORDS)])


@pytest.mark.parametrize(("before", "now", "holds", "lacks"), TAKES_OVER)
def test_a_follow_up_is_completed_from_before(
    before: str, now: str, holds: list[str], lacks: list[str]
) -> None:
    question = completed(before, now)
    assert [word for word in holds if word not in question] == []
    assert [word for word in lacks if word in question] == []


@pytest.mark.parametrize(("before", "now"), STANDS_ALONE)
def test_a_whole_question_takes_nothing_over(before: str, now: str) -> None:
    assert completed(before, now) == now


@pytest.mark.parametrize("text", ["청솔동은?", "그럼 이음동은요?", "왜?", ""])
def test_without_a_turn_before_nothing_changes(text: str) -> None:
    assert standalone(text, []) == text


def test_the_last_turn_counts() -> None:
    turns = [
        Turn(question="모란1동 예산은?", basis=Basis.RECORDS),
        Turn(question="다음 회의는 언제예요?", basis=Basis.RECORDS),
        Turn(question="모란2동 사업은 몇 개예요?", basis=Basis.RECORDS),
    ]
    question = standalone("청솔동은?", turns)
    assert "청솔동" in question
    assert "몇 개" in question
    assert "모란" not in question


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_two_texts_make_one_line(before: str, now: str) -> None:
    question = completed(before, now)
    assert "\n" not in question
