"""Puts a backup into a data folder: checked before, whole or not at all."""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import datetime
from itertools import chain, count
from pathlib import Path

import sqlite_utils

from bot.keeping.backup import Stages, unwatched
from bot.keeping.contents import FOLDERS, SETTINGS, Manifest, chunks, opened, verify
from bot.keeping.erasures import Erasures, erase_again, erasures
from bot.keeping.settings_file import with_folder
from corpus.audit import CONSOLE, write_entry
from corpus.database import FILE_NAME, CouncilDatabase, exists
from corpus.errors import BackupError, BusyError, StoreError
from corpus.files import source_of
from corpus.locks import SERVING, held
from corpus.messages import say
from corpus.schema import unknown_steps
from corpus.snapshot import problems, to_disk

# Where a restore is prepared; what it holds is no council's yet.
_PREPARED = ".restoring"
# Names the folder that the earlier store is being moved into.
_ASIDE = "aside"
# Made anew from the store; what lies there belongs to another one.
_DERIVED = ("index", "vectors")
_LOGS = ("-wal", "-shm")
# Columns that hold where a paper came from.
_SOURCES = ("documents", "corrections", "opinion_sources")


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """What a restore did.

    Attributes:
        manifest: Of the backup.
        settings: Where the settings of the backup lie now.
        unsent: Messages that the backed-up bot was about to send; they are not sent again.
        set_aside: Where the store that was there before lies now; None where there was none.
        erased: How many people, erased since the backup was made, were erased again.
        all_erased: Whether that is everybody; else who was erased last is not known.
    """

    manifest: Manifest
    settings: Path
    unsent: int
    set_aside: Path | None
    erased: int
    all_erased: bool


def restore(
    file: Path, folder: Path, now: datetime, *, set_aside: bool = False, report: Stages = unwatched
) -> Restored:
    """Make a data folder hold what a backup holds.

    Keywords answer at once; vectors are made anew afterwards. The store gets a new name for the
    vector index, so that it shares no collection of a Chroma server with the store it came from.

    Args:
        file: The backup.
        folder: The data folder; made where it is missing.
        now: Time of the restore.
        set_aside: Whether a store that is there is moved into a folder beside the new one.
        report: Told of progress.

    Raises:
        BackupError: The backup is damaged, foreign or newer, or the folder is in use already.
        BusyError: A bot serves this folder.
    """
    with opened(file) as (_, manifest):
        if unknown_steps(manifest.schema_steps):
            raise BackupError(say("backup.newer", path=file))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with held(folder, SERVING) as free:
            if not free:
                raise BusyError(say("backup.serving", path=folder))
            _take_up(folder)
            if not set_aside and _is_used(folder):
                raise BackupError(say("backup.used", path=folder, file=file))
            return _put_back(file, folder, now, report)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise BackupError(say("backup.no_restore", path=folder, reason=reason)) from error


def _take_up(folder: Path) -> None:
    """Undo what a killed restore began.

    The store is the last that it moves aside, and the last that it puts into its place.
    """
    prepared = folder / _PREPARED
    if not prepared.exists():
        return
    if not exists(folder):
        for name in FOLDERS:
            shutil.rmtree(folder / name, ignore_errors=True)
    elif (note := prepared / _ASIDE).exists():
        aside = folder / note.read_text(encoding="utf-8")
        # With the earlier store aside the one that is there is the restored one.
        for path in aside.iterdir() if aside.is_dir() and not exists(aside) else ():
            path.rename(folder / path.name)
    shutil.rmtree(prepared)


def _is_used(folder: Path) -> bool:
    return exists(folder) or any(any((folder / name).glob("*")) for name in FOLDERS)


def _put_back(file: Path, folder: Path, now: datetime, report: Stages) -> Restored:
    manifest = verify(file, lambda done, total: report("checking", done, total))
    free = shutil.disk_usage(folder).free
    if free < manifest.size:
        sizes = {"needed": manifest.size // 10**6 + 1, "free": free // 10**6}
        raise BackupError(say("backup.no_space", path=folder, **sizes))
    prepared = folder / _PREPARED
    prepared.mkdir(mode=0o700)
    try:
        _unpack(file, prepared, report)
        gone = erasures(file, folder)
        unsent, erased = _settle_in(prepared, folder, manifest, gone, now)
        aside = _moved_aside(folder, now) if _is_used(folder) else None
        for name in _DERIVED:
            shutil.rmtree(folder / name, ignore_errors=True)
        for name in (*FOLDERS, SETTINGS, FILE_NAME):
            if (prepared / name).exists():
                (prepared / name).replace(folder / name)
        to_disk(folder)
    except (sqlite3.Error, StoreError) as error:
        raise BackupError(say("backup.damaged", path=file, reason=error)) from error
    finally:
        shutil.rmtree(prepared, ignore_errors=True)
    return Restored(
        manifest=manifest,
        settings=folder / SETTINGS,
        unsent=unsent,
        set_aside=aside,
        erased=erased,
        all_erased=gone.whole,
    )


def _unpack(file: Path, target: Path, report: Stages) -> None:
    with opened(file) as (archive, manifest):
        done = 0
        for member in manifest.members:
            path = target / member.name
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("wb") as out:
                for chunk in chunks(file, archive, member):
                    out.write(chunk)
                    done += len(chunk)
                    report("restoring", done, manifest.size)
                out.flush()
                os.fsync(out.fileno())
            path.chmod(0o600)
    if found := problems(target / FILE_NAME):
        raise BackupError(say("backup.damaged", path=file, reason=found[0]))


def _settle_in(
    prepared: Path, folder: Path, manifest: Manifest, gone: Erasures, now: datetime
) -> tuple[int, int]:
    """Fit the store to its new place; how many messages are not sent again, and people erased."""
    settings = prepared / SETTINGS
    if settings.exists():
        text = settings.read_text(encoding="utf-8")
        settings.write_text(with_folder(text, folder), encoding="utf-8")
    with closing(CouncilDatabase(prepared)) as database:
        with database.write() as db:
            _move_sources(db, manifest.folder, source_of(folder))
            # Vectors stayed behind, and another store may still use their collection.
            db.execute("delete from passage_vectors")
            db.execute("delete from stale_vectors")
            db.execute("delete from settings where key = 'vectors.store'")
            unsent = _hold_back(db) if manifest.served else 0
            erased = erase_again(db, gone, now)
            write_entry(
                db,
                at=now,
                person=CONSOLE,
                action="restore",
                subject="store",
                details={"made_at": manifest.made_at},
            )
        database.scrub()
    return unsent, erased


def _move_sources(db: sqlite_utils.Database, old: str, new: str) -> None:
    """Papers kept in the data folder are known by where they lie."""
    for table in _SOURCES:
        db.execute(
            f"update {table} set source = ? || substr(source, ?)"
            " where substr(source, 1, ?) in (? || '/', ? || '\\')",
            [new, len(old) + 1, len(old) + 1, old, old],
        )


def _hold_back(db: sqlite_utils.Database) -> int:
    """Give up what the bot was sending while it was backed up: it has sent it since."""
    return int(
        db.execute(
            "update outbox set state = 'failed', payload = '' where state in ('queued', 'sending')"
        ).rowcount
    )


def _moved_aside(folder: Path, now: datetime) -> Path:
    """Move the store that is there, with all that is derived from it, the store itself last."""
    stem = f"before-restore-{now:%Y%m%d-%H%M%S}"
    names = chain([stem], (f"{stem}-{number}" for number in count(2)))
    aside = next(folder / name for name in names if not (folder / name).exists())
    (folder / _PREPARED / _ASIDE).write_text(aside.name, encoding="utf-8")
    aside.mkdir(mode=0o700)
    with suppress(sqlite3.Error), closing(sqlite3.connect(folder / FILE_NAME)) as connection:
        connection.execute("pragma wal_checkpoint(truncate)").fetchall()
    for name in (*FOLDERS, *_DERIVED, SETTINGS, *(FILE_NAME + log for log in _LOGS), FILE_NAME):
        if (folder / name).exists():
            (folder / name).rename(aside / name)
    return aside
