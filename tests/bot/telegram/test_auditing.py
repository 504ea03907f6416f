"""The audit of what people do by chat: kinds of things, never words; read by administrators."""

from __future__ import annotations

import asyncio
import csv
import io
from typing import Any

import pytest

from corpus.audit import Audit
from corpus.messages import say
from tests.bot.telegram.conftest import STAFF, serving_of
from tests.support.people import enrol
from tests.support.secretary import Secretary
from tests.support.telegram import TelegramDouble, shown, supergroup
from tests.support.telephones import Telephones

ADMIN, ZOE = 505, 506


@pytest.fixture
def village(village: Secretary) -> Secretary:
    enrol(village.database, {ADMIN: "administrator"})
    return village


def done(village: Secretary) -> list[tuple[str, str, dict[str, Any]]]:
    entries = Audit(village.database).entries()
    return [(one.action, one.subject, one.details) for one in entries]


async def test_what_kind_of_thing_was_asked_is_written_and_no_word_of_it(
    village: Secretary, telegram: TelegramDouble, people: Telephones
) -> None:
    async with serving_of(village, telegram):
        await people.says(STAFF, "동백1동 예산은 얼마인가요?")
        await people.says(ZOE, "/ask 해저 기지는 언제 짓나요?", chat=supergroup())
        await people.says(ZOE, "/예산")
    (asked, nothing, seen) = done(village)
    assert asked[:2] == ("ask", "question")
    assert asked[2]["level"] == "staff"
    assert asked[2]["answered"] is True
    assert "budget" in asked[2]["kinds"]
    assert (nothing[2]["answered"], nothing[2]["group"]) == (False, True)
    assert seen[:2] == ("view", "budget")
    stored = str(village.database.read("select * from audit")) + str(done(village))
    assert not [word for word in ("동백", "해저", "기지") if word in stored]


async def test_papers_levels_files_and_forgetting_are_written(
    village: Secretary, telegram: TelegramDouble, people: Telephones
) -> None:
    telegram.files["plan"] = "2031년 나래구 나눔 계획\n\n1. 이웃 돌봄\n".encode()
    document = {"file_id": "plan", "file_unique_id": "p", "file_name": "나눔 계획.txt"}
    async with serving_of(village, telegram):
        receipt = await people.after(
            STAFF, lambda: telegram.says(STAFF, None, document=document), 2
        )
        await people.presses(STAFF, receipt, say("visibility.members"))
        await people.presses(STAFF, receipt, say("upload.button_out"))
        asked = await people.says(ZOE, "/forget_me")
        await people.presses(ZOE, asked, say("opinion.button_forget"))
    actions = [(action, subject) for action, subject, _ in done(village) if action != "ask"]
    number = village.database.one("select seq from sqlite_sequence where name = 'documents'")
    assert number is not None
    paper = f"paper {number['seq']}"
    assert actions == [
        ("upload", paper),
        ("level", paper),
        ("withdraw", paper),
        ("forget", "person"),
    ]
    assert Audit(village.database).broken_at() is None


async def test_administrators_see_it_and_take_it_as_a_file_and_nobody_else(
    village: Secretary, telegram: TelegramDouble, people: Telephones
) -> None:
    async with serving_of(village, telegram):
        refused = await people.says(STAFF, "/audit")
        assert shown(refused["text"]) == say("people.administrators_only")
        await people.says(STAFF, "동백1동 예산은 얼마인가요?")
        listed = await people.says(ADMIN, "/감사")
        assert shown(listed["text"]).startswith(say("audit.whole", count=1))
        assert say("audit_action.ask") in shown(listed["text"])
        assert say("audit.person", number=1, role=say("role.staff")) in shown(listed["text"])
        file = await people.presses(ADMIN, listed, say("sheet.csv"))
    lines = rows(file["file"]["content"])
    assert [line[3] for line in lines[1:]] == [say("audit_action.ask")]
    assert [action for action, _, _ in done(village)] == ["ask", "export"]


async def test_a_meddled_audit_says_where(
    village: Secretary, telegram: TelegramDouble, people: Telephones
) -> None:
    async with serving_of(village, telegram):
        await people.says(STAFF, "동백1동 예산은 얼마인가요?")
        with village.database.write() as db:
            db.execute("drop trigger audit_stays")
            db.execute("update audit set person = 'x'")
        listed = await asyncio.wait_for(people.says(ADMIN, "/audit"), 30)
    assert shown(listed["text"]).startswith(say("audit.broken", number=1))


def rows(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
