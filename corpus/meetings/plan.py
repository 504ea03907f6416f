"""A meeting's plan, read from what staff type line by line or paste from a notice."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from corpus.meetings.meeting import Expected, Item, Plan
from corpus.printed_dates import Precision, find
from corpus.resident_numbers import hide
from corpus.text import clean, squeeze
from corpus.times import times

_BULLET = r"\s*(?:[-○◦●•·ㆍ□■▪*❍※]|[가-하][.)]|\d{1,2}[.)])?\s*"
_LABELS = {
    "when": r"(?:회\s?의\s?)?일\s*시",
    "place": r"(?:회\s?의\s?)?장\s*소",
    "department": r"주관\s?부서|담당\s?부서|부\s?서",
    "recorder": r"회의\s?기록|기\s?록(?:자)?",
    "members": r"위원\s?정수|정\s?수|재적(?:\s?위원)?",
    "roles": r"부?위\s?원\s?장|위\s{0,4}원|간\s?사",
    "council": r"협의체|소속",
    "agenda": r"(?:회의\s?|상정\s?|부의\s?|심의\s?)?안\s*건",
}
_LABELLED = re.compile(
    rf"{_BULLET}(?:{'|'.join(f'(?P<{key}>{words})' for key, words in _LABELS.items())})"
    r"\s*(?:[:：]\s*(?P<value>.*)|$)"
)
_TITLE = re.compile(
    r"(?:(?P<year>(?:19|20)\d\d)\s?년(?:도)?\s*)?제\s?(?P<number>\d{1,3})\s?(?:차|회)\s*"
    r"(?P<body>[가-힣0-9·\s]{2,40}?)\s*(?:정기\s?|임시\s?)?(?:회의|개최|알림|안내|$)"
)
_ITEM = re.compile(
    r"\s*(?:제\s?\d{1,2}\s?(?:호\s?)?안(?:건)?|안\s?건\s?\d{1,2}|\d{1,2}\s*[.)]|[①-⑳]|[-○·ㆍ•])"
    r"\s*[.):：]?\s*(?P<title>\S.*)"
)
_NUMBERED = re.compile(r"\s*(?:제\s?\d{1,2}\s?(?:호\s?)?안|안\s?건\s?\d{1,2}|\d{1,2}\s*[.)]|[①-⑳])")
_NAME = re.compile(r"[가-힣]{2,5}")
_DAY_LIKE = re.compile(r"\d{1,4}\s*[.년월/-]\s*\d{1,2}")
_MOST_ITEMS = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanReading:
    """What was read of a plan.

    Attributes:
        plan: What is known.
        bad_date: A date as typed that no calendar has; empty where there is none.
    """

    plan: Plan
    bad_date: str = ""


def read_plan(text: str, today: date, known: Plan | None = None) -> PlanReading:
    """Read a plan.

    Args:
        text: Typed lines or a pasted notice; later lines win.
        today: The day from which a date without a year counts.
        known: What is known already; it stays where the text says nothing else.

    Returns:
        The plan so far. Agenda items are counted in their order.

    >>> read_plan("2031년 제2차 실무협의체 회의", date(2031, 5, 1)).plan.number
    2
    """
    plan, bad_date = known or Plan(), ""
    lines = [line for line in hide(clean(text)).splitlines() if line.strip()]
    for line in lines:
        match = _LABELLED.fullmatch(line)
        if match is None or not (match["value"] or "").strip():
            plan = _titled(plan, line) if match is None else plan
            continue
        key, value = str(match.lastgroup and _key(match)), squeeze(match["value"])
        if key == "when":
            plan, bad = _timed(plan, value, today)
            bad_date = bad_date or bad
        elif key == "roles":
            plan = _peopled(plan, squeeze(match["roles"]).replace(" ", ""), value)
        elif key != "agenda":
            plan = _SETTERS[key](plan, value)
    items = tuple(_agenda(lines))
    if items:
        plan = replace(plan, items=items)
    if plan.held_on and not plan.year:
        plan = replace(plan, year=int(plan.held_on[:4]))
    return PlanReading(plan=plan, bad_date=bad_date)


def day_in(text: str, today: date, year: int = 0) -> tuple[str, str]:
    """The day that a text names, ISO 8601, and else what looks like a day but is none.

    Args:
        text: Any text.
        today: A day without a year is the next one from here on.
        year: Its year where that is known; 0 otherwise.
    """
    for mention in find(text, default_year=year or None):
        if mention.precision is not Precision.DAY or mention.month is None or mention.day is None:
            continue
        if mention.year is not None:
            return date(mention.year, mention.month, mention.day).isoformat(), ""
        return _next(today, mention.month, mention.day), ""
    looks = _DAY_LIKE.search(text)
    return "", text if looks else ""


def _next(today: date, month: int, day: int) -> str:
    for year in range(today.year, today.year + 9):  # a 29 February is at most eight years away
        try:
            found = date(year, month, day)
        except ValueError:
            continue
        if found >= today:
            return found.isoformat()
    return ""


def names_in(text: str) -> list[str]:
    """The names of a list with commas, as `김갑돌, 이을순(부위원장)` gives two."""
    parts = re.split(r"[,，·、/\n]+", re.sub(r"[(（<][^()（）<>]*[)）>]", "", text))
    first = (part.split()[0] for part in parts if part.split())
    return [name for name in first if _NAME.fullmatch(name)]


def _key(match: re.Match[str]) -> str:
    return next(key for key in _LABELS if match[key])


def _titled(plan: Plan, line: str) -> Plan:
    match = _TITLE.search(line)
    if match is None or (plan.body and plan.number):
        return plan
    year = int(match["year"]) if match["year"] else plan.year
    return replace(plan, body=squeeze(match["body"]), number=int(match["number"]), year=year)


def _timed(plan: Plan, value: str, today: date) -> tuple[Plan, str]:
    day, bad = day_in(value, today, plan.year)
    hours = times(value)
    begins = hours[0].first.strftime("%H:%M") if hours else plan.begins
    ends = hours[0].last.strftime("%H:%M") if hours and hours[0].last else plan.ends
    return replace(plan, held_on=day or plan.held_on, begins=begins, ends=ends), bad


def _peopled(plan: Plan, role: str, value: str) -> Plan:
    known = {one.name for one in plan.expected}
    new = tuple(Expected(role=role, name=n) for n in names_in(value) if n not in known)
    return replace(plan, expected=(*plan.expected, *new))


def _seats(plan: Plan, value: str) -> Plan:
    number = re.search(r"\d{1,3}", value)
    return replace(plan, members=int(number[0])) if number else plan


_SETTERS: dict[str, Callable[[Plan, str], Plan]] = {
    "place": lambda plan, value: replace(plan, place=value),
    "department": lambda plan, value: replace(plan, department=value),
    "recorder": lambda plan, value: replace(plan, recorder=value),
    "council": lambda plan, value: replace(plan, council=value),
    "members": _seats,
}


def _agenda(lines: Sequence[str]) -> Iterator[Item]:
    """The items below the label 안건, or every numbered line where there is no such label."""
    labels = [
        (number, match)
        for number, line in enumerate(lines)
        if (match := _LABELLED.fullmatch(line)) and match["agenda"]
    ]
    titles: list[str] = []
    if labels:
        number, match = labels[0]
        titles = _inline(match["value"] or "")
        for line in lines[number + 1 :]:
            item = _ITEM.fullmatch(line)
            if item is None or _LABELLED.fullmatch(line):
                break
            titles.append(item["title"])
    else:
        for line in lines:
            item = _ITEM.fullmatch(line) if _NUMBERED.match(line) else None
            if item and not _LABELLED.fullmatch(line) and not _TITLE.search(line):
                titles.append(item["title"])
    for number, title in enumerate(titles[:_MOST_ITEMS], start=1):
        yield Item(number=number, title=squeeze(title))


def _inline(value: str) -> list[str]:
    """Items behind the label itself: one, or several with numbers."""
    parts = re.split(r"(?:^|(?<=\s))(?:\d{1,2}\s*[.)]|[①-⑳]|제\s?\d{1,2}\s?안)\s*", value.strip())
    return [part.strip(" ,/") for part in parts if part.strip(" ,/")]
