"""Backups by themselves: daily, made up when missed, rotated, and told of when they fail."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.access import meet
from bot.keeping.contents import verify
from bot.keeping.rota import Rota
from bot.telegram.backups import Backups
from bot.telegram.opinions.forgetting import erase
from corpus.database import CouncilDatabase
from corpus.ledger.changes import By
from corpus.messages import say
from tests.support.people import enrol

START = datetime(2032, 3, 4, 1, 30, tzinfo=UTC)  # half past ten in Korea
ADMINISTRATOR, STAFF = 501, 502


class Clock:
    def __init__(self) -> None:
        self.at = START

    def __call__(self) -> datetime:
        return self.at

    def go(self, **by: float) -> None:
        self.at += timedelta(**by)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def rota(tmp_path: Path) -> Rota:
    return Rota(folder=tmp_path / "data" / "backups", hour=3, daily=3, weekly=2)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[CouncilDatabase]:
    with closing(CouncilDatabase(tmp_path / "data")) as database:
        enrol(database, {ADMINISTRATOR: "administrator", STAFF: "staff"})
        yield database


@pytest.fixture
def backups(database: CouncilDatabase, rota: Rota, clock: Clock) -> Backups:
    return Backups(database, rota, "", clock)


def told(database: CouncilDatabase) -> list[int]:
    return [row["chat_id"] for row in database.read("select chat_id from outbox order by id")]


def test_a_missed_backup_is_made_up_at_once_and_then_one_a_day(
    backups: Backups, rota: Rota, clock: Clock
) -> None:
    backups.do()
    backups.do()
    ((_, first),) = rota.made()
    assert verify(first).counts["people"] == 2
    clock.go(hours=16)  # half past two in the night
    backups.do()
    assert len(rota.made()) == 1
    clock.go(hours=1)
    backups.do()
    backups.do()
    assert len(rota.made()) == 2
    first.unlink()
    clock.go(days=5)
    backups.do()
    assert len(rota.made()) == 2


def test_the_newest_and_one_a_week_are_kept_and_nothing_else_is_touched(rota: Rota) -> None:
    rota.folder.mkdir(parents=True)
    own = rota.folder / "dongne-20310101-0300.zip"
    notes = rota.folder / "메모.txt"
    for path in (own, notes, *(rota.file(START - timedelta(days=day)) for day in range(30))):
        path.touch()
    left, fresh = rota.folder / ".a.zip.1.part", rota.folder / ".b.zip.2.part"
    for path, age in ((left, 2), (fresh, 0)):
        path.touch()
        stamp = (START - timedelta(days=age)).timestamp()
        os.utime(path, (stamp, stamp))
    rota.rotate(START)
    # 2032-03-04 is a Thursday: its week's newest is among the three, the week before ends on 02-29.
    days = [f"{at:%m-%d}" for at, _ in rota.made()]
    assert days == ["03-04", "03-03", "03-02", "02-29"]
    assert own.exists()
    assert notes.exists()
    assert fresh.exists()
    assert not left.exists()


def test_clocks_that_jump_neither_stop_backups_nor_delete_them(
    backups: Backups, rota: Rota, clock: Clock
) -> None:
    backups.do()
    clock.go(days=400)
    backups.do()
    clock.go(days=-399)
    backups.do()
    clock.go(days=1)
    backups.do()
    assert len(rota.made()) == 4
    assert not rota.is_due(clock())


def test_administrators_are_told_once_a_day_that_it_fails_and_it_is_tried_again(
    backups: Backups, rota: Rota, clock: Clock, database: CouncilDatabase
) -> None:
    rota.folder.parent.mkdir(parents=True, exist_ok=True)
    rota.folder.write_text("a file where the folder should be", encoding="utf-8")
    backups.do()
    backups.do()
    assert told(database) == [ADMINISTRATOR]
    for _ in range(26):
        clock.go(hours=1)
        backups.do()
    assert told(database) == [ADMINISTRATOR] * 2
    (row, *_) = database.read("select payload from outbox")
    assert say("backup.failed")[:20] in row["payload"]
    rota.folder.unlink()
    clock.go(hours=1)
    backups.do()
    assert len(rota.made()) == 1


def test_a_bot_that_ends_leaves_no_half_backup(backups: Backups, rota: Rota) -> None:
    backups.do(lambda: True)
    assert list(rota.folder.iterdir()) == []


def test_none_are_made_where_none_are_wanted(
    database: CouncilDatabase, tmp_path: Path, clock: Clock
) -> None:
    rota = Rota(folder=tmp_path / "none", hour=3, daily=0, weekly=4)
    Backups(database, rota, "", clock).do()
    assert not rota.folder.exists()


def test_copies_of_upgrades_go_as_old_backups_do_and_the_list_of_the_erased_is_kept_up(
    database: CouncilDatabase, backups: Backups, rota: Rota, clock: Clock
) -> None:
    backups.do()
    copies = [rota.folder / f"before-m01{number}_x.sqlite3" for number in range(2)]
    for path, days in zip(copies, (rota.days + 1, rota.days - 1), strict=True):
        path.write_bytes(b"")
        then = (clock.at - timedelta(days=days)).timestamp()
        os.utime(path, (then, then))
    backups.do()
    assert [path.exists() for path in copies] == [False, True]
    listed = rota.folder / "dongne-erased.txt"
    assert not listed.exists()
    with database.write() as db:
        person = meet(db, STAFF, clock)
        erase(db, person.id, By(person=person.key, at=clock.at))
    backups.do()
    assert listed.read_text("ascii").split() == [person.key]
    assert listed.stat().st_mode & 0o077 == 0
