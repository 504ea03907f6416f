"""What messages ask of the ledger of opinions in general."""

from __future__ import annotations

import pytest

from retrieval.understanding.ledger_words import ledger_words, offices_named, signs

SIGNS = [
    (group, sign.kind, text)
    for group in ("standing", "state", "promise")
    for sign in signs(group)
    for text in sign.says
]


@pytest.mark.parametrize(("group", "kind", "text"), SIGNS)
def test_every_sign_fires_on_its_wordings(group: str, kind: str, text: str) -> None:
    assert getattr(ledger_words(text), group) == kind


def test_what_is_denied_is_not_what_is_said() -> None:
    asked = ledger_words("아직 답변이 안 된 의견 몇 건이야?")
    assert (asked.standing, asked.counting) == ("unanswered", True)
    assert ledger_words("처리 중인 의견").standing is None


def test_what_is_understood_is_taken_out_and_the_matter_stays() -> None:
    assert ledger_words("가로등 의견 중에 답변 안 된 거").rest.split() == [
        "가로등",
        "의견",
        "중에",
        "거",
    ]


@pytest.mark.parametrize(
    "text", ["모란1동 예산은 얼마인가요?", "국수 나눔은 언제 하나요?", "회의 결과를 알려 주세요"]
)
def test_other_questions_are_not_on_the_ledger(text: str) -> None:
    assert not ledger_words(text).named


def test_departments_are_known_by_their_full_and_shortened_names() -> None:
    known = ["노인복지과", "복지정책과", "도로과"]
    assert offices_named("도로과가 답한 의견", known)[0] == ("도로과",)
    assert offices_named("복지과가 답한 의견", known)[0] == ("노인복지과", "복지정책과")
    assert offices_named("결과가 나온 의견", known)[0] == ()
