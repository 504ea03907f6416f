"""Whether a row is about the places, the time and the grade that a question names."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache

from corpus import places
from corpus.records import RecordKind
from retrieval.lookup.asked import Asked
from retrieval.lookup.inventory import Relation
from retrieval.lookup.qualifiers import agree, names_one_of_many, names_part_of_year
from retrieval.lookup.row import Row
from retrieval.lookup.years import years_in
from retrieval.understanding.question import Want

_GRADES = re.compile(r"최우수|우수|장려|대상|금상|은상|동상|특별상")


def about(row: Row, asked: Asked) -> bool:
    """Whether a row is about one of the places, years and numbered things that are asked for."""
    return of_time(row, asked) and (not asked.places or bool(row.places & set(asked.places)))


def of_time(row: Row, asked: Asked) -> bool:
    """Whether a row is about one of the years, meetings and grades that are asked for."""
    years = asked.question.years
    text = asked.question.text
    inside = _inside(row) if names_part_of_year(text) else []
    if not agree(text, " ".join([row.heading, row.title, *inside])):
        return False
    if row.kind is RecordKind.AWARD and not _same_grade(asked, row):
        return False
    # A paper that states no date at all cannot contradict a year.
    if not years or not row.dated or not years_above(row).isdisjoint(years):
        return True
    if asked.question.want is Want.PERSON:
        # When the next meeting is says nothing of who chairs this one.
        ahead = tuple(field for field in row.fields if not field.name.startswith("next_"))
        row = replace(row, fields=ahead)
    return not said_years(row).isdisjoint(years)


def _inside(row: Row) -> list[str]:
    """What a row says of halves and quarters: its columns, and the headings that it keeps."""
    above = [field.text for field in row.fields if field.name in {"section", "context"}]
    return [*(field.name for field in row.fields), *above]


def of_district(row: Row, asked: Asked) -> bool:
    """Whether a fact may be of the districts asked for: what stands above it names no other."""
    if row.kind is not RecordKind.FACT or not asked.bodies:
        return True
    context = row.field("context")
    named = _districts(f"{row.heading} {context.text if context else ''}")
    return not named or bool(named & set(asked.bodies))


@lru_cache(maxsize=4096)
def _districts(text: str) -> frozenset[str]:
    return frozenset(one.name for m in places.find_districts(text) for one in m.candidates)


def may_be_of_time(asked: Asked) -> Callable[[Relation], bool]:
    """Tells whether a relation may hold a row for which `of_time` is true, years apart."""
    text = asked.question.text
    # A report of the third quarter has a column for each; whether it does, its rows tell.
    by_rows = names_part_of_year(text) or not names_one_of_many(text)
    return lambda one: by_rows or agree(text, one.above)


def of_dongs(row: Row, asked: Asked) -> bool:
    """Whether a row is about a neighbourhood, where the question is about them at large."""
    winner = row.field("municipality")
    return (
        not asked.of_dongs
        or any(" " not in place for place in row.places)
        or (winner is not None and bool(places.find_dongs(winner.text)))
    )


def said_years(row: Row) -> set[int]:
    """Every year that a row, its headings or its paper names."""
    texts = [f"{field.name} {field.first} {field.last}" for field in row.fields]
    return set(years_above(row) | years_in(" ".join(texts)))


def years_above(row: Row) -> frozenset[int]:
    """Every year that what stands above a row names: its heading, its paper's title and date."""
    return years_in(f"{row.heading} {row.title} {row.dated}")


def _same_grade(asked: Asked, row: Row) -> bool:
    """우수 is not 최우수; a question whether it is true may name a wrong grade."""
    grades = set(_GRADES.findall(asked.question.text))
    grade = row.field("grade")
    if not grades or grade is None or asked.question.want is Want.YES:
        return True
    return bool(grades & set(_GRADES.findall(grade.text)))


def of_bodies(asked: Asked, row: Row) -> bool:
    """Whether a row's paper is one of those that the question names by whose they are."""
    if not asked.bodies or of_named(asked, row):
        return True
    # Of a paper that does not say whose it is nothing is known.
    return not _naming(asked.others).search(_whose(row))


def of_named(asked: Asked, row: Row) -> bool:
    """Whether a row's paper says that it is of a body that the question names."""
    whose = _whose(row) if asked.bodies else ""
    return any(body in whose for body in asked.bodies)


def _whose(row: Row) -> str:
    return _packed(f"{row.document} {row.title} {row.body} {row.heading}")


@lru_cache(maxsize=64)
def _naming(names: frozenset[str]) -> re.Pattern[str]:
    """Finds any of some names; nothing without one."""
    return re.compile("|".join(map(re.escape, names)) or r"(?!)")


@lru_cache(maxsize=4096)  # asked of each row up to four times a question
def _packed(text: str) -> str:
    return "".join(text.split())
