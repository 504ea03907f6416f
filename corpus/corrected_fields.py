"""Values of rows as they stand: as printed, or as staff corrected them."""

from __future__ import annotations

import json
from typing import Any

import sqlite_utils

VALUES = ("text", "value", "unit", "place", "first", "last")
"""What a correction can change of a field."""


def field_at(db: sqlite_utils.Database, record_id: int, ordinal: int) -> tuple[str, int, str, str]:
    """Name of a field, which one of that name it is, its printed values, its text now."""
    name, text, printed, *values = db.execute(
        f"select name, text, printed, {', '.join(VALUES)} from fields"
        " where record_id = ? and ordinal = ?",
        [record_id, ordinal],
    ).fetchone()
    (before,) = db.execute(
        "select count(*) from fields where record_id = ? and name = ? and ordinal < ?",
        [record_id, name, ordinal],
    ).fetchone()
    return name, before, printed or dumped(dict(zip(VALUES, values, strict=True))), text


def put_in_place(db: sqlite_utils.Database, record_id: int) -> None:
    """Let a row's fields hold what stands: as printed, then every standing correction in order."""
    kept = db.execute(
        "select ordinal, printed from fields where record_id = ? and printed <> ''", [record_id]
    ).fetchall()
    for ordinal, printed in kept:
        _set(db, record_id, ordinal, json.loads(printed), "")
    standing = db.execute(
        "select field, field_number, printed, given from corrections"
        " where record_id = ? and undone = 0 and lost = '' order by id",
        [record_id],
    ).fetchall()
    for field, number, printed, given in standing:
        if field:
            ordinal = ordinal_of(db, record_id, field, number)
            _set(db, record_id, ordinal, json.loads(given), printed)
    db.execute(
        "update records set confirmed = ?, revision = revision + 1 where id = ?",
        [int(bool(standing)), record_id],
    )


def ordinal_of(db: sqlite_utils.Database, record_id: int, field: str, number: int) -> int | None:
    """Ordinal of a row's field by its name and which one of that name; None without it."""
    row = db.execute(
        "select ordinal from fields where record_id = ? and name = ? order by ordinal"
        " limit 1 offset ?",
        [record_id, field, number],
    ).fetchone()
    return None if row is None else int(row[0])


def _set(
    db: sqlite_utils.Database,
    record_id: int,
    ordinal: int | None,
    values: dict[str, Any],
    printed: str,
) -> None:
    columns = ", ".join(f"{key} = ?" for key in VALUES)
    db.execute(
        f"update fields set {columns}, printed = ? where record_id = ? and ordinal = ?",
        [*(values[key] for key in VALUES), printed, record_id, ordinal],
    )


def dumped(value: object) -> str:
    """A value as JSON."""
    return json.dumps(value, ensure_ascii=False)


def text_of(values: str) -> str:
    """The text among a field's stored values; empty where nothing is stored."""
    return str(json.loads(values)["text"]) if values else ""
