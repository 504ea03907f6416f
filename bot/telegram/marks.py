"""The highest message number known of each chat, by which an unanswered send is looked for."""

from __future__ import annotations

import json

from telegram import Update

from corpus.database import CouncilDatabase

# Supergroups and channels have numbers below this one; each counts its messages by itself.
# Private chats and basic groups of a bot share one counter.
_SUPERGROUPS = -1_000_000_000_000
_SHARED = 0
_HIGHEST = 2**63 - 1


def counter(chat_id: int) -> int:
    """Which counter numbers a chat's messages."""
    return chat_id if chat_id <= _SUPERGROUPS else _SHARED


def same_counter(chat_id: int) -> tuple[int, int]:
    """The lowest and the highest number of the chats whose messages share a chat's counter."""
    key = counter(chat_id)
    return (_SUPERGROUPS + 1, _HIGHEST) if key == _SHARED else (key, key)


class Marks:
    """High-water marks: what has been seen of each counter so far."""

    def __init__(self) -> None:
        self._highest: dict[int, int] = {}

    @classmethod
    def of(cls, database: CouncilDatabase) -> Marks:
        """The marks that the store's own rows give; updates still waiting add theirs."""
        marks = cls()
        for row in database.read(
            "select chat_id, max(message_id) highest from outbox"
            " where message_id is not null group by chat_id"
            " union all select chat_id, max(question_message_id) from answers"
            " where chat_id is not null and question_message_id is not null group by chat_id"
        ):
            marks.see(row["chat_id"], row["highest"])
        for row in database.read("select payload from outbox where state = 'sending'"):
            marks.see(*json.loads(row["payload"]).get("after", (_SHARED, 0)))
        return marks

    def see(self, chat_id: int, message_id: int) -> None:
        """Take note of a message's number."""
        key = counter(chat_id)
        self._highest[key] = max(message_id, self._highest.get(key, 0))

    def see_update(self, update: Update) -> None:
        """Take note of an update's message, whether or not the bot keeps the update."""
        message = update.effective_message
        if message is not None:
            self.see(message.chat.id, message.message_id)

    def highest(self, chat_id: int) -> int:
        """The highest number known; 0 when nothing was ever seen."""
        return self._highest.get(counter(chat_id), 0)
