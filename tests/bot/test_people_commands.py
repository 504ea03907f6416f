"""`dongne people` and `dongne departments` as they are typed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.__main__ import cli
from bot.access import meet
from corpus.audit import Audit
from corpus.database import CouncilDatabase
from corpus.messages import say
from tests.support.secretary import day

Dongne = Callable[..., Result]


@pytest.fixture
def dongne(tmp_path: Path) -> Dongne:
    def run(*arguments: object) -> Result:
        return CliRunner().invoke(cli, ["--data", str(tmp_path), *map(str, arguments)])

    return run


@pytest.fixture
def store(tmp_path: Path) -> Iterator[CouncilDatabase]:
    database = CouncilDatabase(tmp_path)
    with database.write() as db:
        meet(db, 77, lambda: day("2032-03-04"))
    yield database
    database.close()


def test_an_empty_store_says_how_the_first_administrator_is_made(dongne: Dongne) -> None:
    listed = dongne("people", "list")
    assert (listed.stdout.strip(), listed.stderr.strip()) == (
        say("people.nobody"),
        say("people.first"),
    )
    invited = dongne("people", "invite", "--role", "administrator").output
    assert re.search(r"/start join-\S+", invited)
    assert "t.me" not in invited  # nobody has told what the bot is called


def test_a_person_gets_role_department_and_neighbourhoods_and_loses_them(
    dongne: Dongne, store: CouncilDatabase
) -> None:
    assert dongne("departments", "add", "복지정책과", "--alias", "복지과").exit_code == 0
    done = dongne(
        *("people", "set", 1, "staff", "--department", "복지과", "--dong", "모란1동"),
        *("--dong", "해솔동"),
    )
    assert done.stdout.strip() == "1 · 직원 · 복지정책과 · 모란1동, 해솔동"
    assert done.stderr.strip() == say("people.first")
    assert dongne("people", "set", 1, "administrator").stderr == ""
    cleared = dongne("people", "set", 1, "--department", "", "--dong", "")
    assert cleared.stdout.strip() == "1 · 관리자"
    told = store.read("select chat_id from outbox")
    assert [row["chat_id"] for row in told] == [77, 77]
    assert [one.action for one in Audit(store).entries()] == [
        *("department_added", "department_changed", "role", "department", "dongs", "role"),
        *("department", "dongs"),
    ]


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["set", 2, "chair"], 1),
        (["set", 1, "king"], 2),
        (["set", 1], 2),
        (["set", 1, "staff", "--department", "없는과"], 2),
        (["invite", "--role", "staff", "--department", "없는과"], 2),
        (["withdraw", 5], 1),
    ],
)
def test_what_cannot_be_done_is_one_line_and_changes_nothing(
    dongne: Dongne, store: CouncilDatabase, arguments: list[object], code: int
) -> None:
    done = dongne("people", *arguments)
    assert done.exit_code == code
    assert len(done.stderr.splitlines()) == 1
    assert Audit(store).entries() == []


def test_open_invitations_are_listed_and_withdrawn(dongne: Dongne) -> None:
    dongne("departments", "add", "복지정책과")
    dongne("people", "invite", "--role", "staff", "--department", "복지정책과", "--dong", "해솔동")
    (line,) = dongne("people", "invitations").output.splitlines()
    assert line.startswith("1 · 직원 · 복지정책과 · 해솔동 · ")
    assert dongne("people", "withdraw", 1).exit_code == 0
    assert dongne("people", "invitations").output.strip() == say("people.no_invitations")


def test_departments_are_added_changed_and_taken_out(dongne: Dongne) -> None:
    added = dongne("departments", "add", "청소과", "--topic", "쓰레기", "--topic", "골목")
    assert added.output.strip() == "청소과 · 맡은 주제: 골목, 쓰레기"
    assert dongne("departments", "add", "청소과").exit_code == 1
    changed = dongne("departments", "set", "청소과", "--name", "자원과", "--topic", "")
    assert changed.output.strip() == "자원과 · 다른 이름: 청소과"
    dongne("departments", "set", "자원과", "--dong", "해솔동")
    listed = dongne("departments", "list").output.strip()
    assert listed == "자원과 · 다른 이름: 청소과 · 맡은 동: 해솔동"
    assert dongne("departments", "remove", "없는과").exit_code == 2
    assert dongne("departments", "remove", "자원과").exit_code == 0
    assert dongne("departments", "list").output.strip() == say("department.none")
