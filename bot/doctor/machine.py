"""Checks of the machine: disk, memory, rights, clock."""

from __future__ import annotations

import os
import shutil
import tempfile
from datetime import datetime
from pathlib import Path

from bot.clock import seoul
from bot.doctor.finding import Finding, Patient, broken, doubtful, well
from corpus.retention import resting

_MEGABYTE = 10**6
# A backup needs the store twice over and the papers; below 100 MB writing itself soon fails.
_FULL, _NARROW, _STORES = 100 * _MEGABYTE, 1000 * _MEGABYTE, 3
# The model with its working memory takes 400 MB, reading a large paper as much again.
_MEMORY = 500 * _MEGABYTE
_OTHERS = 0o007
_FIRST_YEAR, _LAST_YEAR = 2026, 2100


def disk(patient: Patient) -> Finding:
    """Whether there is room."""
    if not (folder := _existing(patient.folder)):
        return doubtful("disk", "no_store", path=patient.folder)
    free = shutil.disk_usage(folder).free
    size = patient.store.stat().st_size if patient.store.exists() else 0
    if free < _FULL:
        return broken("disk", "disk_full", megabytes=free // _MEGABYTE)
    if free < max(_NARROW, _STORES * size):
        return doubtful("disk", "disk_narrow", megabytes=free // _MEGABYTE)
    return well("disk", "disk", gigabytes=free // 10**9)


def memory(_: Patient) -> Finding:
    """Whether there is memory for the model."""
    available = _available()
    if available is None:
        return well("memory", "memory_unknown")
    if available < _MEMORY:
        return doubtful("memory", "memory_short", megabytes=available // _MEGABYTE)
    return well("memory", "memory", megabytes=available // _MEGABYTE)


def _available() -> int | None:
    try:
        for line in Path("/proc/meminfo").read_text(encoding="ascii").splitlines():
            if line.startswith("MemAvailable:"):
                return int(line.split()[1]) * 1024
    except OSError:
        return None
    return None


def rights(patient: Patient) -> Finding:
    """Whether this account may write in the data folder, and strangers may not read in it."""
    if not patient.folder.is_dir():
        return well("rights", "no_folder")
    try:
        with tempfile.TemporaryFile(dir=patient.folder):
            pass
        if patient.store.exists():
            patient.store.open("rb+").close()
    except OSError as error:
        return broken("rights", "rights_missing", path=patient.folder, reason=error.strerror)
    if os.name == "posix" and patient.folder.stat().st_mode & _OTHERS:
        return doubtful("rights", "rights_open", path=patient.folder)
    return well("rights", "rights", path=patient.folder)


def clock(patient: Patient) -> Finding:
    """Whether the clock can be right: no earlier than what the store was told last."""
    shown = f"{seoul(patient.now):%Y-%m-%d %H:%M}"
    if not _FIRST_YEAR <= patient.now.year <= _LAST_YEAR:
        return broken("clock", "clock_wrong", shown=shown)
    newest = _newest(patient)
    if newest is not None and newest > patient.now:
        return doubtful(
            "clock", "clock_back", shown=shown, newest=f"{seoul(newest):%Y-%m-%d %H:%M}"
        )
    if patient.raw is not None and (until := resting(patient.raw, patient.now)):
        return doubtful("clock", "clock_jumped", until=f"{seoul(until):%Y-%m-%d}")
    zone = patient.now.astimezone().tzname() or ""
    return well("clock", "clock", shown=shown, zone=zone)


def _newest(patient: Patient) -> datetime | None:
    """The latest time that the program itself has written down."""
    if patient.raw is None:
        return None
    times = [
        patient.raw.execute(f"select max({column}) from {table}").fetchone()[0]
        for table, column in (
            ("documents", "ingested_at"),
            ("inbox", "received_at"),
            ("outbox", "created_at"),
            ("audit", "at"),
        )
    ]
    aware = [at for at in map(_moment, filter(None, times)) if at is not None]
    return max(aware, default=None)


def _moment(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else None


def _existing(folder: Path) -> Path | None:
    return next((path for path in (folder, *folder.absolute().parents) if path.is_dir()), None)
