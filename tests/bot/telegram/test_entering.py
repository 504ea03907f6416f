"""Staff tell of a programme in a dialogue, and the next question finds it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from corpus.messages import say
from corpus.types import Visibility
from tests.bot.telegram.conftest import STAFF, TODAY, serving_of
from tests.support.secretary import Secretary
from tests.support.telegram import TelegramDouble, private, shown
from tests.support.telephones import Telephones, labels

ANN = 501
SKIP = say("entry.skip")


async def dialogue(people: Telephones, *turns: str) -> dict[str, Any]:
    """What the bot says last when staff type or press (`[label`) one turn after the other."""
    message = next(iter(people.telegram.sent(STAFF)[-1:]), {})
    for turn in turns:
        if turn.startswith("["):
            message = await people.presses(STAFF, message, turn.removeprefix("["))
        else:
            message = await people.says(STAFF, turn)
    return message


ADD = f"[{say('entry.add')}"
PUBLIC = f"[{say('entry.save_public')}"
BEGUN = ("/programs 솔밭동", ADD)
GARDEN = ("골목 텃밭", "상자 텃밭을 나누어 드립니다", "누구나", "3월~10월", f"[{SKIP}")


async def test_a_programme_entered_by_chat_answers_the_next_question(
    people: Telephones, telegram: TelegramDouble, village: Secretary
) -> None:
    async with serving_of(village, telegram):
        card = await dialogue(people, *BEGUN, *GARDEN, "솔밭동 주민센터 02-000-3104")
        saved = await dialogue(people, PUBLIC)
        answer = await people.says(ANN, "골목 텃밭은 어디에 문의하나요?")
        listed = await people.says(ANN, "/programs 솔밭동")
    assert "대상: 누구나\n기간: 3월~10월\n문의: 솔밭동 주민센터 02-000-3104" in shown(card["text"])
    assert shown(saved["text"]) == say("entry.saved", level=say("visibility.public"))
    assert "02-000-3104" in shown(answer["text"])
    assert "솔밭동 골목 텃밭 (담당자 입력 2031. 6. 1.)" in shown(answer["text"])
    assert "■ 골목 텃밭" in shown(listed["text"])
    assert village.database.read("select 1 from dialogues") == []


async def test_a_form_survives_a_restart(
    people: Telephones, telegram: TelegramDouble, village: Secretary
) -> None:
    async with serving_of(village, telegram):
        await dialogue(people, "/사업 솔밭동", ADD, "골목 텃밭", f"[{SKIP}")
    async with serving_of(village, telegram):
        card = await dialogue(people, "누구나", *[f"[{SKIP}"] * 3)
        assert "사업명: 골목 텃밭\n대상: 누구나" in shown(card["text"])
        await dialogue(people, PUBLIC)
    rows = village.database.read("select name from documents where format = 'entry'")
    assert [tuple(row) for row in rows] == [("솔밭동 골목 텃밭 (담당자 입력)",)]


async def test_a_known_programme_is_completed_and_both_sources_are_shown(
    people: Telephones, telegram: TelegramDouble, village: Secretary
) -> None:
    async with serving_of(village, telegram):
        asked = await dialogue(people, "/programs 동백1동", ADD)
        assert {"이불 빨래방", "골목 음악회"} <= set(labels(asked))
        skips = [f"[{SKIP}"] * 3
        await dialogue(people, "[골목 음악회", *skips, "누리집에서 신청", f"[{SKIP}", PUBLIC)
        listed = shown((await people.says(ANN, "/programs 동백1동"))["text"])
    assert "신청: 누리집에서 신청 [1]" in listed
    assert "기간: 2031.5. [2]" in listed
    assert "[1] 동백1동 골목 음악회 (담당자 입력 2031. 6. 1.)" in listed


async def test_entering_it_again_keeps_what_was_said_and_changes_the_level(
    people: Telephones, telegram: TelegramDouble, village: Secretary
) -> None:
    async with serving_of(village, telegram):
        await dialogue(people, *BEGUN, *GARDEN, f"[{SKIP}", f"[{say('entry.save_staff')}")
        listed = await people.says(ANN, "/programs 솔밭동")
        assert "골목 텃밭" not in shown(listed["text"])
        again = await dialogue(people, *BEGUN, "골목텃밭", f"[{SKIP}")
        assert say("entry.now", value="누구나") in shown(again["text"])
        skips = [f"[{SKIP}"] * 3
        await dialogue(people, *skips, "02-000-3104", PUBLIC)
    (row,) = village.database.read("select text, visibility from documents where format = 'entry'")
    assert "누구나" in row["text"]
    assert "02-000-3104" in row["text"]
    assert row["visibility"] == Visibility.PUBLIC


async def test_citizens_have_no_such_button_and_its_data_does_not_help_them(
    people: Telephones, telegram: TelegramDouble, village: Secretary
) -> None:
    async with serving_of(village, telegram):
        page = await people.says(ANN, "/programs 솔밭동")
        own = await people.says(STAFF, "/programs 솔밭동")
        refused = await people.presses(ANN, {**own, "chat": private(ANN)}, say("entry.add"))
    assert say("entry.add") not in labels(page)
    assert shown(refused["text"]) == say("entry.staff_only")


async def test_commands_work_meanwhile_and_giving_up_keeps_nothing(
    people: Telephones, telegram: TelegramDouble, village: Secretary
) -> None:
    async with serving_of(village, telegram):
        asked = await dialogue(people, "/programs", ADD, "그게 어디더라", "솔밭동")
        answer = await people.says(STAFF, "/ask 목련동 예산은?")
        assert "545만원" in shown(answer["text"])
        stopped = await people.presses(STAFF, asked, say("entry.stop"))
        assert shown(stopped["text"]) == say("entry.stopped")
        answer = await people.says(STAFF, "목련동 예산은?")
        assert "545만원" in shown(answer["text"])
    assert shown(telegram.sent(STAFF)[2]["text"]).startswith(say("entry.no_dong"))
    assert village.database.read("select 1 from documents where format = 'entry'") == []


async def test_a_form_left_for_long_takes_no_question_and_is_begun_anew(
    people: Telephones, telegram: TelegramDouble, village: Secretary
) -> None:
    clock = [TODAY]
    async with serving_of(village, telegram, lambda: clock[0]):
        page = dict(await people.says(STAFF, "/programs 솔밭동"))
        await dialogue(people, ADD, "골목 텃밭")
        clock[0] = TODAY + timedelta(hours=3)
        answer = await people.says(STAFF, "목련동 예산은?")
        assert "545만원" in shown(answer["text"])
        anew = await people.presses(STAFF, page, say("entry.add"))
    assert shown(anew["text"]) == say("entry.ask_programme", dong="솔밭동")


async def test_nothing_told_is_not_kept_and_too_much_is_asked_for_again(
    people: Telephones, telegram: TelegramDouble, village: Secretary
) -> None:
    async with serving_of(village, telegram):
        long = await dialogue(people, *BEGUN, "가" * 201)
        assert shown(long["text"]).startswith(say("entry.too_long", most=200))
        empty = await dialogue(people, "골목 텃밭", *[f"[{SKIP}"] * 5)
    assert shown(empty["text"]) == say("entry.nothing")
    assert labels(empty) == [say("entry.again"), say("entry.stop")]


@pytest.mark.parametrize("key", ["target", "contact"])
async def test_personal_data_is_masked_before_it_is_kept(
    people: Telephones, telegram: TelegramDouble, village: Secretary, key: str
) -> None:
    number = "900101-1234567"
    skips = [f"[{SKIP}"] * (1 if key == "target" else 4)
    async with serving_of(village, telegram):
        masked = await dialogue(people, *BEGUN, "골목 텃밭", *skips, f"홍길동 {number}")
        assert say("entry.masked") in shown(masked["text"])
    dumped = "\n".join(village.database.one("select state from dialogues") or ())
    assert number not in dumped
