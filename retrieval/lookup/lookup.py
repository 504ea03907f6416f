"""A question to an answer from records; None where records do not answer it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from corpus import places
from corpus.database import CouncilDatabase
from corpus.messages import say
from corpus.records import FieldType, RecordKind
from corpus.types import Visibility
from retrieval.lookup.aggregates import Aggregates
from retrieval.lookup.asked import Asked, Asking
from retrieval.lookup.aspects import aspects_asked, words_of
from retrieval.lookup.changes import Changes
from retrieval.lookup.columns import Column, about, column
from retrieval.lookup.finding import Finder, Found
from retrieval.lookup.listing import Listing
from retrieval.lookup.opinions import Opinions
from retrieval.lookup.plans import Plans
from retrieval.lookup.rows import Row, Rows
from retrieval.lookup.single import Single
from retrieval.lookup.wording import Citations
from retrieval.terms import KiwiTerms
from retrieval.types import Answer
from retrieval.understanding.kinds import kinds_named
from retrieval.understanding.question import Question, Want
from retrieval.understanding.request import Operation

# Share of the question's weight that a row with its headings must cover, as for passages.
ENOUGH = 0.6
_FEW = 0.02
_NAMED = 0.15
# Relations looked at for one sum or rank, and the fewest rows that make a ranking worth it.
_RELATIONS, _PLURAL = 12, 3


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
        self._terms = terms
        self._rows = Rows(database)
        self._finder = Finder(database, self._rows)
        self._aggregates = Aggregates(lambda: Citations(database))
        self._listing = Listing(lambda: Citations(database))
        self._named: dict[Visibility, tuple[int, frozenset[str]]] = {}
        self._changes = Changes(lambda: Citations(database))
        self._plans = Plans(lambda: Citations(database))
        self._opinions = Opinions(self._rows, lambda: Citations(database), terms.index_terms)
        self._single = Single(lambda: Citations(database), terms.index_terms)

    def places(self, audience: Visibility) -> frozenset[str]:
        """Canonical names of the places that records are about."""
        return self._rows.known_places(audience)

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
        if question.want is Want.LAW:
            return None  # articles of law stand in sentences
        if question.relative and not question.years:
            then = replace(question, years=question.relative)
            answer = self.answer(then, audience)
            future = min(question.relative) > question.today.year
            return answer or (None if future else self._whenever(question, audience))
        known = self._rows.known_places(audience)
        asked = self._asking.read(question, known)
        if asked.strangers and not any(" " not in place for place in asked.places):
            if not set(asked.strangers) <= self._bodies(audience):
                return None
            asked = self._asking.read(question, known, bodies=asked.strangers)
        answer = self._answer(asked, audience)
        districts = {place for place in asked.places if " " in place}
        if answer is None and districts:
            # The council's own district is in every line of its papers and in no record.
            return self._answer(self._asking.read(question, known - districts), audience)
        return answer

    def lacking(self, question: Question, audience: Visibility) -> Answer | None:
        """What is printed of a thing, where what is asked of it is not; None for other things."""
        asked = self._asking.read(question, self._rows.known_places(audience))
        return self._single.lacking(asked, self._candidates(asked, audience))

    def _bodies(self, audience: Visibility) -> frozenset[str]:
        """Neighbourhoods that papers are of rather than about: 가람동 주민자치회."""
        newest = self._rows.newest(audience)
        known = self._named.get(audience)
        if known is None or known[0] != newest:
            newest, text = self._rows.titles(audience)
            keys = frozenset(key for m in places.find_dongs(text) for key in m.keys)
            known = self._named[audience] = (newest, keys)
        return known[1]

    def _whenever(self, question: Question, audience: Visibility) -> Answer | None:
        """Without the year that a relative word means, when no paper is of that year."""
        answer = self.answer(replace(question, relative=()), audience)
        if answer is None:
            return None
        notice = say("answer.other_year", year=question.relative[0])
        return replace(answer, notices=(notice, *answer.notices))

    def _answer(self, asked: Asked, audience: Visibility) -> Answer | None:
        found = self._candidates(asked, audience)
        if coded := self._coded(asked, found, audience):
            return coded
        if changed := self._changes.answer(asked, self._changing(asked, found, audience)):
            return changed
        if _needs_several(asked) and (several := self._several(asked, found, audience)):
            return several
        if counted := self._counted(asked, found, audience):
            return counted
        if _needs_several(asked):
            return None
        if pairs := self._opinions.answer(asked, found, audience):
            return pairs
        return self._single.answer(asked, found)

    def _changing(self, asked: Asked, found: Sequence[Found], audience: Visibility) -> list[Row]:
        """Rows whose change may be asked for: those of the places, or of the best relation."""
        if asked.places:
            return self._rows.at_places(asked.places, audience)
        if not found:
            return []
        rows = self._rows.of_relation(found[0].row.relation_id, audience)
        ranking = asked.request.operation in {Operation.HIGHEST, Operation.LOWEST}
        return [row for row in rows if row.total is not ranking]

    def _coded(self, asked: Asked, found: Sequence[Found], audience: Visibility) -> Answer | None:
        items = self._rows.of_kinds([RecordKind.PLAN_ITEM], audience)
        return self._plans.answer(asked, found, items) if items else None

    def _counted(self, asked: Asked, found: Sequence[Found], audience: Visibility) -> Answer | None:
        """Rows counted or listed, where the question asks for that and no value says it."""
        operation = asked.request.operation
        listing = operation is Operation.LIST or (
            operation is Operation.LOOK_UP and asked.question.want is Want.LIST
        )
        if not found or asked.request.conditions:
            return None
        if not listing and operation not in {Operation.COUNT, Operation.SUM}:
            return None
        found = _plural_first(found)
        relation = self._rows.of_relation(found[0].row.relation_id, audience)
        if not listing and (
            asked.measure is not FieldType.COUNT
            or column(relation, asked, self._terms.index_terms) is not None
        ):
            return None
        rows = self._listing.rows(asked, found, relation)
        if not rows:
            return None
        return self._listing.listed(asked, rows) if listing else self._listing.counted(asked, rows)

    def _candidates(self, asked: Asked, audience: Visibility) -> list[Found]:
        """Rows that may answer, best first."""
        found = self._found(asked, audience)
        named = kinds_named(asked.question.text)
        if not named or not found:
            return found
        # A question that names a kind of record asks for those among rows that fit about alike.
        least = found[0].coverage - _NAMED
        first = [one for one in found if one.row.kind in named and one.coverage >= least]
        chosen = {one.row.id for one in first}
        return [*first, *(one for one in found if one.row.id not in chosen)]

    def _found(self, asked: Asked, audience: Visibility) -> list[Found]:
        def keep(row: Row) -> bool:
            return _concerns(asked, row)

        if asked.places:
            rows = [row for row in self._rows.at_places(asked.places, audience) if keep(row)]
            return self._finder.rated(rows, asked.weights)
        if not asked.weights:
            kind = asked.measure or FieldType.MONEY
            rows = [row for row in self._rows.with_type(kind, audience) if keep(row)]
            return [Found(row=row, coverage=1.0, own=0.0) for row in rows]
        spared = words_of(aspects_asked(asked.question.text), self._terms.index_terms)
        return self._finder.find(asked.weights, audience, keep, spared)

    def _several(self, asked: Asked, found: Sequence[Found], audience: Visibility) -> Answer | None:
        """Answer from all rows of the relation that fits best."""
        for rows, values in self._fitting(asked, found, audience):
            chosen = self._narrowed(asked, rows)
            if asked.request.conditions:
                answer = self._aggregates.kept(asked, chosen, values)
            else:
                answer = self._aggregates.answer(asked, chosen, values)
            if answer is not None:
                return answer
        return None

    def _fitting(
        self, asked: Asked, found: Sequence[Found], audience: Visibility
    ) -> list[tuple[list[Row], Column]]:
        """Relations with a column for the question, best column first among those that fit."""
        fitting = []
        for relation_id, coverage in _relations(asked, found)[:_RELATIONS]:
            rows = self._pool(relation_id, audience)
            values = column(rows, asked, self._terms.index_terms)
            if values is not None and values.fit >= 0:
                budget = bool(asked.weights) or rows[0].kind is RecordKind.BUDGET_LINE
                order = (-coverage, not budget, -values.fit, len(rows) < _PLURAL)
                fitting.append((order, rows, values))
        fitting.sort(key=lambda entry: entry[0])
        return [(rows, values) for _, rows, values in fitting]

    def _pool(self, relation_id: int, audience: Visibility) -> list[Row]:
        """Outer rows of a relation without totals; all awards of a paper are one pool."""
        rows = self._rows.of_relation(relation_id, audience)
        if rows and rows[0].kind is RecordKind.AWARD:
            every = self._rows.of_document(rows[0].document_id, audience)
            rows = [row for row in every if row.kind is RecordKind.AWARD]
        return [row for row in rows if not row.total and row.parent_id is None]

    def _narrowed(self, asked: Asked, rows: Sequence[Row]) -> list[Row]:
        """Rows of a relation that are about the places, years and words of the question."""
        operation = asked.request.operation
        places = () if operation is Operation.SHARE else asked.places
        kept = [row for row in rows if not places or row.places & set(places)]
        rated = self._finder.rated(kept, asked.weights)
        best = max((one.own for one in rated), default=0.0)
        if best <= _FEW:
            return kept
        # A word that only some rows hold asks for those; one that all hold is their subject.
        fitting = {one.row.id for one in rated if one.own >= best - _FEW}
        return [row for row in kept if row.id in fitting] if len(fitting) < len(kept) else kept


def _plural_first(found: Sequence[Found]) -> list[Found]:
    """Of records that fit as well as the best, those first of whose relation there are most."""
    best = [(one.coverage, one.own) == (found[0].coverage, found[0].own) for one in found]
    several = Counter(one.row.relation_id for one, alike in zip(found, best, strict=True) if alike)
    return sorted(found, key=lambda one: -several[one.row.relation_id])


def _relations(asked: Asked, found: Sequence[Found]) -> list[tuple[int, float]]:
    """Relations with the rounded coverage of their best row; best, then most rows, first."""
    best: dict[int, tuple[float, int]] = {}
    for one in found:
        coverage, rows = best.get(one.row.relation_id, (0.0, 0))
        best[one.row.relation_id] = (max(coverage, one.coverage), rows + 1)
    enough = [number for number, (coverage, _) in best.items() if coverage >= ENOUGH]
    chosen = enough if asked.weights else list(best)
    rated = [(number, round(best[number][0], 1)) for number in chosen]
    return sorted(rated, key=lambda pair: (-pair[1], -best[pair[0]][1]))


def _concerns(asked: Asked, row: Row) -> bool:
    """Whether a row is about the places and years of the question, and the kind of place."""
    dongs = not asked.of_dongs or any(" " not in place for place in row.places)
    return dongs and about(row, asked)


_SEVERAL = {
    Operation.SUM,
    Operation.AVERAGE,
    Operation.HIGHEST,
    Operation.LOWEST,
    Operation.RANK,
    Operation.COMPARE,
    Operation.EQUAL,
    Operation.DIFFERENCE,
    Operation.RATIO,
    Operation.SHARE,
}


def _needs_several(asked: Asked) -> bool:
    return asked.request.operation in _SEVERAL or bool(asked.request.conditions)
