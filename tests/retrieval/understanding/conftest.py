import pytest
from kiwipiepy import Kiwi

from retrieval.understanding.morphemes import Tokenize


@pytest.fixture(scope="session")
def tokenize() -> Tokenize:
    analyse: Tokenize = Kiwi(load_multi_dict=False).tokenize
    return analyse
