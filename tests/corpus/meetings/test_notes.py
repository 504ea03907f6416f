"""Notes of a meeting in a real store: where they belong, what is wrong with them, what stays."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from corpus.database import CouncilDatabase
from corpus.ledger.changes import By
from corpus.meetings.editions import (
    Editions,
    Standing,
    decide,
    overtaken,
    renewed,
    write_edition,
)
from corpus.meetings.filing import Taken
from corpus.meetings.gaps import gaps
from corpus.meetings.meeting import Item, NoteKind, Plan, Trouble
from corpus.meetings.meetings import Meetings
from corpus.meetings.minutes import Exchange, Roll, draft
from corpus.meetings.noting import (
    Said,
    accept_late,
    delete_note,
    edit_note,
    restore_note,
    set_item,
    set_kind,
    take_note,
)
from corpus.meetings.planning import answer_call, close_meeting, leave, make_meeting, open_here
from corpus.meetings.sections import corrected, parts_of, shown

AT = datetime(2031, 3, 5, 16, tzinfo=UTC)
BY = By(person="p", at=AT)
PLAN = Plan(
    body="실무협의체",
    year=2031,
    number=2,
    held_on="2031-03-05",
    begins="16:00",
    members=5,
    items=(Item(number=1, title="우산 수리소 결과"), Item(number=2, title="골목 화분 계획")),
)


class Room:
    """A meeting with one note-taker."""

    def __init__(self, database: CouncilDatabase) -> None:
        self.database = database
        self.meetings = Meetings(database)
        self.editions = Editions(database)
        self.count = 0
        with database.write() as db:
            db.execute("insert into people (id, created_at) values (1, '2031'), (2, '2031')")
            self.id = make_meeting(db, PLAN, 1, "p", AT)
            open_here(db, self.id, 10, 0)

    @property
    def meeting(self):  # type: ignore[no-untyped-def]
        return self.meetings.get(self.id)

    def says(self, text: str, to: int | None = None) -> Taken:
        self.count += 1
        said = Said(
            text=text, author_id=1, chat_id=10, thread=0, message_id=self.count, to=to, at=AT
        )
        with self.database.write() as db:
            return take_note(db, self.meeting, said)

    def minutes(self):  # type: ignore[no-untyped-def]
        return draft(self.meeting, self.meetings.notes(self.id))


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    database = CouncilDatabase(tmp_path)
    yield Room(database)
    database.close()


def test_notes_fall_under_the_item_that_is_being_discussed(room: Room) -> None:
    for text in ("안건 1", "30개 가운데 28개를 고침", "홍보가 더 필요함", "안건 2", "원안 가결"):
        assert room.says(text).trouble is None
    first, second = room.minutes().items
    assert [b.text for b in first.bullets] == ["30개 가운데 28개를 고침"]
    assert first.exchanges == (Exchange(opinion="홍보가 더 필요함"),)
    assert second.result == "원안 가결"


def test_a_reply_to_an_opinion_is_its_answer(room: Room) -> None:
    first = room.says("[의견 1] 물이 새는지 궁금함")
    room.says("[의견 2] 화분이 무거움")
    room.says("[답변] 새지 않음", to=first.note_id)
    room.says("[답변] 가벼운 것으로 바꾸겠음")
    items = room.minutes().items
    assert items[0].exchanges == (Exchange(opinion="물이 새는지 궁금함", reply="새지 않음"),)
    assert items[1].exchanges[0].reply == "가벼운 것으로 바꾸겠음"


@pytest.mark.parametrize(
    ("text", "trouble"),
    [
        ("[의견 7] 없는 안건", Trouble.UNKNOWN_ITEM),
        ("[안건 9] 건너뛴 안건", Trouble.UNKNOWN_ITEM),
        ("[결정] 원안 가결", Trouble.NO_ITEM),
        ("[답변] 그렇게 하겠음", Trouble.NO_OPINION),
        ("[차기회의] 2031. 2. 30. 16:00", Trouble.BAD_DATE),
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_lost(room: Room, text: str, trouble: Trouble) -> None:
    taken = room.says(text)
    assert taken.trouble is trouble
    (note,) = room.meetings.notes(room.id)
    assert note.text in text
    everything = str(room.minutes())
    assert note.text in everything


def test_a_note_after_the_end_is_kept_aside_until_it_is_let_in(room: Room) -> None:
    with room.database.write() as db:
        assert close_meeting(db, room.id, "p", AT)
        assert not close_meeting(db, room.id, "p", AT)
    taken = room.says("[공지] 늦은 말")
    assert taken.trouble is Trouble.LATE
    assert room.minutes().notices == ()
    with room.database.write() as db:
        assert accept_late(db, taken.note_id, AT) is not None
        assert accept_late(db, taken.note_id, AT) is None
    assert room.minutes().notices == ("늦은 말",)


def test_late_notes_are_let_in_where_they_belong(room: Room) -> None:
    opinion = room.says("[의견 1] 물이 새는지 궁금함")
    with room.database.write() as db:
        close_meeting(db, room.id, "p", AT)
    late = [
        room.says("[답변] 새지 않음", to=opinion.note_id),
        room.says("[결정 2] 원안 가결"),
        room.says("[안건 3] 빨래방 예산"),
    ]
    assert {one.trouble for one in late} == {Trouble.LATE}
    assert [item.result for item in room.minutes().items] == ["", ""]
    assert room.minutes().items[0].exchanges == (Exchange(opinion="물이 새는지 궁금함"),)
    with room.database.write() as db:
        taken = [accept_late(db, one.note_id, AT) for one in late]
    assert [one.trouble for one in taken if one] == [None, None, None]
    first, second, third = room.minutes().items
    assert first.exchanges == (Exchange(opinion="물이 새는지 궁금함", reply="새지 않음"),)
    assert (second.result, third.title) == ("원안 가결", "빨래방 예산")


@pytest.mark.parametrize(
    ("later", "held"),
    [
        (timedelta(hours=2), "2031년 3월 5일(수) 16:00~18:00"),
        (timedelta(), "2031년 3월 5일(수) 16:00"),
        (timedelta(days=1), "2031년 3월 5일(수) 16:00"),
    ],
)
def test_the_end_of_the_notes_is_the_end_of_the_meeting_on_its_day_only(
    room: Room, later: timedelta, held: str
) -> None:
    with room.database.write() as db:
        close_meeting(db, room.id, "p", AT + later)
    assert room.minutes().held == held


def test_a_message_gives_one_note_however_often_it_comes(room: Room) -> None:
    said = Said(text="한 번", author_id=1, chat_id=10, thread=0, message_id=5, at=AT)
    with room.database.write() as db:
        assert take_note(db, room.meeting, said).new
        assert not take_note(db, room.meeting, said).new
    assert len(room.meetings.notes(room.id)) == 1


def test_an_edit_changes_the_note_and_keeps_what_it_said(room: Room) -> None:
    note = room.says("[의견 1] 물이 샘").note_id
    with room.database.write() as db:
        assert edit_note(db, note, "[의견 1] 물이 조금 샘", AT) is not None
        assert edit_note(db, note, "[의견 1] 물이 조금 샘", AT) is None
        assert edit_note(db, note, "물이 많이 샘", AT) is not None
    found = room.meetings.note(note)
    assert found is not None
    assert (found.text, found.kind, found.item) == ("물이 많이 샘", NoteKind.OPINION, 1)
    rows = room.database.read("select text from note_editions order by ordinal")
    assert [row["text"] for row in rows] == ["물이 샘", "물이 조금 샘"]


def test_a_deleted_note_is_gone_and_comes_back(room: Room) -> None:
    note = room.says("[공지] 워크숍").note_id
    with room.database.write() as db:
        assert delete_note(db, note, AT)
    assert room.minutes().notices == ()
    with room.database.write() as db:
        assert restore_note(db, note)
    assert room.minutes().notices == ("워크숍",)


def test_kind_and_item_can_be_set_afterwards(room: Room) -> None:
    note = room.says("비가 와도 연다").note_id
    with room.database.write() as db:
        assert set_kind(db, note, NoteKind.DECISION, AT) is not None
        assert set_item(db, note, 2)
        assert not set_item(db, note, 8)
    assert room.minutes().items[1].result == "비가 와도 연다"


def test_a_new_title_adds_an_item_and_leaves_with_its_note(room: Room) -> None:
    note = room.says("안건: 겨울 김장").note_id
    assert [item.title for item in room.meeting.plan.items][-1] == "겨울 김장"
    with room.database.write() as db:
        delete_note(db, note, AT)
    assert len(room.meeting.plan.items) == 2


def test_who_came_is_read_from_notes(room: Room) -> None:
    room.says("위원장: 김갑돌")
    room.says("위원: 이을순, 박병수")
    minutes = room.minutes()
    assert minutes.rolls == (
        Roll(role="위원장", names=("김갑돌",)),
        Roll(role="위원", names=("이을순", "박병수")),
    )
    assert (minutes.present, minutes.chair) == (3, "김갑돌")
    room.says("5명 중 4명 참석")
    assert room.minutes().present == 4


def test_what_is_missing_is_told(room: Room) -> None:
    room.says("[의견 1] 답이 없는 의견")
    room.says("5명 중 2명 참석")
    codes = {gap.code for gap in gaps(room.minutes(), room.meetings.notes(room.id), 3)}
    assert {"result", "reply", "quorum", "place", "chair"} <= codes
    assert "held" not in codes


def test_attendance_replies_are_counted_once_a_person(room: Room) -> None:
    with room.database.write() as db:
        answer_call(db, room.id, 1, True, AT)
        answer_call(db, room.id, 2, True, AT)
        answer_call(db, room.id, 2, False, AT + timedelta(hours=1))
    assert room.meetings.calls(room.id) == (1, 1)


def test_a_place_takes_notes_until_it_is_left(room: Room) -> None:
    assert room.meetings.at(10, 0) is not None
    with room.database.write() as db:
        assert leave(db, 10, 0)
    assert room.meetings.at(10, 0) is None
    assert [meeting.id for meeting in room.meetings.running()] == [room.id]


def test_corrected_parts_stay_when_notes_change(room: Room) -> None:
    room.says("[결정 1] 원안 가결")
    with room.database.write() as db:
        write_edition(db, room.id, room.minutes(), BY, reason="기록")
    new = corrected(room.minutes(), "1", "검토결과: 수정 가결")
    assert new is not None
    with room.database.write() as db:
        write_edition(db, room.id, new, BY, reason="고침", corrected=("1",))
    room.says("[의견 1] 뒤늦은 의견")
    room.says("[공지] 새 공지")
    last = room.editions.last(room.id)
    assert last is not None
    again = renewed(room.minutes(), last)
    assert again.items[0].result == "수정 가결"
    assert again.notices == ("새 공지",)
    assert overtaken(room.minutes(), last) == ["1"]


def test_approved_minutes_cannot_be_changed_at_all(room: Room) -> None:
    with room.database.write() as db:
        edition = write_edition(db, room.id, room.minutes(), BY, reason="기록")
        assert not decide(db, edition, Standing.APPROVED, BY)
        assert decide(db, edition, Standing.SUBMITTED, BY)
        assert decide(db, edition, Standing.RETURNED, BY, "장소를 적어 주세요")
        assert decide(db, edition, Standing.SUBMITTED, BY)
        assert decide(db, edition, Standing.APPROVED, BY)
        assert not decide(db, edition, Standing.RETURNED, BY)
    with pytest.raises(sqlite3.IntegrityError), room.database.write() as db:
        db.execute("update minutes set content = '{}'")
    with pytest.raises(sqlite3.IntegrityError), room.database.write() as db:
        db.execute("delete from minutes")


def test_only_the_newest_edition_is_decided_on(room: Room) -> None:
    with room.database.write() as db:
        first = write_edition(db, room.id, room.minutes(), BY, reason="기록")
        assert decide(db, first, Standing.SUBMITTED, BY)
    room.says("[공지] 새 말")
    with room.database.write() as db:
        assert write_edition(db, room.id, room.minutes(), BY, reason="새 기록") != first
        assert not decide(db, first, Standing.APPROVED, BY)


def test_each_part_reads_back_as_it_is_shown(room: Room) -> None:
    for text in (
        "위원장: 김갑돌", "안건 1", "- 하나\n  ⇒ 둘", "[의견] 왜?", "[답변] 그래서",
        "[결정] 보류", "[공지] 가\n나", "[차기회의] 7월 16일",
    ):  # fmt: skip
        room.says(text)
    minutes = room.minutes()
    for part in parts_of(minutes):
        assert corrected(minutes, part, shown(minutes, part)) == minutes


@pytest.mark.parametrize("part", ["head", "people"])
def test_a_line_of_no_label_is_no_correction(room: Room, part: str) -> None:
    assert corrected(room.minutes(), part, "그냥 아무 말이나") is None
