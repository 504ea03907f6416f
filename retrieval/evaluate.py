"""Figures that say how good a ranking is and how long it took."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence


def ndcg(ranking: Sequence[str], relevant: Collection[str], k: int = 10) -> float:
    """Normalised discounted cumulative gain of the first k, with relevance 0 or 1.

    Args:
        ranking: Ids, best first; an id that comes again counts once.
        relevant: Ids that should be found.
        k: How many places count, at least 1.

    Returns:
        0 … 1; 1 when the first places hold all that is relevant, 0 where nothing is.

    Source:
        Järvelin and Kekäläinen, "Cumulated gain-based evaluation of IR techniques", 2002.

    >>> ndcg(["a", "b"], {"a"}), round(ndcg(["b", "a"], {"a"}), 3)
    (1.0, 0.631)
    """
    wanted = set(relevant)
    places = list(dict.fromkeys(ranking))[:k]
    gain = sum(1 / math.log2(place + 2) for place, id_ in enumerate(places) if id_ in wanted)
    ideal = sum(1 / math.log2(place + 2) for place in range(min(k, len(wanted))))
    return gain / ideal if ideal else 0.0


def recall(ranking: Sequence[str], relevant: Collection[str], k: int) -> float:
    """Share of what is relevant among the first k; 0 where nothing is relevant.

    >>> recall(["a", "b", "c"], {"a", "c"}, 2)
    0.5
    """
    wanted = set(relevant)
    return len(wanted.intersection(ranking[:k])) / len(wanted) if wanted else 0.0


def reciprocal_rank(ranking: Sequence[str], relevant: Collection[str]) -> float:
    """1 / place of the first relevant id; 0 where there is none. Its mean is the MRR.

    >>> reciprocal_rank(["b", "a"], {"a"})
    0.5
    """
    wanted = set(relevant)
    return next((1 / place for place, id_ in enumerate(ranking, 1) if id_ in wanted), 0.0)


def percentile(values: Collection[float], share: float) -> float:
    """The smallest value that at least `share` of all values do not exceed (nearest rank).

    Args:
        values: At least one.
        share: 0 … 1.

    Raises:
        ValueError: No values, or a share outside 0 … 1.

    >>> percentile([5.0, 1.0, 3.0, 2.0], 0.5)
    2.0
    """
    if not values or not 0 <= share <= 1:
        raise ValueError("a percentile needs values and a share between 0 and 1")
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]
