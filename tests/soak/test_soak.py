"""A minute of the soak: nothing is lost and nothing doubled. Time and memory: `make soak`."""

from __future__ import annotations

from pathlib import Path

from tests.soak.course import Course, Plan


def test_in_a_minute_of_trouble_everybody_is_answered_once_and_in_order(tmp_path: Path) -> None:
    told: list[str] = []
    outcome = Course(Plan(seconds=60, private=20, groups=2), tmp_path, told.append).run()
    assert dict(outcome.verdict) == dict.fromkeys(("lost", "doubled", "wrong", "disordered"), 0)
    assert outcome.left == 0
    assert len(told) == 2  # it was killed, and people were there
    assert outcome.asked > 50
    assert sum(outcome.failed.values()) > 0
