from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.types import Visibility
from retrieval.keywords import KeywordIndex
from tests.support.shelf import Shelf


@pytest.fixture
def papers(shelf: Shelf) -> dict[str, int]:
    return {
        "minutes": shelf.put(
            "회의록.txt", "마루구 협의체 회의록\n경로당 급식 예산안을 의결하였다."
        ),
        "plan": shelf.put("계획.txt", "마루구 연차별 계획\n청소년 상담 사업을 넓힌다."),
        "internal": shelf.put("내부.txt", "직원 메모\n경로당 점검 결과", Visibility.STAFF),
        "shared": shelf.put("위원.txt", "위원 자료\n경로당 방문 계획", Visibility.MEMBERS),
    }


def found(shelf: Shelf, question: str, audience: Visibility = Visibility.STAFF) -> list[int]:
    hits = KeywordIndex(shelf.database).search(shelf.terms.query_terms(question), 10, audience)
    return [number for number, _ in hits]


def test_a_paper_is_found_as_soon_as_it_is_stored(shelf: Shelf, papers: dict[str, int]) -> None:
    assert found(shelf, "급식 예산은 얼마예요?")[0] in shelf.passages(papers["minutes"])


@pytest.mark.parametrize(
    ("audience", "names"),
    [
        (Visibility.PUBLIC, {"minutes"}),
        (Visibility.MEMBERS, {"minutes", "shared"}),
        (Visibility.STAFF, {"minutes", "shared", "internal"}),
    ],
)
def test_an_audience_finds_what_it_may_see(
    shelf: Shelf, papers: dict[str, int], audience: Visibility, names: set[str]
) -> None:
    expected = {number for name in names for number in shelf.passages(papers[name])}
    assert set(found(shelf, "경로당", audience)) == expected


def test_a_level_that_changes_counts_at_once(shelf: Shelf, papers: dict[str, int]) -> None:
    shelf.show_to(papers["minutes"], Visibility.STAFF)
    assert found(shelf, "급식", Visibility.PUBLIC) == []


def test_better_matches_come_first_and_scores_fall(shelf: Shelf, papers: dict[str, int]) -> None:
    hits = KeywordIndex(shelf.database).search(["경로당", "급식"], 10, Visibility.STAFF)
    scores = [score for _, score in hits]
    assert hits[0][0] in shelf.passages(papers["minutes"])
    assert scores == sorted(scores, reverse=True)


def test_no_more_than_asked_come_back(shelf: Shelf, papers: dict[str, int]) -> None:
    assert len(KeywordIndex(shelf.database).search(["경로당"], 2, Visibility.STAFF)) == 2


def test_no_terms_find_nothing(shelf: Shelf, papers: dict[str, int]) -> None:
    assert KeywordIndex(shelf.database).search([], 10, Visibility.STAFF) == []


def test_a_paper_taken_out_is_not_found(shelf: Shelf, papers: dict[str, int]) -> None:
    shelf.remove(papers["minutes"])
    assert found(shelf, "급식") == []


def test_rarer_terms_tell_more(shelf: Shelf, papers: dict[str, int]) -> None:
    keywords = KeywordIndex(shelf.database)
    assert keywords.document_frequency("경로당") == 3
    assert keywords.document_frequency("") == 0
    assert keywords.rarity("없는낱말") > keywords.rarity("급식") > keywords.rarity("경로당") > 0


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.text(max_size=80)
    | st.text(alphabet='"*()^:-+{} ORANDNEAR예산가1', max_size=40)
    | st.lists(st.sampled_from(['"', "OR", "body:", "예산", "^", "*", "-", "\0"])).map(" ".join)
)
def test_nothing_that_is_typed_raises(shelf: Shelf, typed: str) -> None:
    keywords = KeywordIndex(shelf.database)
    keywords.search([typed, *typed.split(), *shelf.terms.query_terms(typed)], 5, Visibility.PUBLIC)
    assert keywords.rarity(typed) >= 0
