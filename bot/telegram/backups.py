"""Backups that a serving bot makes by itself; administrators hear of one that fails."""

from __future__ import annotations

import logging
import sqlite3
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta

from bot.keeping.backup import write_backup
from bot.keeping.erasures import keep_list
from bot.keeping.rota import Rota
from bot.telegram.people.telling import tell_administrators
from corpus.database import FILE_NAME, CouncilDatabase
from corpus.errors import BackupError
from corpus.messages import say
from corpus.migrating import drop_copies

_LOGGER = logging.getLogger(__name__)

_LOOK = 60.0
# A full disk is seldom cleared sooner, and being told of it more often than daily tires people.
_AGAIN, _TOLD_AGAIN = timedelta(hours=1), timedelta(days=1)


class Backups:
    """Makes a backup when one is due, in a thread beside the bot.

    Args:
        database: The store.
        rota: When, and how many are kept.
        settings: Text of the settings, for the backup.
        now: The clock, aware.
    """

    def __init__(
        self, database: CouncilDatabase, rota: Rota, settings: str, now: Callable[[], datetime]
    ) -> None:
        self._database = database
        self._rota = rota
        self._settings = settings
        self._now = now
        self._failed: datetime | None = None
        self._told: datetime | None = None

    def run(self, stop: Callable[[], bool]) -> None:
        """Make what is due until told to stop; a backup under way is given up then."""
        while not stop():
            self.do(stop)
            ends = time.monotonic() + _LOOK
            while not stop() and time.monotonic() < ends:
                time.sleep(0.2)

    def do(self, stop: Callable[[], bool] = lambda: False) -> None:
        """Make a backup where one is due, and delete those that need not be kept."""
        now = self._now()
        self._clear_up(now)
        # A clock that was set back must not put the next attempt off.
        if not self._rota.is_due(now) or _within(self._failed, now, _AGAIN):
            return

        def watched(stage: str, done: int, total: int) -> None:
            if stop():
                raise _StoppedError

        try:
            file = self._rota.file(now)
            write_backup(self._database.folder, file, self._settings, now, report=watched)
            self._rota.rotate(now)
        except _StoppedError:
            return
        except Exception as error:
            # One that nobody foresaw must not end all that follow.
            self._failed = now
            self._tell(str(error) if isinstance(error, BackupError) else type(error).__name__, now)
        else:
            self._failed = None
            _LOGGER.info("backed up: %s", file.name)

    def _clear_up(self, now: datetime) -> None:
        """Keep the list of the erased, and delete what upgrades kept of them."""
        if not self._rota.daily:
            return
        # What cannot be written now is written in a minute; that the disk is full is told anyway.
        with suppress(OSError, sqlite3.Error):
            drop_copies(self._database.folder, now - timedelta(days=self._rota.days))
            if self._rota.folder.is_dir():
                keep_list(self._database.folder / FILE_NAME, self._rota.folder)

    def _tell(self, reason: str, now: datetime) -> None:
        _LOGGER.error("The backup failed: %s", reason)
        if _within(self._told, now, _TOLD_AGAIN):
            return
        try:
            with self._database.write() as db:
                tell_administrators(db, say("backup.failed"), now)
        except sqlite3.Error:
            _LOGGER.exception("Nobody could be told that the backup failed")
        else:
            self._told = now


def _within(at: datetime | None, now: datetime, span: timedelta) -> bool:
    return at is not None and at <= now < at + span


class _StoppedError(Exception):
    """The bot ends."""
