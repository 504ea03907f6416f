"""Who people are to the council: roles, and the invitations by which they are given."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

import sqlite_utils

from corpus.audit import CONSOLE, write_entry
from corpus.database import CouncilDatabase

# An invitation goes out by letter or telephone; a week is enough to take it up.
_VALID = timedelta(days=7)

INVITED = "join-"
"""What every invitation's code begins with, so that `/start` tells it from other links."""


class Role(StrEnum):
    """What a person is; an administrator gives roles, everyone starts as a citizen."""

    CITIZEN = "citizen"  # 주민
    MEMBER = "member"  # 위원
    STAFF = "staff"  # 간사, 담당 공무원
    CHAIR = "chair"  # 위원장
    ADMINISTRATOR = "administrator"  # 관리자


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A person in the list of people.

    Attributes:
        id: The number that the person sees with `/start`.
        role: What the person is.
        met_at: When the bot met the person first, ISO 8601.
    """

    id: int
    role: Role
    met_at: str


class People:
    """Reads the list of people and gives roles from the console.

    Args:
        database: The council's store.
    """

    def __init__(self, database: CouncilDatabase) -> None:
        self._database = database

    def all(self) -> list[Member]:
        """Everyone who has addressed the bot, in order of their numbers."""
        rows = self._database.read("select id, role, created_at from people order by id")
        return [
            Member(id=row["id"], role=Role(row["role"]), met_at=row["created_at"]) for row in rows
        ]

    def give(self, person_id: int, role: Role, at: datetime) -> bool:
        """Give a person a role; False where nobody has that number."""
        with self._database.write() as db:
            known = db.execute("select 1 from people where id = ?", [person_id]).fetchone()
            if known is not None:
                _give(db, person_id, role, person=CONSOLE, at=at)
        return known is not None

    def invite(self, role: Role, code: str, at: datetime) -> None:
        """Make a one-time invitation to a role; only a digest of its code is kept."""
        with self._database.write() as db:
            db.execute(
                "insert into invitations (code_sha256, role, made_at, ends_at) values (?, ?, ?, ?)",
                [_digest(code), role.value, at.isoformat(), (at + _VALID).isoformat()],
            )
            details = {"role": role.value}
            write_entry(
                db, at=at, person=CONSOLE, action="invite", subject="invitation", details=details
            )


def accept(db: sqlite_utils.Database, person_id: int, code: str, at: datetime) -> Role | None:
    """Take up an invitation inside an open transaction.

    Args:
        db: The database of the transaction.
        person_id: Who takes it up.
        code: As printed by `dongne people invite`.
        at: Now.

    Returns:
        The role given; None where the code is unknown, was used, or is too old.
    """
    row = db.execute(
        "update invitations set used_at = ? where code_sha256 = ? and used_at is null"
        " and julianday(ends_at) > julianday(?) returning role",
        [at.isoformat(), _digest(code), at.isoformat()],
    ).fetchone()
    if row is None:
        return None
    role = Role(row[0])
    _give(db, person_id, role, person=key_of(db, person_id), at=at)
    return role


def key_of(db: sqlite_utils.Database, person_id: int) -> str:
    """The random key by which the audit knows a person, made at the first need of it."""
    (key,) = db.execute("select key from people where id = ?", [person_id]).fetchone()
    if key is None:
        (key,) = db.execute(
            "update people set key = lower(hex(randomblob(16))) where id = ? returning key",
            [person_id],
        ).fetchone()
    return str(key)


def _give(
    db: sqlite_utils.Database, person_id: int, role: Role, *, person: str, at: datetime
) -> None:
    (before,) = db.execute("select role from people where id = ?", [person_id]).fetchone()
    db.execute("update people set role = ? where id = ?", [role.value, person_id])
    details = {"old": before, "new": role.value}
    subject = key_of(db, person_id)
    write_entry(db, at=at, person=person, action="role", subject=subject, details=details)


def _digest(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()
