"""The standard folder, read by the libraries that it is for."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from retrieval.e5.embeddings import E5Embeddings
from retrieval.e5.packed import PackedModel
from retrieval.e5.standard import write_standard
from retrieval.embedders import SentenceTransformerEmbeddings

TEXTS = [
    "경로당 급식을 늘린다.",
    "보안등 40개를  ① 골목에 세움 (㈜가람, ２０３１년)",
    "lunch for the elderly",
    "",
    "어르신 😀😀 나들이 \u200b 값: ½",
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, packed: PackedModel) -> Path:
    folder = tmp_path_factory.mktemp("standard")
    write_standard(packed, folder)
    return folder


def test_sentence_transformers_gives_the_same_vectors(
    folder: Path, embedder: E5Embeddings, packed: PackedModel
) -> None:
    from tokenizers import Tokenizer

    standard = SentenceTransformerEmbeddings(
        str(folder), query_prompt="query: ", document_prompt="passage: "
    )
    ours = np.array([*embedder.embed_documents(TEXTS), embedder.embed_query("예산은?")])
    theirs = np.array([*standard.embed_documents(TEXTS), standard.embed_query("예산은?")])
    assert (ours * theirs).sum(axis=1).min() >= 0.985
    assert standard._model.prompts == {"query": "query: ", "document": "passage: "}

    pieces, _ = embedder.load()
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    # Every character that is replaced stands in one of these.
    replaced = [chr(code) + "가" for code in packed.vocabulary.normal]
    for text in ("query: " + one for one in [*TEXTS, *replaced]):
        assert pieces.cut(text) == tokenizer.encode(text, add_special_tokens=False).ids, text
