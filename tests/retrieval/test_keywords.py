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


@pytest.fixture
def crowded(shelf: Shelf) -> int:
    """Forty papers of one project in two neighbourhoods, one of them about an accident as well."""
    for number in range(40):
        shelf.put(
            f"{number}.txt", f"{'가람' if number % 2 else '나래'}2동 반찬나눔 {number}번째 방문"
        )
    return shelf.passages(shelf.put("사고.txt", "가람2동 반찬나눔 차량 사고"))[0]


@pytest.mark.parametrize("bound", [4, 12, 25])
def test_a_large_store_is_searched_by_rare_terms_and_scored_by_all(
    shelf: Shelf, crowded: int, bound: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    question = "가람2동 반찬나눔 차량 사고"
    whole = found(shelf, question)
    monkeypatch.setattr("retrieval.keywords._ALL_SCORED", bound)
    monkeypatch.setattr("retrieval.keywords._SCORED", bound)
    assert found(shelf, question)[0] == crowded == whole[0]


def test_frequent_terms_alone_are_looked_for_side_by_side(
    shelf: Shelf, crowded: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("retrieval.keywords._ALL_SCORED", 10)
    monkeypatch.setattr("retrieval.keywords._SCORED", 22)
    hits = KeywordIndex(shelf.database).search(["가람2동", "반찬나눔"], 30, Visibility.STAFF)
    rows = shelf.database.read("select id from passages where text like '가람%'")
    assert {number for number, _ in hits} == {row["id"] for row in rows}


def test_a_count_follows_papers_that_come_and_go(shelf: Shelf, papers: dict[str, int]) -> None:
    keywords = KeywordIndex(shelf.database)
    assert keywords.document_frequency("경로당") == 3
    shelf.put("또.txt", "경로당 나들이")
    assert keywords.document_frequency("경로당") == 4
    shelf.remove(papers["minutes"])
    assert keywords.document_frequency("경로당") == 3
