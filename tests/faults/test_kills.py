"""Killed at any step of ingesting, asking, answering, meeting, backing up: nothing lost or doubled.

A seed chooses the steps. `make test` dies 20 times, `make faults` 200 times.
"""

from __future__ import annotations

import os
import random
import signal
import threading
import time
from contextlib import closing
from pathlib import Path
from typing import Any

from bot.config import Config, Data
from bot.doctor.examination import examine
from bot.doctor.finding import State
from bot.keeping.backup import write_backup
from bot.keeping.contents import verify
from bot.keeping.restoring import restore
from bot.wiring import now
from corpus.database import FILE_NAME, CouncilDatabase
from corpus.ledger.ledger import Ledger
from corpus.messages import say
from tests.faults.conftest import Nursery
from tests.support.people import enrol
from tests.support.telegram import TOKEN, TelegramDouble
from tests.support.wholeness import assert_whole

ANN, SORA, BEA = 501, 503, 504
PATIENCE = 60.0
NOTES = 3
# Messages until a meeting is open.
OPENING = 4
KILLED = -signal.SIGKILL
# A start writes 20 to 40 statements, a day of the council some 400.
_STEPS = (5, 220)
# Handling all that has been tried twice takes fewer.
_SPARED = 3000


def shares(kills: int) -> tuple[int, int, int]:
    """How many of the deaths bots, ingests, and backups with restores die."""
    ingests, backups = kills // 5, kills // 5
    return kills - ingests - backups, ingests, backups


# -- bots ------------------------------------------------------------------------------------------


class Mortal:
    """A bot that is started again whenever it dies, until it has died often enough."""

    def __init__(
        self, nursery: Nursery, telegram: TelegramDouble, folder: Path, chance: random.Random
    ) -> None:
        self._nursery, self._folder, self._chance = nursery, folder, chance
        self._settings = {
            "token": TOKEN,
            "base_url": telegram.base_url,
            "base_file_url": telegram.base_file_url,
        }
        self.deaths = 0
        self._wanted = 0
        self._child = 0
        self._stopped = False
        self._faults: list[BaseException] = []
        self._keeper = threading.Thread(target=self._keep)

    def live(self, wanted: int) -> None:
        self._wanted = wanted
        self._keeper.start()

    @property
    def is_due(self) -> bool:
        return self.deaths < self._wanted

    def _keep(self) -> None:
        try:
            while not self._stopped:
                self._child = self._nursery.start(
                    "serve", self._next(), folder=str(self._folder), settings=self._settings
                )
                code = self._nursery.code(self._child)
                if self._stopped:
                    return
                assert code == KILLED, (self._folder / "serve.log").read_text()
                self.deaths += 1
                with closing(CouncilDatabase(self._folder / "data")) as database:
                    assert_whole(database)
        except BaseException as error:
            self._faults.append(error)

    def _next(self) -> int:
        """The step at which the next life ends; 0 lives on."""
        if not self.is_due:
            return 0
        at = self._chance.randint(*_STEPS)
        with closing(CouncilDatabase(self._folder / "data")) as database:
            # What took the bot down three times is given up, as it should be: leave it its third.
            tried = database.one("select max(attempts) as n from inbox where state = 'waiting'")
        return at + _SPARED if tried and (tried["n"] or 0) >= 2 else at

    def rest(self) -> None:
        """End the bot as an operator would, and tell what went wrong while it lived."""
        self._stopped = True
        os.kill(self._child, signal.SIGTERM)
        self._keeper.join(PATIENCE)
        assert not self._keeper.is_alive()
        for fault in self._faults:
            raise fault


class Day:
    """One day of a council: a question, an opinion with its reply, a meeting with notes."""

    def __init__(self, telegram: TelegramDouble, number: int) -> None:
        self.telegram, self.number = telegram, number
        self.words = f"가로등 {number}번이 어두워요"

    def _sees(self, who: int, *words: str) -> dict[str, Any]:
        return self.telegram.sees(who, *words, seconds=PATIENCE)

    def pass_by(self) -> None:
        self.telegram.says(ANN, f"{self.number}번 우산 수리소는 어디에 있나요?")
        self.opinion()
        self.meeting()

    def opinion(self) -> None:
        telegram = self.telegram
        telegram.says(ANN, f"/opinion 모란1동 {self.words}")
        draft = self._sees(ANN, say("opinion.draft"), self.words)
        telegram.presses(ANN, draft, say("opinion.button_record"))
        card = self._sees(SORA, self.words)
        telegram.presses(SORA, card, say("opinion_action.take"))
        card = self._sees(SORA, say("opinion.mine"), self.words)
        telegram.presses(SORA, card, say("opinion_action.answer"))
        telegram.presses(SORA, self._newest(say("opinion.ask_kind")), say("promise.done"))
        telegram.presses(SORA, self._newest("이렇게 답합니다"), say("opinion_typing.asis"))
        telegram.presses(SORA, self._newest("이대로 보낼까요?"), "보내기")
        self._sees(ANN, "답이 왔습니다", self.words)
        self._sees(SORA, "답변 1판", self.words)

    def _newest(self, words: str) -> dict[str, Any]:
        """The newest message to the handler with these words, once there is one for each day."""

        def there() -> list[dict[str, Any]]:
            return [one for one in self.telegram.sent(SORA) if words in str(one.get("text"))]

        self.telegram.wait(lambda: len(there()) > self.number, PATIENCE)
        return there()[-1]

    def meeting(self) -> None:
        """Notes in an open meeting; each is acknowledged with one message."""
        telegram = self.telegram
        if not self.number:
            telegram.says(BEA, "/meeting 2032년 제1차 실무협의체\n1. 우산 수리소")
            plan = self._waits(1)
            telegram.presses(BEA, plan, say("meeting.button_save"))
            telegram.presses(BEA, self._waits(2), "제1차")
            telegram.presses(BEA, self._waits(3), say("meeting.button_open"))
            self._waits(OPENING)
        for text in self.notes():
            telegram.says(BEA, text)
        self._waits(OPENING + NOTES * (self.number + 1))

    def notes(self) -> list[str]:
        return [f"[의견 1] {self.number}일째 {one}번째 의견" for one in range(NOTES)]

    def _waits(self, count: int) -> dict[str, Any]:
        self.telegram.wait(lambda: len(of_meeting(self.telegram)) >= count, PATIENCE)
        return of_meeting(self.telegram)[-1]


def of_meeting(telegram: TelegramDouble) -> list[dict[str, Any]]:
    """What the note-taker was sent, but for the cards of opinions that all staff get."""
    return [one for one in telegram.sent(BEA) if "가로등" not in str(one.get("text"))]


def test_bots_that_die_at_any_step_lose_and_double_nothing(
    nursery: Nursery, telegram: TelegramDouble, tmp_path: Path, kills: int
) -> None:
    with closing(CouncilDatabase(tmp_path / "data")) as database:
        enrol(database, {SORA: "staff", BEA: "staff"})
    mortal = Mortal(nursery, telegram, tmp_path, random.Random(7))
    mortal.live(shares(kills)[0])
    days = []
    try:
        while mortal.is_due:
            days.append(Day(telegram, len(days)))
            days[-1].pass_by()
        with closing(CouncilDatabase(tmp_path / "data")) as database:
            settled(database)
    finally:
        mortal.rest()
    with closing(CouncilDatabase(tmp_path / "data")) as database:
        assert_once(telegram, database, days)
    assert_well(tmp_path / "data")


def settled(database: CouncilDatabase) -> None:
    """Wait until everything that came is handled and everything to be said is sent."""
    ends = time.monotonic() + PATIENCE
    open_rows = (
        "select state from inbox where state = 'waiting'"
        " union all select state from outbox where state <> 'sent'"
    )
    while database.read(open_rows):
        assert time.monotonic() < ends
        time.sleep(0.05)
    failed = database.read("select update_id, attempts from inbox where state = 'failed'")
    assert [tuple(row) for row in failed] == []


def assert_once(telegram: TelegramDouble, database: CouncilDatabase, days: list[Day]) -> None:
    ledger = Ledger(database)
    opinions = database.read(
        "select id, text, number from opinions where text like '모란1동%' order by id"
    )
    assert [row["text"] for row in opinions] == [f"모란1동 {day.words}" for day in days]
    for row in opinions:
        actions = [one.action for one in ledger.history(row["id"])]
        assert actions == ["record", "take", "answer"]
        assert len(ledger.replies(row["id"])) == 1
    notes = [row["text"] for row in database.read("select text from meeting_notes order by id")]
    assert notes == [text.removeprefix("[의견 1] ") for day in days for text in day.notes()]
    assert len(of_meeting(telegram)) == OPENING + NOTES * len(days)
    for day in days:
        for words in ("적었습니다", "답이 왔습니다", "담당자가 맡았습니다"):
            told = [t for t in telegram.texts(ANN) if words in t and names(t, day, opinions)]
            assert len(told) == 1, (words, day.number, told)
    answers = [text for text in telegram.texts(ANN) if say("answer.no_papers")[:12] in text]
    assert len(answers) == len(days)


def names(text: str, day: Day, opinions: list[Any]) -> bool:
    return day.words in text or opinions[day.number]["number"] in text


def assert_well(folder: Path) -> None:
    config = Config().model_copy(update={"data": Data(folder=folder)})
    seen = set()
    for one in examine(config, {}, now()):
        if one.check in CHECKED:
            assert one.state is State.WELL, one
            seen.add(one.check)
        if seen == CHECKED:
            return
    raise AssertionError(seen)


CHECKED = {"store", "references", "version", "keywords", "audit", "inbox", "outbox"}


# -- papers ----------------------------------------------------------------------------------------


def test_ingests_that_die_at_any_step_leave_whole_papers_and_are_completed(
    nursery: Nursery, tmp_path: Path, kills: int
) -> None:
    chance = random.Random(11)
    papers = tmp_path / "papers"
    papers.mkdir()
    for number in range(6):
        (papers / f"{number}.txt").write_text(PAPER.format(number=number), encoding="utf-8")
    deaths, rounds = 0, 0
    while deaths < shares(kills)[1]:
        folder = tmp_path / str(rounds)
        order = {"folder": str(folder), "papers": str(papers)}
        while (code := nursery.run("ingest", chance.randint(5, 400), **order)) == KILLED:
            deaths += 1
            with closing(CouncilDatabase(folder / "data")) as database:
                assert_whole(database)
        assert code == 0
        rounds += 1
        with closing(CouncilDatabase(folder / "data")) as database:
            assert_whole(database)
            (row,) = database.read("select count(*) as n from documents")
        assert row["n"] == 6
        assert_well(folder / "data")


PAPER = """2031년 제{number}차 나래구 실무협의체 회의록

○ 일시 : 2031. 4. 2.(수) 14:00
○ 참석 : 위원 21명 중 1{number}명

동백{number}동 : 이불 빨래방 등 4개 사업 84{number}만원
목련{number}동 : 반찬 나눔 등 3개 사업 54{number}만원
"""


# -- backups ---------------------------------------------------------------------------------------


def test_backups_and_restores_that_die_leave_nothing_half(
    nursery: Nursery, tmp_path: Path, kills: int
) -> None:
    chance = random.Random(13)
    folder, file, new = tmp_path / "data", tmp_path / "backup.zip", tmp_path / "new"
    with closing(CouncilDatabase(folder)) as database:
        enrol(database, {SORA: "staff"})
        database.set_setting("large", "가" * 300_000)
    kept = folder / "papers" / "a" / "장부.txt"
    kept.parent.mkdir(parents=True)
    kept.write_text("우산 12개", encoding="utf-8")
    write_backup(folder, file, "", now())
    deaths = 0
    while deaths < shares(kills)[2]:
        code = nursery.run("backup", chance.randint(1, 60), folder=str(folder), file=str(file))
        assert code in (0, KILLED)
        assert verify(file).papers == 1
        deaths += code == KILLED
        code = nursery.run("restore", chance.randint(1, 120), folder=str(new), file=str(file))
        assert code in (0, KILLED)
        deaths += code == KILLED
        assert_old_or_new(new)
        restore(file, new, now(), set_aside=True)
        assert_old_or_new(new, there=True)


def assert_old_or_new(folder: Path, *, there: bool = False) -> None:
    """A folder holds a whole store, or as yet none."""
    if (folder / FILE_NAME).exists() or there:
        with closing(CouncilDatabase(folder)) as database:
            assert_whole(database)
            assert database.setting("large") == "가" * 300_000
        aside = sorted(folder.glob("before-restore-*/papers")) if not there else []
        kept = next(iter((folder / "papers").rglob("*.txt")), None) or next(
            iter(aside[-1].rglob("*.txt"))
        )
        assert kept.read_text(encoding="utf-8") == "우산 12개"
