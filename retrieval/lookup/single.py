"""One record, or the few that fit alike: the value asked for, or the row as it is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from corpus.messages import say
from corpus.records import Field, FieldType, RecordKind
from retrieval.lookup.asked import Asked
from retrieval.lookup.aspects import OFFICES, Aspect, aspects_asked, words_of
from retrieval.lookup.columns import column
from retrieval.lookup.finding import Found
from retrieval.lookup.line_counts import counts_beside
from retrieval.lookup.plans import other_code
from retrieval.lookup.qualifiers import coded
from retrieval.lookup.row import Row
from retrieval.lookup.subjects import of_named
from retrieval.lookup.suiting import (
    by_example,
    counts_so,
    defining,
    labelled,
    measuring,
    numbers_only,
    of_another_body,
    of_month,
    of_office,
)
from retrieval.lookup.telling import Telling
from retrieval.lookup.values import TORN, Values, states_cause
from retrieval.lookup.wording import Citations, label, value_of
from retrieval.types import Answer, Basis
from retrieval.understanding.kinds import kinds_named
from retrieval.understanding.question import Want
from retrieval.understanding.request import Operation

ENOUGH = 0.6
_ALIKE = 0.04
# A fact counts a little less than a row (`finding`); facts of one paragraph fit about alike.
_LOOSE, _STATED_NEAR = 0.05, 0.15
# A single word of more than this share of the question may not be left out.
_HEAVY = 0.3

_NO_DEFINITIONS = frozenset({RecordKind.FACT, RecordKind.EVENT})
_MOST_FACTS = 4
_WAYS = frozenset({"apply", "contact"})
# Whoever has a row among awards has won it.
_WON = frozenset({"타", "받", "따"})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Fit:
    """A record with the values in it that answer, and how well it fits the rest."""

    row: Row
    fields: tuple[Field, ...]
    coverage: float
    own: float
    reasoned: bool = False


class Single:
    """Answers with the value of one record.

    Args:
        citations: Makes the citations of one answer.
        terms_of: Text to index terms.
    """

    def __init__(self, citations: Callable[[], Citations], terms_of: Callable[[str], str]) -> None:
        self._citations = citations
        self._terms_of = terms_of
        self._telling = Telling(citations)
        self._values = Values(terms_of)

    def answer(self, asked: Asked, found: Sequence[Found]) -> Answer | None:
        """The value that is asked for.

        Args:
            asked: The question.
            found: Records that may answer, best first.

        Returns:
            The answer; None where no record covers enough of the question or holds such a value.
        """
        aspects = aspects_asked(asked.question.text)
        fitting = [fit for one in found if (fit := self._fit(asked, one, aspects))]
        if not fitting:
            return self._of_example(asked, found) if measuring(asked) else None
        kinds = kinds_named(asked.question.text)
        best = max(fit.coverage for fit in fitting)
        fitting.sort(
            key=lambda fit: (
                not (fit.reasoned or asked.question.want is not Want.REASON),
                not (labelled(asked, fit.row) and fit.coverage >= best - _STATED_NEAR),
                fit.row.kind not in kinds,
                -round(fit.coverage, 3),
                -round(fit.own, 3),
            )
        )
        if asked.question.want in {Want.AMOUNT, Want.COUNT}:
            fitting = self._measured(asked, fitting)
        return self._told(asked, fitting, found, aspects)

    def _told(
        self,
        asked: Asked,
        fitting: Sequence[_Fit],
        found: Sequence[Found],
        aspects: Sequence[Aspect],
    ) -> Answer | None:
        """The first of the rows that fit, and those that fit as well; None where all facts do."""
        best = fitting[0]
        listing = asked.question.want is Want.LIST and best.row.kind is RecordKind.FACT
        if listing and all(field.type is FieldType.COUNT for field in best.fields):
            return None  # how many there are is no list of them
        way = asked.question.want is Want.ANY and any(one.name in _WAYS for one in aspects)
        if way and not _states(aspects, best.fields):
            return None  # a row without the way to apply says nothing of it
        if defining(asked) and best.row.kind in _NO_DEFINITIONS and numbers_only(best.fields):
            return None  # what a thing is stands in a sentence
        if beside := counts_beside(asked, best.row, found, self._terms_of):
            return self._telling.said(asked, beside)
        alike = [
            (fit.row, fit.fields)
            for fit in fitting
            if fit.coverage >= best.coverage - _ALIKE
            and fit.own >= best.own - _ALIKE
            and fit.row.kind is best.row.kind
        ]
        if best.row.kind is RecordKind.FACT and len(alike) > _MOST_FACTS:
            return None  # nothing tells them apart, so none of them is what is asked
        return self._telling.said(asked, alike)

    def _of_example(self, asked: Asked, found: Sequence[Found]) -> Answer | None:
        """What is printed of all projects of a place, where one of them is asked for."""
        named = [one.row for one in found if one.coverage >= ENOUGH and by_example(asked, one.row)]
        if len(named) != 1 or asked.request.operation is not Operation.LOOK_UP:
            return None
        row, cite = named[0], self._citations()
        example = row.field("examples")
        numbers = [f for f in row.fields if f.type in {FieldType.COUNT, FieldType.MONEY}]
        text = say(
            "answer.of_example",
            example=example.text if example else "",
            name=label(row),
            told=" · ".join(value_of(field, asked.request.unit) for field in numbers),
            mark=cite.add(row),
        )
        return Answer(
            text=text,
            citations=cite.all(),
            basis=Basis.RECORDS,
            standalone=asked.question.text,
            rows=(row.id,),
        )

    def together(self, asked: Asked, found: Sequence[Found]) -> Answer | None:
        """Counts of one line that a question asks for together; None where it asks for one.

        Args:
            asked: The question.
            found: Records that may answer, best first.
        """
        if asked.question.want is not Want.COUNT:
            return None
        for one in found:
            fits = one.coverage >= ENOUGH - _STATED_NEAR
            if fits and (rows := counts_beside(asked, one.row, found, self._terms_of)):
                return self._telling.said(asked, rows)
        return None

    def _fit(self, asked: Asked, one: Found, aspects: Sequence[Aspect]) -> _Fit | None:
        """A record with the values that answer; None where it leaves out what is asked."""
        row = one.row
        if (measuring(asked) and by_example(asked, row)) or of_another_body(asked, row):
            return None
        if other_code(asked.question.text, row) or not coded(
            asked.question.text, " ".join(field.text for field in row.fields)
        ):
            return None
        fields = self._values.of(asked, row, aspects)
        if not fields:
            return None
        if not counts_so(asked, fields):
            return None
        if not of_office(asked, row, aspects) or not of_month(asked, fields):
            return None
        spared = self._spared(asked, row, aspects)
        weights = {term: w for term, w in asked.weights.items() if term not in spared}
        missing = [term for term in weights if not one.worth.get(term)]
        total = sum(weights.values())
        nouns = [term for term in missing if term not in asked.verbs]
        if asked.focus in missing or any(weights[term] > _HEAVY * total for term in nouns):
            return None
        named = (
            asked.places
            or of_named(asked, row)
            or _states([one for one in aspects if one.name in OFFICES], row.fields)
        )
        if asked.weights and not weights and not named and row.kind not in TORN:
            return None  # an aspect without the thing that it is asked of
        covered = sum(weight * one.worth.get(term, 0.0) for term, weight in weights.items())
        coverage = covered / total if total else 1.0
        if coverage < ENOUGH and asked.weights:
            return None
        return _Fit(
            row=row,
            fields=fields,
            coverage=coverage,
            own=one.own,
            reasoned=any(states_cause(aspects, field) for field in fields),
        )

    def _spared(self, asked: Asked, row: Row, aspects: Sequence[Aspect]) -> frozenset[str]:
        """Words that a row need not hold, as it states what they name or is what they say."""
        stated = [one for one in aspects if any(one.states(field) for field in row.fields)]
        won = _WON if row.kind is RecordKind.AWARD else frozenset()
        return words_of(stated, self._terms_of) | (won & asked.verbs)

    def _measured(self, asked: Asked, fitting: Sequence[_Fit]) -> list[_Fit]:
        """Of rows that fit alike, those whose column is the one asked for."""
        best = fitting[0]
        near = [fit for fit in fitting if fit.coverage >= best.coverage - _ALIKE]
        if best.row.kind in TORN:
            near = [fit for fit in near if fit.row.kind is best.row.kind]
        columns = [column([fit.row], asked) for fit in near]
        fits = [found.fit if found else 0 for found in columns]
        return [pair for pair, fit in zip(near, fits, strict=True) if fit == max(fits)]

    def stated(self, asked: Asked, found: Sequence[Found]) -> Answer | None:
        """The largest number that facts state of the things counted; parts of it are smaller.

        Args:
            asked: A question for the number of all things of a kind.
            found: Facts that may answer, best first.

        Returns:
            The answer; None where no fact counts such things.
        """
        packed = asked.question.packed
        counted = [
            (one, field)
            for one in found
            for field in one.row.typed(FieldType.COUNT)
            if one.coverage >= ENOUGH - _LOOSE and len(field.unit) > 1 and field.unit in packed
        ]
        if not counted:
            return None
        best = max(one.coverage for one, _ in counted)
        near = [(one, field) for one, field in counted if one.coverage >= best - _STATED_NEAR]
        one, field = max(near, key=lambda pair: pair[1].value or 0)
        return self._telling.said(asked, [(one.row, (field,))])


def _states(aspects: Sequence[Aspect], fields: Sequence[Field]) -> bool:
    return any(one.states(field) for one in aspects for field in fields)
