"""What staff do with an opinion, and what its author answers; each inside an open transaction."""

from __future__ import annotations

from dataclasses import dataclass

import sqlite_utils

from corpus.errors import NotAllowedError
from corpus.ledger.changes import Action, By, SeenOpinion, current, latest, step
from corpus.ledger.opinion import NoteKind, Promise
from corpus.messages import say
from corpus.types import Visibility


@dataclass(frozen=True, slots=True, kw_only=True)
class NewReply:
    """A reply before it is given.

    Attributes:
        department: Who answers.
        text: The words.
        promise: What it promises.
    """

    department: str
    text: str
    promise: Promise


def take(db: sqlite_utils.Database, seen: SeenOpinion, by: By) -> None:
    """Handle an opinion from now on; one that somebody else has goes over."""
    step(db, seen, Action.TAKE, by, taken_by=by.person)


def assign(db: sqlite_utils.Database, seen: SeenOpinion, by: By, department: str) -> None:
    """Say which department should answer."""
    details = {"department": department}
    step(db, seen, Action.ASSIGN, by, details=details, department=department)


def note(db: sqlite_utils.Database, seen: SeenOpinion, by: By, text: str) -> None:
    """Leave a line for the other staff."""
    step(db, seen, Action.NOTE, by)
    _write_note(db, seen.id, by, NoteKind.NOTE, text)


def ask(db: sqlite_utils.Database, seen: SeenOpinion, by: By, text: str) -> None:
    """Ask the author something; it waits for them until they answer.

    Raises:
        NotAllowedError: It has no author that could be asked.
    """
    current(db, seen)
    (author,) = db.execute("select author_id from opinions where id = ?", [seen.id]).fetchone()
    if author is None:
        raise NotAllowedError(say("ledger.no_author"))
    step(db, seen, Action.ASK, by)
    _write_note(db, seen.id, by, NoteKind.QUESTION, text)


def respond(db: sqlite_utils.Database, opinion_id: int, by: By, text: str) -> None:
    """The author answers what staff asked."""
    step(db, latest(db, opinion_id), Action.RESPOND, by)
    _write_note(db, opinion_id, by, NoteKind.ANSWER, text)


def answer(db: sqlite_utils.Database, seen: SeenOpinion, by: By, reply: NewReply) -> int:
    """Give a reply; an earlier one is kept as an earlier version.

    Returns:
        The version, from 1.
    """
    promise = reply.promise
    kind = promise.kind.value if promise.kind else ""
    at = by.at.isoformat(timespec="seconds")
    # What was published of an earlier version is the answer no more.
    stale = {"published_reply": ""} if _came_by_chat(db, seen) else {}
    step(
        db,
        seen,
        Action.ANSWER,
        by,
        details={"promise": kind, "due": promise.due, "meeting": promise.meeting},
        department=reply.department,
        promise=kind,
        due=promise.due,
        meeting=promise.meeting,
        promised_at=at,
        chased_on="",
        **stale,
    )
    return write_reply(db, seen.id, by.person, at, reply)


def _came_by_chat(db: sqlite_utils.Database, seen: SeenOpinion) -> bool:
    row = db.execute("select origin from opinions where id = ?", [seen.id]).fetchone()
    return row is not None and row[0] == "chat"


def write_reply(
    db: sqlite_utils.Database, opinion_id: int, person: str, at: str, reply: NewReply
) -> int:
    """Keep a reply as the next version, inside the transaction of its step."""
    (version,) = db.execute(
        "select count(*) + 1 from opinion_replies where opinion_id = ?", [opinion_id]
    ).fetchone()
    promise = reply.promise
    db.execute(
        "insert into opinion_replies (opinion_id, version, at, person, department, text, promise,"
        " due, meeting) values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            opinion_id,
            version,
            at,
            person,
            reply.department,
            reply.text,
            promise.kind.value if promise.kind else "",
            promise.due,
            promise.meeting,
        ],
    )
    return int(version)


def merge(db: sqlite_utils.Database, seen: SeenOpinion, by: By, into: int) -> None:
    """Let an opinion go on as another one; whoever was merged into it goes along.

    Raises:
        NotAllowedError: The other one does not exist, is the same, private, merged or withdrawn.
    """
    current(db, seen)
    target = db.execute("select private, number from opinions where id = ?", [into]).fetchone()
    (private,) = db.execute("select private from opinions where id = ?", [seen.id]).fetchone()
    if target is None or into == seen.id or target[0] or private:
        raise NotAllowedError(say("ledger.cannot_merge"))
    (number,) = db.execute("select number from opinions where id = ?", [seen.id]).fetchone()
    step(db, latest(db, into), Action.ABSORB, by, details={"number": number})
    details = {"number": target[1]}
    step(db, seen, Action.MERGE, by, details=details, merged_into=into)
    followers = db.execute("select id from opinions where merged_into = ?", [seen.id]).fetchall()
    for (other,) in followers:
        step(db, latest(db, other), Action.FOLLOW, by, details=details, merged_into=into)


def close(db: sqlite_utils.Database, seen: SeenOpinion, by: By) -> None:
    """Say that nothing more is to be done."""
    step(db, seen, Action.CLOSE, by)


def reopen(db: sqlite_utils.Database, seen: SeenOpinion, by: By) -> None:
    """Take up again what was closed, or let what was merged stand for itself."""
    step(db, seen, Action.REOPEN, by, merged_into=None)


def publish(db: sqlite_utils.Database, seen: SeenOpinion, by: By, text: str, reply: str) -> None:
    """Let everybody read an opinion and its reply, in words without personal data.

    Args:
        db: The database of the transaction.
        seen: The opinion as it was seen.
        by: Who and when.
        text: The opinion as everybody may read it.
        reply: The reply as everybody may read it; empty without one.

    Raises:
        NotAllowedError: It is somebody's request for help, or there is nothing left to read.
    """
    current(db, seen)
    (private,) = db.execute("select private from opinions where id = ?", [seen.id]).fetchone()
    if private or not text.strip():
        raise NotAllowedError(say("ledger.never_published"))
    public = int(Visibility.PUBLIC)
    step(db, seen, Action.PUBLISH, by, published=text, published_reply=reply, visibility=public)


def conceal(db: sqlite_utils.Database, seen: SeenOpinion, by: By) -> None:
    """Take back that everybody may read an opinion."""
    staff = int(Visibility.STAFF)
    step(db, seen, Action.CONCEAL, by, published="", published_reply="", visibility=staff)


def judge(
    db: sqlite_utils.Database, opinion_id: int, person_id: int, by: By, *, helpful: bool
) -> None:
    """Keep whether a reply helped the person who raised the opinion; a second word replaces it."""
    (version,) = db.execute(
        "select count(*) from opinion_replies where opinion_id = ?", [opinion_id]
    ).fetchone()
    db.execute(
        "insert or replace into opinion_feedback values (?, ?, ?, ?, ?)",
        [opinion_id, person_id, version, int(helpful), by.at.isoformat(timespec="seconds")],
    )


def _write_note(
    db: sqlite_utils.Database, opinion_id: int, by: By, kind: NoteKind, text: str
) -> None:
    db.execute(
        "insert into opinion_notes (opinion_id, at, person, kind, text) values (?, ?, ?, ?, ?)",
        [opinion_id, by.at.isoformat(timespec="seconds"), by.person, kind.value, text],
    )
