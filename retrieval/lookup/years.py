"""Which years relations name, so that thousands of them are told apart at once."""

from __future__ import annotations

import re
import sqlite3
from collections import defaultdict
from collections.abc import Collection, Sequence
from functools import cached_property, lru_cache
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from corpus.database import CouncilDatabase

_YEAR = re.compile(r"(?<!\d)(?P<whole>(?:19|20)[0-9]{2})(?!\d)|[’'‘](?P<short>[0-9]{2})(?!\d)")


class RelationYears:
    """Knows of every relation of a store which years it may speak of.

    Read when a year is first asked for; asked of each relation by itself, 3,000 of 10,000 took a
    quarter of a question.

    Args:
        database: The council's store.
        heads: Number, title, paper's title and paper's date of each relation, first in their rows.
    """

    def __init__(self, database: CouncilDatabase, heads: Sequence[sqlite3.Row]) -> None:
        self._database = database
        self._heads = heads

    def of(self, years: Collection[int]) -> NDArray[np.bool_]:
        """Whether each relation, by its number, may say something of one of some years.

        A paper that states no date at all cannot contradict a year.
        """
        may = np.full(max(self._numbers, default=0) + 1, not years)
        may[self._undated] = True
        for year in years:
            may[self._naming.get(year, [])] = True
        return may

    @cached_property
    def _numbers(self) -> list[int]:
        return [head[0] for head in self._heads]

    @cached_property
    def _undated(self) -> list[int]:
        return [number for number, _, _, dated, *_ in self._heads if not dated]

    @cached_property
    def _naming(self) -> dict[int, list[int]]:
        """Numbers of the relations that name each year: above their rows or inside."""
        found: defaultdict[int, list[int]] = defaultdict(list)
        printed = [f"{heading} {title} {dated}" for _, heading, title, dated, *_ in self._heads]
        # One pass over one text: a call for each of 10,000 takes ten times as long.
        starts = list(accumulate((len(text) + 1 for text in printed), initial=0))
        matches = list(_YEAR.finditer("\n".join(printed)))
        places = np.searchsorted(starts, [match.start() for match in matches], "right") - 1
        for match, place in zip(matches, places.tolist(), strict=True):
            found[_year(match)].append(self._numbers[place])
        known = set(self._numbers)
        for row in self._database.read(
            "select r.relation_id as id, f.name, f.first, f.last from fields f"
            " join records r on r.id = f.record_id where f.first <> ''"
            " or f.name glob '*[0-9][0-9]*' group by r.relation_id, f.name, f.first, f.last"
        ):
            for year in years_in(f"{row['name']} {row['first']} {row['last']}"):
                if row["id"] in known:
                    found[year].append(row["id"])
        return dict(found)


@lru_cache(maxsize=4096)  # rows of one table share their headings and the names of their columns
def years_in(text: str) -> frozenset[int]:
    """Every year that a text names.

    >>> sorted(years_in("2025년 실적, ’26년 목표"))
    [2025, 2026]
    """
    return frozenset(map(_year, _YEAR.finditer(text)))


def _year(match: re.Match[str]) -> int:
    return int(match["whole"] or 2000 + int(match["short"]))
