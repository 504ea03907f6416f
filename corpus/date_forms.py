"""The written forms of a single date, each as one pattern."""

from __future__ import annotations

import re
from dataclasses import dataclass

_S = r"\s{0,3}"
_YEAR = r"(?:(?P<year>(?:19|20)\d\d)(?!\d)|'\s?(?P<short>\d\d)(?!\d))"
_M = r"(?P<month>0?[1-9]|1[0-2])(?!\d)"
_D = r"(?P<day>0?[1-9]|[12]\d|3[01])(?!\d)"
_WEEKDAY = r"(?:\s?\(\s?[월화수목금토일](?:요일)?\s?\)|\s[월화수목금토일]요일)"
_DOT_END = r"(?:\s?일|\.(?!\d))?"
# A dotted month and day look like a section number; a weekday, 일 (day), a time, brackets or a
# word of time behind them tell.
_TELLING = (
    rf"(?:(?:\s?일(?!반|부|체)|\.)?{_WEEKDAY}|\s?일(?![가-힣])|\s?일(?=부터|까지|에|자|과|은|이|\s)"
    rf"|\.?(?=\s?\d{{1,2}}(?::\d\d|시(?!군)))|\.?(?={_S}(?:까지|부터|기준|현재|시행|개최|자\b))"
    rf"|\.(?={_S}~{_S}(?:\d{{1,2}}\.{_S})?\d{{1,2}}\.)|\.(?=\s?[)〕]))"
)
# A month at the end of a line, and the number of a row or an item below it, are no day.
_SAME_LINE_OR_DAY = (
    r"(?:[ \t]{0,3}|\s{0,3}\n\s{0,3}"
    r"(?=\d{1,2}(?:\s?일(?![가-힣])|\.(?![ \t]*[가-힣])|\s?\([월화수목금토일])))"
)
_COUNTER = r"(?:개|명|건|점|분기|회|대|호|만|천|억|원|여)"
# What may stand between the ends of a range.
MARK = re.compile(rf"{_S}(?:~|-|부터|에서){_S}")

_POINTS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_YEAR}\s?년{_S}{_M}\s?월{_S}{_D}\s?일{_WEEKDAY}?",
        rf"{_YEAR}\s?\.{_S}{_M}\s?\.{_SAME_LINE_OR_DAY}{_D}(?!\s?[월시:]){_DOT_END}{_WEEKDAY}?",
        rf"{_YEAR}(?P<mark>[-/]){_M}(?P=mark){_D}(?![-/]){_WEEKDAY}?",
        rf"{_YEAR}\s?(?:년|\.){_S}{_M}\s?월(?!요일)",
        rf"{_YEAR}\s?\.{_S}{_M}\s?\.(?:\s{{1,6}}\.)?(?!\d)",
        r"(?P<year>(?:19|20)\d\d)[-.](?P<month>0[1-9]|1[0-2])(?![\d호]|[-./]\d)",
        rf"{_YEAR}\s?(?:학?년도|년)",
        r"'\s?(?P<short>\d\d)(?!\d)(?:\.(?!\s?\d)|(?=\s?~))",
        rf"(?P<year>(?:19|20)\d\d)(?!\d)(?={_S}[~-]{_S}'?(?:(?:19|20)\d\d(?!\d)|\d\d\s?년))",
        r"(?P<year>(?:19|20)\d\d)(?!\d)(?=\s?[,·ㆍ․]\s?(?:19|20)\d\d\s?(?:[,·ㆍ․년]))",
        rf"(?P<year>20[0-4]\d)(?=[ \t]{{1,2}}(?!{_COUNTER})[가-힣])",
        rf"{_M}\s?월{_S}{_D}\s?일{_WEEKDAY}?",
        rf"{_M}\s?\.{_S}{_D}{_TELLING}",
        rf"{_M}/{_D}(?![\d/.]|\s?{_COUNTER}|\s?%)(?:\s?일(?!반))?{_WEEKDAY}?",
        rf"{_M}\s?월(?!요일|급|드컵)",
    )
)
_TAILS_OF_DAY = (
    *_POINTS[:3],
    re.compile(rf"{_M}\s?월{_S}{_D}\s?일{_WEEKDAY}?"),
    re.compile(rf"{_M}\s?[./]{_S}{_D}(?!\s?[시:]){_DOT_END}{_WEEKDAY}?"),
    re.compile(rf"{_D}\s?일{_WEEKDAY}?"),
    re.compile(rf"{_D}(?!\s?[:시월년%]|\s?{_COUNTER}|[./]\d|,\d)(?:\.(?!\d))?{_WEEKDAY}?"),
)
# `2019. 3. ~ 11.`: only a tilde on the same line makes a bare month an end.
_BEHIND_TILDE = r"(?:(?<=~)|(?<=~[ \t])|(?<=~[ \t]{2})|(?<=~[ \t]{3}))"
_TAILS_OF_MONTH = (
    *_POINTS[:6],
    re.compile(rf"{_M}\s?월"),
    re.compile(rf"{_BEHIND_TILDE}{_M}\s?\.[ \t]{{0,3}}{_D}(?!\s?[월시:])\."),
    re.compile(rf"{_BEHIND_TILDE}{_M}\s?\.(?!\s?\d)"),
    re.compile(rf"{_BEHIND_TILDE}{_M}(?=[ ]{0, 3}(?:[)\]/,\n\t]|$))"),
)
_TAILS_OF_YEAR = (
    re.compile(rf"{_YEAR}\s?(?:학?년도|년|\.(?!\s?\d))?"),
    re.compile(r"(?P<short>\d\d)(?!\d)\s?년"),
)
_MONTHS = re.compile(
    rf"(?<!\d)(?:1[0-2]|0?[1-9])(?!\d)(?:{_S}[,·․ㆍ]{_S}(?:1[0-2]|0?[1-9])(?!\d)){{1,11}}{_S}월"
)
_MONTH_RANGE = re.compile(rf"{_M}(?={_S}[~-]{_S}(?:1[0-2]|0?[1-9])\s?월)")
# Halves, thirds and the like: read as a day only where the text says so.
_LARGEST_DENOMINATOR = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A date from `start` up to `end` as far as it is printed; what is missing is None."""

    start: int
    end: int
    year: int | None = None
    month: int | None = None
    day: int | None = None


def point_at(source: str, start: int) -> Form | None:
    """The date that begins at a place of a narrow text; None where none does."""
    month = _MONTH_RANGE.match(source, start)
    if month:
        return _form(month)
    for pattern in _POINTS:
        match = pattern.match(source, start)
        if match and not _is_fraction(source, match):
            return _form(match)
    return None


def tail_at(source: str, start: int, first: Form) -> Form | None:
    """The end of a range whose beginning is `first`; it may leave out what the beginning says."""
    if first.day is not None:
        patterns = _TAILS_OF_DAY
    else:
        patterns = _TAILS_OF_YEAR if first.month is None else _TAILS_OF_MONTH
    match = next(filter(None, (pattern.match(source, start) for pattern in patterns)), None)
    return _form(match) if match else None


def list_at(source: str, start: int) -> list[Form]:
    """The months of a list such as `7, 9, 10월`, which name 월 (month) once; empty without one."""
    match = _MONTHS.match(source, start)
    if match is None:
        return []
    numbers = list(re.finditer(r"\d+", match.group()))
    return [
        Form(
            start=start + number.start(),
            end=match.end() if number is numbers[-1] else start + number.end(),
            month=int(number.group()),
        )
        for number in numbers
    ]


def _form(match: re.Match[str]) -> Form:
    parts = match.groupdict()
    return Form(
        start=match.start(),
        end=match.end(),
        year=_year(parts.get("year"), parts.get("short")),
        month=_number(parts.get("month")),
        day=_number(parts.get("day")),
    )


def _year(full: str | None, short: str | None) -> int | None:
    if full:
        return int(full)
    if not short:
        return None
    return int(short) + (2000 if int(short) < 70 else 1900)


def _number(digits: str | None) -> int | None:
    return int(digits) if digits else None


def _is_fraction(source: str, match: re.Match[str]) -> bool:
    words = re.fullmatch(r"(\d+)/(\d+)", match.group())
    if words is None or MARK.match(source, match.end()):
        return False
    return int(words[1]) < int(words[2]) <= _LARGEST_DENOMINATOR
