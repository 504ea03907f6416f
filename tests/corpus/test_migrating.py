"""Stores of every earlier version are brought forward, tried on a copy first."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
import sqlite_utils

from corpus.audit import CONSOLE, Audit, write_entry
from corpus.database import FILE_NAME, CouncilDatabase
from corpus.errors import BusyError, StoreError
from corpus.ledger.ledger import Ledger
from corpus.locks import SERVING, held
from corpus.migrating import FOLDER
from corpus.schema import MIGRATIONS, applied_steps
from corpus.snapshot import problems
from corpus.types import Visibility
from tests.support.secretary import day

# Rows that a step's tables may hold, as the version of that step wrote them.
ROWS = {
    "m001_papers_and_conversations": (
        "insert into settings values ('vectors.store', 'abc')",
        "insert into documents values (1, '예산.txt', '2031 예산', 'budget', '', '2031', 0, 'txt',"
        " '/papers/예산.txt', 'd1', '가나다 12원', '2031-01-01')",
        "insert into passages values (1, 1, 0, 0, 7, null, '[]', '가나다 12원', 'p1')",
        "insert into passage_terms (rowid, title, heading, body) values (1, '예산', '', '가나다')",
        "insert into passage_vectors values (1, 'model@0')",
        "insert into tables values (1, 1, 0, '', 0, 7, null, 1, 1)",
        "insert into cells values (1, 0, 0, 1, 1, '12원', 4, 7)",
        "insert into people values (1, 501, 'staff', '가람1동', '2031-01-01')",
        "insert into answers values (1, 'c', '얼마?', '{}', 0, 501, 1, 2, '2031-01-01')",
        "insert into feedback values (1, 1, 1, '2031-01-01')",
        "insert into inbox values (7, '{}', 'waiting', 0, '2031-01-01', null)",
        "insert into outbox values (1, 7, 501, 'sendMessage', '{}', 1, 'queued', 0, '2031-01-01',"
        " null, '2031-01-01')",
    ),
    "m002_records": (
        "insert into relations values (1, 1, 0, 'table', '예산', 0, 7)",
        "insert into records values (1, 1, 0, null, 'row', 0, '')",
        "insert into record_spans values (1, 0, 0, 7)",
        "insert into fields values (1, 0, '동', 'place', '가람1동', 0, 3, null, '', '가람1동', '',"
        " '')",
        "insert into fields values (1, 1, '예산', 'money', '12원', 4, 7, 12, '원', '', '', '')",
        "insert into record_terms (rowid, title, heading, body) values (1, '예산', '', '가람')",
    ),
    "m004_people_and_corrections": (
        "insert into invitations values ('c1', 'member', '2031-01-01', '2031-01-08', null)",
        "insert into corrections (source, document, kind, heading, keys, quote, occurrence, field,"
        " field_number, printed, given, reason, person, made_at, record_id) values"
        " ('/papers/예산.txt', '예산.txt', 'row', '', '', '12원', 0, '예산', 1, '{}', '{}', '',"
        " 'x', '2031-01-01', 1)",
    ),
    "m006_ledger": (
        "insert into opinions (id, year, ordinal, number, origin, state, visibility, text,"
        " author_id, raised_at) values"
        " (1, 2031, 1, '의견-2031-0001', 'chat', 'answered', 2, '가로등이 어두워요', 1,"
        " '2031-01-01T00:00:00+00:00')",
        "insert into opinion_replies (opinion_id, version, at, person, department, text, promise,"
        " due, meeting) values (1, 1, '2031-01-02', 'x', '', '고쳤습니다', 'done', '', '')",
    ),
    "m007_meetings": (
        "insert into meetings (id, body, year, number, visibility, made_at) values"
        " (1, '실무협의체', 2031, 1, 2, '2031-01-01')",
        "insert into meeting_notes (id, meeting_id, kind, text, made_at) values"
        " (1, 1, 'note', '우산', '2031-01-01')",
        "insert into minutes (meeting_id, ordinal, content, reason, person, made_at, state) values"
        " (1, 1, '{}', '', 'x', '2031-01-01', 'approved')",
    ),
}

STEPS = [migration.name for migration in MIGRATIONS._migrations]


def store_of(folder: Path, step: str) -> dict[str, int]:
    """Make a small store as the version of a step left it; how many rows each table has."""
    folder.mkdir()
    with closing(sqlite3.connect(folder / FILE_NAME, isolation_level=None)) as connection:
        db = sqlite_utils.Database(connection, execute_plugins=False)
        db.enable_wal()
        for name in STEPS[: STEPS.index(step) + 1]:
            later = [one.name for one in MIGRATIONS._migrations]
            MIGRATIONS.apply(db, stop_before=later[later.index(name) + 1 :])
            for statement in ROWS.get(name, ()):
                connection.execute(statement)
            if name == "m004_people_and_corrections":
                write_entry(
                    db, at=day("2031-01-01"), person=CONSOLE, action="role", subject="s", details={}
                )
        return counts(connection)


def counts(connection: sqlite3.Connection) -> dict[str, int]:
    tables = connection.execute(
        "select name from sqlite_master where type = 'table' and sql like 'create table%'"
        " and name not like '%\\_terms\\_%' escape '\\'"
    ).fetchall()
    return {
        name: int(connection.execute(f"select count(*) from {name}").fetchone()[0])
        for (name,) in tables
    }


@pytest.mark.parametrize("step", STEPS)
def test_a_store_of_each_version_keeps_all_its_rows_and_works(tmp_path: Path, step: str) -> None:
    before = store_of(tmp_path / "data", step)
    with closing(CouncilDatabase(tmp_path / "data")) as database:
        with closing(sqlite3.connect(database.path)) as connection:
            after = counts(connection)
            assert list(applied_steps(connection)) == STEPS
        assert {name: after[name] for name in before if after[name] < before[name]} == {}
        assert Audit(database).broken_at() is None
        (paper,) = database.read("select title from documents")
        assert paper["title"] == "2031 예산"
        if step >= "m006":
            opinion = Ledger(database).get(1)
            assert opinion is not None
            assert (opinion.number, opinion.visibility) == ("의견-2031-0001", Visibility.STAFF)
        database.set_setting("written", "after")
    assert problems(tmp_path / "data" / FILE_NAME) == []


@pytest.mark.parametrize("step", STEPS[:-1])
def test_the_store_as_it_was_is_kept_beside_it(tmp_path: Path, step: str) -> None:
    before = store_of(tmp_path / "data", step)
    CouncilDatabase(tmp_path / "data").close()
    (kept,) = (tmp_path / "data" / FOLDER).iterdir()
    with closing(sqlite3.connect(kept)) as connection:
        assert applied_steps(connection)[-1] == step
        assert counts(connection) == before


def test_answers_keep_their_messages_and_votes_and_no_number_of_one_comes_back(
    tmp_path: Path,
) -> None:
    store_of(tmp_path / "data", "m015_calls_of_the_model")
    with closing(CouncilDatabase(tmp_path / "data")) as database:
        assert database.read("select answer_id from outbox")[0]["answer_id"] == 1
        assert database.read("select answer_id, helpful from feedback")[0]["helpful"] == 1
        with database.write() as db:
            db.execute("delete from answers")
        assert database.read("select answer_id from outbox")[0]["answer_id"] is None
        assert database.read("select * from feedback") == []
        with database.write() as db:
            db.execute(
                "insert into answers (conversation, question, answer, visibility, asked_at)"
                " values ('d', '', '{}', 0, '2031-01-02')"
            )
        assert database.read("select id from answers")[0]["id"] == 2


def test_a_new_store_and_one_that_lacks_nothing_are_not_copied(tmp_path: Path) -> None:
    for _ in range(2):
        CouncilDatabase(tmp_path / "data").close()
    assert not (tmp_path / "data" / FOLDER).exists()


@pytest.fixture
def broken_step() -> object:
    """A step after all others that fails on a store with papers; taken away again."""

    @MIGRATIONS(name="m999_fails")
    def fails(db: sqlite_utils.Database) -> None:
        db.execute("create table half (id integer primary key)")
        db.execute("update documents set visibility = 9")

    yield fails
    MIGRATIONS._migrations.pop()


@pytest.mark.usefixtures("broken_step")
def test_a_step_that_fails_leaves_the_store_as_it_was(tmp_path: Path) -> None:
    store_of(tmp_path / "data", "m010_heads")
    with closing(sqlite3.connect(tmp_path / "data" / FILE_NAME)) as connection:
        before = list(connection.iterdump())
    with pytest.raises(StoreError, match="이전 버전"):
        CouncilDatabase(tmp_path / "data")
    with closing(sqlite3.connect(tmp_path / "data" / FILE_NAME)) as connection:
        assert list(connection.iterdump()) == before
    assert list((tmp_path / "data" / FOLDER).iterdir()) == []


def test_a_store_that_an_earlier_version_serves_is_left_alone(tmp_path: Path) -> None:
    store_of(tmp_path / "data", STEPS[0])
    with held(tmp_path / "data", SERVING), pytest.raises(BusyError, match="멈춘"):
        CouncilDatabase(tmp_path / "data")
    with closing(sqlite3.connect(tmp_path / "data" / FILE_NAME)) as connection:
        assert applied_steps(connection) == (STEPS[0],)
