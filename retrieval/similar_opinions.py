"""Opinions of the ledger that say much the same as another text."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from corpus.database import CouncilDatabase
from corpus.ledger.ledger import Ledger
from corpus.ledger.opinion import Opinion
from corpus.types import Visibility
from retrieval.keywords import any_of
from retrieval.synonyms import instead, same
from retrieval.terms import KiwiTerms

# Candidates whose words are compared one by one, and the most that a group can count.
_CANDIDATES = 40
# Cosine of weighted terms from which two opinions are on one matter: of 27 invented opinions on 11
# matters 28 of 44 pairs are found and 4 others; with 0.12 it is 32 and 11, with 0.2 21 and 2.
ALIKE = 0.16
# A term of more opinions than this tells nothing and costs FTS5 a pass over all of them.
_COMMON, _FEW = 0.5, 100
# Candidates come by terms of fewer than a fifth of all opinions: those of more bring thousands.
_TELLING = 0.2
# What is wished for (놓아 주세요, 늘려 주세요) is said of any matter; the nouns tell which.
_VERB = 0.3
_VERBS = frozenset({"VV", "VA"})
_NOUNS = frozenset({"NNG", "NNP"})
_COUNT = "select count(*) as n from opinions where state <> 'withdrawn'"
_LONG = 3
# A word of three letters: the shortest that may be a noun of two with something before it.
_THREE = re.compile(r"(?<![가-힣])[가-힣]{3}(?![가-힣])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Similar:
    """An opinion that is like another text.

    Attributes:
        opinion: The opinion.
        likeness: Cosine of weighted terms, from 0.16 to 1.
    """

    opinion: Opinion
    likeness: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Opinions on one matter.

    Attributes:
        opinions: The opinions, the most alike first.
    """

    opinions: tuple[Opinion, ...]

    @property
    def dongs(self) -> tuple[str, ...]:
        """The neighbourhoods that they name, each once."""
        named = (one.matter.dong for one in self.opinions if one.matter.dong)
        return tuple(dict.fromkeys(named))


class SimilarOpinions:
    """Finds opinions by what they share with a text.

    Args:
        database: The council's store.
        terms: Makes index terms.
    """

    def __init__(self, database: CouncilDatabase, terms: KiwiTerms) -> None:
        self._database = database
        self._terms = terms
        self._ledger = Ledger(database)
        self._known: tuple[int, Mapping[str, int]] = (0, {})

    def find(
        self, text: str, audience: Visibility, k: int = 3, *, but: Collection[int] = ()
    ) -> list[Similar]:
        """The opinions most like a text, most alike first.

        Args:
            text: An opinion, or a question about one.
            audience: Highest level that may be seen.
            k: How many at most.
            but: Rows that are left out.
        """
        weights = self._asked(text)
        candidates = self._candidates(weights, audience)
        rated = {
            number: _cosine(weights, self._weights(body.split()))
            for number, body in candidates
            if number not in but
        }
        best = sorted((n for n in rated if rated[n] >= ALIKE), key=lambda n: (-rated[n], -n))[:k]
        found = {one.id: one for one in self._ledger.some(best, audience)}
        return [Similar(opinion=found[n], likeness=rated[n]) for n in best if n in found]

    def group(self, text: str, audience: Visibility) -> Group:
        """All opinions on the matter of a text, counted by the neighbourhoods they name."""
        found = self.find(text, audience, _CANDIDATES)
        return Group(opinions=tuple(one.opinion for one in found))

    def naming(self, text: str, audience: Visibility) -> tuple[Sequence[str], Group]:
        """The things that a text names, and all opinions that name every one of them.

        Args:
            text: A question about opinions.
            audience: Highest level that may be seen.

        Returns:
            The things as they were typed, and the opinions, newest first; nothing for a text that
            names no thing.
        """
        things = self._things(text)
        if not things:
            return (), Group(opinions=())
        each = [(term, *instead(term), *same(term)) for term in things]
        rows = self._database.read(
            "select rowid as id from opinion_terms where opinion_terms match ? order by rowid desc",
            [" AND ".join(f"({any_of(one)})" for one in each)],
        )
        opinions = self._ledger.some([int(row["id"]) for row in rows], audience)
        named = [one for one in opinions if self._says(one.text, one.words(audience), each)]
        return tuple(things.values()), Group(opinions=tuple(named))

    def _says(self, text: str, shown: str, each: Sequence[Collection[str]]) -> bool:
        """Whether an opinion that holds some terms also says them in the words that are shown."""
        if shown == text:
            return True
        terms = set(self._terms.index_terms(shown).split())
        return all(not terms.isdisjoint(one) for one in each)

    def _things(self, text: str) -> dict[str, str]:
        """The nouns of a text as typed, by index term."""
        tags = self._terms.tags(text)
        terms = self._terms.query_terms(text)
        nouns = (term for term in terms if tags.get(term) in _NOUNS and len(term) > 1)
        return {noun: noun for noun in nouns} | self._unread(text)

    def _unread(self, text: str) -> dict[str, str]:
        """What opinions know of words that the analyser took for no noun: 미용 for 이미용."""
        _, known = self._frequencies()
        words = [word for word in _THREE.finditer(text) if word[0][-2:] in known]
        tokens = self._terms.kiwi.tokenize(text) if words else []
        nouns = {
            place for t in tokens if t.tag in _NOUNS for place in range(t.start, t.start + t.len)
        }
        return {word[0][-2:]: word[0] for word in words if nouns.isdisjoint(range(*word.span()))}

    def _asked(self, text: str) -> dict[str, float]:
        """Terms of a text with their weights, and what stands for them: 미용 for 이미용, 이발."""
        terms = self._terms.query_terms(text)
        tags = self._terms.tags(text)
        ends = [term[-2:] for term in terms if len(term) == _LONG and tags.get(term) in _NOUNS]
        others = [word for term in terms for word in (*instead(term), *same(term))]
        weights = self._weights([*terms, *ends, *others, *self._unread(text)])
        return {
            term: weight * (_VERB if tags.get(term) in _VERBS else 1.0)
            for term, weight in weights.items()
        }

    def _candidates(
        self, weights: Mapping[str, float], audience: Visibility
    ) -> list[tuple[int, str]]:
        match = any_of(self._telling(weights))
        if not match:
            return []
        rows = self._database.read(
            # What staff left out when they published an opinion finds it for nobody else.
            "select t.rowid as id, t.body, iif(o.published = o.text, '', o.published) as instead"
            " from opinion_terms t cross join opinions o"
            " on o.id = t.rowid where opinion_terms match ? and o.visibility <= ?"
            " order by bm25(opinion_terms) limit ?",
            [match, int(audience), _CANDIDATES],
        )
        bodies = ((int(row["id"]), row["body"], row["instead"]) for row in rows)
        whole = audience is Visibility.STAFF
        return [
            (number, body if whole or not shown else self._terms.index_terms(shown))
            for number, body, shown in bodies
        ]

    def _telling(self, terms: Collection[str]) -> Collection[str]:
        """The terms that few opinions hold; all of them where there are none."""
        counted, known = self._frequencies()
        most = max(_FEW, _TELLING * counted)
        return [term for term in terms if known.get(term, 0) <= most] or terms

    def _weights(self, terms: Sequence[str]) -> dict[str, float]:
        """How much each term tells (BM25's inverse document frequency over all opinions)."""
        counted, known = self._frequencies()
        weights = {}
        for term in dict.fromkeys(terms):
            # A word that no opinion holds weighs as much as one that a single opinion holds.
            n = known.get(term, 0)
            if n <= max(_FEW, _COMMON * counted):
                weights[term] = math.log(1 + max(0.5, counted - n + 0.5) / (max(n, 1) + 0.5))
        return weights

    def _frequencies(self) -> tuple[int, Mapping[str, int]]:
        """How many opinions there are, and how many hold each term.

        Read anew when their number has changed by a fiftieth: weights need be no more exact, and
        the words of 10,000 opinions take 30 ms to read.
        """
        row = self._database.unchanged(_COUNT)
        counted = int(row["n"]) if row else 0
        before, known = self._known
        if abs(counted - before) > before // 50 or not before:
            words = self._database.read("select term, doc from opinion_words")
            known = {word["term"]: word["doc"] for word in words}
            self._known = (counted, known)
        return counted, known


def _cosine(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    shared = sum(weight * other[term] for term, weight in one.items() if term in other)
    lengths = math.hypot(*one.values()) * math.hypot(*other.values())
    return shared / lengths if lengths else 0.0
