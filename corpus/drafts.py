"""A paper ready to be written, and how it is written into the tables."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlite_utils

from corpus.chunking import Chunk
from corpus.fulltext import FullText
from corpus.headline import Headline
from corpus.issuer import issuer
from corpus.recording import write_extraction
from corpus.records import Extraction, RecordKind
from corpus.second_reading.kept import carried, carry
from corpus.types import Visibility


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A paper ready to be written.

    Attributes:
        source: Where it comes from: absolute path, with `#id` for a line of a JSONL file.
        name: File name that people cite; made unique when it is written.
        parent: Name of its folder, put before the name where two papers share one.
        sha256: Hex digest of its bytes.
        format: Format by content.
        full: Its text with landmarks.
        headline: What it says of itself.
        chunks: Its passages.
        extraction: Its records.
        doubts: Codes of what was read with doubt.
    """

    source: str
    name: str
    parent: str
    sha256: str
    format: str
    full: FullText
    headline: Headline
    chunks: Sequence[Chunk]
    extraction: Extraction
    doubts: Sequence[str] = ()

    @property
    def body(self) -> str:
        """The council whose meeting it records, else the municipality that it is of, or empty."""
        meetings = (
            record
            for relation in self.extraction.relations
            if relation.kind is RecordKind.MEETING
            for record in relation.records
        )
        named = [one.field(name) for one in meetings for name in ("council", "body")]
        council = next((field.text for field in named if field), "")
        return council or issuer(self.full.text, self.headline.title, self.name)


IndexTerms = tuple[str, str, str]
"""Terms of title, heading and body."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """Index terms of a paper: one entry a passage, and one a record in printed order."""

    passages: Sequence[IndexTerms]
    records: Sequence[IndexTerms]


def write_draft(
    db: sqlite_utils.Database,
    draft: Draft,
    terms: Terms,
    visibility: Visibility,
    at: datetime,
) -> int:
    """Write one paper inside an open transaction, in place of what came from the same source.

    Args:
        db: The database of the transaction.
        draft: The paper.
        terms: Index terms of its passages and records.
        visibility: Who may see it; where the earlier version was stricter, that level stays.
        at: Time of ingest.

    Returns:
        Its row number; its name stays the one people have cited.
    """
    old = db.execute(
        "select id, visibility, name from documents where source = ?", [draft.source]
    ).fetchone()
    machine_read = carried(db, old[0]) if old else []
    if old:
        visibility = max(visibility, Visibility(old[1]))
        db.execute("delete from documents where id = ?", [old[0]])
    row = {
        "name": old[2] if old else _free_name(db, draft),
        "title": draft.headline.title,
        "body": draft.body,
        "kind": draft.headline.kind.value,
        "dated": draft.headline.dated,
        "visibility": int(visibility),
        "format": draft.format,
        "source": draft.source,
        "sha256": draft.sha256,
        "text": draft.full.text,
        "ingested_at": at.isoformat(timespec="seconds"),
    }
    document_id = _inserted(db, row)
    _write_landmarks(db, document_id, draft)
    _write_passages(db, document_id, draft, terms.passages)
    write_extraction(db, document_id, draft.extraction, terms.records)
    carry(db, document_id, machine_read)
    return document_id


def _inserted(db: sqlite_utils.Database, row: dict[str, object]) -> int:
    columns = ", ".join(row)
    marks = ", ".join("?" for _ in row)
    sql = f"insert into documents ({columns}) values ({marks})"
    return int(db.execute(sql, list(row.values())).lastrowid or 0)


def _free_name(db: sqlite_utils.Database, draft: Draft) -> str:
    """The file name; with its folder before it, then a number behind it, while it is taken."""
    candidates = [draft.name, f"{draft.parent}/{draft.name}"]
    number = 2
    while True:
        for name in candidates:
            if not db.execute("select 1 from documents where name = ?", [name]).fetchone():
                return name
        candidates = [f"{draft.parent}/{draft.name} ({number})"]
        number += 1


def _write_landmarks(db: sqlite_utils.Database, document_id: int, draft: Draft) -> None:
    db.conn.executemany(
        "insert or ignore into pages values (?, ?, ?)",
        [(document_id, number, start) for start, number in draft.full.pages],
    )
    db.conn.executemany(
        "insert into doubts (document_id, code) values (?, ?)",
        [(document_id, code) for code in draft.doubts],
    )
    for ordinal, placed in enumerate(draft.full.tables):
        table = placed.table
        cursor = db.execute(
            'insert into tables (document_id, ordinal, caption, start, "end", page, rows, columns)'
            " values (?, ?, ?, ?, ?, ?, ?, ?)",
            [
                document_id,
                ordinal,
                table.caption,
                placed.span.start,
                placed.span.end,
                table.page,
                table.rows,
                table.columns,
            ],
        )
        db.conn.executemany(
            "insert into cells values (?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (
                    cursor.lastrowid,
                    entry.cell.row,
                    entry.cell.column,
                    entry.cell.row_span,
                    entry.cell.column_span,
                    draft.full.text[entry.span.start : entry.span.end],
                    entry.span.start,
                    entry.span.end,
                )
                for entry in placed.cells
            ],
        )


def _write_passages(
    db: sqlite_utils.Database,
    document_id: int,
    draft: Draft,
    terms: Sequence[IndexTerms],
) -> None:
    for ordinal, (chunk, words) in enumerate(zip(draft.chunks, terms, strict=True)):
        text = draft.full.text[chunk.start : chunk.end]
        cursor = db.execute(
            'insert into passages (document_id, ordinal, start, "end", page, heading, text, sha256)'
            " values (?, ?, ?, ?, ?, ?, ?, ?)",
            [
                document_id,
                ordinal,
                chunk.start,
                chunk.end,
                draft.full.page_at(chunk.start),
                json.dumps(chunk.heading, ensure_ascii=False),
                text,
                hashlib.sha256(text.encode()).hexdigest(),
            ],
        )
        db.execute(
            "insert into passage_terms (rowid, title, heading, body) values (?, ?, ?, ?)",
            [cursor.lastrowid, *words],
        )
