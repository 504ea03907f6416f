"""Which records a question is about, by the words they share with it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from corpus.database import CouncilDatabase
from corpus.records import RecordKind
from corpus.types import Visibility
from retrieval.keywords import any_of
from retrieval.lookup.rows import Row, Rows

# How much a word counts that stands not in the record itself but above it, as for passages.
_IN_HEADING = 0.85
_IN_TITLE = 0.7
_INSIDE = 0.8
# A labelled value picked from prose says less surely what it is than a row of a table or form.
_LOOSE = 0.05
_LOOSE_KINDS = frozenset({RecordKind.FACT})
# A question shares words with hundreds of rows of one table; more than these are not told apart.
_CANDIDATES = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A record with how well it fits.

    Attributes:
        row: The record.
        coverage: Share of the question's weight that its words, its relation's and its paper's
            title cover, 0 to 1.
        own: Share covered by words that stand in the record alone and nowhere above it: what
            sets it apart from its neighbours.
        missing: Terms that neither the record nor anything above it holds.
    """

    row: Row
    coverage: float
    own: float
    missing: frozenset[str] = frozenset()


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
    ) -> list[Found]:
        """Records that share words with a question, best first.

        Args:
            weights: The question's terms with their weights; none finds nothing.
            audience: Highest level that may be seen.
            keep: Rows for which this is false are left out.

        Returns:
            At most some hundreds; equal coverage in order of the papers, newest first.
        """
        match = any_of(weights)
        if not match:
            return []
        ids = self._database.read(
            "select rowid as id from record_terms where record_terms match ?"
            " order by bm25(record_terms, 0.5, 1.0, 2.0) limit ?",
            [match, _CANDIDATES],
        )
        rows = [row for row in self._rows.by_id([row["id"] for row in ids], audience) if keep(row)]
        return self.rated(rows, weights)

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
            worth = {term: _worth(term, own, above, paper) for term in weights}
            covered = sum(weight * worth[term] for term, weight in weights.items())
            missing = frozenset(term for term in weights if not worth[term])
            mine = sum(
                weight
                for term, weight in weights.items()
                if term in own and term not in above and term not in paper
            )
            less = _LOOSE if row.kind in _LOOSE_KINDS else 0.0
            found.append(
                Found(row=row, coverage=covered / total - less, own=mine / total, missing=missing)
            )
        newest = sorted(found, key=lambda one: one.row.dated, reverse=True)
        return sorted(newest, key=lambda one: (-round(one.coverage, 3), -round(one.own, 3)))


def _worth(term: str, own: set[str], above: set[str], paper: set[str]) -> float:
    for words, worth in ((own, 1.0), (above, _IN_HEADING), (paper, _IN_TITLE)):
        if term in words:
            return worth
    # 복지부 inside 보건복지부: offices print one word where people say a part of it.
    inside = len(term) > 1 and any(term in word for word in own)
    return _INSIDE if inside else 0.0
