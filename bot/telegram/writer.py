"""The channel's writes to the store, off the event loop and not given up when the disk is busy."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import sqlite_utils

from corpus.database import CouncilDatabase

T = TypeVar("T")

_LOGGER = logging.getLogger(__name__)

# A locked store frees up within seconds, a full disk when somebody clears it: look every 5 s.
_FIRST_WAIT, _LONGEST_WAIT = 0.1, 5.0
# What passes by itself or when somebody acts. SQLite calls a faulty statement operational too; that
# one would never pass.
_PASSING = {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_CANTOPEN,
}


class Writer:
    """Runs transactions one after another in a thread of its own.

    Args:
        database: The store.
    """

    def __init__(self, database: CouncilDatabase) -> None:
        self._database = database
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="telegram-writer")

    async def write(self, work: Callable[[sqlite_utils.Database], T]) -> T:
        """Commit one transaction and return what it returned.

        A store that is locked, full or unreachable is tried again for as long as it takes: what
        people said must neither be lost nor be confirmed before it is kept.

        Args:
            work: Uses the open transaction's database; may run several times, so it must change
                nothing else.

        Raises:
            Exception: Whatever `work` raises beyond the store's own trouble.
        """
        wait = _FIRST_WAIT
        while True:
            try:
                return await asyncio.get_running_loop().run_in_executor(
                    self._thread, self._commit, work
                )
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode & 0xFF not in _PASSING:
                    raise
                _LOGGER.error("The store cannot be written (%s); trying again", error)  # noqa: TRY400 -- no traceback every 5 s
            await asyncio.sleep(wait)
            wait = min(2 * wait, _LONGEST_WAIT)

    async def scrub(self) -> None:
        """Let what was erased leave the write-ahead log, too."""
        loop = asyncio.get_running_loop()
        await loop.run_in_executor(self._thread, self._database.scrub)

    def _commit(self, work: Callable[[sqlite_utils.Database], T]) -> T:
        with self._database.write() as db:
            return work(db)

    def close(self) -> None:
        """Wait for the transaction that is running, then end the thread."""
        self._thread.shutdown(wait=True)
