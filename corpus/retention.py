"""What is taken out of the store when its time is over; the ledger, minutes and audit stay."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlite_utils

from corpus.unanswered import HAS_PAPER

# An allowance is of a day at most; what was used of one the day before yesterday says nothing.
_SPENT = timedelta(days=2)


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
