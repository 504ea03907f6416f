"""Which column of a relation a question is about, and which of its rows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from corpus.records import Field, FieldType
from retrieval.lookup.asked import Asked
from retrieval.lookup.rows import Row

# Numbers that name a row rather than measure it.
_NUMBERING = frozenset({"number", "code", "level", "next_number"})
_TOTAL_NAME = re.compile(r"합계|총계|^계$|총액|소계|전체")


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of numbers.

    Attributes:
        name: Its name.
        type: Type of its values.
    """

    name: str
    type: FieldType

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
        names = Counter(
            field.name
            for row in rows
            for field in row.fields
            if field.type is kind and field.value is not None and field.name not in _NUMBERING
        )
        if names:
            best = max(names, key=lambda name: (*_fit(name, asked, terms_of), names[name]))
            return Column(name=best, type=kind)
    return None


def _fit(name: str, asked: Asked, terms_of: Callable[[str], str]) -> tuple[int, int, int]:
    years = {int(year) for year in re.findall(r"(?:19|20)\d\d", name)}
    right_year = bool(years & set(asked.question.years)) if asked.question.years else 0
    newest = max(years, default=0) if not asked.question.years else 0
    shared = len(set(terms_of(name).split()) & set(terms_of(asked.question.text).split()))
    return int(right_year), shared, newest + bool(_TOTAL_NAME.search(name))


def said_years(row: Row) -> set[int]:
    """Every year that a row, its headings or its paper names."""
    texts = [row.heading, row.title, row.dated]
    texts += [f"{field.name} {field.first} {field.last}" for field in row.fields]
    joined = " ".join(texts)
    years = {int(year) for year in re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", joined)}
    return years | {2000 + int(year) for year in re.findall(r"[’'‘](\d\d)(?!\d)", joined)}


def about(row: Row, places: Collection[str], years: Collection[int]) -> bool:
    """Whether a row is about one of the places, where there are any, and one of the years."""
    if places and not row.places & set(places):
        return False
    # A paper that states no date at all cannot contradict a year.
    return not years or not row.dated or bool(said_years(row) & set(years))
