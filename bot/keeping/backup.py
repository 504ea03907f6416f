"""Writes a backup: a snapshot of the store and the files kept with it, whole or not at all."""

from __future__ import annotations

import os
import shutil
import sqlite3
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from importlib.metadata import version
from io import BytesIO
from pathlib import Path
from typing import IO, TypeAlias

from bot.keeping.contents import (
    FOLDERS,
    FORMAT,
    MANIFEST,
    SETTINGS,
    Manifest,
    Member,
    digest_of,
    verify,
)
from bot.keeping.erasures import keep_list
from corpus.database import FILE_NAME
from corpus.errors import BackupError
from corpus.files import source_of
from corpus.locks import is_served
from corpus.messages import say
from corpus.schema import applied_steps
from corpus.snapshot import problems, reading, take_snapshot, to_disk

PART = ".part"
"""How the names of unfinished backups end."""

# How SQLite tells of a disk that takes no more.
_FULL = (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR)
_COUNTED = ("documents", "passages", "records", "opinions", "meetings", "people", "audit")

Stages: TypeAlias = Callable[[str, int, int], None]
"""Told (stage, done, total); a stage is `copying`, `packing`, `checking` or `restoring`."""


def unwatched(stage: str, done: int, total: int) -> None:
    """Stages that nobody watches."""


def write_backup(
    folder: Path,
    file: Path,
    settings: str,
    now: datetime,
    *,
    overwrite: bool = False,
    report: Stages = unwatched,
) -> Manifest:
    """Write a backup of a data folder, whoever works in it meanwhile, and read it back.

    Vectors, models and locks are left out: they are made anew from what is in it.

    Args:
        folder: The data folder.
        file: The backup to write; it has this name only once it is whole.
        settings: Text of a `config.toml` without secrets.
        now: Time of the backup.
        overwrite: Whether an earlier backup of this name may be replaced.
        report: Told of progress.

    Raises:
        BackupError: There is no store, it is damaged, or the backup cannot be written.
    """
    if not (folder / FILE_NAME).is_file():
        raise BackupError(say("backup.no_store", path=folder))
    if file.exists() and not overwrite:
        raise BackupError(say("backup.exists", path=file))
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        _enough_space(folder, file.parent)
        with _temporary(file) as (store, part):
            manifest = _write(folder, store, part, settings, now, report)
            verify(part, lambda done, total: report("checking", done, total))
            part.replace(file)
        keep_list(folder / FILE_NAME, file.parent)
        to_disk(file.parent)
    except sqlite3.Error as error:
        full = getattr(error, "sqlite_errorcode", 0) & 0xFF in _FULL
        key, path = ("backup.unwritable", file) if full else ("backup.store_damaged", folder)
        raise BackupError(say(key, path=path, reason=error)) from error
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise BackupError(say("backup.unwritable", path=file, reason=reason)) from error
    return manifest


def _enough_space(folder: Path, target: Path) -> None:
    """The copy of the store and the archive stand side by side for a while."""
    needed = 2 * (folder / FILE_NAME).stat().st_size
    needed += sum(path.stat().st_size for path, _ in kept_files(folder))
    free = shutil.disk_usage(target).free
    if free < needed:
        raise BackupError(
            say("backup.no_space", path=target, needed=_megabytes(needed), free=_megabytes(free))
        )


def _megabytes(size: int) -> int:
    return -(-size // 10**6)


@contextmanager
def _temporary(file: Path) -> Iterator[tuple[Path, Path]]:
    """Names for the copy of the store and the unfinished backup; neither outlives the block."""
    stem = f".{file.name}.{os.getpid()}"
    made = (file.with_name(f"{stem}.store{PART}"), file.with_name(f"{stem}{PART}"))
    try:
        yield made
    finally:
        for path in (*made, made[0].with_name(f"{made[0].name}-journal")):
            path.unlink(missing_ok=True)


def _write(
    folder: Path, store: Path, part: Path, settings: str, now: datetime, report: Stages
) -> Manifest:
    served = is_served(folder)
    store.unlink(missing_ok=True)
    take_snapshot(folder / FILE_NAME, store, lambda done, total: report("copying", done, total))
    if found := problems(store):
        raise BackupError(say("backup.store_damaged", path=folder, reason=found[0]))
    with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as archive:
        part.chmod(0o600)
        members = tuple(_members(archive, folder, store, settings, now, report))
        manifest = _described(folder, store, now, served, members)
        archive.writestr(_entry(MANIFEST, now), manifest.model_dump_json(indent=1))
    to_disk(part)
    return manifest


def _members(
    archive: zipfile.ZipFile,
    folder: Path,
    store: Path,
    settings: str,
    now: datetime,
    report: Stages,
) -> Iterator[Member]:
    files = [(store, FILE_NAME), *kept_files(folder)]
    for number, (path, name) in enumerate(files, start=1):
        try:
            with path.open("rb") as stream:
                yield _put(archive, _entry(name, now), stream)
        except FileNotFoundError:
            continue  # withdrawn since the folder was listed
        report("packing", number, len(files))
    yield _put(archive, _entry(SETTINGS, now), BytesIO(settings.encode()))


def _put(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, stream: IO[bytes]) -> Member:
    with archive.open(entry, "w", force_zip64=True) as out:
        size, sha256 = digest_of(stream.read, out.write)
    return Member(name=entry.filename, size=size, sha256=sha256)


def _entry(name: str, now: datetime) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, now.timetuple()[:6])
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o600 << 16
    return entry


def kept_files(folder: Path) -> list[tuple[Path, str]]:
    """The files that belong to the council beside its store, with their names in a backup.

    Raises:
        BackupError: A file's name cannot be written down.
    """
    found = []
    for kept in FOLDERS:
        for path in sorted((folder / kept).rglob("*")):
            if path.is_file() and path.suffix != PART:
                name = path.relative_to(folder).as_posix()
                try:
                    name.encode()
                except UnicodeEncodeError as error:
                    shown = name.encode(errors="backslashreplace").decode()
                    raise BackupError(say("backup.odd_name", name=shown)) from error
                found.append((path, name))
    return found


def _described(
    folder: Path, store: Path, now: datetime, served: bool, members: tuple[Member, ...]
) -> Manifest:
    with closing(reading(store)) as connection:
        tables = {row[0] for row in connection.execute("select name from sqlite_master")}
        counts = {
            table: int(connection.execute(f"select count(*) from {table}").fetchone()[0])
            for table in _COUNTED
            if table in tables
        }
        steps = applied_steps(connection)
    return Manifest(
        format=FORMAT,
        program=version("dongne-biseo"),
        schema_steps=steps,
        made_at=now.isoformat(timespec="seconds"),
        folder=source_of(folder),
        served=served,
        counts=counts,
        members=members,
    )
