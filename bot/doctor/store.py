"""Checks of the store itself: the file, its references, its version, the audit."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing

from bot.doctor.finding import Finding, Patient, broken, doubtful, well
from corpus.audit import Audit
from corpus.schema import applied_steps, pending_steps, unknown_steps

_BUSY_SECONDS = 5.0
_INDEXES = {
    "passages": "passage_terms",
    "records": "record_terms",
    "opinions": "opinion_terms",
}


def file(patient: Patient) -> Finding:
    """Whether the file opens and its pages are whole."""
    if patient.raw is None:
        return doubtful("store", "no_store", path=patient.folder)
    lines = [str(row[0]) for row in patient.raw.execute("pragma quick_check(3)")]
    if lines != ["ok"]:
        return broken("store", "store_damaged", reason=lines[0])
    (papers,) = patient.raw.execute("select count(*) from documents").fetchone()
    megabytes = -(-patient.store.stat().st_size // 10**6)
    return well("store", "store", papers=papers, megabytes=megabytes)


def references(patient: Patient) -> Finding:
    """Whether every row that another one names is there."""
    lost = _raw(patient).execute("pragma foreign_key_check").fetchall()
    if lost:
        return broken("references", "references_lost", count=len(lost), table=lost[0][0])
    return well("references", "references")


def version(patient: Patient) -> Finding:
    """Whether the store is of this program's version."""
    steps = applied_steps(_raw(patient))
    if unknown_steps(steps):
        return broken("version", "version_newer")
    if waiting := pending_steps(steps):
        return doubtful("version", "version_older", count=len(waiting))
    return well("version", "version", step=steps[-1])


def keywords(patient: Patient) -> Finding:
    """Whether the keyword index holds what the store holds, no more and no less."""
    differing = 0
    for table, index in _INDEXES.items():
        differing += _missing(patient, f"id from {table}", f"rowid from {index}")
        differing += _missing(patient, f"rowid from {index}", f"id from {table}")
    if differing or not _sound(patient):
        return broken("keywords", "keywords_differ", count=differing)
    (count,) = _raw(patient).execute("select count(*) from passages").fetchone()
    return well("keywords", "keywords", count=count)


def _missing(patient: Patient, held: str, wanted: str) -> int:
    sql = f"select count(*) from (select {held} except select {wanted})"
    return int(_raw(patient).execute(sql).fetchone()[0])


def _sound(patient: Patient) -> bool:
    """Whether SQLite finds its full-text indexes whole; taken as such where it cannot be asked."""
    with closing(
        sqlite3.connect(patient.store, timeout=_BUSY_SECONDS, isolation_level=None)
    ) as connection:
        try:
            connection.execute("begin immediate")
        except sqlite3.OperationalError:  # a read-only folder, or somebody writes all the time
            return True
        try:
            for index in _INDEXES.values():
                connection.execute(f"insert into {index} ({index}) values ('integrity-check')")
        except sqlite3.DatabaseError as error:
            return error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_CORRUPT
        finally:
            connection.execute("rollback")
    return True


def audit(patient: Patient) -> Finding:
    """Whether the audit is as it was written."""
    if patient.database is None:
        return doubtful("audit", "skipped")
    audit = Audit(patient.database)
    if (number := audit.broken_at()) is not None:
        return broken("audit", "audit_changed", number=number)
    return well("audit", "audit", count=len(audit.entries()))


def _raw(patient: Patient) -> sqlite3.Connection:
    if patient.raw is None:
        raise sqlite3.OperationalError("no store")
    return patient.raw


CHECKS: tuple[tuple[str, Callable[[Patient], Finding]], ...] = (
    ("references", references),
    ("version", version),
    ("keywords", keywords),
    ("audit", audit),
)
