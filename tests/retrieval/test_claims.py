"""Claims in questions: found, asked openly, compared with what is printed."""

from __future__ import annotations

import pytest

from retrieval.claims import Claim, claimed

CLAIMS = [
    ("청솔동 예산이 3천만원 맞죠?", "3천만원", "얼마"),
    ("세부사업이 44개라고 들었는데요", "44개", "몇 개"),
    ("수강료 인상안 부결됐다면서요", "부결", "어떻게"),
    ("온열매트 교체는 통과됐나요?", "통과", "어떻게"),
    ("청솔동이 최우수상 받은 거 맞지?", "최우수", "무슨 상"),
    ("2차 회의는 다솜홀에서 했잖아", "다솜홀", "어디"),
    ("동 협의체 위원장 마서윤 맞죠?", "마서윤", "누구"),
    ("돌봄마을 사업이 5년짜리지?", "5년", "몇 년"),
]
NONE = [
    "청솔동 예산은 얼마예요?",
    "누가 대상을 받았나요?",
    "대상은 누구예요",
    "왜 부결됐나요?",
    "신청 대상이 어떻게 돼요?",
    "",
]


@pytest.mark.parametrize(("text", "said", "asking"), CLAIMS)
def test_a_claim_is_found_and_asked_openly(text: str, said: str, asking: str) -> None:
    claim = claimed(text)
    assert claim is not None
    assert claim.said == said
    assert asking in claim.openly
    assert said not in claim.openly


@pytest.mark.parametrize("text", NONE)
def test_an_open_question_claims_nothing(text: str) -> None:
    assert claimed(text) is None


@pytest.mark.parametrize(
    ("said", "answer", "holds"),
    [
        ("3천만원", "청솔동: 980만원", False),
        ("980만원", "청솔동: 9,800천원", True),
        ("3천만원", "청솔동: 9개", None),
        ("44개", "세부사업 37개", False),
        ("부결", "교체(안): 원안 가결", False),
        ("통과", "교체(안): 수정 가결", True),
        ("우수", "청솔동: 최우수상", False),
        ("선정", "놀이터: 미선정", False),
        ("다솜홀", "회의: 한빛구청 5층 다솜홀", True),
    ],
)
def test_a_claim_is_compared_with_its_own_kind(said: str, answer: str, holds: bool | None) -> None:
    assert Claim(said=said, openly="").holds(answer) is holds
