"""Dates as papers print them: 2019. 3. 7.(목) · '18. 10. 4 · 5/28~30일 · 2021년 3월~11월."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from corpus.date_forms import MARK, Form, list_at, point_at, tail_at
from corpus.numerals import narrow

_QUOTES = str.maketrans("‘’`´′＇", "''''''")
_START = re.compile(r"(?<![\dA-Za-z])(?<!\d[./:,-])(?<!제)['\d]")


class Precision(StrEnum):
    """The smallest part of a date that is printed."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True, slots=True, kw_only=True)
class DateMention:
    """A date or a stretch of days that a text names.

    Attributes:
        start: Offset of its first character.
        end: Offset behind its last character, weekday included.
        text: `source[start:end]`.
        first: First day meant; None where no year is printed and none was given.
        last: Last day meant, the same as `first` for a single day; a month lasts to its end.
        precision: What is printed; a blank day (`2019. 3. .`) leaves a month.
        year: Year of the first day; None where it is unknown.
        month: Month of the first day, 1 to 12; None for a year.
        day: Day of the month of the first day; None unless the precision is a day.
    """

    start: int
    end: int
    text: str
    first: date | None
    last: date | None
    precision: Precision
    year: int | None
    month: int | None
    day: int | None


def find(text: str, default_year: int | None = None) -> list[DateMention]:
    """Every date that a text prints, in order and without overlap.

    Two-digit years are of 1970 to 2069. Days that no calendar has are left out, and so are
    fractions (3/4분기), section numbers, versions and telephone numbers. A list of months
    (`7, 9, 10월`) gives one mention each.

    Args:
        text: Any text.
        default_year: Year of days and months that are printed without one.

    >>> [m.first.isoformat() for m in find("일시: 2019. 3. 7.(목)") if m.first]
    ['2019-03-07']
    """
    source = narrow(text).translate(_QUOTES)
    return [
        mention
        for first, last in _ranges(source)
        if (mention := _mention(text, first, last, default_year)) is not None
    ]


def _ranges(source: str) -> Iterator[tuple[Form, Form]]:
    position = 0
    for match in _START.finditer(source):
        if match.start() < position:
            continue
        forms = list_at(source, match.start())
        if forms:
            yield from ((form, form) for form in forms)
            position = forms[-1].end
            continue
        first = point_at(source, match.start())
        if first is None:
            continue
        last = _tail(source, first)
        yield first, last
        position = last.end


def _tail(source: str, first: Form) -> Form:
    mark = MARK.match(source, first.end)
    last = tail_at(source, mark.end(), first) if mark else None
    return last or first


def _mention(text: str, first: Form, last: Form, default_year: int | None) -> DateMention | None:
    if first.year is None:
        year = last.year if last.year is not None else default_year
        first = replace(first, year=year)
    if not _possible(first):
        return None
    begin, end = _day(first, last_day=False), _day(_completed(first, last), last_day=True)
    if begin and (end is None or end < begin):
        last, end = first, _day(first, last_day=True)
    return DateMention(
        start=first.start,
        end=last.end,
        text=text[first.start : last.end],
        first=begin,
        last=end,
        precision=_precision(first),
        year=first.year,
        month=first.month,
        day=first.day,
    )


def _completed(first: Form, last: Form) -> Form:
    """The end of a range with the year and month that it leaves to its beginning."""
    month = first.month if last.month is None and last.day is not None else last.month
    year = last.year
    if year is None and first.year is not None:
        earlier = (month or 0, last.day or 0) < (first.month or 0, first.day or 0)
        year = first.year + (1 if earlier and month != first.month else 0)
    return replace(last, year=year, month=month)


def _day(form: Form, *, last_day: bool) -> date | None:
    if form.year is None:
        return None
    month = form.month or (12 if last_day else 1)
    if not 1 <= month <= 12:
        return None
    length = calendar.monthrange(form.year, month)[1]
    day = form.day or (length if last_day else 1)
    return date(form.year, month, day) if 1 <= day <= length else None


def _possible(form: Form) -> bool:
    """Whether the calendar has it; without a year any year will do, and 2000 had a 29 February."""
    return _day(replace(form, year=form.year or 2000), last_day=False) is not None


def _precision(form: Form) -> Precision:
    if form.day is not None:
        return Precision.DAY
    return Precision.YEAR if form.month is None else Precision.MONTH
