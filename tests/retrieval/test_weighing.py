"""Words of a question weigh by what they tell."""

from __future__ import annotations

import pytest

from retrieval.keywords import KeywordIndex
from retrieval.spelling import Spelling
from retrieval.weighing import Weigher
from tests.support.shelf import Shelf

PAPERS = {
    "하나": "경로당 온열매트를 교체한다.\n\n경로당 문을 늦게 닫는다.",
    "둘": "경로당 예산을 늘린다.\n\n마을 세탁소를 연다.",
    "셋": "경로당 운영 시간을 바꾼다.\n\n위원 연수를 보류한다.",
}


@pytest.fixture
def weigher(shelf: Shelf) -> Weigher:
    for name, text in PAPERS.items():
        shelf.put(name, text)
    return Weigher(shelf.terms, KeywordIndex(shelf.database), Spelling(shelf.database))


def test_a_rare_word_weighs_more_than_a_common_one(weigher: Weigher) -> None:
    weights = weigher.weights("경로당 세탁소", ())
    assert weights["세탁소"] > weights["경로당"] > 0


def test_a_noun_of_no_paper_weighs_most(weigher: Weigher) -> None:
    weights = weigher.weights("경로당 해적", ())
    assert weights["해적"] == max(weights.values())


def test_words_of_asking_weigh_nothing(weigher: Weigher) -> None:
    assert weigher.weights("얼마예요?", ("얼마",)) == {}
    assert "예산" not in weigher.weights("세탁소 예산", ("예산",))


def test_a_verb_weighs_less_than_a_noun_as_rare(weigher: Weigher) -> None:
    weights = weigher.weights("세탁소를 열었나요", ())
    assert all(weights["세탁소"] > weight for term, weight in weights.items() if term != "세탁소")


@pytest.mark.parametrize("text", ["", "  ", "?!", "얼마 정도"])
def test_nothing_said_weighs_nothing(weigher: Weigher, text: str) -> None:
    assert weigher.weights(text, ()) == {}


def test_particles_do_not_change_the_weights(weigher: Weigher) -> None:
    bare, said = weigher.weights("세탁소 예산", ()), weigher.weights("세탁소의 예산은", ())
    assert [bare[term] for term in ("세탁소", "예산")] == [
        said[term] for term in ("세탁소", "예산")
    ]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("경노당 에산", "경로당 예산"),
        ("세탁소 예산", "세탁소 예산"),
        ("잠수함 예산", "잠수함 예산"),
        ("", ""),
    ],
)
def test_a_question_is_mended_word_by_word(weigher: Weigher, typed: str, meant: str) -> None:
    assert weigher.mended(typed, ()) == meant


def test_an_office_and_a_made_up_name_count_as_words(weigher: Weigher) -> None:
    assert "동장" in weigher.weights("경로당 동장", ())
    assert "숲림" in weigher.weights("숲림시 경로당", ())


def test_a_syllable_cut_out_of_a_word_does_not_count(weigher: Weigher) -> None:
    assert not {term for term in weigher.weights("경로당 집패달기", ()) if term == "집"}


def test_joined_nouns_are_names_and_nouns_of_verbs_are_none(weigher: Weigher) -> None:
    assert weigher.names("담당 부서가 희망나눔팀인 일") == ["담당", "부서", "희망나눔팀", "일"]
    assert weigher.names("누가 설명했어?") == []
