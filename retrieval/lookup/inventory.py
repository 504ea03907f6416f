"""Which relations a store has: of which rows, papers and years, without reading the rows."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from corpus.database import CouncilDatabase
from retrieval.lookup.kept import Kept, state_of
from retrieval.types import unmarked

# Of so many rows of one relation that fit alike, those behind them wait until other relations
# have been looked at: one long table must not hide the right one.
_TURN = 50


@dataclass(frozen=True, kw_only=True)  # no slots: what is worked out is kept in the instance
class Relation:
    """A relation, as far as it tells which questions it may answer.

    Attributes:
        number: Its row number.
        heading: Its title.
        title: The title of its paper.
        dated: Date of its paper, ISO 8601; empty where unknown.
        visibility: Who may see its paper.
        inside: Years that its rows and their columns name, by its number.
    """

    number: int
    heading: str
    title: str
    dated: str
    visibility: int
    inside: Callable[[int], frozenset[int]]

    @cached_property
    def above(self) -> str:
        """Its title and the title of its paper, as people see them."""
        return f"{unmarked(self.heading)} {unmarked(self.title)}"

    @cached_property
    def years(self) -> frozenset[int]:
        """Every year that its rows, their columns, its title or its paper name."""
        return years_in(f"{self.heading} {self.title} {self.dated}") | self.inside(self.number)

    def of_years(self, years: Collection[int]) -> bool:
        """Whether it may say something of one of some years.

        A paper that states no date at all cannot contradict a year.
        """
        return not years or not self.dated or not self.years.isdisjoint(years)


@dataclass(frozen=True, slots=True, kw_only=True)
class Relations:
    """All relations of a store.

    Attributes:
        every: The relations by number.
        of_record: The relation of each record, by the record's number; 0 for none.
        order: Place of each relation, by its number, the newest paper's first.
    """

    every: dict[int, Relation]
    of_record: NDArray[np.int64]
    order: NDArray[np.int64]

    def first(
        self,
        records: NDArray[np.int64],
        held: NDArray[np.float64],
        most: int,
        keep: Callable[[Relation], bool],
    ) -> list[int]:
        """Those of some records that are looked at, where there are more than can be.

        Args:
            records: Numbers of records, ascending.
            held: What each holds of a question.
            most: How many are wanted.
            keep: Relations for which this is false are left out.

        Returns:
            Those that hold most, of the newest papers, from as many relations as fit alike.
        """
        relation = self.of_record[np.minimum(records, len(self.of_record) - 1)]
        turn = _turns(relation, held) // _TURN if len(records) > most else np.zeros(len(records))
        best = np.lexsort((records, self.order[relation], turn, -held))
        # Asked of each relation when its turn comes: of 10,000 that hold a word few are needed.
        wanted = lru_cache(maxsize=None)(lambda number: bool(number) and keep(self.every[number]))
        pairs = zip(records[best].tolist(), relation[best].tolist(), strict=True)
        return list(islice((record for record, number in pairs if wanted(number)), most))


def _turns(relation: NDArray[np.int64], held: NDArray[np.float64]) -> NDArray[np.int64]:
    """Place of each record among those of its relation that hold as much."""
    order = np.lexsort((held, relation))
    same = (np.diff(relation[order]) == 0) & (np.diff(held[order]) == 0)
    starts = np.flatnonzero(np.concatenate(([True], ~same)))
    sizes = np.diff(np.append(starts, len(order)))
    turns = np.empty(len(order), np.int64)
    turns[order] = np.arange(len(order)) - np.repeat(starts, sizes)
    return turns


class _InsideYears:
    """Years that the columns and the dates of each relation name, read when one is asked for."""

    def __init__(self, database: CouncilDatabase) -> None:
        self._database = database

    def of(self, relation: int) -> frozenset[int]:
        return self._every.get(relation, frozenset())

    @cached_property
    def _every(self) -> dict[int, frozenset[int]]:
        found: defaultdict[int, frozenset[int]] = defaultdict(frozenset)
        for row in self._database.read(
            "select r.relation_id as id, f.name, f.first, f.last from fields f"
            " join records r on r.id = f.record_id where f.first <> ''"
            " or f.name glob '*[0-9][0-9]*' group by r.relation_id, f.name, f.first, f.last"
        ):
            found[row["id"]] |= years_in(f"{row['name']} {row['first']} {row['last']}")
        return dict(found)


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
        inside = _InsideYears(self._database)
        every = {
            head["id"]: Relation(
                number=head["id"],
                heading=head["heading"],
                title=head["title"],
                dated=head["dated"],
                visibility=head["visibility"],
                inside=inside.of,
            )
            for head in heads
        }
        order = np.zeros(max(every, default=0) + 1, np.int64)
        order[list(every)] = np.arange(len(every))
        return Relations(every=every, of_record=self._of_record(), order=order)

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


@lru_cache(maxsize=4096)  # rows of one table share their headings and the names of their columns
def years_in(text: str) -> frozenset[int]:
    """Every year that a text names.

    >>> sorted(years_in("2025년 실적, ’26년 목표"))
    [2025, 2026]
    """
    years = {int(year) for year in re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", text)}
    return frozenset(years | {2000 + int(year) for year in re.findall(r"[’'‘](\d\d)(?!\d)", text)})
