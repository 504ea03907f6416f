"""An opinion's life over HTTP while the bot is killed at the worst moments of it."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from corpus.database import CouncilDatabase
from corpus.ledger.ledger import Ledger
from corpus.messages import say
from tests.bot.telegram.conftest import Process
from tests.support.telegram import Fault, TelegramDouble

ANN, SORA, MIRU = 501, 503, 504
PATIENCE = 30.0

Start = Callable[..., Process]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[CouncilDatabase]:
    database = CouncilDatabase(tmp_path / "data")
    with database.write() as db:
        for number in (SORA, MIRU):
            db.execute(
                "insert into people (telegram_id, role, created_at) values (?, 'staff', '')",
                [number],
            )
    yield database
    database.close()


def once(store: CouncilDatabase, sql: str) -> None:
    """Wait until a row is committed."""
    ends = time.monotonic() + PATIENCE
    while not store.read(sql):
        assert time.monotonic() < ends, sql
        time.sleep(0.002)


def test_killed_at_every_step_an_opinion_is_recorded_handled_answered_and_told_once(
    telegram: TelegramDouble, process: Start, store: CouncilDatabase
) -> None:
    bot = process("secretary")
    asked = telegram.says(ANN, "/opinion 모란1동 가로등이 어두워요")
    draft = telegram.sees(ANN, say("opinion.draft"))

    # Committed, and killed before anybody was told.
    telegram.faults += [
        Fault("drop", "editMessageText", count=9),
        Fault("429", "sendMessage", chat_id=SORA),
        Fault("drop_after", "sendMessage", chat_id=MIRU),
    ]
    pressed = telegram.presses(ANN, draft, say("opinion.button_record"))
    once(store, "select 1 from opinions")
    bot.end(signal.SIGKILL)
    telegram.faults = [fault for fault in telegram.faults if fault.kind != "drop"]
    bot = process("secretary")
    for update in (asked, pressed):
        telegram.redelivers(update)
    telegram.sees(ANN, "적었습니다")
    cards = {who: telegram.sees(who, "가로등이 어두워요") for who in (SORA, MIRU)}

    # Taken, and killed between the press and the card.
    telegram.presses(SORA, cards[SORA], say("opinion_action.take"))
    once(store, "select 1 from opinions where state = 'taken'")
    bot.end(signal.SIGKILL)
    telegram.presses(MIRU, cards[MIRU], say("opinion_action.take"))
    bot = process("secretary")
    telegram.sees(MIRU, "먼저 처리했습니다")
    card = telegram.sees(SORA, say("opinion.mine"))

    # Answered, and killed before the author heard of it.
    telegram.presses(SORA, card, say("opinion_action.answer"))
    telegram.presses(SORA, telegram.sees(SORA, say("opinion.ask_kind")), say("promise.done"))
    telegram.presses(SORA, telegram.sees(SORA, "이렇게 답합니다"), say("opinion_typing.asis"))
    preview = telegram.sees(SORA, "이대로 보낼까요?")
    telegram.faults.append(Fault("drop_after", "sendMessage", chat_id=ANN))
    sent = telegram.presses(SORA, preview, "보내기")
    once(store, "select 1 from opinion_replies")
    bot.end(signal.SIGKILL)
    process("secretary")
    telegram.redelivers(sent)
    telegram.sees(ANN, "답이 왔습니다")
    telegram.sees(SORA, "답변 1판")
    once(store, "select 1 where not exists (select 1 from inbox where state = 'waiting')")
    once(store, "select 1 where not exists (select 1 from outbox where state <> 'sent')")

    (row,) = store.read("select id from opinions")
    ledger = Ledger(store)
    assert [one.action for one in ledger.history(row["id"])] == ["record", "take", "answer"]
    assert len(ledger.replies(row["id"])) == 1
    for chat, words in ((ANN, "답이 왔습니다"), (ANN, "적었습니다"), (ANN, "담당자가 맡았습니다")):
        assert len([text for text in telegram.texts(chat) if words in text]) == 1, words
    for who in (SORA, MIRU):
        fresh = [text for text in telegram.texts(who) if "접수" in text and "적은 때" in text]
        assert len(fresh) <= 1, who
