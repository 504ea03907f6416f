from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from corpus.types import Passage
from retrieval.agreement import agreements
from retrieval.keywords import KeywordIndex
from retrieval.search import HybridSearch
from retrieval.types import Hit
from tests.support.shelf import Shelf


def hit(text: str, *heading: str, document: str = "자료.txt", score: float = 0.5) -> Hit:
    passage = Passage(
        id=1,
        document_id=1,
        ordinal=0,
        start=0,
        end=len(text),
        text=text,
        heading=heading,
        page=None,
    )
    return Hit(passage=passage, document=document, score=score)


def test_letters_agree_whatever_the_spacing() -> None:
    near, far = agreements("우리동네 빨래방", [hit("우 리 동네-빨래 방"), hit("동네 우체국")])
    assert near > far


def test_letters_of_headings_and_of_the_papers_name_count() -> None:
    text = "10월에 연다."
    found = [hit(text), hit(text, "국수 나눔"), hit(text, document="버들동.md")]
    plain, headed, named = agreements("버들동 국수 나눔", found)
    assert headed > plain
    assert named > plain


def test_a_value_of_the_kind_asked_for_counts() -> None:
    found = [hit("국수 나눔 120만원"), hit("국수 나눔")]
    told, untold = agreements("국수 나눔 예산은 얼마야?", found)
    assert told > untold
    told, untold = agreements("국수 나눔이 뭐야?", found)
    assert told == untold


def test_a_question_typed_in_decomposed_letters_is_the_same_question() -> None:
    found = [hit("국수 나눔"), hit("텃밭")]
    decomposed = unicodedata.normalize("NFD", "국수 나눔")
    assert agreements(decomposed, found) == agreements("국수 나눔", found)


@given(st.text(), st.lists(st.tuples(st.text(), st.floats(0, 1)), max_size=4))
def test_any_text_gives_a_score_a_hit_and_takes_nothing_away(
    query: str, texts: list[tuple[str, float]]
) -> None:
    found = [hit(text, score=score) for text, score in texts]
    scores = agreements(query, found)
    assert len(scores) == len(found)
    assert all(new >= one.score for new, one in zip(scores, found, strict=True))


def test_nothing_found_agrees_with_nothing() -> None:
    assert agreements("국수", []) == []
    assert agreements("?!", [hit("국수")]) == [0.5]


def test_a_search_puts_the_passage_first_that_holds_what_is_asked_for(shelf: Shelf) -> None:
    shelf.put("가.txt", "국수 나눔 회의 결과 안내")
    shelf.put("나.txt", "국수 나눔 예산 120만원")
    search = HybridSearch(
        terms=shelf.terms,
        keywords=KeywordIndex(shelf.database),
        vectors=None,
        documents=shelf.documents,
    )
    hits = search.search("국수 나눔에 얼마 들어?")
    assert [one.document for one in hits] == ["나.txt", "가.txt"]
    assert hits[0].score >= hits[1].score
