"""What people are told of their own role, and administrators of what goes wrong."""

from __future__ import annotations

from datetime import datetime

import sqlite_utils

from bot.people_cards import told
from bot.render import escaped
from bot.telegram.outbox import notice
from corpus.database import OpenTransaction
from corpus.people import People, Role
from corpus.types import Visibility


def tell_administrators(db: sqlite_utils.Database, text: str, now: datetime) -> None:
    """Tell all administrators something plain inside an open transaction."""
    rows = db.execute(
        "select telegram_id from people where role = ? and telegram_id is not null"
        " and blocked_at is null",
        [Role.ADMINISTRATOR.value],
    ).fetchall()
    for (chat_id,) in rows:
        notice(db, chat_id, escaped(text), None, now, level=Visibility.STAFF)


def tell_role(db: sqlite_utils.Database, person_id: int, role: Role, now: datetime) -> int | None:
    """Tell a person their new role inside an open transaction.

    Whoever serves the store sends it within a minute, or when it starts.

    Returns:
        The chat that is told; None where the person cannot be written to.
    """
    member = People(OpenTransaction(db)).get(person_id)
    if member is None or member.telegram_id is None:
        return None
    notice(db, member.telegram_id, escaped(told(role)), None, now, level=Visibility.PUBLIC)
    return member.telegram_id
