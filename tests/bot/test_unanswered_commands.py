"""`dongne unanswered` and `dongne stats` as they are typed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.__main__ import cli
from bot.clock import SEOUL
from bot.wiring import now
from corpus.messages import say
from corpus.tallies import Tally, tally
from corpus.unanswered import Cause, put_down
from tests.bot.conftest import opened
from tests.support.people import enrol

Dongne = Callable[..., Result]
QUESTION = "장난감도 빌려 주나요?"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with opened(tmp_path / "data") as council:
        enrol(council.database, {501: "citizen"})
        gist = council.assistant.gist(QUESTION)
        with council.database.write() as db:
            put_down(db, gist, QUESTION, Cause.REFUSED, 1, datetime(2031, 6, 1, tzinfo=SEOUL))
            tally(db, Tally.REFUSED, now().date())
    return tmp_path / "data"


@pytest.fixture
def dongne(folder: Path) -> Iterator[Dongne]:
    def run(*arguments: object) -> Result:
        return CliRunner().invoke(cli, ["--data", str(folder), *map(str, arguments)])

    return run


def test_a_question_is_listed_answered_and_taken_back(dongne: Dongne, folder: Path) -> None:
    assert f"    1  {QUESTION} (1번, 2031-06-01)" in dongne("unanswered", "list").output
    done = dongne("unanswered", "answer", 1, "네, 2층에서요.", "--visibility", "public")
    assert (done.exit_code, done.output.splitlines()) == (
        0,
        [
            say("unanswered.saved", level=say("visibility.public")),
            say("unanswered.told_some", count=1),
        ],
    )
    with opened(folder) as council:
        letters = council.database.read("select chat_id, payload from outbox")
    assert [row["chat_id"] for row in letters] == [501]
    assert "네, 2층에서요." in letters[0]["payload"]
    assert "네, 2층에서요. [1]" in dongne("ask", QUESTION).output
    assert "→ 네, 2층에서요." in dongne("unanswered", "list", "--state", "answered").output
    assert dongne("unanswered", "withdraw", 1).output.strip() == say("unanswered.withdrawn")
    assert say("answer.no_papers") in dongne("ask", QUESTION).output


def test_a_question_is_dropped_with_or_without_a_word(dongne: Dongne, folder: Path) -> None:
    assert dongne("unanswered", "drop", 1).output.strip() == say("unanswered.dropped")
    assert dongne("unanswered", "list").output.strip() == say("unanswered.none")
    with opened(folder) as council:
        assert council.database.read("select 1 from outbox") == []


def test_a_number_that_is_not_there_and_an_empty_answer_are_told(dongne: Dongne) -> None:
    gone = dongne("unanswered", "drop", 99)
    assert (gone.exit_code, gone.output.strip()) == (1, say("unanswered.gone"))
    empty = dongne("unanswered", "answer", 1, " ", "--visibility", "staff")
    assert (empty.exit_code, empty.output.strip()) == (2, say("unanswered.empty"))


def test_the_numbers_of_weeks_are_printed_and_drawn(dongne: Dongne, tmp_path: Path) -> None:
    picture = tmp_path / "weeks.png"
    done = dongne("stats", "--weeks", 4, "--chart", picture)
    assert "질문 1건: 답함 0건(0%), 답하지 못함 1건" in done.output
    assert say("stats.waiting", count=1) in done.output
    assert picture.read_bytes().startswith(b"\x89PNG")
