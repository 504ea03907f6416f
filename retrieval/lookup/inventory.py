"""Which relations a store has: of which rows, papers and years, without reading the rows."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import islice
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.database import CouncilDatabase
from retrieval.lookup.kept import Kept, state_of
from retrieval.lookup.years import RelationYears
from retrieval.types import unmarked

# Of so many rows of one relation that fit alike, those behind them wait until other relations
# have been looked at: one long table must not hide the right one.
_TURN = 50
# So many numbers at a time become Python's: a question takes a hundred of up to 100,000.
_TAKEN = 256


@dataclass(frozen=True, kw_only=True)  # no slots: what is worked out is kept in the instance
class Relation:
    """A relation, as far as it tells which questions it may answer.

    Attributes:
        number: Its row number.
        heading: Its title.
        title: The title of its paper.
        dated: Date of its paper, ISO 8601; empty where unknown.
        visibility: Who may see its paper.
    """

    number: int
    heading: str
    title: str
    dated: str
    visibility: int

    @cached_property
    def above(self) -> str:
        """Its title and the title of its paper, as people see them."""
        return f"{unmarked(self.heading)} {unmarked(self.title)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Relations:
    """All relations of a store.

    Attributes:
        every: Number, heading, title, dated and visibility of each relation, by its number.
        of_record: The relation of each record, by the record's number; 0 for none.
        order: Place of each relation, by its number, the newest paper's first.
        years: Which years they name.
    """

    every: dict[int, sqlite3.Row]
    of_record: NDArray[np.int64]
    order: NDArray[np.int64]
    years: RelationYears
    _made: dict[int, Relation] = field(default_factory=dict)

    def _relation(self, number: int) -> Relation:
        """A relation, made when it is first looked at: 10,000 take a tenth of a second."""
        if number not in self._made:
            _, heading, title, dated, visibility = self.every[number]
            self._made[number] = Relation(
                number=number, heading=heading, title=title, dated=dated, visibility=visibility
            )
        return self._made[number]

    def first(
        self,
        records: NDArray[np.int64],
        held: NDArray[np.float64],
        most: int,
        years: Collection[int],
        keep: Callable[[Relation], bool],
    ) -> list[int]:
        """Those of some records that are looked at, where there are more than can be.

        Args:
            records: Numbers of records, ascending.
            held: What each holds of a question.
            most: How many are wanted.
            years: Relations that can say nothing of any of these are left out; none leaves all.
            keep: Relations for which this is false are left out.

        Returns:
            Those that hold most, of the newest papers, from as many relations as fit alike.
        """
        relation = self.of_record[np.minimum(records, len(self.of_record) - 1)]
        # Asked of each relation when its turn comes: of 10,000 that hold a word few are needed.
        wanted = lru_cache(maxsize=None)(
            lambda number: bool(number) and keep(self._relation(number))
        )
        turn = _turns(relation, held) // _TURN if len(records) > most else np.zeros(len(records))
        if years:
            may = self.years.of(years)[relation]
            records, relation, held, turn = records[may], relation[may], held[may], turn[may]
        ranked = self._ranked(records, relation, held, turn)
        return list(islice((record for record, number in ranked if wanted(number)), most))

    def _ranked(
        self,
        records: NDArray[np.int64],
        relation: NDArray[np.int64],
        held: NDArray[np.float64],
        turn: NDArray[Any],
    ) -> Iterator[tuple[int, int]]:
        """Records with their relations, best first; only as many are put in order as are taken."""
        left = held
        while len(left):
            level = left.max()
            left = left[left < level]
            alike = np.flatnonzero(held == level)
            numbers, of = records[alike], relation[alike]
            best = np.lexsort((numbers, self.order[of], turn[alike]))
            for start in range(0, len(best), _TAKEN):
                taken = best[start : start + _TAKEN]
                yield from zip(numbers[taken].tolist(), of[taken].tolist(), strict=True)


def _turns(relation: NDArray[np.int64], held: NDArray[np.float64]) -> NDArray[np.int64]:
    """Place of each record among those of its relation that hold as much."""
    order = np.lexsort((held, relation))
    same = (np.diff(relation[order]) == 0) & (np.diff(held[order]) == 0)
    starts = np.flatnonzero(np.concatenate(([True], ~same)))
    sizes = np.diff(np.append(starts, len(order)))
    turns = np.empty(len(order), np.int64)
    turns[order] = np.arange(len(order)) - np.repeat(starts, sizes)
    return turns


class Inventory:
    """Knows the relations of a store; read anew only when the store has changed.

    Args:
        database: The council's store.
    """

    def __init__(self, database: CouncilDatabase) -> None:
        self._database = database
        self._kept: Kept[int, Relations] = Kept(1)

    def relations(self) -> Relations:
        """All relations, whoever may see them."""
        state = state_of(self._database)
        return self._kept.get(state, [0], lambda _: {0: self._read()})[0]

    def _read(self) -> Relations:
        heads = self._database.read(
            "select n.id, n.title as heading, d.title, d.dated, d.visibility"
            " from relations n join documents d on d.id = n.document_id"
            " order by d.dated desc, n.id"
        )
        every = {head[0]: head for head in heads}
        order = np.zeros(max(every, default=0) + 1, np.int64)
        order[list(every)] = np.arange(len(every))
        years = RelationYears(self._database, heads)
        return Relations(every=every, of_record=self._of_record(), order=order, years=years)

    def _of_record(self) -> NDArray[np.int64]:
        # One text of numbers: a row object for each of 100,000 records takes five times as long.
        row = self._database.one(
            "select json_group_array(id) as ids, json_group_array(relation_id) as relations"
            " from records"
        )
        ids, numbers = (json.loads(row[key]) for key in row.keys()) if row else ([], [])  # noqa: SIM118
        relation = np.zeros(max(ids, default=0) + 2, np.int64)  # the last: any later record's
        relation[ids] = numbers
        return relation
