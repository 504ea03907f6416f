"""The one Chroma collection that belongs to a store and an embedder, opened when it is needed."""

from __future__ import annotations

import hashlib
import logging
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from corpus.errors import IndexMismatchError, RetrievalError
from corpus.messages import say
from retrieval.chroma import Chroma, release

if TYPE_CHECKING:
    from chromadb.api import ClientAPI
    from chromadb.api.models.Collection import Collection

_T = TypeVar("_T")
_log = logging.getLogger(__name__)

# On a server, which is searched as it is: with 400, 300 of 300 vectors found themselves at 2 ms a
# query; the defaults lost some at 1,000. A collection keeps the values that it was made with.
_SERVED: Any = {
    "hnsw": {"space": "cosine", "ef_search": 400, "ef_construction": 400, "max_neighbors": 32}
}
# Beside a copy that is searched exactly: of 20,000 vectors alike as passages are, 0.982 of the
# nearest 50 are found instead of 0.997, and 910 a second of one core are filed instead of 360.
# Vectors not yet written to the graph are put into it each time the folder is opened: up to 1,000
# by default, which took 1.0 s of a first question and takes 0.03 s with 100. Writing 6,000 took
# 6.2 s instead of 5.7, as only what changed is written.
_BESIDE: Any = {
    "hnsw": {
        "space": "cosine",
        "ef_search": 400,
        "ef_construction": 100,
        "max_neighbors": 16,
        "sync_threshold": 100,
    }
}
# After a failure a search does without vectors for this long instead of waiting again.
_PAUSE_SECONDS = 30.0


class VectorCollection:
    """Opens the collection, asks it, and turns what goes wrong into this program's errors.

    Safe to use from several threads.

    Args:
        chroma: Where it lives.
        prefix: What the names of all collections of the store begin with.
        fingerprint: Of the embedder; its digest ends the name, so that another embedder gets
            another collection and servers can be shared.
        now: Seconds of a clock that never goes back.
    """

    def __init__(
        self, chroma: Chroma, prefix: str, fingerprint: str, now: Callable[[], float]
    ) -> None:
        self._chroma = chroma
        self._prefix = prefix
        self._fingerprint = fingerprint
        self._name = prefix + hashlib.sha256(fingerprint.encode()).hexdigest()[:16]
        self._now = now
        self._guard = threading.RLock()
        self._client: ClientAPI | None = None
        self._collection: Collection | None = None
        self._failed: tuple[float, RetrievalError] | None = None

    @property
    def can_rest(self) -> bool:
        """Whether it holds its vectors in this process and can be opened again."""
        return self._chroma.kind == "persistent"

    def ask(self, call: Callable[[Collection], _T]) -> _T:
        """Run one call of chromadb, once more when another process replaced the collection.

        Raises:
            IndexMismatchError: The folder is damaged, or other means made the collection.
            RetrievalError: The server cannot be reached, or could not within the last 30 s.
        """
        try:
            return self._once(call)
        except _ReplacedError:
            return self._once(call)

    def count(self) -> int:
        """Number of vectors; one is read, which finds a damaged folder that counting does not."""
        self.ask(lambda collection: collection.get(limit=1, include=["embeddings"]))
        return self.ask(lambda collection: collection.count())

    def drop_others(self) -> None:
        """Delete the store's collections that other embedders made."""
        client = self._connected()
        for other in self.ask(lambda _: client.list_collections()):
            if other.name.startswith(self._prefix) and other.name != self._name:
                client.delete_collection(other.name)

    def erase(self) -> None:
        """Delete the collection; where its folder is damaged, the whole folder.

        Raises:
            RetrievalError: The server cannot be reached.
        """
        self._failed = None
        try:
            collection = self._opened()
            self._connected().delete_collection(collection.name)
        except IndexMismatchError:
            self.close()
            self._chroma.erase()
        self._failed = None
        self.close()

    def close(self) -> None:
        """Let go of the client; the next use opens it again."""
        with self._guard:
            self._collection = None
            client, self._client = self._client, None
        if client is not None:
            release(client)

    def _once(self, call: Callable[[Collection], _T]) -> _T:
        collection = self._opened()
        try:
            return call(collection)
        except Exception as error:  # chromadb raises a dozen kinds, its Rust part among them
            if type(error).__name__ == "NotFoundError":
                self._collection = None
                raise _ReplacedError(*self._chroma.failure(error).args) from error
            self.close()
            raise self._fail(self._chroma.failure(error)) from error

    def _opened(self) -> Collection:
        with self._guard:
            if self._collection is None:
                client = self._connected()
                try:
                    collection = client.get_or_create_collection(
                        self._name,
                        embedding_function=None,
                        configuration=_SERVED if self._chroma.kind == "http" else _BESIDE,
                        metadata={"fingerprint": self._fingerprint},
                    )
                except Exception as error:
                    self.close()
                    raise self._fail(self._chroma.failure(error)) from error
                # An existing collection keeps its own metadata, whatever is asked for.
                if (collection.metadata or {}).get("fingerprint") != self._fingerprint:
                    raise IndexMismatchError(say("index.mismatch"))
                self._collection = collection
            return self._collection

    def _connected(self) -> ClientAPI:
        with self._guard:
            if self._client is None:
                if self._failed and self._now() < self._failed[0]:
                    raise type(self._failed[1])(*self._failed[1].args)
                try:
                    self._client = self._chroma.connect()
                except RetrievalError as error:
                    raise self._fail(error) from error.__cause__
            return self._client

    def _fail(self, error: RetrievalError) -> RetrievalError:
        """Remember a failure, so that the next questions do not wait for it again."""
        self._failed = (self._now() + _PAUSE_SECONDS, error)
        _log.warning("vector index: %s", error)
        return error


class _ReplacedError(RetrievalError):
    """Another process deleted the collection that was open here."""
