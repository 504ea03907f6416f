"""The council's own time; Korea has kept one offset the year round since 1988."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

SEOUL = timezone(timedelta(hours=9), "KST")


def seoul(at: datetime) -> datetime:
    """A moment as clocks in Korea show it."""
    return at.astimezone(SEOUL)


def day_of(at: datetime) -> date:
    """The day that a moment belongs to in Korea."""
    return seoul(at).date()
