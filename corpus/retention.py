"""What is taken out of the store when its time is over; the ledger, minutes and audit stay."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlite_utils

from corpus.unanswered import HAS_PAPER

# An allowance is of a day at most; what was used of one the day before yesterday says nothing.
_SPENT = timedelta(days=2)


# An office is closed for ten days at most. Where the clock is more than a month further than when
# this was to be done next, it is more likely wrong than right, and what is taken out is gone: a
# week is time to see it and to set the clock right, which ends the rest.
_JUMP, _REST = timedelta(days=31), timedelta(days=7)
_CHORE, _RESTING = "retention", "retention rests"


@dataclass(frozen=True, slots=True, kw_only=True)
class Periods:
    """How long things are kept.

    Attributes:
        conversations: Questions with their answers.
        unanswered: Unanswered questions, and who asked.
        outbox: Which messages were sent where.
        inbox: Numbers of updates that were handled.
        drafts: What somebody began and did not confirm.
    """

    conversations: timedelta
    unanswered: timedelta
    outbox: timedelta
    inbox: timedelta
    drafts: timedelta


def jumped(db: sqlite_utils.Database, now: datetime) -> datetime | None:
    """Begin a rest where the clock has jumped ahead, inside an open transaction.

    Args:
        db: The database of the transaction, in which it is set down when the job was due next.
        now: The time, aware.

    Returns:
        Until when nothing is taken out; None where the clock has not jumped.
    """
    row = db.execute("select due_at from chores where name = ?", [_CHORE]).fetchone()
    if row is None or now - datetime.fromisoformat(row[0]) <= _JUMP:
        return None
    until = now + _REST
    db.execute("insert or replace into chores values (?, ?)", [_RESTING, until.isoformat()])
    return until


def resting(db: sqlite3.Connection | sqlite_utils.Database, now: datetime) -> datetime | None:
    """Until when nothing is taken out; None where it is.

    A rest that a clock began which has been set back since is none.

    Args:
        db: The store.
        now: The time, aware.
    """
    row = db.execute("select due_at from chores where name = ?", [_RESTING]).fetchone()
    until = datetime.fromisoformat(row[0]) if row else now
    return until if now < until <= now + _REST else None


def clear(db: sqlite_utils.Database, periods: Periods, now: datetime) -> None:
    """Take out what is older than its period, inside an open transaction.

    Moments are compared as moments: they were written with one offset or another. What is still to
    be sent or handled stays however old it is. Of each chat the newest message's number stays: by
    it a send without an answer is looked for. An answer of staff stays with its paper.

    Args:
        db: The database of the transaction.
        periods: How long things are kept.
        now: The time, aware.
    """
    for sql, period in (
        ("delete from answers where julianday(asked_at) < julianday(?)", periods.conversations),
        (
            f"delete from unanswered where state <> 'answered' and not {HAS_PAPER}"
            " and julianday(last_at) < julianday(?)",
            periods.unanswered,
        ),
        (
            "delete from unanswered_askers where question_id in (select id from unanswered"
            " where julianday(last_at) < julianday(?))",
            periods.unanswered,
        ),
        (
            "delete from outbox where state in ('sent', 'failed')"
            " and julianday(created_at) < julianday(?) and id not in"
            " (select id from (select id, max(message_id) from outbox group by chat_id))",
            periods.outbox,
        ),
        (
            "delete from inbox where state <> 'waiting' and julianday(received_at) < julianday(?)",
            periods.inbox,
        ),
        (
            "delete from opinion_drafts where julianday(made_at) < julianday(?)",
            periods.drafts,
        ),
        ("delete from dialogues where julianday(changed_at) < julianday(?)", periods.drafts),
        ("delete from spending where julianday(began) < julianday(?)", _SPENT),
    ):
        db.execute(sql, [(now - period).isoformat()])
