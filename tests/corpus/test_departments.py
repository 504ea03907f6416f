"""Departments answer for topics and neighbourhoods, as the office says."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlite_utils

from corpus import departments
from corpus.audit import CONSOLE, Audit
from corpus.database import CouncilDatabase, OpenTransaction
from corpus.departments import Departments, Word
from corpus.ledger.changes import By
from corpus.ledger.departments import departments as to_choose
from corpus.types import Visibility

HERE = By(person=CONSOLE, at=datetime(2032, 3, 4, 9, tzinfo=UTC))


@pytest.fixture
def db(tmp_path: Path) -> Iterator[sqlite_utils.Database]:
    database = CouncilDatabase(tmp_path)
    with database.write() as db:
        put(db, "복지정책과", {Word.ALIAS: ["복지과"], Word.TOPIC: ["반찬", "돌봄"]})
        put(db, "해솔동 행정복지센터", {Word.DONG: ["해솔동"]})
        put(db, "청소행정과", {Word.TOPIC: ["쓰레기"]})
        put(db, "동부 청소팀", {Word.TOPIC: ["쓰레기"], Word.DONG: ["해솔동", "모란1동"]})
        yield db
    database.close()


def put(db: sqlite_utils.Database, name: str, words: dict[Word, list[str]]) -> None:
    number = departments.add(db, name, HERE)
    for kind, of_kind in words.items():
        seen = Departments(OpenTransaction(db)).get(number)
        assert seen is not None
        assert departments.set_words(db, seen, kind, of_kind, HERE)


@pytest.mark.parametrize(
    ("text", "dong", "name"),
    [
        ("반찬 배달이 늦어요", "", "복지정책과"),
        ("반찬 배달이 늦어요", "해솔동", "복지정책과"),
        ("쓰레기가 넘쳐요", "", "청소행정과"),
        ("쓰레기가 넘쳐요", "모란1동", "동부 청소팀"),
        ("쓰레기가 넘쳐요", "모란2동", "청소행정과"),
        ("의자가 부서졌어요", "해솔동", "해솔동 행정복지센터"),
        ("의자가 부서졌어요", "모란2동", ""),
        ("복지과에서 쓰레기를 봐 주세요", "모란1동", "복지정책과"),
        ("의자가 부서졌어요", "", ""),
    ],
)
def test_who_answers_is_who_is_named_then_whose_topic_it_is_then_whose_neighbourhood(
    db: sqlite_utils.Database, text: str, dong: str, name: str
) -> None:
    found = Departments(OpenTransaction(db)).answering(text, dong)
    assert (found.name if found else "") == name


def test_a_department_is_known_by_each_of_its_names(db: sqlite_utils.Database) -> None:
    known = Departments(OpenTransaction(db))
    assert [one.name for name in ("복지과", "복지 정책과") if (one := known.named(name))] == [
        "복지정책과"
    ] * 2
    assert known.named("") is None


def test_the_offices_own_departments_are_offered_first(db: sqlite_utils.Database) -> None:
    assert to_choose(OpenTransaction(db), Visibility.STAFF, 2) == ["동부 청소팀", "복지정책과"]


def test_of_two_changes_made_from_the_same_card_one_is_refused(db: sqlite_utils.Database) -> None:
    seen = Departments(OpenTransaction(db)).named("청소행정과")
    assert seen is not None
    assert departments.set_words(db, seen, Word.ALIAS, ["청소과"], HERE)
    assert not departments.set_words(db, seen, Word.ALIAS, ["환경과"], HERE)
    assert not departments.remove(db, seen, HERE)
    assert departments.add(db, "청소행정과", HERE) == 0


def test_every_change_is_in_the_audit(db: sqlite_utils.Database) -> None:
    seen = Departments(OpenTransaction(db)).named("청소행정과")
    assert seen is not None
    departments.rename(db, seen, "자원순환과", HERE)
    last = Audit(OpenTransaction(db)).entries()[-1]
    assert (last.action, last.details["old"]) == ("department_changed", "청소행정과")


def test_a_renamed_department_still_answers_to_the_name_before(db: sqlite_utils.Database) -> None:
    seen = Departments(OpenTransaction(db)).named("청소행정과")
    assert seen is not None
    assert departments.rename(db, seen, "자원순환과", HERE)
    found = Departments(OpenTransaction(db)).named("청소행정과")
    assert found is not None
    assert found.name == "자원순환과"
