"""Roles are given by the console or taken up with a code, once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.access import meet
from corpus.audit import CONSOLE, Audit
from corpus.database import CouncilDatabase
from corpus.people import INVITED, People, Role, accept

NOW = datetime(2032, 3, 4, 9, tzinfo=UTC)
CODE = f"{INVITED}abc"


@pytest.fixture
def database(tmp_path: Path) -> Iterator[CouncilDatabase]:
    database = CouncilDatabase(tmp_path)
    yield database
    database.close()


def taken(database: CouncilDatabase, telegram_id: int, at: datetime, code: str = CODE) -> Role:
    with database.write() as db:
        person = meet(db, telegram_id, lambda: at)
        accept(db, person.id, code, at)
        return meet(db, telegram_id, lambda: at).role


def test_an_invitation_gives_its_role_to_the_first_who_takes_it(database: CouncilDatabase) -> None:
    People(database).invite(Role.STAFF, CODE, NOW)
    assert taken(database, 71, NOW + timedelta(days=6)) is Role.STAFF
    assert taken(database, 72, NOW) is Role.CITIZEN


def test_an_old_or_unknown_code_gives_nothing(database: CouncilDatabase) -> None:
    People(database).invite(Role.STAFF, CODE, NOW)
    assert taken(database, 71, NOW, f"{INVITED}xyz") is Role.CITIZEN
    assert taken(database, 71, NOW + timedelta(days=8)) is Role.CITIZEN


def test_the_code_itself_is_not_kept(database: CouncilDatabase) -> None:
    People(database).invite(Role.ADMINISTRATOR, CODE, NOW)
    assert CODE not in "".join(
        str(tuple(row)) for row in database.read("select * from invitations")
    )


def test_the_console_gives_roles_by_number_and_the_audit_knows_keys_only(
    database: CouncilDatabase,
) -> None:
    with database.write() as db:
        person = meet(db, 987654, lambda: NOW)
    people = People(database)
    assert people.give(person.id, Role.CHAIR, NOW)
    assert not people.give(person.id + 1, Role.CHAIR, NOW)
    assert [(one.id, one.role) for one in people.all()] == [(person.id, Role.CHAIR)]
    (entry,) = Audit(database).entries()
    assert (entry.person, entry.subject) == (CONSOLE, person.key)
    assert entry.details == {"old": "citizen", "new": "chair"}
    assert "987654" not in str(entry)


def test_keys_are_random_and_stay(database: CouncilDatabase) -> None:
    with database.write() as db:
        first, again, other = (meet(db, number, lambda: NOW) for number in (1, 1, 2))
    assert first.key == again.key != other.key
    assert len(first.key) == 32
