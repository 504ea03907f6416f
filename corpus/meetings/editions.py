"""The editions of a meeting's minutes: drafted, corrected, submitted, approved, never changed."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

import sqlite_utils
from pydantic import TypeAdapter

from corpus.audit import write_entry
from corpus.database import Reader
from corpus.ledger.changes import By
from corpus.meetings.minutes import Minutes
from corpus.meetings.sections import CLOSING, HEAD, PEOPLE

_MINUTES = TypeAdapter(Minutes)
_OF_PART = {
    HEAD: ("held", "place", "department", "recorder"),
    PEOPLE: ("rolls", "seats", "present"),
    CLOSING: ("notices", "following", "chair"),
}


class Standing(StrEnum):
    """Where an edition stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    APPROVED = "approved"


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """An edition of minutes.

    Attributes:
        id: Its row.
        meeting_id: Its meeting.
        ordinal: From 1.
        minutes: What it says.
        corrected: The parts that staff have typed anew; notes change them no more.
        reason: Why it was made.
        standing: Where it stands.
        remark: What the chair said when sending it back.
        made_at: When, ISO 8601.
    """

    id: int
    meeting_id: int
    ordinal: int
    minutes: Minutes
    corrected: tuple[str, ...]
    reason: str
    standing: Standing
    remark: str
    made_at: str


class Editions:
    """Reads the minutes of meetings.

    Args:
        database: The council's store, or an open transaction.
    """

    def __init__(self, database: Reader) -> None:
        self._database = database

    def last(self, meeting_id: int) -> Edition | None:
        """The newest edition of a meeting's minutes."""
        return self._one("meeting_id = ?", meeting_id)

    def approved(self, meeting_id: int) -> Edition | None:
        """The edition that is in force."""
        return self._one("state = 'approved' and meeting_id = ?", meeting_id)

    def get(self, edition_id: int) -> Edition | None:
        """One edition."""
        return self._one("id = ?", edition_id)

    def all(self, meeting_id: int) -> list[Edition]:
        """Every edition, oldest first."""
        rows = self._database.read(
            "select * from minutes where meeting_id = ? order by ordinal", [meeting_id]
        )
        return [_edition(row) for row in rows]

    def _one(self, condition: str, value: int) -> Edition | None:
        row = self._database.one(
            f"select * from minutes where {condition} order by ordinal desc limit 1", [value]
        )
        return None if row is None else _edition(row)


def renewed(drafted: Minutes, last: Edition | None) -> Minutes:
    """A new draft with the parts that staff have corrected in the last edition."""
    if last is None:
        return drafted
    values: dict[str, Any] = {}
    for part in last.corrected:
        values |= {name: getattr(last.minutes, name) for name in _OF_PART.get(part, ())}
    kept = {
        str(item.number): item for item in last.minutes.items if str(item.number) in last.corrected
    }
    values["items"] = tuple(kept.pop(str(item.number), item) for item in drafted.items) + tuple(
        kept.values()
    )
    return replace(drafted, **values)


def overtaken(drafted: Minutes, edition: Edition) -> list[str]:
    """The corrected parts that the notes tell differently by now."""
    return [
        part for part in edition.corrected if _part(drafted, part) != _part(edition.minutes, part)
    ]


def _part(minutes: Minutes, part: str) -> object:
    if part in _OF_PART:
        return [getattr(minutes, name) for name in _OF_PART[part]]
    return next((item for item in minutes.items if str(item.number) == part), None)


def write_edition(
    db: sqlite_utils.Database,
    meeting_id: int,
    minutes: Minutes,
    by: By,
    *,
    reason: str,
    corrected: tuple[str, ...] = (),
) -> int:
    """Write a new edition as a draft inside an open transaction; returns its row.

    A draft of the same words is not written twice.
    """
    content = _MINUTES.dump_json(minutes).decode()
    last = db.execute(
        "select id, ordinal, content, corrected, state from minutes where meeting_id = ?"
        " order by ordinal desc limit 1",
        [meeting_id],
    ).fetchone()
    marks = json.dumps(corrected)
    if last and (last[2], last[3]) == (content, marks):
        return int(last[0])
    cursor = db.execute(
        "insert into minutes (meeting_id, ordinal, content, corrected, reason, person, made_at,"
        " state) values (?, ?, ?, ?, ?, ?, ?, 'draft')",
        [
            meeting_id,
            last[1] + 1 if last else 1,
            content,
            marks,
            reason,
            by.person,
            by.at.isoformat(timespec="seconds"),
        ],
    )
    return int(cursor.lastrowid or 0)


def decide(
    db: sqlite_utils.Database, edition_id: int, standing: Standing, by: By, remark: str = ""
) -> bool:
    """Submit, return or approve an edition; False where it does not stand so that this can be.

    Only the newest edition of a meeting can be; a draft and a returned one are submitted, a
    submitted one is returned or approved.
    """
    before = ("draft", "returned") if standing is Standing.SUBMITTED else ("submitted", "")
    cursor = db.execute(
        "update minutes set state = ?, remark = ?, decided_by = ?, decided_at = ?"
        " where id = ? and state in (?, ?) and ordinal = (select max(ordinal) from minutes m"
        " where m.meeting_id = minutes.meeting_id)",
        [
            standing.value,
            remark,
            by.person,
            by.at.isoformat(timespec="seconds"),
            edition_id,
            *before,
        ],
    )
    if cursor.rowcount:
        write_entry(
            db,
            at=by.at,
            person=by.person,
            action=f"minutes_{standing.value}",
            subject=f"minutes {edition_id}",
            details={"remark": remark} if remark else {},
        )
    return bool(cursor.rowcount)


def _edition(row: sqlite3.Row) -> Edition:
    return Edition(
        id=row["id"],
        meeting_id=row["meeting_id"],
        ordinal=row["ordinal"],
        minutes=_MINUTES.validate_json(row["content"]),
        corrected=tuple(json.loads(row["corrected"])),
        reason=row["reason"],
        standing=Standing(row["state"]),
        remark=row["remark"],
        made_at=row["made_at"],
    )
