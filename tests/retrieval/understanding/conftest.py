from collections.abc import Callable

import pytest

from retrieval.analyser import ANALYSER
from retrieval.e5.embeddings import E5Embeddings
from retrieval.understanding.leaning import leaning
from retrieval.understanding.morphemes import Tokenize


@pytest.fixture(scope="session")
def tokenize() -> Tokenize:
    return ANALYSER.tokenize


@pytest.fixture(scope="session")
def lean(embedder: E5Embeddings) -> Callable[[str], dict[str, float]]:
    return leaning(embedder)
