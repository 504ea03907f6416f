from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.terms import KiwiTerms, plain


def shared(terms: KiwiTerms, paper: str, question: str) -> set[str]:
    return set(terms.index_terms(paper).split()) & set(terms.query_terms(question))


def test_particles_do_not_hide_a_word(terms: KiwiTerms) -> None:
    for paper in ("예산은 늘었다", "예산을 줄였다", "예산에서 뺐다"):
        assert "예산" in shared(terms, paper, "예산이 얼마인가요")


def test_a_longer_noun_is_found_by_its_beginning(terms: KiwiTerms) -> None:
    assert "예산" in shared(terms, "예산안을 의결하였다.", "예산")


def test_a_compound_is_found_with_and_without_its_space(terms: KiwiTerms) -> None:
    assert "반찬나눔" in shared(terms, "반찬 나눔 사업", "반찬나눔사업")
    assert "반찬나눔" in shared(terms, "반찬나눔사업", "반찬 나눔 사업")


def test_a_noun_made_of_a_verb_is_a_noun(terms: KiwiTerms) -> None:
    assert {"나눔", "나눔가게"} <= shared(terms, "나눔 가게 12곳", "나눔가게 몇 곳?")


@pytest.mark.parametrize("paper", ["가람2동", "가람 2동", "가람 2 동", "가람제2동", "가람이동"])
@pytest.mark.parametrize("question", ["가람2동 예산", "가람 2동은?", "가람이동 사업비 알려줘"])
def test_spellings_of_a_numbered_neighbourhood_meet(
    terms: KiwiTerms, paper: str, question: str
) -> None:
    assert "가람2동" in shared(terms, f"{paper} : 반찬 나눔 등 3개 사업", question)


def test_a_list_of_neighbourhoods_is_found_by_each(terms: KiwiTerms) -> None:
    assert "가람3동" in shared(terms, "가람 1·2·3동 합동 행사", "가람3동 행사")


@pytest.mark.parametrize("paper", ["4,071만원", "40,710천원", "40,710,000원", "4071만 원"])
def test_spellings_of_an_amount_meet(terms: KiwiTerms, paper: str) -> None:
    assert "40710000원" in shared(terms, f"총 {paper} 집행", "4,071만원 쓴 곳")


def test_spellings_of_a_date_meet(terms: KiwiTerms) -> None:
    assert {"2031년", "2월", "7일"} <= shared(terms, "2031. 02. 07.(금) 14:00", "2031년 2월 7일")
    assert "2031년" in shared(terms, "’31년 계획", "2031년 계획")


def test_letters_match_whatever_their_case(terms: KiwiTerms) -> None:
    assert "ai" in shared(terms, "AI 돌봄", "ai돌봄")


def test_decomposed_hangul_is_the_same_text(terms: KiwiTerms) -> None:
    assert terms.index_terms("\u110b\u1168\u1109\u1161\u11ab") == terms.index_terms("예산")


def test_words_of_asking_are_left_out_of_questions_only(terms: KiwiTerms) -> None:
    assert terms.query_terms("얼마예요? 누가 했는지 좀 알려 줘") == []
    assert "얼마" in terms.index_terms("얼마 남지 않은 예산").split()


def test_a_question_gives_each_term_once_and_no_more_than_64(terms: KiwiTerms) -> None:
    found = terms.query_terms("예산 예산 " + " ".join(f"{number}개" for number in range(300)))
    assert len(found) == len(set(found)) == 64


@pytest.mark.parametrize("text", ["", "   ", "?!…", "😀🎉" * 50_000, "\0\x07\ud800" * 30_000])
def test_text_without_words_gives_no_terms(terms: KiwiTerms, text: str) -> None:
    assert terms.index_terms(text) == ""
    assert terms.query_terms(text) == []


@pytest.mark.parametrize("unit", ["예산", "9", '"*(OR', "예산 ", "2동,", "1,000원 "])
def test_a_hundred_thousand_characters_are_taken(terms: KiwiTerms, unit: str) -> None:
    found = terms.index_terms(unit * (100_000 // len(unit))).split()
    assert found
    assert max(map(len, found)) <= 40


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=200))
def test_fts5_keeps_every_term_whole(terms: KiwiTerms, text: str) -> None:
    db = sqlite3.connect(":memory:")
    db.execute("create virtual table t using fts5 (body)")
    db.execute("create virtual table v using fts5vocab (t, row)")
    found = terms.index_terms(text)
    db.execute("insert into t values (?)", [found])
    assert {term for (term,) in db.execute("select term from v")} == set(found.split())
    db.close()


@given(st.text())
def test_plain_terms_stay_as_they_are(text: str) -> None:
    assert plain(plain(text)) == plain(text)


def test_threads_get_the_same_terms_and_share_one_analyser() -> None:
    terms = KiwiTerms()
    lines = [f"가람{number}동 특화사업 예산안 {number}만원" for number in range(40)]
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(terms.index_terms, lines))
    assert together == [terms.index_terms(line) for line in lines]
    assert terms.kiwi is terms.kiwi


def test_the_fingerprint_names_the_analyser(terms: KiwiTerms) -> None:
    assert terms.fingerprint.startswith("kiwi-")
    assert terms.fingerprint == KiwiTerms().fingerprint
