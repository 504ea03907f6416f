"""Allowances are used up, renewed, and told of once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from corpus.database import CouncilDatabase
from corpus.spending import Allowance, Refusal, spend

NOW = datetime(2031, 6, 1, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[CouncilDatabase]:
    database = CouncilDatabase(tmp_path)
    yield database
    database.close()


def allowance(most: int, seconds: int = 60, what: str = "q") -> Allowance:
    return Allowance(payer="p", what=what, most=most, period=timedelta(seconds=seconds))


def spent(store: CouncilDatabase, seconds: float, *allowances: Allowance) -> Refusal | None:
    with store.write() as db:
        return spend(db, allowances, NOW + timedelta(seconds=seconds))


def test_who_has_used_it_up_is_told_once_until_the_period_is_over(store: CouncilDatabase) -> None:
    two = allowance(2)
    assert [spent(store, at, two) for at in (0, 1)] == [None, None]
    refusals = [spent(store, at, two) for at in (2, 3, 59)]
    assert [one.first for one in refusals if one] == [True, False, False]
    assert {one.until for one in refusals if one} == {NOW + timedelta(seconds=60)}
    assert spent(store, 60, two) is None


def test_what_is_refused_uses_nothing_up(store: CouncilDatabase) -> None:
    short, long = allowance(1), allowance(2, 86_400, "d")
    assert spent(store, 0, short, long) is None
    assert spent(store, 1, short, long) is not None
    assert spent(store, 61, short, long) is None
    last = spent(store, 122, short, long)
    assert last is not None
    assert last.allowance == long


def test_a_clock_that_was_set_back_locks_nobody_out(store: CouncilDatabase) -> None:
    one = allowance(1, 86_400)
    assert spent(store, 10**7, one) is None
    assert spent(store, 0, one) is None
