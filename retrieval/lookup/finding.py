"""Which records a question is about, by the words they share with it."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from corpus.database import CouncilDatabase
from corpus.records import RecordKind
from corpus.types import Visibility
from retrieval.keywords import any_of
from retrieval.lookup.row import Row
from retrieval.lookup.rows import Rows
from retrieval.synonyms import same

# How much a word counts that stands not in the record itself but above it, as for passages.
_IN_HEADING = 0.85
_IN_TITLE = 0.7
_INSIDE = 0.8
_BY_CHANCE = 2
# Another word for the same: 홀로 where 혼자 is asked.
_SAME = 0.9
# A labelled value picked from prose says less surely what it is than a row of a table or form.
_LOOSE = 0.05
_LOOSE_KINDS = frozenset({RecordKind.FACT})
# A question shares words with hundreds of rows of one table; more than these are not told apart.
_CANDIDATES = 400
# Answers are made of rows that cover half of a question or more; what holds less than this is not
# looked at. Of 81,000 records bm25() over all that share any word took 73 ms of a question.
_PROMISING = 0.4


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A record with how well it fits.

    Attributes:
        row: The record.
        coverage: Share of the question's weight that its words, its relation's and its paper's
            title cover, 0 to 1.
        own: Share covered by words that stand in the record alone and nowhere above it: what
            sets it apart from its neighbours.
        worth: How far the record or what stands above it holds each term, 0 to 1.
    """

    row: Row
    coverage: float
    own: float
    worth: Mapping[str, float] = field(default_factory=dict)

    @property
    def missing(self) -> frozenset[str]:
        """Terms that neither the record nor anything above it holds."""
        return frozenset(term for term, worth in self.worth.items() if not worth)


class Finder:
    """Finds records by words and places.

    Args:
        database: The council's store.
        rows: Reads records.
    """

    def __init__(self, database: CouncilDatabase, rows: Rows) -> None:
        self._database = database
        self._rows = rows

    def find(
        self,
        weights: Mapping[str, float],
        audience: Visibility,
        keep: Callable[[Row], bool] = lambda row: True,
        places: Collection[str] = (),
        spared: Collection[str] = (),
    ) -> list[Found]:
        """Records that share words with a question, best first.

        Args:
            weights: The question's terms with their weights; none finds nothing.
            audience: Highest level that may be seen.
            places: Only records about one of these; all where there are none.
            keep: Rows for which this is false are left out.
            spared: Terms that a record need not hold to be looked at.

        Returns:
            At most some hundreds; equal coverage in order of the papers, newest first.
        """
        needed = {term: one for term, one in weights.items() if term not in spared}
        promising = self._promising(needed or weights)
        if places:
            promising = self._rows.among(promising, places)
        ids = self._visible(promising, audience)
        rows = [row for row in self._rows.by_id(ids, audience) if keep(row)]
        return self.rated(rows, weights)

    def _promising(self, weights: Mapping[str, float]) -> list[int]:
        """Numbers of the records that hold a fair share of all weight, most first."""
        numbers: NDArray[np.int64] = np.empty(0, np.int64)
        held: NDArray[np.float64] = np.empty(0)
        left = sum(weights.values())
        least = _PROMISING * left
        for term in sorted(weights, key=lambda term: -weights[term]):
            if left < least:
                break  # what the rest can add promises nothing by itself
            left -= weights[term]
            holding = np.array(self._holding(term), np.int64)
            each, places = np.unique(np.append(numbers, holding), return_inverse=True)
            added = np.append(held, np.full(len(holding), weights[term]))
            numbers, held = each, np.bincount(places, added, len(each)).astype(np.float64)
        order = np.argsort(-held, kind="stable")
        chosen = order[held[order] + left >= least]
        found: list[int] = numbers[chosen].tolist()
        return found

    def _holding(self, term: str) -> list[int]:
        match = any_of([term, *same(term)])
        if not match:
            return []
        # One text of numbers: a row object for each of 10,000 records takes five times as long.
        found = self._database.one(
            "select json_group_array(rowid) as ids from record_terms where record_terms match ?",
            [match],
        )
        return list(json.loads(found["ids"])) if found else []

    def _visible(self, ids: Sequence[int], audience: Visibility) -> list[int]:
        """The first of some records that the audience may see."""
        rows = self._database.read(
            "select r.id from json_each(?) j cross join records r on r.id = j.value"
            " join relations n on n.id = r.relation_id join documents d on d.id = n.document_id"
            " where d.visibility <= ? limit ?",
            [json.dumps(ids), audience, _CANDIDATES],
        )
        return [row["id"] for row in rows]

    def rated(self, rows: Sequence[Row], weights: Mapping[str, float]) -> list[Found]:
        """Records with how well they fit, best first."""
        total = sum(weights.values()) or 1.0
        stored = self._database.read(
            "select t.rowid as id, t.title, t.heading, t.body from json_each(?) j"
            " join record_terms t on t.rowid = j.value",
            [json.dumps([row.id for row in rows])],
        )
        words = {row["id"]: row for row in stored}
        found = []
        for row in rows:
            own, above, paper = (
                set(words[row.id][column].split()) for column in ("body", "heading", "title")
            )
            # The analyser reads a word otherwise in another sentence; its letters stay the same.
            letters = "".join("".join(part.text.split()) for part in row.fields)
            printed = " ".join(part.text for part in row.fields).lower()
            text = (f"{words[row.id]['body']} {letters.lower()}", printed)
            worth = {term: _worth(term, text, own, above, paper) for term in weights}
            covered = sum(weight * worth[term] for term, weight in weights.items())
            mine = sum(
                weight
                for term, weight in weights.items()
                if term in own and term not in above and term not in paper
            )
            less = _LOOSE if row.kind in _LOOSE_KINDS else 0.0
            found.append(
                Found(row=row, coverage=covered / total - less, own=mine / total, worth=worth)
            )
        newest = sorted(found, key=lambda one: one.row.dated, reverse=True)
        return sorted(newest, key=lambda one: (-round(one.coverage, 3), -round(one.own, 3)))


def _worth(
    term: str, text: tuple[str, str], own: set[str], above: set[str], paper: set[str]
) -> float:
    others = (_SAME * _printed(other, text, own, above, paper) for other in same(term))
    return max(_printed(term, text, own, above, paper), *others, 0.0)


def _printed(
    term: str, text: tuple[str, str], own: set[str], above: set[str], paper: set[str]
) -> float:
    for words, worth in ((own, 1.0), (above, _IN_HEADING), (paper, _IN_TITLE)):
        if term in words:
            return worth
    # 복지부 inside 보건복지부: offices print one word where people say a part of it.
    # Two syllables also meet by chance, over the end of a word: 의안 in 일상의 안전.
    packed, spaced = text
    inside = term in (packed if len(term) > _BY_CHANCE else spaced)
    return _INSIDE if len(term) > 1 and inside else 0.0
