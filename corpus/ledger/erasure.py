"""Erasing a person: their name and what is only theirs goes; what the council must keep stays."""

from __future__ import annotations

from dataclasses import dataclass

import sqlite_utils

from corpus.audit import write_entry
from corpus.database import OpenTransaction, Reader
from corpus.ledger.changes import Action, By, latest, step
from corpus.ledger.opinion import State
from corpus.ledger.raising import NAMELESS, withdraw
from corpus.messages import say


@dataclass(frozen=True, slots=True, kw_only=True)
class Erased:
    """What was erased with a person.

    Attributes:
        removed: Numbers of opinions whose words are gone.
        kept: Numbers of opinions that the council keeps, without a name.
    """

    removed: tuple[str, ...]
    kept: tuple[str, ...]


def forget(db: sqlite_utils.Database, person_id: int, by: By) -> Erased:
    """Erase a person inside an open transaction.

    Opinions that nobody has dealt with go with their words; those that somebody of the council
    took, answered, published or merged stay without a name. The person's row goes with their key,
    so that audit and history hold nothing but a number that nobody can read any more.

    Args:
        db: The database of the transaction.
        person_id: The person.
        by: The person and now.
    """
    going, staying = _sorted_out(OpenTransaction(db), person_id)
    for opinion_id, _ in going:
        if _state(db, opinion_id) is not State.WITHDRAWN:
            withdraw(db, opinion_id, by)
    for opinion_id, _ in (*going, *staying):
        step(
            db,
            latest(db, opinion_id),
            Action.FORGET,
            by,
            author_id=None,
            pseudonym=say("ledger.forgotten"),
            **NAMELESS,
        )
    erased = _numbers(going, staying)
    details = {"removed": len(going), "kept": len(staying)}
    write_entry(db, at=by.at, person=by.person, action="forget", subject="person", details=details)
    db.execute("delete from people where id = ?", [person_id])
    return erased


def foreseen(reader: Reader, person_id: int) -> Erased:
    """What would be erased with a person, and what would stay.

    Args:
        reader: The council's store, or an open transaction.
        person_id: The person.
    """
    return _numbers(*_sorted_out(reader, person_id))


def _state(db: sqlite_utils.Database, opinion_id: int) -> State:
    (state,) = db.execute("select state from opinions where id = ?", [opinion_id]).fetchone()
    return State(state)


_Entries = list[tuple[int, str]]


def _sorted_out(reader: Reader, person_id: int) -> tuple[_Entries, _Entries]:
    """A person's opinions that go with their words, and those that stay without a name."""
    going: _Entries = []
    staying: _Entries = []
    for row in reader.read(
        "select id, number, state, visibility,"
        " exists (select 1 from opinions m where m.merged_into = o.id) as joined"
        " from opinions o where author_id = ? order by id",
        [person_id],
    ):
        own = row["state"] == State.RECEIVED and not row["joined"] and row["visibility"]
        gone = own or row["state"] == State.WITHDRAWN
        (going if gone else staying).append((row["id"], row["number"]))
    return going, staying


def _numbers(going: _Entries, staying: _Entries) -> Erased:
    return Erased(
        removed=tuple(number for _, number in going), kept=tuple(number for _, number in staying)
    )
