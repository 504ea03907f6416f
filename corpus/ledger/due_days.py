"""The day by which something is promised, as people type it."""

from __future__ import annotations

from datetime import date

from corpus import dates


def due_day(text: str, today: date) -> str | None:
    """The day that staff type for a promise, ISO 8601; None where it names none that is to come.

    A date without a year is the next one; `다음 달 말` is the last day of what it names.
    """
    mentions = [*dates.relative(text, today)]
    for year in (today.year, today.year + 1):
        mentions += dates.find(text, year)
    days = [mention.last for mention in mentions if mention.last and mention.last >= today]
    return days[0].isoformat() if days else None
