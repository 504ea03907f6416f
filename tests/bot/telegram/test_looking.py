"""Where a message is looked for whose sending ended without an answer, and the limits kept."""

from __future__ import annotations

import asyncio
import time
from itertools import pairwise

from bot.telegram.marks import Marks, counter
from bot.telegram.pacing import ChatPace, Gate, Pace
from bot.telegram.trace import candidates

GROUP = -1_000_000_000_007


def test_numbers_above_the_last_known_one_are_looked_at_and_known_ones_left_alone() -> None:
    assert candidates(501, after=10, highest=12, known={11}) == [12, 13, 14, 15, 16, 17, 18]
    assert candidates(GROUP, after=3, highest=3, known=set()) == list(range(4, 19))


def test_after_a_busy_hour_only_the_likely_numbers_are_looked_at() -> None:
    assert candidates(501, after=10, highest=5000, known=set()) == list(range(11, 71))


def test_private_chats_and_basic_groups_share_a_counter_and_supergroups_have_their_own() -> None:
    assert counter(501) == counter(-55) == 0
    assert counter(GROUP) == GROUP
    marks = Marks()
    marks.see(501, 9)
    marks.see(GROUP, 4)
    assert [marks.highest(chat) for chat in (502, GROUP, GROUP - 1)] == [9, 4, 0]


def test_a_pace_lets_a_burst_through_and_then_holds_the_rate() -> None:
    now = 0.0
    pace = Pace(3, 3.0, lambda: now)
    starts = []
    while len(starts) < 7:
        now += pace.wait()
        pace.start()
        starts.append(now)
    assert starts == [0.0, 0.0, 0.0, 3.0, 3.0, 3.0, 6.0]


def test_after_a_complaint_a_chat_has_no_bursts_for_a_minute_and_then_as_before() -> None:
    now = 0.0
    pace = ChatPace(True, lambda: now)
    pace.slow_down()
    starts = []
    while (now := now + pace.wait()) < 60:
        pace.start()
        starts.append(now)
    assert {round(later - at, 1) for at, later in pairwise(starts)} == {3.3}
    now = starts[-1] + 30
    burst = 0
    while not pace.wait():
        pace.start()
        burst += 1
    assert burst == 20 - sum(now - 60 < at for at in starts) > 1


async def test_who_is_waited_for_goes_before_all_notices() -> None:
    # Wide enough for a busy machine to queue all before the second one goes.
    gate, passed = Gate(0.1, time.monotonic), []

    async def goes(name: str, *, later: bool) -> None:
        await gate.turn(later=later)
        passed.append(name)

    notices = [asyncio.create_task(goes(f"notice {n}", later=True)) for n in range(12)]
    await asyncio.sleep(0)
    notices[7].cancel()
    await asyncio.gather(goes("answer", later=False), *notices, return_exceptions=True)
    assert passed[0] == "notice 0"
    assert passed[1] == "answer"
    assert passed[2:] == [f"notice {n}" for n in range(1, 12) if n != 7]
