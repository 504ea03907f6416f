from __future__ import annotations

import pytest

from retrieval.understanding.asking_help import asking, asks_help


@pytest.mark.parametrize("text", asking().says)
def test_who_asks_for_themselves_is_heard(text: str) -> None:
    assert asks_help(text)


@pytest.mark.parametrize("text", asking().silent)
def test_who_speaks_of_others_or_of_programmes_is_not_offered_help(text: str) -> None:
    assert not asks_help(text)
