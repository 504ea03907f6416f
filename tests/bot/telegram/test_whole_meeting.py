"""A whole meeting over real HTTP: two note-takers, a chair, a crash, an edit, a duplicate, a late
correction; it ends in files that say what was said and in answers that quote them."""

from __future__ import annotations

import io
import signal
from pathlib import Path
from typing import Any

import docx
import pytest

from corpus import readers
from corpus.audit import Audit
from corpus.database import CouncilDatabase
from corpus.messages import say
from corpus.types import Table, Visibility
from tests.bot.telegram.conftest import Process, Serving, secretary_knowing, settings
from tests.bot.telegram.council import ANN, BEA, ROLES, Chat
from tests.support.secretary import Secretary
from tests.support.telegram import TelegramDouble, shown, supergroup

ROOM = supergroup(forum=True)
TOPIC = {"message_thread_id": 77, "is_topic_message": True}
OPINION = "비 오는 날 수리소를 더 여는지 궁금함"
VOICE = b"OggS what was said"

secretary = secretary_knowing(ROLES, "2032-03-03")


@pytest.fixture
def chat(telegram: TelegramDouble) -> Chat:
    return Chat(telegram)


@pytest.fixture
def database(secretary: Secretary) -> CouncilDatabase:
    return secretary.database


async def begins(chat: Chat) -> None:
    """The meeting is opened in private by one and in the group's topic by the other."""
    telegram = chat.telegram
    telegram.administers.add(ROOM["id"])
    await chat.opened()
    listed = await chat.after(ROOM["id"], lambda: telegram.says(BEA, "/meeting", ROOM, **TOPIC))
    card = await chat.after(ROOM["id"], lambda: telegram.presses(BEA, listed, "제1차"))
    opened = await chat.after(
        ROOM["id"], lambda: telegram.presses(BEA, card, say("meeting.button_open"))
    )
    assert "관리자가 아니어서" not in shown(opened["text"])


async def noted_by_a_process_that_is_killed(chat: Chat, secretary: Secretary) -> dict[str, Any]:
    """Notes before, during and after a crash; gives the update of the decision."""
    telegram = chat.telegram
    bot = Process(secretary.database.folder, settings(telegram), "parrot")
    try:
        await begins(chat)
        await chat.says(ANN, "참석: 김갑돌(위원장), 이을순, 박병수")
        await chat.says(ANN, "안건 1")
        telegram.says(ANN, "○ 우산 412개를 고침\n- 예산 4,071만원\n⇒ 지난해보다 늘었음")
        telegram.files["voice"] = VOICE
        voice = {"file_id": "voice", "file_unique_id": "v", "duration": 3}
        await chat.after(ANN, lambda: telegram.says(ANN, None, voice=voice), 2)
        asked = await chat.after(
            ROOM["id"], lambda: telegram.says(BEA, f"1안 의견: {OPINION}", ROOM, **TOPIC)
        )
        assert "의견-2032-0001" in shown(asked["text"])
        telegram.says(BEA, "주말에도 열겠음", ROOM, **TOPIC, reply_to_message=asked | {"text": "x"})
        decided = telegram.says(ANN, "[결정 1] 원안 가결")
    finally:
        bot.end(signal.SIGKILL)
    telegram.edits(decided, "[결정 1] 수정 가결")
    telegram.says(ANN, "2안 원안대로 대표협의체 상정")
    telegram.says(BEA, "[공지] 5월에 나들이가 있음", ROOM, **TOPIC)
    return decided


async def test_a_whole_meeting_ends_in_files_and_answers(
    chat: Chat, telegram: TelegramDouble, serving: Serving, secretary: Secretary, tmp_path: Path
) -> None:
    decided = await noted_by_a_process_that_is_killed(chat, secretary)
    async with serving(secretary.assistant):
        telegram.says(ANN, "[차기회의] 2032. 7. 7. 16:00")
        await chat.reads(ANN, "✎ 차기회의")
        await chat.reads(ROOM["id"], "✎ 공지")
        telegram.redelivers(decided)
        await ended(chat)
        parts = await chat.drafted()
        assert "붙임: 음성" in shown(parts[-1]["text"])
        second = next(m for m in parts if shown(m["text"]).startswith("안건 2"))
        done = await chat.replies(ANN, second, "검토결과: 보류", more=2)
        choose = await chat.approved(await chat.submitted(done))
        filed = await chat.presses(ANN, choose, say("visibility.public"))
        assert "자료로 넣었습니다" in shown(filed["text"])
        asked = await chat.replies(ANN, second, "검토결과: 원안대로 대표협의체 상정")
        assert shown(asked["text"]) == say("minutes.ask_reason")
        again = await chat.says(ANN, "잘못 받아 적음", more=2)
        choose = await chat.approved(await chat.submitted(again))
        await chat.presses(ANN, choose, say("visibility.public"))
    files_say_what_was_said(telegram, tmp_path)
    questions_are_answered(secretary)
    nothing_is_lost_or_doubled(secretary)


async def ended(chat: Chat) -> None:
    listed = await chat.says(ANN, "/meeting")
    card = await chat.presses(ANN, listed, "제1차")
    assert "⇒ 제1안: 수정 가결" in shown(card["text"])
    closed = await chat.presses(ANN, card, say("meeting.button_close"))
    assert "마쳤습니다" in shown(closed["text"])


def files_say_what_was_said(telegram: TelegramDouble, folder: Path) -> None:
    """The last files of both kinds hold the same cells, and they are what was said."""
    last = {
        m["file"]["name"].rpartition(".")[2]: m["file"]["content"]
        for m in telegram.sent(ANN)
        if "file" in m
    }
    word = docx.Document(io.BytesIO(last["docx"]))
    cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    assert {
        "우산 수리소 운영 결과 검토", "수정 가결", "원안대로 대표협의체 상정",
        f"・{OPINION}", "・주말에도 열겠음", "- 5월에 나들이가 있음", "- 2032. 7. 7. 16:00",
        "2032년 3월 3일(수) 16:00~17:30", "단비구청 3층 회의실", "한기록",
    } <= set(cells)  # fmt: skip
    lines = [line.text for line in word.paragraphs]
    assert {"○ 우산 412개를 고침", "- 예산 4,071만원", "⇒ 지난해보다 늘었음"} <= set(lines)
    path = folder / "회의록.hwpx"
    path.write_bytes(last["hwpx"])
    grids = [block for block in readers.read(path).blocks if isinstance(block, Table)]
    assert {" ".join(cell.text.split()) for grid in grids for cell in grid.cells} == {
        " ".join(cell.split()) for cell in cells
    }


def questions_are_answered(secretary: Secretary) -> None:
    for question, told in (
        ("지난 회의 결정사항", "수정 가결"),
        ("2안 결과", "원안대로 대표협의체 상정"),
        ("비 오는 날 수리소에 대한 의견에 뭐라고 답변했나요?", "주말에도 열겠음"),
    ):
        answer = secretary.ask(question)
        assert told in answer.text
        assert "보류" not in answer.text
        assert answer.citations[0].title == "2032년 제1차 실무협의체 회의록"


def nothing_is_lost_or_doubled(secretary: Secretary) -> None:
    store = secretary.database
    (entry,) = store.read("select text, origin, number, visibility from opinions")
    assert tuple(entry) == (OPINION, "paper", "의견-2032-0001", int(Visibility.PUBLIC))
    assert store.one("select count(*) as n from documents")["n"] == 1  # type: ignore[index]
    assert store.one("select count(*) as n from meeting_notes")["n"] == 10  # type: ignore[index]
    states = [row["state"] for row in store.read("select state from minutes order by ordinal")]
    assert states.count("approved") == 2
    (kept,) = store.read("select sha256 from note_attachments")
    assert (store.folder / "attachments" / kept[0][:2] / kept[0]).read_bytes() == VOICE
    actions = [entry.action for entry in Audit(store).entries()]
    assert [one for one in actions if one.startswith(("meeting", "minutes"))] == [
        "meeting_make", "meeting_close",
        "minutes_submitted", "minutes_approved", "minutes_submitted", "minutes_approved",
    ]  # fmt: skip
    assert "upload" in actions
    assert Audit(store).broken_at() is None
