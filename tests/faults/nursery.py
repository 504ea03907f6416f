"""Starts bots, ingests and backups that die at a chosen step: `python -m tests.faults.nursery`.

Everything is imported once; each child is a fork, so that two hundred deaths cost no two hundred
starts. Orders come as lines of JSON on standard input; what became of children goes out likewise.
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
import signal
import sys
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.keeping.backup import write_backup
from bot.keeping.restoring import restore
from bot.telegram.application import serve, utc_now
from bot.telegram.settings import TelegramSettings
from corpus.database import CouncilDatabase
from corpus.errors import CouncilError
from corpus.types import Visibility
from retrieval.terms import KiwiTerms
from tests.support import secretary
from tests.support.people import WIDE
from tests.support.secretary import Secretary

NOW = datetime(2032, 3, 4, 5, 6, tzinfo=UTC)
# What the interpreter itself tells of: every place where a backup or a restore touches the disk.
_TOUCHES = {"open", "os.rename", "os.remove", "os.mkdir", "os.chmod", "sqlite3.connect"}


class Fate:
    """Kills the process at the so-manieth step; 0 lets it live.

    Args:
        at: The step.
    """

    def __init__(self, at: int) -> None:
        self._left = at
        self._lock = threading.Lock()

    def step(self, *_: object) -> None:
        with self._lock:
            self._left -= 1
            if self._left == 0:
                os.kill(os.getpid(), signal.SIGKILL)


class Doomed(CouncilDatabase):
    """A store whose process dies before one of the statements of its writer."""

    fate = Fate(0)

    def _connect(self, mode: str) -> Any:
        connection = super()._connect(mode)
        if mode == "rwc":
            connection.set_trace_callback(self.fate.step)
        return connection


def serves(order: dict[str, Any], terms: KiwiTerms) -> None:
    logging.basicConfig(level=logging.WARNING, filename=Path(order["folder"]) / "serve.log")
    one = Secretary(Path(order["folder"]), terms, utc_now())
    settings = TelegramSettings(**order["settings"], limits=WIDE)
    asyncio.run(serve(one.assistant, one.database, settings))
    one.close()


def ingests(order: dict[str, Any], terms: KiwiTerms) -> None:
    one = Secretary(Path(order["folder"]), terms, NOW)
    for _ in one.ingest.run(sorted(Path(order["papers"]).iterdir()), Visibility.PUBLIC):
        pass
    one.close()


def backs_up(order: dict[str, Any], terms: KiwiTerms) -> None:
    folder, file = Path(order["folder"]), Path(order["file"])
    sys.addaudithook(lambda event, _: Doomed.fate.step() if event in _TOUCHES else None)
    write_backup(folder, file, "", NOW, overwrite=True, report=Doomed.fate.step)


def restores(order: dict[str, Any], terms: KiwiTerms) -> None:
    folder, file = Path(order["folder"]), Path(order["file"])
    sys.addaudithook(lambda event, _: Doomed.fate.step() if event in _TOUCHES else None)
    restore(file, folder, NOW, set_aside=True, report=Doomed.fate.step)


WORKS: dict[str, Callable[[dict[str, Any], KiwiTerms], None]] = {
    "serve": serves,
    "ingest": ingests,
    "backup": backs_up,
    "restore": restores,
}


def born(order: dict[str, Any], terms: KiwiTerms) -> int:
    """Fork a child that works as told and dies when it is told."""
    child = os.fork()
    if child:
        return child
    code = 1
    try:
        os.setsid()
        Doomed.fate = Fate(order["dies_at"])
        secretary.CouncilDatabase = Doomed  # type: ignore[misc]
        WORKS[order["work"]](order, terms)
        code = 0
    except CouncilError as error:
        print(error, file=sys.stderr, flush=True)
    finally:
        os._exit(code)


_TALK = threading.Lock()


def say(**told: object) -> None:
    with _TALK:
        sys.stdout.write(f"{json.dumps(told)}\n")
        sys.stdout.flush()


def tell(child: int) -> None:
    _, status = os.waitpid(child, 0)
    say(ended=child, code=os.waitstatus_to_exitcode(status))


def main() -> None:
    terms = KiwiTerms()
    terms.index_terms("가나다 회의")
    say(ready=True)
    for line in sys.stdin:
        child = born(json.loads(line), terms)
        say(born=child)
        threading.Thread(target=tell, args=(child,), daemon=True).start()


if __name__ == "__main__":
    main()
