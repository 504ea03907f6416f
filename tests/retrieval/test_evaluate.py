from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.evaluate import ndcg, percentile, recall, reciprocal_rank

IDS = st.lists(st.sampled_from("abcdefgh"), max_size=8, unique=True)


def test_ndcg_follows_the_textbook() -> None:
    assert ndcg(["x", "a", "b"], {"a", "b"}) == pytest.approx(0.693426, abs=1e-6)


def test_a_repeated_id_counts_once() -> None:
    assert ndcg(["a", "a", "b"], {"a", "b"}) == 1.0


def test_nothing_relevant_scores_0() -> None:
    assert (ndcg(["a"], set()), recall(["a"], set(), 5), reciprocal_rank(["a"], set())) == (0, 0, 0)


@given(IDS, IDS)
def test_figures_lie_between_0_and_1(ranking: list[str], relevant: list[str]) -> None:
    for value in (
        ndcg(ranking, relevant),
        recall(ranking, relevant, 5),
        reciprocal_rank(ranking, relevant),
    ):
        assert 0 <= value <= 1


@given(st.lists(st.floats(0, 1e6), min_size=1))
def test_percentiles_are_values_and_rise(values: list[float]) -> None:
    assert percentile(values, 0) == min(values)
    assert percentile(values, 1) == max(values)
    assert min(values) <= percentile(values, 0.5) <= percentile(values, 0.95) <= max(values)


def test_a_percentile_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="needs values"):
        percentile([], 0.5)
