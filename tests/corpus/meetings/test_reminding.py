"""Reminders of meetings in a real store: who gets which one, on which day, and only once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.database import CouncilDatabase
from corpus.meetings.meeting import Plan
from corpus.meetings.planning import answer_call, close_meeting, make_meeting, open_here
from corpus.meetings.reminding import STAGES, take_due, wish

AT = datetime(2031, 2, 1, 9, tzinfo=UTC)
HELD = date(2031, 3, 5)


class House:
    """A store with a meeting, a member, and a citizen who once was a member."""

    def __init__(self, folder: Path) -> None:
        self.database = CouncilDatabase(folder)
        with self.database.write() as db:
            db.execute(
                "insert into people (id, telegram_id, role, created_at) values"
                " (1, 701, 'member', '2031'), (2, 702, 'citizen', '2031')"
            )
        self.meeting = self.plans(HELD)

    def plans(self, day: date) -> int:
        plan = Plan(body="실무협의체", year=2031, number=1, held_on=day.isoformat())
        with self.database.write() as db:
            return make_meeting(db, plan, 1, "p", AT)

    def wishes(self, person: int, today: date) -> bool:
        with self.database.write() as db:
            return wish(db, self.meeting, person, today)

    def due(self, today: date) -> list[tuple[int, int]]:
        with self.database.write() as db:
            return [(one.chat_id, one.days) for one in take_due(db, today)]


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    made = House(tmp_path)
    yield made
    made.database.close()


def before(days: int) -> date:
    return HELD - timedelta(days=days)


def test_each_of_the_three_days_brings_one_reminder(house: House) -> None:
    assert house.wishes(1, before(30))
    sent = {days: house.due(before(days)) for days in range(30, -2, -1)}
    assert {days for days, one in sent.items() if one} == set(STAGES)
    assert sent[7] == [(701, 7)]
    assert house.due(before(7)) == []


def test_after_an_outage_a_reminder_comes_late_and_once(house: House) -> None:
    house.wishes(1, before(30))
    assert house.due(before(5)) == [(701, 5)]
    assert house.due(before(4)) == []
    assert house.due(before(0)) == [(701, 0)]


def test_who_has_just_read_the_notice_is_not_reminded_of_the_day_that_is_over(house: House) -> None:
    house.wishes(1, before(10))
    assert house.due(before(9)) == []
    assert house.due(before(7)) == [(701, 7)]


def test_reminders_are_turned_off_by_the_same_wish(house: House) -> None:
    assert house.wishes(1, before(30))
    assert not house.wishes(1, before(20))
    assert house.due(before(14)) == []


def test_a_meeting_put_off_is_reminded_of_anew(house: House) -> None:
    house.wishes(1, before(30))
    assert house.due(before(1)) == [(701, 1)]
    house.plans(HELD + timedelta(days=20))
    assert house.due(before(1)) == []
    assert house.due(HELD + timedelta(days=13)) == [(701, 7)]


def test_nobody_is_reminded_of_what_is_over_or_none_of_theirs(house: House) -> None:
    house.wishes(1, before(30))
    house.wishes(2, before(30))
    with house.database.write() as db:
        db.execute("update people set blocked_at = '2031' where id = 1")
    assert house.due(before(14)) == []
    with house.database.write() as db:
        db.execute("update people set blocked_at = null")
        open_here(db, house.meeting, 1, 0)
        close_meeting(db, house.meeting, "p", AT)
    assert house.due(before(7)) == []


def test_a_reminder_knows_what_was_answered(house: House) -> None:
    house.wishes(1, before(30))
    with house.database.write() as db:
        answer_call(db, house.meeting, 1, False, AT)
        (one,) = take_due(db, before(14))
    assert one.coming is False


@given(days=st.lists(st.integers(-3, 40), max_size=30))
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_however_often_the_chore_runs_no_stage_is_sent_twice(house: House, days: list[int]) -> None:
    with house.database.write() as db:
        db.execute("delete from reminder_wishes")
        db.execute("delete from reminders")
    house.wishes(1, before(41))
    told = [one for day in sorted(days, reverse=True) for one in house.due(before(day))]
    assert len(told) <= len(STAGES)
    assert len(set(told)) == len(told)
