"""`dongne review` as it is typed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.__main__ import cli
from corpus.database import CouncilDatabase
from corpus.messages import say
from corpus.types import Visibility
from tests.bot.conftest import opened

PAPER = """2032년 단비구 동별 나눔사업 예산

- 모란1동 : 국수 나눔 등 4개 사업 420만원
- 모란2동 : 우산 수리 등 7개 사업 735만원
- 해솔동 : 골목 화분 등 2개 사업 180만원
"""

Dongne = Callable[..., Result]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    paper = tmp_path / "예산.txt"
    paper.write_text(PAPER, encoding="utf-8")
    with opened(tmp_path / "data") as council:
        list(council.ingest.run([paper], Visibility.PUBLIC))
    return tmp_path / "data"


@pytest.fixture
def dongne(folder: Path) -> Iterator[Dongne]:
    def run(*arguments: object) -> Result:
        return CliRunner().invoke(cli, ["--data", str(folder), *map(str, arguments)])

    return run


def record(folder: Path, place: str) -> int:
    database = CouncilDatabase(folder)
    row = database.one("select record_id from fields where place = ?", [place])
    database.close()
    assert row is not None
    return int(row["record_id"])


def test_a_row_is_shown_corrected_and_taken_back(dongne: Dongne, folder: Path) -> None:
    number = record(folder, "모란2동")
    assert "735만원" in dongne("review", "show", number).output
    done = dongne("review", "correct", number, "금액", "753만원", "--reason", "뒤바뀜")
    assert (done.exit_code, "735만원 → 753만원" in done.output) == (0, True)
    (line,) = dongne("review", "changes").output.splitlines()
    assert "735만원 → 753만원" in line
    assert line.endswith("뒤바뀜")
    assert dongne("review", "undo", number).output.strip() == say("review.undone")
    assert dongne("review", "undo", number).exit_code == 1


def test_a_confirmed_row_is_remembered(dongne: Dongne, folder: Path) -> None:
    done = dongne("review", "confirm", record(folder, "해솔동"))
    assert done.output.strip() == say("review.confirmed")
    assert say("review.change_confirmed") in dongne("review", "changes").output
    assert dongne("review", "list").output.strip() == say("review.nothing")


@pytest.mark.parametrize(
    ("arguments", "key"),
    [
        (["show", 999_999], "gone"),
        (["correct", None, "없는 칸", "1만원"], "no_field"),
        (["correct", None, "금액", "아주 많이"], "no_value"),
    ],
)
def test_what_cannot_be_done_is_one_line_and_code_2(
    dongne: Dongne, folder: Path, arguments: list[object], key: str
) -> None:
    given = [record(folder, "해솔동") if one is None else one for one in arguments]
    done = dongne("review", *given)
    assert done.exit_code == 2
    (line,) = done.stderr.splitlines()
    assert line == say(f"review.{key}", name="없는 칸", printed="180만원")
