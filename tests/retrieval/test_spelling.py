"""Mistyped words are mended by the words of the papers, and right ones are left alone."""

from __future__ import annotations

import tracemalloc

import pytest

from corpus.types import Visibility
from retrieval.spelling import Spelling
from tests.support.shelf import Shelf

PAPER = "경로당 반찬나눔 예산을 늘리고 세탁소 운영시간을 바꾼다. 노인 복지관 위원 연수는 보류한다."


@pytest.fixture
def spelling(shelf: Shelf) -> Spelling:
    shelf.put("회의록", PAPER)
    return Spelling(shelf.database)


@pytest.mark.parametrize("term", ["예산", "경로당", "반찬", "세탁소"])
def test_a_word_of_the_papers_is_known_and_kept(spelling: Spelling, term: str) -> None:
    assert spelling.knows(term)
    assert spelling.mended(term) == term


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("에산", "예산"), ("세탁서", "세탁소"), ("경노당", "경로당"), ("반챤", "반찬")],
)
def test_a_letter_typed_wrong_is_put_right(spelling: Spelling, typed: str, meant: str) -> None:
    assert not spelling.knows(typed)
    assert spelling.mended(typed) == meant


@pytest.mark.parametrize("term", ["", "가", "ab", "2032", "우주선", "해수욕장", "예산x"])
def test_what_nothing_is_near_to_stays(spelling: Spelling, term: str) -> None:
    assert spelling.mended(term) == term


def test_a_word_without_end_takes_next_to_no_memory(spelling: Spelling) -> None:
    word = "에산" * 400
    tracemalloc.start()
    assert spelling.mended(word) == word
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 5_000_000  # its neighbours would be 80 MB, and of 6,000 letters 23 GB


def test_a_word_said_to_be_known_stays_however_near_another_is(spelling: Spelling) -> None:
    assert spelling.mended("에산", ["에산"]) == "에산"


def test_a_word_said_to_be_known_mends_too(spelling: Spelling) -> None:
    assert spelling.mended("금엑", ["금액"]) == "금액"


def test_an_empty_store_mends_nothing(shelf: Shelf) -> None:
    assert Spelling(shelf.database).mended("에산") == "에산"


def test_words_of_hidden_papers_are_neither_known_nor_near(shelf: Shelf) -> None:
    shelf.put("내부", "연못 세탁소", Visibility.STAFF)
    shelf.put("공개", "세탁소 안내")
    everyone = Spelling(shelf.database).at(Visibility.PUBLIC)
    assert Spelling(shelf.database).knows("연못")
    assert not everyone.knows("연못")
    assert everyone.knows("세탁소")
    assert everyone.mended("연뭇") == "연뭇"
    assert Spelling(shelf.database).mended("연뭇") == "연못"


def test_a_word_is_known_as_soon_as_its_paper_is_in_and_no_longer(shelf: Shelf) -> None:
    spelling = Spelling(shelf.database)
    assert not spelling.knows("연못")
    paper = shelf.put("공원", "연못을 판다.")
    assert spelling.knows("연못")
    shelf.remove(paper)
    assert not spelling.knows("연못")


def test_two_wrong_letters_of_a_syllable_are_put_right_in_a_longer_word(shelf: Shelf) -> None:
    shelf.put("공원", "산책로를 넓힌다.")
    assert Spelling(shelf.database).mended("산책른") == "산책로"
