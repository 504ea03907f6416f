"""The relations that a view is about: tables, lists and outlines, newest paper first."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from corpus.database import CouncilDatabase
from corpus.records import RecordKind
from corpus.types import Visibility
from retrieval.lookup.row import Row
from retrieval.lookup.rows import Rows
from retrieval.lookup.subjects import said_years
from retrieval.types import unmarked

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A relation as a list of them names it.

    Attributes:
        id: Row number of the relation, for reading it at once.
        document_id: Its paper; never given to another one.
        ordinal: Its place in the paper.
        heading: Its title as printed; may be empty.
        title: Title of the paper.
        dated: Date of the paper as far as known.
        size: Number of its records.
    """

    id: int
    document_id: int
    ordinal: int
    heading: str
    title: str
    dated: str
    size: int

    @property
    def path(self) -> tuple[int, int]:
        """The numbers by which addresses name it."""
        return self.document_id, self.ordinal

    @property
    def name(self) -> str:
        """What it is called: its heading with the paper's title, or that alone."""
        if not self.heading or self.heading == self.title:
            return self.title
        return f"{self.heading} ({self.title})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """What an address within a relation names.

    Attributes:
        relation: The relation.
        rows: All its records, in printed order.
        row: The one that the address names; None where it names the relation as a whole.
    """

    relation: Listed
    rows: Sequence[Row]
    row: Row | None

    def path_to(self, row: Row) -> tuple[int, ...]:
        """The numbers by which addresses name one of its records."""
        index = next(index for index, one in enumerate(self.rows) if one.id == row.id)
        return (*self.relation.path, index)


class Relations:
    """Reads relations and their rows.

    Args:
        database: The council's store.
    """

    def __init__(self, database: CouncilDatabase) -> None:
        self._database = database
        self.rows = Rows(database)

    def of_kinds(self, kinds: Iterable[RecordKind], audience: Visibility) -> list[Listed]:
        """All relations of some kinds that an audience may see, newest paper first."""
        found = self._database.read(
            "select n.id, n.document_id, n.ordinal, n.title as heading, d.title, d.dated,"
            " (select count(*) from records r where r.relation_id = n.id) as size"
            " from relations n join documents d on d.id = n.document_id"
            " where n.kind in (select value from json_each(?)) and d.visibility <= ?"
            " order by d.dated desc, d.id desc, n.ordinal",
            [json.dumps([kind.value for kind in kinds]), audience],
        )
        return [
            Listed(
                id=row["id"],
                document_id=row["document_id"],
                ordinal=row["ordinal"],
                heading=unmarked(row["heading"]),
                title=unmarked(row["title"]),
                dated=row["dated"],
                size=row["size"],
            )
            for row in found
        ]

    def opened(
        self, path: Sequence[int], kinds: Iterable[RecordKind], audience: Visibility
    ) -> Opened | None:
        """The relation, or the record in it, that an address names.

        Args:
            path: The relation's path, and behind it the place of a record in it.
            kinds: Which records it may hold.
            audience: Highest level that may be seen.

        Returns:
            None where it is gone or not to be seen.
        """
        named = tuple(path[:2])
        every = self.of_kinds(kinds, audience)
        relation = next((one for one in every if one.path == named), None)
        if relation is None:
            return None
        rows = self.rows.of_relation(relation.id, audience)
        if len(path) == len(named):
            return Opened(relation=relation, rows=rows, row=None)
        index = path[-1]
        row = rows[index] if index < len(rows) else None
        return Opened(relation=relation, rows=rows, row=row) if row else None


def named_year(rows: Sequence[Row], name: str) -> str:
    """A name with the years of its rows before it, unless it says them itself."""
    year = year_of(rows)
    return name if year and year.removesuffix("년") in name else f"{year} {name}".strip()


def year_of(rows: Sequence[Row]) -> str:
    """The years that rows and their headings name, as `2025~2026년`; empty without one."""
    years = {year for row in rows for year in said_years(row)} if rows else set()
    named = {year for row in rows for f in row.fields for year in years_in(f.name)}
    own = {int(f.first[:4]) for row in rows for f in row.fields if f.name == "year" and f.first}
    chosen = sorted(own or named or years)
    if not chosen:
        return ""
    return f"{chosen[0]}년" if len(chosen) == 1 else f"{chosen[0]}~{chosen[-1]}년"


def years_in(heading: str) -> set[int]:
    """The years that the heading of a column names."""
    return set(map(int, _YEAR.findall(heading)))
