"""Groups whose level staff have set: who reads the answers there decides what they may hold."""

from __future__ import annotations

import sqlite_utils

from corpus.audit import write_entry
from corpus.ledger.changes import By
from corpus.types import Visibility

GONE = "telegram"
"""Who ends a binding when the bot is taken out of a group."""


def level_of(db: sqlite_utils.Database, chat_id: int) -> Visibility:
    """The level of a group; public until somebody binds it."""
    row = db.execute("select level from bound_groups where chat_id = ?", [chat_id]).fetchone()
    return Visibility(row[0]) if row else Visibility.PUBLIC


def bind(
    db: sqlite_utils.Database, chat_id: int, level: Visibility, seen: Visibility, by: By
) -> bool:
    """Set the level of a group inside an open transaction.

    Args:
        db: The database of the transaction.
        chat_id: Telegram's number of the group.
        level: The new level; public ends the binding.
        seen: The level that the person saw; where it is another by now, nothing is changed.
        by: Who sets it.

    Returns:
        Whether it was set.
    """
    if level_of(db, chat_id) is not seen:
        return False
    if level is not seen:
        db.execute("delete from bound_groups where chat_id = ?", [chat_id])
        if level is not Visibility.PUBLIC:
            row = [chat_id, int(level), by.person, by.at.isoformat(timespec="seconds")]
            db.execute("insert into bound_groups values (?, ?, ?, ?)", row)
        _write(db, "bind", chat_id, {"old": _name(seen), "new": _name(level)}, by)
    return True


def unbind(db: sqlite_utils.Database, chat_id: int, by: By) -> None:
    """End the binding of a group, if it has one, inside an open transaction."""
    bind(db, chat_id, Visibility.PUBLIC, level_of(db, chat_id), by)


def move_group(db: sqlite_utils.Database, old: int, new: int) -> None:
    """Let a binding follow a group that became a supergroup, inside an open transaction."""
    db.execute("update or replace bound_groups set chat_id = ? where chat_id = ?", [new, old])


def _write(
    db: sqlite_utils.Database, action: str, chat_id: int, details: dict[str, str], by: By
) -> None:
    subject = f"group {chat_id}"
    write_entry(db, at=by.at, person=by.person, action=action, subject=subject, details=details)


def _name(level: Visibility) -> str:
    return level.name.lower()
