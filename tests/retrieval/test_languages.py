"""Questions in other languages: told by their letters, turned into words of the papers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.understanding.languages import in_korean, introduction, language

LANGUAGES = {
    "ko": [
        "모란2동 예산 얼마예요",
        "모란2동 TV 지원",
        "예산 좀 알려줘 plz",
        "",
        "123",
        "?!",
        "ㅋㅋ",
    ],
    "en": ["When is the next meeting?", "모란2동 budget how much", "who is the chairman"],
    "vi": ["Ngân sách là bao nhiêu?", "Cuộc họp tiếp theo khi nào"],
    "zh": ["下次会议什么时候", "谁是委员长?"],
    "ja": ["次回の会議はいつですか", "모란2동の予算はいくらですか"],
    "ru": ["Когда следующее заседание?", "сколько проектов"],
}

WORDS = [
    ("When is the next meeting?", ("언제", "다음", "회의")),
    ("How much is the budget of 모란2동?", ("얼마", "예산", "모란2동")),
    ("Ngân sách của 모란2동 là bao nhiêu?", ("예산", "모란2동", "얼마")),
    ("下次会议什么时候", ("다음", "회의", "언제")),
    ("谁是委员长?", ("누구", "위원장")),
    ("Когда следующее заседание?", ("언제", "다음", "회의")),
    ("Which 동 has the highest budget?", ("가장 많은", "예산")),
    ("社会保障特别支援区域有几个地区", ("사회보장특별지원구역", "몇 개", "지역")),
    ("第一期计划的目标", ("제1기", "계획", "목표")),
    ("모란2동の予算はいくらですか", ("모란2동", "예산", "얼마")),
    (
        "모란2동 có bao nhiêu dự án và ngân sách bao nhiêu?",
        ("모란2동", "사업은 몇 개", "예산은 얼마"),
    ),
    ("chairperson of the 2nd meeting", ("위원장", "제2차")),
]


@pytest.mark.parametrize(
    ("code", "text"), [(code, text) for code, texts in LANGUAGES.items() for text in texts]
)
def test_a_language_is_told_by_its_letters(code: str, text: str) -> None:
    assert language(text) == code


@pytest.mark.parametrize(("text", "words"), WORDS)
def test_a_foreign_question_gives_the_words_of_the_papers(
    text: str, words: tuple[str, ...]
) -> None:
    korean = in_korean(text)
    assert [word for word in words if word not in korean] == []


def test_what_no_word_is_known_of_gives_nothing() -> None:
    assert in_korean("qwzx vfjk") == ""


@pytest.mark.parametrize("code", sorted(set(LANGUAGES) - {"ko"}))
def test_every_language_has_both_introductions(code: str) -> None:
    said, none = introduction(code, answered=True), introduction(code, answered=False)
    assert said
    assert none
    assert said != none


@given(st.text(max_size=80))
def test_any_text_has_a_language_and_may_be_turned(text: str) -> None:
    assert language(text) in LANGUAGES
    in_korean(text)


@pytest.mark.parametrize(
    ("text", "korean"),
    [
        ("What is the budget of Haneul 2-dong?", "예산 하늘2동"),
        ("Haneul2dong budget", "하늘2동 예산"),
        ("ngân sách phường Haneul 2 là bao nhiêu?", "예산 하늘2동 얼마"),
        ("budget of Ongnyeon-dong", "예산 옥련동"),
        ("budget of Okryeondong", "예산 옥련동"),
        ("budget of Gangnam-dong", "예산 Gangnam-dong"),
    ],
)
def test_places_are_known_by_their_sound(text: str, korean: str) -> None:
    assert in_korean(text, ["하늘2동", "옥련동"]) == korean
