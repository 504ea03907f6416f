"""Records read out of their tables, many at a time."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from corpus.database import CouncilDatabase
from corpus.records import Field, FieldType, RecordKind
from corpus.review import read_field
from corpus.types import Span
from retrieval.lookup.row import Row
from retrieval.types import unmarked

# A question reads hundreds of records; calling an enumeration takes ten times as long as this.
_KINDS = {kind.value: kind for kind in RecordKind}
_TYPES = {kind.value: kind for kind in FieldType}
# In the order in which `_field_of` takes them.
_FIELD_COLUMNS = """f.name, f.type, f.text, f.start, f."end", f.value, f.unit, f.place,
    f.first, f.last, f.printed"""
_T = TypeVar("_T")


class Stored:
    """Reads records by their numbers.

    Args:
        database: The council's store.
    """

    def __init__(self, database: CouncilDatabase) -> None:
        self._database = database

    def read(self, ids: Collection[int]) -> dict[int, tuple[int, Row]]:
        """Records by number, each with the level of its paper; not those that have gone."""
        wanted = json.dumps(list(ids))
        records = self._database.read(
            "select id, parent_id, relation_id, kind, total, iif(confirmed, '', doubt)"
            " from records where id in (select value from json_each(?))",
            [wanted],
        )
        # Once for all rows of a table: their paper's titles are longer than they are.
        above = self._above({record["relation_id"] for record in records})
        fields = self._grouped(
            f"select f.record_id, {_FIELD_COLUMNS} from fields f where f.record_id in"
            " (select value from json_each(?)) order by f.record_id, f.ordinal",
            wanted,
            _field_of,
        )
        spans = self._grouped(
            'select s.record_id, s.start, s."end" from record_spans s where s.record_id in'
            " (select value from json_each(?)) order by s.record_id, s.ordinal",
            wanted,
            lambda row: Span(start=row["start"], end=row["end"]),
        )
        found = {}
        for record in records:
            number, head = record["id"], above.get(record["relation_id"])
            if head:  # else its paper has gone since the first of these statements
                row = _row_of(record, head, fields.get(number, ()), spans.get(number, ()))
                found[number] = (head.visibility, row)
        return found

    def _above(self, relations: Collection[int]) -> dict[int, _Above]:
        heads = self._database.read(
            'select n.id, n.title as heading, n.start, n."end", d.id as document_id,'
            " d.name as document, d.title, d.body, d.dated, d.visibility from relations n"
            " join documents d on d.id = n.document_id"
            " where n.id in (select value from json_each(?))",
            [json.dumps(list(relations))],
        )
        return {head["id"]: _above_of(head) for head in heads}

    def _grouped(
        self, sql: str, ids: str, made: Callable[[sqlite3.Row], _T]
    ) -> dict[int, list[_T]]:
        """What hangs on records, by their numbers, in the order of the statement."""
        found: dict[int, list[_T]] = {}
        for row in self._database.read(sql, [ids]):
            found.setdefault(row[0], []).append(made(row))
        return found


def numbers_of(text: str | None) -> NDArray[np.int64]:
    """The numbers of one text that SQLite joined by commas; none of None.

    >>> numbers_of("3,7").tolist()
    [3, 7]
    """
    return np.fromstring(text, np.int64, sep=",") if text else np.empty(0, np.int64)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Above:
    """What all records of one relation share: the relation and its paper, as of `Row`.

    Attributes:
        visibility: Who may see the paper.
    """

    heading: str
    heading_span: Span
    document_id: int
    document: str
    title: str
    body: str
    dated: str
    visibility: int


def _above_of(head: sqlite3.Row) -> _Above:
    """A relation and its paper from the row of their tables."""
    return _Above(
        heading=unmarked(head["heading"]),
        heading_span=Span(start=head["start"], end=head["end"]),
        document_id=head["document_id"],
        document=head["document"],
        title=unmarked(head["title"]),
        body=unmarked(head["body"]),
        dated=head["dated"],
        visibility=head["visibility"],
    )


def _row_of(
    record: sqlite3.Row, above: _Above, fields: Sequence[Field], spans: Sequence[Span]
) -> Row:
    """A record from the row of its table, what stands above it, its fields and its spans."""
    number, parent_id, relation_id, kind, total, doubt = record
    return Row(
        id=number,
        parent_id=parent_id,
        relation_id=relation_id,
        kind=_KINDS[kind],
        heading=above.heading,
        heading_span=above.heading_span,
        document_id=above.document_id,
        document=above.document,
        title=above.title,
        body=above.body,
        dated=above.dated,
        fields=tuple(fields),
        spans=tuple(spans),
        total=bool(total),
        doubt=doubt,
    )


def _field_of(row: sqlite3.Row) -> Field:
    """A field from the columns of `_FIELD_COLUMNS`, after the number of its record."""
    if row["printed"]:
        field = read_field(row)
        return replace(field, text=unmarked(field.text))
    # By place: a name is looked for among all names, and a question reads thousands of fields.
    _, name, kind, text, start, end, value, unit, place, first, last, _ = row
    return Field(
        name=name,
        type=_TYPES[kind],
        text=unmarked(text) if "[" in text else text,
        span=Span(start=start, end=end),
        value=value,
        unit=unit,
        place=place,
        first=first,
        last=last,
    )
