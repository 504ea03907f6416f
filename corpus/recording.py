"""How the records of one paper are written into the tables."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

import sqlite_utils

from corpus.records import Extraction, Field, Finding, Record, Relation
from corpus.types import Span


def texts(relation: Relation) -> Iterator[tuple[str, str]]:
    """What each record of a relation is found by.

    Yields:
        For each record what stands above it (the relation's title, its columns' names, the records
        it hangs on) and its own words.
    """
    for record in relation.records:
        above = [relation.title, *dict.fromkeys(field.name for field in record.fields)]
        parent = record.parent
        while parent is not None:
            above += [field.text for field in relation.records[parent].fields]
            parent = relation.records[parent].parent
        own = [f"{field.text} {field.place}" for field in record.fields]
        yield "\n".join(above), "\n".join(own)


def write_extraction(
    db: sqlite_utils.Database,
    document_id: int,
    extraction: Extraction,
    terms: Sequence[tuple[str, str, str]],
) -> None:
    """Write everything that was read out of one paper, inside an open transaction.

    Args:
        db: The database of the transaction.
        document_id: The paper; it must not have records yet.
        extraction: Its records and findings.
        terms: Index terms of title, heading and body for each record, in order.
    """
    remaining = iter(terms)
    for ordinal, relation in enumerate(extraction.relations):
        for record_id in _write_relation(db, document_id, ordinal, relation):
            db.execute(
                "insert into record_terms (rowid, title, heading, body) values (?, ?, ?, ?)",
                [record_id, *next(remaining)],
            )
    for finding in extraction.findings:
        _write_finding(db, document_id, finding)


def _write_relation(
    db: sqlite_utils.Database, document_id: int, ordinal: int, relation: Relation
) -> list[int]:
    cursor = db.execute(
        'insert into relations (document_id, ordinal, kind, title, start, "end")'
        " values (?, ?, ?, ?, ?, ?)",
        [
            document_id,
            ordinal,
            relation.kind.value,
            relation.title,
            relation.title_span.start,
            relation.title_span.end,
        ],
    )
    ids: list[int] = []
    for number, record in enumerate(relation.records):
        parent = None if record.parent is None else ids[record.parent]
        ids.append(_write_record(db, int(cursor.lastrowid or 0), number, parent, record))
    return ids


def _write_record(
    db: sqlite_utils.Database, relation_id: int, ordinal: int, parent: int | None, record: Record
) -> int:
    cursor = db.execute(
        "insert into records (relation_id, ordinal, parent_id, kind, total, doubt)"
        " values (?, ?, ?, ?, ?, ?)",
        [relation_id, ordinal, parent, record.kind.value, int(record.total), record.doubt],
    )
    record_id = int(cursor.lastrowid or 0)
    db.conn.executemany(
        "insert into record_spans values (?, ?, ?, ?)",
        [(record_id, number, span.start, span.end) for number, span in enumerate(record.spans)],
    )
    db.conn.executemany(
        "insert into fields values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [_field_row(record_id, number, field) for number, field in enumerate(record.fields)],
    )
    return record_id


def _field_row(record_id: int, ordinal: int, field: Field) -> Sequence[object]:
    return (
        record_id,
        ordinal,
        field.name,
        field.type.value,
        field.text,
        field.span.start,
        field.span.end,
        field.value,
        field.unit,
        field.place,
        field.first,
        field.last,
    )


def _write_finding(db: sqlite_utils.Database, document_id: int, finding: Finding) -> None:
    db.execute(
        "insert into findings (document_id, code, details, spans) values (?, ?, ?, ?)",
        [
            document_id,
            finding.code,
            json.dumps(finding.values, ensure_ascii=False),
            json.dumps([_bounds(span) for span in finding.spans]),
        ],
    )


def _bounds(span: Span) -> tuple[int, int]:
    return span.start, span.end
