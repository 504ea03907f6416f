"""What administrators change about people: role, department, neighbourhoods; and taking it back."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import sqlite_utils

from corpus.audit import CONSOLE, write_entry
from corpus.database import OpenTransaction
from corpus.ledger.changes import By
from corpus.people import Member, People, Role, SeenPerson, key_of


class Verdict(StrEnum):
    """What became of a change; all but `DONE` are keys of `[people]` in `corpus/messages.toml`."""

    DONE = "done"
    GONE = "gone"  # the person is not there any more
    OVERTAKEN = "overtaken"  # somebody changed the person since the button was made
    LAST = "last"  # nobody would be administrator
    SAME = "same"  # nothing to change


@dataclass(frozen=True, slots=True, kw_only=True)
class Appointed:
    """What became of a change.

    Attributes:
        verdict: Whether it was made.
        entry: Its entry of the audit, by which it can be taken back; 0 where nothing was changed.
    """

    verdict: Verdict
    entry: int = 0


def give_role(db: sqlite_utils.Database, seen: SeenPerson, role: Role, by: By) -> Appointed:
    """Give a person a role inside an open transaction; what they were about to do ends.

    The last administrator stays one, except at the console, where a new one can be made.

    Args:
        db: The database of the transaction.
        seen: The person as seen.
        role: The new role.
        by: Who gives it.
    """
    people = People(OpenTransaction(db))
    member = people.get(seen.id)
    refusal = _refusal(member, seen)
    if member is None or refusal is not None:
        return Appointed(verdict=refusal or Verdict.GONE)
    if member.role is role:
        return Appointed(verdict=Verdict.SAME)
    if by.person != CONSOLE and people.only_administrator(seen.id):
        return Appointed(verdict=Verdict.LAST)
    db.execute("update people set role = ? where id = ?", [role.value, seen.id])
    # A dialogue that staff began must not go on with somebody who is none any more.
    db.execute("delete from dialogues where person_id = ?", [seen.id])
    return _changed(db, member, "role", member.role.value, role.value, by)


def give_department(db: sqlite_utils.Database, seen: SeenPerson, name: str, by: By) -> Appointed:
    """Put a person into a department by its name inside an open transaction; empty takes them out.

    A department that is not there any more changes nothing (`GONE`).
    """
    member = People(OpenTransaction(db)).get(seen.id)
    refusal = _refusal(member, seen)
    if member is None or refusal is not None:
        return Appointed(verdict=refusal or Verdict.GONE)
    row = db.execute("select id from departments where name = ?", [name]).fetchone()
    if name and row is None:
        return Appointed(verdict=Verdict.GONE)
    if member.department == name:
        return Appointed(verdict=Verdict.SAME)
    sql = "update people set department_id = ? where id = ?"
    db.execute(sql, [row[0] if row else None, seen.id])
    return _changed(db, member, "department", member.department, name, by)


def give_dongs(
    db: sqlite_utils.Database, seen: SeenPerson, dongs: Sequence[str], by: By
) -> Appointed:
    """Make a person responsible for these neighbourhoods and no others, as `give_role`."""
    member = People(OpenTransaction(db)).get(seen.id)
    refusal = _refusal(member, seen)
    if member is None or refusal is not None:
        return Appointed(verdict=refusal or Verdict.GONE)
    given = sorted(set(dongs))
    if list(member.dongs) == given:
        return Appointed(verdict=Verdict.SAME)
    db.execute("delete from person_dongs where person_id = ?", [seen.id])
    rows = [(seen.id, dong) for dong in given]
    db.conn.executemany("insert into person_dongs values (?, ?)", rows)
    return _changed(db, member, "dongs", list(member.dongs), given, by)


def give_label(db: sqlite_utils.Database, person_id: int, label: str, by: By) -> Appointed:
    """Keep what administrators call a person; the audit says that they did, not what."""
    member = People(OpenTransaction(db)).get(person_id)
    if member is None:
        return Appointed(verdict=Verdict.GONE)
    db.execute("update people set label = ? where id = ?", [label, person_id])
    return _changed(db, member, "label", bool(member.label), bool(label), by)


def take_back(db: sqlite_utils.Database, entry: int, by: By) -> tuple[Appointed, Member | None]:
    """Take a change of role or department back, if nothing was changed since; and whose it was."""
    row = db.execute("select action, subject, details from audit where id = ?", [entry]).fetchone()
    member = People(OpenTransaction(db)).known_as(row[1]) if row else None
    if row is None or member is None:
        return Appointed(verdict=Verdict.GONE), None
    details = json.loads(row[2])
    seen = SeenPerson(id=member.id, revision=details.get("revision", -1))
    if row[0] == "role":
        return give_role(db, seen, Role(details["old"]), by), member
    if row[0] == "department":
        return give_department(db, seen, details["old"], by), member
    return Appointed(verdict=Verdict.GONE), member


def _refusal(member: Member | None, seen: SeenPerson) -> Verdict | None:
    if member is None:
        return Verdict.GONE
    return None if member.revision == seen.revision else Verdict.OVERTAKEN


def _changed(
    db: sqlite_utils.Database, member: Member, action: str, old: Any, new: Any, by: By
) -> Appointed:
    db.execute("update people set revision = revision + 1 where id = ?", [member.id])
    entry = write_entry(
        db,
        at=by.at,
        person=by.person,
        action=action,
        subject=key_of(db, member.id),
        details={"old": old, "new": new, "revision": member.revision + 1},
    )
    return Appointed(verdict=Verdict.DONE, entry=entry)
