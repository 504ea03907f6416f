"""A meeting noted by a process that is killed in the middle: nothing is lost, nothing doubled."""

from __future__ import annotations

import signal
from collections.abc import Callable

from corpus.database import CouncilDatabase
from corpus.messages import say
from tests.bot.telegram.conftest import Process
from tests.support.people import enrol
from tests.support.telegram import TelegramDouble, shown

ANN = 601
# Fewer messages than a private chat may be sent in one go.
NOTES = [f"[의견 1] {number}번째 의견" for number in range(12)]


def test_killed_among_a_dozen_notes_it_has_each_once(
    telegram: TelegramDouble, process: Callable[..., Process], database: CouncilDatabase
) -> None:
    enrol(database, {ANN: "staff"})
    first = process()
    telegram.says(ANN, "/meeting 2032년 제1차 실무협의체\n1. 우산 수리소")
    plan = telegram.waits_for(ANN, 1)[-1]
    telegram.presses(ANN, plan, say("meeting.button_save"))
    saved = telegram.waits_for(ANN, 2)[-1]
    telegram.presses(ANN, saved, "제1차")
    telegram.presses(ANN, telegram.waits_for(ANN, 3)[-1], say("meeting.button_open"))
    telegram.waits_for(ANN, 4)
    updates = [telegram.says(ANN, text) for text in NOTES[:6]]
    telegram.waits_for(ANN, 6)
    first.end(signal.SIGKILL)
    updates += [telegram.says(ANN, text) for text in NOTES[6:]]
    process()
    telegram.waits_for(ANN, 4 + len(NOTES))
    for update in updates[-3:]:
        telegram.redelivers(update)
    telegram.says(ANN, "/meeting")
    listed = telegram.waits_for(ANN, 5 + len(NOTES))[-1]
    telegram.presses(ANN, listed, "제1차")
    card = telegram.waits_for(ANN, 6 + len(NOTES))[-1]
    assert say("meeting.notes", count=12, last="11번째 의견") in shown(card["text"])
    texts = [row["text"] for row in database.read("select text from meeting_notes order by id")]
    assert texts == [text.removeprefix("[의견 1] ") for text in NOTES]
