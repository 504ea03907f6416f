"""The views by buttons over a real store, as citizens, staff and groups see them."""

from __future__ import annotations

import asyncio
import csv
import io
from datetime import UTC, datetime
from typing import Any

import pytest
from openpyxl import load_workbook
from PIL import Image

from corpus.messages import say
from retrieval.terms import KiwiTerms
from tests.bot.telegram.conftest import STAFF, TODAY, serving_of
from tests.support.secretary import Secretary
from tests.support.telegram import Fault, TelegramDouble, private, shown, supergroup
from tests.support.telephones import Telephones, labels

ANN, BEN = 501, STAFF


def dong_of(village: Secretary, who: int) -> str:
    """The neighbourhood that is remembered as somebody's own."""
    (row,) = village.database.read("select dong from people where telegram_id = ?", [who])
    return str(row["dong"])


async def test_a_citizen_goes_from_table_to_dong_in_one_message(
    people: Telephones, telegram: TelegramDouble, village: Secretary
) -> None:
    async with serving_of(village, telegram):
        message = await people.says(ANN, "/예산")
        assert not any("내부" in label for label in labels(message))
        table = await people.turns(ANN, message, "특화사업 예산")
        assert "합계 2,665만원 (문서에 적힌 값)" in shown(table["text"])
        row = await people.turns(ANN, table, "동백2동")
        assert "금액: 1,200만원 (문서에 적힌 값)" in shown(row["text"])
        quote = await people.presses(ANN, row, "[1]")
    assert "12000" in shown(quote["text"])


async def test_staff_see_what_is_theirs_and_a_group_what_is_public(
    people: Telephones, telegram: TelegramDouble, village: Secretary
) -> None:
    group = supergroup()
    async with serving_of(village, telegram):
        own = dict(await people.says(BEN, "/budget"))
        public = await people.says(BEN, "/budget", chat=group)
        assert "990만원" in shown((await people.turns(BEN, own, "내부"))["text"])
        # A stranger who got hold of the button is told that there is nothing behind it.
        refused = await people.presses(ANN, {**own, "chat": private(ANN)}, "내부")
    assert any("내부" in label for label in labels(own))
    assert not any("내부" in label for label in labels(public))
    assert say("telegram.public_here") in shown(public["text"])
    assert shown(refused["text"]) == say("view.gone")


@pytest.mark.parametrize("command", ["/decisions", "/의결", "/결정"])
async def test_decisions_are_shown_by_meeting(
    people: Telephones, telegram: TelegramDouble, village: Secretary, command: str
) -> None:
    async with serving_of(village, telegram):
        message = await people.says(ANN, command)
        meeting = await people.turns(ANN, message, "제1차")
    assert "골목 텃밭 조성(안) 검토 → 보류" in shown(meeting["text"])
    assert say("view.back") in labels(meeting)


@pytest.mark.parametrize("command", ["/plan", "/계획"])
async def test_a_plan_is_gone_through_and_back(
    people: Telephones, telegram: TelegramDouble, village: Secretary, command: str
) -> None:
    async with serving_of(village, telegram):
        message = await people.says(ANN, command)
        for label in ("중점 추진사업", "함께 배우는", say("view.back")):
            message = await people.turns(ANN, message, label)
    assert "1. 이웃을 살피는 마을" in labels(message)


async def test_the_first_chosen_dong_is_remembered_used_in_questions_and_can_be_erased(
    people: Telephones, telegram: TelegramDouble, village: Secretary
) -> None:
    async with serving_of(village, telegram):
        unknown = await people.says(ANN, "우리동 예산은 얼마야?")
        choice = await people.says(ANN, "/사업")
        told = await people.turns(ANN, choice, "목련동")
        assert dong_of(village, ANN) == "목련동"
        answer = await people.says(ANN, "우리동 예산은 얼마야?")
        again = await people.says(ANN, "/programs")
        telegram.presses(ANN, again, say("view.forget"))
        await asyncio.to_thread(telegram.wait, lambda: not dong_of(village, ANN))
    assert say("view.our_dong_unknown") in shown(unknown["text"])
    assert say("view.remembered", dong="목련동") in shown(told["text"])
    assert "545만원" in shown(answer["text"])
    assert shown(again["text"]).startswith("목련동 사업 1개")


async def test_another_dong_is_remembered_only_when_told_and_never_in_a_group(
    people: Telephones, telegram: TelegramDouble, village: Secretary
) -> None:
    group = supergroup()
    async with serving_of(village, telegram):
        public = await people.says(ANN, "/programs 목련동", chat=group)
        assert dong_of(village, ANN) == ""
        await people.says(ANN, "/programs 목련동")
        other = await people.says(ANN, "/programs 동백 1동")
        assert dong_of(village, ANN) == "목련동"
        telegram.presses(ANN, other, say("view.remember"))
        await asyncio.to_thread(
            telegram.wait,
            lambda: village.database.one("select 1 from people where dong = '동백1동'"),
        )
    assert say("view.remember") not in labels(public)
    assert "동백1동 사업 2개" in shown(other["text"])


async def test_a_dong_that_no_paper_knows_is_said_and_not_remembered(
    people: Telephones, telegram: TelegramDouble, village: Secretary
) -> None:
    async with serving_of(village, telegram):
        message = await people.says(ANN, "/programs 바람골동")
    assert say("view.unknown_dong", name="바람골동") in shown(message["text"])
    assert "목련동" in labels(message)
    assert village.database.read("select 1 from people where dong <> ''") == []


async def test_a_view_with_nothing_in_it_says_what_to_do(
    people: Telephones, telegram: TelegramDouble, tmp_path: Any, terms: KiwiTerms
) -> None:
    empty = Secretary(tmp_path / "empty", terms, TODAY)
    async with serving_of(empty, telegram):
        for name in ("budget", "decisions", "plan", "programs"):
            message = await people.says(ANN, f"/{name}")
            assert say("view.todo") in shown(message["text"])
    empty.close()


async def test_the_rows_of_an_answer_go_out_as_files_and_as_a_chart(
    people: Telephones, telegram: TelegramDouble, village: Secretary
) -> None:
    async with serving_of(village, telegram):
        message = await people.says(ANN, "동별 예산이 많은 순서대로 알려줘")
        for label in ("sheet.excel", "sheet.csv", "sheet.chart"):
            await people.presses(ANN, message, say(label))
        _, excel, text, picture = telegram.sent(ANN)
    page = load_workbook(io.BytesIO(excel["file"]["content"])).active
    assert page is not None
    cells = [[cell.value for cell in row] for row in page.iter_rows()]
    amounts = cells[0].index("금액(원)")
    assert [row[amounts] for row in cells[1:]] == [8_400_000, 12_000_000, 5_450_000, 800_000]
    assert cells[1][-1] == "예산.csv"
    assert cells[3][-2] == "목련동…반찬 나눔…3…5450"
    rows = list(csv.reader(io.StringIO(text["file"]["content"].decode("utf-8-sig"), newline="")))
    assert rows[2][rows[0].index("주요 사업")] == "'=HYPERLINK(1)"
    assert picture["file"]["kind"] == "photo"
    assert Image.open(io.BytesIO(picture["file"]["content"])).width > 600
    assert excel["reply_parameters"]["message_id"] == message["message_id"]
    assert excel["caption"].startswith("동별 예산이")


async def test_an_answer_of_one_row_offers_no_file(
    people: Telephones, telegram: TelegramDouble, village: Secretary
) -> None:
    async with serving_of(village, telegram):
        message = await people.says(ANN, "목련동 예산은 얼마야?")
    assert not {say("sheet.excel"), say("sheet.chart")} & set(labels(message))


async def test_a_file_whose_sending_was_cut_off_is_looked_for_and_not_sent_twice(
    people: Telephones, telegram: TelegramDouble, village: Secretary
) -> None:
    async with serving_of(village, telegram, lambda: datetime.now(UTC)):
        message = await people.says(ANN, "/budget")
        table = await people.turns(ANN, message, "특화사업 예산")
        telegram.faults.append(Fault("drop_after", "sendDocument"))
        await people.presses(ANN, table, say("sheet.csv"))
        await people.says(ANN, "/plan")
        messages = telegram.sent(ANN)
    assert ["file" in one for one in messages] == [False, True, False]
    assert len(telegram.called("sendDocument")) == 1
    rows = village.database.read("select payload, state from outbox where method = 'sendDocument'")
    assert [tuple(row) for row in rows] == [("", "sent")]


async def test_what_was_withdrawn_meanwhile_is_not_sent(
    people: Telephones, telegram: TelegramDouble, village: Secretary
) -> None:
    async with serving_of(village, telegram):
        message = await people.says(ANN, "동별 예산이 많은 순서대로 알려줘")
        village.documents.remove([1], datetime(2031, 6, 1, tzinfo=UTC))
        told = await people.presses(ANN, message, say("sheet.excel"))
    assert shown(told["text"]) == say("sheet.none")
