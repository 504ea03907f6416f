"""Whether the bot does what it is for: reads its store, receives, answers and delivers."""

from __future__ import annotations

import logging
import sqlite3
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from corpus.database import CouncilDatabase

if TYPE_CHECKING:
    from bot.telegram.tally import Tally

_LOGGER = logging.getLogger(__name__)

# Telegram answers a request for updates after 10 s at the latest, and is asked again at once; after
# a failure PTB waits up to 30 s.
_DEAF = 60.0
# An answer takes less than a second and a limit of Telegram's some; what has waited five minutes
# while nothing else moved waits for somebody to look.
_STUCK = 300.0
# Times are written with their offsets, which SQLite heeds.
_INBOX = """
    select count(*), (julianday(?) - min(julianday(received_at))) * 86400
    from inbox where state = 'waiting'
"""
_OUTBOX = """
    select count(*), (julianday(?) - min(julianday(created_at))) * 86400
    from outbox where state in ('queued', 'sending')
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Queue:
    """One of the two queues of the store.

    Attributes:
        waiting: How many wait in it.
        oldest: How long the oldest has waited, in seconds; 0 where none waits.
    """

    waiting: int
    oldest: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """What works at one moment.

    Attributes:
        store: The store can be read.
        receiving: Telegram is asked for updates and answers, or may deliver them.
        answering: No update has waited too long.
        delivering: No message waits, or messages do arrive.
    """

    store: bool
    receiving: bool
    answering: bool
    delivering: bool

    @property
    def well(self) -> bool:
        """Whether everything works."""
        return self.store and self.receiving and self.answering and self.delivering


def inbox(database: CouncilDatabase, now: datetime) -> Queue:
    """Updates that are still to be handled."""
    return _queue(database, _INBOX, now)


def outbox(database: CouncilDatabase, now: datetime) -> Queue:
    """Messages that are still to be delivered."""
    return _queue(database, _OUTBOX, now)


def _queue(database: CouncilDatabase, sql: str, now: datetime) -> Queue:
    waiting, oldest = database.read(sql, [now.isoformat()])[0]
    return Queue(waiting=waiting, oldest=max(0.0, oldest or 0.0))


def health(
    database: CouncilDatabase, tally: Tally, now: datetime, *, listening: bool | None
) -> Health:
    """What works now.

    Args:
        database: The store.
        tally: What the run has done.
        now: The time, aware.
        listening: Whether the server that Telegram delivers to is running; None where updates are
            asked for.
    """
    if listening is None:
        heard = tally.heard_at
        listening = heard is not None and tally.clock() - heard <= _DEAF
    try:
        came, goes = inbox(database, now), outbox(database, now)
    except sqlite3.Error as error:
        _LOGGER.error("The store cannot be read: %s", error)  # noqa: TRY400 -- the place is known
        return Health(store=False, receiving=listening, answering=False, delivering=False)
    moving = tally.clock() - tally.delivered_at <= _STUCK
    return Health(
        store=True,
        receiving=listening,
        answering=came.oldest <= _STUCK,
        delivering=goes.oldest <= _STUCK or moving,
    )
