"""One update as the handlers see it: who, where, and who reads the answer."""

from __future__ import annotations

from dataclasses import dataclass, replace

import sqlite_utils
from telegram import Message

from bot.access import Person
from corpus.database import OpenTransaction
from corpus.groups import level_of
from corpus.messages import level_name, say
from corpus.people import People, Role
from corpus.types import Visibility
from retrieval.understanding.personal_data import find


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """One update as the handlers see it.

    Attributes:
        update_id: Number of the update.
        chat_id: Where it was said, and where the answer goes.
        private: Whether the chat is between the person and the bot alone.
        thread: Forum topic, if any.
        message_id: What the person wrote; None after a press of a button.
        person: Who addressed the bot.
        level: Level of the group; public for one that nobody bound, and in private.
        delicate: Whether what they wrote holds personal data, which must leave the log at once.
    """

    update_id: int
    chat_id: int
    private: bool
    thread: int | None
    message_id: int | None
    person: Person
    level: Visibility = Visibility.PUBLIC
    delicate: bool = False

    @property
    def dong(self) -> str:
        """The person's own neighbourhood; in a group it is nobody else's business."""
        return self.person.dong if self.private else ""

    @property
    def audience(self) -> Visibility:
        """Who will read the answer: in a group all of it, so its level counts.

        Nobody gets more there than they may see themselves, either.
        """
        return self.person.audience if self.private else min(self.level, self.person.audience)

    @property
    def limited(self) -> str:
        """What is to be said of the papers that an answer in a group is drawn from."""
        if self.audience is Visibility.PUBLIC:
            return say("telegram.public_here")
        return say("telegram.level_here", level=level_name(self.audience))


def narrowed(db: sqlite_utils.Database, exchange: Exchange) -> bool:
    """Whether who reads the answer may see less by now than when the exchange was opened.

    Args:
        db: The database of an open transaction.
        exchange: The update.
    """
    member = People(OpenTransaction(db)).get(exchange.person.id)
    person = replace(exchange.person, role=member.role if member else Role.CITIZEN)
    now = replace(exchange, person=person, level=level_of(db, exchange.chat_id))
    return now.audience < exchange.audience


def holds_personal_data(message: Message) -> bool:
    """Whether a message, or the one that it replies to, holds personal data."""
    both = (message, message.reply_to_message)
    return any(find(one.text or one.caption or "") for one in both if one is not None)
