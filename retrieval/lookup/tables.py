"""Relations as tables: which one a question is about, and which of its rows."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from corpus.records import Field, FieldType, RecordKind
from corpus.types import Visibility
from retrieval.lookup.asked import Asked
from retrieval.lookup.finding import Finder, Found
from retrieval.lookup.rows import Row, Rows
from retrieval.lookup.subjects import of_dongs, of_time
from retrieval.understanding.row_words import row_nouns, states_named

# Share of the question's weight that a table with its headings must cover, as for passages.
ENOUGH = 0.6
_FEW = 0.02
# Relations looked at for one sum or rank.
_RELATIONS = 12
# A table covers at least as much as its best row, and words of other rows add to it: one that lags
# this far behind was never chosen in the golden sets.
_BEHIND = 0.5
_TOTAL = re.compile(r"(?:소\s*계|합\s*계|총\s*계|누\s*계)\s*$|^\s*계\s*$")
_GRAND = re.compile(r"(?:합\s*계|총\s*계)\s*$|^\s*계\s*$")
_NAMES = frozenset({FieldType.NAME, FieldType.TEXT, FieldType.ORGANISATION})
# A value of a cell that a question may name: longer ones are sentences.
_SHORTEST_VALUE, _LONGEST_VALUE = 2, 24
_COUNTER = re.compile(r"\d+(?:개|곳|건|위|등|명)")
_NUMBERED = re.compile(r"^[\sⅠ-Ⅻ\dA-Za-z.\-()○·]+")
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
        return next((row for row in reversed(self.totals) if _GRAND.search(_first(row))), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Rows of a table that a question names, one by one or by a word that they share.

    Attributes:
        name: What the question calls them, as the table prints it.
        rows: The rows, in printed order.
        column: The column that the name stands in.
        at: Where the question names them.
    """

    name: str
    rows: tuple[Row, ...]
    column: str
    at: int


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
        tables = []
        for relation_id in _relations(found)[:_RELATIONS]:
            every = self._pool(relation_id, audience)
            rows = tuple(
                row
                for row in every
                if not _sums_up(row) and of_time(row, asked) and of_dongs(row, asked)
            )
            if rows and of_bodies(asked, rows[0]) and _at_all(asked, rows):
                tables.append(
                    Table(
                        rows=rows,
                        totals=tuple(row for row in every if _sums_up(row)),
                        coverage=self._coverage(asked, every),
                    )
                )
        fitting = [table for table in tables if table.coverage >= ENOUGH]
        return sorted(fitting, key=lambda table: -round(table.coverage, 1))

    def _pool(self, relation_id: int, audience: Visibility) -> list[Row]:
        """Outer rows of a relation; all awards of a paper are one pool."""
        rows = self._rows.of_relation(relation_id, audience)
        if rows and rows[0].kind is RecordKind.AWARD:
            every = self._rows.of_document(rows[0].document_id, audience)
            rows = [row for row in every if row.kind is RecordKind.AWARD]
        return [row for row in rows if row.parent_id is None and row.kind not in _FORMS]

    def _coverage(self, asked: Asked, rows: Sequence[Row]) -> float:
        """How much of the question all rows together cover; what rows are need not be printed."""
        if not asked.weights:
            return 1.0
        rated = self._finder.rated(rows, asked.weights)
        missing = frozenset.intersection(*(one.missing for one in rated))
        soft = row_nouns() | asked.verbs
        soft |= {term for term in asked.weights if any(term in body for body in asked.bodies)}
        counted = {term: w for term, w in asked.weights.items() if term not in missing & soft}
        if not counted:
            return 1.0
        best = max(one.coverage for one in rated)
        covered = sum(w for term, w in counted.items() if term not in missing)
        # A word of the title says less than one of the table; the best row knows.
        return covered / sum(counted.values()) - (0.15 if best < 0.3 else 0.0)

    def named(self, asked: Asked, table: Table) -> list[Part]:
        """Rows that the question names by a place or by the words of a cell, in its order."""
        text = asked.question.text
        parts = [
            Part(name=place, rows=rows, column="", at=n)
            for n, place in enumerate(asked.places)
            if (rows := tuple(row for row in table.rows if place in row.places))
        ]
        parts += _subtotals(table, text)
        taken: list[tuple[int, int]] = []
        above = f"{table.rows[0].heading} {table.rows[0].title}"
        for value, column, held in _values(table.rows):
            if (span := _said(value, text, column, above)) and not _within(span, taken):
                taken.append(span)
                parts.append(
                    Part(name=value, rows=tuple(held), column=column, at=span[0] + len(text))
                )
        return sorted([*parts, *_in_state(table.rows, parts, text)], key=lambda part: part.at)

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
        left = {
            term: weight
            for term, weight in asked.weights.items()
            if term not in said
            and term not in asked.verbs | row_nouns()
            and not term.isdigit()
            and not _COUNTER.fullmatch(term)
        }
        apart = self._apart(kept, left)
        return apart if len(apart) < len(kept) else _headed(kept, left)

    def _apart(self, rows: list[Row], weights: Mapping[str, float]) -> list[Row]:
        """Rows set apart by words that only some hold; a word that all hold is their subject."""
        rated = self._finder.rated(rows, weights)
        best = max((one.own for one in rated), default=0.0)
        if best <= _FEW:
            return rows
        fitting = {one.row.id for one in rated if one.own >= best - _FEW}
        return [row for row in rows if row.id in fitting]


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


def of_bodies(asked: Asked, row: Row) -> bool:
    """Whether a row's paper is one of those that the question names by whose they are."""
    whose = "".join(f"{row.document} {row.title} {row.body} {row.heading}".split())
    named = any(body in whose for body in asked.bodies)
    # Of a paper that does not say whose it is nothing is known.
    return not asked.bodies or named or not any(body in whose for body in asked.others)


def _at_all(asked: Asked, rows: Sequence[Row]) -> bool:
    """Whether a table has all the places asked for: a sum of some of them is another sum."""
    known = frozenset().union(*(row.places for row in rows))
    return set(asked.places) <= known


def _sums_up(row: Row) -> bool:
    return row.total or bool(_TOTAL.search(_first(row)))


def _first(row: Row) -> str:
    """The last text before the numbers of a row, where tables print 소계 and 합계."""
    texts = [field.text for field in row.fields if field.type in _NAMES | {FieldType.CODE}]
    return next((text for text in texts if _TOTAL.search(text)), texts[0] if texts else "")


def _values(rows: Sequence[Row]) -> list[tuple[str, str, list[Row]]]:
    """Short values of text columns with their column and their rows, longest first."""
    found: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        for field in row.fields:
            name = field.type in _NAMES or (field.type is FieldType.CODE and "-" in field.text)
            if name and field.name not in {"context", "section", "label"}:
                for value in _readings(field):
                    held = found.setdefault((value, field.name), [])
                    if not held or held[-1] is not row:
                        held.append(row)
    named = [(value, name, held) for (value, name), held in found.items() if len(held) < len(rows)]
    return sorted(named, key=lambda entry: -len(entry[0]))


def _subtotals(table: Table, text: str) -> list[Part]:
    """Subtotals that a question names by what they sum up: 전략 2 for `전략 2 소계`."""
    parts = []
    for row in table.totals:
        name = _TOTAL.sub("", _first(row)).strip()
        if name and (match := re.search(r"\s*".join(map(re.escape, "".join(name.split()))), text)):
            parts.append(Part(name=name, rows=(row,), column="", at=match.start() + len(text)))
    return parts


def _readings(field: Field) -> set[str]:
    """A cell's value, and without the number or the brackets that people leave out."""
    plain = field.text.strip()
    shorter = {plain, _NUMBERED.sub("", plain), re.sub(r"\s*\(.*?\)\s*", "", plain)}
    return {value for value in shorter if _SHORTEST_VALUE <= len(value) <= _LONGEST_VALUE}


def _said(value: str, text: str, column: str, above: str) -> tuple[int, int] | None:
    """Where a question says a cell's value as words of its own."""
    spaced = r"\s*".join(map(re.escape, "".join(value.split())))
    alone = r"(?<![가-힣\d])" if len(value) <= 3 else ""
    match = re.search(alone + spaced, text)
    if match is None:
        return None
    if value in above and not re.match(
        rf"\s*(?:{re.escape(column)}|분야|부문|등급)", text[match.end() :]
    ):
        return None  # the subject of the whole table, not one of its rows
    return match.span()


def _within(span: tuple[int, int], taken: Sequence[tuple[int, int]]) -> bool:
    return any(span[0] < end and span[1] > start for start, end in taken)


def _in_state(rows: Sequence[Row], parts: Sequence[Part], text: str) -> list[Part]:
    """Rows by what became of them, said in everyday words: 떨어진 for 미선정."""
    packed = "".join(text.split())
    said = {"".join(part.name.split()) for part in parts}
    found: list[Part] = []
    for state, words in states_named(packed):
        if any(state in name for name in said) or any(part.at < 0 for part in found):
            continue
        column, inside = _holding(rows, state)
        if inside and len(inside) < len(rows):
            found.append(Part(name=words, rows=inside, column=column, at=len(text) * 3))
    return found


def _holding(rows: Sequence[Row], state: str) -> tuple[str, tuple[Row, ...]]:
    """The rows with a cell that says a state and no other (선정 is not 미선정), and its column."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        for field in row.fields:
            plain = "".join(field.text.split())
            short = field.type in _NAMES and len(plain) <= _LONGEST_VALUE
            if short and re.search(rf"(?<![미불부]){state}(?!안|되지)", plain):
                found.setdefault(field.name, []).append(row)
    if not found:
        return "", ()
    column = max(found, key=lambda name: len(found[name]))
    return column, tuple(dict.fromkeys(found[column]))


def rows_of(parts: Collection[Part]) -> list[Row]:
    """The rows of several parts, each once."""
    return list({row.id: row for part in parts for row in part.rows}.values())
