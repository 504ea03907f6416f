"""What the audit is told of people in Telegram: kinds of things asked for, never words."""

from __future__ import annotations

import json
from datetime import datetime

import sqlite_utils

from bot.clock import seoul
from bot.telegram.exchange import Exchange
from corpus.audit import write_entry
from retrieval.types import Answer, Basis


def account(
    db: sqlite_utils.Database,
    exchange: Exchange,
    at: datetime,
    action: str,
    subject: str,
    **details: object,
) -> None:
    """Write into the audit what somebody did, inside the transaction that does it.

    Args:
        db: The database of the transaction.
        exchange: Who did it and where; that it was in a group is written, not in which.
        at: Now, aware.
        action: What was done; a key of `[audit_action]` in `corpus/messages.toml`.
        subject: What it was done to.
        details: What else is to be known.
    """
    where = {} if exchange.private else {"group": True}
    write_entry(
        db,
        at=seoul(at),
        person=exchange.person.key,
        action=action,
        subject=subject,
        details={"level": exchange.audience.name.lower(), **where, **details},
    )


def account_of_answer(
    db: sqlite_utils.Database, exchange: Exchange, at: datetime, answer: Answer
) -> None:
    """Write that somebody asked, what the answer rests on, and of what kind its papers are."""
    papers = sorted({one.document_id for one in answer.citations})
    kinds = db.execute(
        "select distinct kind from documents where id in (select value from json_each(?))"
        " order by kind",
        [json.dumps(papers)],
    ).fetchall()
    account(
        db,
        exchange,
        at,
        "ask",
        "question",
        basis=answer.basis.value,
        answered=answer.basis is not Basis.NONE,
        kinds=[kind for (kind,) in kinds],
    )
