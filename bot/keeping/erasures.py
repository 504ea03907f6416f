"""Who was erased, by random keys alone, beside the backups: whoever restores one erases them again.

A key is what the audit knows a person by. It names nobody once the person's row is gone; in a
backup of an earlier time the row is still there, and by its key the person is found.
"""

from __future__ import annotations

import os
import re
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import sqlite_utils

from bot.telegram.opinions.forgetting import erase
from corpus.database import FILE_NAME, exists
from corpus.ledger.changes import By
from corpus.migrating import FOLDER
from corpus.snapshot import reading

LIST = "dongne-erased.txt"
"""The list's name; it lies in the folder of the backups."""

_KEY = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Erasures:
    """Who is to be erased from a backup.

    Attributes:
        keys: Their keys.
        whole: Whether that is everybody: the store that was used since could be read.
    """

    keys: frozenset[str]
    whole: bool


def keep_list(store: Path, folder: Path) -> None:
    """Add those who were erased from a store to the list beside its backups.

    Args:
        store: The store's file.
        folder: Where the backups lie.

    Raises:
        OSError: The list cannot be written.
        sqlite3.Error: The store cannot be read.
    """
    listed = _listed(folder)
    keys = listed | _erased_from(store)
    if keys == listed:
        return
    part = folder / f".{LIST}.{os.getpid()}.part"
    part.write_text("".join(f"{key}\n" for key in sorted(keys)), encoding="ascii")
    part.chmod(0o600)
    part.replace(folder / LIST)


def erasures(file: Path, folder: Path) -> Erasures:
    """Everybody who is known to have been erased, before or after a backup was made.

    Args:
        file: The backup; a list beside it counts.
        folder: The data folder, whose list and store count, if it has any.
    """
    keys = _listed(file.parent) | _listed(folder / FOLDER)
    if not exists(folder):
        return Erasures(keys=keys, whole=False)
    try:
        return Erasures(keys=keys | _erased_from(folder / FILE_NAME), whole=True)
    except sqlite3.Error:  # a damaged store is what backups are for
        return Erasures(keys=keys, whole=False)


def erase_again(db: sqlite_utils.Database, gone: Erasures, now: datetime) -> int:
    """Erase whoever a restored store still knows, inside an open transaction; how many."""
    rows = db.execute("select id, key from people where key is not null").fetchall()
    found = [(number, key) for number, key in rows if key in gone.keys]
    for number, key in found:
        erase(db, number, By(person=key, at=now))
    return len(found)


def _listed(folder: Path) -> frozenset[str]:
    try:
        return frozenset(_KEY.findall((folder / LIST).read_text(encoding="ascii")))
    except (OSError, UnicodeDecodeError):
        return frozenset()


def _erased_from(store: Path) -> frozenset[str]:
    with closing(reading(store)) as connection:
        rows = connection.execute("select person from audit where action = 'forget'")
        return frozenset(str(row[0]) for row in rows)
