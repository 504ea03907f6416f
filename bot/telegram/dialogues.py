"""Talks of several messages, kept as rows so that they outlive a restart."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import sqlite_utils
from telegram import Message
from telegram.ext import filters

from bot.telegram.addressing import topic
from bot.telegram.desk import Exchange
from corpus.database import CouncilDatabase

LEDGER = "ledger"
"""Kind of the dialogues in which something about an opinion is typed."""

# Whoever comes back later has a new question in mind, not the old dialogue.
_OPEN = timedelta(hours=2)


def open_dialogue(
    db: sqlite_utils.Database, exchange: Exchange, kind: str, state: dict[str, Any], at: datetime
) -> None:
    """Begin or carry on a person's dialogue in a chat, inside an open transaction.

    Args:
        db: The database of the transaction.
        exchange: Who and where; one dialogue a person, chat and topic.
        kind: Whose dialogue it is.
        state: What has been said so far, as JSON values.
        at: Now.
    """
    db.execute(
        "insert or replace into dialogues values (?, ?, ?, ?, ?, ?)",
        [*_place(exchange), kind, json.dumps(state, ensure_ascii=False), at.isoformat()],
    )


def close_dialogue(db: sqlite_utils.Database, exchange: Exchange) -> bool:
    """End a person's dialogue in a chat; False where there was none."""
    cursor = db.execute(
        "delete from dialogues where person_id = ? and chat_id = ? and thread = ?",
        _place(exchange),
    )
    return bool(cursor.rowcount)


def _place(exchange: Exchange) -> list[int]:
    return [exchange.person.id, exchange.chat_id, exchange.thread or 0]


class Dialogues:
    """Reads open dialogues.

    Args:
        database: The store.
        now: The clock, aware.
    """

    def __init__(self, database: CouncilDatabase, now: Callable[[], datetime]) -> None:
        self._database = database
        self._now = now

    def state(self, exchange: Exchange, kind: str) -> dict[str, Any] | None:
        """What has been said in a person's dialogue of a kind; None without an open one."""
        row = self._database.one(
            "select state, changed_at from dialogues"
            " where person_id = ? and chat_id = ? and thread = ? and kind = ?",
            [*_place(exchange), kind],
        )
        if row is None or not self._fresh(row["changed_at"]):
            return None
        state: dict[str, Any] = json.loads(row["state"])
        return state

    def awaits(self, message: Message, kind: str) -> bool:
        """Whether a message carries on its sender's dialogue."""
        if message.from_user is None or not message.text or message.text.startswith("/"):
            return False
        row = self._database.one(
            "select d.changed_at from dialogues d join people p on p.id = d.person_id"
            " where p.telegram_id = ? and d.chat_id = ? and d.thread = ? and d.kind = ?",
            [message.from_user.id, message.chat.id, topic(message) or 0, kind],
        )
        return row is not None and self._fresh(row["changed_at"])

    def _fresh(self, changed_at: str) -> bool:
        return datetime.fromisoformat(changed_at) > self._now() - _OPEN


class DialogueFilter(filters.MessageFilter):
    """Lets through what carries on a dialogue.

    Args:
        dialogues: Knows the open ones.
        kind: Whose dialogue it is.
    """

    def __init__(self, dialogues: Dialogues, kind: str) -> None:
        super().__init__(name=f"dialogue {kind}")
        self._dialogues = dialogues
        self._kind = kind

    def filter(self, message: Message) -> bool:
        """Whether the message carries on its sender's dialogue."""
        return self._dialogues.awaits(message, self._kind)
