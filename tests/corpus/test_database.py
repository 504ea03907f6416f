from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from corpus.database import FILE_NAME, CouncilDatabase, exists
from corpus.errors import StoreError


@pytest.fixture
def database(tmp_path: Path):
    database = CouncilDatabase(tmp_path)
    yield database
    database.close()


def test_a_new_folder_gets_every_table(tmp_path: Path) -> None:
    assert not exists(tmp_path / "자료")
    database = CouncilDatabase(tmp_path / "자료")
    assert exists(tmp_path / "자료")
    assert database.one("select count(*) as n from documents")["n"] == 0
    database.close()


def test_a_failed_block_leaves_nothing(database: CouncilDatabase) -> None:
    def half() -> None:
        with database.write() as db:
            db.execute("insert into settings values ('a', 'b')")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        half()
    assert database.setting("a") is None


def test_nested_blocks_are_one_transaction(database: CouncilDatabase) -> None:
    def half() -> None:
        with database.write():
            database.set_setting("a", "b")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        half()
    assert database.setting("a") is None


def test_reading_connections_cannot_write(database: CouncilDatabase) -> None:
    with pytest.raises(sqlite3.OperationalError):
        database.read("delete from settings")


def test_values_of_the_wrong_type_are_refused(database: CouncilDatabase) -> None:
    with pytest.raises(sqlite3.IntegrityError), database.write() as db:
        db.execute("insert into pages values (1, 'one', 0)")


def test_a_passage_needs_its_document(database: CouncilDatabase) -> None:
    with pytest.raises(sqlite3.IntegrityError), database.write() as db:
        db.execute("insert into pages values (77, 1, 0)")


def test_threads_and_processes_write_without_losing_a_row(
    database: CouncilDatabase, tmp_path: Path
) -> None:
    script = (
        "import sys; from pathlib import Path; from corpus.database import CouncilDatabase\n"
        "d = CouncilDatabase(Path(sys.argv[1]))\n"
        "for n in range(20): d.set_setting(f'process-{n}', 'x')\n"
    )
    other = subprocess.Popen([sys.executable, "-c", script, str(tmp_path)])

    def write(thread: int) -> None:
        for number in range(10):
            database.set_setting(f"{thread}-{number}", "x")

    threads = [threading.Thread(target=write, args=(thread,)) for thread in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert other.wait(timeout=60) == 0
    assert database.one("select count(*) as n from settings")["n"] == 60


def test_a_file_that_is_no_database_is_refused_with_a_remedy(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_text("이것은 데이터베이스가 아닙니다" * 50, encoding="utf-8")
    with pytest.raises(StoreError, match="백업"):
        CouncilDatabase(tmp_path)


def test_a_store_of_a_newer_program_is_refused(tmp_path: Path) -> None:
    database = CouncilDatabase(tmp_path)
    with database.write() as db:
        db["_sqlite_migrations"].insert(
            {"migration_set": "council", "name": "m999_future", "applied_at": "2030-01-01"}
        )
    database.close()
    with pytest.raises(StoreError, match="최신 버전"):
        CouncilDatabase(tmp_path)


@pytest.mark.parametrize(
    "looked_up",
    [
        "place <> '' and place = '모란1동'",
        "type = 'money' and value = 3000000",
        "name glob '*[12][09][0-9][0-9]*' and record_id = 7",
    ],
)
def test_a_store_of_an_earlier_version_gets_the_indexes_by_which_records_are_found(
    tmp_path: Path, looked_up: str
) -> None:
    database = CouncilDatabase(tmp_path)
    with database.write() as db:
        for name in ("fields_place", "fields_of_years", "fields_money"):
            db.execute(f"drop index {name}")
        db.execute("create index fields_place on fields (place) where place <> ''")
        db.execute("delete from _sqlite_migrations where name = 'm008_places_and_years'")
    database.close()
    database = CouncilDatabase(tmp_path)
    sql = f"explain query plan select record_id from fields where {looked_up}"
    plan = " ".join(row["detail"] for row in database.read(sql))
    assert "SEARCH fields" in plan
    assert "fields_place" not in plan or "COVERING" in plan
    database.close()


def test_what_is_read_at_one_moment_stays_as_it_was(database: CouncilDatabase) -> None:
    newest = "select value from settings where key = 'a'"
    database.set_setting("a", "before")
    with database.moment():
        assert database.one(newest)["value"] == "before"
        writer = threading.Thread(target=database.set_setting, args=("a", "after"))
        writer.start()
        writer.join()
        assert database.one(newest)["value"] == "before"
        with database.moment():
            assert database.unchanged(newest)["value"] == "before"
    assert database.one(newest)["value"] == "after"
    assert database.unchanged(newest)["value"] == "after"


def test_a_moment_that_fails_is_over(database: CouncilDatabase) -> None:
    def half() -> None:
        with database.moment():
            raise RuntimeError

    with pytest.raises(RuntimeError):
        half()
    database.set_setting("a", "b")
    with database.moment():
        assert database.setting("a") == "b"


@pytest.mark.timeout(20)
def test_emptying_the_log_does_not_wait_for_who_reads_for_long(database: CouncilDatabase) -> None:
    database.set_setting("a", "1")
    backup = sqlite3.connect(database.path, isolation_level=None)
    backup.execute("begin")
    backup.execute("select count(*) from settings").fetchone()
    database.set_setting("a", "2")
    database.scrub()
    database.set_setting("a", "3")
    backup.close()
    database.scrub()
    assert database.path.with_name(f"{database.path.name}-wal").stat().st_size == 0
    assert database.setting("a") == "3"
