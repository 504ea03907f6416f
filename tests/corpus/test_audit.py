"""The audit is only ever added to, and tells where somebody did otherwise."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from corpus.audit import CONSOLE, Audit, write_entry
from corpus.database import CouncilDatabase

NOW = datetime(2032, 3, 4, 9, tzinfo=UTC)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[CouncilDatabase]:
    database = CouncilDatabase(tmp_path)
    with database.write() as db:
        for number in range(5):
            subject = f"thing {number}"
            write_entry(db, at=NOW, person=CONSOLE, action="do", subject=subject, details={})
    yield database
    database.close()


def meddle(database: CouncilDatabase, *statements: str) -> None:
    """What somebody can do who has the file and leaves the triggers out."""
    with sqlite3.connect(database.path) as connection:
        for name in ("audit_stays", "audit_is_kept"):
            connection.execute(f"drop trigger {name}")
        for statement in statements:
            connection.execute(statement)
    connection.close()


def test_an_audit_that_was_only_added_to_is_whole(database: CouncilDatabase) -> None:
    assert Audit(database).broken_at() is None


@pytest.mark.parametrize(
    "statement", ["update audit set person = 'x' where id = 2", "delete from audit where id = 2"]
)
def test_the_store_itself_refuses_changes(database: CouncilDatabase, statement: str) -> None:
    with database.write() as db, pytest.raises(sqlite3.IntegrityError, match="only ever added to"):
        db.execute(statement)
    assert Audit(database).broken_at() is None


@pytest.mark.parametrize(
    ("statement", "entry"),
    [
        ("update audit set subject = 'thing 9' where id = 3", 3),
        ("delete from audit where id = 1", 2),
        ("delete from audit where id = 4", 5),
        ("delete from audit where id > 3", 4),
        ("delete from audit", 1),
        ("insert into audit select 9, at, person, action, subject, details, digest from audit", 9),
        ("update audit set id = 9 where id = 5", 9),
    ],
)
def test_what_was_done_to_it_all_the_same_is_found(
    database: CouncilDatabase, statement: str, entry: int
) -> None:
    one = statement + " where id = 5" if statement.startswith("insert") else statement
    meddle(database, one)
    assert Audit(database).broken_at() == entry
