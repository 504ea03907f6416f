"""Vectors searched exactly: every one of them is compared with the question's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from corpus.types import Visibility


@dataclass(frozen=True, slots=True, kw_only=True)
class ExactVectors:
    """Vectors of length 1, mapped from a file.

    Attributes:
        passages: Row numbers of passages.
        levels: Lowest audience that may see each; above all of them for a passage that is gone.
        vectors: A row a passage.
        order: What sorts `passages`.
    """

    passages: NDArray[np.int64]
    levels: NDArray[np.int64]
    vectors: NDArray[np.float32]
    order: NDArray[np.int64]

    def nearest(
        self, vector: Sequence[float], k: int, audience: Visibility
    ) -> list[tuple[int, float]]:
        """The passages nearest to a vector with their cosines, best first; at most `k`."""
        cosines = self.vectors @ unit(np.asarray(vector, dtype=np.float32))
        seen = np.flatnonzero(self.levels <= int(audience))
        if len(seen) > k:
            seen = seen[np.argpartition(-cosines[seen], k)[:k]]
        pairs = zip(self.passages[seen].tolist(), cosines[seen].tolist(), strict=True)
        return sorted(pairs, key=lambda pair: (-pair[1], pair[0]))

    def cosines(self, vector: Sequence[float], passages: Sequence[int]) -> dict[int, float]:
        """Cosines of a vector to given passages, as far as they have one."""
        wanted = np.asarray(sorted(passages), dtype=np.int64)
        rows = self.rows(wanted)
        known = rows >= 0
        values = self.vectors[rows[known]] @ unit(np.asarray(vector, dtype=np.float32))
        return dict(zip(wanted[known].tolist(), values.tolist(), strict=True))

    def rows(self, passages: NDArray[np.int64]) -> NDArray[np.int64]:
        """The row of each passage; -1 for one that has none."""
        places = np.searchsorted(self.passages, passages, sorter=self.order)
        rows = np.full(len(passages), -1, dtype=np.int64)
        inside = places < len(self.passages)
        rows[inside] = self.order[places[inside]]
        rows[inside] = np.where(
            self.passages[rows[inside]] == passages[inside], rows[inside], np.int64(-1)
        )
        return rows


def unit(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """Vectors, one or a row each, stretched to length 1; those of length 0 stay."""
    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    scaled: NDArray[np.float32] = vectors / np.maximum(lengths, 1e-12)
    return scaled
