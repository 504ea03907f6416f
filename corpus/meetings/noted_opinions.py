"""Opinions of a meeting in the ledger, from the moment that they are noted.

They are entries of the minutes to come: the file that will hold the minutes is their source before
it is there. When the minutes are filed, the ledger finds every opinion of them already known, so
none is there twice. Nobody but staff sees them until the minutes have their level.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime

import sqlite_utils

from corpus.ledger.changes import Action, By, latest, step
from corpus.ledger.opinion import PAPER, Matter, State
from corpus.ledger.papers import Origin, answer_as_printed, enter_from
from corpus.ledger.printed import Printed
from corpus.meetings.minutes import Minutes


def enter_noted(
    db: sqlite_utils.Database,
    origin: Origin,
    before: Minutes,
    after: Minutes,
    at: datetime,
    analyse: Callable[[str], str],
) -> None:
    """Bring the ledger to what minutes say, inside the transaction that changes them.

    An opinion in other words keeps its number. One that the minutes hold no more leaves the
    ledger, and replies are those of the minutes, unless staff have dealt with the entry: what they
    did stays.

    Args:
        db: The database of the transaction.
        origin: The paper that the minutes are or will be.
        before: The minutes or their draft before the change.
        after: The same after it.
        at: Now.
        analyse: Text to index terms joined by spaces.
    """
    said = [one for number in _numbers(after) for one in _said(after, number)]
    if _entered(db, origin) == Counter((one.digest, one.reply) for one in said):
        return
    _reword(db, origin, before, after)
    for opinion_id, one in zip(enter_from(db, origin, said, at, analyse), said, strict=True):
        _renew_reply(db, opinion_id, one, origin, at)


def number_of(db: sqlite_utils.Database, origin: Origin, title: str, text: str) -> str:
    """The ledger's number of a noted opinion; empty where it has none.

    Args:
        db: The database of the transaction.
        origin: The paper that the minutes will be.
        title: Its agenda item.
        text: Its words, as minutes print them.
    """
    row = db.execute(
        "select o.number from opinion_sources s join opinions o on o.id = s.opinion_id"
        " where s.source = ? and s.digest = ? and o.state <> ? order by o.id desc",
        [origin.source, _noted(title, text, "").digest, State.WITHDRAWN.value],
    ).fetchone()
    return str(row[0]) if row else ""


def _numbers(minutes: Minutes) -> list[int]:
    return [item.number for item in minutes.items]


def _said(minutes: Minutes, number: int) -> Iterator[Printed]:
    """What was said on an item; nothing where the minutes have no such item."""
    for item in minutes.items:
        if item.number == number:
            for one in item.exchanges:
                yield _noted(item.title, one.opinion, one.reply)


def _noted(title: str, text: str, reply: str) -> Printed:
    return Printed(
        record_id=0,
        text=text,
        matter=Matter(agenda=title),
        speaker="",
        reply_record_id=None,
        reply=reply,
        department="",
    )


def _entered(db: sqlite_utils.Database, origin: Origin) -> Counter[tuple[str, str]]:
    rows = db.execute(
        "select s.digest, o.published_reply from opinion_sources s join opinions o"
        " on o.id = s.opinion_id where s.source = ? and o.state <> ?",
        [origin.source, State.WITHDRAWN.value],
    ).fetchall()
    return Counter((digest, reply) for digest, reply in rows)


def _reword(db: sqlite_utils.Database, origin: Origin, before: Minutes, after: Minutes) -> None:
    """Let the entries of opinions that are said in other words now be known by them.

    Opinions have their order: where an item has as many as before, the third is still the third.
    """
    for number in _numbers(after):
        old, new = list(_said(before, number)), list(_said(after, number))
        if len(old) != len(new):
            continue
        known, told = {one.digest for one in old}, {one.digest for one in new}
        for was, now in zip(old, new, strict=True):
            if was.digest not in told and now.digest not in known:
                db.execute(
                    "update opinion_sources set digest = ? where source = ? and digest = ?",
                    [now.digest, origin.source, was.digest],
                )


def _renew_reply(
    db: sqlite_utils.Database, opinion_id: int, one: Printed, origin: Origin, at: datetime
) -> None:
    """Let an entry have the reply of the minutes, where nobody but they has answered it."""
    state, reply, acted = db.execute(
        "select state, published_reply, exists (select 1 from opinion_history where"
        " opinion_id = o.id and person <> ?) from opinions o where id = ?",
        [PAPER, opinion_id],
    ).fetchone()
    if acted:
        return
    if state == State.RECEIVED:  # it may have come back without the reply that it once had
        db.execute("delete from opinion_replies where opinion_id = ?", [opinion_id])
    if state != State.ANSWERED or reply == one.reply:
        return
    by = By(person=PAPER, at=at)
    if one.reply:
        day = origin.dated or at.isoformat()[:10]
        answer_as_printed(db, opinion_id, one, by, day, anew=True)
        return
    # What nobody has confirmed and nobody says any more was never answered.
    step(db, latest(db, opinion_id), Action.LEAVE, by)
    step(
        db,
        latest(db, opinion_id),
        Action.RESTORE,
        by,
        published_reply="",
        promise="",
        promised_at="",
    )
    db.execute("delete from opinion_replies where opinion_id = ?", [opinion_id])
