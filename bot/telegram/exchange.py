"""One update as the handlers see it: who, where, and who reads the answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

import sqlite_utils
from telegram import Message, Update

from bot.access import Person, meet
from bot.telegram.addressing import topic
from corpus.groups import level_of
from corpus.messages import level_name, say
from corpus.people import Role
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

    def as_of(self, db: sqlite_utils.Database) -> Exchange:
        """The exchange with the role and the level of the group that hold by now.

        Args:
            db: The database of an open transaction.
        """
        row = db.execute("select role from people where id = ?", [self.person.id]).fetchone()
        role = Role(row[0]) if row else Role.CITIZEN
        return replace(
            self, person=replace(self.person, role=role), level=level_of(db, self.chat_id)
        )

    @property
    def limited(self) -> str:
        """What is to be said of the papers that an answer in a group is drawn from."""
        if self.audience is Visibility.PUBLIC:
            return say("telegram.public_here")
        return say("telegram.level_here", level=level_name(self.audience))


def taken_up(db: sqlite_utils.Database, update: Update, now: Callable[[], datetime]) -> Exchange:
    """An update as the handlers see it; whoever is new becomes a citizen.

    Args:
        db: The database of an open write transaction.
        update: It came from a person in a chat.
        now: The clock, aware.
    """
    user, chat, message = update.effective_user, update.effective_chat, update.effective_message
    if user is None or chat is None:
        raise ValueError("an update without a person or a chat was let through")
    pressed = update.callback_query is not None
    return Exchange(
        update_id=update.update_id,
        chat_id=chat.id,
        private=str(chat.type) == "private",
        thread=topic(message) if isinstance(message, Message) else None,
        message_id=None if pressed or message is None else message.message_id,
        person=meet(db, user.id, now),
        level=level_of(db, chat.id),
        delicate=isinstance(message, Message) and not pressed and _holds_personal_data(message),
    )


def narrowed(db: sqlite_utils.Database, exchange: Exchange) -> bool:
    """Whether the person may do less, or the readers see less, than when it was opened.

    Args:
        db: The database of an open transaction.
        exchange: The update.
    """
    now = exchange.as_of(db)
    return now.person.role.rank < exchange.person.role.rank or now.audience < exchange.audience


def _holds_personal_data(message: Message) -> bool:
    """Whether a message, or the one that it replies to, holds personal data."""
    both = (message, message.reply_to_message)
    return any(find(one.text or one.caption or "") for one in both if one is not None)
