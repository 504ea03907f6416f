"""Corrections when a paper comes in anew: their rows found again, or said to be lost."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any

import sqlite_utils

from corpus.corrected_fields import field_at, ordinal_of, put_in_place, text_of
from corpus.recording import stored_texts
from corpus.row_identity import Identity, identities, recognised
from corpus.text import fold

GONE, CHANGED = "gone", "changed"
"""Why a correction is not in force: its row is gone, or the paper prints another value now."""


def reattach(db: sqlite_utils.Database, document_id: int) -> list[int]:
    """Find the rows again that were corrected before their paper came in anew.

    Args:
        db: The database of the open transaction that wrote the paper.
        document_id: The paper.

    Returns:
        Rows whose fields changed; what was not found again says so in `corrections.lost`.
    """
    waiting = db.execute(
        "select c.* from corrections c join documents d on d.id = ?"
        " where c.record_id is null and (c.source = d.source or c.document = d.name)"
        " order by c.id",
        [document_id],
    )
    names = [column[0] for column in waiting.description]
    rows = [dict(zip(names, row, strict=True)) for row in waiting.fetchall()]
    if not rows:
        return []
    known = identities(db, document_id)
    found = {row["id"]: recognised(_identity(row), row["field"], known) for row in rows}
    for row in rows:
        record_id = found[row["id"]]
        db.execute(
            "update corrections set record_id = ?, lost = ?, source ="
            " (select source from documents where id = ?) where id = ?",
            [record_id, _lost(db, record_id, row), document_id, row["id"]],
        )
    touched = sorted({number for number in found.values() if number is not None})
    for number in touched:
        put_in_place(db, number)
    return touched


def _identity(row: dict[str, Any]) -> Identity:
    return Identity(
        kind=row["kind"],
        heading=row["heading"],
        keys=tuple((name, kind, text) for name, kind, text in json.loads(row["keys"])),
        quote=row["quote"],
        occurrence=row["occurrence"],
    )


def _lost(db: sqlite_utils.Database, record_id: int | None, row: dict[str, Any]) -> str:
    """Why a correction is not in force on the row found for it; empty where it is."""
    if record_id is None:
        return GONE
    if not row["field"]:
        return ""
    ordinal = ordinal_of(db, record_id, row["field"], row["field_number"])
    if ordinal is None:
        return GONE
    _, _, printed, _ = field_at(db, record_id, ordinal)
    return "" if fold(text_of(printed)) == fold(text_of(row["printed"])) else CHANGED


def renew_terms(
    db: sqlite_utils.Database,
    document_id: int,
    record_ids: Sequence[int],
    analyse: Callable[[str], str],
) -> None:
    """Make the index terms of corrected rows anew, so that they are found by what stands now.

    Args:
        db: The database of an open transaction.
        document_id: Their paper.
        record_ids: The rows; none costs nothing.
        analyse: Text to index terms joined by spaces.
    """
    texts = stored_texts(db, document_id) if record_ids else ()
    for number, _, above, own in texts:
        if number in record_ids:
            db.execute(
                "insert or replace into record_terms (rowid, title, heading, body)"
                " select rowid, title, ?, ? from record_terms where rowid = ?",
                [analyse(above), analyse(own), number],
            )
