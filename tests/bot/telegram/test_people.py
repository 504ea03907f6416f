"""`/people`: administrators change who may do what, by buttons that are checked at each press."""

from __future__ import annotations

import asyncio
import re
from typing import Any

from corpus import departments
from corpus.audit import CONSOLE, Audit
from corpus.departments import Departments, Word
from corpus.ledger.changes import By
from corpus.messages import say
from corpus.people import People, Role
from tests.bot.telegram.conftest import TODAY, secretary_knowing, serving_of
from tests.bot.telegram.test_commands import menu_of, names
from tests.support.secretary import Secretary
from tests.support.telegram import TelegramDouble, shown, supergroup
from tests.support.telephones import Telephones, labels

ANN, BEA, CARL, ZOE = 601, 602, 603, 604
secretary = secretary_knowing({ANN: "administrator", BEA: "staff", ZOE: "citizen"})


def roles(secretary: Secretary) -> dict[int, Role]:
    return {one.id: one.role for one in People(secretary.database).all()}


def with_department(secretary: Secretary, name: str = "복지정책과") -> None:
    by = By(person=CONSOLE, at=TODAY)
    with secretary.database.write() as db:
        departments.add(db, name, by)
    seen = Departments(secretary.database).named(name)
    assert seen is not None
    with secretary.database.write() as db:
        departments.set_words(db, seen, Word.TOPIC, ["반찬"], by)


async def test_a_role_is_asked_given_told_and_taken_back(
    secretary: Secretary, telegram: TelegramDouble, people: Telephones
) -> None:
    async with serving_of(secretary, telegram):
        listed = await people.says(ANN, "/사람")
        assert shown(listed["text"]).splitlines()[2:] == ["1 · 관리자", "2 · 직원", "3 · 주민"]
        card = await people.turns(ANN, listed, "3")
        asked = await people.turns(ANN, card, say("role.member"))
        assert say("role.member") in shown(asked["text"])
        assert roles(secretary)[3] is Role.CITIZEN
        done = await people.turns(ANN, asked, say("people.button_yes"))
        (told,) = await asyncio.to_thread(telegram.waits_for, ZOE, 1)
        assert say("role.member") in shown(told["text"])
        assert "3 · 위원" in shown(done["text"])
        menus = {menu_of(call): names(call) for call in telegram.called("setMyCommands")}
        assert "brief" in menus[ZOE]
        back = await people.turns(ANN, done, say("review.button_undo"))
        await asyncio.to_thread(telegram.waits_for, ZOE, 2)
    assert shown(back["text"]).startswith(say("review.undone"))
    assert roles(secretary)[3] is Role.CITIZEN
    assert [menu_of(call) for call in telegram.called("deleteMyCommands")] == [ZOE]


async def test_a_second_press_and_a_stale_one_say_so_and_change_nothing(
    secretary: Secretary, telegram: TelegramDouble, people: Telephones
) -> None:
    async with serving_of(secretary, telegram):
        card = await people.says(ANN, "/people 2")
        again = await people.says(ANN, "/people 2번")
        asked = await people.turns(ANN, card, say("role.chair"))
        old = telegram.messages[ANN, asked["message_id"]].copy()
        done = await people.turns(ANN, asked, say("people.button_yes"))
        telegram.presses(ANN, old, say("people.button_yes"))
        edits = done["edits"]
        twice = await asyncio.to_thread(
            telegram.wait,
            lambda: (m := telegram.messages[ANN, old["message_id"]])["edits"] > edits and m,
        )
        assert shown(twice["text"]).startswith(say("people.overtaken"))
        stale = await people.turns(ANN, again, say("people.button_revoke"))
        assert shown(stale["text"]).startswith(say("people.overtaken"))
    assert roles(secretary)[2] is Role.CHAIR


async def test_the_last_administrator_cannot_go(
    secretary: Secretary, telegram: TelegramDouble, people: Telephones
) -> None:
    async with serving_of(secretary, telegram):
        card = await people.says(ANN, "/people 1")
        asked = await people.turns(ANN, card, say("people.button_revoke"))
        kept = await people.turns(ANN, asked, say("people.button_yes"))
    assert shown(kept["text"]).startswith(say("people.last"))
    assert roles(secretary)[1] is Role.ADMINISTRATOR


async def test_the_last_administrator_is_not_forgotten_until_there_is_another(
    secretary: Secretary, telegram: TelegramDouble, people: Telephones
) -> None:
    async with serving_of(secretary, telegram):
        refused = await people.says(ANN, "/forget_me")
        with secretary.database.write() as db:
            db.execute("update people set role = 'administrator' where telegram_id = ?", [BEA])
        asked = await people.says(ANN, "/forget_me")
        with secretary.database.write() as db:
            db.execute("update people set role = 'staff' where telegram_id = ?", [BEA])
        # The button of a time when there was another.
        late = await people.presses(ANN, asked, say("opinion.button_forget"))
        with secretary.database.write() as db:
            db.execute("update people set role = 'administrator' where telegram_id = ?", [BEA])
        gone = await people.presses(ANN, asked, say("opinion.button_forget"))
    for message in (refused, late):
        assert shown(message["text"]) == say("opinion.last_administrator")
        assert "dongne people invite --role administrator" in message["text"]
    assert labels(refused) == []
    assert shown(gone["text"]).startswith(say("opinion.forgot"))
    assert roles(secretary) == {2: Role.ADMINISTRATOR, 3: Role.CITIZEN}


async def test_nobody_else_sees_or_presses_anything_not_even_who_was_one(
    secretary: Secretary, telegram: TelegramDouble, people: Telephones
) -> None:
    async with serving_of(secretary, telegram):
        assert shown((await people.says(BEA, "/people"))["text"]) == say(
            "people.administrators_only"
        )
        group = supergroup()
        in_group = await people.says(ANN, "/people", chat=group)
        assert shown(in_group["text"]) == say("people.private_only")
        card = await people.says(ANN, "/people 2")
        with secretary.database.write() as db:
            db.execute("update people set role = 'citizen' where telegram_id = ?", [ANN])
        refused = await people.presses(ANN, card, say("role.chair"))
    assert shown(refused["text"]) == say("people.administrators_only")


async def test_an_invitation_is_a_link_that_works_once_and_can_be_withdrawn(
    secretary: Secretary, telegram: TelegramDouble, people: Telephones
) -> None:
    async with serving_of(secretary, telegram):
        listed = await people.says(ANN, "/people")
        which = await people.turns(ANN, listed, say("people.button_invite"))
        made = await people.presses(ANN, which, say("role.staff"))
        link = re.search(r"t\.me/(\w+)\?start=(\S+)", shown(made["text"]))
        assert link is not None
        welcome = await people.says(CARL, f"/start {link[2]}")
        assert shown(welcome["text"]) == say("people.welcome", role=say("role.staff"))
        late = await people.says(ZOE, f"/start {link[2]}")
        assert shown(late["text"]) == say("people.bad_code")
        other = await people.presses(ANN, which, say("role.member"))
        gone = await people.turns(ANN, other, say("people.button_withdraw"))
        assert say("people.invitation_withdrawn", number=2) in shown(gone["text"])
        code = re.search(r"/start (\S+)", shown(other["text"]))
    assert code is None or code[1] not in str(secretary.database.read("select * from invitations"))
    assert roles(secretary)[4] is Role.STAFF


async def test_departments_are_typed_ticked_and_given(
    secretary: Secretary, telegram: TelegramDouble, people: Telephones
) -> None:
    secretary.write({"예산.csv": "동명,예산액(천원)\n해솔동,10\n모란1동,20\n"})
    async with serving_of(secretary, telegram):
        listed = await people.says(ANN, "/부서")
        await people.presses(ANN, listed, say("department.button_new"))
        card = await people.says(ANN, "복지정책과")
        assert shown(card["text"]).startswith("복지정책과")
        await people.presses(ANN, card, say("department.button_topic"))
        card = await people.says(ANN, "반찬, 돌봄")
        assert "돌봄, 반찬" in shown(card["text"])
        ticks = await people.turns(ANN, card, say("department.button_dong"))
        ticked = await people.turns(ANN, ticks, "해솔동")
        assert "✔ 해솔동" in labels(ticked)
        person = await people.says(ANN, "/people 2")
        choice = await people.turns(ANN, person, say("people.button_department"))
        done = await people.turns(ANN, choice, "복지정책과")
        assert "2 · 직원 · 복지정책과" in shown(done["text"])
        person = await people.turns(ANN, done, say("people.button_card"))
        dongs = await people.turns(ANN, person, say("people.button_dongs"))
        await people.turns(ANN, dongs, "모란1동")
    member = People(secretary.database).get(2)
    assert member is not None
    assert (member.department, member.dongs) == ("복지정책과", ("모란1동",))
    known = Departments(secretary.database).named("복지정책과")
    assert known is not None
    assert known.words[Word.DONG] == ("해솔동",)
    assert Audit(secretary.database).broken_at() is None


async def test_a_number_that_nobody_can_have_gives_the_list(
    secretary: Secretary, telegram: TelegramDouble, people: Telephones
) -> None:
    async with serving_of(secretary, telegram):
        listed = await people.says(ANN, "/people")
        for number in ("9" * 20, "9" * 4000):
            again = await people.says(ANN, f"/people {number}")
            assert again["text"] == listed["text"]


async def test_many_departments_with_many_words_are_listed_by_name(
    secretary: Secretary, telegram: TelegramDouble, people: Telephones
) -> None:
    by = By(person=CONSOLE, at=TODAY)
    names = [f"{number}과" for number in range(1, 7)]
    for name in names:
        with_department(secretary, name)
        for kind in (Word.ALIAS, Word.TOPIC):
            seen = Departments(secretary.database).named(name)
            assert seen is not None
            words = [f"{name} {number}".ljust(25, "가") for number in range(30)]
            with secretary.database.write() as db:
                departments.set_words(db, seen, kind, words, by)
    async with serving_of(secretary, telegram):
        listed = await people.says(ANN, "/departments")
        assert shown(listed["text"]).splitlines()[1:] == names
        card = await people.turns(ANN, listed, names[0])
    assert "1과 29가" in shown(card["text"])


async def test_staff_are_told_of_the_opinions_of_their_own_department(
    secretary: Secretary, telegram: TelegramDouble, people: Telephones
) -> None:
    with_department(secretary)
    with secretary.database.write() as db:
        db.execute("update people set department_id = 1 where telegram_id = ?", [BEA])
    async with serving_of(secretary, telegram):
        draft = await people.says(ZOE, "/opinion 경로당 반찬 배달을 아침에도 해 주세요")
        assert "복지정책과" in shown(draft["text"])
        await people.turns(ZOE, draft, say("opinion.button_record"))
        await asyncio.to_thread(telegram.waits_for, BEA, 1)
        draft = await people.says(ZOE, "/opinion 골목 가로등을 더 밝게 해 주세요")
        await people.turns(ZOE, draft, say("opinion.button_record"))
        await asyncio.to_thread(telegram.waits_for, ANN, 2)
    assert len(telegram.sent(BEA)) == 1


def buttons_of(message: dict[str, Any]) -> list[str]:
    rows = message["reply_markup"]["inline_keyboard"]
    return [button.get("callback_data", "") for row in rows for button in row]


async def test_no_button_is_too_long_for_telegram(
    secretary: Secretary, telegram: TelegramDouble, people: Telephones
) -> None:
    with secretary.database.write() as db:
        db.execute("update people set id = 4000000000, revision = 4000000000 where id = 2")
    async with serving_of(secretary, telegram):
        card = await people.says(ANN, "/people 4000000000")
        dongs = await people.turns(ANN, card, say("people.button_dongs"))
    assert all(len(data.encode()) <= 64 for data in buttons_of(card) + buttons_of(dongs))
