"""The ledger as a store: numbers, steps, replies, merging, publishing, erasing."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from corpus.audit import Audit
from corpus.database import CouncilDatabase
from corpus.errors import NotAllowedError, OvertakenError
from corpus.ledger import handling
from corpus.ledger.changes import By, SeenOpinion
from corpus.ledger.erasure import forget
from corpus.ledger.handling import NewReply
from corpus.ledger.ledger import Ledger
from corpus.ledger.opinion import Author, Matter, NoteKind, Opinion, Place, Promise, PromiseKind
from corpus.ledger.opinion import State as S
from corpus.ledger.raising import NewOpinion, pseudonym, record, withdraw
from corpus.ledger.wanted import Wanted
from corpus.messages import say
from corpus.types import Visibility

NOW = datetime(2032, 3, 4, 9, tzinfo=UTC)
SORA, MIRU = By(person="sora", at=NOW), By(person="miru", at=NOW)
TODAY = date(2032, 3, 4)


class Desk:
    """A ledger with two citizens, written to in transactions of their own."""

    def __init__(self, database: CouncilDatabase) -> None:
        self.database = database
        self.ledger = Ledger(database)
        with database.write() as db:
            for number in (1, 2):
                db.execute(
                    "insert into people (id, telegram_id, created_at, key) values (?, ?, '', ?)",
                    [number, 500 + number, f"key-{number}"],
                )

    def raised(self, text: str = "가로등이 어두워요", person: int = 1, **more: object) -> int:
        year = int(str(more.pop("year", 2032)))
        new = NewOpinion(
            text=text,
            matter=Matter(dong="모란1동", topic="가로등"),
            author=Author(person_id=person, name="아무개", pseudonym=pseudonym("k", year)),
            raised_at=f"{year}-03-04T09:00:00+09:00",
            **more,  # type: ignore[arg-type]
        )
        with self.database.write() as db:
            return record(db, new, By(person=f"key-{person}", at=NOW), lambda words: words)

    def does(self, opinion_id: int, act: Callable[..., object], by: By, *rest: object) -> None:
        with self.database.write() as db:
            act(db, self.seen(opinion_id), by, *rest)

    def seen(self, opinion_id: int) -> SeenOpinion:
        return SeenOpinion(id=opinion_id, revision=self.opinion(opinion_id).revision)

    def opinion(self, opinion_id: int) -> Opinion:
        found = self.ledger.get(opinion_id)
        assert found is not None
        return found


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    database = CouncilDatabase(tmp_path)
    yield Desk(database)
    database.close()


def reply(kind: PromiseKind, due: str = "", meeting: str = "") -> NewReply:
    promise = Promise(kind=kind, due=due, meeting=meeting)
    return NewReply(department="도로과", text="살펴보겠습니다.", promise=promise)


def test_numbers_have_no_gaps_within_a_year(desk: Desk) -> None:
    first, _ = desk.raised(), desk.raised("다른 의견", year=2031)
    with suppress(ZeroDivisionError), desk.database.write():
        desk.raised("되돌려지는 것")
        raise ZeroDivisionError
    last = desk.raised("둘째")
    with desk.database.write() as db:
        withdraw(db, first, By(person="key-1", at=NOW))
    third = desk.raised("셋째")
    numbers = [desk.opinion(one).number for one in (first, last, third)]
    assert numbers == ["의견-2032-0001", "의견-2032-0002", "의견-2032-0003"]
    with pytest.raises(sqlite3.IntegrityError), desk.database.write() as db:
        db.execute("delete from opinions")


def test_one_message_is_one_opinion(desk: Desk) -> None:
    place = Place(chat_id=7, message_id=8)
    assert desk.raised(place=place) == desk.raised(place=place)


def test_of_two_staff_one_wins_and_the_other_reads_what_happened(desk: Desk) -> None:
    opinion = desk.raised()
    seen = desk.seen(opinion)
    with desk.database.write() as db:
        handling.take(db, seen, SORA)
    with pytest.raises(OvertakenError, match=r"의견-2032-0001.*맡기"), desk.database.write() as db:
        handling.take(db, seen, MIRU)
    assert desk.opinion(opinion).taken_by == "sora"


def test_every_version_of_a_reply_is_kept_with_its_promise(desk: Desk) -> None:
    opinion = desk.raised()
    desk.does(opinion, handling.answer, SORA, reply(PromiseKind.CONSIDER, due="2032-04-01"))
    desk.does(opinion, handling.answer, MIRU, reply(PromiseKind.DONE))
    assert [one.version for one in desk.ledger.replies(opinion)] == [1, 2]
    assert desk.ledger.replies(opinion)[0].promise.due == "2032-04-01"
    assert desk.opinion(opinion).state is S.ANSWERED
    assert not desk.opinion(opinion).open
    assert [event.action for event in desk.ledger.history(opinion)] == [
        "record",
        "answer",
        "answer",
    ]


def test_what_a_state_does_not_allow_is_said(desk: Desk) -> None:
    opinion = desk.raised()
    desk.does(opinion, handling.close, SORA)
    with pytest.raises(NotAllowedError, match="종결"):
        desk.does(opinion, handling.answer, SORA, reply(PromiseKind.DONE))
    desk.does(opinion, handling.reopen, SORA)
    assert desk.opinion(opinion).state is S.TAKEN


def test_a_question_back_waits_for_its_answer(desk: Desk) -> None:
    opinion = desk.raised()
    desk.does(opinion, handling.ask, SORA, "어느 골목인가요?")
    assert desk.opinion(opinion).state is S.ASKED
    with desk.database.write() as db:
        handling.respond(db, opinion, By(person="key-1", at=NOW), "우체국 뒤요")
    assert desk.opinion(opinion).state is S.TAKEN
    assert [note.kind for note in desk.ledger.notes(opinion)] == [
        NoteKind.QUESTION,
        NoteKind.ANSWER,
    ]


def test_merging_takes_along_what_was_merged_before(desk: Desk) -> None:
    one, two, three = (desk.raised(f"의견 {n}") for n in range(3))
    desk.does(one, handling.merge, SORA, two)
    desk.does(two, handling.merge, SORA, three)
    assert {m.id for m in desk.ledger.merged(three)} == {one, two}
    with pytest.raises(NotAllowedError):
        desk.does(three, handling.merge, SORA, three)
    with pytest.raises(NotAllowedError):
        desk.does(three, handling.merge, SORA, one)


def test_taking_an_opinion_back_frees_what_was_merged_into_it(desk: Desk) -> None:
    one, two = desk.raised("하나"), desk.raised("둘", person=2)
    desk.does(one, handling.merge, SORA, two)
    with desk.database.write() as db:
        withdraw(db, two, By(person="key-2", at=NOW))
    assert desk.opinion(one).state is S.RECEIVED
    assert (desk.opinion(two).state, desk.opinion(two).text) == (S.WITHDRAWN, "")


def test_only_its_author_and_staff_see_an_opinion_until_it_is_published(desk: Desk) -> None:
    opinion = desk.raised()
    public, members = Visibility.PUBLIC, Visibility.MEMBERS
    assert desk.ledger.listed(Wanted(), members, TODAY) == []
    assert len(desk.ledger.listed(Wanted(author_id=1), public, TODAY)) == 1
    assert desk.ledger.listed(Wanted(author_id=2), public, TODAY) == []
    desk.does(opinion, handling.publish, SORA, "가로등이 어둡습니다", "")
    (shown,) = desk.ledger.listed(Wanted(), public, TODAY)
    assert shown.words(public) == "가로등이 어둡습니다"
    desk.does(opinion, handling.conceal, SORA)
    assert desk.ledger.listed(Wanted(), public, TODAY) == []


def test_a_request_for_help_is_never_published_nor_merged(desk: Desk) -> None:
    private, other = desk.raised(private=True), desk.raised("다른 의견")
    for act, rest in ((handling.publish, ("글", "")), (handling.merge, (other,))):
        with pytest.raises(NotAllowedError):
            desk.does(private, act, SORA, *rest)
    with pytest.raises(NotAllowedError):
        desk.does(other, handling.merge, SORA, private)


def test_a_promise_is_overdue_after_its_day_and_until_it_is_kept(desk: Desk) -> None:
    opinion = desk.raised()
    desk.does(opinion, handling.answer, SORA, reply(PromiseKind.PURSUE, due="2032-03-10"))

    def overdue(day: date) -> int:
        return desk.ledger.count(Wanted(overdue=True), Visibility.STAFF, day)

    assert (overdue(date(2032, 3, 10)), overdue(date(2032, 3, 11))) == (0, 1)
    desk.does(opinion, handling.answer, SORA, reply(PromiseKind.DONE))
    assert overdue(date(2032, 3, 11)) == 0
    assert [one.id for one in desk.ledger.promises("2032-03-04", TODAY, Visibility.STAFF)] == [
        opinion
    ]


def test_forgetting_a_person_removes_their_own_and_keeps_the_matter_without_a_name(
    desk: Desk,
) -> None:
    own, dealt = desk.raised("혼잣말"), desk.raised("모두의 일")
    desk.does(dealt, handling.answer, SORA, reply(PromiseKind.CONSIDER))
    with desk.database.write() as db:
        erased = forget(db, 1, By(person="key-1", at=NOW))
    assert erased.removed == (desk.opinion(own).number,)
    assert erased.kept == (desk.opinion(dealt).number,)
    assert desk.opinion(own).text == ""
    kept = desk.opinion(dealt)
    assert (kept.text, kept.author_id, kept.author_name) == ("모두의 일", None, "")
    assert kept.pseudonym == say("ledger.forgotten")
    assert desk.database.one("select 1 from people where id = 1") is None
    assert Audit(desk.database).broken_at() is None


def test_history_cannot_be_changed(desk: Desk) -> None:
    desk.raised()
    for sql in ("update opinion_history set person = 'x'", "delete from opinion_history"):
        with pytest.raises(sqlite3.IntegrityError), desk.database.write() as db:
            db.execute(sql)


def test_a_pseudonym_is_the_same_all_year_and_another_next_year() -> None:
    assert pseudonym("key", 2032) == pseudonym("key", 2032)
    assert pseudonym("key", 2032) != pseudonym("key", 2033)


def test_lists_can_be_narrowed(desk: Desk) -> None:
    desk.raised()
    desk.raised("다른 해", year=2031)
    count = desk.ledger.count
    assert count(Wanted(since="2032"), Visibility.STAFF, TODAY) == 1
    assert count(Wanted(until="2031-12-31"), Visibility.STAFF, TODAY) == 1
    assert count(Wanted(dong="모란1동"), Visibility.STAFF, TODAY) == 2
    assert count(Wanted(dong="해솔동"), Visibility.STAFF, TODAY) == 0
    assert count(Wanted(state=S.CLOSED), Visibility.STAFF, TODAY) == 0
    week = TODAY - timedelta(days=6)
    assert desk.ledger.states(Visibility.STAFF, week, TODAY) == {S.RECEIVED: 1}
