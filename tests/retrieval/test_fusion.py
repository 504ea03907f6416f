from __future__ import annotations

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from retrieval.fusion import fuse

SCORES = st.dictionaries(st.integers(1, 40), st.integers(-50, 50).map(float), max_size=20)


def test_agreement_of_both_sides_wins() -> None:
    assert fuse({1: 5.0, 2: 4.0, 3: 1.0}, {2: 0.9, 1: 0.5, 4: 0.8})[0][0] == 2


def test_the_margin_of_a_clear_match_counts() -> None:
    ranking = fuse({1: 30.0, 2: 3.0, 3: 2.9}, {2: 0.83, 1: 0.82, 3: 0.80})
    assert ranking[0][0] == 1


def test_one_side_alone_keeps_its_order() -> None:
    assert [number for number, _ in fuse({3: 2.0, 1: 9.0, 2: 5.0}, {})] == [1, 2, 3]
    assert [number for number, _ in fuse({}, {3: 0.2, 1: 0.9, 2: 0.5})] == [1, 2, 3]


def test_a_passage_without_vector_is_not_held_back() -> None:
    assert fuse({1: 9.0, 2: 5.0, 3: 1.0}, {2: 0.9, 3: 0.8})[0][0] in (1, 2)
    assert fuse({1: 9.0, 2: 2.0, 3: 1.0}, {2: 0.9, 3: 0.8})[0] == (1, 1.0)


def test_nothing_gives_nothing() -> None:
    assert fuse({}, {}) == []


def test_ties_go_to_the_keyword_score_and_then_to_the_smaller_id() -> None:
    assert [number for number, _ in fuse({7: 1.0, 4: 1.0}, {})] == [4, 7]
    assert [number for number, _ in fuse({2: 1.0, 1: 0.0}, {1: 1.0, 2: 0.0})] == [2, 1]


@given(SCORES, SCORES, st.randoms(use_true_random=False))
def test_the_order_of_what_comes_in_does_not_matter(
    keyword: dict[int, float], cosine: dict[int, float], random: Random
) -> None:
    shuffled = []
    for scores in (keyword, cosine):
        items = list(scores.items())
        random.shuffle(items)
        shuffled.append(dict(items))
    assert fuse(*shuffled) == fuse(keyword, cosine)


@given(SCORES, SCORES)
def test_every_passage_comes_once_with_a_score_from_0_to_1(
    keyword: dict[int, float], cosine: dict[int, float]
) -> None:
    ranking = fuse(keyword, cosine)
    assert sorted(number for number, _ in ranking) == sorted(keyword.keys() | cosine.keys())
    assert all(0 <= score <= 1 for _, score in ranking)


@given(SCORES, SCORES)
def test_doubling_all_scores_of_a_side_changes_nothing(
    keyword: dict[int, float], cosine: dict[int, float]
) -> None:
    doubled = {number: 2 * score for number, score in keyword.items()}
    assert fuse(doubled, cosine) == fuse(keyword, cosine)
