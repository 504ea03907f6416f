"""Checks of what an office set up and left lying: settings, backups, queues, papers."""

from __future__ import annotations

import sqlite3
from datetime import datetime, timedelta

from bot.clock import SEOUL, seoul
from bot.doctor.finding import Finding, Patient, broken, doubtful, well
from bot.keeping.contents import verify
from bot.serve_settings import rota
from corpus.errors import BackupError
from corpus.locks import is_served
from corpus.people import Role

# Made daily; one day may fail without anybody having to act.
_OLD = timedelta(days=2)
# An answer takes seconds; what Telegram was away for is sent once it is back.
_STUCK_INBOX, _STUCK_OUTBOX = timedelta(minutes=10), timedelta(hours=1)
_LATELY = timedelta(days=7)
# Doubts that mean that a part of a paper could not be read at all.
_UNREAD = ("skipped_sections", "pages_without_text", "garbled", "records")


def settings(patient: Patient) -> Finding:
    """Whether the council is named."""
    council = patient.config.council
    missing = [key for key in ("name", "district", "dongs") if not getattr(council, key)]
    if missing:
        return doubtful("settings", "settings_missing", keys=", ".join(missing))
    return well("settings", "settings", name=council.name, dongs=len(council.dongs))


def serving(patient: Patient) -> Finding:
    """Whether a bot serves the store."""
    served = patient.folder.is_dir() and is_served(patient.folder)
    return well("serving", "serving" if served else "not_serving")


def backups(patient: Patient) -> Finding:
    """Whether the newest backup is young and whole."""
    plan = rota(patient.config)
    made = [(at, path) for at, path in plan.made() if at <= patient.now]
    by_hand = _last_by_hand(patient)
    if made:
        try:
            verify(made[0][1])
        except BackupError:
            return broken("backups", "backup_damaged", path=made[0][1])
    times = [*(at for at, _ in made[:1]), by_hand]
    newest = max(filter(None, times), default=None)
    if newest is None:
        return doubtful("backups", "backup_none")
    shown = f"{seoul(newest):%Y-%m-%d %H:%M}"
    if patient.now - newest > _OLD:
        return doubtful("backups", "backup_old", at=shown)
    if by_hand == newest:
        return well("backups", "backup_by_hand", at=shown)
    return well("backups", "backup", at=shown, count=len(made))


def _last_by_hand(patient: Patient) -> datetime | None:
    if patient.raw is None:
        return None
    try:
        row = patient.raw.execute("select max(at) from audit where action = 'backup'").fetchone()
    except sqlite3.DatabaseError:
        return None
    return datetime.fromisoformat(row[0]).astimezone(SEOUL) if row[0] else None


def inbox(patient: Patient) -> Finding:
    """Whether what people wrote has been handled."""
    count = _count(
        patient,
        "select count(*) from inbox where state = 'waiting' and julianday(received_at)"
        " < julianday(?)",
        patient.now - _STUCK_INBOX,
    )
    if count:
        return doubtful("inbox", "inbox_stuck", count=count)
    failed = _count(
        patient,
        "select count(*) from inbox where state = 'failed' and julianday(handled_at)"
        " > julianday(?)",
        patient.now - _LATELY,
    )
    if failed:
        return doubtful("inbox", "inbox_failed", count=failed)
    return well("inbox", "inbox")


def outbox(patient: Patient) -> Finding:
    """Whether what the bot has to say has been sent."""
    count = _count(
        patient,
        "select count(*) from outbox where state in ('queued', 'sending')"
        " and julianday(created_at) < julianday(?) and julianday(not_before) < julianday(?)",
        patient.now - _STUCK_OUTBOX,
        patient.now,
    )
    if count:
        return doubtful("outbox", "outbox_stuck", count=count)
    failed = _count(
        patient,
        "select count(*) from outbox where state = 'failed' and julianday(created_at)"
        " > julianday(?)",
        patient.now - _LATELY,
    )
    return well("outbox", "outbox", failed=failed)


def papers(patient: Patient) -> Finding:
    """Whether papers were read in full."""
    marks = ", ".join("?" for _ in _UNREAD)
    found = _rows(
        patient,
        "select distinct d.name from doubts o join documents d on d.id = o.document_id"
        f" where o.code in ({marks}) order by d.name",
        *_UNREAD,
    )
    if found:
        return doubtful("papers", "papers_unread", count=len(found), first=found[0])
    return well("papers", "papers")


def administrators(patient: Patient) -> Finding:
    """Whether somebody hears of trouble."""
    met = _count(patient, "select count(*) from people")
    sql = "select count(*) from people where role = ? and telegram_id is not null"
    count = int(_rows(patient, sql, Role.ADMINISTRATOR.value)[0])
    if met and not count:
        return doubtful("administrators", "administrators_none")
    return well("administrators", "administrators", count=count)


def _count(patient: Patient, sql: str, *values: datetime) -> int:
    return int(_rows(patient, sql, *(value.isoformat() for value in values))[0])


def _rows(patient: Patient, sql: str, *values: str) -> list[str]:
    if patient.raw is None:
        raise sqlite3.OperationalError("no store")
    return [str(row[0]) for row in patient.raw.execute(sql, values)]
