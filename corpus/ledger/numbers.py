"""Numbers of the ledger as people quote them."""

from __future__ import annotations

import re

_WHOLE = re.compile(r"의견\s?[-–—]?\s?(?P<year>20\d\d)\s?[-–—]\s?(?P<ordinal>\d{1,6})(?!\d)")
_SHORT = re.compile(r"의견\s?(?:번호\s?)?(?P<ordinal>\d{1,4})\s?(?:번|호)(?!\d)")
_BARE = re.compile(r"\s*(?:(?P<year>20\d\d)\s?[-–—]\s?)?(?P<ordinal>\d{1,6})\s*번?\s*")


def quoted(text: str) -> tuple[int, int] | None:
    """The year and number of an opinion that a text quotes in full; None without one.

    >>> quoted("의견-2026-0007 어떻게 됐나요?")
    (2026, 7)
    """
    match = _WHOLE.search(text)
    return (int(match["year"]), int(match["ordinal"])) if match else None


def short(text: str, year: int) -> tuple[int, int] | None:
    """The year and number of an opinion that a text quotes without its year; None without one.

    >>> short("의견 7번 어떻게 됐나요?", 2026)
    (2026, 7)
    """
    match = _SHORT.search(text)
    return (year, int(match["ordinal"])) if match else None


def number_in(text: str, year: int) -> tuple[int, int] | None:
    """The number that somebody types who was asked for one: whole, or short for this year.

    Args:
        text: What was typed.
        year: The year of a number that names none.

    >>> number_in("7", 2026), number_in("2025-12", 2026), number_in("의견 7번", 2026)
    ((2026, 7), (2025, 12), (2026, 7))
    """
    if found := quoted(text):
        return found
    if found := short(text, year):
        return found
    if match := _BARE.fullmatch(text):
        return int(match["year"] or year), int(match["ordinal"])
    return None
