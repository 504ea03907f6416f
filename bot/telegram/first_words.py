"""What a person is told once, below the first message that the bot sends them."""

from __future__ import annotations

from datetime import datetime

import sqlite_utils

from bot.render import LIMIT, escaped, length
from corpus.messages import say


def with_first_words(db: sqlite_utils.Database, person_id: int, text: str, now: datetime) -> str:
    """A message, for whom it is the first with one sentence about what is kept of them.

    Where both do not fit, the sentence comes with the next message.

    Args:
        db: The database of the transaction that sends the message.
        person_id: Whom it answers.
        text: The message, as HTML.
        now: The time, aware.
    """
    whole = f"{text}\n\n<i>{escaped(say('privacy.first'))}</i>"
    if length(whole) > LIMIT:
        return text
    first = db.execute(
        "update people set informed_at = ? where id = ? and informed_at is null",
        [now.isoformat(), person_id],
    ).rowcount
    return whole if first else text
