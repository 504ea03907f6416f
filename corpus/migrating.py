"""Brings stores of earlier versions forward: tried on a copy first, a copy kept as it was."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path

import sqlite_utils
from filelock import FileLock

from corpus.errors import BusyError, StoreError
from corpus.locks import is_served
from corpus.messages import say
from corpus.schema import applied_steps, migrate, pending_steps, unknown_steps
from corpus.snapshot import problems, reading, take_snapshot

_LOCK = "migrate.lock"
FOLDER = "backups"
"""Where stores are kept as they were, below the data folder."""

# The last few upgrades can be taken back.
_KEPT = 3


def rehearse(path: Path) -> None:
    """Make sure that a store can be brought forward, and keep a copy of it as it is.

    Nothing is done for a store that is new or has every step. The store itself is not touched.

    Args:
        path: Its file.

    Raises:
        StoreError: A newer program made it, it is damaged, or a step does not work on it.
        BusyError: A bot of an earlier version serves it.
        sqlite3.DatabaseError: It is no database.
        OSError: There is no room for the copies.
    """
    if not _waiting(path):
        return
    folder = path.parent
    with FileLock(folder / _LOCK):
        steps = _waiting(path)  # another process may have been faster
        if not steps:
            return
        if is_served(folder):
            raise BusyError(say("store.served", path=folder))
        with _copies(folder) as (before, trial):
            take_snapshot(path, before)
            shutil.copyfile(before, trial)
            _try(path, trial)
            before.replace(folder / FOLDER / f"before-{steps[0]}.sqlite3")
        _rotate(folder / FOLDER)


def _waiting(path: Path) -> list[str]:
    """Steps that a store lacks; none for one that has no step at all and so is new."""
    with closing(reading(path)) as connection:
        steps = applied_steps(connection)
    if unknown_steps(steps):
        raise StoreError(say("store.newer"))
    return pending_steps(steps) if steps else []


@contextmanager
def _copies(folder: Path) -> Iterator[tuple[Path, Path]]:
    (folder / FOLDER).mkdir(mode=0o700, exist_ok=True)
    made = [folder / FOLDER / f".{name}.part" for name in ("before", "trial")]
    try:
        for path in made:
            path.unlink(missing_ok=True)
        yield made[0], made[1]
    finally:
        for path in made:
            path.unlink(missing_ok=True)


def _try(path: Path, trial: Path) -> None:
    if found := problems(trial):
        raise StoreError(say("store.unusable", path=path, reason=found[0]))
    try:
        with closing(sqlite3.connect(trial, isolation_level=None)) as connection:
            connection.execute("pragma foreign_keys=on")
            migrate(sqlite_utils.Database(connection, execute_plugins=False))
    except Exception as error:  # a step is code, and may meet what nobody thought of
        raise StoreError(say("store.not_brought_forward", path=path, reason=error)) from error
    if found := problems(trial):
        raise StoreError(say("store.not_brought_forward", path=path, reason=found[0]))


def drop_copies(folder: Path, before: datetime) -> None:
    """Delete the copies of a store that upgrades made before a time: erased people are in them.

    Args:
        folder: The data folder.
        before: The time, aware.
    """
    for path in (folder / FOLDER).glob("before-m*.sqlite3"):
        if path.stat().st_mtime < before.timestamp():
            path.unlink(missing_ok=True)


def _rotate(folder: Path) -> None:
    copies = sorted(folder.glob("before-m*.sqlite3"), key=lambda path: path.stat().st_mtime)
    for path in copies[:-_KEPT]:
        path.unlink(missing_ok=True)
