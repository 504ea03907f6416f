"""The records that a question may be about."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace

from corpus.records import FieldType, RecordKind
from corpus.types import Visibility
from retrieval.lookup.asked import Asked
from retrieval.lookup.aspects import OFFICES, aspects_asked, words_of
from retrieval.lookup.finding import Finder, Found, Subject
from retrieval.lookup.row import Row
from retrieval.lookup.rows import Rows
from retrieval.lookup.subjects import (
    about,
    may_be_of_time,
    of_bodies,
    of_district,
    of_dongs,
    of_named,
)
from retrieval.lookup.words import IN_TITLE
from retrieval.understanding.kinds import kinds_named, without_kinds
from retrieval.understanding.request import Operation

_NAMED = 0.15
# As for a single record (`single`): a noun of more than this share may not be left out.
_HEAVY = 0.3
# A name of two syllables without its last is no name.
_SUFFIXED = 2
_SEVERAL = frozenset({Operation.COUNT, Operation.LIST})


class Candidates:
    """Finds them.

    Args:
        rows: Reads records.
        finder: Finds records by their words.
        terms_of: Text to index terms.
    """

    def __init__(self, rows: Rows, finder: Finder, terms_of: Callable[[str], str]) -> None:
        self._rows = rows
        self._finder = finder
        self._terms_of = terms_of

    def of(self, asked: Asked, audience: Visibility) -> list[Found]:
        """Rows that may answer, best first."""
        found = _of_bodies_named(asked, self._found(asked, audience))
        spared = words_of(aspects_asked(asked.question.text), self._terms_of) | asked.whose
        found = [one for one in found if not _loses_name(asked, one, spared)]
        named = kinds_named(asked.question.text)
        if not named or not found:
            return found
        # A question that names a kind of record asks for those among rows that fit about alike.
        least = found[0].coverage - _NAMED
        first = [one for one in found if one.row.kind in named and one.coverage >= least]
        chosen = {one.row.id for one in first}
        return [*first, *(one for one in found if one.row.id not in chosen)]

    def holding(self, asked: Asked, rows: Sequence[Row], spared: Collection[str]) -> list[Row]:
        """Those of some rows that hold each noun of a question, joined nouns by their parts.

        Args:
            asked: The question.
            rows: Rows of its places.
            spared: Terms that a row need not hold.
        """
        weights = {t: w for t, w in asked.weights.items() if t not in asked.verbs | asked.whose}
        needed = {
            term
            for term in weights.keys() - set(spared)
            if not any(term != other and term.startswith(other) for other in weights)
        }
        return [one.row for one in self._finder.each(rows, weights) if not needed & one.missing]

    def _found(self, asked: Asked, audience: Visibility) -> list[Found]:
        def keep(row: Row) -> bool:
            here = of_bodies(asked, row) and of_district(row, asked)
            return here and of_dongs(row, asked) and about(row, asked)

        spared = words_of(aspects_asked(asked.question.text), self._terms_of) | asked.whose
        if asked.places and not set(asked.weights) - spared:
            rows = [row for row in self._rows.at_places(asked.places, audience) if keep(row)]
            return self._finder.rated(rows, asked.weights)
        named = kinds_named(asked.question.text)
        if named and only_kinds(asked):
            rows = [row for row in self._rows.of_kinds(named, audience) if keep(row)]
            return [Found(row=row, coverage=1.0, own=0.0) for row in rows]
        if not asked.weights and _says_nothing(asked):
            return []
        if not asked.weights:
            kind = asked.measure or FieldType.MONEY
            rows = [row for row in self._rows.samples(kind, audience) if keep(row)]
            return [Found(row=row, coverage=1.0, own=0.0) for row in rows]
        subject = Subject(years=asked.question.years, relation=may_be_of_time(asked), row=keep)
        return self._finder.find(asked.weights, audience, subject, asked.places, spared)


def _says_nothing(asked: Asked) -> bool:
    """Whether a question names nothing that a value could be of: `어디서 해?`, `얼마야?`."""
    text = asked.question.text
    offices = any(one.name in OFFICES for one in aspects_asked(text))
    of_place = asked.places or asked.question.dongs or asked.of_dongs
    whose = of_place or asked.bodies or asked.question.years
    of_rows = asked.request.conditions or asked.request.group
    aimed = whose or offices or kinds_named(text) or of_rows
    return asked.request.operation is Operation.LOOK_UP and not aimed


def only_kinds(asked: Asked) -> bool:
    """Whether a question asks for the records of a kind as such: `의견 몇 개 나왔어`.

    Awards are asked for by their grades.
    """
    if RecordKind.AWARD in kinds_named(asked.question.text):
        return False
    if asked.request.operation not in _SEVERAL or asked.measure is FieldType.MONEY:
        return False
    left = without_kinds(asked.question.text)
    return all(term in asked.verbs or term not in left for term in asked.weights)


def _loses_name(asked: Asked, one: Found, spared: Collection[str]) -> bool:
    """Whether a record leaves out a name that is much of a question, though it holds a piece.

    Terms cut out of one written noun (안부 of 안부우체통) stand or fall with it.
    """
    total = sum(asked.weights.values())
    lacking = one.missing - asked.verbs - set(spared)
    names = [
        term
        for term in lacking
        if term in asked.question.text
        and not _all_but_suffix(term, one)
        and not _of_column(term, one.row)
    ]
    pieces = [[w for term, w in asked.weights.items() if term in name] for name in names]
    # A noun that is not cut may be left out by rows of which several make the answer.
    lost = (sum(weights) for weights in pieces if len(weights) > 1)
    return max(lost, default=0.0) > _HEAVY * total


def _all_but_suffix(name: str, one: Found) -> bool:
    """Whether a record holds a name but for its last syllable: 이용 of 이용자."""
    return len(name) > _SUFFIXED and one.worth.get(name[:-1], 0.0) > 0


def _of_column(name: str, row: Row) -> bool:
    """Whether a name is what stands in a column and the column's name: 아동분과 of 아동 in 분과."""
    return any(
        len(field.name) > 1
        and name.endswith(field.name)
        and len(name) > len(field.name)
        and name.removesuffix(field.name) in field.text
        for field in row.fields
    )


def _of_bodies_named(asked: Asked, found: Sequence[Found]) -> list[Found]:
    """Rows with whose their papers are taken for said, which the rows themselves leave out."""
    total = sum(asked.weights.values())
    rated = []
    for one in found:
        body = "".join(one.row.body.split())
        said = {term for term, worth in one.worth.items() if not worth and term in body}
        if of_named(asked, one.row):
            # 가람구 명부 위원장: the words of its title say which paper, not which of its rows.
            said |= asked.whose | {t for t, worth in one.worth.items() if 0 < worth <= IN_TITLE}
        if said:
            held = sum(asked.weights[term] * (1 - one.worth.get(term, 0.0)) for term in said)
            worth = {**one.worth, **dict.fromkeys(said, 1.0)}
            one = replace(one, coverage=one.coverage + held / total, worth=worth)
        rated.append(one)
    return sorted(rated, key=lambda one: (-round(one.coverage, 3), -round(one.own, 3)))
