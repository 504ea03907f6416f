"""Opinions of papers as entries of the ledger, with an identity apart from extraction."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher

import sqlite_utils

from corpus.ledger.changes import Action, By, latest, step
from corpus.ledger.handling import NewReply, write_reply
from corpus.ledger.opinion import PAPER, Promise, PromiseKind, State
from corpus.ledger.printed import Printed, printed_opinions
from corpus.ledger.raising import ERASED, NewOpinion, record, write_terms
from corpus.text import fold
from corpus.types import Visibility

# An edition that mends a word or a line end keeps nine tenths of its characters; two opinions on
# one matter share about half.
_SAME = 0.85
# Promises as minutes print them, in the last words of a reply: 검토하겠음, 추진 예정.
_PROMISES = re.compile(
    r"(?P<pass_on>전달)|(?P<consider>검토)|(?P<pursue>추진)|(?P<impossible>불가)|(?P<done>완료)"
)
_PROMISE_TAIL = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """A paper as the ledger knows it.

    Attributes:
        source: Its file.
        name: Its name among the papers.
        title: Its title.
        dated: Its day, ISO 8601; empty without one.
        visibility: Who may see it.
    """

    source: str
    name: str
    title: str
    dated: str
    visibility: Visibility


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry:
    """What the ledger has of a paper."""

    opinion_id: int
    digest: str
    agenda: str
    text: str


def enter(
    db: sqlite_utils.Database, document_id: int, at: datetime, analyse: Callable[[str], str]
) -> None:
    """Bring the opinions of a paper into the ledger, in the transaction that wrote the paper.

    One that the ledger has already keeps its number, its reply and its promise; only where it is
    printed is renewed. What a new edition prints no more is kept where staff acted on it.

    Args:
        db: The database of the transaction.
        document_id: The paper.
        at: Time of ingest.
        analyse: Text to index terms joined by spaces.
    """
    source, name, title, dated, visibility = db.execute(
        "select source, name, title, dated, visibility from documents where id = ?", [document_id]
    ).fetchone()
    origin = Origin(
        source=source, name=name, title=title, dated=dated, visibility=Visibility(visibility)
    )
    enter_from(db, origin, printed_opinions(db, document_id), at, analyse)


def enter_from(
    db: sqlite_utils.Database,
    origin: Origin,
    printed: Sequence[Printed],
    at: datetime,
    analyse: Callable[[str], str],
) -> list[int]:
    """Bring opinions of a paper into the ledger, also before the paper itself is there.

    Args:
        db: The database of the transaction.
        origin: The paper.
        printed: Its opinions; those that are no records yet have the record 0.
        at: Now.
        analyse: Text to index terms joined by spaces.

    Returns:
        The entry of each opinion, by row.
    """
    known = _known(db, origin.source, origin.name)
    if not printed and not known:
        return []
    by = By(person=PAPER, at=at)
    found = _matched(printed, known)
    entries: list[int] = []
    for place, one in enumerate(printed):
        entry = found.get(place)
        if entry is None:
            raised_at = origin.dated or at.isoformat()[:10]
            opinion_id = _begun(db, one, raised_at, origin.visibility, by, analyse)
        else:
            opinion_id = entry.opinion_id
            _renew(db, opinion_id, one, origin.visibility, by, analyse)
        entries.append(opinion_id)
        paper = (origin.source, origin.name, origin.title)
        rows = (one.record_id or None, one.reply_record_id)
        db.execute(
            "insert or replace into opinion_sources values (?, ?, ?, ?, ?, ?, ?)",
            [opinion_id, *paper, one.digest, *rows],
        )
    matched = {entry.opinion_id for entry in found.values()}
    _let_go(db, [entry.opinion_id for entry in known if entry.opinion_id not in matched], by)
    return entries


def leave(db: sqlite_utils.Database, document_id: int, at: datetime) -> None:
    """Take the entries of a paper that is withdrawn out of sight, but for those staff acted on."""
    rows = db.execute(
        "select s.opinion_id from opinion_sources s join documents d on d.source = s.source"
        " where d.id = ?",
        [document_id],
    ).fetchall()
    _let_go(db, [number for (number,) in rows], By(person=PAPER, at=at))


# -- what the ledger has ---------------------------------------------------------------------------
def _known(db: sqlite_utils.Database, source: str, name: str) -> list[_Entry]:
    rows = db.execute(
        "select o.id, s.digest, o.agenda, o.text from opinion_sources s"
        " join opinions o on o.id = s.opinion_id where s.source = ? or s.document = ?"
        " order by o.id",
        [source, name],
    ).fetchall()
    return [_Entry(opinion_id=n, digest=d, agenda=a, text=t) for n, d, a, t in rows]


def _matched(printed: Sequence[Printed], known: Sequence[_Entry]) -> dict[int, _Entry]:
    """The entry of each opinion, by its place among them; surer likenesses first."""
    found: dict[int, _Entry] = {}
    free = list(known)
    for alike in (_equal, _same_words, _nearly):
        for place, one in enumerate(printed):
            if place in found:
                continue
            if entry := next((other for other in free if alike(one, other)), None):
                found[place] = entry
                free.remove(entry)
    return found


def _equal(one: Printed, entry: _Entry) -> bool:
    return one.digest == entry.digest


def _same_words(one: Printed, entry: _Entry) -> bool:
    return bool(entry.text) and fold(one.text) == fold(entry.text)


def _nearly(one: Printed, entry: _Entry) -> bool:
    if not entry.text or fold(one.matter.agenda) != fold(entry.agenda):
        return False
    matcher = SequenceMatcher(None, fold(one.text), fold(entry.text), autojunk=False)
    return matcher.quick_ratio() >= _SAME and matcher.ratio() >= _SAME


# -- writing ---------------------------------------------------------------------------------------
def _begun(
    db: sqlite_utils.Database,
    one: Printed,
    raised_at: str,
    visibility: Visibility,
    by: By,
    analyse: Callable[[str], str],
) -> int:
    new = NewOpinion(
        text=one.text,
        matter=one.matter,
        raised_at=raised_at,
        speaker=one.speaker,
        visibility=visibility,
    )
    opinion_id = record(db, new, by, analyse)
    _answer(db, opinion_id, one, by, raised_at)
    return opinion_id


def _renew(
    db: sqlite_utils.Database,
    opinion_id: int,
    one: Printed,
    visibility: Visibility,
    by: By,
    analyse: Callable[[str], str],
) -> None:
    state, raised_at = db.execute(
        "select state, raised_at from opinions where id = ?", [opinion_id]
    ).fetchone()
    matter = one.matter
    if state == State.WITHDRAWN:  # its paper was withdrawn and has come back
        step(db, latest(db, opinion_id), Action.RESTORE, by, department=matter.department)
    db.execute(
        "update opinions set text = ?, published = ?, visibility = ?, dong = ?, agenda = ?,"
        " topic = ?, pseudonym = ? where id = ?",
        [
            one.text,
            one.text,
            int(visibility),
            matter.dong,
            matter.agenda,
            matter.topic,
            one.speaker,
            opinion_id,
        ],
    )
    write_terms(db, opinion_id, one.text, matter, analyse)
    _answer(db, opinion_id, one, by, raised_at)


def _answer(
    db: sqlite_utils.Database, opinion_id: int, one: Printed, by: By, raised_at: str
) -> None:
    """The reply that a paper prints, where nobody has replied and nobody of the staff is at it."""
    state, last = db.execute(
        "select state, (select text from opinion_replies where opinion_id = o.id"
        " order by version desc limit 1) from opinions o where id = ?",
        [opinion_id],
    ).fetchone()
    if one.reply and state == State.RECEIVED:
        answer_as_printed(db, opinion_id, one, by, raised_at, anew=last != one.reply)


def answer_as_printed(
    db: sqlite_utils.Database,
    opinion_id: int,
    one: Printed,
    by: By,
    raised_at: str,
    *,
    anew: bool,
) -> None:
    """Let an opinion be answered as a paper answers it, inside an open transaction.

    Args:
        db: The database of the transaction.
        opinion_id: The entry.
        one: The opinion as printed, with its reply.
        by: The paper, and when.
        raised_at: The day of the paper.
        anew: Whether the reply is none of those that the entry has.
    """
    kind = _promised(one.reply)
    step(
        db,
        latest(db, opinion_id),
        Action.ANSWER,
        by,
        details={"promise": kind.value if kind else ""},
        published_reply=one.reply,
        department=one.department,
        promise=kind.value if kind else "",
        promised_at=raised_at,
    )
    if anew:
        reply = NewReply(department=one.department, text=one.reply, promise=Promise(kind=kind))
        write_reply(db, opinion_id, PAPER, raised_at, reply)


def _promised(reply: str) -> PromiseKind | None:
    """The promise that a reply names in its last words; None where it names none."""
    named = list(_PROMISES.finditer(reply[-_PROMISE_TAIL:]))
    return PromiseKind(str(named[-1].lastgroup)) if named else None


def _let_go(db: sqlite_utils.Database, opinion_ids: Sequence[int], by: By) -> None:
    """Empty entries that nobody acted on; their numbers stay and wait for the paper's return."""
    for opinion_id in opinion_ids:
        state, acted = db.execute(
            "select state, exists (select 1 from opinion_history where opinion_id = o.id"
            " and person <> ?) from opinions o where id = ?",
            [PAPER, opinion_id],
        ).fetchone()
        if acted or state == State.WITHDRAWN:
            continue
        step(db, latest(db, opinion_id), Action.LEAVE, by, **ERASED)
        db.execute("delete from opinion_terms where rowid = ?", [opinion_id])
