"""The parts of minutes as lines that people read in chat and correct in the same form."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

from corpus.meetings.minutes import Bullet, Discussed, Exchange, Minutes, Roll, bullets, unmarked
from corpus.meetings.plan import names_in
from corpus.messages import say
from corpus.text import clean, squeeze

HEAD, PEOPLE, CLOSING = "head", "people", "closing"
MARKS = {1: "○", 2: "-", 3: "⇒"}

_HEAD = ("held", "place", "department", "recorder")
_COUNT = re.compile(r"\d{1,3}")
_TITLE = re.compile(r"안\s?건\s?\d{1,2}\s?[.:)]\s*(?P<title>.+)")


def parts_of(minutes: Minutes) -> list[str]:
    """Names of the parts in order: the head, who came, each item by its number, the closing."""
    return [HEAD, PEOPLE, *(str(item.number) for item in minutes.items), CLOSING]


def shown(minutes: Minutes, part: str) -> str:
    """A part as lines; what nobody has said stands as its bare label."""
    return "\n".join(_LINES[part](minutes) if part in _LINES else _item_lines(minutes, int(part)))


def _head_lines(minutes: Minutes) -> Iterator[str]:
    for name in _HEAD:
        yield _labelled(f"form.{name}", getattr(minutes, name))


def _people_lines(minutes: Minutes) -> Iterator[str]:
    for roll in minutes.rolls:
        yield say("form.roll", role=roll.role, names=", ".join(roll.names))
    yield _labelled("form.seats", str(minutes.seats or ""))
    yield _labelled("form.came", str(minutes.present or ""))


def _item_lines(minutes: Minutes, number: int) -> Iterator[str]:
    item = next(one for one in minutes.items if one.number == number)
    if number:
        yield say("form.item_line", number=number, title=item.title)
        yield _labelled("form.result", item.result)
    for bullet in item.bullets:
        yield f"{'  ' * (bullet.level - 1)}{MARKS[bullet.level]} {bullet.text}"
    for exchange in item.exchanges:
        yield _labelled("form.opinion", exchange.opinion)
        yield _labelled("form.reply", exchange.reply)


def _closing_lines(minutes: Minutes) -> Iterator[str]:
    for key, lines in (("form.notices", minutes.notices), ("form.following", minutes.following)):
        yield _labelled(key, "")
        yield from (f"- {line}" for line in lines)
    yield _labelled("form.checker", minutes.chair)


_LINES: dict[str, Callable[[Minutes], Iterator[str]]] = {
    HEAD: _head_lines,
    PEOPLE: _people_lines,
    CLOSING: _closing_lines,
}


def _labelled(key: str, value: str) -> str:
    return f"{say(key)}: {value}".rstrip()


def corrected(minutes: Minutes, part: str, text: str) -> Minutes | None:
    """Minutes with a part as somebody typed it.

    What is given takes the place of its like: a label's value that label's, bullets all bullets,
    opinions with their answers all of them. What is not given stays.

    Args:
        minutes: The minutes as they stand.
        part: The part, as `parts_of` names it.
        text: Lines as `shown` gives them, the whole part or some of it.

    Returns:
        The new minutes; None where a line is none of the part's.
    """
    lines = [line for line in clean(text).splitlines() if line.strip()]
    if not lines:
        return None
    if part == HEAD:
        return _with_head(minutes, lines)
    if part == PEOPLE:
        return _with_people(minutes, lines)
    if part == CLOSING:
        return _with_closing(minutes, lines)
    item = next((one for one in minutes.items if str(one.number) == part), None)
    new = _with_item(item, lines) if item else None
    if new is None:
        return None
    return replace(minutes, items=tuple(new if one is item else one for one in minutes.items))


@cache
def _labels() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Every label that a line may begin with, by what it stands for."""
    names = (*_HEAD, "seats", "came", "result", "opinion", "reply", "notices", "following")
    return tuple((name, _spaced(say(f"form.{name}"))) for name in (*names, "checker"))


def _spaced(label: str) -> re.Pattern[str]:
    """A label with any blanks between its letters, and the value behind its colon."""
    letters = r"\s*".join(map(re.escape, "".join(label.split())))
    return re.compile(rf"\s*{letters}\s*[:：](?P<value>.*)", re.DOTALL)


def _label(line: str) -> tuple[str, str]:
    """What a line is of and its value; empty where it has no label."""
    for name, pattern in _labels():
        if match := pattern.fullmatch(line):
            return name, squeeze(match["value"])
    return "", line


def _with_head(minutes: Minutes, lines: Sequence[str]) -> Minutes | None:
    given: dict[str, Any] = dict(map(_label, lines))
    return replace(minutes, **given) if given.keys() <= set(_HEAD) else None


def _with_people(minutes: Minutes, lines: Sequence[str]) -> Minutes | None:
    rolls: list[Roll] = []
    numbers = {"seats": minutes.seats, "came": minutes.present}
    for line in lines:
        name, value = _label(line)
        role, colon, names = line.partition(":")
        if name in numbers:
            digits = _COUNT.search(value)
            numbers[name] = int(digits[0]) if digits else 0
        elif not name and colon and names_in(names):
            rolls.append(Roll(role="".join(role.split()), names=tuple(names_in(names))))
        else:
            return None
    return replace(
        minutes,
        rolls=tuple(rolls) or minutes.rolls,
        seats=numbers["seats"],
        present=numbers["came"],
    )


def _with_closing(minutes: Minutes, lines: Sequence[str]) -> Minutes | None:
    given: dict[str, list[str]] = {}
    chair, below = minutes.chair, ""
    for line in lines:
        name, value = _label(line)
        if name in ("notices", "following"):
            below = name
            given[name] = [value] if value else []
        elif name == "checker":
            chair, below = value, ""
        elif not name and below:
            given[below].append(squeeze(unmarked(line)))
        else:
            return None
    return replace(
        minutes,
        notices=tuple(given.get("notices", minutes.notices)),
        following=tuple(given.get("following", minutes.following)),
        chair=chair,
    )


def _with_item(item: Discussed, lines: Sequence[str]) -> Discussed | None:
    title, result = item.title, item.result
    told: list[Bullet] = []
    exchanges: list[Exchange] | None = None
    for line in lines:
        name, value = _label(line)
        heading = _TITLE.fullmatch(line.strip())
        if heading and item.number:
            title = squeeze(heading["title"])
        elif name == "result" and item.number:
            result = value
        elif name == "opinion":
            exchanges = [*(exchanges or ()), *([Exchange(opinion=value)] if value else [])]
        elif name == "reply" and exchanges:
            exchanges[-1] = replace(exchanges[-1], reply=value)
        elif not name:
            told.extend(bullets(line))
        else:
            return None
    return replace(
        item,
        title=title,
        result=result,
        bullets=tuple(told) or item.bullets,
        exchanges=item.exchanges if exchanges is None else tuple(exchanges),
    )
