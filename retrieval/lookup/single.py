"""One record, or the few that fit alike: the value asked for, or the row as it is."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from corpus.messages import say
from corpus.records import Field, FieldType, RecordKind
from retrieval.holding import names_person, office
from retrieval.lookup.asked import Asked
from retrieval.lookup.aspects import Aspect, aspects_asked, words_of
from retrieval.lookup.columns import column
from retrieval.lookup.finding import Found
from retrieval.lookup.plans import other_code
from retrieval.lookup.qualifiers import coded, of_one_body
from retrieval.lookup.row import Row
from retrieval.lookup.telling import Telling
from retrieval.lookup.values import TORN, Values, states_cause, whole
from retrieval.lookup.wording import Citations, label
from retrieval.types import Answer, Basis
from retrieval.understanding.kinds import kinds_named
from retrieval.understanding.question import Want, soft_words

ENOUGH = 0.6
_ALIKE = 0.04
# A fact counts a little less than a row (`finding`); facts of one paragraph fit about alike.
_LOOSE, _STATED_NEAR = 0.05, 0.15
# A single word of more than this share of the question may not be left out.
_HEAVY = 0.3

_HOW_MANY = re.compile(r"몇\s*[가-힣]")
_APART = re.compile(r"나눠|나누어|각각|구분해|따로")
_SEVERAL = 2
# Aspects that every programme has, printed or not, and the kinds of records that have a name.
_TOLD = frozenset({"hours", "place", "department", "members", "target", "apply", "contact", "fee"})
_NAMED_KINDS = frozenset({RecordKind.PROGRAMME, RecordKind.ROW})


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
            return None
        kinds = kinds_named(asked.question.text)
        fitting.sort(
            key=lambda fit: (
                not (fit.reasoned or asked.question.want is not Want.REASON),
                fit.row.kind not in kinds,
                -round(fit.coverage, 3),
                -round(fit.own, 3),
            )
        )
        if asked.question.want in {Want.AMOUNT, Want.COUNT}:
            fitting = self._measured(asked, fitting)
        best = fitting[0]
        if beside := _beside(asked, best.row, found, self._terms_of):
            return self._telling.said(asked, beside)
        alike = [
            (fit.row, fit.fields)
            for fit in fitting
            if fit.coverage >= best.coverage - _ALIKE
            and fit.own >= best.own - _ALIKE
            and fit.row.kind is best.row.kind
        ]
        return self._telling.said(asked, alike)

    def lacking(self, asked: Asked, found: Sequence[Found]) -> Answer | None:
        """A programme or row that the question names, without the aspect that it asks for.

        Args:
            asked: The question.
            found: Records that may answer, best first.

        Returns:
            An answer that says what is not printed and what is; None where no record is meant.
        """
        aspects = [one for one in aspects_asked(asked.question.text) if one.name in _TOLD]
        spared = words_of(aspects, self._terms_of) | soft_words(asked.question.want)
        weights = {term: one for term, one in asked.weights.items() if term not in spared}
        for one in found if aspects and weights else ():
            row, name = one.row, label(one.row)
            stated = any(aspect.states(field) for aspect in aspects for field in row.fields)
            named = all(term in "".join(name.lower().split()) for term in weights)
            if row.kind not in _NAMED_KINDS or stated or not named:
                continue
            cite = self._citations()
            what = ", ".join(say(f"aspect.{aspect.name}") for aspect in aspects)
            told = self._telling.values(asked, row, whole(row))
            text = say("answer.lacking", name=name, what=what, told=told, mark=cite.add(row))
            return Answer(
                text=text,
                citations=cite.all(),
                basis=Basis.RECORDS,
                standalone=asked.question.text,
            )
        return None

    def _fit(self, asked: Asked, one: Found, aspects: Sequence[Aspect]) -> _Fit | None:
        """A record with the values that answer; None where it leaves out what is asked."""
        row = one.row
        if _measuring(asked) and _by_example(asked, row):
            return None
        if other_code(asked.question.text, row) or not coded(
            asked.question.text, " ".join(field.text for field in row.fields)
        ):
            return None
        fields = self._values.of(asked, row, aspects)
        if not fields:
            return None
        if not _of_office(asked, row, aspects):
            return None
        spared = self._spared(row, aspects)
        weights = {term: w for term, w in asked.weights.items() if term not in spared}
        missing = [term for term in weights if not one.worth.get(term)]
        total = sum(weights.values())
        if asked.focus in missing or any(weights[term] > _HEAVY * total for term in missing):
            return None
        if asked.weights and not weights and not asked.places and row.kind not in TORN:
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

    def _spared(self, row: Row, aspects: Sequence[Aspect]) -> frozenset[str]:
        """Words that a row need not hold, as it states what they name."""
        stated = [one for one in aspects if any(one.states(field) for field in row.fields)]
        return words_of(stated, self._terms_of)

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
        packed = "".join(asked.question.text.split())
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


def _beside(
    asked: Asked, best: Row, found: Sequence[Found], terms_of: Callable[[str], str]
) -> list[tuple[Row, tuple[Field, ...]]]:
    """The counts of one line that a question asks for together: strategies and their projects.

    Empty where it asks for one, or the line states but one of them.
    """
    if best.kind is not RecordKind.FACT or asked.question.want is not Want.COUNT:
        return []
    said = set(terms_of(asked.question.text).split())
    every = [one.row for one in found if one.row.spans == best.spans] if best.spans else []
    named = [row for row in every if set(terms_of(row.fields[0].text).split()[:1]) <= said]
    asking = len(_HOW_MANY.findall(asked.question.text)) > 1 or _APART.search(asked.question.text)
    if not asking or len(named) < _SEVERAL or best not in named:
        return []
    rows = every if _APART.search(asked.question.text) else named
    rows = sorted(rows, key=lambda row: row.id)
    return [(row, row.typed(FieldType.COUNT)[:1]) for row in rows if row.typed(FieldType.COUNT)]


def _of_office(asked: Asked, row: Row, aspects: Sequence[Aspect]) -> bool:
    """Whether a row names the holder of the office that a question asks for (동장, 사무국장)."""
    text = asked.question.text
    who = asked.question.want is Want.PERSON or "이름" in text or "성함" in text
    if not who or not office(text):
        return True
    if row.kind in TORN and not of_one_body(text, row.title):
        return False
    if any(one.states(field) for one in aspects for field in row.fields):
        return True
    return names_person(asked.question.text, " ".join(field.text for field in row.fields))


def _measuring(asked: Asked) -> bool:
    return asked.question.want in {Want.AMOUNT, Want.COUNT} or asked.measure is FieldType.MONEY


def _by_example(asked: Asked, row: Row) -> bool:
    """Whether a row was found by the example it names: `반찬 나눔 등 9개 사업 527만원`.

    Its amount and count are those of all its projects, not of the one that the question names.
    """
    examples = row.field("examples")
    if examples is None or asked.places:
        return False
    packed = "".join(examples.text.split())
    return any(len(term) > 1 and term in packed for term in asked.weights)
