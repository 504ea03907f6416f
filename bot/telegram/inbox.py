"""Updates on disk before Telegram is told that they came, and until they have been handled.

`Updater` awaits `put` before it confirms an update to Telegram: before the next `getUpdates` when
polling, before the 200 when Telegram delivers. A `put` that raises would end polling without a
word, so it does not raise: the writer tries until the store takes it.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Callable
from datetime import datetime

import sqlite_utils
from telegram import Bot, Update

from bot.telegram.writer import Writer
from corpus.database import CouncilDatabase

_LOGGER = logging.getLogger(__name__)


class Inbox(asyncio.Queue[object]):
    """The queue between Telegram and the handlers.

    Args:
        writer: Writes to the store.
        now: The clock, aware.
    """

    def __init__(self, writer: Writer, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._writer = writer
        self._now = now
        self.keeps: Callable[[Update], bool] = lambda update: True
        self.sees: Callable[[Update], None] = lambda update: None

    async def put(self, item: object) -> None:
        """Write an update down, then hand it on; one that is known or not for the bot ends here."""
        if not isinstance(item, Update):
            await super().put(item)
            return
        if self._wanted(item) and await self._writer.write(lambda db: self._insert(db, item)):
            await super().put(item)

    def _wanted(self, update: Update) -> bool:
        """Whether an update is for the bot; one that lacks what every update has is not."""
        try:
            self.sees(update)
            return self.keeps(update)
        except (AttributeError, TypeError, ValueError) as error:
            _LOGGER.warning("an update is passed over: %s", type(error).__name__)
            return False

    def _insert(self, db: sqlite_utils.Database, update: Update) -> bool:
        cursor = db.execute(
            "insert or ignore into inbox (update_id, payload, state, received_at)"
            " values (?, ?, 'waiting', ?)",
            [update.update_id, update.to_json(), self._now().isoformat()],
        )
        return bool(cursor.rowcount)

    async def replay(self, database: CouncilDatabase, bot: Bot) -> None:
        """Take up the updates that an earlier run received and did not finish."""
        for row in database.read(
            "select update_id, payload from inbox where state = 'waiting' order by update_id"
        ):
            update = Update.de_json(json.loads(row["payload"]), bot)
            self.sees(update)
            self.put_nowait(update)

    def drop_queued(self) -> None:
        """Forget what no handler has taken; it stays in the store for the next start."""
        while not self.empty():
            self.get_nowait()
            self.task_done()


def begin(db: sqlite_utils.Database, update_id: int) -> int:
    """Count an attempt at an update.

    Returns:
        Attempts so far with this one; 0 when the update is not waiting to be handled.
    """
    row = db.execute(
        "update inbox set attempts = attempts + 1 where update_id = ? and state = 'waiting'"
        " returning attempts",
        [update_id],
    ).fetchone()
    return 0 if row is None else int(row[0])


def finish(db: sqlite_utils.Database, update_id: int, now: datetime) -> None:
    """Mark an update handled and erase what it said, in the transaction of its effects."""
    _end(db, update_id, "done", now)


def fail(db: sqlite_utils.Database, update_id: int, now: datetime) -> bool:
    """Give an update up and erase what it said; False when it had been handled already."""
    return _end(db, update_id, "failed", now)


def _end(db: sqlite_utils.Database, update_id: int, state: str, now: datetime) -> bool:
    cursor = db.execute(
        "update inbox set state = ?, payload = '', handled_at = ?"
        " where update_id = ? and state = 'waiting'",
        [state, now.isoformat(), update_id],
    )
    return bool(cursor.rowcount)
