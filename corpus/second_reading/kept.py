"""Machine-read rows in the store: written beside those of the rules, and kept with their lines.

When a paper comes in anew, a machine-read row stays where its line is printed in the new text just
once, as it was, and no rule reads it now; what staff corrected or confirmed of it then finds it
again like any other correction. Otherwise it goes, and its corrections are told to be lost.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

import sqlite_utils

from corpus.claiming import renew_claims
from corpus.claims import as_printed
from corpus.extraction.stretches import Stretches
from corpus.new_editions import reattach, renew_terms
from corpus.recording import texts, write_relation
from corpus.records import MACHINE_READ, Field, FieldType, Record, RecordKind, Relation
from corpus.types import Span

IndexTerms = tuple[str, str, str]
"""Terms of title, heading and body."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """A machine-read row of a paper that is about to be replaced.

    Attributes:
        relation: Row number of its relation.
        title: Title of that.
        quote: Its line as printed.
        record: The row as it was read, without corrections.
        terms: Its index terms.
    """

    relation: int
    title: str
    quote: str
    record: Record
    terms: IndexTerms


STANDING = """
select s.start, s."end" from relations n join records r on r.relation_id = n.id
join record_spans s on s.record_id = r.id where n.document_id = ?
"""
"""Where the rows of a paper stand."""


def add(
    db: sqlite_utils.Database,
    document_id: int,
    relations: Sequence[Relation],
    analyse: Callable[[str], str],
) -> int:
    """Write rows that a machine read, inside an open transaction.

    Args:
        db: The database of the transaction.
        document_id: The paper; where it is gone meanwhile, nothing is written.
        relations: The rows; those whose line has a row by now are left out.
        analyse: Text to index terms joined by spaces.

    Returns:
        How many rows were written.
    """
    taken = _covered(db, document_id)
    row = db.execute(
        "select t.title from passages p join passage_terms t on t.rowid = p.id"
        " where p.document_id = ? limit 1",
        [document_id],
    ).fetchone()
    if row is None:
        return 0
    count = 0
    for relation in relations:
        free = tuple(
            one
            for one in relation.records
            if not any(taken.touch(span.start, span.end) for span in one.spans)
        )
        fresh = replace(relation, records=free)
        terms = [(row[0], analyse(above), analyse(own)) for above, own in texts(fresh)]
        _write(db, document_id, fresh, terms)
        count += len(free)
    if count:
        renew_claims(db, document_id)
        renew_terms(db, document_id, reattach(db, document_id), analyse)
    return count


def discard(db: sqlite_utils.Database, document_id: int) -> int:
    """Take out what a machine read of a paper and nobody confirmed or corrected; how many rows."""
    theirs = "relation_id in (select id from relations where document_id = ?)"
    wanted = f"doubt = ? and confirmed = 0 and {theirs}"
    values = [MACHINE_READ, document_id]
    held = db.execute(f"select distinct relation_id from records where {wanted}", values).fetchall()
    gone = db.execute(f"delete from records where {wanted}", values).rowcount
    for relation in held:
        db.execute(
            "delete from relations where id = ? and not exists"
            " (select 1 from records where relation_id = relations.id)",
            relation,
        )
    renew_claims(db, document_id)
    return int(gone)


def carried(db: sqlite_utils.Database, document_id: int) -> list[Carried]:
    """The machine-read rows of a paper that is about to be replaced; none costs one query."""
    rows = db.execute(
        'select r.id, r.total, n.id, n.title, s.start, s."end", substr(d.text, s.start + 1,'
        ' s."end" - s.start), t.title, t.heading, t.body'
        " from relations n join records r on r.relation_id = n.id"
        " join documents d on d.id = n.document_id"
        " join record_spans s on s.record_id = r.id"
        " join record_terms t on t.rowid = r.id"
        " where n.document_id = ? and r.doubt = ? order by n.ordinal, r.ordinal",
        [document_id, MACHINE_READ],
    ).fetchall()
    return [
        Carried(
            relation=relation,
            title=title,
            quote=quote,
            record=Record(
                kind=RecordKind.ROW,
                fields=_fields(db, number),
                spans=(Span(start=start, end=end),),
                total=bool(total),
                doubt=MACHINE_READ,
            ),
            terms=(terms[0], terms[1], terms[2]),
        )
        for number, total, relation, title, start, end, quote, *terms in rows
    ]


def carry(db: sqlite_utils.Database, document_id: int, rows: Sequence[Carried]) -> None:
    """Write the rows of a replaced paper to the new one, as far as their lines stand there."""
    if not rows:
        return
    (text,) = db.execute("select text from documents where id = ?", [document_id]).fetchone()
    taken = _covered(db, document_id)
    for _, group in groupby(rows, lambda row: row.relation):
        stays = [
            row
            for row in group
            if text.count(row.quote) == 1
            and not taken.touch(at := text.index(row.quote), at + len(row.quote))
        ]
        if stays:
            _write(db, document_id, _moved(stays, text), [row.terms for row in stays])
    renew_claims(db, document_id)


def _covered(db: sqlite_utils.Database, document_id: int) -> Stretches:
    rows = db.execute(STANDING, [document_id]).fetchall()
    return Stretches(Span(start=start, end=end) for start, end in rows)


def _moved(rows: Sequence[Carried], text: str) -> Relation:
    """Rows of a relation where their lines stand now, under its title where that is there too."""
    title = rows[0].title
    above = text.rfind(title, 0, text.index(rows[0].quote)) if title else -1
    return Relation(
        kind=RecordKind.ROW,
        title=title if above >= 0 else "",
        title_span=Span(start=max(above, 0), end=max(above, 0) + len(title) * (above >= 0)),
        records=tuple(_at(row, text.index(row.quote)) for row in rows),
    )


def _at(row: Carried, start: int) -> Record:
    (old,) = row.record.spans
    by = start - old.start
    fields = tuple(
        replace(one, span=Span(start=one.span.start + by, end=one.span.end + by))
        for one in row.record.fields
    )
    return replace(
        row.record, fields=fields, spans=(Span(start=start, end=start + len(row.quote)),)
    )


def _write(
    db: sqlite_utils.Database, document_id: int, relation: Relation, terms: Sequence[IndexTerms]
) -> None:
    if not relation.records:
        return
    (ordinal,) = db.execute(
        "select coalesce(max(ordinal) + 1, 0) from relations where document_id = ?", [document_id]
    ).fetchone()
    numbers = write_relation(db, document_id, ordinal, relation)
    for number, words in zip(numbers, terms, strict=True):
        db.execute(
            "insert into record_terms (rowid, title, heading, body) values (?, ?, ?, ?)",
            [number, *words],
        )


def _fields(db: sqlite_utils.Database, record_id: int) -> tuple[Field, ...]:
    """The fields of a row as they were read, whatever staff put in their place."""
    rows = db.execute(
        'select name, type, text, start, "end", value, unit, place, first, last, printed'
        " from fields where record_id = ? order by ordinal",
        [record_id],
    ).fetchall()
    return tuple(
        as_printed(
            Field(
                name=name,
                type=FieldType(kind),
                text=text,
                span=Span(start=start, end=end),
                value=value,
                unit=unit,
                place=place,
                first=first,
                last=last,
            ),
            json.loads(printed) if printed else None,
        )
        for name, kind, text, start, end, value, unit, place, first, last, printed in rows
    )
