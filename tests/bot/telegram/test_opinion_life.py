"""The whole life of an opinion over HTTP, with restarts, duplicates, 429 and dropped answers."""

from __future__ import annotations

import asyncio
import json
import time
import zipfile
from collections.abc import Callable
from datetime import datetime, timedelta
from html import unescape
from io import BytesIO
from typing import Any

import pytest

from corpus.audit import Audit
from corpus.database import CouncilDatabase
from corpus.ledger.ledger import Ledger
from corpus.ledger.opinion import State
from corpus.messages import say
from tests.bot.telegram.conftest import Serving, secretary_knowing
from tests.support.secretary import Secretary, day
from tests.support.telegram import Fault, TelegramDouble, shown, supergroup

ANN, SORA, MIRU = 501, 503, 504
GROUP = supergroup()
NUMBER = "의견-2032-0001"


secretary = secretary_knowing({SORA: "staff", MIRU: "staff"})


@pytest.fixture
def database(secretary: Secretary) -> CouncilDatabase:
    return secretary.database


def holding(telegram: TelegramDouble, chat: int, words: str) -> list[dict[str, Any]]:
    return [m for m in telegram.sent(chat) if words in shown(m.get("text") or "")]


async def sees(telegram: TelegramDouble, chat: int, words: str, count: int = 1) -> dict[str, Any]:
    """The newest message of a chat that says something, once there are so many."""

    def there() -> list[dict[str, Any]]:
        found = holding(telegram, chat, words)
        return found if len(found) >= count else []

    found: list[dict[str, Any]] = await asyncio.to_thread(telegram.wait, there)
    return found[-1]


async def raised(telegram: TelegramDouble, text: str = "모란1동 가로등이 어두워요") -> None:
    telegram.says(ANN, f"/opinion {text}")
    draft = await sees(telegram, ANN, say("opinion.draft"))
    telegram.presses(ANN, draft, say("opinion.button_record"))
    await sees(telegram, ANN, "적었습니다")


def at(text: str) -> Callable[[], datetime]:
    """A clock that runs on from nine in the morning and three hours, Korean time."""
    began, first = time.monotonic(), day(text) + timedelta(hours=3)
    return lambda: first + timedelta(seconds=time.monotonic() - began)


async def test_from_a_group_to_the_reply_the_chase_and_the_digest_nothing_is_lost_or_doubled(
    telegram: TelegramDouble, serving: Serving, secretary: Secretary
) -> None:
    assistant, ledger = secretary.assistant, Ledger(secretary.database)
    async with serving(assistant, now=at("2032-03-05")):
        asked = telegram.says(ANN, "/opinion 모란1동 가로등이 어두워요", GROUP)
        draft = await sees(telegram, GROUP["id"], say("opinion.draft"))
        telegram.redelivers(asked)
    telegram.faults += [
        Fault("429", "sendMessage", chat_id=SORA),
        Fault("drop_after", "sendMessage", chat_id=MIRU),
    ]
    async with serving(
        assistant, now=at("2032-03-05")
    ):  # restarted between the draft and its button
        pressed = telegram.presses(ANN, draft, say("opinion.button_record"))
        await sees(telegram, GROUP["id"], f"{NUMBER}로 적었습니다")
        telegram.redelivers(pressed)
        card = await sees(telegram, SORA, NUMBER)
        await sees(telegram, MIRU, NUMBER)
        telegram.presses(SORA, card, say("opinion_action.answer"))
        kinds = await sees(telegram, SORA, say("opinion.ask_kind"))
        telegram.presses(SORA, kinds, say("promise.consider"))
        await sees(telegram, SORA, "이렇게 답합니다")
    async with serving(assistant, now=at("2032-03-05")):  # and in the middle of the reply
        telegram.says(SORA, "보안등을 살펴보겠습니다.")
        await sees(telegram, SORA, say("opinion.ask_due"))
        telegram.says(SORA, "3월 20일")
        preview = await sees(telegram, SORA, "이대로 보낼까요?")
        telegram.faults.append(Fault("502", "sendMessage", chat_id=ANN))
        sent = telegram.presses(SORA, preview, "보내기")
        told = await sees(telegram, ANN, "보안등을 살펴보겠습니다.")
        telegram.redelivers(sent)
        telegram.presses(ANN, told, say("opinion.button_helped"))
        await sees(telegram, ANN, say("opinion.thanks"))
    for _ in range(2):  # overdue: chased once, however often it is started
        async with serving(assistant, now=at("2032-03-22")):
            await sees(telegram, SORA, "기한이 지난 약속 1건")
    async with serving(assistant, now=at("2032-03-29")):
        await sees(telegram, MIRU, "한 주 의견 모음", 2)
        await sees(telegram, SORA, "기한이 지난 약속 1건이 있습니다", 2)
    assert len(holding(telegram, ANN, "답이 왔습니다")) == 1
    assert len(holding(telegram, MIRU, "한 주 의견 모음")) == 2  # both days are Mondays
    (row,) = secretary.database.read("select id from opinions")
    assert [event.action for event in ledger.history(row["id"])] == ["record", "answer"]
    assert len(ledger.replies(row["id"])) == 1
    assert ledger.judged(row["id"]) == (1, 0)
    for chat in (SORA, MIRU):
        cards = [m for m in holding(telegram, chat, NUMBER) if "적은 때" in shown(m["text"])]
        assert len(cards) <= 2  # the one that came, and the one after the reply


async def test_of_two_staff_pressing_at_once_one_wins_and_the_other_reads_what_happened(
    telegram: TelegramDouble, serving: Serving, secretary: Secretary
) -> None:
    async with serving(secretary.assistant, now=at("2032-03-05")):
        await raised(telegram)
        cards = {who: await sees(telegram, who, NUMBER) for who in (SORA, MIRU)}
        for who, card in cards.items():
            telegram.presses(who, card, say("opinion_action.take"))
        both = lambda: [  # noqa: E731
            *holding(telegram, SORA, "먼저 처리했습니다"),
            *holding(telegram, MIRU, "먼저 처리했습니다"),
        ]
        (lost,) = await asyncio.to_thread(telegram.wait, both)
    assert "맡기" in shown(lost["text"])
    opinion = Ledger(secretary.database).numbered(2032, 1)
    assert opinion is not None
    assert (opinion.state, opinion.revision) == (State.TAKEN, 1)


async def test_who_blocked_the_bot_is_remembered_until_they_write_again(
    telegram: TelegramDouble, serving: Serving, secretary: Secretary
) -> None:
    def blocked() -> list[Any]:
        return secretary.database.read(
            "select 1 from people where telegram_id = ? and blocked_at is not null", [MIRU]
        )

    telegram.blocked.add(MIRU)
    async with serving(secretary.assistant, now=at("2032-03-05")):
        await raised(telegram)
        await sees(telegram, SORA, NUMBER)
        await asyncio.to_thread(telegram.wait, blocked)
        telegram.blocked.clear()
        telegram.says(MIRU, "/ledger")
        await sees(telegram, MIRU, "의견 1건")
    assert not blocked()


async def test_who_never_opened_a_private_chat_learns_in_the_group_that_there_is_a_reply(
    telegram: TelegramDouble, serving: Serving, secretary: Secretary
) -> None:
    telegram.blocked.add(ANN)
    async with serving(secretary.assistant, now=at("2032-03-05")):
        telegram.says(ANN, "/opinion 모란1동 가로등이 어두워요", GROUP)
        draft = await sees(telegram, GROUP["id"], say("opinion.draft"))
        telegram.presses(ANN, draft, say("opinion.button_record"))
        receipt = await sees(telegram, GROUP["id"], "개인 대화로만 알려 드립니다")
        card = await sees(telegram, SORA, NUMBER)
        for round_, (who, text) in enumerate(((SORA, "달겠습니다"), (SORA, "달았습니다")), start=1):
            telegram.presses(who, card, say("opinion_action.answer"))
            kinds = await sees(telegram, who, say("opinion.ask_kind"), round_)
            telegram.presses(who, kinds, say("promise.done"))
            await sees(telegram, who, "이렇게 답합니다", round_)
            telegram.says(who, text)
            telegram.presses(who, await sees(telegram, who, "이대로 보낼까요?", round_), "보내기")
            # The first time Telegram refuses, the second time that is known already.
            told = await sees(telegram, GROUP["id"], "개인 대화를 여시면", round_)
            card = await sees(telegram, who, f"답변 {round_}판")
        telegram.blocked.clear()
        telegram.says(ANN, "/start my")
        mine = await sees(telegram, ANN, "내 의견 1건")
        telegram.presses(ANN, mine, "2032-0001")
        await sees(telegram, ANN, "달았습니다")
    urls = [b.get("url") for m in (receipt, told) for b in buttons(m)]
    assert urls.count("https://t.me/dongne_test_bot?start=my") == 2
    assert "달" not in "".join(telegram.texts(GROUP["id"])[1:])


def buttons(message: dict[str, Any]) -> list[dict[str, Any]]:
    return [button for row in message["reply_markup"]["inline_keyboard"] for button in row]


async def test_files_go_to_staff_and_the_audit_knows_who_took_the_ledger(
    telegram: TelegramDouble, serving: Serving, secretary: Secretary
) -> None:
    async with serving(secretary.assistant, now=at("2032-03-05")):
        await raised(telegram)
        telegram.says(SORA, "/ledger")
        listed = await sees(telegram, SORA, "의견 1건")
        for label in ("엑셀", "JSON"):
            telegram.presses(SORA, listed, label)
        await asyncio.to_thread(telegram.wait, lambda: len(telegram.called("sendDocument")) == 2)
        telegram.says(SORA, "/actions")
        table = await sees(telegram, SORA, "조치결과")
        telegram.presses(SORA, table, "문서")
        await asyncio.to_thread(telegram.wait, lambda: len(telegram.called("sendDocument")) == 3)
        telegram.says(ANN, "/ledger")
        public = await sees(telegram, ANN, say("opinion.none"))
    labels = [b["text"] for row in public["reply_markup"]["inline_keyboard"] for b in row]
    assert not any("엑셀" in label for label in labels)
    taken = [e.subject for e in Audit(secretary.database).entries() if e.action == "export"]
    assert taken == ["ledger", "ledger", "actions"]


async def test_a_resident_number_in_an_opinion_is_nowhere_in_the_store(
    telegram: TelegramDouble, serving: Serving, secretary: Secretary
) -> None:
    secret = "900101-2345678"
    async with serving(secretary.assistant, now=at("2032-03-05")):
        await raised(telegram, f"제 번호는 {secret}이고 경로당이 추워요")
        await sees(telegram, SORA, "경로당이 추워요")
    files = list(secretary.database.folder.glob("council.sqlite3*"))
    assert len(files) >= 2
    assert [path.name for path in files if secret.encode() in path.read_bytes()] == []


async def test_a_forgotten_person_is_nowhere_in_the_store(
    telegram: TelegramDouble, serving: Serving, secretary: Secretary
) -> None:
    async with serving(secretary.assistant, now=at("2032-03-05")):
        await raised(telegram)
        await sees(telegram, SORA, NUMBER)
        telegram.says(ANN, "/forget_me")
        asked = await sees(telegram, ANN, "모두 지울까요?")
        telegram.presses(ANN, asked, say("opinion.button_forget"))
        await sees(telegram, ANN, say("opinion.forgot"))
    rows = secretary.database.read("select * from opinions")
    assert all(row["author_id"] is None and row["chat_id"] is None for row in rows)
    assert not secretary.database.read("select 1 from people where telegram_id = ?", [ANN])
    async with serving(secretary.assistant, now=at("2032-03-06")):
        await asyncio.to_thread(
            telegram.wait,
            lambda: not secretary.database.read("select 1 from outbox where chat_id = ?", [ANN]),
        )


def test_files_of_the_ledger_open(secretary: Secretary) -> None:
    from bot.ledger_files import LedgerFormat, actions_file, ledger_file
    from corpus.types import Visibility

    ledger, today = Ledger(secretary.database), day("2032-03-05").date()
    secretary.write(
        {
            "회의록.txt": "2032년 제1차 단비구 지역사회보장협의체 실무협의체 회의록\n\n"
            "일 시 : 2032. 3. 2.(화) 14:00\n\n1안) 나눔사업\n\n"
            "- 국수 나눔을 점심에도 하자는 의견\n⇒ (복지과장) 검토하겠음\n"
        }
    )
    (entry,) = json.loads(ledger_file(ledger, today, LedgerFormat.JSON))
    assert entry["replies"][0]["promise"] == "consider"
    assert "국수 나눔" in ledger_file(ledger, today, LedgerFormat.CSV).decode("utf-8-sig")
    for kind in (LedgerFormat.XLSX, LedgerFormat.DOCX):
        parts = zipfile.ZipFile(BytesIO(actions_file(ledger, today, Visibility.STAFF, kind)))
        texts = [unescape(parts.read(name).decode("utf-8", "ignore")) for name in parts.namelist()]
        assert any("국수 나눔" in text for text in texts), kind
