"""A conversion is whole or not there, whatever happens meanwhile."""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from corpus.errors import EmbedderError
from retrieval.e5 import conversion
from retrieval.e5.conversion import converted, damaged, discard
from retrieval.e5.embeddings import E5Embeddings
from retrieval.e5.encoder import MAPPED, MODEL


@pytest.fixture
def own(tmp_path: Path, models: Path) -> Path:
    """A folder of models with a copy of the conversion in it."""
    shutil.copytree(converted(models), tmp_path / "models" / conversion.name())
    return tmp_path / "models"


def test_what_is_converted_is_taken_as_it_is(own: Path) -> None:
    told: list[str] = []
    folder = converted(own, lambda: told.append("converting"))
    assert told == []
    assert damaged(folder) == []


def test_a_file_cut_short_is_converted_anew(own: Path) -> None:
    (own / conversion.name() / MODEL).write_bytes(b"half")
    told: list[str] = []
    folder = converted(own, lambda: told.append("converting"))
    assert told == ["converting"]
    assert damaged(folder) == []
    assert len(E5Embeddings(folder).embed_query("예산")) == 384


def test_a_file_changed_in_place_is_found_by_its_checksum(own: Path) -> None:
    folder = converted(own)
    with (folder / MAPPED).open("rb+") as file:
        file.write(b"other")
    assert damaged(folder) == [MAPPED]
    discard(folder)
    assert damaged(converted(own)) == []


def test_what_a_killed_conversion_left_is_no_model_and_is_removed(tmp_path: Path) -> None:
    left = tmp_path / "half.part"
    left.mkdir()
    (left / MODEL).write_bytes(b"half")
    with ThreadPoolExecutor(2) as pool:  # the second one waits for the first
        first, second = pool.map(lambda _: converted(tmp_path), range(2))
    assert first == second
    assert damaged(first) == []
    assert not left.exists()


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "models").write_text("a file", encoding="utf-8")
    with pytest.raises(EmbedderError, match="models"):
        converted(tmp_path / "models")
