"""Mistyped words, mended by the words that the papers use."""

from __future__ import annotations

from collections.abc import Collection

from corpus.database import CouncilDatabase
from corpus.text import similarity
from corpus.types import Visibility
from retrieval.hidden_words import HiddenWords

# One wrong letter in a word of two syllables leaves 5 of 6 letters: 예싼 and 예산 are 0.83 alike,
# while 연수 and 연구, both real words, are 0.8.
_ALIKE = 0.75
_SHORTEST = 2


class Spelling:
    """Knows which words occur in the papers that an audience may see.

    Args:
        database: The council's store.
        audience: Highest level that may be seen.
        hidden: Counts the words of other papers.
    """

    def __init__(
        self,
        database: CouncilDatabase,
        audience: Visibility = Visibility.STAFF,
        hidden: HiddenWords | None = None,
    ) -> None:
        self._database = database
        self._audience = audience
        self._hidden = hidden or HiddenWords(database)
        self._state: tuple[int, ...] = ()
        self._words: frozenset[str] = frozenset()
        self._by_length: dict[int, list[str]] = {}

    def at(self, audience: Visibility) -> Spelling:
        """The same for another audience."""
        return Spelling(self._database, audience, self._hidden)

    def knows(self, term: str) -> bool:
        """Whether a term occurs in any paper that may be seen."""
        self._refresh()
        return term in self._words

    def _refresh(self) -> None:
        """Read the words anew when papers came in; 60,000 words take 40 ms and 8 MB."""
        state = self._hidden.state(self._audience)
        if state == self._state:
            return
        hidden = self._hidden.of(self._audience)
        rows = self._database.read("select term, doc from passage_words")
        words = [row["term"] for row in rows if row["doc"] > hidden.get(row["term"], 0)]
        self._words, self._by_length, self._state = frozenset(words), {}, state

    def mended(self, term: str, others: Collection[str] = ()) -> str:
        """The term, or the word it most likely stands for.

        Args:
            term: An index term of a question.
            others: Further words that count as known.

        Returns:
            A term that occurs stays as it is, and so does one that nothing is near to.
        """
        if len(term) < _SHORTEST or not _is_hangul(term) or term in others or self.knows(term):
            return term
        near = {*self._near(term), *(word for word in others if len(word) == len(term))}
        scored = sorted((-similarity(term, word), word) for word in near)
        return scored[0][1] if scored and -scored[0][0] >= _ALIKE else term

    def _near(self, term: str) -> list[str]:
        """Words of the papers that differ in one syllable."""
        length = len(term)
        if length not in self._by_length:
            self._by_length[length] = [
                word for word in self._words if len(word) == length and _is_hangul(word)
            ]
        return [
            word
            for word in self._by_length[length]
            if sum(a != b for a, b in zip(word, term, strict=True)) == 1
        ]


def _is_hangul(term: str) -> bool:
    return all("가" <= character <= "힣" for character in term)
