"""Invitations to a role: made for one person, taken up once, within a week, or withdrawn."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

import sqlite_utils

from corpus.appointments import give_department, give_dongs, give_role
from corpus.audit import CONSOLE, write_entry
from corpus.database import OpenTransaction, Reader
from corpus.ledger.changes import By
from corpus.people import People, Role, key_of

# An invitation goes out by letter or telephone; a week is enough to take it up.
VALID = timedelta(days=7)

INVITED = "join-"
"""What every invitation's code begins with, so that `/start` tells it from other links."""

# 18 random bytes are 24 letters: no one guesses them, and Telegram's links take 64.
_RANDOM_BYTES = 18
_OPEN = " where used_at is null and withdrawn_at is null and julianday(ends_at) > julianday(?)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """An invitation that nobody has taken up yet.

    Attributes:
        id: Its number.
        role: What it gives.
        department: The department that comes with it; empty without one.
        dongs: The neighbourhoods that come with it.
        ends_at: When it ends, aware.
    """

    id: int
    role: Role
    department: str
    dongs: tuple[str, ...]
    ends_at: datetime


class Taking(StrEnum):
    """What becomes of a code; all but `TAKEN` are keys of `[people]` in `corpus/messages.toml`."""

    TAKEN = "taken"
    BAD_CODE = "bad_code"
    HAS_MORE = "has_more"  # who takes it up is more than that already; the invitation stays open


def new_code() -> str:
    """A code that nobody can guess."""
    return f"{INVITED}{secrets.token_urlsafe(_RANDOM_BYTES)}"


def invite(
    db: sqlite_utils.Database,
    role: Role,
    code: str,
    by: By,
    *,
    department: str = "",
    dongs: Sequence[str] = (),
) -> int:
    """Make a one-time invitation inside an open transaction; only a digest of its code is kept.

    Args:
        db: The database of the transaction.
        role: What it gives.
        code: As `new_code` gives it.
        by: Who invites.
        department: Name of a department that comes with it; empty without one.
        dongs: Neighbourhoods that come with it.

    Returns:
        Number of the invitation.
    """
    cursor = db.execute(
        "insert into invitations (code_sha256, role, department_id, dongs, made_at, ends_at)"
        " values (?, ?, (select id from departments where name = ?), ?, ?, ?) returning id",
        [
            _digest(code),
            role.value,
            department,
            json.dumps(sorted(set(dongs)), ensure_ascii=False),
            by.at.isoformat(),
            (by.at + VALID).isoformat(),
        ],
    )
    number = int(cursor.fetchone()[0])
    _write(db, "invite", number, {"role": role.value}, by)
    return number


def withdraw_invitation(db: sqlite_utils.Database, number: int, by: By) -> bool:
    """Withdraw an open invitation inside an open transaction; False where it is not open."""
    cursor = db.execute(
        f"update invitations set withdrawn_at = ?{_OPEN} and id = ?",
        [by.at.isoformat(), by.at.isoformat(), number],
    )
    if cursor.rowcount:
        _write(db, "invitation_withdrawn", number, {}, by)
    return bool(cursor.rowcount)


def accept(
    db: sqlite_utils.Database, person_id: int, code: str, at: datetime
) -> tuple[Taking, Role | None]:
    """Take up an invitation inside an open transaction.

    Args:
        db: The database of the transaction.
        person_id: Who takes it up.
        code: As printed when it was made.
        at: Now.

    Returns:
        What became of it, and the role that the person has now; no role for a code that is
        unknown, was used or withdrawn, or is too old.
    """
    row = db.execute(
        "select i.id, i.role, ifnull(d.name, ''), i.dongs from invitations i"
        f" left join departments d on d.id = i.department_id{_OPEN} and code_sha256 = ?",
        [at.isoformat(), _digest(code)],
    ).fetchone()
    member = People(OpenTransaction(db)).get(person_id)
    if row is None or member is None:
        return Taking.BAD_CODE, None
    number, role, department, dongs = row[0], Role(row[1]), row[2], json.loads(row[3])
    if not _still_invites(db, number):
        return Taking.BAD_CODE, None
    if member.role.rank > role.rank:  # nobody comes down by a link
        return Taking.HAS_MORE, member.role
    by = By(person=key_of(db, person_id), at=at)
    db.execute("update invitations set used_at = ? where id = ?", [at.isoformat(), number])
    _write(db, "invitation_taken", number, {}, by)
    give_role(db, member.seen, role, by)
    for wanted, give in ((department, give_department), (dongs, give_dongs)):
        now = People(OpenTransaction(db)).get(person_id)
        if wanted and now is not None:
            give(db, now.seen, wanted, by)
    return Taking.TAKEN, role


class Invitations:
    """Reads invitations.

    Args:
        reader: The council's store, or an open transaction.
    """

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def open(self, at: datetime) -> list[Invitation]:
        """Those that can still be taken up, oldest first."""
        rows = self._reader.read(
            "select i.id, i.role, i.dongs, i.ends_at, ifnull(d.name, '') as department"
            f" from invitations i left join departments d on d.id = i.department_id{_OPEN}"
            " order by i.id",
            [at.isoformat()],
        )
        return [
            Invitation(
                id=row["id"],
                role=Role(row["role"]),
                department=row["department"],
                dongs=tuple(json.loads(row["dongs"])),
                ends_at=datetime.fromisoformat(row["ends_at"]),
            )
            for row in rows
        ]


def _still_invites(db: sqlite_utils.Database, number: int) -> bool:
    """Whether an invitation is of the console, or of somebody who still administers."""
    stranger = db.execute(
        "select 1 from audit a left join people p on p.key = a.person where a.action = 'invite'"
        " and a.subject = ? and a.person <> ? and ifnull(p.role, '') <> ?",
        [_subject(number), CONSOLE, Role.ADMINISTRATOR.value],
    ).fetchone()
    return stranger is None


def _subject(number: int) -> str:
    return f"invitation {number}"


def _write(
    db: sqlite_utils.Database, action: str, number: int, details: dict[str, str], by: By
) -> None:
    write_entry(
        db,
        at=by.at,
        person=by.person,
        action=action,
        subject=_subject(number),
        details=details,
    )


def _digest(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()
