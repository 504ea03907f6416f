"""What goes wrong around a vector index: folders, servers and other processes."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from filelock import FileLock

from corpus.errors import BusyError, EmbedderError, IndexMismatchError, RetrievalError
from corpus.types import Visibility
from retrieval.chroma import Chroma, release
from retrieval.e5.conversion import converted
from retrieval.e5.embeddings import E5Embeddings
from retrieval.embedders import Embedder
from retrieval.vectors import VectorIndex
from tests.support.chroma_server import chroma_server, free_port
from tests.support.shelf import Shelf


class Clock:
    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "index"


@pytest.fixture
def index(shelf: Shelf, folder: Path, embedder: Embedder) -> Iterator[VectorIndex]:
    shelf.put("a.txt", "경로당 급식을 늘린다.")
    index = VectorIndex(Chroma(kind="persistent", path=folder), shelf.database, embedder)
    yield index
    index.close()


@pytest.fixture
def copied(shelf: Shelf, index: VectorIndex, folder: Path, embedder: Embedder) -> VectorIndex:
    """The same index, searched in a copy of its vectors where there is one."""
    chroma = Chroma(kind="persistent", path=folder)
    return VectorIndex(chroma, shelf.database, embedder, copies=folder.parent / "vectors")


def size(index: VectorIndex) -> int:
    return len(index.search(index.embedder.embed_query("급식"), 9, Visibility.STAFF))


def test_a_folder_that_was_deleted_is_filled_again(index: VectorIndex, folder: Path) -> None:
    index.sync()
    index.close()
    shutil.rmtree(folder)
    assert len(index.check()) == 1
    assert index.sync()
    assert size(index) == 1


@pytest.mark.parametrize("pattern", ["chroma.sqlite3", "*/*.pickle"])
def test_a_damaged_folder_is_named_with_its_remedy(
    shelf: Shelf,
    index: VectorIndex,
    folder: Path,
    pattern: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    early = {"space": "cosine", "batch_size": 10, "sync_threshold": 20}  # files after 20 vectors
    monkeypatch.setattr("retrieval.collection._BESIDE", {"hnsw": early})
    for number in range(40):
        shelf.put(f"{number}.txt", "골목길 보안등을 고친다.")
    index.sync()
    index.close()
    damaged = list(folder.glob(pattern))
    assert damaged
    for file in damaged:
        file.write_bytes(b"no such thing")
    with pytest.raises(IndexMismatchError, match="dongne reindex"):
        index.check()
    with pytest.raises(IndexMismatchError, match="dongne reindex"):
        size(index)
    index.rebuild()
    assert index.sync()
    assert index.check() == []


def test_a_vector_made_by_other_means_is_refused(index: VectorIndex, folder: Path) -> None:
    index.sync()
    client = Chroma(kind="persistent", path=folder).connect()
    [collection] = client.list_collections()
    collection.modify(metadata={"fingerprint": "another"})
    release(client)
    index.close()
    with pytest.raises(IndexMismatchError, match="dongne reindex"):
        size(index)


def test_a_copy_finds_what_the_collection_finds(
    shelf: Shelf, index: VectorIndex, copied: VectorIndex
) -> None:
    for number in range(40):
        level = Visibility(number % 3)
        shelf.put(f"{number}.txt", f"{number}번 경로당 급식을 늘린다.", visibility=level)
    assert copied.sync()
    question = index.embedder.embed_query("경로당 급식")
    for audience in Visibility:
        asked, exact = (one.search(question, 9, audience) for one in (index, copied))
        assert [number for number, _ in exact] == [number for number, _ in asked]
        assert [cosine for _, cosine in exact] == pytest.approx([cosine for _, cosine in asked])
    numbers = [number for number, _ in index.search(question, 5, Visibility.STAFF)]
    of_index, of_copy = (one.cosines(question, [*numbers, 999]) for one in (index, copied))
    assert of_copy == pytest.approx(of_index)
    assert copied.cosines(question, []) == {}


def test_a_copy_is_searched_without_the_collection(copied: VectorIndex, folder: Path) -> None:
    copied.sync()
    copied.close()
    shutil.rmtree(folder)
    assert size(copied) == 1


def test_a_collection_is_left_alone_at_a_start_while_its_copy_has_all(
    shelf: Shelf, index: VectorIndex, copied: VectorIndex, folder: Path
) -> None:
    copied.sync()
    copied.close()
    shutil.rmtree(folder)
    assert copied.check() == []
    assert not folder.exists()
    shelf.put("b.txt", "골목길 보안등을 고친다.")
    index.sync()  # without the copy
    assert len(copied.check()) == 1
    assert copied.sync()
    assert size(copied) == 2


def test_what_is_new_is_found_before_and_after_its_copy(
    shelf: Shelf, index: VectorIndex, copied: VectorIndex, folder: Path
) -> None:
    copied.sync()
    shelf.put("b.txt", "골목길 보안등을 고친다.")
    index.sync()  # and is killed before it makes the copy
    assert size(copied) == 2
    copied.sync()
    assert size(copied) == 2
    assert len(list((folder.parent / "vectors").iterdir())) == 1


def test_a_damaged_copy_is_passed_over(copied: VectorIndex, folder: Path, shelf: Shelf) -> None:
    copied.sync()
    for file in (folder.parent / "vectors").glob("*/*"):
        file.write_bytes(b"no such thing")
    again = VectorIndex(
        Chroma(kind="persistent", path=folder),
        shelf.database,
        copied.embedder,
        copies=folder.parent / "vectors",
    )
    assert size(again) == 1
    assert again.sync()
    again.close()
    shutil.rmtree(folder)
    assert size(again) == 1


def test_a_second_writer_leaves_the_work_to_the_first(shelf: Shelf, index: VectorIndex) -> None:
    with FileLock(shelf.database.folder / "vectors.lock", is_singleton=False):
        assert not index.sync(wait=False)
        assert index.check() == []
        with pytest.raises(BusyError):
            index.rebuild()
    assert index.pending() == 1


def test_a_second_writer_that_waits_reports_and_takes_over(
    shelf: Shelf, index: VectorIndex
) -> None:
    lock = FileLock(shelf.database.folder / "vectors.lock", thread_local=False)
    lock.acquire()
    reports: list[tuple[int, int]] = []

    def reported(done: int, total: int) -> None:
        reports.append((done, total))
        lock.release()

    assert index.sync(reported)
    assert reports == [(0, 1), (1, 1)]


def test_a_waiting_writer_can_be_stopped(shelf: Shelf, index: VectorIndex) -> None:
    reports: list[tuple[int, int]] = []
    with FileLock(shelf.database.folder / "vectors.lock"):
        assert not index.sync(lambda *report: reports.append(report), stop=lambda: bool(reports))
    assert reports


def test_searching_goes_on_while_vectors_are_made(shelf: Shelf, index: VectorIndex) -> None:
    index.sync()
    for number in range(40):
        shelf.put(f"{number}.txt", f"{number}번 경로당 급식")
    worker = threading.Thread(target=index.sync)
    worker.start()
    while worker.is_alive():
        assert size(index) >= 1
    worker.join()
    assert index.pending() == 0


WORKER = """
import sys
from pathlib import Path
from corpus.database import CouncilDatabase
from retrieval.chroma import Chroma
import retrieval.vectors
from retrieval.e5.conversion import converted
from retrieval.e5.embeddings import E5Embeddings
from retrieval.vectors import VectorIndex

retrieval.vectors._BATCH = 16
database = CouncilDatabase(Path(sys.argv[1]))
chroma = Chroma(kind="persistent", path=Path(sys.argv[2]))
embedder = E5Embeddings(converted(Path(sys.argv[3])))
VectorIndex(chroma, database, embedder).sync(lambda *done: print(*done, flush=True))
"""


def test_a_killed_writer_loses_no_more_than_a_batch(
    shelf: Shelf, index: VectorIndex, folder: Path, models: Path
) -> None:
    for number in range(90):
        shelf.put(f"{number}.txt", f"{number}번 경로당 급식 운영 현황과 개선 방향")
    with subprocess.Popen(
        [sys.executable, "-c", WORKER, str(shelf.database.folder), str(folder), str(models)],
        stdout=subprocess.PIPE,
        text=True,
    ) as worker:
        assert worker.stdout is not None
        for _ in range(3):
            worker.stdout.readline()
        worker.kill()
    left = index.pending()
    assert 0 < left <= 91 - 3 * 16
    assert index.check() == [] or index.pending() <= left + 16
    assert index.sync()
    assert index.check() == []
    assert size(index) == 9


def test_a_server_that_is_away_is_not_asked_again_at_once(
    shelf: Shelf, embedder: Embedder, tmp_path: Path
) -> None:
    shelf.put("a.txt", "경로당 급식을 늘린다.")
    port, clock = free_port(), Clock()
    index = VectorIndex(Chroma(kind="http", port=port), shelf.database, embedder, clock)
    with pytest.raises(RetrievalError, match=r"\[index\]"):
        index.sync()
    (tmp_path / "chroma").mkdir()
    with chroma_server(tmp_path / "chroma", port):
        with pytest.raises(RetrievalError):
            index.sync()
        clock.seconds = 31
        assert index.sync()
        assert size(index) == 1
    with pytest.raises(RetrievalError):
        size(index)
    index.close()


def test_a_server_that_never_answers_is_given_up(
    shelf: Shelf, embedder: Embedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("retrieval.chroma._CONNECT_SECONDS", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        chroma = Chroma(kind="http", port=silent.getsockname()[1])
        index = VectorIndex(chroma, shelf.database, embedder)
        with pytest.raises(RetrievalError):
            size(index)


class Short(E5Embeddings):
    """States another length than it gives."""

    @property
    def dimensions(self) -> int:
        return 512


def test_an_embedder_of_another_shape_is_refused(shelf: Shelf, folder: Path, models: Path) -> None:
    shelf.put("a.txt", "경로당 급식을 늘린다.")
    index = VectorIndex(
        Chroma(kind="persistent", path=folder), shelf.database, Short(converted(models))
    )
    with pytest.raises(EmbedderError, match="512"):
        index.sync()
    index.close()


def test_a_dotenv_of_the_working_directory_does_not_move_the_index(
    index: VectorIndex, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".env").write_text("PERSIST_DIRECTORY=elsewhere\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    index.sync()
    assert (folder / "chroma.sqlite3").exists()
    assert not (tmp_path / "elsewhere").exists()
