"""The copy of the vectors that is searched exactly: it grows, and is whole or passed over."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from corpus.types import Visibility
from retrieval.bookkeeping import VectorBooks
from retrieval.mirror import Fetched, Mirror
from retrieval.vector_files import VectorFiles
from tests.support.shelf import Shelf

_LENGTH = 8


def vector(passage: int) -> list[float]:
    made: list[float] = np.random.default_rng(passage).standard_normal(_LENGTH).tolist()
    return made


class Library:
    """A store whose vectors are made from the numbers of its passages."""

    def __init__(self, shelf: Shelf, folder: Path) -> None:
        self.shelf, self.folder = shelf, folder
        self.books = VectorBooks(shelf.database, "made/8")
        self.asked: list[int] = []
        self.mirror = self.reader()

    def reader(self, most: int = 1_000) -> Mirror:
        return Mirror(self.folder, self.books, self.fetched, lambda: _LENGTH, most)

    def fetched(self, passages: Sequence[int]) -> Fetched:
        self.asked += passages
        return list(passages), np.asarray([vector(one) for one in passages], dtype=np.float32)

    def papers(self, count: int, level: Visibility = Visibility.PUBLIC) -> list[int]:
        return [self.shelf.put(f"{len(self.known())}.txt", "급식", level) for _ in range(count)]

    def known(self) -> list[int]:
        return [row["id"] for row in self.shelf.database.read("select id from passages")]

    def sync(self, copied: bool = True) -> None:
        """What `VectorIndex.sync` does, with a collection that has every vector."""
        if copied:
            self.mirror.renew()
        while batch := self.books.waiting(after=0, limit=16):
            if copied:
                _, made = self.fetched([row.id for row in batch])
                self.mirror.add(batch, made)
            self.books.record(batch)
        while stale := self.books.stale():
            if copied:
                self.mirror.remove(stale)
            self.books.swept(stale)
        if copied:
            self.mirror.tidy()

    def found(
        self, reader: Mirror | None = None, audience: Visibility = Visibility.STAFF
    ) -> set[int]:
        copy = (reader or self.mirror).current()
        assert copy is not None
        return {passage for passage, _ in copy.nearest(vector(1), 1_000, audience)}


@pytest.fixture
def library(shelf: Shelf, tmp_path: Path) -> Library:
    return Library(shelf, tmp_path / "vectors")


def only(folder: Path) -> Path:
    [copy] = folder.iterdir()
    return copy


def test_an_empty_store_has_an_empty_copy(library: Library) -> None:
    assert library.mirror.current() is None
    library.sync()
    assert library.found() == set()


def test_a_new_paper_is_added_and_the_rest_stays_where_it_is(library: Library) -> None:
    library.papers(30)
    library.sync()
    file = only(library.folder) / "vectors.f32"
    before, inode = file.read_bytes(), file.stat().st_ino
    library.papers(3)
    reader = library.reader()
    assert library.found(reader) == set(library.known()[:30])
    library.sync()
    assert library.found(reader) == set(library.known())
    assert file.stat().st_ino == inode
    assert file.read_bytes()[: len(before)] == before
    assert len(file.read_bytes()) == 33 * _LENGTH * 4


def test_the_nearest_are_those_of_all_vectors(library: Library) -> None:
    for level in Visibility:
        library.papers(20, level)
    library.sync()
    copy = library.mirror.current()
    assert copy is not None
    question = np.asarray(vector(1)) / np.linalg.norm(vector(1))
    cosines = {
        one: float(np.dot(question, vector(one)) / np.linalg.norm(vector(one)))
        for one in library.known()
    }
    best = sorted(cosines, key=lambda one: -cosines[one])
    assert [one for one, _ in copy.nearest(vector(1), 5, Visibility.STAFF)] == best[:5]
    public = set(library.known()[:20])
    seen = [one for one, _ in copy.nearest(vector(1), 5, Visibility.PUBLIC)]
    assert seen == [one for one in best if one in public][:5]
    assert copy.cosines(vector(1), [*best[:3], 999]) == pytest.approx(
        {one: cosines[one] for one in best[:3]}, abs=1e-6
    )


def test_another_level_is_written_over_the_old_one(library: Library) -> None:
    paper, *_ = library.papers(3)
    library.sync()
    library.shelf.show_to(paper, Visibility.STAFF)
    library.sync()
    assert library.found(audience=Visibility.MEMBERS) == set(library.known()[1:])
    assert library.found() == set(library.known())


def test_what_is_gone_is_found_no_more_and_leaves_room_when_it_is_much(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("retrieval.mirror._PAGE", 4)
    papers = library.papers(30)
    library.sync()
    library.shelf.remove(papers[0])
    library.sync()
    assert library.found() == set(library.known())
    assert only(library.folder).suffix == ".1"
    for paper in papers[1:15]:
        library.shelf.remove(paper)
    library.sync()
    assert library.found(library.reader()) == set(library.known())
    assert only(library.folder).suffix == ".2"
    assert (only(library.folder) / "vectors.f32").stat().st_size == 15 * _LENGTH * 4


def test_what_a_kill_left_behind_the_mark_does_not_count(library: Library) -> None:
    library.papers(5)
    library.sync()
    for name in ("vectors.f32", "passages.i64"):
        with (only(library.folder) / name).open("ab") as file:
            file.write(b"\x07" * 77)
    assert library.found(library.reader()) == set(library.known())
    library.papers(2)
    library.sync()
    assert library.found(library.reader()) == set(library.known())


def test_vectors_written_before_the_store_knew_of_them_do_no_harm(library: Library) -> None:
    library.papers(5)
    library.sync()
    library.papers(1)
    batch = library.books.waiting(after=0, limit=16)
    library.mirror.add(batch, library.fetched([batch[0].id])[1])  # and is killed
    assert library.found(library.reader()) == set(library.known())
    library.mirror = library.reader()
    library.sync()
    assert library.found() == set(library.known())
    assert library.books.pending() == 0


def test_who_sees_the_store_at_one_moment_reads_a_copy_that_went_on(library: Library) -> None:
    library.papers(5)
    library.sync()
    with library.shelf.database.moment():
        library.books.changes()
        before = set(library.known())
        for number in range(3):
            library.shelf.put(f"new{number}.txt", "급식")
            thread = threading.Thread(target=library.sync)
            thread.start()
            thread.join()
        assert library.found() > before


def test_a_copy_that_others_left_behind_is_passed_over_and_then_completed(library: Library) -> None:
    library.papers(20)
    library.sync()
    library.papers(2)
    library.sync(copied=False)
    assert library.mirror.current() is None
    library.asked.clear()
    library.sync()
    assert library.asked == library.known()[20:]
    assert library.found() == set(library.known())


@pytest.mark.parametrize("name", ["mark.json", "vectors.f32", "passages.i64"])
def test_a_damaged_copy_is_passed_over_and_made_anew(library: Library, name: str) -> None:
    library.papers(5)
    library.sync()
    (only(library.folder) / name).write_bytes(b"no such thing")
    assert library.reader().current() is None
    library.mirror = library.reader()
    library.sync()
    assert library.found() == set(library.known())
    assert len(list(library.folder.iterdir())) == 1


def test_making_a_copy_goes_on_where_it_was_cut_off(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("retrieval.mirror._PAGE", 4)
    library.papers(20)
    library.sync(copied=False)

    class Killed(BaseException):
        pass

    def fetched(passages: Sequence[int]) -> Fetched:
        if len(library.asked) >= 12:
            raise Killed
        return library.fetched(passages)

    with pytest.raises(Killed):
        Mirror(library.folder, library.books, fetched, lambda: _LENGTH).renew()
    assert library.mirror.current() is None
    library.asked.clear()
    library.sync()
    assert library.asked == library.known()[12:]
    assert library.found() == set(library.known())


def test_a_larger_index_has_no_copy(library: Library) -> None:
    library.papers(5)
    library.sync()
    library.papers(5)
    library.sync(copied=False)
    library.mirror = library.reader(most=7)
    library.sync()
    assert library.mirror.current() is None
    assert not library.folder.exists()


def test_an_erased_copy_is_made_again(library: Library) -> None:
    library.papers(3)
    library.sync()
    library.mirror.erase()
    assert library.reader().current() is None
    library.sync()
    assert library.found() == set(library.known())


def test_those_who_have_it_open_read_on_while_it_is_written(library: Library) -> None:
    library.papers(10)
    library.sync()
    seen: list[int] = []
    stopped = threading.Event()

    def read() -> None:
        reader = library.reader()
        while not stopped.is_set():
            if copy := reader.current():
                seen.append(len(copy.nearest(vector(1), 1_000, Visibility.STAFF)))

    threads = [threading.Thread(target=read) for _ in range(2)]
    for thread in threads:
        thread.start()
    for _ in range(8):
        library.papers(5)
        library.sync()
    stopped.set()
    for thread in threads:
        thread.join()
    assert min(seen) >= 10
    assert library.found(library.reader()) == set(library.known())


WRITER = """
import sys
from pathlib import Path
from tests.retrieval.test_mirror import Library
from tests.support.shelf import Shelf
from retrieval.terms import KiwiTerms

library = Library(Shelf(Path(sys.argv[1]), KiwiTerms()), Path(sys.argv[2]))
library.mirror.renew()
print("begun", flush=True)
while True:
    paper, other = library.papers(2)
    library.sync()
    library.shelf.remove(paper)
    library.sync()
    print("done", flush=True)
"""


def test_a_killed_writer_leaves_a_copy_that_others_read_or_pass_over(library: Library) -> None:
    library.papers(5)
    library.sync()
    for rounds in (1, 3):
        arguments = [str(library.shelf.database.folder), str(library.folder)]
        with subprocess.Popen(
            [sys.executable, "-c", WRITER, *arguments], stdout=subprocess.PIPE, text=True
        ) as writer:
            assert writer.stdout is not None
            for _ in range(rounds + 1):
                writer.stdout.readline()
                if copy := library.reader().current():
                    assert len(copy.nearest(vector(1), 1_000, Visibility.STAFF)) >= 5
            writer.kill()
        library.mirror = library.reader()
        library.sync()
        assert library.found() == set(library.known())


def test_files_that_are_not_there_have_no_mark(tmp_path: Path) -> None:
    assert VectorFiles(tmp_path / "none").mark() is None
