"""Which records a question is about, by the words they share with it."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from corpus.database import CouncilDatabase
from corpus.records import RecordKind
from corpus.types import Visibility
from retrieval.keywords import any_of
from retrieval.lookup.inventory import Inventory, Relation
from retrieval.lookup.kept import Kept, state_of
from retrieval.lookup.row import Row
from retrieval.lookup.rows import Rows
from retrieval.lookup.stored import numbers_of
from retrieval.lookup.words import BY_CHANCE, Words, words_of, worth_in
from retrieval.synonyms import same
from retrieval.terms import plain

# A labelled value picked from prose says less surely what it is than a row of a table or form.
_LOOSE = 0.05
_LOOSE_KINDS = frozenset({RecordKind.FACT})
# A question shares words with hundreds of rows of one table; more than these are not told apart.
# With 200 or 400 not one answer of four sets is another, and the 95th percentile is a third later.
_CANDIDATES = 100
# Answers are made of rows that cover half of a question or more; what holds less than this is not
# looked at. Of 81,000 records bm25() over all that share any word took 73 ms of a question.
_PROMISING = 0.4
# As many as rows are kept.
_KEPT = 8000
# A question looks for its terms up to three times, and the next one for some of them again. Of
# 10,000 records that hold a term the numbers take 40 KB.
_TERMS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A record with how well it fits.

    Attributes:
        row: The record.
        coverage: Share of the question's weight that its words, its relation's and its paper's
            title cover, 0 to 1.
        own: Share covered by words, or others for the same, that stand in the record alone and
            nowhere above it: what sets it apart from its neighbours.
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What a question is about.

    Attributes:
        years: Years that are asked for; none where none is named.
        relation: Whether a relation may hold such rows.
        row: Whether a row is about it.
    """

    years: Collection[int]
    relation: Callable[[Relation], bool]
    row: Callable[[Row], bool]


class Finder:
    """Finds records by words and places.

    Args:
        database: The council's store.
        rows: Reads records.
    """

    def __init__(self, database: CouncilDatabase, rows: Rows) -> None:
        self._database = database
        self._rows = rows
        self._inventory = Inventory(database)
        self._words: Kept[int, Words] = Kept(_KEPT)
        self._holds: Kept[str, NDArray[np.int32]] = Kept(_TERMS)

    def find(
        self,
        weights: Mapping[str, float],
        audience: Visibility,
        subject: Subject,
        places: Collection[str] = (),
        spared: Collection[str] = (),
    ) -> list[Found]:
        """Records that share words with a question, best first.

        Args:
            weights: The question's terms with their weights; none finds nothing.
            audience: Highest level that may be seen.
            subject: What the rows must be about; others are left out.
            places: Only records about one of these; all where there are none.
            spared: Terms that a record need not hold to be looked at.

        Returns:
            At most some hundreds; equal coverage in order of the papers, newest first.
        """
        needed = {term: one for term, one in weights.items() if term not in spared}
        numbers, held = self._promising(needed or weights)
        if places:
            inside = np.isin(numbers, self._rows.numbers_at(places))
            numbers, held = numbers[inside], held[inside]
        ids = self._inventory.relations().first(
            numbers,
            held,
            _CANDIDATES,
            subject.years,
            lambda one: one.visibility <= audience and subject.relation(one),
        )
        rows = [row for row in self._rows.by_id(ids, audience) if subject.row(row)]
        return self.rated(rows, weights)

    def _promising(
        self, weights: Mapping[str, float]
    ) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """Numbers of the records that hold a fair share of all weight, and how much they hold."""
        # A place for each record: adding to 100,000 takes less than joining two lists of 10,000.
        held = np.zeros(len(self._inventory.relations().of_record))
        left = sum(weights.values())
        least = _PROMISING * left
        for term in sorted(weights, key=lambda term: -weights[term]):
            if left < least:
                break  # what the rest can add promises nothing by itself
            left -= weights[term]
            holding = self._holding(term, _joined(term, weights))
            held[holding[holding < len(held)]] += weights[term]
        numbers = np.flatnonzero((held > 0) & (held + left >= least))
        return numbers, held[numbers].round(6)

    def _holding(self, term: str, joined: Sequence[str]) -> NDArray[np.int32]:
        words = {word for one in (term, *joined, *same(term)) if (word := plain(one))}
        if not words:
            return np.empty(0, np.int32)
        state = state_of(self._database)
        # Each word by itself: its numbers serve every question that holds it.
        found = self._holds.get(
            state, words, lambda lacking: {word: self._numbers(word) for word in lacking}
        )
        return np.concatenate([*found.values()])

    def _numbers(self, word: str) -> NDArray[np.int32]:
        # One text of numbers: a row object for each of 10,000 records takes five times as long.
        found = self._database.one(
            "select group_concat(rowid) as ids from record_terms where record_terms match ?",
            [any_of([word])],
        )
        return numbers_of(found["ids"] if found else None).astype(np.int32)

    def rated(self, rows: Sequence[Row], weights: Mapping[str, float]) -> list[Found]:
        """Records with how well they fit, best first."""
        newest = sorted(self.each(rows, weights), key=lambda one: one.row.dated, reverse=True)
        return sorted(newest, key=lambda one: (-round(one.coverage, 3), -round(one.own, 3)))

    def each(self, rows: Sequence[Row], weights: Mapping[str, float]) -> Iterator[Found]:
        """Records with how well they fit, one after the other."""
        total = sum(weights.values()) or 1.0
        every = self._words_of(rows)
        others = {term: tuple(same(term)) for term in weights}
        joined = {term: found for term in weights if (found := _joined(term, weights))}
        for row in rows:
            words = every[row.id]
            worth: dict[str, float] = {}
            mine = []
            for term, weight in weights.items():
                inside = term in words.own
                worth[term] = 1.0 if inside else worth_in(term, others[term], words)
                if (inside and words.alone(term)) or any(map(words.alone, others[term])):
                    mine.append(weight)
            for term, longer in joined.items():
                worth[term] = max(worth[term], *(worth[one] for one in longer))
            covered = sum([weight * worth[term] for term, weight in weights.items()])
            less = _LOOSE if row.kind in _LOOSE_KINDS else 0.0
            yield Found(
                row=row, coverage=covered / total - less, own=sum(mine) / total, worth=worth
            )

    def of_papers(self, rows: Sequence[Row], terms: Iterable[str]) -> frozenset[str]:
        """Those of some terms that stand in the title of the paper of each of some rows."""
        titles = {words.paper for words in self._words_of(rows).values()}
        return frozenset(term for term in terms if all(term in title for title in titles))

    def missing(self, rows: Sequence[Row], weights: Mapping[str, float]) -> frozenset[str]:
        """Terms that none of some records holds, nor anything above them."""
        every = self._words_of(rows).values()
        together = Words(  # no term goes over a line end
            text="\n".join(words.text for words in every),
            spaced="\n".join(words.spaced for words in every),
            own=frozenset().union(*(words.own for words in every)),
            above=frozenset().union(*(words.above for words in every)),
            paper=frozenset().union(*(words.paper for words in every)),
        )
        forms = {term: (term, *_joined(term, weights)) for term in weights}
        return frozenset(
            term
            for term in weights
            if not any(worth_in(one, same(one), together) for one in forms[term])
        )

    def _words_of(self, rows: Sequence[Row]) -> dict[int, Words]:
        return self._words.get(
            state_of(self._database),
            [row.id for row in rows],
            lambda lacking: self._read_words(rows, lacking),
        )

    def _read_words(self, rows: Sequence[Row], ids: Collection[int]) -> dict[int, Words]:
        stored = self._database.read(
            "select t.rowid as id, t.title, t.heading, t.body from json_each(?) j"
            " join record_terms t on t.rowid = j.value",
            [json.dumps(list(ids))],
        )
        by_id = {row.id: row for row in rows}
        return {row["id"]: words_of(by_id[row["id"]], row) for row in stored}


def _joined(term: str, weights: Collection[str]) -> list[str]:
    """Terms of a question that hold another: a text with 나눔카페 speaks of a 카페."""
    if len(term) < BY_CHANCE:
        return []
    return [o for o in weights if o != term and (o.startswith(term) or o.endswith(term))]
