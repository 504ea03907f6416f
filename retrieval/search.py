"""Hybrid search: passages by keyword and by meaning, in one ranking."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from corpus.documents import Documents
from corpus.errors import EmbedderError, RetrievalError
from corpus.types import Visibility
from retrieval.agreement import DEPTH, agreements
from retrieval.fusion import fuse
from retrieval.keywords import KeywordIndex
from retrieval.terms import KiwiTerms
from retrieval.types import Hit
from retrieval.vectors import VectorIndex

if TYPE_CHECKING:
    from retrieval.reranking import CrossEncoderReranker

_log = logging.getLogger(__name__)

# 1,000 characters are two windows of the embedder; a question says what it is about before that.
_QUESTION = 1_000
# Vectors of short texts kept: 2,000 take 25 MB as lists of numbers.
_KEPT = 2_000
# Questions whose vectors are made at the same time.
_BESIDE = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a search gave.

    Attributes:
        hits: Passages, best first.
        keywords_only: Whether the vectors should have been used and could not be.
    """

    hits: tuple[Hit, ...]
    keywords_only: bool


class HybridSearch:
    """Finds passages; works by keywords alone while vectors are missing or out of reach.

    Args:
        terms: Makes the terms of a question.
        keywords: Finds by terms.
        vectors: Finds by meaning; None for keywords alone.
        documents: Reads what was found, as far as the audience may.
        candidates: Passages that keywords and vectors each put forward; 100 instead of 50 changed
            nDCG@10 on three sets by -0.006, +0.003 and 0.000.
        reranker: Takes a second look at the best; None takes none.
        reranked: How many of the best it looks at.
    """

    def __init__(
        self,
        *,
        terms: KiwiTerms,
        keywords: KeywordIndex,
        vectors: VectorIndex | None,
        documents: Documents,
        candidates: int = 50,
        reranker: CrossEncoderReranker | None = None,
        reranked: int = 20,
    ) -> None:
        self._terms = terms
        self._keywords = keywords
        self._vectors = vectors
        self._documents = documents
        self._candidates = candidates
        self._reranker = reranker
        self._reranked = reranked
        # What is asked for again and again is embedded once; made anew after a restart.
        self._near: dict[str, list[float]] = {}
        self._beside = ThreadPoolExecutor(max_workers=_BESIDE)

    def search(
        self, query: str, k: int = 10, audience: Visibility = Visibility.PUBLIC
    ) -> list[Hit]:
        """The best passages for a query.

        Args:
            query: Any text; nothing but white space finds nothing.
            k: How many at most.
            audience: Highest level that may be seen.
        """
        return list(self.find(query, k, audience).hits)

    def find(self, query: str, k: int = 10, audience: Visibility = Visibility.PUBLIC) -> Found:
        """As `search`, and whether the vectors took part."""
        found = self._ranked(query, max(k, self._candidates), audience, k)
        return Found(hits=found.hits[:k], keywords_only=found.keywords_only)

    def results(
        self, query: str, k: int = 10, audience: Visibility = Visibility.PUBLIC
    ) -> list[Hit]:
        """As `search`, with only the best passage of each line of a bulk set.

        A line is one thing to be found; a paper is found for the place in it.
        """
        depth = max(2 * k, self._candidates)
        hits = self._ranked(query, depth, audience, 2 * depth).hits
        lines = self._documents.bulk_lines({hit.document for hit in hits})
        best = {id(hit) for hit in best_per_document(hits)}
        return [hit for hit in hits if hit.document not in lines or id(hit) in best][:k]

    def nearness(self, query: str, texts: Sequence[str]) -> list[float] | None:
        """Cosines of some short texts to a question, in their order; None without vectors."""
        if self._vectors is None or not texts:
            return None
        embedder = self._vectors.embedder
        try:
            lacking = [text for text in dict.fromkeys(texts) if text not in self._near]
            made = embedder.embed_documents(lacking) if lacking else []
            if len(self._near) + len(lacking) > _KEPT:
                self._near.clear()
            self._near.update(zip(lacking, made, strict=True))
            known = self._near | dict(zip(lacking, made, strict=True))
            asked = embedder.embed_query(query[:_QUESTION])
        except (EmbedderError, RetrievalError) as error:
            _log.warning("no nearness: %s", type(error).__name__)
            return None
        return [sum(a * b for a, b in zip(asked, known[text], strict=True)) for text in texts]

    def _ranked(self, query: str, depth: int, audience: Visibility, most: int) -> Found:
        """The best of what keywords and vectors put forward, `depth` each; `most` or more."""
        query = query[:_QUESTION]
        if not query.strip():
            return Found(hits=(), keywords_only=False)
        # The engines hold no lock of Python's while they work: on two cores the question's vector
        # (30 ms) is there when the keywords (20 ms) are.
        vector = self._beside.submit(self._embedded, query)
        keyword = dict(self._keywords.search(self._terms.query_terms(query), depth, audience))
        cosine, failed = self._meanings(vector, list(keyword), depth, audience)
        most = max(most, DEPTH, self._reranked)  # what is put in another order is read whole
        fused = self._hits(fuse(keyword, cosine), keyword, cosine, audience, most)
        hits = _reordered(fused, agreements(query, fused[:DEPTH]))
        return Found(hits=self._looked_at(query, hits), keywords_only=failed)

    def _looked_at(self, query: str, hits: tuple[Hit, ...]) -> tuple[Hit, ...]:
        """Hits with the best of them in the order of the reranker, where there is one."""
        if self._reranker is None:
            return hits
        texts = [hit.passage.text for hit in hits[: self._reranked]]
        return _reordered(hits, self._reranker.scores(query, texts))

    def _embedded(self, query: str) -> list[float] | None:
        return None if self._vectors is None else self._vectors.embedder.embed_query(query)

    def _meanings(
        self,
        embedded: Future[list[float] | None],
        known: Sequence[int],
        depth: int,
        audience: Visibility,
    ) -> tuple[dict[int, float], bool]:
        """Cosines of the nearest passages and of those that keywords found; whether it failed."""
        try:
            vector = embedded.result()
            if self._vectors is None or vector is None:
                return {}, False
            cosine = dict(self._vectors.search(vector, depth, audience))
            rest = [passage for passage in known if passage not in cosine]
            return cosine | self._vectors.cosines(vector, rest), False
        except RetrievalError as error:
            _log.warning("searching by keywords only: %s", type(error).__name__)
            return {}, True

    def _hits(
        self,
        ranking: Sequence[tuple[int, float]],
        keyword: Mapping[int, float],
        cosine: Mapping[int, float],
        audience: Visibility,
        most: int,
    ) -> tuple[Hit, ...]:
        """Hits read from the store, which alone decides what the audience may see.

        As many at a time as are wanted: some of them may be hidden, and then others follow.
        """
        found: list[Hit] = []
        for start in range(0, len(ranking), most):
            part = ranking[start : start + most]
            passages = self._documents.passages([number for number, _ in part], audience)
            found += [
                Hit(
                    passage=passages[number][1],
                    document=passages[number][0],
                    score=score,
                    keyword=keyword.get(number),
                    cosine=cosine.get(number),
                )
                for number, score in part
                if number in passages
            ]
            if len(found) >= most:
                break
        return tuple(found)


def _reordered(hits: tuple[Hit, ...], scores: Sequence[float]) -> tuple[Hit, ...]:
    """Hits with as many of the first as there are scores in the order of these.

    The hits' own scores stay in order, so that they can be compared within one ranking.
    """
    order = sorted(range(len(scores)), key=lambda place: -scores[place])
    best = [replace(hits[place], score=hits[rank].score) for rank, place in enumerate(order)]
    return (*best, *hits[len(scores) :])


def best_per_document(hits: Iterable[Hit]) -> list[Hit]:
    """The first hit of each document, in order."""
    best: dict[str, Hit] = {}
    for hit in hits:
        best.setdefault(hit.document, hit)
    return list(best.values())
