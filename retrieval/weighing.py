"""What a question is about, as terms with weights: the words an answer has to cover."""

from __future__ import annotations

from collections.abc import Collection

from retrieval.keywords import KeywordIndex
from retrieval.spelling import Spelling
from retrieval.terms import KiwiTerms

# Words that say nothing of what is asked: counters, the whole and its parts, neighbourhoods at
# large. A particular dong is a place, not a word.
_GENERAL = (
    "동 구 시 곳 군데 개 개수 명 건 번 회 가지 것 데 쪽 편 사람 때 얼마 정도 단위 해당 사이 중 가운데 "
    "그중 각 각각 제일 가장 다 총 전체 모두 전부 합 합계 순 순위 이번 우리 우리동 여기 거기 "
    "살 나오 하 되 있 알려주 얘기 이야기"
)


class Weigher:
    """Weighs the words of questions.

    Args:
        terms: Makes terms.
        keywords: Knows how rare a term is.
        spelling: Mends mistyped terms.
    """

    def __init__(self, terms: KiwiTerms, keywords: KeywordIndex, spelling: Spelling) -> None:
        self._terms = terms
        self._keywords = keywords
        self._spelling = spelling
        self._general = frozenset(_GENERAL.split())

    def mended(self, text: str, soft: Collection[str]) -> str:
        """A question with mistyped words put right, where the papers hold one that is near.

        Args:
            text: The question.
            soft: Words that count as known though no paper may hold them.
        """
        return " ".join(self._mended(word, soft) for word in text.split())

    def _mended(self, word: str, soft: Collection[str]) -> str:
        known = any(
            len(term) > 1 and (term in soft or self._spelling.knows(term))
            for term in self._terms.index_terms(word).split()
        )
        return word if known else self._spelling.mended(word, soft)

    def weights(self, text: str, soft: Collection[str]) -> dict[str, float]:
        """Terms of a question with their weights.

        Args:
            text: The question, without what is matched otherwise (places, years, operations).
            soft: Words that name what is measured; they and the words of asking are left out.

        Returns:
            Rarer terms weigh more, terms of no paper most. Compounds that no paper holds are left
            to their parts. Empty where nothing is left.
        """
        without = {term for word in soft for term in self._terms.index_terms(word).split()}
        without |= self._general | set(soft)
        terms = [term for term in self._terms.query_terms(text) if term not in without]
        return {term: self._keywords.rarity(term) for term in terms if self._tells(term, terms)}

    def _tells(self, term: str, terms: Collection[str]) -> bool:
        if self._spelling.knows(term):
            return True
        return len(term) > 1 and not any(other != term and other in term for other in terms)
