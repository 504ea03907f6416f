"""Which aspects of a thing a question asks for, by examples."""

from __future__ import annotations

import pytest

from retrieval.lookup.aspects import aspects_asked

ASKED = [
    ("회의는 언제 열렸나요?", "held_on"),
    ("며칠에 했어요", "held_on"),
    ("몇 시에 시작해요", "hours"),
    ("어디서 했나요", "place"),
    ("회의 장소는?", "place"),
    ("주관부서가 어디예요", "department"),
    ("누가 기록했어요", "recorder"),
    ("위원장은 누구예요", "chair"),
    ("부위원장은 누구예요", "vice_chair"),
    ("다음 회의는 언제예요", "next_on"),
    ("다음 회의 장소는 어디예요", "next_place"),
    ("정원이 몇 명이에요", "members"),
    ("몇 명이 참석했나요", "present"),
    ("누가 설명했나요", "presenter"),
    ("그 안건은 통과됐나요", "result"),
    ("심의 결과는?", "result"),
    ("포상금이 얼마예요", "prize"),
    ("무슨 상을 받았어요", "grade"),
    ("누가 신청할 수 있어요", "apply"),
    ("대상이 누구예요", "target"),
    ("신청은 어떻게 하나요", "apply"),
    ("문의 전화번호는?", "contact"),
    ("무엇을 하는 사업이에요", "examples"),
]
NOT_ASKED = [
    ("부위원장은 누구예요", "chair"),
    ("회의는 언제 열렸나요?", "next_on"),
    ("회의는 언제 열렸나요?", "present"),
    ("예산은 얼마예요", "held_on"),
    ("", "held_on"),
]


def names(text: str) -> set[str]:
    return {aspect.name for aspect in aspects_asked(text)}


@pytest.mark.parametrize(("text", "field"), ASKED)
def test_a_field_is_asked_for(text: str, field: str) -> None:
    assert field in names(text)
    assert field in names(text.replace(" ", ""))


@pytest.mark.parametrize(("text", "field"), NOT_ASKED)
def test_a_field_is_not_asked_for(text: str, field: str) -> None:
    assert field not in names(text)


def test_a_greeting_asks_for_no_field() -> None:
    assert aspects_asked("안녕하세요") == ()


@pytest.mark.parametrize(
    ("text", "label", "states"),
    [
        ("나이 제한이 있나요", "대 상", True),
        ("나이 제한이 있나요", "target", True),
        ("나이 제한이 있나요", "신청", False),
        ("왜 보류됐나요", "보류 사유", True),
        ("담당부서는 어디예요", "소관부서", True),
        ("담당부서는 어디예요", "period", False),
    ],
)
def test_a_label_states_an_aspect_in_words_of_its_own(text: str, label: str, states: bool) -> None:
    assert any(aspect.labels(label) for aspect in aspects_asked(text)) is states
