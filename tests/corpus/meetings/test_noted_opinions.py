"""Opinions of a meeting in the ledger while it runs, when it is corrected, and once it is filed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.database import CouncilDatabase
from corpus.ledger import handling
from corpus.ledger.changes import By, latest
from corpus.ledger.ledger import Ledger, Wanted
from corpus.ledger.opinion import Opinion, State
from corpus.ledger.papers import Origin
from corpus.meetings.minutes import Discussed, Exchange, Minutes
from corpus.meetings.noted_opinions import enter_noted, number_of
from corpus.types import Visibility
from tests.support.meetings import minutes

AT = datetime(2031, 3, 5, 16, tzinfo=UTC)
PAPER = Origin(
    source="/minutes/1.docx",
    name="1.docx",
    title="2031년 제1차 실무협의체 회의록",
    dated="2031-03-05",
    visibility=Visibility.STAFF,
)
SLOW = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def of(*exchanges: tuple[str, str]) -> Minutes:
    said = tuple(Exchange(opinion=opinion, reply=reply) for opinion, reply in exchanges)
    item = Discussed(number=1, title="우산 수리소 결과", exchanges=said)
    return Minutes(
        council="", title=PAPER.title, held="", place="", department="", recorder="", items=(item,)
    )


class Book:
    """A ledger that follows the minutes of one meeting."""

    def __init__(self, database: CouncilDatabase) -> None:
        self.database = database
        self.ledger = Ledger(database)
        self.now = of()

    def says(self, *exchanges: tuple[str, str]) -> list[Opinion]:
        return self.becomes(of(*exchanges))

    def becomes(self, new: Minutes) -> list[Opinion]:
        with self.database.write() as db:
            enter_noted(db, PAPER, self.now, new, AT, str)
        self.now = new
        return self.entries()

    def entries(self) -> list[Opinion]:
        found = self.ledger.listed(Wanted(), Visibility.STAFF, AT.date())
        return sorted(found, key=lambda one: one.id)


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    database = CouncilDatabase(tmp_path)
    yield Book(database)
    database.close()


def test_an_opinion_is_in_the_ledger_as_soon_as_it_is_noted(book: Book) -> None:
    (one,) = book.says(("물이 샘", ""))
    assert (one.number, one.state, one.text) == ("의견-2031-0001", State.RECEIVED, "물이 샘")
    assert one.visibility is Visibility.STAFF
    assert one.raised_on == "2031-03-05"
    with book.database.write() as db:
        assert number_of(db, PAPER, "우산 수리소 결과", "물이 샘") == one.number


def test_its_answer_follows_what_is_noted(book: Book) -> None:
    book.says(("물이 샘", ""))
    (answered,) = book.says(("물이 샘", "고쳐서 쓰도록 검토하겠음"))
    assert answered.state is State.ANSWERED
    assert answered.promise is not None
    (other,) = book.says(("물이 샘", "새것으로 바꾸겠음"))
    assert other.published_reply == "새것으로 바꾸겠음"
    assert [one.text for one in book.ledger.replies(other.id)][-1] == "새것으로 바꾸겠음"
    (open_again,) = book.says(("물이 샘", ""))
    assert (open_again.state, open_again.published_reply) == (State.RECEIVED, "")
    assert book.ledger.replies(open_again.id) == []
    assert open_again.number == answered.number


def test_an_opinion_in_quite_other_words_keeps_its_number(book: Book) -> None:
    first, second = book.says(("물이 샘", ""), ("너무 멂", ""))
    again = book.says(("비 오는 날에도 열면 좋겠음", ""), ("너무 멂", ""))
    assert [one.number for one in again] == [first.number, second.number]
    assert again[0].text == "비 오는 날에도 열면 좋겠음"


def test_a_deleted_opinion_leaves_and_comes_back_with_its_number(book: Book) -> None:
    (first,) = book.says(("물이 샘", ""))
    assert book.says() == []
    (back,) = book.says(("물이 샘", ""))
    assert (back.number, back.text) == (first.number, "물이 샘")


def test_an_opinion_that_comes_back_unanswered_has_no_answer(book: Book) -> None:
    book.says(("물이 샘", "고치겠음"))
    assert book.says() == []
    (back,) = book.says(("물이 샘", ""))
    assert (back.state, back.published_reply) == (State.RECEIVED, "")
    assert book.ledger.replies(back.id) == []


def test_what_staff_have_done_stays_whatever_is_noted(book: Book) -> None:
    (one,) = book.says(("물이 샘", "고치겠음"))
    with book.database.write() as db:
        handling.take(db, latest(db, one.id), By(person="staff", at=AT))
    (kept,) = book.says(("물이 샘", "아무것도 안 함"))
    assert kept.published_reply == "고치겠음"
    assert [one.number for one in book.says()] == [kept.number]


@given(steps=st.lists(minutes(), min_size=1, max_size=4))
@SLOW
def test_the_ledger_says_what_the_minutes_say_after_any_changes(
    book: Book, steps: list[Minutes]
) -> None:
    book.says()
    for step in steps:
        found = book.becomes(step)
        told = [one for item in step.items for one in item.exchanges]
        assert sorted((one.text, one.published_reply) for one in found) == sorted(
            (one.opinion, one.reply) for one in told
        )
        replies = [book.ledger.replies(one.id) for one in found]
        assert [one[-1].text if one else "" for one in replies] == [
            one.published_reply for one in found
        ]
