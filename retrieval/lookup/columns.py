"""Which column of a relation a question is about, and which of its rows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from corpus.records import Field, FieldType, RecordKind
from retrieval.lookup.asked import Asked
from retrieval.lookup.qualifiers import agree
from retrieval.lookup.rows import Row
from retrieval.understanding.question import Want

# Numbers that name a row rather than measure it.
_NUMBERING = frozenset({"number", "code", "level", "next_number"})
_TOTAL_NAME = re.compile(r"합계|총계|^계$|총액|소계|전체")


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of numbers.

    Attributes:
        name: Its name.
        type: Type of its values.
        fit: How well its year and name fit the question, for choosing among relations.
    """

    name: str
    type: FieldType
    fit: int = 0

    def of(self, row: Row) -> Field | None:
        """The row's value in this column; None where it has none."""
        return next(
            (
                field
                for field in row.fields
                if field.name == self.name and field.type is self.type and field.value is not None
            ),
            None,
        )


def column(rows: Sequence[Row], asked: Asked, terms_of: Callable[[str], str]) -> Column | None:
    """The column of numbers that a question asks for.

    Args:
        rows: Rows of one relation.
        asked: The question.
        terms_of: Text to index terms.

    Returns:
        The column whose name shares most with the question, by its year first; among equals the
        total, else the one with most values. None where no column has the type asked for.
    """
    kinds = [asked.measure] if asked.measure else [FieldType.MONEY, FieldType.COUNT, FieldType.RATE]
    for kind in kinds:
        names: Counter[str] = Counter()
        units: dict[str, str] = {}
        for row in rows:
            for field in row.fields:
                if field.type is kind and field.value is not None and field.name not in _NUMBERING:
                    names[field.name] += 1
                    units.setdefault(field.name, field.unit)
        if names:
            fits = {name: _fit(f"{name} {units[name]}", asked, terms_of) for name in names}
            best = max(names, key=lambda name: (*fits[name], names[name]))
            return Column(name=best, type=kind, fit=fits[best][0] * 2 + fits[best][1])
    return None


def _fit(name: str, asked: Asked, terms_of: Callable[[str], str]) -> tuple[int, int, int]:
    years = {int(year) for year in re.findall(r"(?:19|20)\d\d", name)}
    if asked.question.years and years and not years & set(asked.question.years):
        return -1, 0, 0
    right_year = bool(years & set(asked.question.years)) if asked.question.years else 0
    newest = max(years, default=0) if not asked.question.years else 0
    words = set(terms_of(name).split()) & set(terms_of(asked.question.text).split())
    shared = sum(len(word) > 1 for word in words)
    return int(right_year), shared, newest + bool(_TOTAL_NAME.search(name))


def said_years(row: Row) -> set[int]:
    """Every year that a row, its headings or its paper names."""
    texts = [row.heading, row.title, row.dated]
    texts += [f"{field.name} {field.first} {field.last}" for field in row.fields]
    joined = " ".join(texts)
    years = {int(year) for year in re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", joined)}
    return years | {2000 + int(year) for year in re.findall(r"[’'‘](\d\d)(?!\d)", joined)}


_GRADES = re.compile(r"최우수|우수|장려|대상|금상|은상|동상|특별상")


def _same_grade(asked: Asked, row: Row) -> bool:
    """우수 is not 최우수; a question whether it is true may name a wrong grade."""
    grades = set(_GRADES.findall(asked.question.text))
    grade = row.field("grade")
    if not grades or grade is None or asked.question.want is Want.YES:
        return True
    return bool(grades & set(_GRADES.findall(grade.text)))


def about(row: Row, asked: Asked) -> bool:
    """Whether a row is about one of the places, years and numbered things that are asked for."""
    places, years = asked.places, asked.question.years
    if not agree(asked.question.text, f"{row.heading} {row.title}"):
        return False
    if row.kind is RecordKind.AWARD and not _same_grade(asked, row):
        return False
    if places and not row.places & set(places):
        return False
    # A paper that states no date at all cannot contradict a year.
    return not years or not row.dated or bool(said_years(row) & set(years))
