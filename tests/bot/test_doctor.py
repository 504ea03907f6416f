"""What `dongne doctor` says of an installation, and of each way in which it may be ill."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.__main__ import cli
from bot.config import Config, Council, Data
from bot.doctor.examination import examine
from bot.doctor.finding import Finding, State
from bot.keeping.backup import write_backup
from bot.serve_settings import rota
from bot.wiring import now
from corpus.audit import CONSOLE, write_entry
from corpus.database import FILE_NAME, CouncilDatabase
from corpus.locks import SERVING, held
from corpus.messages import messages
from retrieval.e5.conversion import converted
from tests.support.people import enrol
from tests.support.telegram import BOT, TOKEN, TelegramDouble

WELL, DOUBTFUL, BROKEN = State.WELL, State.DOUBTFUL, State.BROKEN


@pytest.fixture
def config(store: Path, tmp_path: Path, models: Path) -> Config:
    """An installation where all is well."""
    converted(models)
    folder = Path(shutil.copytree(store, tmp_path / "data"))
    folder.chmod(0o700)
    council = Council(name="나래구 협의체", district="나래구", dongs=("동백동", "목련동"))
    config = Config().model_copy(update={"data": Data(folder=folder), "council": council})
    write_backup(folder, rota(config).file(now()), "", now())
    return config


def found(config: Config, at: datetime | None = None, **environment: str) -> dict[str, Finding]:
    findings = list(examine(config, environment, at or now()))
    assert len({one.check for one in findings}) == len(findings)
    for one in findings:
        assert bool(one.remedy) == (one.state is not WELL), one
        assert f"doctor_check.{one.check}" in messages()
    return {one.check: one for one in findings}


def ill(config: Config, at: datetime | None = None, **environment: str) -> dict[str, State]:
    everything = found(config, at, **environment)
    return {name: one.state for name, one in everything.items() if one.state is not WELL}


@pytest.fixture
def writes(config: Config) -> Callable[..., None]:
    def run(*statements: str) -> None:
        with closing(sqlite3.connect(config.data.folder / FILE_NAME)) as connection:
            for statement in statements:
                connection.execute(statement)
            connection.commit()

    return run


def test_of_an_installation_that_is_well_it_says_so_and_changes_nothing(config: Config) -> None:
    before = (config.data.folder / FILE_NAME).read_bytes()
    assert ill(config) == {}
    assert (config.data.folder / FILE_NAME).read_bytes() == before


def test_before_anything_was_set_up_it_says_what_to_do_first(tmp_path: Path) -> None:
    config = Config().model_copy(update={"data": Data(folder=tmp_path / "none")})
    states = ill(config)
    assert BROKEN not in states.values()
    assert "dongne ingest" in found(config)["store"].remedy
    assert not (tmp_path / "none").exists()


SPOILT = {
    "references": (
        BROKEN,
        "insert into pages values (777, 1, 0)",
    ),
    "version": (
        BROKEN,
        "insert into _sqlite_migrations (migration_set, name, applied_at)"
        " values ('council', 'm999_future', '')",
    ),
    "keywords": (
        BROKEN,
        "delete from passage_terms where rowid = (select min(id) from passages)",
    ),
    "vectors": (
        DOUBTFUL,
        "delete from passage_vectors where passage_id = (select min(id) from passages)",
    ),
    "inbox": (
        DOUBTFUL,
        "insert into inbox (update_id, payload, state, received_at)"
        " values (1, '{}', 'waiting', '2026-01-01T00:00:00+00:00')",
    ),
    "outbox": (
        DOUBTFUL,
        "insert into outbox (chat_id, method, payload, state, not_before, created_at) values"
        " (1, 'sendMessage', '{}', 'queued', '2026-01-01T00:00:00+00:00',"
        " '2026-01-01T00:00:00+00:00')",
    ),
    "papers": (
        DOUBTFUL,
        "insert into doubts (document_id, code) select min(id), 'garbled' from documents",
    ),
    "administrators": (
        DOUBTFUL,
        "insert into people (telegram_id, role, created_at) values (1, 'staff', '')",
    ),
    "clock": (
        DOUBTFUL,
        "update documents set ingested_at = '2099-01-01T00:00:00+00:00'",
    ),
}


@pytest.mark.parametrize("check", SPOILT)
def test_what_is_wrong_in_the_store_is_told_by_the_check_for_it(
    config: Config, writes: Callable[..., None], check: str
) -> None:
    state, statement = SPOILT[check]
    writes(statement)
    states = ill(config)
    assert states.pop(check) is state
    # What cannot be looked at in a store of another version is said to be so.
    assert set(states) <= ({"audit", "vectors"} if check == "version" else set())


def test_an_audit_that_was_changed_is_told(config: Config, writes: Callable[..., None]) -> None:
    with closing(CouncilDatabase(config.data.folder)) as database:
        enrol(database, {1: "administrator"})
        with database.write() as db:
            for subject in "ab":
                write_entry(
                    db, at=now(), person=CONSOLE, action="role", subject=subject, details={"n": 1}
                )
    assert ill(config) == {}
    writes("drop trigger audit_stays", "update audit set details = '{}' where id = 1")
    assert ill(config) == {"audit": BROKEN}


def test_a_corrupt_page_is_told_with_the_remedy_and_ends_with_code_1(config: Config) -> None:
    path = config.data.folder / FILE_NAME
    content = bytearray(path.read_bytes())
    place = content.index("나래구 마을회의".encode()) // 4096 * 4096
    content[place : place + 4096] = b"\xa5" * 4096
    path.write_bytes(content)
    everything = found(config)
    assert everything["store"].state is BROKEN
    assert "dongne restore" in everything["store"].remedy
    assert {"audit", "keywords", "disk", "backups"} <= set(everything)
    done = CliRunner().invoke(cli, ["--data", str(config.data.folder), "doctor", "--json"])
    assert done.exit_code == 1
    told = json.loads(done.output)
    assert told["well"] is False
    assert {one["check"] for one in told["checks"]} == set(everything)


@pytest.mark.parametrize("content", [b"", b"no database at all" * 400])
def test_a_file_that_is_no_store_is_told(config: Config, content: bytes) -> None:
    (config.data.folder / FILE_NAME).write_bytes(content)
    for log in ("-wal", "-shm"):
        (config.data.folder / (FILE_NAME + log)).unlink(missing_ok=True)
    assert found(config)["store"].state is BROKEN


def test_an_index_or_a_model_that_is_damaged_is_told(config: Config) -> None:
    (config.data.folder / "index" / "chroma.sqlite3").write_bytes(b"rubbish")
    models = config.data.folder / "elsewhere"
    states = ill(config)
    assert states == {"vectors": BROKEN}
    assert not models.exists()
    bare = config.model_copy(
        update={"embedder": config.embedder.model_copy(update={"folder": models})}
    )
    assert ill(bare)["model"] is DOUBTFUL
    assert not models.exists()


def test_backups_that_are_missing_old_or_damaged_are_told(config: Config) -> None:
    plan = rota(config)
    ((_, file),) = plan.made()
    assert ill(config, now() + timedelta(days=3)) == {"backups": DOUBTFUL}
    file.write_bytes(file.read_bytes()[:-100])
    assert ill(config) == {"backups": BROKEN}
    file.unlink()
    assert ill(config) == {"backups": DOUBTFUL}


def test_a_folder_that_others_can_read_and_a_council_without_name_are_told(config: Config) -> None:
    config.data.folder.chmod(0o755)
    nameless = config.model_copy(update={"council": Council()})
    assert ill(nameless) == {"rights": DOUBTFUL, "settings": DOUBTFUL}


def test_a_clock_that_cannot_be_right_is_told(config: Config) -> None:
    assert ill(config, datetime(2001, 1, 1, tzinfo=UTC))["clock"] is BROKEN


def test_telegram_is_asked_where_there_is_a_token(config: Config) -> None:
    with TelegramDouble() as telegram:
        address = {"TELEGRAM_BASE_URL": telegram.base_url, "TELEGRAM_BOT_TOKEN": TOKEN}
        assert BOT["username"] in found(config, **address)["telegram"].text
        assert ill(config, **(address | {"TELEGRAM_BOT_TOKEN": "1:wrong"})) == {"telegram": BROKEN}
    away = found(config, **address)["telegram"]
    assert away.state is DOUBTFUL
    assert TOKEN not in away.text + away.remedy


def test_beside_a_bot_that_serves_it_works(config: Config) -> None:
    with held(config.data.folder, SERVING), closing(CouncilDatabase(config.data.folder)) as store:
        store.set_setting("x", "y")
        assert ill(config) == {}
        assert "돌고 있습니다" in found(config)["serving"].text
