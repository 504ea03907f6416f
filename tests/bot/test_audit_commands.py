"""`dongne audit` as it is typed."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.__main__ import cli
from corpus.audit import Audit
from corpus.database import CouncilDatabase
from corpus.messages import say
from tests.bot.conftest import opened


def dongne(folder: Path, *arguments: object) -> Result:
    return CliRunner().invoke(cli, ["--data", str(folder), *map(str, arguments)])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    dongne(folder, "people", "invite", "--role", "staff")
    dongne(folder, "departments", "add", "=복지과")
    return folder


def test_an_empty_audit_is_whole(tmp_path: Path) -> None:
    assert dongne(tmp_path, "audit", "list").output.strip() == say("audit.nothing")
    verified = dongne(tmp_path, "audit", "verify")
    assert (verified.exit_code, verified.output.strip()) == (0, say("audit.whole", count=0))


def test_what_was_done_is_listed_in_words_and_written_to_files(
    folder: Path, tmp_path: Path
) -> None:
    first, second = dongne(folder, "audit", "list").output.splitlines()
    assert say("audit_action.invite") in first
    assert f"{say('audit.console')} · {say('audit_action.department_added')} · =복지과" in second
    output = tmp_path / "감사.csv"
    assert dongne(folder, "audit", "export", output).exit_code == 0
    rows = list(csv.reader(output.read_text("utf-8-sig").splitlines()))
    assert rows[0][0] == say("audit_head.number")
    assert rows[2][4] == "'=복지과"  # no formula where spreadsheets would run one
    assert dongne(folder, "audit", "export", tmp_path / "감사.hwp").exit_code == 2
    assert say("audit_action.export") in dongne(folder, "audit", "list", "-n", 1).output


def test_verify_says_where_and_ends_with_1(folder: Path) -> None:
    database = CouncilDatabase(folder)
    with database.write() as db:
        db.execute("drop trigger audit_stays")
        db.execute("update audit set subject = 'x' where id = 2")
    database.close()
    verified = dongne(folder, "audit", "verify")
    assert (verified.exit_code, verified.stderr.strip()) == (1, say("audit.broken", number=2))


def test_papers_that_come_and_go_at_the_console_are_written(folder: Path, tmp_path: Path) -> None:
    paper = tmp_path / "소식.txt"
    paper.write_text("2032년 단비구 소식\n\n화분을 나눕니다.\n", encoding="utf-8")
    dongne(folder, "ingest", paper, "--visibility", "members", "--no-wait")
    dongne(folder, "withdraw", paper.name)
    with opened(folder) as council:
        entries = Audit(council.database).entries()[2:]
    assert [(one.action, one.details) for one in entries] == [
        ("upload", {"name": "소식.txt", "outcome": "added", "visibility": "members"}),
        ("withdraw", {"name": "소식.txt"}),
    ]
