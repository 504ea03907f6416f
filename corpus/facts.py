"""One fact in several papers, and papers that claim different values for the same thing."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from corpus.claims import same
from corpus.database import CouncilDatabase
from corpus.records import MACHINE_READ
from corpus.types import Visibility

# A body that no paper names may be anybody's: most councils' own papers do not name them.
_SAME_BODY = "(a.body = b.body or a.body = '' or b.body = '')"
# What a machine read is no second source, and speaks against no other row, before staff confirm it.
_CERTAIN = f"(rb.confirmed = 1 or rb.doubt <> '{MACHINE_READ}')"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A row that states the same as another, in another paper.

    Attributes:
        record_id: The row.
        document_id: Its paper.
        dated: Date of the paper, ISO 8601; empty where unknown.
        corrected: Whether staff corrected or confirmed it.
    """

    record_id: int
    document_id: int
    dated: str
    corrected: bool

    @property
    def rank(self) -> tuple[bool, str, int]:
        """What staff looked at goes first, then the newest paper."""
        return self.corrected, self.dated, self.document_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """Where one fact is printed.

    Attributes:
        own: The row that was asked about.
        others: The same row in other papers, first that which is to be cited first.
    """

    own: Source
    others: tuple[Source, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispute:
    """Two values that papers claim for the same thing.

    Attributes:
        record_id: A row.
        ordinal: The field of it that is disputed.
        other_id: The row that claims another value.
        other_ordinal: Its field.
    """

    record_id: int
    ordinal: int
    other_id: int
    other_ordinal: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A finding of one paper with the rows that stand where it points.

    Attributes:
        values: What its sentence names, as printed.
        rows: The rows.
    """

    values: tuple[str, ...]
    rows: tuple[int, ...]


class Facts:
    """Compares the rows of papers; an audience compares only what it may see.

    Args:
        database: The council's store.
    """

    def __init__(self, database: CouncilDatabase) -> None:
        self._database = database

    def sources(self, record_ids: Iterable[int], audience: Visibility) -> dict[int, Sources]:
        """Where else rows are printed; rows that stand in one paper only are left out."""
        rows = self._database.read(
            "select a.record_id, da.id as document_id, da.dated, ra.confirmed,"
            " min(b.record_id) as other_id, db.id as other_document, db.dated as other_dated,"
            " max(rb.confirmed) as other_confirmed"
            " from json_each(?) j join row_claims a on a.record_id = j.value"
            f" join row_claims b on b.claim = a.claim and {_SAME_BODY}"
            " and b.record_id <> a.record_id"
            " join records ra on ra.id = a.record_id join relations na on na.id = ra.relation_id"
            " join records rb on rb.id = b.record_id join relations nb on nb.id = rb.relation_id"
            " join documents da on da.id = na.document_id"
            " join documents db on db.id = nb.document_id and db.id <> da.id"
            f" where db.visibility <= ? and {_CERTAIN} group by a.record_id, db.id",
            [json.dumps(list(record_ids)), audience],
        )
        return {
            record_id: _sources(list(group))
            for record_id, group in groupby(rows, lambda row: row["record_id"])
        }

    def disputes(self, record_ids: Iterable[int], audience: Visibility) -> list[Dispute]:
        """Values of some rows that other papers claim differently, in the order of the rows.

        What staff corrected is settled, and the coarser of two values may be the other rounded.
        """
        rows = self._database.read(
            "select a.record_id, a.ordinal, b.record_id as other_id, b.ordinal as other_ordinal,"
            " fa.value, fb.value as other, max(a.precision, b.precision) as precision"
            " from json_each(?) j join value_claims a on a.record_id = j.value"
            f" join value_claims b on b.claim = a.claim and {_SAME_BODY}"
            " join fields fa on fa.record_id = a.record_id and fa.ordinal = a.ordinal"
            " join fields fb on fb.record_id = b.record_id and fb.ordinal = b.ordinal"
            " join records rb on rb.id = b.record_id join relations nb on nb.id = rb.relation_id"
            " join documents e on e.id = nb.document_id"
            f" where b.record_id <> a.record_id and fa.value <> fb.value and {_CERTAIN}"
            " and fa.printed = '' and fb.printed = '' and e.visibility <= ?"
            " order by j.key, a.ordinal, e.dated desc, b.record_id",
            [json.dumps(list(record_ids)), audience],
        )
        return [
            Dispute(
                record_id=row["record_id"],
                ordinal=row["ordinal"],
                other_id=row["other_id"],
                other_ordinal=row["other_ordinal"],
            )
            for row in rows
            if not same(row["value"], row["other"], row["precision"])
        ]

    def totals(self, record_ids: Iterable[int]) -> list[int]:
        """Totals of the relations of which all other rows are among some rows."""
        rows = self._database.read(
            "with used as (select value as id from json_each(?))"
            " select t.id from records t where t.total = 1 and t.relation_id in"
            " (select relation_id from records where id in (select id from used))"
            " and not exists (select 1 from records o where o.relation_id = t.relation_id"
            " and o.total = 0 and o.id not in (select id from used))",
            [json.dumps(list(record_ids))],
        )
        return [row["id"] for row in rows]

    def findings(self, record_ids: Iterable[int], code: str) -> list[Found]:
        """What one paper was found to print twice or to add up wrongly, around some rows.

        Args:
            record_ids: The rows.
            code: Code of the findings.
        """
        rows = self._database.read(
            "select f.id, f.details, json_group_array(y.record_id) as record_ids"
            " from (select distinct x.finding_id from json_each(?) j"
            " join finding_records x on x.record_id = j.value) n"
            " join findings f on f.id = n.finding_id and f.code = ?"
            " join finding_records y on y.finding_id = f.id group by f.id order by f.id",
            [json.dumps(list(record_ids)), code],
        )
        return [
            Found(
                values=tuple(json.loads(row["details"])), rows=tuple(json.loads(row["record_ids"]))
            )
            for row in rows
        ]


def _sources(rows: list[sqlite3.Row]) -> Sources:
    own = Source(
        record_id=rows[0]["record_id"],
        document_id=rows[0]["document_id"],
        dated=rows[0]["dated"],
        corrected=bool(rows[0]["confirmed"]),
    )
    others = [
        Source(
            record_id=row["other_id"],
            document_id=row["other_document"],
            dated=row["other_dated"],
            corrected=bool(row["other_confirmed"]),
        )
        for row in rows
    ]
    others.sort(key=lambda source: source.rank, reverse=True)
    return Sources(own=own, others=tuple(others))
