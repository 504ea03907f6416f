"""Roles are taken up with a code, once, or given by administrators, and every change is written."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlite_utils

from bot.access import Person, meet
from corpus import departments
from corpus.appointments import (
    Verdict,
    give_department,
    give_dongs,
    give_label,
    give_role,
    take_back,
)
from corpus.audit import CONSOLE, Audit
from corpus.database import CouncilDatabase, OpenTransaction
from corpus.invitations import (
    INVITED,
    Invitations,
    Taking,
    accept,
    invite,
    new_code,
    withdraw_invitation,
)
from corpus.ledger.changes import By
from corpus.people import People, Role, SeenPerson

NOW = datetime(2032, 3, 4, 9, tzinfo=UTC)
CODE = f"{INVITED}abc"
HERE = By(person=CONSOLE, at=NOW)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[CouncilDatabase]:
    database = CouncilDatabase(tmp_path)
    yield database
    database.close()


@pytest.fixture
def db(database: CouncilDatabase) -> Iterator[sqlite_utils.Database]:
    with database.write() as db:
        yield db


def met(db: sqlite_utils.Database, telegram_id: int) -> Person:
    return meet(db, telegram_id, lambda: NOW)


def taken(
    db: sqlite_utils.Database, telegram_id: int, at: datetime = NOW, code: str = CODE
) -> tuple[Taking, Role]:
    answer, _ = accept(db, met(db, telegram_id).id, code, at)
    return answer, met(db, telegram_id).role


def seen(db: sqlite_utils.Database, person: Person) -> SeenPerson:
    member = People(OpenTransaction(db)).get(person.id)
    assert member is not None
    return member.seen


# -- invitations -----------------------------------------------------------------------------------


def test_an_invitation_gives_its_role_to_the_first_who_takes_it(db: sqlite_utils.Database) -> None:
    invite(db, Role.STAFF, CODE, HERE)
    assert taken(db, 71, NOW + timedelta(days=6)) == (Taking.TAKEN, Role.STAFF)
    assert taken(db, 72) == (Taking.BAD_CODE, Role.CITIZEN)


def test_an_old_or_unknown_or_withdrawn_code_gives_nothing(db: sqlite_utils.Database) -> None:
    number = invite(db, Role.STAFF, CODE, HERE)
    assert taken(db, 71, NOW, f"{INVITED}xyz") == (Taking.BAD_CODE, Role.CITIZEN)
    assert taken(db, 71, NOW + timedelta(days=8)) == (Taking.BAD_CODE, Role.CITIZEN)
    assert [one.id for one in Invitations(OpenTransaction(db)).open(NOW)] == [number]
    assert withdraw_invitation(db, number, HERE)
    assert not withdraw_invitation(db, number, HERE)
    assert taken(db, 71) == (Taking.BAD_CODE, Role.CITIZEN)
    assert Invitations(OpenTransaction(db)).open(NOW) == []


def test_a_dismissed_administrator_cannot_come_back_by_a_link_of_their_own(
    db: sqlite_utils.Database,
) -> None:
    one = met(db, 71)
    give_role(db, seen(db, one), Role.ADMINISTRATOR, HERE)
    invite(db, Role.ADMINISTRATOR, CODE, By(person=one.key, at=NOW))
    give_role(db, seen(db, one), Role.CITIZEN, HERE)
    assert taken(db, 71) == (Taking.BAD_CODE, Role.CITIZEN)
    give_role(db, seen(db, one), Role.ADMINISTRATOR, HERE)
    assert taken(db, 72) == (Taking.TAKEN, Role.ADMINISTRATOR)


def test_the_code_itself_is_not_kept(db: sqlite_utils.Database) -> None:
    code = new_code()
    invite(db, Role.ADMINISTRATOR, code, HERE)
    assert code not in str(db.execute("select * from invitations").fetchall())
    assert len(code) <= 64  # what Telegram takes behind a link


def test_nobody_comes_down_by_a_link_and_it_stays_for_whom_it_was_meant(
    db: sqlite_utils.Database,
) -> None:
    ann = met(db, 71)
    give_role(db, seen(db, ann), Role.ADMINISTRATOR, HERE)
    invite(db, Role.MEMBER, CODE, HERE)
    assert taken(db, 71) == (Taking.HAS_MORE, Role.ADMINISTRATOR)
    assert taken(db, 72) == (Taking.TAKEN, Role.MEMBER)


def test_an_invitation_may_bring_department_and_neighbourhoods(db: sqlite_utils.Database) -> None:
    departments.add(db, "복지정책과", HERE)
    invite(db, Role.STAFF, CODE, HERE, department="복지정책과", dongs=["해솔동", "모란1동"])
    taken(db, 71)
    (member,) = People(OpenTransaction(db)).all()
    assert (member.department, member.dongs) == ("복지정책과", ("모란1동", "해솔동"))


# -- appointments ----------------------------------------------------------------------------------


def test_a_role_is_given_and_taken_back_and_the_audit_knows_keys_only(
    db: sqlite_utils.Database,
) -> None:
    person = met(db, 987654)
    done = give_role(db, seen(db, person), Role.CHAIR, HERE)
    assert (done.verdict, met(db, 987654).role) == (Verdict.DONE, Role.CHAIR)
    back, member = take_back(db, done.entry, HERE)
    assert (back.verdict, member and member.id) == (Verdict.DONE, person.id)
    assert met(db, 987654).role is Role.CITIZEN
    entries = Audit(OpenTransaction(db)).entries()
    assert [(one.person, one.action, one.subject) for one in entries] == [
        (CONSOLE, "role", person.key)
    ] * 2
    assert [(one.details["old"], one.details["new"]) for one in entries] == [
        ("citizen", "chair"),
        ("chair", "citizen"),
    ]
    assert "987654" not in str(entries)


def test_what_was_changed_since_is_not_taken_back(db: sqlite_utils.Database) -> None:
    person = met(db, 71)
    before = seen(db, person)
    done = give_role(db, before, Role.MEMBER, HERE)
    assert give_role(db, before, Role.STAFF, HERE).verdict is Verdict.OVERTAKEN
    give_dongs(db, seen(db, person), ["해솔동"], HERE)
    assert take_back(db, done.entry, HERE)[0].verdict is Verdict.OVERTAKEN
    assert met(db, 71).role is Role.MEMBER


def test_the_last_administrator_stays_one_but_at_the_console(db: sqlite_utils.Database) -> None:
    ann, bea = met(db, 71), met(db, 72)
    give_role(db, seen(db, ann), Role.ADMINISTRATOR, HERE)
    by_ann = By(person=ann.key, at=NOW)
    assert give_role(db, seen(db, ann), Role.CITIZEN, by_ann).verdict is Verdict.LAST
    give_role(db, seen(db, bea), Role.ADMINISTRATOR, by_ann)
    assert give_role(db, seen(db, ann), Role.STAFF, by_ann).verdict is Verdict.DONE
    assert give_role(db, seen(db, bea), Role.CITIZEN, HERE).verdict is Verdict.DONE


def test_who_loses_a_role_loses_what_they_were_doing(db: sqlite_utils.Database) -> None:
    person = met(db, 71)
    give_role(db, seen(db, person), Role.STAFF, HERE)
    db.execute("insert into dialogues values (?, 71, 0, 'programme', '{}', '2032')", [person.id])
    give_role(db, seen(db, person), Role.CITIZEN, HERE)
    assert db.execute("select count(*) from dialogues").fetchone() == (0,)


def test_what_a_person_is_called_is_in_the_list_and_not_in_the_audit(
    db: sqlite_utils.Database,
) -> None:
    person = met(db, 71)
    give_label(db, person.id, "접수대 왼쪽", HERE)
    assert People(OpenTransaction(db)).all()[0].label == "접수대 왼쪽"
    assert "접수대" not in str(db.execute("select * from audit").fetchall())


def test_a_department_that_is_gone_cannot_be_given_and_takes_nobody_along(
    db: sqlite_utils.Database,
) -> None:
    person = met(db, 71)
    departments.add(db, "복지정책과", HERE)
    assert give_department(db, seen(db, person), "없는과", HERE).verdict is Verdict.GONE
    assert give_department(db, seen(db, person), "복지정책과", HERE).verdict is Verdict.DONE
    known = departments.Departments(OpenTransaction(db)).named("복지정책과")
    assert known is not None
    assert departments.remove(db, known, HERE)
    (member,) = People(OpenTransaction(db)).all()
    assert member.department == ""


def test_who_is_responsible_for_one_neighbourhood_means_it_by_our_dong(
    db: sqlite_utils.Database,
) -> None:
    person = met(db, 71)
    give_dongs(db, seen(db, person), ["해솔동"], HERE)
    assert met(db, 71).dong == "해솔동"
    give_dongs(db, seen(db, person), ["해솔동", "모란1동"], HERE)
    assert met(db, 71).dong == ""


def test_keys_are_random_and_stay(db: sqlite_utils.Database) -> None:
    first, again, other = (met(db, number) for number in (1, 1, 2))
    assert first.key == again.key != other.key
    assert len(first.key) == 32
