"""Services asked for in words that no paper prints: found by meaning, and said to be only near."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.wiring import answering
from corpus.types import Visibility
from retrieval.answer import Answerer
from retrieval.chroma import Chroma
from retrieval.e5.embeddings import E5Embeddings
from retrieval.keywords import KeywordIndex
from retrieval.search import HybridSearch
from retrieval.terms import KiwiTerms
from retrieval.types import Basis
from retrieval.understanding.seeking import seeks
from retrieval.vectors import VectorIndex
from tests.support.secretary import Secretary, day

_SERVICES = """# 2031년 하늘재군 생활서비스 안내

| 사업명 | 대상 | 내용 | 신청방법 | 문의 |
|---|---|---|---|---|
| 스마트폰 첫걸음 | 65세 이상 어르신 | 휴대전화 사용법 교육 | 방문 | 041-000-1101 |
| 이동 동행차 | 휠체어를 이용하는 등록장애인 | 병원까지 차량 운행 | 전화 | 041-000-1102 |
| 산모 꾸러미 | 출산 후 60일 이내 산모 | 국과 반찬 배달 | 온라인 | 041-000-1103 |
| 마음 상담실 | 19~39세 청년 | 1:1 심리 상담 6회 | 온라인 | 041-000-1104 |
| 지붕 고침이 | 중위소득 60% 이하 가구 | 지붕과 창호 수리 | 방문 | 041-000-1105 |
| 텃밭 교실 | 초등학생이 있는 가족 | 채소 가꾸기 | 선착순 | 041-000-1106 |
"""


@pytest.fixture(scope="module")
def answerer(
    tmp_path_factory: pytest.TempPathFactory, embedder: E5Embeddings
) -> Iterator[Answerer]:
    folder, terms = tmp_path_factory.mktemp("services"), KiwiTerms()
    secretary = Secretary(folder, terms, day("2031-05-01"))
    secretary.write({"안내.md": _SERVICES})
    vectors = VectorIndex(
        Chroma(kind="persistent", path=folder / "index"), secretary.database, embedder
    )
    vectors.sync()
    search = HybridSearch(
        terms=terms,
        keywords=KeywordIndex(secretary.database),
        vectors=vectors,
        documents=secretary.documents,
    )
    yield answering(
        secretary.database, secretary.documents, search, secretary.weigher, terms, passages=8
    )
    vectors.close()
    secretary.close()


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ("핸드폰 가르쳐주는 데 있나", "스마트폰 첫걸음"),
        ("우울증 치료 도와주는 데 있어?", "마음 상담실"),
    ],
)
def test_a_service_that_is_near_is_told_as_near(answerer: Answerer, asked: str, name: str) -> None:
    answer = answerer.answer(asked, Visibility.PUBLIC, (), day("2031-05-01"))
    assert name in answer.text
    assert answer.citations


@pytest.mark.parametrize("asked", ["강아지 미용 해주는 데", "여권 만들어주는 데 있어?"])
def test_what_no_service_is_near_to_stays_unanswered(answerer: Answerer, asked: str) -> None:
    answer = answerer.answer(asked, Visibility.PUBLIC, (), day("2031-05-01"))
    assert answer.basis is Basis.NONE
    assert not answer.citations


def test_who_asks_for_a_number_looks_for_no_service() -> None:
    assert seeks("우산 빌리는 데 있어?")
    assert not seeks("우산 빌리는 데 몇 명이 왔어?")
    assert not seeks("가람동 예산 알려줘")
