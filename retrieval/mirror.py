"""A copy of an index's vectors that is searched exactly and grows with the index."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from retrieval.bookkeeping import AT_ONCE, VectorBooks, Waiting
from retrieval.exact import ExactVectors
from retrieval.vector_files import GONE, Mark, VectorFiles

# A million vectors of 384 numbers take 0.1 to 0.16 s on two cores and 1.5 GB of the disk's cache,
# where a Chroma collection of 20,000 takes 0.02 s, and 0.2 s once it asks for levels. Beyond this
# an answer would be waited for, and a Chroma server is the better place.
MOST = 2_000_000
# Vectors copied at once: 8 MB.
_PAGE = AT_ONCE
# A copy with more rows of gone passages than a quarter of all is made anew.
_MOST_GONE = 4
# The index may change between the look at the copy and the look at the store, but not so often.
_LOOKS = 3
# A question sees the store at one moment, while batches of one to four seconds go on.
_AHEAD = 16

Fetched: TypeAlias = tuple[list[int], NDArray[np.float32]]
"""Row numbers of passages, and a row each."""


class Mirror:
    """Keeps the copy; one process writes it, by the lock of the vector index, and all read it.

    A vector is in the copy before the store knows of it, so that a copy is never behind: a kill in
    between leaves one that is ahead, which the next writer puts right. A copy that is made anew
    cannot be seen before it is whole.

    Args:
        folder: Where copies lie, each in a folder of its own.
        books: What the store knows of the index.
        fetch: Takes vectors out of the collection, as far as it has them.
        dimensions: Gives the length of a vector; asked when a copy is begun.
        most: A larger index has no copy.
    """

    def __init__(
        self,
        folder: Path,
        books: VectorBooks,
        fetch: Callable[[Sequence[int]], Fetched],
        dimensions: Callable[[], int],
        most: int = MOST,
    ) -> None:
        self._folder = folder
        self._books = books
        self._fetch = fetch
        self._dimensions = dimensions
        self._most = most
        self._lock = threading.Lock()
        self._open: tuple[Path, Mark, ExactVectors] | None = None
        self._writing: VectorFiles | None = None

    def current(self) -> ExactVectors | None:
        """The copy, if it holds all that the index holds, or a little more."""
        with self._lock:
            for _ in range(_LOOKS):
                files = self._newest()
                mark = files.mark() if files else None
                if files and mark and mark.whole and 0 <= mark.changes - self._changes() <= _AHEAD:
                    return self._mapped(files, mark)
            return None

    def holds(self) -> int | None:
        """Number of passages in a copy that is in step with the store; None where none is."""
        files = self._newest()
        mark = files.mark() if files else None
        known = files.mapped(mark) if files and mark else None
        if mark is None or known is None or not mark.whole or mark.changes != self._changes():
            return None
        return int(np.count_nonzero(known.levels < GONE))

    def renew(self) -> None:
        """Bring the copy into step with the store, or make one; nothing where it is in step.

        Costs the vectors that are missing, a page at a time; a kill loses one page.
        """
        files = self._newest()
        mark = files.mark() if files else None
        if files and mark and mark.whole and mark.changes == self._changes() and files.mapped(mark):
            self._writing = files
            self._drop(but=files)
            return
        if self._books.made() > self._most:
            self.erase()
            return
        if files is None or mark is None or files.mapped(mark) is None:
            files = self._begun()
        self._compare(files)
        files.settle(self._changes())
        self._writing = files
        self._drop(but=files)

    def add(self, batch: Sequence[Waiting], vectors: NDArray[np.float32]) -> None:
        """Take in vectors that the store is about to file."""
        if self._writing:
            passages = np.asarray([row.id for row in batch], dtype=np.int64)
            levels = np.asarray([row.level for row in batch], dtype=np.int64)
            self._writing.put(passages, levels, vectors)
            self._writing.settle(self._changes() + 1)

    def remove(self, passages: Sequence[int]) -> None:
        """Leave out passages that the store is about to file as deleted."""
        if self._writing:
            gone = np.asarray(passages, dtype=np.int64)
            self._writing.label(gone, np.full(len(gone), GONE, dtype=np.int64))
            self._writing.settle(self._changes() + 1)

    def tidy(self) -> None:
        """Copy the copy without the passages that are gone, where those are many."""
        files = self._writing
        mark = files.mark() if files else None
        known = files.mapped(mark) if files and mark else None
        if files is None or known is None:
            return
        left = np.flatnonzero(known.levels < GONE)
        if len(known.passages) - len(left) <= max(_PAGE, len(known.passages) // _MOST_GONE):
            return
        made = self._begun()
        for first in range(0, len(left), _PAGE):
            rows = left[first : first + _PAGE]
            made.put(known.passages[rows], known.levels[rows], known.vectors[rows])
        made.settle(self._changes())
        self._writing = made
        self._drop(but=made)

    def erase(self) -> None:
        """Remove every copy."""
        self._writing = None
        with self._lock:
            self._open = None
        shutil.rmtree(self._folder, ignore_errors=True)

    def _compare(self, files: VectorFiles) -> None:
        """Put what is missing, label what changed, and leave out what the store does not know."""
        mark = files.mark()
        known = files.mapped(mark) if mark else None
        if known is None:
            return
        extra = known.levels < GONE
        after = 0
        while page := self._books.filed(after, _PAGE):
            after = page[-1][0]
            passages, levels = np.asarray(page, dtype=np.int64).T
            rows = known.rows(passages)
            here = rows >= 0
            here[here] = known.levels[rows[here]] < GONE
            extra[rows[here]] = False
            changed = here.copy()
            changed[here] = known.levels[rows[here]] != levels[here]
            if changed.any():
                files.label(passages[changed], levels[changed])
            if not here.all():
                self._put_missing(files, passages[~here], levels[~here])
        unknown = known.passages[extra]
        files.label(unknown, np.full(len(unknown), GONE, dtype=np.int64))

    def _put_missing(
        self, files: VectorFiles, passages: NDArray[np.int64], levels: NDArray[np.int64]
    ) -> None:
        level_of = dict(zip(passages.tolist(), levels.tolist(), strict=True))
        found, vectors = self._fetch(passages.tolist())
        if found:
            of_these = [level_of[number] for number in found]
            files.put(np.asarray(found, np.int64), np.asarray(of_these, np.int64), vectors)

    def _changes(self) -> int:
        return self._books.changes()

    def _mapped(self, files: VectorFiles, mark: Mark) -> ExactVectors | None:
        if self._open and self._open[:2] == (files.folder, mark):
            return self._open[2]
        vectors = files.mapped(mark)
        self._open = None if vectors is None else (files.folder, mark, vectors)
        return vectors

    def _copies(self) -> list[tuple[int, VectorFiles]]:
        """Copies of this index with the number of each, whole ones last."""
        name = self._books.index()
        found = [
            (int(path.suffix[1:]), VectorFiles(path))
            for path in self._folder.glob(f"{name}.*")
            if path.suffix[1:].isdecimal()
        ]
        return sorted(found, key=lambda one: (_is_whole(one[1]), one[0]))

    def _newest(self) -> VectorFiles | None:
        copies = self._copies()
        return copies[-1][1] if copies else None

    def _begun(self) -> VectorFiles:
        number = max((number for number, _ in self._copies()), default=0) + 1
        files = VectorFiles(self._folder / f"{self._books.index()}.{number}")
        files.begin(self._dimensions())
        return files

    def _drop(self, but: VectorFiles) -> None:
        for other in self._folder.glob("*"):
            if other != but.folder:
                shutil.rmtree(other, ignore_errors=True)


def _is_whole(files: VectorFiles) -> bool:
    mark = files.mark()
    return mark is not None and mark.whole
