"""What people are told of what is kept, how long it is kept, and that it is nowhere else."""

from __future__ import annotations

import asyncio
import signal
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.house_rules import Privacy
from bot.privacy import privacy_text
from bot.telegram.channel import Channel
from corpus.database import CouncilDatabase
from corpus.messages import say
from tests.bot.telegram.conftest import STAFF as CLERK
from tests.bot.telegram.conftest import (
    Process,
    running,
    secretary_knowing,
    serving_of,
    settings,
)
from tests.bot.telegram.council import ANN, ROLES, ZOE, Chat
from tests.support.parrot import Parrot
from tests.support.people import enrol
from tests.support.secretary import Secretary, day
from tests.support.telegram import TelegramDouble, shown, supergroup
from tests.support.telephones import Telephones

BEN = 503

secretary = secretary_knowing(ROLES, "2032-03-02")
FIRST = say("privacy.first")


@asynccontextmanager
async def told(
    telegram: TelegramDouble,
    database: CouncilDatabase,
    privacy: Privacy | None = None,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> AsyncIterator[Channel]:
    rules = settings(telegram, privacy=privacy or Privacy())
    channel = Channel(Parrot(), database, rules, now)
    async with running(channel):
        yield channel


async def test_a_person_is_told_once_with_their_first_answer(
    people: Telephones, telegram: TelegramDouble, database: CouncilDatabase
) -> None:
    async with told(telegram, database):
        first = shown((await people.says(ANN, "예산은?"))["text"])
        second = shown((await people.says(ANN, "그럼 작년은?"))["text"])
        other = shown((await people.says(BEN, "/start"))["text"])
    async with told(telegram, database):
        third = shown((await people.says(ANN, "재작년은?"))["text"])
    assert first.startswith("들은 말: 예산은?")
    assert first.endswith(FIRST)
    assert other.endswith(FIRST)
    assert FIRST not in second + third


async def test_where_the_first_answer_is_too_long_the_sentence_comes_with_its_end(
    people: Telephones, telegram: TelegramDouble, database: CouncilDatabase
) -> None:
    async with told(telegram, database):
        await people.says(ANN, "길게 말해 줘", 2)
    texts = telegram.texts(ANN)
    assert sum(FIRST in text for text in texts) == 1


async def test_an_office_may_tell_people_in_its_own_way(
    people: Telephones, telegram: TelegramDouble, database: CouncilDatabase
) -> None:
    async with told(telegram, database, Privacy(told=False)):
        answer = await people.says(ANN, "예산은?")
    assert FIRST not in shown(answer["text"])


@pytest.mark.parametrize("command", ["/privacy", "/개인정보"])
async def test_the_periods_that_are_shown_are_the_ones_that_are_kept(
    people: Telephones, telegram: TelegramDouble, database: CouncilDatabase, command: str
) -> None:
    rules = Privacy(conversations_days=90, unanswered_days=730, outbox_days=45, told=False)
    async with told(telegram, database, rules):
        text = shown((await people.says(ANN, command))["text"])
    assert text == privacy_text(rules, 0)
    assert "백업" not in text
    assert "백업 파일에는 길어야 28일" in privacy_text(rules, 28)
    for words in ("묻고 답한 내용: 3개월", "답하지 못한 질문: 2년", "45일", "/forget_me"):
        assert words in text


async def test_what_is_over_its_time_goes_while_the_bot_serves_and_after_it_was_off(
    people: Telephones, telegram: TelegramDouble, database: CouncilDatabase
) -> None:
    clock = [datetime(2031, 6, 2, 12, tzinfo=UTC)]
    rules = Privacy(conversations_days=10)

    def kept() -> list[str]:
        return [row["question"] for row in database.read("select question from answers")]

    async with told(telegram, database, rules, lambda: clock[0]):
        await people.says(ANN, "옛날 질문")
    clock[0] += timedelta(days=11)
    async with told(telegram, database, rules, lambda: clock[0]):
        await asyncio.to_thread(telegram.wait, lambda: not kept())
        await people.says(ANN, "새 질문")
    assert kept() == ["새 질문"]


# -- nowhere else ----------------------------------------------------------------------------------
OWN = "2345671"
NUMBER = f"900101-{OWN}"
PAPER = f"""2031년 나래구 쌀 나눔 대상자 명단

신청인: 홍길동 ({NUMBER}, 010-2345-6789)
쌀 나눔은 매월 첫째 주에 한다.
"""


def traces(folder: Path, words: str) -> list[str]:
    """Files of a store, and a fresh backup of it, that hold some words."""
    source = sqlite3.connect(folder / "council.sqlite3")
    backup = sqlite3.connect(folder / "backup.sqlite3")
    with backup:
        source.backup(backup)
    source.close()
    backup.close()
    found = [path.name for path in folder.glob("*.sqlite3*") if words.encode() in path.read_bytes()]
    return [*found, *_tables(folder / "backup.sqlite3", words)] if found else []


def _tables(path: Path, words: str) -> list[str]:
    """Tables that hold some words, for whoever looks for what went wrong."""
    store = sqlite3.connect(path)
    names = [row[0] for row in store.execute("select name from sqlite_master where type = 'table'")]
    found = [
        f"{name}: {row}"[:300]
        for name in names
        if not name.endswith(("_words", "_terms"))
        for row in store.execute(f"select * from {name}")
        if words in str(row)
    ]
    store.close()
    return found


async def test_a_resident_number_is_nowhere_in_the_store_however_it_came(
    telegram: TelegramDouble, secretary: Secretary
) -> None:
    chat = Chat(telegram)
    async with serving_of(secretary, telegram, lambda: day("2032-03-02")):
        await chat.says(ZOE, f"제 번호는 {NUMBER}인데 우산 수리 되나요?")
        await chat.says(ZOE, f"/ask 우산 수리 {NUMBER}")
        draft = await chat.says(ZOE, f"/opinion 제 번호는 {NUMBER}이고 경로당이 추워요")
        telegram.presses(ZOE, draft, say("opinion.button_record"))
        await chat.reads(ANN, "경로당이 추워요")
        await chat.opened()
        await chat.says(ANN, f"/note 신청인 {NUMBER} 확인")
        await chat.says(ANN, f"/meeting 2032년 제2차 실무협의체\n일시: 2032. 4. 3.\n1. {NUMBER}")
        receipt = await chat.after(
            ANN, lambda: telegram.uploads(ANN, "명단.txt", PAPER.encode()), more=2
        )
        await chat.reads(ANN, say("doubt.resident_numbers"))
        telegram.edits(telegram.says(ZOE, "우산"), f"우산 {NUMBER}")
        await chat.reads(ZOE, "자료")
    assert receipt
    assert traces(secretary.database.folder, OWN) == []
    (row,) = secretary.database.read("select text from documents where name = '명단.txt'")
    assert "900101-*******" in row["text"]


async def test_personal_data_of_a_paper_is_seen_by_staff_alone(
    telegram: TelegramDouble, village: Secretary
) -> None:
    people = Telephones(telegram)
    village.write({"명단.txt": PAPER})
    async with serving_of(village, telegram):
        shows = {}
        for who in (BEN, CLERK):
            answer = await people.says(who, "쌀 나눔 신청인은 누구인가요?")
            source = await people.presses(who, answer, "[1]")
            shows[who] = shown(answer["text"]) + shown(source["text"])
    assert "홍길동" in shows[CLERK]
    assert "010-2345-6789" in shows[CLERK]
    assert "홍길동" not in shows[BEN]
    assert "2345-6789" not in shows[BEN]
    assert say("personal_data.phone") in shows[BEN]


def test_what_is_logged_holds_no_word_and_no_number_of_a_person(
    telegram: TelegramDouble, process: Callable[..., Process], tmp_path: Path
) -> None:
    citizen, clerk, group = 7712345601, 7712345602, supergroup(7712345)
    store = CouncilDatabase(tmp_path / "data")
    enrol(store, {clerk: "staff"})
    store.close()
    bot = process("secretary", privacy=Privacy())
    telegram.blocked.add(7712345603)
    said = [
        (citizen, "두루미 쉼터는 어디인가요?", None),
        (citizen, "/opinion 두루미 골목 가로등이 어두워요", None),
        (7712345603, "두루미 막힌 질문", None),
        (clerk, "/unanswered", None),
        (clerk, "/meeting 두루미 회의", None),
        (citizen, "/ask 두루미 단체방 질문", group),
    ]
    for who, text, chat in said:
        telegram.says(who, text, chat)
    telegram.uploads(clerk, "두루미.txt", "두루미 쉼터 예산은 1,230만원이다.".encode())
    telegram.brings({"message": {"message_id": "두루미", "chat": {"id": citizen}}})
    telegram.waits_for(citizen, 2)
    telegram.waits_for(clerk, 4)
    telegram.waits_for(group["id"], 1)
    assert bot.end(signal.SIGTERM) == 0
    log = bot.log.read_text(encoding="utf-8")
    assert "event=question" in log
    for words in ("두루미", "77123456", "\\ub450"):
        assert [line for line in log.splitlines() if words in line] == []
