"""The sentences of found passages that answer a question, or none."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from corpus import dates
from corpus.types import Visibility
from retrieval.covering import NAME_WORDS, Bound, Covering, Place, Sought, without_times
from retrieval.holding import holds, shows_none, sums_up, unvoiced
from retrieval.lookup.aspects import aspects_asked, words_of
from retrieval.naming import names_all
from retrieval.passage_lines import LONGEST_QUOTE, PassageLine, PassageLines
from retrieval.terms import KiwiTerms
from retrieval.types import Hit
from retrieval.understanding.question import Question, Want, soft_words
from retrieval.understanding.row_words import row_nouns
from retrieval.weighing import Weigher

_LABELS = {
    Want.TIME: re.compile(
        r"\W*(?:운영|사업|행사|교육|신청|모집)?\s?(?:일\s*시|일\s*자|기\s*간|날\s*짜|시\s*간)"
    ),
    Want.PLACE: re.compile(r"\W*(?:일시\s*/\s*)?(?:장\s*소|위\s*치|곳)"),
    Want.CONTACT: re.compile(r"\W*(?:문\s*의|연\s*락|전\s*화|담\s*당)"),
}
# A line that starts with the very label of what is asked answers better than one that mentions it.
_LABELLED = 0.1
# Answers begin at a coverage of 0.6, and other lines are told with the best within 0.05 of it.
_LEAST = 0.5
# A label and a better rank make up for less than this; what covers less is not looked at.
_NEAR = 0.2
# 1등, 3기, 2호점: another one is another thing.
_ONE_OF_MANY = re.compile(r"\d+(?:등|위|기|호|호점|구역|단지|학년|분기|권역)$")
# What is asked for is no 사업 and no 이름, but what is said of one.
_PASSED = row_nouns()
_NUMBERS = frozenset({Want.AMOUNT, Want.COUNT})
# Shorter lines are read at a glance; of longer ones the sentence that answers says enough, unless
# it leaves out so much of the question.
_SPEECH, _LESS_SAID = 90, 0.3
_SENTENCE = re.compile(r"\S.+?(?:[다요까][.?](?=\s|$)|$)", re.DOTALL)


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
        above: The line that its last heading is; None where that stands outside the passage.
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
    above: Evidence | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """A line that may answer.

    Attributes:
        evidence: The line with what stands below it, not rated yet.
        place: Where the words of a question are looked for.
        announces: Whether it is a heading of what follows.
        rank: Place of its passage among those found, from 0.
        most: Share of the question that it may cover at most.
    """

    evidence: Evidence
    place: Place
    announces: bool
    rank: int
    most: float


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
        self._covering = Covering(terms.index_terms)
        self._printed = PassageLines(terms.kiwi.glue)

    def evidence(
        self,
        question: Question,
        hits: Sequence[Hit],
        titles: Mapping[int, str],
        audience: Visibility,
    ) -> list[Evidence]:
        """Lines that may answer, best first.

        Args:
            question: What is asked.
            hits: Passages, best first.
            titles: Title and date of each document by its row number.
            audience: Highest level whose words count as known.

        Returns:
            Lines that name every place and year of the question and hold the kind of value that
            it asks for; none where no passage has such a line.
        """
        sought = self._sought(question, self._weigher.of(audience))
        bound = Bound(sought)
        lines = [
            line
            for rank, hit in enumerate(hits)
            for line in self._lines(bound, hit, titles.get(hit.passage.document_id, ""), rank)
        ]
        found: list[Evidence] = []
        best = 0.0
        for line in sorted(lines, key=lambda line: -line.most):
            if line.most < best - _NEAR:
                break
            if evidence := self._checked(sought, line):
                found.append(evidence)
                best = max(best, evidence.coverage)
        return sorted(found, key=lambda evidence: -evidence.score)

    def _sought(self, question: Question, weigher: Weigher) -> Sought:
        weights = weigher.weights(without_times(question), soft_words(question.want), question.text)
        aspects = aspects_asked(question.text)
        spared = words_of(aspects, self._index_terms)
        focus = weigher.focus(weights, question.text, _PASSED | spared)
        return Sought(
            question=question,
            weights=weights,
            joined=weigher.joined(weights, question.text),
            needed=frozenset(
                term
                for term in weights
                if term == focus or term in NAME_WORDS or _ONE_OF_MANY.match(term)
            ),
            verbs=weigher.verbs(question.text),
            aspects=aspects,
            spared=spared,
        )

    def _lines(self, bound: Bound, hit: Hit, title: str, rank: int) -> Iterator[_Line]:
        """The lines of a passage that may cover enough of a question."""
        lines = self._printed.of(hit.passage.text, hit.passage.heading)
        for number, line in enumerate(lines):
            place = Place(line=line.text, headings=line.heading, title=title)
            most = bound.of(place)
            if most < _LEAST or line.short:
                continue
            below = tuple(
                _evidence(hit, other)
                for other in lines
                if number in other.item.parents and not other.short
            )
            if line.asks and not below and number + 1 < len(lines):
                continue  # answered by the line below it
            evidence = _evidence(hit, line)
            parents = line.item.parents
            above = _evidence(hit, lines[parents[-1]]) if parents else None
            yield _Line(
                evidence=replace(evidence, followers=below, above=evidence.above or above),
                place=place,
                announces=line.item.heading,
                rank=rank,
                most=most,
            )

    def _checked(self, sought: Sought, line: _Line) -> Evidence | None:
        """A line with how well it answers; None where it does not."""
        question, evidence, place = sought.question, line.evidence, line.place
        text, under = evidence.text, [one.text for one in evidence.followers]
        if not names_all(question, text, " ".join(place.headings), place.title):
            return None
        if not holds(question, text, heading=line.announces, below=under):
            return None
        if question.want is Want.ANY and shows_none(
            [one.name for one in sought.aspects], " ".join((text, *under))
        ):
            return None
        if unvoiced(question.packed, " ".join((text, *under, *place.headings))):
            return None
        coverage = self._covering.share(sought, place)
        if not coverage or self._of_others(sought, place):
            return None
        label = _LABELS.get(question.want)
        labelled = bool(label and label.match(text))
        if labelled and coverage >= _LEAST:
            coverage = min(1.0, coverage + _LABELLED)  # of what the paper's title names
        bonus = _LABELLED if labelled or _tells_day(question, text) else 0.0
        score = coverage + bonus - 0.01 * line.rank - 0.0002 * len(text)
        shown = self._narrowed(sought, evidence, place, coverage) or evidence
        return replace(shown, coverage=coverage, score=score)

    def _of_others(self, sought: Sought, place: Place) -> bool:
        """Whether a line sums up several projects, and one that stands above it is asked for."""
        if sought.question.want is not Want.AMOUNT or not sums_up(place.line):
            return False
        return not self._covering.share(sought, replace(place, headings=(), title=""))

    def _narrowed(
        self, sought: Sought, line: Evidence, place: Place, coverage: float
    ) -> Evidence | None:
        """The sentence of a speech that holds the number asked for; None where none stands out."""
        if sought.question.want not in _NUMBERS or line.followers or len(line.text) < _SPEECH:
            return None
        first = line.hit.passage.start
        best, least = None, coverage - _LESS_SAID
        for match in _SENTENCE.finditer(
            line.hit.passage.text, line.start - first, line.end - first
        ):
            words = self._printed.mended(match[0].strip())
            if not holds(sought.question, words, heading=False, below=()):
                continue
            share = self._covering.share(sought, replace(place, line=words))
            if share > least:
                best, least = (match, words), share
        if best is None:
            return None
        match, words = best
        return replace(
            line,
            start=first + match.start(),
            end=first + match.end(),
            text=words.replace("\t", " · "),
            quote=" ".join(match[0].replace("\t", "…").split())[:LONGEST_QUOTE],
        )


def _evidence(hit: Hit, line: PassageLine) -> Evidence:
    """A line of a passage as evidence that is not rated yet."""
    return Evidence(
        hit=hit,
        start=hit.passage.start + line.item.start,
        end=hit.passage.start + line.item.end,
        text=line.text,
        quote=line.quote,
        heading=line.heading,
        coverage=0.0,
        score=0.0,
        above=None if line.answers is None else _evidence(hit, line.answers),
    )


def _tells_day(question: Question, text: str) -> bool:
    """Whether a line says more than the year, where a time is asked for."""
    if question.want is not Want.TIME:
        return False
    return any(mention.precision is not dates.Precision.YEAR for mention in dates.find(text))
