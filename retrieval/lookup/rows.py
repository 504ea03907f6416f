"""Reads records from the store: by number, by place, by relation, each fact once."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from corpus.database import CouncilDatabase
from corpus.facts import Facts, Sources
from corpus.records import FieldType, RecordKind
from corpus.types import DocumentKind, Visibility
from retrieval.lookup.kept import Kept, state_of
from retrieval.lookup.row import Row
from retrieval.lookup.stored import Stored, numbers_of
from retrieval.types import unmarked

_LONG_NUMBER = re.compile(r"\d{3,}")
# Questions name a handful of things; a relation of more rows than this is asked for as a file.
MOST_ROWS = 5000
# Without a word to tell tables apart, those of the newest papers are looked at.
_SAMPLES = 40
_AT_PLACES = 400
# Rows kept between questions: those of a hundred tables, in some 30 MB.
_KEPT = 8000
_NO_TABLES = [RecordKind.FACT, RecordKind.ATTENDANCE, RecordKind.MEETING, RecordKind.REPLY]


# Numbers first, in order; what the rows hold is read for those that are wanted, and once.
_NUMBERS = """
select r.id from records r join relations n on n.id = r.relation_id
join documents d on d.id = n.document_id
"""


class Rows:
    """Reads records.

    Args:
        database: The council's store.
    """

    def __init__(self, database: CouncilDatabase) -> None:
        self._database = database
        self._stored = Stored(database)
        self._facts = Facts(database)
        self._places: Kept[Visibility, frozenset[str]] = Kept(len(Visibility))
        self._kept: Kept[int, tuple[int, Row]] = Kept(_KEPT)

    def by_id(self, ids: Sequence[int], audience: Visibility) -> list[Row]:
        """Records by number, in the order asked for, as far as the audience may see them.

        Of rows that state the same in several papers, only the newest paper's.
        """
        return self._one_edition(self.exactly(ids, audience), audience)

    def exactly(self, ids: Sequence[int], audience: Visibility) -> list[Row]:
        """As `by_id`, each of them."""
        rows = self._kept.get(state_of(self._database), ids, self._stored.read)
        found = (rows[number] for number in ids if number in rows)
        return [row for level, row in found if level <= audience]

    def _all(self, sql: str, parameters: Sequence[object], audience: Visibility) -> list[Row]:
        """The records whose numbers a statement gives, in its order."""
        found = self._database.read(sql, parameters)
        return self.exactly([row["id"] for row in found], audience)

    def of_relation(self, relation_id: int, audience: Visibility) -> list[Row]:
        """All records of a relation, in printed order."""
        rows = self._all(
            "select id from records where relation_id = ? order by ordinal limit ?",
            [relation_id, MOST_ROWS],
            audience,
        )
        return self._sourced(rows, audience)

    def texts_of(self, relation_id: int, types: Iterable[FieldType]) -> list[str]:
        """What the cells of some types of a relation say, each text once."""
        found = self._database.read(
            "select distinct f.text from records r join fields f on f.record_id = r.id"
            " where r.relation_id = ? and f.type in (select value from json_each(?))",
            [relation_id, json.dumps(list(types))],
        )
        return [unmarked(row["text"]) for row in found]

    def columns_of(self, relation_id: int) -> list[tuple[str, FieldType, str]]:
        """Name, type and counter word of the columns of numbers of a relation."""
        found = self._database.read(
            "select distinct f.name, f.type, f.unit from records r"
            " join fields f on f.record_id = r.id where r.relation_id = ? and f.value is not null",
            [relation_id],
        )
        return [(row["name"], FieldType(row["type"]), row["unit"]) for row in found]

    def with_replies(self, record_id: int, audience: Visibility) -> list[Row]:
        """A record and what hangs on it, in printed order."""
        return self._all(
            "select id from records where id = ? or parent_id = ? order by id",
            [record_id, record_id],
            audience,
        )

    def of_document(self, document_id: int, audience: Visibility) -> list[Row]:
        """All records of a paper, in printed order."""
        return self._all(
            "select r.id from relations n join records r on r.relation_id = n.id"
            " where n.document_id = ? order by n.ordinal, r.ordinal limit ?",
            [document_id, MOST_ROWS],
            audience,
        )

    def of_kinds(self, kinds: Iterable[RecordKind], audience: Visibility) -> list[Row]:
        """All records of some kinds, newest paper first; each fact once."""
        rows = self._all(
            f"{_NUMBERS} where r.kind in (select value from json_each(?)) and d.visibility <= ?"
            " order by d.dated desc, d.id, n.ordinal, r.ordinal limit ?",
            [json.dumps([kind.value for kind in kinds]), audience, MOST_ROWS],
            audience,
        )
        return self._one_edition(rows, audience)

    def at_places(self, places: Iterable[str], audience: Visibility) -> list[Row]:
        """Records about some places, of the newest papers where there are many; each fact once."""
        rows = self._all(
            f"{_NUMBERS} where d.visibility <= ? and r.id in (select f.record_id from fields f"
            " join json_each(?) j on f.place = j.value where f.place <> '')"
            " order by d.dated desc, n.id, r.ordinal limit ?",
            [audience, json.dumps(sorted(places), ensure_ascii=False), _AT_PLACES],
            audience,
        )
        return sorted(self._one_edition(rows, audience), key=lambda row: row.id)

    def of_years_at(self, places: Iterable[str], audience: Visibility) -> list[Row]:
        """Of `at_places`, those with columns of several years, as only they tell of a change."""
        rows = self._all(
            f"{_NUMBERS} where d.visibility <= ? and r.id in (select f.record_id from fields f"
            " join json_each(?) j on f.place = j.value where f.place <> ''"
            " and (select count(*) from fields y where y.record_id = f.record_id"
            # As in the index of such fields, which is small.
            " and y.name glob '*[12][09][0-9][0-9]*' and y.value is not null) > 1)"
            " order by d.dated desc, n.id, r.ordinal limit ?",
            [audience, json.dumps(sorted(places), ensure_ascii=False), _AT_PLACES],
            audience,
        )
        return sorted(self._one_edition(rows, audience), key=lambda row: row.id)

    def numbers_at(self, places: Iterable[str]) -> NDArray[np.int64]:
        """Numbers of the records that are about any of some places."""
        found = self._database.one(
            "select group_concat(record_id) as ids from fields"
            " where place <> '' and place in (select value from json_each(?))",
            [json.dumps(sorted(places), ensure_ascii=False)],
        )
        return numbers_of(found["ids"] if found else None)

    def with_value(self, value: int, audience: Visibility) -> list[Row]:
        """All records that hold an amount, newest paper first."""
        rows = self._all(
            f"{_NUMBERS} where d.visibility <= ? and r.id in (select record_id from fields"
            " where type = 'money' and value = ?) order by d.dated desc, n.id, r.ordinal limit ?",
            [audience, value, MOST_ROWS],
            audience,
        )
        return self._one_edition(rows, audience)

    def samples(self, kind: FieldType, audience: Visibility) -> list[Row]:
        """One record of each of the newest relations that hold values of a type."""
        newest = self._database.one(
            "select json_group_array(id) as ids from (select n.id from relations n"
            " join documents d on d.id = n.document_id where d.visibility <= ?"
            " order by d.dated desc, n.id)",
            [audience],
        )
        # One relation after the other, until there are enough: all would take 200 ms of 100,000.
        found = self._database.read(
            "select r.id from json_each(?) j cross join records r on r.id ="
            " (select r.id from records r cross join fields f on f.record_id = r.id"
            " where r.relation_id = j.value and not r.total and r.parent_id is null"
            " and r.kind not in (select value from json_each(?))"
            " and f.type = ? and f.value is not null order by r.ordinal limit 1) limit ?",
            [newest["ids"] if newest else "[]", json.dumps(_NO_TABLES), kind.value, _SAMPLES],
        )
        return self.by_id([row["id"] for row in found], audience)

    def titles(self, audience: Visibility) -> tuple[int, str]:
        """What papers are called and of whom, each once, and the newest paper's row number.

        Long numbers are left out: they tell the papers of a series apart and name no place.
        """
        rows = self._database.read(
            "select id, name, title, body from documents where visibility <= ? order by id",
            [audience],
        )
        called = (f"{row['name']} {row['title']} {row['body']}" for row in rows)
        text = "\n".join(dict.fromkeys(_LONG_NUMBER.sub(" ", one) for one in called))
        return (rows[-1]["id"] if rows else 0), text

    def papers_of(self, kind: DocumentKind, audience: Visibility) -> frozenset[int]:
        """Row numbers of all papers of a kind."""
        rows = self._database.read(
            "select id from documents where kind = ? and visibility <= ?", [kind, audience]
        )
        return frozenset(row["id"] for row in rows)

    def newest(self, audience: Visibility) -> int:
        """Row number of the newest paper; 0 without one."""
        row = self._database.one(
            "select max(id) as newest from documents where visibility <= ?", [audience]
        )
        return int(row["newest"] or 0) if row else 0

    def known_places(self, audience: Visibility) -> frozenset[str]:
        """Canonical names of all places that records are about."""
        state = state_of(self._database)
        kept = self._places.get(
            state, [audience], lambda _: {audience: self._read_places(audience)}
        )
        return kept[audience]

    def _read_places(self, audience: Visibility) -> frozenset[str]:
        rows = self._database.read(
            "select distinct f.place from fields f join records r on r.id = f.record_id"
            " join relations n on n.id = r.relation_id join documents d on d.id = n.document_id"
            " where f.place <> '' and d.visibility <= ?",
            [audience],
        )
        return frozenset(row["place"] for row in rows)

    def _sourced(self, rows: Sequence[Row], audience: Visibility) -> list[Row]:
        """Rows with those that state the same in other papers, and what staff corrected there."""
        sources = self._facts.sources([row.id for row in rows], audience)
        corrected = {
            number: one.others[0].record_id
            for number, one in sources.items()
            if one.others[0].corrected and not one.own.corrected
        }
        if not corrected:
            return [_with_others(row, sources) for row in rows]
        others = {row.id: row for row in self.exactly(list(corrected.values()), audience)}
        return [
            _corrected(_with_others(row, sources), others.get(corrected.get(row.id, 0)))
            for row in rows
        ]

    def _one_edition(self, rows: Sequence[Row], audience: Visibility) -> list[Row]:
        """Each fact once, from the newest paper; what staff looked at goes before that."""
        here = {row.id for row in rows}
        sources = self._facts.sources(here, audience)
        older = {
            number
            for number, one in sources.items()
            if any(o.record_id in here and o.rank > one.own.rank for o in one.others)
        }
        return [_with_others(row, sources) for row in rows if row.id not in older]


def _with_others(row: Row, sources: Mapping[int, Sources]) -> Row:
    if row.id not in sources:
        return row
    return replace(row, others=tuple(other.record_id for other in sources[row.id].others))


def _corrected(row: Row, other: Row | None) -> Row:
    """A row with the values that staff put into the same row of another paper."""
    if other is None or len(other.fields) != len(row.fields):
        return row
    fields = [
        replace(theirs, name=own.name, span=own.span) if theirs.printed else own
        for own, theirs in zip(row.fields, other.fields, strict=True)
    ]
    return replace(row, fields=tuple(fields))
