from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from tests.support.telegram import TelegramDouble

_ROOT = Path(__file__).parents[2]
_PATIENCE = 90.0


class Nursery:
    """Starts children that die when they are told, and hears of their ends."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.nursery"],
            cwd=_ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._changed = threading.Condition()
        self._born: list[int] = []
        self._ended: dict[int, int] = {}
        self._listener = threading.Thread(target=self._listen)
        self._listener.start()

    def _listen(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            told = json.loads(line)
            with self._changed:
                if "born" in told:
                    self._born.append(told["born"])
                elif "ended" in told:
                    self._ended[told["ended"]] = told["code"]
                self._changed.notify_all()

    def start(self, work: str, dies_at: int = 0, **order: Any) -> int:
        """A child at work; gives its process number."""
        assert self._process.stdin is not None
        line = json.dumps({"work": work, "dies_at": dies_at, **order})
        with self._changed:
            count = len(self._born)
            self._process.stdin.write(f"{line}\n")
            self._process.stdin.flush()
            assert self._changed.wait_for(lambda: len(self._born) > count, _PATIENCE)
            return self._born[-1]

    def code(self, child: int) -> int:
        """How a child ended, once it has."""
        with self._changed:
            assert self._changed.wait_for(lambda: child in self._ended, _PATIENCE)
            return self._ended[child]

    def run(self, work: str, dies_at: int = 0, **order: Any) -> int:
        return self.code(self.start(work, dies_at, **order))

    def close(self) -> None:
        # A child that a failed test left alive holds the pipe open that is listened to.
        for child in set(self._born) - self._ended.keys():
            with suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait(30)
        self._listener.join()
        self._process.stdout.close()


@pytest.fixture(scope="module")
def nursery() -> Iterator[Nursery]:
    nursery = Nursery()
    yield nursery
    nursery.close()


@pytest.fixture
def telegram() -> Iterator[TelegramDouble]:
    with TelegramDouble() as double:
        yield double


@pytest.fixture
def at_length(pytestconfig: pytest.Config) -> None:
    """Leaves a test of half a minute to `make faults`."""
    if pytestconfig.getoption("--kills") < LENGTH:
        pytest.skip("left to make faults")


LENGTH = 100


@pytest.fixture(scope="session")
def kills(pytestconfig: pytest.Config) -> int:
    """How many deaths the kill tests die together."""
    return int(pytestconfig.getoption("--kills"))
