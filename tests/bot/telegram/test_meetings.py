"""Meetings by chat, over real HTTP: noted by several people, confirmed by the chair, and found."""

from __future__ import annotations

import asyncio
import io
from typing import Any

import docx
import pytest

from corpus.database import CouncilDatabase
from corpus.ledger import handling
from corpus.ledger.changes import By, SeenOpinion
from corpus.ledger.handling import NewReply
from corpus.ledger.ledger import Ledger
from corpus.ledger.opinion import Author, Matter, Promise, PromiseKind
from corpus.ledger.raising import NewOpinion, record
from corpus.messages import say
from corpus.types import Visibility
from tests.bot.telegram.conftest import Serving, secretary_knowing, until
from tests.bot.telegram.council import ANN, BEA, CARL, MIRA, PLAN, ROLES, ZOE, Chat
from tests.support.secretary import Secretary, day
from tests.support.telegram import TelegramDouble, shown, supergroup

secretary = secretary_knowing(ROLES, "2032-03-03")


@pytest.fixture
def database(secretary: Secretary) -> CouncilDatabase:
    return secretary.database


@pytest.fixture
def chat(telegram: TelegramDouble) -> Chat:
    return Chat(telegram)


async def test_a_meeting_is_typed_saved_and_announced_and_the_answers_are_counted(
    chat: Chat, telegram: TelegramDouble, serving: Serving, secretary: Secretary
) -> None:
    async with serving(secretary.assistant):
        listed = await chat.says(ANN, "/회의")
        await chat.presses(ANN, listed, say("meeting.button_new"))
        await chat.says(ANN, "2032년 제1차 실무협의체\n일시: 3월 5일 오후 4시\n위원정수: 3")
        plan = await chat.says(ANN, "장소: 모란홀\n1. 우산 수리소 결과")
        assert "모란홀" in shown(plan["text"])
        assert "2032년 3월 5일" in shown(plan["text"])
        saved = await chat.presses(ANN, plan, say("meeting.button_save"))
        card = await chat.presses(ANN, saved, "제1차")
        notices = [asyncio.create_task(until(telegram, who, 1)) for who in (MIRA, CARL)]
        await chat.presses(ANN, card, say("meeting.button_call"))
        (to_mira,), (to_carl,) = await asyncio.gather(*notices)
        assert "우산 수리소 결과" in shown(to_mira["text"])
        await chat.presses(MIRA, to_mira, say("meeting.button_coming"))
        await chat.presses(CARL, to_carl, say("meeting.button_coming"))
        await chat.presses(CARL, to_carl, say("meeting.button_not_coming"))
        card = await chat.presses(ANN, saved, "제1차")
    assert say("meeting.calls", yes=1, no=1, quorum=2) in shown(card["text"])


async def test_the_chair_sends_minutes_back_and_a_correction_goes_up_again(
    chat: Chat, telegram: TelegramDouble, serving: Serving, secretary: Secretary
) -> None:
    async with serving(secretary.assistant):
        await chat.opened()
        await chat.says(ANN, "[결정 1] 원안 가결")
        parts = await chat.drafted()
        first = await chat.submitted(parts[-1])
        await chat.presses(CARL, first, say("minutes.button_return"))
        count = len(telegram.sent(ANN))
        await chat.says(CARL, "안건 2의 결과를 적어 주세요")
        returned = (await until(telegram, ANN, count + 1))[-1]
        assert "안건 2의 결과를 적어 주세요" in shown(returned["text"])
        second = next(m for m in parts if shown(m["text"]).startswith("안건 2"))
        unclear = await chat.replies(ANN, second, "의견들: 이상한 줄\n답변: 짝이 없음")
        assert "안건 2. 골목 화분" in shown(unclear["text"])
        done = await chat.replies(ANN, second, "검토결과: 보류", more=2)
        again = await chat.submitted(done)
        assert "보류" in shown(again["text"])
        late = await chat.presses(CARL, first, say("minutes.button_approve"))
        assert shown(late["text"]) == say("minutes.overtaken_press")
        await chat.approved(again)
        asked = await chat.replies(ANN, second, "검토결과: 부결")
        assert shown(asked["text"]) == say("minutes.ask_reason")
        new = await chat.says(ANN, "잘못 받아 적음", more=2)
        assert shown(new["text"]) == say("minutes.corrected_again")
    rows = secretary.database.read("select state, reason from minutes order by ordinal")
    assert [row["state"] for row in rows] == ["returned", "approved", "draft"]
    assert rows[-1]["reason"] == "잘못 받아 적음"


async def test_only_staff_note_and_only_the_chair_confirms(
    chat: Chat, telegram: TelegramDouble, serving: Serving, secretary: Secretary
) -> None:
    async with serving(secretary.assistant):
        await chat.opened()
        for who in (MIRA, ZOE):
            for words in ("/meeting", "/note 몰래", "/minutes"):
                refused = await chat.says(who, words)
                assert shown(refused["text"]) == say("meeting.staff_only")
        await chat.says(ANN, "[결정 1] 보류")
        parts = await chat.drafted()
        asked = await chat.submitted(parts[-1])
        refused = await chat.after(
            ANN,
            lambda: telegram.presses(
                ANN,
                {**asked, "chat": {"id": ANN, "type": "private"}},
                say("minutes.button_approve"),
            ),
        )
        assert shown(refused["text"]) == say("minutes.chair_only")


async def test_what_citizens_say_in_the_topic_is_never_kept(
    chat: Chat, telegram: TelegramDouble, serving: Serving, secretary: Secretary
) -> None:
    room = supergroup()
    async with serving(secretary.assistant):
        await chat.opened()
        listed = await chat.after(room["id"], lambda: telegram.says(ANN, "/meeting", room))
        card = await chat.after(room["id"], lambda: telegram.presses(ANN, listed, "제1차"))
        deaf = await chat.after(
            room["id"], lambda: telegram.presses(ANN, card, say("meeting.button_open"))
        )
        assert "관리자가 아니어서" in shown(deaf["text"])
        telegram.says(ZOE, "지나가던 비밀 이야기", room)
        await chat.after(room["id"], lambda: telegram.says(ANN, "/note [공지] 워크숍", room))
    texts = [row["text"] for row in secretary.database.read("select text from meeting_notes")]
    assert texts == ["워크숍"]
    kept = secretary.database.read("select count(*) as n from inbox")[0]["n"]
    assert kept < len(telegram.updates)


async def test_kind_item_and_deletion_are_a_button_away(
    chat: Chat, telegram: TelegramDouble, serving: Serving, secretary: Secretary
) -> None:
    async with serving(secretary.assistant):
        await chat.opened()
        note = await chat.says(ANN, "[결정] 원안 가결")
        assert say("trouble.no_item") in shown(note["text"])
        offered = await chat.presses(ANN, note, say("note.button_item"))
        note = await chat.presses(ANN, offered, "제2안")
        assert "2안" in shown(note["text"])
        offered = await chat.presses(ANN, note, say("note.button_kind"))
        note = await chat.presses(ANN, offered, say("note_kind.opinion"))
        answer = await chat.replies(ANN, note, "그렇게 하겠음")
        assert say("note_kind.reply") in shown(answer["text"])
        deleted = await chat.presses(ANN, answer, say("note.button_delete"))
        assert shown(deleted["text"]) == say("note.deleted")
        await chat.presses(ANN, deleted, say("note.button_restore"))
        await chat.after(
            ANN,
            lambda: telegram.says(
                ANN, None, voice={"file_id": "v", "file_unique_id": "v", "duration": 3}
            ),
        )
        parts = await chat.drafted()
    assert "음성" in shown(parts[-1]["text"])
    assert any("의견: 원안 가결\n답변: 그렇게 하겠음" in shown(m["text"]) for m in parts)


async def test_members_get_a_pack_with_what_became_of_the_last_meeting(
    chat: Chat, telegram: TelegramDouble, serving: Serving, secretary: Secretary
) -> None:
    async with serving(secretary.assistant):
        refused = await chat.says(ZOE, "/brief")
        assert shown(refused["text"]) == say("pack.members_only")
        card = await chat.opened()
        await chat.says(ANN, "[의견 1] 수리소가 멂")
        await chat.says(ANN, "[결정 1] 수정 가결")
        await chat.presses(ANN, card, say("meeting.button_close"))
        parts = await chat.drafted()
        choose = await chat.approved(await chat.submitted(parts[-1]))
        await chat.presses(ANN, choose, say("visibility.members"))
        plan = await chat.says(
            ANN, "/meeting 2032년 제2차 실무협의체\n일시: 2032. 7. 7. 16:00\n1. 빨래방"
        )
        await chat.presses(ANN, plan, say("meeting.button_save"))
        pack = await chat.says(MIRA, "/brief")
    paper = docx.Document(io.BytesIO(pack["file"]["content"]))
    text = "\n".join(p.text for p in paper.paragraphs)
    assert "빨래방" in text
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    assert {"수정 가결", "수리소가 멂", say("pack.unanswered")} <= set(cells)


BUDGET = """2032년 단비구 동별 나눔사업 예산

- 모란1동 : 국수 나눔 등 4개 사업 420만원
- 모란2동 : 우산 수리 등 7개 사업 735만원
- 해솔동 : 골목 화분 등 2개 사업 180만원
"""
QUESTION = "모란2동 나눔사업 예산은 얼마인가요?"


async def test_the_pack_has_the_figures_of_the_programme_on_the_agenda(
    chat: Chat, telegram: TelegramDouble, serving: Serving, secretary: Secretary
) -> None:
    async with serving(secretary.assistant):
        await chat.after(ANN, lambda: telegram.uploads(ANN, "예산.txt", BUDGET.encode()), more=3)
        paper = next(m for m in telegram.sent(ANN) if say("upload.who") in shown(m["text"]))
        plan = await chat.says(
            ANN,
            "/meeting 2032년 제2차 실무협의체\n일시: 2032. 7. 7. 16:00\n"
            "1. 2032년 동별 나눔사업 연간 운영계획(안) 심의",
        )
        await chat.presses(ANN, plan, say("meeting.button_save"))
        hidden = await chat.says(MIRA, "/brief")
        await chat.presses(ANN, paper, say("visibility.members"))
        pack = await chat.says(MIRA, "/brief")
    assert "735만원" not in " ".join(printed(hidden))
    lines = printed(pack)
    assert any("모란2동" in line and "735만원" in line for line in lines)
    assert any("2032년 단비구 동별 나눔사업 예산" in line for line in lines)


def printed(message: dict[str, Any]) -> list[str]:
    """The lines of a paper that the bot sent, those of its tables included."""
    paper = docx.Document(io.BytesIO(message["file"]["content"]))
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    return [*(p.text for p in paper.paragraphs), *cells]


async def test_two_people_take_notes_at_once_and_nothing_is_mixed_up(
    chat: Chat, telegram: TelegramDouble, serving: Serving, secretary: Secretary
) -> None:
    said = range(3)
    async with serving(secretary.assistant):
        card = await chat.opened()
        listed = await chat.says(BEA, "/meeting")
        await chat.presses(BEA, listed, "제1차")
        await chat.presses(BEA, telegram.sent(BEA)[-1], say("meeting.button_open"))
        updates = []
        for item, who in ((1, ANN), (2, BEA)):
            telegram.says(who, f"안건 {item}")
        for turn in said:
            for item, who in ((1, ANN), (2, BEA)):
                telegram.says(who, f"{item}안에서 {turn}번째로 설명함")
                updates.append(telegram.says(who, f"[의견] {item}안의 {turn}번째 의견"))
        for update in updates[-4:]:
            telegram.redelivers(update)
        for who in (ANN, BEA):
            await chat.reads(who, f"{len(said) - 1}번째 의견")
        await chat.presses(ANN, card, say("meeting.button_close"))
        closed = shown(telegram.sent(ANN)[-1]["text"])
    assert f"기록 {2 + 4 * len(said)}건" in closed
    rows = secretary.database.read(
        "select item, kind, text from meeting_notes where kind <> 'agenda' order by id"
    )
    for item in (1, 2):
        mine = [row["text"] for row in rows if row["item"] == item and row["kind"] == "opinion"]
        assert mine == [f"{item}안의 {turn}번째 의견" for turn in said]
    entries = secretary.database.read("select number, text from opinions")
    assert len({row["number"] for row in entries}) == len(entries) == 2 * len(said)


async def test_a_paper_by_chat_is_read_shown_and_withdrawn(
    chat: Chat, telegram: TelegramDouble, serving: Serving, secretary: Secretary
) -> None:
    async with serving(secretary.assistant):
        receipt = await chat.after(
            ANN, lambda: telegram.uploads(ANN, "예산.txt", BUDGET.encode()), more=3
        )
        progress, paper, _ = telegram.sent(ANN)[-3:]
        assert shown(progress["text"]) == say("upload.reading", name="예산.txt")
        assert "예산 3" in shown(paper["text"])
        assert receipt["reply_markup"]["inline_keyboard"]
        assert not secretary.ask(QUESTION).citations
        assert "735만원" in secretary.ask(QUESTION, audience=Visibility.STAFF).text
        used = await chat.presses(ANN, paper, say("visibility.public"))
        assert "공개" in shown(used["text"])
        assert "735만원" in secretary.ask(QUESTION).text
        await chat.presses(ANN, paper, say("upload.button_out"))
        assert not secretary.ask(QUESTION, audience=Visibility.STAFF).citations
    for table in ("documents", "records", "passages", "record_terms", "passage_terms"):
        assert secretary.database.read(f"select count(*) as n from {table}")[0]["n"] == 0
    assert not [p for p in (secretary.database.folder / "papers").rglob("*") if p.is_file()]


NOTICE = """단비구청
수신: 각 위원
제목: 2032년 제3차 실무협의체 회의 개최 알림

1. 일시: 2032. 9. 8.(수) 14:00
2. 장소: 단비구청 3층 회의실
3. 안건
  1) 우산 수리소 운영 결과 검토
  2) 빨래방 예산 검토
"""


async def test_a_notice_sent_as_a_file_becomes_a_meeting(
    chat: Chat, telegram: TelegramDouble, serving: Serving, secretary: Secretary
) -> None:
    async with serving(secretary.assistant):
        await chat.after(ANN, lambda: telegram.uploads(ANN, "알림.txt", NOTICE.encode()), more=2)
        paper = next(m for m in telegram.sent(ANN) if say("upload.who") in shown(m["text"]))
        plan = await chat.presses(ANN, paper, say("upload.button_meeting"))
        text = shown(plan["text"])
        assert "2032년 제3차 실무협의체" in text
        assert "제2안 빨래방 예산 검토" in text
        await chat.presses(ANN, plan, say("meeting.button_save"))
    (row,) = secretary.database.read("select number, held_on, place from meetings")
    assert tuple(row) == (3, "2032-09-08", "단비구청 3층 회의실")


async def test_what_cannot_be_taken_is_told(
    chat: Chat, telegram: TelegramDouble, serving: Serving, secretary: Secretary
) -> None:
    async with serving(secretary.assistant):
        large = await chat.after(
            ANN, lambda: telegram.uploads(ANN, "큰 파일.pdf", b"x", size=25 * 10**6)
        )
        assert "dongne ingest" in shown(large["text"])
        broken = await chat.after(
            ANN, lambda: telegram.uploads(ANN, "그림.png", b"\x89PNG\r\n\x1a\n" + bytes(20)), more=2
        )
        assert "그림" in shown(broken["text"])
        refused = await chat.after(ZOE, lambda: telegram.uploads(ZOE, "a.txt", b"a"))
        assert shown(refused["text"]) == say("upload.staff_only")


async def test_reminders_come_once_though_the_bot_is_started_anew(
    chat: Chat, telegram: TelegramDouble, serving: Serving, secretary: Secretary
) -> None:
    def on(date: str) -> Any:
        return serving(secretary.assistant, now=lambda: day(date))

    async with on("2032-02-01"):
        plan = await chat.says(ANN, f"/meeting {PLAN}")
        saved = await chat.presses(ANN, plan, say("meeting.button_save"))
        card = await chat.presses(ANN, saved, "제1차")
        invited = await chat.offers(
            MIRA,
            say("meeting.button_remind"),
            chat.presses(ANN, card, say("meeting.button_call")),
        )
        await chat.presses(MIRA, invited, say("meeting.button_remind"))
        await chat.presses(MIRA, invited, say("meeting.button_coming"))
    for date, days in (
        ("2032-02-18", 14),
        ("2032-02-18", 14),
        ("2032-02-25", 7),
        ("2032-02-25", 7),
        ("2032-03-02", 1),
        ("2032-03-03", 1),
    ):
        async with on(date):
            told = say("meeting.reminder", title="2032년 제1차 실무협의체", days=days)
            await chat.reads(MIRA, told)
    async with on("2032-03-03"):
        await chat.says(MIRA, "/my")
    told = [shown(message["text"]) for message in telegram.sent(MIRA)]
    reminders = [text for text in told if "남았습니다" in text or "오늘" in text]
    assert len(reminders) == 3
    assert all(say("meeting.you_said", answer="참석") in text for text in reminders)


async def test_the_invitation_brings_what_became_of_the_last_meeting(
    chat: Chat, telegram: TelegramDouble, serving: Serving, secretary: Secretary
) -> None:
    async with serving(secretary.assistant):
        card = await chat.opened()
        await chat.says(ANN, "[의견 1] 수리소가 멂")
        await chat.says(ANN, "[답변] 가까운 곳에 더 열도록 검토하겠음")
        await chat.says(ANN, "[결정 1] 수정 가결")
        await chat.presses(ANN, card, say("meeting.button_close"))
        parts = await chat.drafted()
        choose = await chat.approved(await chat.submitted(parts[-1]))
        await chat.presses(ANN, choose, say("visibility.members"))
        plan = await chat.says(
            ANN, "/meeting 2032년 제2차 실무협의체\n일시: 2032. 7. 7. 16:00\n1. 빨래방"
        )
        saved = await chat.presses(ANN, plan, say("meeting.button_save"))
        card = await chat.presses(ANN, saved, "제2차")
        press = chat.presses(ANN, card, say("meeting.button_call"))
        invited = await chat.offers(MIRA, say("meeting.button_coming"), press)
        assert say("meeting.attached") in shown(invited["text"])
        (file,) = (await until(telegram, MIRA, 2))[1:]
    paper = docx.Document(io.BytesIO(file["file"]["content"]))
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    assert {"수정 가결", "수리소가 멂", "가까운 곳에 더 열도록 검토하겠음"} <= set(cells)
    assert any("검토" in cell for cell in cells[-1:])


async def test_the_pack_tells_promises_that_are_overdue_as_far_as_members_may_see_them(
    chat: Chat, telegram: TelegramDouble, serving: Serving, secretary: Secretary
) -> None:
    public, hidden = (
        promised(secretary, text, published=published)
        for text, published in (
            ("우체국 골목 가로등이 어두워요", True),
            ("빨래방을 늘려 주세요", False),
        )
    )
    async with serving(secretary.assistant, now=lambda: day("2032-03-05")):
        plan = await chat.says(
            ANN, "/meeting 2032년 제2차 실무협의체\n일시: 2032. 7. 7. 16:00\n1. 동네 소식"
        )
        await chat.presses(ANN, plan, say("meeting.button_save"))
    async with serving(secretary.assistant, now=lambda: day("2032-04-01")):
        lines = printed(await chat.says(MIRA, "/brief"))
    assert say("pack.overdue") in " ".join(lines)
    assert public in lines
    assert hidden not in lines


def promised(secretary: Secretary, text: str, *, published: bool) -> str:
    """The number of an opinion that was answered with a promise for a day that has passed."""
    by, ledger = By(person="sora", at=day("2032-03-04")), Ledger(secretary.database)
    reply = NewReply(
        department="도로과",
        text="살펴보겠습니다.",
        promise=Promise(kind=PromiseKind.PURSUE, due="2032-03-20"),
    )

    def seen(number: int) -> SeenOpinion:
        opinion = ledger.get(number)
        assert opinion is not None
        return SeenOpinion(id=number, revision=opinion.revision)

    new = NewOpinion(
        text=text,
        matter=Matter(dong="모란1동", department="도로과"),
        author=Author(person_id=1),
        raised_at="2032-03-04T09:00:00+09:00",
    )
    with secretary.database.write() as db:
        number = record(db, new, by, secretary.assistant.index_terms)
    with secretary.database.write() as db:
        handling.answer(db, seen(number), by, reply)
    if published:
        with secretary.database.write() as db:
            handling.publish(db, seen(number), by, text, reply.text)
    found = ledger.get(number)
    assert found is not None
    return found.number
