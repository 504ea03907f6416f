"""One soak run from start to end, and what was measured."""

from __future__ import annotations

import os
import random
import re
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median, quantiles

from corpus.database import CouncilDatabase
from tests.soak.busy_telegram import BusyTelegram
from tests.soak.crowd import Crowd
from tests.support.telegram import TOKEN

ROOT = Path(__file__).parents[2]
_TICK = 0.02
# Everybody is answered alike: nobody for the first time, and nobody has asked too often.
_ALWAYS_THE_SAME = {
    "DONGNE_PRIVACY__TOLD": "false",
    "DONGNE_LIMITS__QUESTIONS_MINUTE": "1000",
    "DONGNE_LIMITS__QUESTIONS_DAY": "100000",
    "DONGNE_LIMITS__GROUP_MINUTE": "1000",
}
# A killed process leaves its last send unsure; Telegram's slowest waits are over by then.
_DRAIN = 120.0
# What comes late would come within this time.
_LATE = 3.0
# A start loads the models and takes up what has come meanwhile; after this it is as on any day.
_SETTLING = 45.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a run is like.

    Attributes:
        seconds: How long people ask.
        private: People in private chats.
        groups: Groups of five people.
        kills: How often the process is killed, in the first third; a start takes some seconds.
        seed: Makes the run repeatable, as far as the clock lets it.
    """

    seconds: float
    private: int = 35
    groups: int = 3
    kills: int = 2
    seed: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a run has shown.

    Attributes:
        asked: Questions.
        verdict: Answers lost, doubled, wrong and disordered.
        failed: What was made to fail, by kind.
        waits: Seconds that people waited once nothing was killed any more.
        thinking: Seconds that finding an answer took meanwhile, as the bot logs it.
        memory: Resident bytes of the process that lived to the end, each with its second.
        left: Rows of inbox and outbox that nobody has dealt with.
    """

    asked: int
    verdict: Counter[str]
    failed: Counter[str]
    waits: list[float]
    thinking: list[float]
    memory: list[tuple[float, int]]
    left: int

    @property
    def growth(self) -> float:
        """Memory of the last quarter over that of the first after warming up, less one."""
        first, last = self.memory[0][0], self.memory[-1][0]
        warm = [one for at, one in self.memory if at >= first + (last - first) / 5]
        quarter = max(1, len(warm) // 4)
        return median(warm[-quarter:]) / median(warm[:quarter]) - 1


def p95(values: list[float]) -> float:
    """What 95 of 100 stay below."""
    return quantiles(values, n=20)[-1]


class Course:
    """A run.

    Args:
        plan: What it is like.
        folder: For the store and the log; empty.
        told: Is told what happens.
    """

    def __init__(self, plan: Plan, folder: Path, told: Callable[[str], None]) -> None:
        self._plan = plan
        self._told = told
        self._store = folder / "store"
        self._log = folder / "serve.log"
        self._process: subprocess.Popen[bytes] | None = None
        self._memory: list[tuple[float, int]] = []

    def run(self) -> Outcome:
        """Start the bot, let people ask, kill it a few times, and see what came of it."""
        plan, chance = self._plan, random.Random(self._plan.seed)
        self._dongne("ingest", ROOT / "corpus" / "sample").wait()
        with BusyTelegram() as telegram:
            crowd = Crowd(telegram, plan.private, plan.groups, chance)
            try:
                self._serve(telegram)
                crowd.learn()
                telegram.chance = chance
                quiet = self._talk(crowd, telegram)
                telegram.chance = None
                self._drain(crowd)
            finally:
                self._end(signal.SIGTERM)
            quiet_at = datetime.now(UTC) - timedelta(seconds=time.monotonic() - quiet)
            waits = [wait for since, wait in crowd.waits if since >= quiet]
            return Outcome(
                asked=crowd.asked,
                verdict=crowd.verdict(),
                failed=telegram.failed,
                waits=waits,
                thinking=self._thinking(quiet_at),
                memory=self._memory,
                left=self._left(),
            )

    def _talk(self, crowd: Crowd, telegram: BusyTelegram) -> float:
        """Let people ask until time is up; from when on nothing was killed any more."""
        plan, began = self._plan, time.monotonic()
        kills = [began + plan.seconds / 3 * n / plan.kills for n in range(1, plan.kills + 1)]
        calm, look = began, began
        while (now := time.monotonic()) < began + plan.seconds:
            if kills and now >= kills[0]:
                kills.pop(0)
                self._end(signal.SIGKILL)
                self._serve(telegram)
                self._told(f"killed after {now - began:.0f} s, {crowd.asked} asked")
                self._memory.clear()
                calm = time.monotonic() + min(_SETTLING, plan.seconds / 6)
            if now >= look:
                look = now + plan.seconds / 360
                self._memory.append((now, self._resident()))
            crowd.step(asking=True)
            time.sleep(_TICK)
        return calm

    def _drain(self, crowd: Crowd) -> None:
        patience = time.monotonic() + _DRAIN
        while crowd.step(asking=False) and time.monotonic() < patience:
            time.sleep(_TICK)
        time.sleep(_LATE)

    def _serve(self, telegram: BusyTelegram) -> None:
        self._process = self._dongne(
            "serve",
            TELEGRAM_BOT_TOKEN=TOKEN,
            TELEGRAM_BASE_URL=telegram.base_url,
            TELEGRAM_BASE_FILE_URL=telegram.base_file_url,
            **_ALWAYS_THE_SAME,
        )

    def _dongne(self, *arguments: object, **environment: str) -> subprocess.Popen[bytes]:
        with self._log.open("ab") as log:
            return subprocess.Popen(
                [sys.executable, "-m", "bot", "--data", self._store, *map(str, arguments)],
                stdout=log,
                stderr=log,
                cwd=ROOT,
                env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
            )

    def _end(self, how: signal.Signals) -> None:
        if self._process is not None:
            self._process.send_signal(how)
            self._process.wait(60)

    def _resident(self) -> int:
        assert self._process is not None
        status = Path(f"/proc/{self._process.pid}/status").read_text(encoding="utf-8")
        found = re.search(r"VmRSS:\s+(\d+) kB", status)
        return int(found[1]) * 1024 if found else 0

    def _thinking(self, since: datetime) -> list[float]:
        lines = re.findall(
            r"^time=(\S+) .* event=question .*ms=(\d+)$", self._log.read_text(), re.M
        )
        return [int(ms) / 1000 for at, ms in lines if datetime.fromisoformat(at) >= since]

    def _left(self) -> int:
        database = CouncilDatabase(self._store)
        (row,) = database.read(
            "select (select count(*) from inbox where state = 'waiting')"
            " + (select count(*) from outbox where state in ('queued', 'sending')) count"
        )
        database.close()
        return int(row["count"])
