"""Relations as tables: which one a question is about, and which of its rows."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import inf

from corpus.records import RecordKind
from corpus.types import Visibility
from retrieval.lookup.asked import Asked
from retrieval.lookup.columns import max_fit, names_said
from retrieval.lookup.finding import Finder, Found
from retrieval.lookup.parts import CELLS, TOTAL, Part, first_text, may_name
from retrieval.lookup.row import Row
from retrieval.lookup.rows import MOST_ROWS, Rows
from retrieval.lookup.subjects import of_bodies, of_dongs, of_named, of_time
from retrieval.understanding.row_words import row_nouns

# Share of the question's weight that a table with its headings must cover, as for passages.
ENOUGH = 0.6
_FEW = 0.02
# Relations looked at for one sum or rank.
_RELATIONS = 12
# A table covers at least as much as its best row, and words of other rows add to it: one that lags
# this far behind was never chosen in the golden sets.
_BEHIND = 0.5
# A table of which no row covers so much of a question is less surely meant.
_SAID, _LESS = 0.3, 0.15
# Of a heading: how many stand below it, and what goes on behind a colon.
_NOTE = re.compile(r"\(.*?\)|:.*$")
_SHORTEST_HEADING = 3
_GRAND = re.compile(r"(?:합\s*계|총\s*계)\s*$|^\s*계\s*$")
_COUNTER = re.compile(r"\d+(?:개|곳|건|위|등|명)")
_FORMS = frozenset({RecordKind.FACT, RecordKind.MEETING, RecordKind.REPLY, RecordKind.ATTENDANCE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A relation as a question sees it.

    Attributes:
        rows: Its rows without totals, in printed order; only those of the question's years.
        totals: Its totals and subtotals.
        coverage: Share of the question's weight that it covers, 0 to 1.
    """

    rows: tuple[Row, ...]
    totals: tuple[Row, ...]
    coverage: float

    @property
    def grand(self) -> Row | None:
        """The one total of all rows; None where none is printed."""
        return next((row for row in reversed(self.totals) if _GRAND.search(first_text(row))), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A relation that is not read yet.

    Attributes:
        id: Its number.
        dated: Date of its paper, ISO 8601; empty where unknown.
        kind: Kind of its records.
        may_name: Whether the question may name a cell of its table, by the texts alone.
        may_total: Whether its table may have totals, by the texts alone.
        best_fit: The most that a column of its table can fit the question, by their names alone.
    """

    id: int
    dated: str
    kind: RecordKind
    may_name: Callable[[], bool]
    may_total: Callable[[], bool]
    best_fit: Callable[[], float]


class Tables:
    """Finds the tables of a question.

    Args:
        rows: Reads records.
        finder: Rates records.
    """

    def __init__(self, rows: Rows, finder: Finder) -> None:
        self._rows = rows
        self._finder = finder

    def candidates(self, asked: Asked, found: Sequence[Found], audience: Visibility) -> list[Table]:
        """Tables that cover a question, best first.

        Args:
            asked: The question.
            found: Records that may answer, best first.
            audience: Highest level that may be seen.
        """
        return self.read(asked, _relations(found)[:_RELATIONS], audience)

    def newest_first(
        self, asked: Asked, found: Sequence[Found], *, by_cell: bool
    ) -> list[Candidate]:
        """The relations of those tables before they are read, the newest paper's first.

        Args:
            asked: The question.
            found: Records that may answer, best first.
            by_cell: Whether a table is wanted only if the question names a cell of it.
        """
        rows = {one.row.relation_id: one.row for one in reversed(found)}
        every = [self._candidate(asked, rows[number]) for number in _relations(found)[:_RELATIONS]]
        if by_cell and not asked.bodies:
            every = [one for one in every if one.may_name()]
        return sorted(every, key=lambda one: one.dated, reverse=True)

    def _candidate(self, asked: Asked, row: Row) -> Candidate:
        number = row.relation_id
        # The table of an award is made of all awards of its paper.
        whole = row.kind is RecordKind.AWARD
        texts = cache(lambda: self._rows.texts_of(number, CELLS))
        fit = cache(lambda: max_fit(self._rows.columns_of(number), asked))
        return Candidate(
            id=number,
            dated=row.dated,
            kind=row.kind,
            may_name=lambda: whole or may_name(asked, texts()),
            may_total=lambda: whole or any(map(TOTAL.search, texts())),
            best_fit=lambda: inf if whole else fit(),
        )

    def read(self, asked: Asked, relations: Sequence[int], audience: Visibility) -> list[Table]:
        """Those of some relations that cover a question as tables, best first."""
        tables = [self._table(asked, number, audience) for number in relations]
        fitting = [table for table in tables if table and table.coverage >= ENOUGH]
        # A paper that does not say whose it is gives way to one that is of the body asked for.
        fitting = [table for table in fitting if of_named(asked, table.rows[0])] or fitting
        return sorted(fitting, key=lambda table: -round(table.coverage, 1))

    def _table(self, asked: Asked, relation_id: int, audience: Visibility) -> Table | None:
        """A relation as a question sees it; None where no row of it is about the question."""
        every = self._pool(relation_id, audience)
        if asked.without:
            # A printed total counts what is left out, too.
            others = [row for row in every if not row.places & set(asked.without)]
            every = [row for row in others if not _sums_up(row)] if len(others) < len(every) else []
        totals = tuple(row for row in every if _sums_up(row))
        sums = {row.id for row in totals}
        rows = tuple(
            row
            for row in every
            if row.id not in sums and of_time(row, asked) and of_dongs(row, asked)
        )
        if not rows or not of_bodies(asked, rows[0]) or not _at_all(asked, rows):
            return None
        return Table(rows=rows, totals=totals, coverage=self._coverage(asked, every))

    def _pool(self, relation_id: int, audience: Visibility) -> list[Row]:
        """Outer rows of a relation; all awards of a paper are one pool.

        None of a relation too long to be read whole: what some of its rows give is not said of it.
        """
        rows = self._rows.of_relation(relation_id, audience)
        if rows and rows[0].kind is RecordKind.AWARD:
            every = self._rows.of_document(rows[0].document_id, audience)
            rows = [row for row in every if row.kind is RecordKind.AWARD]
        if len(rows) >= MOST_ROWS:
            return []
        return [row for row in rows if row.parent_id is None and row.kind not in _FORMS]

    def _coverage(self, asked: Asked, rows: Sequence[Row]) -> float:
        """How much of the question all rows together cover; what rows are need not be printed."""
        if not asked.weights:
            return 1.0
        missing = self._finder.missing(rows, asked.weights)
        soft = row_nouns() | asked.verbs
        soft |= asked.whose
        counted = {term: w for term, w in asked.weights.items() if term not in missing & soft}
        if not counted:
            return 1.0
        covered = sum(w for term, w in counted.items() if term not in missing)
        # A word of the title says less than one of the table; the best row knows.
        said = any(one.coverage >= _SAID for one in self._finder.each(rows, asked.weights))
        return covered / sum(counted.values()) - (0.0 if said else _LESS)

    def narrowed(self, asked: Asked, rows: Sequence[Row], parts: Sequence[Part]) -> list[Row]:
        """Rows of a table that the question is about.

        Args:
            asked: The question.
            rows: Rows of one table.
            parts: What it names of them: one of a column is enough, every column must agree.
        """
        kept = list(rows)
        for column in dict.fromkeys(part.column for part in parts):
            inside = {row.id for part in parts if part.column == column for row in part.rows}
            if fitting := [row for row in kept if row.id in inside]:
                kept = fitting
        said = "".join("".join(part.name.split()) for part in parts)
        said = " ".join([said, *names_said(rows, asked.question.text)])
        left = {
            term: weight
            for term, weight in asked.weights.items()
            if term not in said
            and term not in asked.verbs | row_nouns()
            and not term.isdigit()
            and not _COUNTER.fullmatch(term)
        }
        if called := _called(kept, asked.question.packed):
            return called
        apart = self._apart(kept, left)
        if len(apart) < len(kept):
            return apart
        # What the paper itself is called tells none of its lists from the others.
        common = self._finder.of_papers(kept, left)
        return _headed(kept, [term for term in left if term not in common])

    def _apart(self, rows: list[Row], weights: Mapping[str, float]) -> list[Row]:
        """Rows set apart by words that only some hold; a word that all hold is their subject."""
        rated = self._finder.rated(rows, weights)
        best = max((one.own for one in rated), default=0.0)
        if best <= _FEW:
            return rows
        fitting = {one.row.id for one in rated if one.own >= best - _FEW}
        return [row for row in rows if row.id in fitting]


def _called(rows: list[Row], packed: str) -> list[Row]:
    """Of rows under several headings, those of the one that a question says whole, with 분야."""
    headings = {row.heading for row in rows}
    names = {heading: "".join(_NOTE.sub("", heading).split()) for heading in headings}
    said = {
        heading
        for heading, name in names.items()
        if len(name) >= _SHORTEST_HEADING and re.search(rf"{re.escape(name)}(?:분야|부문)", packed)
    }
    return [row for row in rows if row.heading in said] if len(said) < len(headings) else []


def _headed(rows: list[Row], terms: Collection[str]) -> list[Row]:
    """Of rows under several headings, as awards by field, those whose heading the question says."""
    headings = {row.heading for row in rows}
    said = {
        heading: sum(len(term) > 1 and term in "".join(heading.split()) for term in terms)
        for heading in headings
    }
    best = max(said.values(), default=0)
    return [row for row in rows if said[row.heading] == best] if len(headings) > 1 else rows


def _relations(found: Sequence[Found]) -> list[int]:
    """Relations by the coverage of their best row; of equal ones those with more rows first."""
    best: dict[int, tuple[float, int]] = {}
    for one in found:
        if one.row.kind in _FORMS:
            continue
        coverage, rows = best.get(one.row.relation_id, (0.0, 0))
        best[one.row.relation_id] = (max(coverage, one.coverage), rows + 1)
    order = sorted(best.items(), key=lambda pair: (-round(pair[1][0], 1), -pair[1][1] > -3))
    top = max((coverage for coverage, _ in best.values()), default=0.0)
    return [number for number, (coverage, _) in order if coverage >= top - _BEHIND]


def _at_all(asked: Asked, rows: Sequence[Row]) -> bool:
    """Whether a table has all the places asked for: a sum of some of them is another sum."""
    known = frozenset().union(*(row.places for row in rows))
    return set(asked.places) <= known


def _sums_up(row: Row) -> bool:
    return row.total or bool(TOTAL.search(first_text(row)))
