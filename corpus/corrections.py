"""What staff corrected or confirmed of rows that were read out of papers.

The printed quote stays. A corrected value takes the place of the printed one in `fields`, so that
every lookup and sum uses it; the printed one is kept beside it. When a paper comes in anew, what
was corrected is found again by `corpus/row_identity.py` and put in place in the same transaction.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlite_utils

from corpus.audit import write_entry
from corpus.recording import stored_texts
from corpus.records import Field
from corpus.row_identity import Identity, identities, recognised
from corpus.text import fold

_VALUES = ("text", "value", "unit", "place", "first", "last")

GONE, CHANGED = "gone", "changed"
"""Why a correction is not in force: its row is gone, or the paper prints another value now."""


class Verdict(StrEnum):
    """What became of a wish to change a row."""

    DONE = "done"
    OVERTAKEN = "overtaken"  # somebody else changed the row meanwhile
    GONE = "gone"  # the paper was withdrawn or came in anew


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A row as a person saw it before deciding.

    Attributes:
        record_id: The row.
        document_id: Its paper; a paper that comes in anew has another number.
        revision: How often the row had been changed.
    """

    record_id: int
    document_id: int
    revision: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Who changes a row, when and why."""

    person: str
    at: datetime
    reason: str = ""


def confirm(db: sqlite_utils.Database, seen: Seen, actor: Actor) -> Verdict:
    """Confirm that a row says what is printed, inside an open transaction."""
    return _change(db, seen, actor, None, None)


def correct(
    db: sqlite_utils.Database, seen: Seen, actor: Actor, ordinal: int, new: Field
) -> Verdict:
    """Put another value in the place of one that was read, inside an open transaction.

    Args:
        db: The database of the transaction.
        seen: The row as it was seen.
        actor: Who, when and why.
        ordinal: Which field of the row.
        new: Its new text and value.
    """
    return _change(db, seen, actor, ordinal, new)


def undo(db: sqlite_utils.Database, seen: Seen, actor: Actor) -> Verdict:
    """Take the last standing change of a row back, inside an open transaction."""
    if (verdict := _verdict(db, seen)) is not Verdict.DONE:
        return verdict
    last = db.execute(
        "select id, field, printed, given from corrections where record_id = ? and undone = 0"
        " order by id desc limit 1",
        [seen.record_id],
    ).fetchone()
    if last is None:
        return Verdict.OVERTAKEN
    number, field, printed, given = last
    db.execute("update corrections set undone = 1 where id = ?", [number])
    put_in_place(db, seen.record_id)
    _note(db, actor, "undo", number, {"field": field, "old": _text(given), "new": _text(printed)})
    return Verdict.DONE


def _change(
    db: sqlite_utils.Database, seen: Seen, actor: Actor, ordinal: int | None, new: Field | None
) -> Verdict:
    if (verdict := _verdict(db, seen)) is not Verdict.DONE:
        return verdict
    field, number, printed, before = "", 0, "", ""
    if ordinal is not None:
        field, number, printed, before = _field(db, seen.record_id, ordinal)
    identity = identities(db, seen.document_id)[seen.record_id]
    given = "" if new is None else _dumped({key: getattr(new, key) for key in _VALUES})
    source, document = db.execute(
        "select source, name from documents where id = ?", [seen.document_id]
    ).fetchone()
    row = {
        "source": source,
        "document": document,
        "kind": identity.kind,
        "heading": identity.heading,
        "keys": _dumped(identity.keys),
        "quote": identity.quote,
        "occurrence": identity.occurrence,
        "field": field,
        "field_number": number,
        "printed": printed,
        "given": given,
        "reason": actor.reason,
        "person": actor.person,
        "made_at": actor.at.isoformat(timespec="seconds"),
        "record_id": seen.record_id,
    }
    columns, marks = ", ".join(row), ", ".join("?" for _ in row)
    cursor = db.execute(f"insert into corrections ({columns}) values ({marks})", list(row.values()))
    put_in_place(db, seen.record_id)
    details = {"field": field, "old": before, "new": _text(given)} if new else {}
    _note(db, actor, "correct" if new else "confirm", int(cursor.lastrowid or 0), details)
    return Verdict.DONE


def _verdict(db: sqlite_utils.Database, seen: Seen) -> Verdict:
    row = db.execute(
        "select r.revision from records r join relations n on n.id = r.relation_id"
        " where r.id = ? and n.document_id = ?",
        [seen.record_id, seen.document_id],
    ).fetchone()
    if row is None:
        return Verdict.GONE
    return Verdict.DONE if row[0] == seen.revision else Verdict.OVERTAKEN


def _field(db: sqlite_utils.Database, record_id: int, ordinal: int) -> tuple[str, int, str, str]:
    """Name of a field, which one of that name it is, its printed values, its text now."""
    name, text, printed, *values = db.execute(
        f"select name, text, printed, {', '.join(_VALUES)} from fields"
        " where record_id = ? and ordinal = ?",
        [record_id, ordinal],
    ).fetchone()
    (before,) = db.execute(
        "select count(*) from fields where record_id = ? and name = ? and ordinal < ?",
        [record_id, name, ordinal],
    ).fetchone()
    return name, before, printed or _dumped(dict(zip(_VALUES, values, strict=True))), text


def _note(
    db: sqlite_utils.Database, actor: Actor, action: str, number: int, details: dict[str, str]
) -> None:
    write_entry(
        db,
        at=actor.at,
        person=actor.person,
        action=action,
        subject=f"correction {number}",
        details={**details, "reason": actor.reason},
    )


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
            ordinal = _ordinal(db, record_id, field, number)
            _set(db, record_id, ordinal, json.loads(given), printed)
    db.execute(
        "update records set confirmed = ?, revision = revision + 1 where id = ?",
        [int(bool(standing)), record_id],
    )


def _ordinal(db: sqlite_utils.Database, record_id: int, field: str, number: int) -> int | None:
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
    columns = ", ".join(f"{key} = ?" for key in _VALUES)
    db.execute(
        f"update fields set {columns}, printed = ? where record_id = ? and ordinal = ?",
        [*(values[key] for key in _VALUES), printed, record_id, ordinal],
    )


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
    ordinal = _ordinal(db, record_id, row["field"], row["field_number"])
    if ordinal is None:
        return GONE
    _, _, printed, _ = _field(db, record_id, ordinal)
    return "" if fold(_text(printed)) == fold(_text(row["printed"])) else CHANGED


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
    for number, above, own in texts:
        if number in record_ids:
            db.execute(
                "insert or replace into record_terms (rowid, title, heading, body)"
                " select rowid, title, ?, ? from record_terms where rowid = ?",
                [analyse(above), analyse(own), number],
            )


def _dumped(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _text(values: str) -> str:
    return str(json.loads(values)["text"]) if values else ""
