"""Authors who cannot be written to: told where they spoke that there is something for them.

Telegram lets a bot write first only to people who have opened a chat with it, and whoever raises an
opinion in a group may never have. What was replied stays between them and staff, so the group only
learns that there is a reply; a button leads to the private chat, where it can be read.
"""

from __future__ import annotations

from datetime import datetime

import sqlite_utils
from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.render import escaped
from bot.telegram.letters import Letter
from bot.telegram.outbox import notice
from corpus.ledger.numbers import quoted
from corpus.messages import say
from corpus.types import Visibility

MINE = "my"
"""What `/start` carries when somebody comes by such a button."""


def private_chat(username: str) -> InlineKeyboardMarkup:
    """A button that opens the private chat at the person's own opinions."""
    url = f"https://t.me/{username}?start={MINE}"
    return InlineKeyboardMarkup([[InlineKeyboardButton(say("opinion.button_private"), url=url)]])


def tell_in_group(
    db: sqlite_utils.Database, opinion_id: int, username: str, now: datetime
) -> int | None:
    """Tell an author in the group where they spoke that something waits for them in private.

    Args:
        db: The database of an open transaction.
        opinion_id: Their opinion.
        username: The bot's name, for the button.
        now: Time of writing, aware.

    Returns:
        The group; None where the opinion came from none.
    """
    row = db.execute(
        "select number, chat_id, message_id from opinions where id = ? and chat_id < 0",
        [opinion_id],
    ).fetchone()
    if row is None:
        return None
    number, chat_id, message_id = row
    text = escaped(say("opinion.news_in_private", number=number))
    public = Visibility.PUBLIC
    notice(db, chat_id, text, private_chat(username), now, level=public, reply_to=message_id)
    return int(chat_id)


def instead_of(
    db: sqlite_utils.Database, letter: Letter, username: str, now: datetime
) -> int | None:
    """As `tell_in_group`, for a reply or a question that an author's private chat refused."""
    found = quoted(str(letter.parameters.get("text", "")))
    if not letter.notice or "reply_markup" not in letter.parameters or found is None:
        return None
    row = db.execute(
        "select o.id from opinions o join people p on p.id = o.author_id"
        " where o.year = ? and o.ordinal = ? and p.telegram_id = ?",
        [*found, letter.chat_id],
    ).fetchone()
    return tell_in_group(db, row[0], username, now) if row else None
