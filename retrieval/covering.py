"""How much of a question a line of a paper covers, with what stands above it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from corpus import dates
from retrieval.holding import names_thing, states
from retrieval.lookup.aspects import Aspect, words_of
from retrieval.synonyms import same
from retrieval.understanding.question import Question, Want

# How much a term counts that stands not in the sentence itself but above it. A heading speaks for
# all its lines; a title for all its paper, which says less.
_IN_HEADING = 0.8
_IN_TITLE = 0.6
# Inside a longer word: 복지부 in 보건복지부.
_INSIDE = 0.8
# Another word for the same: 홀로 where 혼자 is asked.
_SAME = 0.9
# A single noun of more than this share of the question may not be left out.
_HEAVY = 0.36
# Verbs change their last consonant with their ending (돕다, 도와): words are looked for without.
_WITHOUT_FINAL = {code: code - (code - 0xAC00) % 28 for code in range(0xAC00, 0xD7A4)}
# A line that gives a name in quotation marks need not say that it is one.
NAME_WORDS = frozenset({"이름", "명칭", "제목"})
# 대상 : 65세 이상 어르신
_LABEL = re.compile(r"\W*([가-힣][가-힣\s·/]{0,11}?)\s*[:：]")
_YEAR = re.compile(r"(?:19|20)\d\d\s*년?도?")
_FELL_SHORT = re.compile(
    r"(?:목표|계획|예상)(?:치|량|액|값)?(?:보다|에|만큼|를|을)\s*(?:왜\s*)?(?:더\s*)?(?:적|낮|못|안|덜|미달|모자)\S*"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """A question with its weighed words and what it asks of the thing it names.

    Attributes:
        question: The question.
        weights: Its terms with their weights.
        joined: The two words that a compound among the terms was joined of.
        needed: Terms that an answer may not leave out.
        verbs: Verbs and adjectives among the terms: people choose them freely.
        aspects: Sides of the thing that are asked for.
        spared: Words that name those sides, as terms.
    """

    question: Question
    weights: Mapping[str, float]
    joined: Mapping[str, tuple[str, str]]
    needed: frozenset[str]
    verbs: frozenset[str]
    aspects: Sequence[Aspect]
    spared: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where words may stand: in a line, in the headings above it, in the paper's title."""

    line: str
    headings: Sequence[str]
    title: str


class _Level:
    """A text in which words are looked for, and what they count there."""

    def __init__(self, worth: float, text: str, index_terms: Callable[[str], str]) -> None:
        self.worth = worth
        self._text = text
        self._index_terms = index_terms

    @cached_property
    def terms(self) -> frozenset[str]:
        return frozenset(self._index_terms(self._text).split())

    @cached_property
    def packed(self) -> str:
        return "".join(self._text.lower().split())


class Covering:
    """Measures how much of a question a line covers.

    Args:
        index_terms: Makes the terms of a text, joined by spaces.
    """

    def __init__(self, index_terms: Callable[[str], str]) -> None:
        self._index_terms = index_terms

    def share(self, sought: Sought, place: Place) -> float:
        """Share of the question's weight that a line covers, 0 to 1.

        Returns:
            0 where the line and what stands above it leave out a word that the question hangs on.
        """
        worth = self._worth(place)
        spared = self._spared(sought, place.line)
        weights = {term: one for term, one in sought.weights.items() if term not in spared}
        total = sum(weights.values()) or 1.0
        covered = 0.0
        for term, weight in weights.items():
            value = _value(term, sought.joined, worth)
            heavy = weight > _HEAVY * total and term not in sought.verbs
            if not value and (heavy or term in sought.needed):
                return 0.0
            covered += weight * value
        return covered / total

    def _worth(self, place: Place) -> Callable[[str], float]:
        """What a word counts by where it stands; 0 where it is not found."""
        # What stands higher up is taken apart only for words that are not found below it.
        levels = [
            _Level(worth, text, self._index_terms)
            for worth, text in (
                (1.0, place.line),
                (_IN_HEADING, "\n".join(place.headings)),
                (_IN_TITLE, place.title),
            )
            if text
        ]

        def worth_of(term: str) -> float:
            for level in levels:
                if term in level.terms:
                    return level.worth
                if len(term) > 1 and term in level.packed:
                    return level.worth * _INSIDE
            return 0.0

        return worth_of

    def _spared(self, sought: Sought, text: str) -> frozenset[str]:
        """Words that a line need not hold, as its label or its value says what they name."""
        label = _LABEL.match(text)
        stated = [
            one
            for one in sought.aspects
            if (label is not None and one.labels(label[1])) or states(one.name, text)
        ]
        named = NAME_WORDS if names_thing(text) else frozenset()
        return words_of(stated, self._index_terms) | named


def _value(
    term: str, joined: Mapping[str, tuple[str, str]], worth: Callable[[str], float]
) -> float:
    value = max(worth(term), *(_SAME * worth(other) for other in same(term)), 0.0)
    if value or term not in joined:
        return value
    # 공유냉장고 where a paper prints 공유 주방의 냉장고: the words are there, though apart.
    return min(max(worth(one), *(_SAME * worth(o) for o in same(one)), 0.0) for one in joined[term])


class Bound:
    """How much of a question a line may cover at most, by how its words begin.

    A thousandth of what terms cost; what is the same for all lines is worked out once.

    Args:
        sought: The question.
    """

    def __init__(self, sought: Sought) -> None:
        self._total = sum(sought.weights.values()) or 1.0
        self._terms = [
            (
                weight,
                [word[:2].translate(_WITHOUT_FINAL) for word in (term, *same(term))],
                term in sought.spared or not term.isalpha(),
            )
            for term, weight in sought.weights.items()
        ]

    def of(self, place: Place) -> float:
        """The share of the question's weight, 0 to 1; 1 of a question without words."""
        here, paper = _sounds(place.line), _sounds(place.title)
        above = _sounds("".join(place.headings))
        covered = 0.0
        for weight, starts, given in self._terms:
            if given or any(one in here for one in starts):
                covered += weight
            elif any(start in above for start in starts):
                covered += weight * _IN_HEADING
            elif any(start in paper for start in starts):
                covered += weight * _IN_TITLE
        return covered / self._total if self._terms else 1.0


@lru_cache(maxsize=4096)  # a title stands above all lines of its paper, whose lines come again
def _sounds(text: str) -> str:
    return "".join(text.lower().split()).translate(_WITHOUT_FINAL)


def without_times(question: Question) -> str:
    """The question without its years, which are matched apart, and its relative dates.

    Why something fell short of its goal (`목표보다 왜 적어`) is told without the goal.
    """
    text = _YEAR.sub(" ", question.text)
    if question.want is Want.REASON:
        text = _FELL_SHORT.sub(" ", text)
    for mention in dates.relative(text, question.today):
        text = text.replace(mention.text, " ")
    return text
