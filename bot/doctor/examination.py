"""All checks, one after another; a broken one never keeps the others from being made."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime

from bot.config import Config
from bot.doctor import conversation, indexes, machine, messenger, office, store
from bot.doctor.finding import Finding, Patient, State, broken, doubtful
from corpus.database import CouncilDatabase
from corpus.errors import CouncilError
from corpus.schema import applied_steps, pending_steps, unknown_steps
from corpus.snapshot import reading

Check = Callable[[Patient], Finding]

# What can be told of a store only where its file is whole.
_OF_STORE: tuple[tuple[str, Check], ...] = (
    *store.CHECKS,
    ("inbox", office.inbox),
    ("outbox", office.outbox),
    ("papers", office.papers),
    ("administrators", office.administrators),
    ("clock", machine.clock),
    ("vectors", indexes.vectors),
)
_OF_MACHINE: tuple[tuple[str, Check], ...] = (
    ("model", indexes.model),
    ("chat_model", conversation.chat_model),
    ("disk", machine.disk),
    ("memory", machine.memory),
    ("rights", machine.rights),
    ("telegram", messenger.telegram),
    ("serving", office.serving),
    ("backups", office.backups),
    ("settings", office.settings),
)


def examine(config: Config, environment: Mapping[str, str], now: datetime) -> Iterator[Finding]:
    """Look an installation over, whoever works with it meanwhile; nothing is changed.

    Args:
        config: The settings.
        environment: Environment variables.
        now: The clock, aware.

    Yields:
        One finding a check, as soon as it is made.
    """
    with _patient(config, environment, now) as patient:
        first = _made("store", store.file, patient)
        yield first
        for name, check in _OF_STORE:
            if first.state is State.WELL:
                yield _made(name, check, patient)
            elif patient.raw is not None:
                yield doubtful(name, "skipped")
        for name, check in _OF_MACHINE:
            yield _made(name, check, patient)


def _made(name: str, check: Check, patient: Patient) -> Finding:
    try:
        return check(patient)
    except sqlite3.DatabaseError as error:
        return broken(name, "store_damaged", reason=error)
    except (CouncilError, OSError) as error:
        return broken(name, "check_failed", reason=error)


@contextmanager
def _patient(config: Config, environment: Mapping[str, str], now: datetime) -> Iterator[Patient]:
    raw, database = _raw(config), None
    try:
        if raw is not None and _is_current(raw):
            database = CouncilDatabase(config.data.folder)
    except (CouncilError, sqlite3.Error):
        database = None
    try:
        yield Patient(config=config, environment=environment, now=now, raw=raw, database=database)
    finally:
        if database is not None:
            database.close()
        if raw is not None:
            raw.close()


def _raw(config: Config) -> sqlite3.Connection | None:
    path = config.data.folder / "council.sqlite3"
    return reading(path) if path.is_file() else None


def _is_current(raw: sqlite3.Connection) -> bool:
    """Whether opening the store as usual changes nothing."""
    steps = applied_steps(raw)
    return bool(steps) and not unknown_steps(steps) and not pending_steps(steps)
