"""The vector index: what the store's passages mean, kept in a Chroma collection and derived."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence, Set
from pathlib import Path
from typing import Any

import numpy as np

from corpus.database import CouncilDatabase
from corpus.errors import EmbedderError
from corpus.messages import say
from corpus.types import Visibility
from retrieval.bookkeeping import Standing, VectorBooks, Waiting
from retrieval.chroma import Chroma
from retrieval.collection import VectorCollection
from retrieval.embedders import Embedder
from retrieval.exact import ExactVectors
from retrieval.mirror import Fetched, Mirror
from retrieval.squaring import delete, squared

# 64 passages are 1 to 4 s on two cores: what a kill loses, and how fast stopping is.
_BATCH = 64
# Vectors of equal texts looked at in one call: 64 calls took 0.3 to 0.8 s, one takes 0.01 to 0.03.
_EQUAL = 1_000


class VectorIndex:
    """Keeps a vector of every passage and finds the nearest ones.

    The store says which passages have one (`passage_vectors`); this object makes the rest, in
    batches that are committed one by one. Searching is safe from any thread while one writes.

    Args:
        chroma: Where the collection lives.
        database: The council's store.
        embedder: Makes the vectors; another fingerprint means another collection.
        now: Seconds of a clock that never goes back.
        copies: Folder of the copy that is searched exactly instead; None always asks the
            collection.
    """

    def __init__(
        self,
        chroma: Chroma,
        database: CouncilDatabase,
        embedder: Embedder,
        now: Callable[[], float] = time.monotonic,
        *,
        copies: Path | None = None,
    ) -> None:
        self.embedder = embedder
        self._books = VectorBooks(database, embedder.fingerprint)
        self._collection = VectorCollection(
            chroma, f"dongne-{self._books.store()}-", embedder.fingerprint, now
        )
        self._mirror = (
            Mirror(copies, self._books, self._fetched, lambda: embedder.dimensions)
            if copies
            else None
        )

    def search(
        self, vector: Sequence[float], k: int, audience: Visibility
    ) -> list[tuple[int, float]]:
        """The passages nearest to a vector.

        Args:
            vector: Of the question.
            k: How many at most.
            audience: Highest level that may be seen, as far as the index knows; a level that
                changed since the last `sync` must be checked against the store.

        Returns:
            Passage row numbers with their cosines, best first, equal ones by row number. Passages
            that the store has given up since may be among them.

        Raises:
            RetrievalError: The index cannot be used now; search without it.
        """
        if copy := self._copy():
            return copy.nearest(vector, k, audience)
        question: Any = [list(vector)]
        where: Any = None if audience >= Visibility.STAFF else {"level": {"$lte": int(audience)}}
        found = self._collection.ask(
            lambda collection: collection.query(
                query_embeddings=question, n_results=k, where=where, include=["distances"]
            )
        )
        distances = (found["distances"] or [[]])[0]
        pairs = [
            (int(id_), 1.0 - float(distance))
            for id_, distance in zip(found["ids"][0], distances, strict=True)
        ]
        return sorted(pairs, key=lambda pair: (-pair[1], pair[0]))

    def cosines(self, vector: Sequence[float], ids: Sequence[int]) -> dict[int, float]:
        """Cosines of a vector to given passages, as far as they have one.

        Raises:
            RetrievalError: The index cannot be used now.
        """
        if not ids:
            return {}
        if copy := self._copy():
            return copy.cosines(vector, ids)
        found, matrix = self._fetched(ids)
        if not found:
            return {}
        question = np.asarray(vector, dtype=np.float32)
        lengths = np.linalg.norm(matrix, axis=1) * np.linalg.norm(question)
        values = matrix @ question / np.maximum(lengths, 1e-12)
        return {number: float(value) for number, value in zip(found, values, strict=True)}

    def pending(self) -> int:
        """Number of passages whose vector is missing, or made or filed under old terms."""
        return self._books.pending()

    def sync(
        self,
        progress: Callable[[int, int], None] | None = None,
        stop: Callable[[], bool] = lambda: False,
        *,
        wait: bool = True,
    ) -> bool:
        """Make the vectors that are missing and drop those whose passage is gone.

        One process works at a time; another one waits and reports its progress. Each batch is
        kept, so that stopping or a kill loses one batch; vectors of equal texts are used again.

        Args:
            progress: Told (done, total) after each batch.
            stop: Asked before each batch.
            wait: Whether to wait while another process works; else return at once.

        Returns:
            Whether every passage has its vector now.

        Raises:
            RetrievalError: The index cannot be used; what was done is kept.
        """
        report = progress or (lambda done, total: None)
        left = total = self.pending()
        with self._books.sole_writer(
            wait, stop, lambda: report(max(0, total - self.pending()), total)
        ) as mine:
            if mine and self._mirror:
                self._mirror.renew()
            if mine and (total or self._books.stale()):
                self._fill(total, report, stop)
                left = self.pending()
                self._sweep(whole=not left)
            if mine:
                self._rest()
        return not (left if mine else self.pending())

    def check(self) -> list[str]:
        """Compare index and store, and repair the books: `sync` then makes what is missing.

        Where the copy that is searched has all, the collection is left alone: to open one of
        100,000 vectors took 30 s of a busy machine and their size in memory. `standing` opens it.

        Returns:
            What was wrong, in sentences for staff; nothing where all is well or another process
            is writing.

        Raises:
            IndexMismatchError: The index folder is damaged.
            RetrievalError: The server cannot be reached.
        """
        with self._books.sole_writer(False) as mine:
            if not mine or (self._mirror and self._mirror.holds() == self._books.made()):
                return []
            count = self._collection.count()
            if count == self._books.made() + self._books.stale_count():
                return []
            return squared(self._collection, self._books)

    def standing(self) -> Standing:
        """How index and store stand; nothing is mended.

        Raises:
            IndexMismatchError: The index folder is damaged.
            RetrievalError: The server cannot be reached.
        """
        with self._books.sole_writer(False) as free:
            return self._books.standing(held=self._collection.count(), busy=not free)

    def rebuild(self) -> None:
        """Forget every vector, a damaged folder included; `sync` then makes all anew.

        Raises:
            BusyError: Another process is writing.
            RetrievalError: The server cannot be reached.
        """
        with self._books.sole_writer(False, must=True):
            self._collection.erase()
            self._books.clear()
            if self._mirror:
                self._mirror.erase()

    def close(self) -> None:
        """Let go of the client."""
        self._collection.close()

    def _copy(self) -> ExactVectors | None:
        return self._mirror.current() if self._mirror else None

    def _fetched(self, passages: Sequence[int]) -> Fetched:
        """Vectors of passages, as far as the collection has them."""
        names = [str(number) for number in passages]
        found = self._collection.ask(
            lambda collection: collection.get(ids=names, include=["embeddings"])
        )
        ids = [int(id_) for id_ in found["ids"]]
        return ids, np.asarray(found["embeddings"] if ids else [], dtype=np.float32)

    def _fill(
        self, total: int, report: Callable[[int, int], None], stop: Callable[[], bool]
    ) -> None:
        done = last = 0
        while not stop() and (batch := self._books.waiting(after=last, limit=_BATCH)):
            self._write(batch)
            last = batch[-1].id
            done += len(batch)
            report(done, max(total, done))

    def _write(self, batch: Sequence[Waiting]) -> None:
        vectors = self._known({row.sha256 for row in batch})
        new = {row.sha256: row.text for row in batch if row.sha256 not in vectors}
        vectors |= dict(zip(new, self._embedded(list(new.values())), strict=True))
        self._collection.ask(
            lambda collection: collection.upsert(
                ids=[str(row.id) for row in batch],
                embeddings=[vectors[row.sha256] for row in batch],
                metadatas=[
                    {"level": row.level, "document": row.document, "hash": row.sha256}
                    for row in batch
                ],
            )
        )
        if self._mirror:
            made = np.asarray([vectors[row.sha256] for row in batch], dtype=np.float32)
            self._mirror.add(batch, made)
        self._books.record(batch)

    def _embedded(self, texts: list[str]) -> Any:
        """One vector a text, as rows of an array."""
        if not texts:
            return []
        made = np.asarray(self.embedder.embed_documents(texts), dtype=np.float32)
        if made.shape != (len(texts), self.embedder.dimensions):
            raise EmbedderError(
                say(
                    "embedder.wrong_shape",
                    name=self.embedder.fingerprint,
                    expected=self.embedder.dimensions,
                    actual=made.shape[-1],
                )
            )
        return made

    def _known(self, hashes: Set[str]) -> dict[str, Any]:
        """Vectors of equal texts that the collection holds already, by hash."""
        rows, known = self._equal(hashes, _EQUAL)
        if rows == _EQUAL:  # one text stands on a thousand pages: the others one by one
            for sha256 in hashes - known.keys():
                known |= self._equal({sha256}, 1)[1]
        return known

    def _equal(self, hashes: Set[str], most: int) -> tuple[int, dict[str, Any]]:
        """Vectors by hash out of at most so many of the collection, and how many those were."""
        equal: Any = {"hash": {"$in": list(hashes)}}
        found = self._collection.ask(
            lambda collection: collection.get(
                where=equal, limit=most, include=["embeddings", "metadatas"]
            )
        )
        held = [str(metadata["hash"]) for metadata in found["metadatas"] or []]
        made = np.asarray(found["embeddings"], dtype=np.float32)
        return len(held), dict(zip(held, made, strict=True))

    def _sweep(self, *, whole: bool) -> None:
        """Delete the vectors of passages that are gone, and collections of other embedders."""
        while stale := self._books.stale():
            delete(self._collection, stale)
            if self._mirror:
                self._mirror.remove(stale)
            self._books.swept(stale)
        if self._mirror:
            self._mirror.tidy()
        if whole:
            self._collection.drop_others()

    def _rest(self) -> None:
        """Let go of a folder's graph, which lies in memory, while the copy answers."""
        if self._copy() and self._collection.can_rest:
            self._collection.close()
