"""The numbers of the last weeks as lines for people."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from corpus.messages import say
from corpus.tallies import Week

WEEKS = 8
"""How many weeks are shown: two months fit on a phone and show a trend."""

_REST = timedelta(days=6)


def weekly_text(weeks: Sequence[Week], waiting: int) -> str:
    """A line a week, the newest first, and what waits.

    Args:
        weeks: At least one, oldest first; the last is not over.
        waiting: How many questions wait for an answer of staff.
    """
    lines = [week_line(week, running=index == 0) for index, week in enumerate(reversed(weeks))]
    shown = [line for line, week in zip(lines, reversed(weeks), strict=True) if _any(week)]
    return "\n".join(
        [
            say("stats.head", count=len(weeks)),
            *(shown or [say("stats.nothing")]),
            say("stats.waiting", count=waiting),
        ]
    )


def week_line(week: Week, *, running: bool) -> str:
    """The numbers of one week; a week that is not over says so."""
    share = round(100 * week.answered / week.questions) if week.questions else 0
    return say(
        "stats.running" if running else "stats.week",
        since=_day(week),
        until=f"{(week.monday + _REST).month}. {(week.monday + _REST).day}.",
        questions=week.questions,
        answered=week.answered,
        share=share,
        refused=week.refused,
        helpful=week.helpful,
        unhelpful=week.unhelpful,
    )


def _day(week: Week) -> str:
    return f"{week.monday.month}. {week.monday.day}."


def _any(week: Week) -> int:
    return week.questions + week.helpful + week.unhelpful
