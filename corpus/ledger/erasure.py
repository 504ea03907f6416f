"""Erasing a person: their name and what is only theirs goes; what the council must keep stays."""

from __future__ import annotations

from dataclasses import dataclass

import sqlite_utils

from corpus.audit import write_entry
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
    rows = db.execute(
        "select id, number, state, exists (select 1 from opinions m where m.merged_into = o.id),"
        " visibility from opinions o where author_id = ? order by id",
        [person_id],
    ).fetchall()
    removed: list[str] = []
    kept: list[str] = []
    for opinion_id, number, state, joined, visibility in rows:
        own = state == State.RECEIVED and not joined and visibility
        if own:
            withdraw(db, opinion_id, by)
        gone = own or state == State.WITHDRAWN
        (removed if gone else kept).append(str(number))
        step(
            db,
            latest(db, opinion_id),
            Action.FORGET,
            by,
            author_id=None,
            pseudonym=say("ledger.forgotten"),
            **NAMELESS,
        )
    erased = Erased(removed=tuple(removed), kept=tuple(kept))
    details = {"removed": len(removed), "kept": len(kept)}
    write_entry(db, at=by.at, person=by.person, action="forget", subject="person", details=details)
    db.execute("delete from people where id = ?", [person_id])
    return erased
