"""A second look at what was found: question and passage read together by a cross-encoder."""

from __future__ import annotations

import threading
from collections.abc import Sequence

from corpus.errors import EmbedderError
from corpus.messages import say
from retrieval.embedders import safe


class CrossEncoderReranker:
    """Any sentence-transformers `CrossEncoder`; importing that library takes 6 s, so only here.

    Args:
        name_or_path: Folder of a model, or its name where the hub can be reached.

    Raises:
        EmbedderError: There is no such model.
    """

    def __init__(self, name_or_path: str) -> None:
        from sentence_transformers import CrossEncoder

        self._lock = threading.Lock()
        try:
            self._model = CrossEncoder(name_or_path)
        except (OSError, ValueError) as error:
            reason = str(error).splitlines()[0] if str(error) else type(error).__name__
            raise EmbedderError(
                say("embedder.missing", name=name_or_path, reason=reason)
            ) from error

    def scores(self, question: str, passages: Sequence[str]) -> list[float]:
        """How well each passage answers a question, higher is better; none for no passages."""
        if not passages:
            return []
        pairs = [(safe(question), safe(passage)) for passage in passages]
        with self._lock:
            found: list[float] = self._model.predict(pairs, show_progress_bar=False).tolist()
        return found
