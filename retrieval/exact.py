"""A copy of a store's vectors in one array, searched exactly while that is the faster way."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from corpus.types import Visibility

# The nearest 50 of 10,000 vectors take 0.3 ms and of 50,000 3 ms, of 100,000 16 ms; a Chroma
# collection takes 2 to 3 ms whatever its size, and 0.6 s and 100 MB to be opened.
MOST = 50_000

Part: TypeAlias = tuple[Sequence[int], Sequence[int], NDArray[np.float32]]
"""Numbers of passages, the levels of their papers, and a row a vector."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExactVectors:
    """Vectors of length 1, mapped from a file.

    Attributes:
        passages: Row numbers of passages, ascending.
        levels: Lowest audience that may see each.
        vectors: A row a passage.
    """

    passages: NDArray[np.int64]
    levels: NDArray[np.int64]
    vectors: NDArray[np.float32]

    def nearest(
        self, vector: Sequence[float], k: int, audience: Visibility
    ) -> list[tuple[int, float]]:
        """The passages nearest to a vector with their cosines, best first; at most `k`."""
        cosines = self.vectors @ _unit(np.asarray(vector, dtype=np.float32))
        seen = np.flatnonzero(self.levels <= int(audience))
        if len(seen) > k:
            seen = seen[np.argpartition(-cosines[seen], k)[:k]]
        pairs = zip(self.passages[seen].tolist(), cosines[seen].tolist(), strict=True)
        return sorted(pairs, key=lambda pair: (-pair[1], pair[0]))

    def cosines(self, vector: Sequence[float], passages: Sequence[int]) -> dict[int, float]:
        """Cosines of a vector to given passages, as far as they have one."""
        wanted = np.asarray(sorted(passages), dtype=np.int64)
        rows = np.searchsorted(self.passages, wanted)
        known = rows < len(self.passages)
        known[known] = self.passages[rows[known]] == wanted[known]
        values = self.vectors[rows[known]] @ _unit(np.asarray(vector, dtype=np.float32))
        return dict(zip(wanted[known].tolist(), values.tolist(), strict=True))


class ExactCopies:
    """Keeps the copy of the newest state of an index; a copy is whole or not there.

    Args:
        folder: Where copies lie, each in a folder named after the state that it is of.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = threading.Lock()
        self._open: tuple[str, ExactVectors] | None = None

    def of(self, state: str) -> ExactVectors | None:
        """The copy of a state; None where nobody made one."""
        with self._lock:
            if self._open is None or self._open[0] != state:
                copy = self._read(state)
                self._open = None if copy is None else (state, copy)
            return None if self._open is None else self._open[1]

    def write(self, state: str, parts: Iterable[Part]) -> None:
        """Make the copy of a state in the place of all others.

        Args:
            state: Names it; no path.
            parts: The vectors, in any order.
        """
        self._folder.mkdir(parents=True, exist_ok=True)
        columns = list(zip(*parts, strict=True))
        if not columns:
            return
        passages, levels, vectors = (np.concatenate(column) for column in columns)
        order = np.argsort(passages)
        made = Path(mkdtemp(dir=self._folder))
        np.save(made / "passages.npy", np.stack([passages, levels], axis=1)[order].astype(np.int64))
        np.save(made / "vectors.npy", _unit(vectors[order].astype(np.float32)))
        shutil.rmtree(self._folder / state, ignore_errors=True)  # a damaged one
        made.rename(self._folder / state)
        self.drop(but=state)

    def drop(self, but: str = "") -> None:
        """Remove copies of other states, and what a kill left half made."""
        for other in self._folder.glob("*"):
            if other.name != but:
                shutil.rmtree(other, ignore_errors=True)

    def _read(self, state: str) -> ExactVectors | None:
        try:
            passages = np.load(self._folder / state / "passages.npy")
            vectors = np.load(self._folder / state / "vectors.npy", mmap_mode="r")
        except (OSError, ValueError):
            return None  # not made, or damaged: the collection itself is searched
        return ExactVectors(passages=passages[:, 0], levels=passages[:, 1], vectors=vectors)


def _unit(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    scaled: NDArray[np.float32] = vectors / np.maximum(lengths, 1e-12)
    return scaled
