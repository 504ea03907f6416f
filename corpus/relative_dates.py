"""Days, months and years named from today on: 올해, 지난달, 어제, 3년 전."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from datetime import date, timedelta

from corpus.numerals import narrow
from corpus.printed_dates import DateMention, Precision

_Range = tuple[Precision, date, date]

_YEARS = {
    "재작년": -2, "그러께": -2, "작년": -1, "지난해": -1, "전년도": -1, "전년": -1,
    "올해": 0, "금년도": 0, "금년": 0, "이번 해": 0, "당해연도": 0, "내년": 1, "다음 해": 1,
    "내후년": 2,
}  # fmt: skip
_MONTHS = {
    "지지난달": -2,
    "지난달": -1,
    "저번달": -1,
    "이번달": 0,
    "이달": 0,
    "다음달": 1,
    "내달": 1,
}
_WEEKS = {"지난주": -1, "저번주": -1, "이번주": 0, "금주": 0, "다음주": 1, "내주": 1}
_DAYS = {
    "그저께": -2, "그제": -2, "어제": -1, "전날": -1, "오늘": 0, "금일": 0, "내일": 1, "명일": 1,
    "모레": 2,
}  # fmt: skip
_AGO = re.compile(
    r"(?<!\d)(?P<number>\d{1,3})\s?(?P<unit>년|개월|달|주일?|일)\s?(?P<way>전|후|뒤)(?![가-힣]{2})"
)


def _words(names: dict[str, int]) -> str:
    spaced = (re.sub(r"(?<=[난번음])\s?(?=[달주해])", r"\\s?", name) for name in names)
    return "|".join(sorted(spaced, key=len, reverse=True))


# 내일배움 and 오늘날 are words of their own.
_NAMED = re.compile(
    rf"(?<![가-힣\d])(?:(?P<year>{_words(_YEARS)})|(?P<month>{_words(_MONTHS)})"
    rf"|(?P<week>{_words(_WEEKS)})|(?P<day>{_words(_DAYS)}))(?!배움|날)"
)


def relative(text: str, today: date) -> list[DateMention]:
    """Every date that a text names from today on, in order and without overlap.

    Args:
        text: Any text.
        today: The day from which it is said.

    Returns:
        Mentions that always have a first and a last day; one that would leave the calendar's
        years 1 to 9999 is left out.

    >>> [m.year for m in relative("작년 예산과 3년 전 예산", date(2026, 5, 1))]
    [2025, 2023]
    """
    source = narrow(text)
    found = [*_said(text, source, _NAMED, today, _named)]
    found += _said(text, source, _AGO, today, _counted)
    return sorted(found, key=lambda mention: mention.start)


def _said(
    text: str,
    source: str,
    pattern: re.Pattern[str],
    today: date,
    read: Callable[[re.Match[str], date], _Range],
) -> list[DateMention]:
    found = []
    for match in pattern.finditer(source):
        try:
            precision, first, last = read(match, today)
        except (ValueError, OverflowError):
            continue
        found.append(
            DateMention(
                start=match.start(),
                end=match.end(),
                text=text[match.start() : match.end()],
                first=first,
                last=last,
                precision=precision,
                year=first.year,
                month=None if precision is Precision.YEAR else first.month,
                day=first.day if precision is Precision.DAY else None,
            )
        )
    return found


def _named(match: re.Match[str], today: date) -> _Range:
    kind = str(match.lastgroup)
    packed = "".join(match.group().split())
    table = {"year": _YEARS, "month": _MONTHS, "week": _WEEKS, "day": _DAYS}[kind]
    return _shifted(kind, {"".join(k.split()): v for k, v in table.items()}[packed], today)


def _counted(match: re.Match[str], today: date) -> _Range:
    kind = {"년": "year", "개월": "month", "달": "month", "일": "day"}.get(match["unit"], "week")
    return _shifted(kind, int(match["number"]) * (-1 if match["way"] == "전" else 1), today)


def _shifted(kind: str, steps: int, today: date) -> _Range:
    if kind == "year":
        year = today.year + steps
        return Precision.YEAR, date(year, 1, 1), date(year, 12, 31)
    if kind == "month":
        year, month = divmod(today.year * 12 + today.month - 1 + steps, 12)
        last = calendar.monthrange(year, month + 1)[1]
        return Precision.MONTH, date(year, month + 1, 1), date(year, month + 1, last)
    if kind == "week":
        monday = today + timedelta(weeks=steps, days=-today.weekday())
        return Precision.DAY, monday, monday + timedelta(days=6)
    day = today + timedelta(days=steps)
    return Precision.DAY, day, day
