"""The store in trouble, work beside the bot, and who people are."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from telegram import Update

from bot.access import Role, audience_of, meet
from bot.telegram.application import serve
from bot.telegram.inbox import Inbox
from bot.telegram.writer import Writer
from corpus.database import CouncilDatabase
from corpus.types import Visibility
from tests.bot.telegram.conftest import settings, until
from tests.support.parrot import Parrot
from tests.support.telegram import TelegramDouble, person, private

ANN = 501


def now() -> datetime:
    return datetime(2031, 5, 6, tzinfo=UTC)


async def test_an_update_is_not_confirmed_while_the_disk_is_full_and_kept_once_it_is_not(
    database: CouncilDatabase,
) -> None:
    writer = Writer(database)
    inbox = Inbox(writer, now)
    message = {"message_id": 1, "date": 1, "chat": private(ANN), "from": person(ANN)}
    update = Update.de_json({"update_id": 5, "message": {**message, "text": "가" * 9000}}, None)
    with database.write() as db:
        db.execute("pragma max_page_count = 1")  # as full as a disk can be
    put = asyncio.create_task(inbox.put(update))
    _, waiting = await asyncio.wait([put], timeout=0.5)
    assert waiting
    with database.write() as db:
        db.execute("pragma max_page_count = 100000")
    await put
    assert inbox.qsize() == 1
    (row,) = database.read("select payload from inbox")
    assert json.loads(row["payload"])["message"]["text"] == "가" * 9000
    writer.close()


async def test_a_faulty_statement_is_not_tried_for_ever(database: CouncilDatabase) -> None:
    writer = Writer(database)
    with pytest.raises(sqlite3.OperationalError):
        await writer.write(lambda db: db.execute("select * from nowhere"))
    writer.close()


async def test_work_beside_the_bot_runs_until_the_bot_is_told_to_stop(
    telegram: TelegramDouble, database: CouncilDatabase
) -> None:
    ended = []

    def beside(stopping: Callable[[], bool]) -> None:
        while not stopping():
            signal.sigtimedwait([], 0.01)
        ended.append(True)

    running = asyncio.create_task(serve(Parrot(), database, settings(telegram), background=beside))
    telegram.says(ANN, "하나")
    await until(telegram, ANN, 1)
    assert ended == []
    os.kill(os.getpid(), signal.SIGTERM)
    await running
    assert ended == [True]


def test_whoever_is_new_is_a_citizen_and_stays_who_they_are(database: CouncilDatabase) -> None:
    with database.write() as db:
        first = meet(db, ANN, now)
        db.execute("update people set role = 'member'")
        again = meet(db, ANN, now)
    assert (first.role, first.audience) == (Role.CITIZEN, Visibility.PUBLIC)
    assert (again.id, again.audience) == (first.id, Visibility.MEMBERS)
    assert [audience_of(role) for role in (Role.STAFF, Role.CHAIR, Role.ADMINISTRATOR)] == [
        Visibility.STAFF
    ] * 3
