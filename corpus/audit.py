"""The audit: who did what, when; only ever added to, each entry sealed with those before it."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlite_utils

from corpus.database import CouncilDatabase, Reader

_SEALED = ("at", "person", "action", "subject", "details")
_A_PAGE = 5000

CONSOLE = "console"
"""Whoever works at the machine itself, where people have no key."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing that somebody did.

    Attributes:
        id: Its number, from 1 without gaps.
        at: When, ISO 8601.
        person: Random key of the person, or `CONSOLE`; never a name.
        action: What was done, such as `ask`, `role`, `upload`.
        subject: What it was done to.
        details: Old and new values, reasons; never what somebody asked or said.
        digest: The seal over it and all entries before it.
    """

    id: int
    at: str
    person: str
    action: str
    subject: str
    details: dict[str, Any]
    digest: str


def write_entry(
    db: sqlite_utils.Database,
    *,
    at: datetime,
    person: str,
    action: str,
    subject: str,
    details: Mapping[str, object],
) -> int:
    """Add an entry inside the transaction of what it tells of; its number."""
    last = db.execute("select digest from audit order by id desc limit 1").fetchone()
    row = [
        at.isoformat(timespec="seconds"),
        person,
        action,
        subject,
        json.dumps(details, ensure_ascii=False, sort_keys=True),
    ]
    cursor = db.execute(
        "insert into audit (at, person, action, subject, details, digest)"
        " values (?, ?, ?, ?, ?, ?)",
        [*row, _seal(last[0] if last else "", row)],
    )
    return int(cursor.lastrowid or 0)


def _seal(before: str, row: list[str]) -> str:
    text = json.dumps([before, *row], ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def write_at_console(
    database: CouncilDatabase, at: datetime, action: str, subject: str, **details: object
) -> None:
    """Add an entry of what was done at the console and left no other trace in the store."""
    with database.write() as db:
        write_entry(db, at=at, person=CONSOLE, action=action, subject=subject, details=details)


def _entry(row: sqlite3.Row) -> Entry:
    return Entry(
        id=row["id"],
        at=row["at"],
        person=row["person"],
        action=row["action"],
        subject=row["subject"],
        details=json.loads(row["details"]),
        digest=row["digest"],
    )


class Audit:
    """Reads the audit.

    Args:
        reader: The council's store, or an open transaction.
    """

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def entries(self) -> list[Entry]:
        """Everything that was done, oldest first."""
        return [_entry(row) for row in self._reader.read("select * from audit order by id")]

    def newest(self, most: int) -> list[Entry]:
        """The last entries, oldest of them first."""
        rows = self._reader.read("select * from audit order by id desc limit ?", [most])
        return [_entry(row) for row in reversed(rows)]

    def count(self) -> int:
        """How many entries there are."""
        row = self._reader.one("select count(*) as n from audit")
        return int(row["n"]) if row else 0

    def broken_at(self) -> int | None:
        """Id of the first entry that does not follow from those before it; None where all do.

        Entries that are missing at the end are told by the number that SQLite gave out last: the
        id is then the first one that is missing.
        """
        before, last = "", 0
        while rows := self._page(last):
            for row in rows:
                values = [row[key] for key in _SEALED]
                if row["id"] != last + 1 or row["digest"] != _seal(before, values):
                    return int(row["id"])
                before, last = row["digest"], row["id"]
        given = self._reader.one("select seq from sqlite_sequence where name = 'audit'")
        return last + 1 if given is not None and given["seq"] > last else None

    def _page(self, after: int) -> list[sqlite3.Row]:
        """The next entries behind one; a year of questions need not stand in memory at once."""
        return self._reader.read(
            "select * from audit where id > ? order by id limit ?", [after, _A_PAGE]
        )
