"""What staff corrected or confirmed of rows that were read out of papers.

The printed quote stays. A corrected value takes the place of the printed one in `fields`, so that
every lookup and sum uses it; the printed one is kept beside it. When a paper comes in anew, what
was corrected is put in place again in the same transaction (`corpus/new_editions.py`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

import sqlite_utils

from corpus.audit import write_entry
from corpus.corrected_fields import VALUES, dumped, field_at, put_in_place, text_of
from corpus.records import Field
from corpus.row_identity import identities


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
    _note(
        db, actor, "undo", number, {"field": field, "old": text_of(given), "new": text_of(printed)}
    )
    return Verdict.DONE


def _change(
    db: sqlite_utils.Database, seen: Seen, actor: Actor, ordinal: int | None, new: Field | None
) -> Verdict:
    if (verdict := _verdict(db, seen)) is not Verdict.DONE:
        return verdict
    field, number, printed, before = "", 0, "", ""
    if ordinal is not None:
        field, number, printed, before = field_at(db, seen.record_id, ordinal)
    identity = identities(db, seen.document_id)[seen.record_id]
    given = "" if new is None else dumped({key: getattr(new, key) for key in VALUES})
    source, document = db.execute(
        "select source, name from documents where id = ?", [seen.document_id]
    ).fetchone()
    row = {
        "source": source,
        "document": document,
        "kind": identity.kind,
        "heading": identity.heading,
        "keys": dumped(identity.keys),
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
    details = {"field": field, "old": before, "new": text_of(given)} if new else {}
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
