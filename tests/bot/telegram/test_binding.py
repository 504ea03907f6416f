"""What a group reads is what its level allows, and the rest is offered where one person reads."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from corpus.audit import Audit
from corpus.messages import say
from corpus.types import Visibility
from tests.bot.telegram.conftest import STAFF, serving_of
from tests.support.people import enrol
from tests.support.secretary import Secretary
from tests.support.telegram import BOT, IN_A_GROUP, TelegramDouble, person, shown, supergroup
from tests.support.telephones import Telephones, labels

MIRA, ZOE = 503, 504
GROUP = supergroup()
HALLS = """2031년 나래구 회관 예산,
(단위: 천원),
사업명,예산액
달빛 회관 수리,7654
별빛 회관 수리,4321
"""
QUESTION = "달빛 회관 수리 예산은 얼마인가요?"
SECRET = "765만 4,000원"


@pytest.fixture
def village(village: Secretary) -> Secretary:
    enrol(village.database, {MIRA: "member"})
    village.write({"회관.csv": HALLS}, Visibility.STAFF)
    return village


async def turns(people: Telephones, who: int, message: dict[str, Any], label: str) -> str:
    return shown((await people.turns(who, message, label))["text"])


def level(village: Secretary, group: dict[str, Any] = GROUP) -> int:
    sql = "select level from bound_groups where chat_id = ?"
    row = village.database.one(sql, [group["id"]])
    return row["level"] if row else 0


async def bound(people: Telephones, name: str, chat: dict[str, Any] = GROUP) -> None:
    asked = await people.says(STAFF, f"/bind {name}", chat=chat)
    await people.turns(STAFF, asked, say("people.button_yes"))


async def test_staff_widen_a_group_after_a_warning_and_narrow_it_at_once(
    village: Secretary, telegram: TelegramDouble, people: Telephones
) -> None:
    async with serving_of(village, telegram):
        now = await people.says(STAFF, "/bind", chat=GROUP)
        assert "공개" in shown(now["text"])
        warning = await turns(people, STAFF, now, say("visibility.staff"))
        assert say("group.all_of", count=IN_A_GROUP - 1) in warning
        assert level(village) == 0
        await turns(people, STAFF, now, say("people.button_yes"))
        assert level(village) == 2
        again = await people.says(STAFF, "/공개범위 공개", chat=GROUP)
        assert shown(again["text"]) == say("group.set", level=say("visibility.public"))
    assert level(village) == 0
    assert [one.details for one in Audit(village.database).entries()] == [
        {"old": "public", "new": "staff"},
        {"old": "staff", "new": "public"},
    ]


async def test_nobody_else_binds_and_a_press_of_theirs_changes_nothing(
    village: Secretary, telegram: TelegramDouble, people: Telephones
) -> None:
    async with serving_of(village, telegram):
        refused = await people.says(MIRA, "/bind staff", chat=GROUP)
        assert shown(refused["text"]) == say("group.staff_only")
        alone = await people.says(STAFF, "/bind staff")
        assert shown(alone["text"]) == say("group.in_group")
        asked = await people.says(STAFF, "/bind staff", chat=GROUP)
        telegram.presses(MIRA, asked, say("people.button_yes"))
        await asyncio.to_thread(telegram.wait, lambda: telegram.called("answerCallbackQuery"))
    assert telegram.called("answerCallbackQuery")[-1]["text"] == say("group.staff_only")
    assert level(village) == 0


async def test_a_group_reads_up_to_its_level_and_nobody_more_than_they_may(
    village: Secretary, telegram: TelegramDouble, people: Telephones
) -> None:
    async with serving_of(village, telegram):
        before = await people.says(STAFF, f"/ask {QUESTION}", chat=GROUP)
        await bound(people, "staff")
        told = await people.says(STAFF, f"/ask {QUESTION}", chat=GROUP)
        citizen = await people.says(ZOE, f"/ask {QUESTION}", chat=GROUP)
        await people.says(STAFF, "/bind public", chat=GROUP)
        after = await people.says(STAFF, f"/ask {QUESTION}", chat=GROUP)
    assert SECRET in shown(told["text"])
    for other in (before, citizen, after):
        assert SECRET not in shown(other["text"])


async def test_what_a_group_may_not_read_is_told_to_the_asker_alone(
    village: Secretary, telegram: TelegramDouble, people: Telephones
) -> None:
    async with serving_of(village, telegram):
        refused = await people.says(STAFF, f"/ask {QUESTION}", chat=GROUP)
        (link,) = links(refused)
        start = f"/start {link.partition('?start=')[2]}"
        told = await people.says(STAFF, start)
        stranger = await people.says(ZOE, start)
    assert SECRET in shown(told["text"])
    assert shown(stranger["text"]) == say("telegram.not_your_question")


async def test_the_offer_tells_a_group_nothing_for_everybody_gets_it_for_everything(
    village: Secretary, telegram: TelegramDouble, people: Telephones
) -> None:
    def form(message: dict[str, Any]) -> tuple[str, list[str]]:
        return shown(message["text"]), labels(message)

    nothing = "해저 기지 예산은 얼마인가요?"
    async with serving_of(village, telegram):
        hidden = await people.says(STAFF, f"/ask {QUESTION}", chat=GROUP)
        by_citizen = await people.says(ZOE, f"/ask {QUESTION}", chat=GROUP)
        there_is_none = await people.says(STAFF, f"/ask {nothing}", chat=GROUP)
        citizen_none = await people.says(ZOE, f"/ask {nothing}", chat=GROUP)
    assert form(hidden) == form(by_citizen)
    assert form(there_is_none) == form(citizen_none)
    assert labels(hidden) == labels(there_is_none)


async def test_a_binding_follows_its_group_and_ends_with_the_bots_stay(
    village: Secretary, telegram: TelegramDouble, people: Telephones
) -> None:
    old = {"id": -44, "type": "group", "title": "협의체"}
    new = supergroup(99)
    async with serving_of(village, telegram):
        await bound(people, "members", old)
        telegram.says(ZOE, None, old, migrate_to_chat_id=new["id"])
        await people.says(STAFF, "/bind", chat=new)
        assert (level(village, old), level(village, new)) == (0, 1)
        telegram.brings({"my_chat_member": taken_out(new)})
        await asyncio.to_thread(telegram.wait, lambda: not level(village, new))
    last = Audit(village.database).entries()[-1]
    assert (last.person, last.details["new"]) == ("telegram", "public")
    assert [row["state"] for row in village.database.read("select distinct state from inbox")] == [
        "done"
    ]


def taken_out(chat: dict[str, Any]) -> dict[str, Any]:
    return {
        "chat": chat,
        "from": person(ZOE),
        "date": 1,
        "old_chat_member": {"status": "member", "user": BOT},
        "new_chat_member": {"status": "left", "user": BOT},
    }


def links(message: dict[str, Any]) -> list[str]:
    rows = message["reply_markup"]["inline_keyboard"]
    return [button["url"] for row in rows for button in row if "url" in button]


async def test_what_was_asked_under_another_role_is_not_carried_on(
    village: Secretary, telegram: TelegramDouble, people: Telephones
) -> None:
    async with serving_of(village, telegram):
        first = await people.says(STAFF, QUESTION)
        assert SECRET in shown(first["text"])
        with village.database.write() as db:
            db.execute("update people set role = 'citizen' where telegram_id = ?", [STAFF])
        follow = await people.says(STAFF, "그럼 별빛 회관은?")
    assert "회관" not in shown(follow["text"])
