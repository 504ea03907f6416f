"""Two rankings into one, by scores rather than by ranks."""

from __future__ import annotations

from collections.abc import Mapping


def fuse(keyword: Mapping[int, float], cosine: Mapping[int, float]) -> list[tuple[int, float]]:
    """Merge keyword scores and cosines with equal weight, each scaled to 0 … 1 (min-max).

    nDCG@10 on council papers (544 passages, 57 questions), AutoRAG-Korean (720, 114) and KorQuAD
    (964, 500), 50 candidates a side: this with the cosines of keyword finds filled in 0.762 0.945
    0.961; not filled in 0.752 0.913 0.952; z-norm filled in 0.747 0.932 0.961; reciprocal ranks
    0.697 0.902 0.924; keywords alone 0.765 0.956 0.957; vectors alone 0.586 0.805 0.865.

    Args:
        keyword: BM25 scores by passage, higher is better.
        cosine: Cosines by passage, as far as known; best filled in for all of `keyword`.

    Returns:
        Every passage with its score between 0 and 1, best first; ties go to the better keyword
        score, then the smaller id. A passage without keyword score has no term in common and
        counts 0 there; one without cosine has no vector yet and counts its keyword score twice.
        Neither the order of the mappings nor a shift or stretch of one side's scores matters.

    >>> fuse({1: 4.0, 2: 2.0}, {2: 1.0, 1: 0.75, 3: 0.5})
    [(1, 0.75), (2, 0.5), (3, 0.0)]
    """
    words, meanings = _scaled(keyword), _scaled(cosine)
    fused = {
        passage: (words.get(passage, 0.0) + meanings.get(passage, words.get(passage, 0.0))) / 2
        for passage in keyword.keys() | cosine.keys()
    }
    lowest = min(keyword.values(), default=0.0) - 1
    return sorted(
        fused.items(), key=lambda item: (-item[1], -keyword.get(item[0], lowest), item[0])
    )


def _scaled(scores: Mapping[int, float]) -> dict[int, float]:
    """Scores stretched to 0 … 1; all 1 where they are equal."""
    if not scores:
        return {}
    low, high = min(scores.values()), max(scores.values())
    if high <= low:
        return dict.fromkeys(scores, 1.0)
    return {passage: (score - low) / (high - low) for passage, score in scores.items()}
