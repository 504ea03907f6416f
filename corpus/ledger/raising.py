"""New entries of the ledger: a number without gaps, and everything in one transaction."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import sqlite_utils

from corpus.ledger.changes import Action, By, latest, step, write_event
from corpus.ledger.opinion import Author, Matter, Place, State
from corpus.messages import say
from corpus.types import Visibility


@dataclass(frozen=True, slots=True, kw_only=True)
class NewOpinion:
    """An opinion before it has a number.

    Attributes:
        text: What was said. Personal data is masked before it comes here; a contact that the
            author chose to leave is with the author.
        matter: What it is about.
        author: Who raised it; None for a paper's.
        place: Where in a messenger.
        raised_at: When, ISO 8601; the day of its meeting for a paper's.
        private: A request for help of one's own.
        speaker: Who said it according to a paper.
        visibility: The paper's level; what comes by chat begins with its author and staff.
    """

    text: str
    matter: Matter
    author: Author | None = None
    place: Place | None = None
    raised_at: str
    private: bool = False
    speaker: str = ""
    visibility: Visibility = Visibility.STAFF


def record(
    db: sqlite_utils.Database, new: NewOpinion, by: By, analyse: Callable[[str], str]
) -> int:
    """Write an opinion into the ledger, inside an open transaction.

    Args:
        db: The database of the transaction.
        new: The opinion.
        by: Who records it, and when.
        analyse: Text to index terms joined by spaces.

    Returns:
        Its row. A message that is in the ledger already keeps its entry.
    """
    if (known := recorded(db, new.place)) is not None:
        return known
    year = int(new.raised_at[:4])
    ordinal = _next(db, year)
    paper = new.author is None
    author = new.author or Author(person_id=0, pseudonym=new.speaker)
    row = {
        "year": year,
        "ordinal": ordinal,
        "number": say("ledger.number", year=year, ordinal=f"{ordinal:04}"),
        "origin": "paper" if paper else "chat",
        "private": int(new.private),
        "state": State.RECEIVED.value,
        "visibility": int(new.visibility),
        "text": new.text,
        "published": new.text if paper else "",
        "author_id": None if paper else author.person_id,
        "author_name": "" if author.anonymous else author.name,
        "anonymous": int(author.anonymous),
        "pseudonym": author.pseudonym,
        "contact": author.contact,
        "dong": new.matter.dong,
        "programme": new.matter.programme,
        "agenda": new.matter.agenda,
        "topic": new.matter.topic,
        "department": new.matter.department,
        "chat_id": new.place.chat_id if new.place else None,
        "message_id": new.place.message_id if new.place else None,
        "link": new.place.link if new.place and not author.anonymous else "",
        "raised_at": new.raised_at,
    }
    columns, marks = ", ".join(row), ", ".join("?" for _ in row)
    cursor = db.execute(f"insert into opinions ({columns}) values ({marks})", list(row.values()))
    opinion_id = int(cursor.lastrowid or 0)
    write_terms(db, opinion_id, new.text, new.matter, analyse)
    write_event(db, opinion_id, Action.RECORD, by, "", State.RECEIVED.value, {})
    return opinion_id


def recorded(db: sqlite_utils.Database, place: Place | None) -> int | None:
    """The entry of a message, inside an open transaction; None where it has none."""
    if place is None or place.message_id is None:
        return None
    row = db.execute(
        "select id from opinions where chat_id = ? and message_id = ?",
        [place.chat_id, place.message_id],
    ).fetchone()
    return None if row is None else int(row[0])


def _next(db: sqlite_utils.Database, year: int) -> int:
    """The next number of a year; entries are never deleted, so there is no gap."""
    (last,) = db.execute("select max(ordinal) from opinions where year = ?", [year]).fetchone()
    return (last or 0) + 1


def write_terms(
    db: sqlite_utils.Database,
    opinion_id: int,
    text: str,
    matter: Matter,
    analyse: Callable[[str], str],
) -> None:
    """Make the index terms of an opinion anew, inside an open transaction."""
    words = "\n".join((text, matter.programme, matter.topic))
    db.execute("delete from opinion_terms where rowid = ?", [opinion_id])
    db.execute(
        "insert into opinion_terms (rowid, body) values (?, ?)", [opinion_id, analyse(words)]
    )


def withdraw(db: sqlite_utils.Database, opinion_id: int, by: By) -> None:
    """Take an opinion back, inside an open transaction; its words go, its number stays.

    What had been merged into it stands for itself again.

    Raises:
        NotAllowedError: It was answered, closed or merged already.
    """
    step(db, latest(db, opinion_id), Action.WITHDRAW, by, **ERASED)
    db.execute("delete from opinion_terms where rowid = ?", [opinion_id])
    merged = db.execute("select id from opinions where merged_into = ?", [opinion_id]).fetchall()
    for (other,) in merged:
        step(db, latest(db, other), Action.REOPEN, by, merged_into=None)


NAMELESS: dict[str, Any] = {
    "author_name": "",
    "contact": "",
    "chat_id": None,
    "message_id": None,
    "link": "",
}
"""What tells who raised an opinion, emptied."""

ERASED: dict[str, Any] = {
    **NAMELESS,
    "text": "",
    "published": "",
    "published_reply": "",
    "dong": "",
    "programme": "",
    "agenda": "",
    "topic": "",
    "visibility": int(Visibility.STAFF),
}
"""What an opinion says, emptied."""


def pseudonym(person_key: str, year: int) -> str:
    """What others read in the place of a name: the same all year, another one next year.

    Args:
        person_key: The person's random key; once that is gone nobody can tell.
        year: The year of the opinion.
    """
    digest = hashlib.sha256(f"{year}:{person_key}".encode()).digest()
    words = say("ledger.pseudonyms").split()
    word = words[digest[0] % len(words)]
    return say("ledger.pseudonym", word=word, number=int.from_bytes(digest[1:3], "big") % 900 + 100)
