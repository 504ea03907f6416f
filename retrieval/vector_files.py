"""The files of a copy of vectors: rows are added at the end, and count once they are on disk."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.snapshot import to_disk
from retrieval.exact import ExactVectors, unit

GONE = 1 << 20
"""The level of a passage that is gone: above that of every audience."""

_MARK, _LABELS, _VECTORS = "mark.json", "passages.i64", "vectors.f32"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """How far the files of a copy can be trusted.

    Attributes:
        rows: So many rows are on disk; whatever lies behind them is left of a kill.
        dimensions: Length of a vector.
        changes: The state of the index that it is of, as the store counts its changes.
        whole: Whether it holds every vector of that state, so that it may be searched.
    """

    rows: int
    dimensions: int
    changes: int
    whole: bool


class VectorFiles:
    """One copy: vectors, the passage and level of each, and a mark that is written last.

    A row is never moved: a passage that gets another level or vector is written over, one that is
    gone is labelled so. Whoever has mapped the files goes on reading while one process writes.

    Args:
        folder: Of this copy alone; made at the first write.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def mark(self) -> Mark | None:
        """The mark as it is on disk; None where there is none or it is damaged."""
        try:
            return Mark(**json.loads((self.folder / _MARK).read_bytes()))
        except (OSError, ValueError, TypeError):
            return None

    def mapped(self, mark: Mark) -> ExactVectors | None:
        """The rows that a mark vouches for; None where the files are damaged."""
        if not mark.rows:
            nothing = np.zeros(0, dtype=np.int64)
            vectors = np.zeros((0, mark.dimensions), dtype=np.float32)
            return ExactVectors(passages=nothing, levels=nothing, vectors=vectors, order=nothing)
        try:
            labels = np.fromfile(self.folder / _LABELS, dtype=np.int64, count=2 * mark.rows)
            vectors = np.memmap(
                self.folder / _VECTORS,
                dtype=np.float32,
                mode="r",
                shape=(mark.rows, mark.dimensions),
            )
            passages, levels = np.ascontiguousarray(labels.reshape(mark.rows, 2).T)
        except (OSError, ValueError):
            return None
        return ExactVectors(
            passages=passages,
            levels=levels,
            vectors=vectors,
            order=np.argsort(passages, kind="stable"),  # as good as sorted: no time
        )

    def begin(self, dimensions: int) -> None:
        """Start an empty copy that is not whole yet, in the place of what is there."""
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        (self.folder / _LABELS).touch(mode=0o600)
        (self.folder / _VECTORS).touch(mode=0o600)
        self._write_mark(Mark(rows=0, dimensions=dimensions, changes=-1, whole=False))

    def put(
        self,
        passages: NDArray[np.int64],
        levels: NDArray[np.int64],
        vectors: NDArray[np.float32],
    ) -> None:
        """Add the vectors of passages; a passage that is there already is written over.

        They count once `settle` has been called or the next ones are put.
        """
        mark, known = self._open()
        rows = known.rows(passages)
        new = rows < 0
        rows[new] = mark.rows + np.arange(int(new.sum()))
        labels = np.stack([passages, levels], axis=1).astype(np.int64)
        self._write(_VECTORS, rows, unit(np.ascontiguousarray(vectors, dtype=np.float32)))
        self._write(_LABELS, rows, labels)
        self._write_mark(replace(mark, rows=mark.rows + int(new.sum())))

    def label(self, passages: NDArray[np.int64], levels: NDArray[np.int64]) -> None:
        """Give passages that are there other levels, `GONE` among them."""
        _, known = self._open()
        rows = known.rows(passages)
        labels = np.stack([passages, levels], axis=1).astype(np.int64)
        self._write(_LABELS, rows[rows >= 0], labels[rows >= 0])

    def settle(self, changes: int) -> None:
        """Say that the copy is whole and of this state."""
        mark, _ = self._open()
        self._write_mark(replace(mark, changes=changes, whole=True))

    def _open(self) -> tuple[Mark, ExactVectors]:
        mark = self.mark()
        known = self.mapped(mark) if mark else None
        if mark is None or known is None:
            raise OSError(f"{self.folder} is damaged")
        return mark, known

    def _write(self, name: str, rows: NDArray[np.int64], values: NDArray[np.generic]) -> None:
        with (self.folder / name).open("r+b") as file:
            for first, last in _runs(rows):
                file.seek(int(rows[first]) * values[0].nbytes)
                file.write(values[first:last].tobytes())
            file.flush()
            os.fsync(file.fileno())

    def _write_mark(self, mark: Mark) -> None:
        made = self.folder / f"{_MARK}.part"
        made.write_text(json.dumps(asdict(mark)))
        to_disk(made)
        made.replace(self.folder / _MARK)
        to_disk(self.folder)


def _runs(rows: Sequence[int] | NDArray[np.int64]) -> Iterator[tuple[int, int]]:
    """Stretches of rows that lie side by side, as places in the sequence."""
    if not len(rows):
        return
    breaks = np.flatnonzero(np.diff(rows) != 1) + 1
    edges = [0, *breaks.tolist(), len(rows)]
    yield from pairwise(edges)
