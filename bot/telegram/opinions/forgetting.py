"""A person is erased: what is theirs in the store, and what Telegram left of them there."""

from __future__ import annotations

from collections.abc import Iterable

import sqlite_utils

from corpus.ledger.changes import By
from corpus.ledger.erasure import Erased, forget
from corpus.spending import forget_payer
from corpus.unanswered import forget_asker


def erase(db: sqlite_utils.Database, person_id: int, by: By) -> Erased:
    """Erase a person with all that is only theirs, inside an open transaction.

    Args:
        db: The database of the transaction.
        person_id: The person.
        by: The person, by whose key the audit is told, and now.
    """
    (chat_id,) = db.execute("select telegram_id from people where id = ?", [person_id]).fetchone()
    forget_asker(db, person_id)
    forget_payer(db, person_id)
    erased = forget(db, person_id, by)
    forget_chat(db, chat_id, person_id)
    forget_words(db, erased.removed)
    return erased


def forget_chat(db: sqlite_utils.Database, chat_id: int | None, person_id: int) -> None:
    """Erase what was asked and sent in a person's private chat, inside an open transaction.

    Args:
        db: The database of the transaction.
        chat_id: Their private chat, which has their number; None without one.
        person_id: The row that they had; conversations in groups are known by it.
    """
    db.execute(
        "delete from answers where chat_id = ? or conversation like ?",
        [chat_id, f"telegram:%:%:{person_id}"],
    )
    db.execute("delete from outbox where chat_id = ?", [chat_id])


def forget_words(db: sqlite_utils.Database, numbers: Iterable[str]) -> None:
    """Erase the answers that quote opinions whose words are gone, whoever asked for them."""
    for number in numbers:
        db.execute("delete from answers where instr(answer, ?)", [number])


def drop_strangers(db: sqlite_utils.Database) -> None:
    """Take out what was sent to private chats of people who are not in the store any more.

    What tells them that they were forgotten has to be sent first; it goes here afterwards.
    """
    db.execute(
        "delete from outbox where chat_id > 0 and state in ('sent', 'failed') and chat_id not in"
        " (select telegram_id from people where telegram_id is not null)"
    )
