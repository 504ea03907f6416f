"""Generated stores, filled once and kept: papers by bulk SQL, vectors through the index itself."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from bot.wiring import Council
from retrieval.embedders import Embedder
from retrieval.mirror import Fetched, Mirror
from retrieval.vectors import VectorIndex
from tests.benchmarks.curve_stores import DIMENSIONS, Papers, vectors
from tests.benchmarks.product import opened

IN_CHROMA = 100_000
"""Larger stores get their copy alone: a collection of a million takes hours of a core."""

_NUMBER = re.compile(r"접수 (\d+)번")


class MadeUpVectors(Embedder):
    """Vectors by the number that a passage begins with, under the name of the real embedder."""

    def __init__(self, named: Embedder) -> None:
        self._named = named

    @property
    def fingerprint(self) -> str:
        return self._named.fingerprint

    @property
    def dimensions(self) -> int:
        return DIMENSIONS

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        found = [_NUMBER.search(text) for text in texts]
        numbers = [int(match[1]) if match else 0 for match in found]
        made: list[list[float]] = vectors(np.asarray(numbers, dtype=np.int64)).tolist()
        return made

    def embed_query(self, text: str) -> list[float]:
        return self.embed_documents([text])[0]


def filled(place: Path, passages: int, papers: Papers | None = None) -> Path:
    """The store of so many passages, filled as far as it is not; its figures lie beside it.

    Args:
        place: Folder of all such stores.
        passages: How many.
        papers: Those to write; made anew where None is given.
    """
    folder = place / f"passages-{passages}"
    noted = place / f"passages-{passages}.json"
    if noted.exists():
        return folder
    with opened(folder) as council:
        made_by = papers or Papers(council.search._terms)
        began = time.perf_counter()
        made_by.write(council.database, passages)
        written = time.perf_counter()
        if passages <= IN_CHROMA:
            _index(council)
        else:
            _copy(council)
        indexed = time.perf_counter()
    taken = {"papers": written - began, "vectors": indexed - written}
    noted.write_text(json.dumps(taken), encoding="utf-8")
    return folder


def _index(council: Council) -> None:
    index = VectorIndex(
        council.vectors._collection._chroma,
        council.database,
        MadeUpVectors(council.vectors.embedder),
        copies=council.config.data.folder / "vectors",
    )
    assert index.sync()
    index.close()


def _copy(council: Council) -> None:
    """Fill the copy as a new machine would, from vectors that are there."""
    books = council.vectors._books
    with council.database.write() as db:
        db.execute(
            "insert or ignore into passage_vectors select p.id, ? || '@' || d.visibility"
            " from passages p join documents d on d.id = p.document_id",
            [council.vectors.embedder.fingerprint],
        )
        db.execute("insert or ignore into settings values ('vectors.changes', '1')")

    def made(passages: Sequence[int]) -> Fetched:
        return list(passages), vectors(np.asarray(passages, dtype=np.int64))

    Mirror(council.config.data.folder / "vectors", books, made, lambda: DIMENSIONS).renew()
