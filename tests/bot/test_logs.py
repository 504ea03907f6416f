from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.config import Log
from bot.logs import log_to
from corpus.errors import ConfigError

BOT = logging.getLogger("bot.something")


@pytest.fixture(autouse=True)
def loggers_as_before() -> Iterator[None]:
    root = logging.getLogger()
    kept, level = root.handlers[:], root.level
    yield
    for handler in root.handlers:
        if handler not in kept:
            handler.close()
    root.handlers[:] = kept
    root.setLevel(level)
    for room in ("bot", "retrieval", "corpus"):
        logging.getLogger(room).setLevel(logging.NOTSET)


def test_an_event_is_one_line_of_pairs_and_a_sentence_becomes_one(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    log_to(Log(), tmp_path)
    BOT.info("event=question update=%d basis=%s", 7, "none")
    BOT.warning('the "store" is %s', "늦음")
    first, second = capsys.readouterr().err.splitlines()
    head = r"time=20\d\d-\d\d-\d\dT[\d:.]+\+09:00 level=info from=bot.something "
    assert re.fullmatch(head + "event=question update=7 basis=none", first)
    assert second.endswith(' level=warning from=bot.something message="the \\"store\\" is 늦음"')
    assert not list(tmp_path.iterdir())


def test_a_traceback_stands_indented_below_its_line(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    log_to(Log(), tmp_path)
    try:
        int("no")
    except ValueError:
        BOT.exception("event=incident number=%s\n%s", "ABC", "where\nand how")
    line, *below = capsys.readouterr().err.splitlines()
    assert line.endswith("event=incident number=ABC")
    assert below[:2] == ["  where", "  and how"]
    assert below[-1] == "  ValueError: invalid literal for int() with base 10: 'no'"
    assert all(one.startswith("  ") for one in below)


def test_only_what_is_wanted_is_written_and_libraries_only_from_warnings_on(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    log_to(Log(level="debug"), tmp_path)
    BOT.debug("ours")
    logging.getLogger("some.library").info("what it was given")
    logging.getLogger("some.library").warning("what went wrong")
    log_to(Log(level="error"), tmp_path)
    BOT.warning("not any more")
    said = capsys.readouterr().err
    assert "ours" in said
    assert "what went wrong" in said
    assert "what it was given" not in said
    assert "not any more" not in said


def test_a_file_grows_to_its_size_and_then_makes_way(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    log_to(Log(file="log/serve.log", file_mb=1, files=2), tmp_path)
    for _ in range(45):
        BOT.info("event=filler of=%s", "x" * 100_000)
    files = sorted(path.name for path in (tmp_path / "log").iterdir())
    assert files == ["serve.log", "serve.log.1", "serve.log.2"]
    assert all(path.stat().st_size <= 10**6 for path in (tmp_path / "log").iterdir())
    assert capsys.readouterr().err.count("event=filler") == 45


def test_a_file_that_cannot_be_written_is_told_with_its_path(tmp_path: Path) -> None:
    (tmp_path / "log").write_text("a file, no folder")
    with pytest.raises(ConfigError, match=r"log/serve\.log"):
        log_to(Log(file="log/serve.log"), tmp_path)
