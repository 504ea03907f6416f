"""Keyword search: BM25 over the terms that FTS5 keeps of every passage."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from corpus.database import CouncilDatabase
from corpus.types import Visibility
from retrieval.lookup.kept import Kept, state_of
from retrieval.terms import plain

# bm25() weights of title, heading and body. Titles at 2 against 1 and 0.5: nDCG@10 0.769 0.953
# 0.960 against 0.758 0.953 0.959 and 0.765 0.953 0.958 on council papers, AutoRAG-Korean, KorQuAD.
_WEIGHTS = (2.0, 1.0, 1.0)
# Terms of more of all passages are left out. nDCG@10 on three such sets: 0.816 0.951 0.960 so,
# 0.813 0.948 0.961 with those of up to half of them, 0.773 0.948 0.960 of up to an eighth.
_FREQUENT = 0.2
# Reading as many passages takes less than a millisecond, and a small store has no others.
_CHEAP = 100
# Passages looked at for each that is wanted, before hidden ones make it look at all.
_AHEAD = 4
# Postings of a question's terms up to which all passages that hold one are scored: 0.15 s, and more
# than any question of 20,000 passages has. Beyond, as many passages are scored as take 0.1 s.
_ALL_SCORED = 60_000
_SCORED = 40_000
# Frequent terms that are asked to stand beside one another at most.
_BESIDE = 3
# Terms and expressions whose number of passages is kept: those of some hundred questions.
_KEPT = 4096


class KeywordIndex:
    """Finds passages by index terms.

    Args:
        database: The council's store.
    """

    def __init__(self, database: CouncilDatabase) -> None:
        self._database = database
        self._counted: Kept[str, int] = Kept(_KEPT)

    def search(self, terms: Iterable[str], k: int, audience: Visibility) -> list[tuple[int, float]]:
        """The passages that share terms with a question.

        Args:
            terms: As `KiwiTerms.query_terms` gives them; anything else in them is left out.
            k: How many at most.
            audience: Highest level that may be seen.

        Returns:
            Passage row numbers with BM25 scores, higher is better, best first, equal scores by
            row number; nothing for no terms.
        """
        match = self._bounded(self._telling(terms), _AHEAD * k)
        if not match:
            return []
        # Looking up the level of each passage that holds a term takes 7 of 17 ms with 10,000; that
        # of the best takes none, and is enough where not most of them are hidden.
        first = self._best(match, _AHEAD * k, audience, first=_AHEAD * k)
        enough = len(first) >= k
        return (first if enough else self._best(match, k, audience, first=-1))[:k]

    def _best(
        self, match: str, k: int, audience: Visibility, *, first: int
    ) -> list[tuple[int, float]]:
        """The best that the audience may see among the `first` of all, or of all for -1."""
        rows = self._database.read(
            "with best as materialized (select rowid as id, -bm25(passage_terms, ?, ?, ?) as score"
            " from passage_terms where passage_terms match ? order by score desc, id limit ?)"
            " select b.id, b.score from best b cross join passages p on p.id = b.id"
            " join documents d on d.id = p.document_id where d.visibility <= ?"
            " order by b.score desc, b.id limit ?",
            [*_WEIGHTS, match, first, int(audience), k],
        )
        return [(int(row["id"]), float(row["score"])) for row in rows]

    def _telling(self, terms: Iterable[str]) -> list[str]:
        """The terms that few passages hold; all of them where there are none.

        FTS5 scores a frequent term with next to nothing, and yet reads each passage that holds it:
        of 10,000 passages alike that took a fifth of a question's time.
        """
        terms = list(terms)
        most = max(_FREQUENT * self._passages(), _CHEAP)
        return [term for term in terms if self.document_frequency(term) <= most] or terms

    def _bounded(self, terms: Sequence[str], enough: int) -> str:
        """An expression for passages with any of the terms; in a large store with the rare ones.

        Scoring a passage takes 2 to 3 microseconds: a question of seven words took 1.5 s of a
        million passages. There the rarest terms say which passages are scored, by all terms; a term
        that is too frequent for that counts where the next rarest stand beside it.
        """
        found = {term: self.document_frequency(term) for term in terms}
        if sum(found.values()) <= _ALL_SCORED:
            return any_of(terms)
        rare: list[str] = []
        frequent = sorted((term for term in terms if found[term]), key=lambda term: found[term])
        scored = 0
        while frequent and scored < enough and scored + found[frequent[0]] <= _SCORED:
            scored += found[frequent[0]]
            rare.append(frequent.pop(0))
        chosen = [f"({any_of(rare)})"] if rare else []
        if scored < enough and len(frequent) > (1 if rare else 0):
            chosen.append(f"({self._narrowed(frequent)})")
        return f"({' OR '.join(chosen)}) AND ({any_of(terms)})"

    def _narrowed(self, terms: Sequence[str]) -> str:
        """An expression for the first of some frequent terms beside as many others as it takes."""
        first, *others = terms
        narrowed = any_of([first])
        if others and self._count(f"{narrowed} AND ({any_of(others)})") <= _SCORED:
            return f"{narrowed} AND ({any_of(others)})"
        for other in others[:_BESIDE]:
            if not (left := self._count(f"{narrowed} AND {any_of([other])}")):
                continue
            narrowed = f"{narrowed} AND {any_of([other])}"
            if left <= _SCORED:
                break
        return narrowed

    def document_frequency(self, term: str) -> int:
        """Number of passages that hold a term in title, heading or body, whoever may see them."""
        match = any_of([term])
        return self._count(match) if match else 0

    def _count(self, match: str) -> int:
        """Number of passages that an expression finds, counted anew when papers come or go."""
        return self._counted.get(state_of(self._database), [match], self._counts)[match]

    def _counts(self, matches: Iterable[str]) -> dict[str, int]:
        sql = "select count(*) as n from passage_terms where passage_terms match ?"
        rows = {match: self._database.one(sql, [match]) for match in matches}
        return {match: int(row["n"]) if row else 0 for match, row in rows.items()}

    def rarity(self, term: str) -> float:
        """How much a term tells (BM25's inverse document frequency), at least 0.

        A term in no passage is the rarest; in an empty store everything is 0.29.

        Source:
            Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond",
            2009, section 3.1, with 1 added inside the logarithm to stay above 0.
        """
        frequency = self.document_frequency(term)
        return math.log(1 + max(0, self._passages() - frequency + 0.5) / (frequency + 0.5))

    def _passages(self) -> int:
        return self._counted.get(state_of(self._database), [""], self._all)[""]

    def _all(self, _: Iterable[str]) -> dict[str, int]:
        row = self._database.one("select count(*) as n from passages")
        return {"": int(row["n"]) if row else 0}


def any_of(terms: Iterable[str]) -> str:
    """An FTS5 expression that matches any of the terms; empty for none."""
    return " OR ".join(f'"{word}"' for term in terms if (word := plain(term)))
