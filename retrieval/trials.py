"""A council's own questions asked of two searches, to see which finds more of what answers them."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from corpus.text import fold
from corpus.types import Visibility
from retrieval.evaluate import percentile, reciprocal_rank
from retrieval.search import HybridSearch
from retrieval.types import Hit

_DEPTH = 10
# Resamples of the paired bootstrap: the bounds of 95 % move by less than 0.002 between runs.
_RESAMPLES, _SEED = 2_000, 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """A question whose answer stands in known papers.

    Attributes:
        question: As a person types it.
        documents: Names of the papers that answer it.
        evidence: Words of the passages that do; any passage of those papers without.
    """

    question: str
    documents: frozenset[str]
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """How a search did.

    Attributes:
        ranks: Reciprocal rank among ten of the first passage that answers, a question each.
        milliseconds: What half of the questions took at most.
    """

    ranks: tuple[float, ...]
    milliseconds: float

    @property
    def mean(self) -> float:
        """The mean reciprocal rank; 0 without questions."""
        return sum(self.ranks) / len(self.ranks) if self.ranks else 0.0

    @property
    def found(self) -> float:
        """Share of the questions with such a passage among ten."""
        return sum(rank > 0 for rank in self.ranks) / len(self.ranks) if self.ranks else 0.0


def trials(lines: Iterable[str]) -> list[Trial]:
    """Questions of a file of JSON lines, in order.

    Lines are as for answers (`turns`, `expect_source`, `evidence`, `answerable`) or as for search
    (`query`, `documents`, `evidence`). Follow-ups, questions without a paper and lines that are no
    such object are passed over.
    """
    found = []
    for line in lines:
        try:
            case = json.loads(line)
        except ValueError:
            continue
        if not isinstance(case, dict):
            continue
        turns = case.get("turns") or ([case["query"]] if "query" in case else [])
        papers = _texts(case.get("documents") or case.get("expect_source"))
        if len(turns) == 1 and papers and case.get("answerable", True):
            trial = Trial(
                question=str(turns[0]),
                documents=frozenset(papers),
                evidence=tuple(_texts(case.get("evidence"))),
            )
            found.append(trial)
    return found


def _texts(value: object) -> list[str]:
    return [value] if isinstance(value, str) and value else list(map(str, value or []))  # type: ignore[call-overload]


def tried(search: HybridSearch, asked: Sequence[Trial]) -> Figures:
    """Ask a search every question, as staff would."""
    ranks, times = [], []
    for trial in asked:
        begun = time.perf_counter()
        hits = search.search(trial.question, _DEPTH, Visibility.STAFF)
        times.append(1000 * (time.perf_counter() - begun))
        right = {str(hit.passage.id) for hit in hits if _answers(trial, hit)}
        ranks.append(reciprocal_rank([str(hit.passage.id) for hit in hits], right))
    return Figures(ranks=tuple(ranks), milliseconds=percentile(times, 0.5) if times else 0.0)


def _answers(trial: Trial, hit: Hit) -> bool:
    if hit.document not in trial.documents:
        return False
    text = fold(hit.passage.text)
    return not trial.evidence or any(fold(one) in text for one in trial.evidence)


def gained(before: Figures, after: Figures) -> tuple[float, float]:
    """Bounds of 95 % for how much the mean reciprocal rank grew (paired bootstrap).

    Both above 0: the second search is better on such questions; both below: worse.

    Raises:
        ValueError: There are no questions, or not the same ones.
    """
    pairs = list(zip(before.ranks, after.ranks, strict=True))
    if not pairs:
        raise ValueError("no questions to compare by")
    grown = [new - old for old, new in pairs]
    chance = random.Random(_SEED)  # resampling, no secret  # nosec B311
    means = [sum(chance.choices(grown, k=len(grown))) / len(grown) for _ in range(_RESAMPLES)]
    return percentile(means, 0.025), percentile(means, 0.975)
