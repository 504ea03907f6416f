"""The sentences of found passages that answer a question, or none."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from corpus import dates
from corpus.outline import Item, outline
from retrieval.holding import asks, by_member, holds, names_all
from retrieval.lookup.aspects import Aspect, aspects_asked, words_of
from retrieval.mending import mended
from retrieval.synonyms import same
from retrieval.terms import KiwiTerms
from retrieval.types import Hit
from retrieval.understanding.question import Question, Want, soft_words
from retrieval.weighing import Weigher

# How much a term counts that stands not in the sentence itself but above it. A heading speaks for
# all its lines; a title for all its paper, which says less.
_IN_HEADING = 0.8
_IN_TITLE = 0.6
# Inside a longer word: 복지부 in 보건복지부.
_INSIDE = 0.8
# Another word for the same: 홀로 where 혼자 is asked.
_SAME = 0.9
# A single word of more than this share of the question may not be left out.
_HEAVY = 0.3
_LABELS = {
    Want.TIME: re.compile(r"\W*(?:일\s*시|일\s*자|기\s*간|날\s*짜|시\s*간)"),
    Want.PLACE: re.compile(r"\W*(?:일시\s*/\s*)?(?:장\s*소|위\s*치|곳)"),
    Want.CONTACT: re.compile(r"\W*(?:문\s*의|연\s*락|전\s*화)"),
}
# A line that starts with the very label of what is asked answers better than one that mentions it.
_LABELLED = 0.1
_YEAR = re.compile(r"(?:19|20)\d\d\s*년?도?")
_LONGEST_QUOTE = 300
# Answers begin at a coverage of 0.6, and other lines are told with the best within 0.05 of it.
_LEAST = 0.5
# Verbs change their last consonant with their ending (돕다, 도와): words are looked for without.
_WITHOUT_FINAL = {code: code - (code - 0xAC00) % 28 for code in range(0xAC00, 0xD7A4)}
_CODE = re.compile(r"\d{1,2}(?:-\d{1,2})+\.?\s")
# 대상 : 65세 이상 어르신
_LABEL = re.compile(r"\W*([가-힣][가-힣\s·/]{0,11}?)\s*[:：]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A logical line of a paper as an answer to a question.

    Attributes:
        hit: The passage it stands in.
        start: First code point in the document's text.
        end: Code point behind its last.
        text: The line without its bullet, mended.
        quote: The line verbatim, white space folded, at most 300 characters.
        heading: What stands above it, outermost first.
        coverage: Share of the question's weight that it and its headings cover, 0 to 1.
        score: What evidence is ranked by.
        followers: What stands below it: replies, remarks, sub-items.
    """

    hit: Hit
    start: int
    end: int
    text: str
    quote: str
    heading: tuple[str, ...]
    coverage: float
    score: float
    followers: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sought:
    """A question with its weighed words and what it asks of the thing it names."""

    question: Question
    weights: Mapping[str, float]
    focus: str
    aspects: Sequence[Aspect]
    spared: frozenset[str]


class Extractor:
    """Finds evidence in passages.

    Args:
        terms: Makes terms of texts and questions, and joins broken lines.
        weigher: Weighs the words of a question.
    """

    def __init__(self, terms: KiwiTerms, weigher: Weigher) -> None:
        self._terms = terms
        self._weigher = weigher
        self._index_terms = terms.index_terms
        # The same passages answer many questions; mending a line costs 1 ms.
        self._mended = lru_cache(maxsize=8192)(lambda text: mended(text, terms.kiwi.glue))

    def evidence(
        self, question: Question, hits: Sequence[Hit], titles: Mapping[int, str]
    ) -> list[Evidence]:
        """Lines that may answer, best first.

        Args:
            question: What is asked.
            hits: Passages, best first.
            titles: Title and date of each document by its row number.

        Returns:
            Lines that name every place and year of the question and hold the kind of value that
            it asks for; none where no passage has such a line.
        """
        weights = self._weigher.weights(_plain(question), soft_words(question.want), question.text)
        aspects = aspects_asked(question.text)
        sought = _Sought(
            question=question,
            weights=weights,
            focus=self._weigher.focus(weights, question.text),
            aspects=aspects,
            spared=words_of(aspects, self._index_terms),
        )
        found: list[Evidence] = []
        for rank, hit in enumerate(hits):
            title = titles.get(hit.passage.document_id, "")
            found += self._in_passage(sought, hit, title, rank)
        return sorted(found, key=lambda evidence: -evidence.score)

    def _in_passage(self, sought: _Sought, hit: Hit, title: str, rank: int) -> list[Evidence]:
        question, text = sought.question, hit.passage.text
        items = outline(text)
        lines = _answering([self._line(hit, items, item) for item in items])
        paper = _sounds(title)
        found = []
        for number, line in enumerate(lines):
            if _most(sought, line, paper) < _LEAST:
                continue
            below = tuple(
                lines[index] for index, item in enumerate(items) if number in item.parents
            )
            if asks(line.text) and not below and number + 1 < len(lines):
                continue  # answered by the line below it
            under = [one.text for one in below]
            if not names_all(question, line.text, " ".join(line.heading), title):
                continue
            if not holds(question, line.text, heading=items[number].heading, below=under):
                continue
            coverage = self._coverage(sought, line, title)
            if not coverage:
                continue
            label = _LABELS.get(question.want)
            telling = (label and label.match(line.text)) or _tells_day(question, line.text)
            bonus = _LABELLED if telling else 0.0
            score = coverage + bonus - 0.01 * rank - 0.0002 * len(line.text)
            found.append(replace(line, coverage=coverage, score=score, followers=below))
        return found

    def _line(self, hit: Hit, items: Sequence[Item], item: Item) -> Evidence:
        text = hit.passage.text
        above = [self._mended(text[items[i].body : items[i].end]) for i in item.parents]
        return Evidence(
            hit=hit,
            start=hit.passage.start + item.start,
            end=hit.passage.start + item.end,
            text=self._mended(text[_shown_from(text, item) : item.end]).replace("\t", " · "),
            quote=" ".join(text[item.start : item.end].replace("\t", "…").split()).lstrip("• ")[
                :_LONGEST_QUOTE
            ],
            heading=(*hit.passage.heading, *above),
            coverage=0.0,
            score=0.0,
        )

    def _coverage(self, sought: _Sought, line: Evidence, title: str) -> float:
        """Share of the question's weight that a line covers; 0 where it leaves out a heavy word."""
        here = set(self._index_terms(line.text).split())
        above = set(self._index_terms("\n".join(line.heading)).split())
        paper = set(self._index_terms(title).split())
        worth = {**dict.fromkeys(paper, _IN_TITLE), **dict.fromkeys(above, _IN_HEADING)}
        worth |= dict.fromkeys(here, 1.0)
        packed = "".join(line.text.lower().split())
        spared = self._spared(sought, line.text)
        weights = {term: one for term, one in sought.weights.items() if term not in spared}
        total = sum(weights.values()) or 1.0
        covered = 0.0
        for term, weight in weights.items():
            value = max(worth.get(term, 0.0), *(_SAME * worth.get(o, 0.0) for o in same(term)), 0.0)
            value = value or (_INSIDE if len(term) > 1 and term in packed else 0.0)
            if not value and (term == sought.focus or weight > _HEAVY * total):
                return 0.0
            covered += weight * value
        return covered / total

    def _spared(self, sought: _Sought, text: str) -> frozenset[str]:
        """Words that a line need not hold, as its label says what they name."""
        label = _LABEL.match(text)
        if label is None:
            return frozenset()
        stated = [one for one in sought.aspects if one.labels(label[1])]
        return words_of(stated, self._index_terms)


def _shown_from(text: str, item: Item) -> int:
    """Where a line begins for a reader: a plan's code (`1-2.`) is no mere bullet."""
    return item.start if _CODE.match(text, item.start, item.body) else item.body


def _tells_day(question: Question, text: str) -> bool:
    """Whether a line says more than the year, where a time is asked for."""
    if question.want is not Want.TIME:
        return False
    return any(mention.precision is not dates.Precision.YEAR for mention in dates.find(text))


def _answering(lines: Sequence[Evidence]) -> list[Evidence]:
    """Lines with the question that they answer above them, as verbatim minutes print both."""
    found = list(lines[:1])
    for before, line in pairwise(lines):
        answers = asks(before.text) or (by_member(before.text) and not by_member(line.text))
        if answers and not asks(line.text) and before.text not in line.heading:
            found.append(replace(line, heading=(*line.heading, before.text)))
        else:
            found.append(line)
    return found


def _sounds(text: str) -> str:
    return "".join(text.lower().split()).translate(_WITHOUT_FINAL)


def _most(sought: _Sought, line: Evidence, paper: str) -> float:
    """What a line may cover at most, by how its words begin: a thousandth of what terms cost."""
    here, above = _sounds(line.text), _sounds("".join(line.heading))
    covered = 0.0
    for term, weight in sought.weights.items():
        starts = [word[:2].translate(_WITHOUT_FINAL) for word in (term, *same(term))]
        if term in sought.spared or not term.isalpha() or any(one in here for one in starts):
            covered += weight
        elif any(start in above for start in starts):
            covered += weight * _IN_HEADING
        elif any(start in paper for start in starts):
            covered += weight * _IN_TITLE
    return covered / (sum(sought.weights.values()) or 1.0) if sought.weights else 1.0


def _plain(question: Question) -> str:
    """The question without its years, which are matched apart, and its relative dates."""
    text = _YEAR.sub(" ", question.text)
    for mention in dates.relative(text, question.today):
        text = text.replace(mention.text, " ")
    return text
