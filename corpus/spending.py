"""What people have used of what they may ask for; rows, so that a restart forgets nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlite_utils


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowance:
    """How much of something one person or one group may have.

    Attributes:
        payer: Who.
        what: What, with its period: `question_minute`.
        most: How much.
        period: In which time, from the first of it.
    """

    payer: str
    what: str
    most: int
    period: timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """Something that somebody may not have now.

    Attributes:
        allowance: What is used up.
        until: When there is more.
        first: Whether nobody was told yet; once a period is enough.
    """

    allowance: Allowance
    until: datetime
    first: bool


def spend(
    db: sqlite_utils.Database, allowances: Sequence[Allowance], now: datetime
) -> Refusal | None:
    """Use one of each allowance inside an open transaction, or none where one is used up.

    Args:
        db: The database of the transaction.
        allowances: All that count.
        now: The time, aware.

    Returns:
        None where there was enough of all; else what was lacking.
    """
    for allowance in allowances:
        _renew(db, allowance, now)
    for allowance in allowances:
        count, told, began = db.execute(
            "select count, told, began from spending where payer = ? and what = ?",
            [allowance.payer, allowance.what],
        ).fetchone()
        if count >= allowance.most:
            _use(db, allowance, count=0, told=1)
            until = datetime.fromisoformat(began) + allowance.period
            return Refusal(allowance=allowance, until=until, first=not told)
    for allowance in allowances:
        _use(db, allowance, count=1, told=0)
    return None


def payer_of(person_id: int) -> str:
    """The name by which a person pays."""
    return f"person {person_id}"


def forget_payer(db: sqlite_utils.Database, person_id: int) -> None:
    """Take out what a person has used."""
    db.execute("delete from spending where payer = ?", [payer_of(person_id)])


def _renew(db: sqlite_utils.Database, allowance: Allowance, now: datetime) -> None:
    """Begin a period where none runs; one that begins after now was written by a wrong clock."""
    db.execute(
        "insert into spending (payer, what, began, count) values (?, ?, ?, 0)"
        " on conflict (payer, what) do update set began = excluded.began, count = 0, told = 0"
        " where julianday(began) > julianday(excluded.began)"
        " or julianday(began) <= julianday(?)",
        [
            allowance.payer,
            allowance.what,
            now.isoformat(),
            (now - allowance.period).isoformat(),
        ],
    )


def _use(db: sqlite_utils.Database, allowance: Allowance, *, count: int, told: int) -> None:
    db.execute(
        "update spending set count = count + ?, told = max(told, ?) where payer = ? and what = ?",
        [count, told, allowance.payer, allowance.what],
    )
