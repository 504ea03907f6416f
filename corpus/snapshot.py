"""A consistent copy of a store, taken while others write to it, and what is wrong with a store."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

# 4 MB a step: the bar moves, and other threads of this process get their turn between steps.
_PAGES = 1024
_BUSY_SECONDS = 30

Progress = Callable[[int, int], None]
"""Told (done, total) as work goes on."""


def silent(done: int, total: int) -> None:
    """Progress that nobody watches."""


def reading(path: Path) -> sqlite3.Connection:
    """A connection to a store that cannot write, whoever else uses it.

    Raises:
        sqlite3.Error: The file cannot be opened.
    """
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode=ro{_unchanging(path)}",
        uri=True,
        timeout=_BUSY_SECONDS,
        isolation_level=None,
        check_same_thread=False,
    )
    connection.execute("pragma query_only=on")
    return connection


def _unchanging(path: Path) -> str:
    """What lets SQLite read a store on a disk that went read-only, where it can make no log."""
    log = path.with_name(f"{path.name}-wal")
    logged = log.exists() and log.stat().st_size > 0
    return "" if logged or os.access(path.parent, os.W_OK) else "&immutable=1"


def take_snapshot(source: Path, target: Path, progress: Progress = silent) -> None:
    """Copy a store as it stands at one moment into one file without a log beside it.

    Args:
        source: The file of the store; writers go on meanwhile.
        target: A file that does not exist yet.
        progress: Told about pages.

    Raises:
        sqlite3.Error: The store cannot be read.
        OSError: The copy cannot be written.
    """
    with closing(reading(source)) as origin, closing(sqlite3.connect(target)) as copy:
        # Without a transaction around it, every commit of another process starts the copy anew.
        origin.execute("begin")
        origin.execute("select count(*) from sqlite_master").fetchone()
        origin.backup(
            copy, pages=_PAGES, progress=lambda _, left, total: progress(total - left, total)
        )
        origin.execute("rollback")
        copy.execute("pragma journal_mode=delete").fetchone()
    target.chmod(0o600)
    to_disk(target)


def problems(path: Path) -> list[str]:
    """What SQLite finds wrong with a store that nobody writes to; nothing where it is whole."""
    try:
        with closing(reading(path)) as connection:
            return problems_of(connection, "integrity_check")
    except sqlite3.DatabaseError as error:
        return [str(error)]


def problems_of(connection: sqlite3.Connection, check: str) -> list[str]:
    """What a check of SQLite's (`integrity_check`, `quick_check`) and its foreign keys find.

    Raises:
        sqlite3.DatabaseError: The file is too damaged to be looked through.
    """
    found = [str(row[0]) for row in connection.execute(f"pragma {check}(5)")]
    lost = [
        f"{row[0]} {row[1]} -> {row[2]}" for row in connection.execute("pragma foreign_key_check")
    ]
    return [*(line for line in found if line != "ok"), *lost[:5]]


def to_disk(path: Path) -> None:
    """Have the system write a file or a folder out: a rename must not outlive what it names."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
