"""A question to an answer from records; None where records do not answer it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from corpus.database import CouncilDatabase
from corpus.messages import say
from corpus.records import FieldType, RecordKind
from corpus.types import Visibility
from retrieval.holding import asks_opinions
from retrieval.lookup.asked import Asked, Asking
from retrieval.lookup.bodies import Bodies
from retrieval.lookup.candidates import Candidates
from retrieval.lookup.changes import compares
from retrieval.lookup.changing import Changing
from retrieval.lookup.computing import Computing
from retrieval.lookup.converting import Converting
from retrieval.lookup.counting import Counting
from retrieval.lookup.event_hours import EventHours
from retrieval.lookup.finding import Finder, Found
from retrieval.lookup.goals import Goals, prints_rest
from retrieval.lookup.lacking import Lacking, aspects_told
from retrieval.lookup.meetings import Meetings
from retrieval.lookup.neighbourhoods import Neighbourhoods
from retrieval.lookup.offered import Offered
from retrieval.lookup.opinions import Opinions, voiced
from retrieval.lookup.outcomes import Outcomes
from retrieval.lookup.persons import Persons
from retrieval.lookup.plans import Plans
from retrieval.lookup.prizes import Prizes, without_winners
from retrieval.lookup.rates import Rates
from retrieval.lookup.reached import Reached, counts_else, undone
from retrieval.lookup.row import Row
from retrieval.lookup.rows import Rows
from retrieval.lookup.several import SPOKEN, Several
from retrieval.lookup.single import Single
from retrieval.lookup.tables import Tables
from retrieval.lookup.told import Told, told
from retrieval.lookup.values import states_grounds
from retrieval.lookup.wording import Citations, first_place
from retrieval.naming import months_left_out
from retrieval.terms import KiwiTerms
from retrieval.types import Answer
from retrieval.understanding.question import Question, Want
from retrieval.understanding.remainders import rest_asked
from retrieval.understanding.request import Operation
from retrieval.understanding.seeking import seeks

# Records that say nothing of what people think of them.
_SILENT = frozenset({RecordKind.PLAN_ITEM, RecordKind.PROGRAMME, RecordKind.BUDGET_LINE})
_WHOLE = re.compile(r"총|전체|모두|전부|통틀어|다합")
_Reader = Callable[[Asked, Sequence[Found], Visibility], Answer | None]


class Lookup:
    """Answers from records.

    Args:
        database: The council's store.
        asking: Takes questions apart.
        terms: Makes index terms.
    """

    def __init__(self, database: CouncilDatabase, asking: Asking, terms: KiwiTerms) -> None:
        self._database = database
        self._asking = asking
        citations = partial(Citations, database)
        self._rows = Rows(database)
        self._finder = Finder(database, self._rows)
        self._candidates = Candidates(self._rows, self._finder, terms.index_terms)
        self._tables = Tables(self._rows, self._finder)
        self._computing = Computing(self._tables, citations)
        self._bodies = Bodies(self._rows)
        self._changing = Changing(self._rows, self._candidates, self._tables, citations).answer
        self._plans = Plans(citations)
        self._opinions = Opinions(self._rows, citations, terms.index_terms)
        self._single = Single(citations, terms.index_terms)
        self._lacking = Lacking(citations, terms.index_terms)
        self._converting = Converting(database, self._rows, self._finder, citations)
        self._meetings = Meetings(self._rows, self._finder, citations, terms.tags)
        self._goals = Goals(self._tables, self._candidates, citations).answer
        # Every other reader tells whole amounts, which what is left never is.
        rest = (self._meetings.absent, self._goals, self._single_one)
        self._rest_readers: tuple[_Reader, ...] = rest
        # In this order: the first that answers does.
        self._readers: tuple[_Reader, ...] = (
            self._converting.answer,
            self._meetings.answer,
            EventHours(self._rows, self._finder, citations, terms.index_terms).answer,
            Outcomes(self._rows, citations).answer,
            Persons(self._rows, citations).answer,
            Neighbourhoods(self._tables, self._candidates, citations).answer,
            Offered(self._rows, citations).answer,
            Prizes(self._rows, self._tables, citations).answer,
            self._goals,
            Reached(citations).answer,
            self._stated,
            self._changing,
            Rates(citations, terms.index_terms).answer,
            Several(self._rows, self._candidates, self._computing).answer,
            self._coded,
            lambda asked, found, _: self._single.together(asked, found),
            Counting(self._rows, self._candidates, self._tables, citations).answer,
            self._single_one,
        )

    def places(self, audience: Visibility) -> frozenset[str]:
        """Canonical names of the places that records are about."""
        return self._rows.known_places(audience)

    def place_told(self, answer: Answer, audience: Visibility) -> str:
        """The one place that the cited records of an answer are about; empty without or of two."""
        cited = [one.record_id for one in answer.citations if one.record_id]
        named = {first_place(row) for row in self._rows.exactly(cited, audience)}
        return next(iter(named)) if len(named) == 1 else ""

    def told(self, answer: Answer, audience: Visibility) -> list[Told]:
        """What an answer from records names, in its order; empty for other answers."""
        cited = [one.record_id for one in answer.citations if one.record_id]
        used = list(dict.fromkeys((*answer.rows, *cited)))
        return told(answer, self._rows.exactly(used, audience))

    def among(self, question: Question, rows: Sequence[Row], audience: Visibility) -> Answer | None:
        """What a question asks of some rows alone, as of a table; None where they do not tell."""
        asked = self._asking.read(question, audience, (), ())
        return self._computing.among(asked, rows) if self._computing.needed(asked) else None

    def citations(self) -> Citations:
        """Makes the citations of one answer."""
        return Citations(self._database)

    def rows(self, document_id: int, audience: Visibility) -> list[Row]:
        """All records of a paper, in printed order."""
        return self._rows.of_document(document_id, audience)

    def answer(self, question: Question, audience: Visibility) -> Answer | None:
        """Answer a question from records, as far as the audience may see them.

        Args:
            question: The question.
            audience: Highest level that may be used.

        Returns:
            The answer; None where no record is about what is asked.
        """
        beside = bool(question.relative) and compares(question.text)
        if question.relative and not question.years and not beside:
            then = replace(question, years=question.relative)
            answer = self.answer(then, audience)
            future = min(question.relative) > question.today.year
            return answer or (None if future else self._whenever(question, audience))
        known = self._rows.known_places(audience)
        bodies = self.bodies(audience)
        asked = self._asking.read(question, audience, known, bodies - known)
        if beside:  # 작년보다: that year is one of two
            return self._changing(asked, (), audience)
        if asked.without:
            return self._without(asked, question, audience)
        if asked.strangers and not any(" " not in place for place in asked.places):
            return None
        answer = self._answer(asked, audience)
        districts = {place for place in asked.places if " " in place}
        if answer is None and districts:
            # The council's own district is in every line of its papers and in no record.
            named = {name.split()[-1] for name in districts}
            return self._answer(
                self._asking.read(question, audience, known - districts, bodies | named), audience
            )
        if answer is None and asked.places and voiced(question.text):
            return self._spoken_of(question, known - set(asked.places), bodies, audience)
        if answer is None and asked.places and set(asked.places) <= bodies:
            # 가람동 주민자치회: the paper is of the place, and none of its rows needs to name it.
            left = self._asking.read(question, audience, known - set(asked.places), bodies)
            return self._answer(left, audience) if left.weights else None
        return answer

    def _without(self, asked: Asked, question: Question, audience: Visibility) -> Answer | None:
        """An answer of all places but those left out; None where a row of theirs is told."""
        answer = self._answer(asked, audience)
        told = self._rows.exactly(answer.rows, audience) if answer else []
        if answer is None or any(row.places & set(asked.without) for row in told):
            return None
        notice = say("answer.without", places=", ".join(asked.without))
        return replace(answer, notices=(*answer.notices, notice), standalone=question.text)

    def _spoken_of(
        self,
        question: Question,
        known: frozenset[str],
        bodies: frozenset[str],
        audience: Visibility,
    ) -> Answer | None:
        """What people said and decided of a place, in whose words it stands as any other word."""
        asked = self._asking.read(question, audience, known, bodies)
        asked = replace(asked, strangers=())
        found = [one for one in self._candidates.of(asked, audience) if one.row.kind in SPOKEN]
        return self._single_one(asked, found, audience)

    def lacking(self, question: Question, audience: Visibility) -> Answer | None:
        """What is printed of a thing, where what is asked of it is not; None for other things."""
        if not aspects_told(question):
            return None
        asked = self._asking.read(question, audience, self._rows.known_places(audience), ())
        return self._lacking.answer(asked, self._candidates.of(asked, audience))

    def bodies(self, audience: Visibility) -> frozenset[str]:
        """Places that papers are of rather than about: 가람동 주민자치회, 나래시의회."""
        return self._bodies.of(audience)

    def _whenever(self, question: Question, audience: Visibility) -> Answer | None:
        """Without the year that a relative word means, when no paper is of that year."""
        answer = self.answer(replace(question, relative=()), audience)
        if answer is None:
            return None
        notice = say("answer.other_year", year=question.relative[0])
        return replace(answer, notices=(notice, *answer.notices))

    def _answer(self, asked: Asked, audience: Visibility) -> Answer | None:
        if months_left_out(asked.question.text):
            return None  # 7월 말고 언제: months are told in sentences
        found = without_winners(asked, self._candidates.of(asked, audience))
        if seeks(asked.question.text):  # nobody is helped by what was said in a meeting
            found = [one for one in found if one.row.kind not in SPOKEN]
        if asks_opinions(asked.question.packed):
            found = [one for one in found if one.row.kind not in _SILENT]
        if rest_asked(asked.question.packed):
            readers = self._rest_readers
            found = [one for one in found if prints_rest(one.row)]
        else:
            readers = self._rest_readers if undone(asked) else self._readers
            found = [one for one in found if not counts_else(asked, one.row)]
        return next((answer for read in readers if (answer := read(asked, found, audience))), None)

    def _stated(self, asked: Asked, found: Sequence[Found], audience: Visibility) -> Answer | None:
        """A number that a paper states of the whole: `총 42개 사업` before its rows are counted."""
        packed = asked.question.packed
        request = asked.request
        counting = request.operation in {Operation.COUNT, Operation.SUM}
        if not counting or asked.measure is not FieldType.COUNT or not _WHOLE.search(packed):
            return None
        if asked.places or request.conditions or request.group:
            return None
        return self._single.stated(asked, [one for one in found if one.row.kind is RecordKind.FACT])

    def _coded(self, asked: Asked, found: Sequence[Found], audience: Visibility) -> Answer | None:
        items = self._rows.of_kinds([RecordKind.PLAN_ITEM], audience)
        return self._plans.answer(asked, found, items) if items else None

    def _single_one(
        self, asked: Asked, found: Sequence[Found], audience: Visibility
    ) -> Answer | None:
        """One record's value; not where a question takes several and no table gave them."""
        if asked.question.want is Want.LAW:
            # Articles of law stand in sentences, unless a paper says what it rests on.
            return self._single.answer(asked, [one for one in found if states_grounds(one.row)])
        one = {Operation.LOOK_UP, Operation.LIST, Operation.COUNT}
        request = asked.request
        if request.operation not in one or request.group or request.conditions:
            return None
        return self._opinions.answer(asked, found, audience) or self._single.answer(asked, found)
