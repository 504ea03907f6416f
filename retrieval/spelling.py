"""Mistyped words, mended by the words that the papers use."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Collection, Iterator
from functools import lru_cache

from corpus.database import CouncilDatabase
from corpus.text import similarity
from corpus.types import Visibility
from retrieval.keywords import any_of
from retrieval.lookup.kept import Kept, state_of
from retrieval.terms import plain

# One wrong letter in a word of two syllables leaves 5 of 6 letters: 예싼 and 예산 are 0.83 alike,
# while 연수 and 연구, both real words, are 0.8.
_ALIKE = 0.75
_SHORTEST = 2
# Of 6,000 letters without a space the neighbours took 23 GB, of 24 words of 40 letters 14 s.
_MOST_LETTERS = 12
# Of so many letters a word is still alike when two of them are wrong; in a longer compound one is
# looked for, as 9,000 words looked up took 0.5 s of a million passages.
_LONG, _LONGEST = 6, 4
_FIRST, _INITIALS, _VOWELS, _FINALS = ord("가"), 19, 21, 28
_KEPT = 4096
# A word that a term stands for is looked for among so many; real ones have far fewer neighbours.
_NEIGHBOURS = 200


class Spelling:
    """Knows which words occur in the papers that an audience may see.

    A word of hidden papers alone must neither mend a question nor make it look known: the answer
    would say what such a paper speaks of. Words are looked up one by one, in 0.03 ms each: the list
    of all took 24 s to read from a store of a million passages.

    Args:
        database: The council's store.
        audience: Highest level that may be seen.
    """

    def __init__(self, database: CouncilDatabase, audience: Visibility = Visibility.STAFF) -> None:
        self._database = database
        self._audience = audience
        self._kept: Kept[str, bool] = Kept(_KEPT)

    def at(self, audience: Visibility) -> Spelling:
        """The same for another audience."""
        return Spelling(self._database, audience)

    def knows(self, term: str) -> bool:
        """Whether a term occurs in any paper that may be seen."""
        if plain(term) != term:
            return False  # no index holds it
        found = self._kept.get(
            state_of(self._database),
            [term],
            lambda terms: {one: self._is_seen(one) for one in terms},
        )
        return found[term]

    def _is_seen(self, term: str) -> bool:
        if not (match := any_of([term])):
            return False
        if self._audience is Visibility.STAFF:
            sql = "select 1 from passage_terms where passage_terms match ? limit 1"
            return self._database.one(sql, [match]) is not None
        row = self._database.one(
            "select 1 from passage_terms t cross join passages p on p.id = t.rowid"
            " cross join documents d on d.id = p.document_id"
            " where t.passage_terms match ? and d.visibility <= ? limit 1",
            [match, int(self._audience)],
        )
        return row is not None

    def mended(self, term: str, others: Collection[str] = ()) -> str:
        """The term, or the word it most likely stands for.

        Args:
            term: An index term of a question.
            others: Further words that count as known.

        Returns:
            A term that occurs stays as it is, and so does one that nothing is near to, and one of
            more than twelve letters.
        """
        if not _SHORTEST <= len(term) <= _MOST_LETTERS or not _is_hangul(term):
            return term
        if term in others or self.knows(term):
            return term
        near = {*self._near(term), *(word for word in others if len(word) == len(term))}
        scored = sorted((-similarity(term, word), word) for word in near)
        return scored[0][1] if scored and -scored[0][0] >= _ALIKE else term

    def _near(self, term: str) -> list[str]:
        """Words of the papers that differ in one syllable, and in that by a letter or two."""
        rows = self._database.read(
            "select value from json_each(?) where exists"
            " (select 1 from passage_words where term = value) limit ?",
            [json.dumps(list(_neighbours(term)), ensure_ascii=False), _NEIGHBOURS],
        )
        return [row["value"] for row in rows if self.knows(row["value"])]


def _neighbours(term: str) -> Iterator[str]:
    letters = len(unicodedata.normalize("NFD", term))
    wrong = 2 if letters >= _LONG and len(term) <= _LONGEST else 1
    for place, syllable in enumerate(term):
        for other in _variants(syllable, wrong):
            yield f"{term[:place]}{other}{term[place + 1 :]}"


@lru_cache(maxsize=256)
def _variants(syllable: str, wrong: int) -> tuple[str, ...]:
    """Syllables that differ from one in so many letters at most."""
    own = _letters(ord(syllable) - _FIRST)
    return tuple(
        chr(_FIRST + code)
        for code in range(_INITIALS * _VOWELS * _FINALS)
        if 0 < sum(a != b for a, b in zip(own, _letters(code), strict=True)) <= wrong
    )


def _letters(code: int) -> tuple[int, int, int]:
    return code // (_VOWELS * _FINALS), code // _FINALS % _VOWELS, code % _FINALS


def _is_hangul(term: str) -> bool:
    return all("가" <= character <= "힣" for character in term)
