"""The form of a council's minutes as lines and grids, whatever file they are written to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.meetings.minutes import Discussed, Minutes
from corpus.messages import say

TITLE, COUNCIL, HEADING, BODY = "title", "council", "heading", "body"
MARKS = {1: "○", 2: "-", 3: "⇒"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of running text.

    Attributes:
        text: With its mark.
        style: One of the names above.
        level: Depth of a bullet, 1 to 3; 0 for others.
    """

    text: str
    style: str = BODY
    level: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A cell of a grid.

    Attributes:
        text: Lines separated by line feeds.
        label: Whether it names what stands beside or below it; printed shaded and centred.
        span: Columns covered.
    """

    text: str
    label: bool = False
    span: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A ruled table.

    Attributes:
        rows: Cells from left to right; the spans of each row make up all columns.
        widths: Width of each column, as shares of the page.
        head: Whether the first row is the head of what stands below it.
    """

    rows: tuple[tuple[Box, ...], ...]
    widths: tuple[int, ...]
    head: bool = False


Block = Line | Grid


def laid_out(minutes: Minutes) -> tuple[Block, ...]:
    """The paper from top to bottom."""
    blocks: list[Block] = []
    if minutes.council:
        blocks.append(Line(text=f"- {minutes.council} -", style=COUNCIL))
    blocks.append(Line(text=minutes.title, style=TITLE))
    blocks.append(_head(minutes))
    blocks.append(Line(text=say("form.contents"), style=HEADING))
    for item in minutes.items:
        blocks.extend(_item(item, minutes.body))
    blocks.append(_closing(minutes))
    return tuple(blocks)


def _head(minutes: Minutes) -> Grid:
    agenda = "\n".join(
        say("form.agenda_line", number=item.number, title=item.title)
        for item in minutes.items
        if item.number
    )
    return Grid(
        rows=(
            (*_pair("form.held", minutes.held), *_pair("form.place", minutes.place)),
            (
                *_pair("form.department", minutes.department),
                *_pair("form.recorder", minutes.recorder),
            ),
            _wide("form.present", "\n".join(_present(minutes)), 3),
            _wide("form.agenda", agenda, 3),
        ),
        widths=(16, 38, 16, 30),
    )


def _pair(key: str, value: str) -> tuple[Box, Box]:
    return Box(text=say(key), label=True), Box(text=value)


def _wide(key: str, value: str, span: int) -> tuple[Box, Box]:
    return Box(text=say(key), label=True), Box(text=value, span=span)


def _present(minutes: Minutes) -> Iterator[str]:
    for roll in minutes.rolls:
        yield say("form.roll", role=roll.role, names=", ".join(roll.names))
    if minutes.present and minutes.seats:
        yield say("form.present_of", seats=minutes.seats, present=minutes.present)
    elif minutes.present:
        yield say("form.present_count", present=minutes.present)


def _item(item: Discussed, body: str) -> Iterator[Block]:
    if item.number:
        yield Grid(
            rows=(
                (
                    Box(text=say("form.item", number=item.number), label=True),
                    Box(text=say("form.result"), label=True),
                ),
                (Box(text=item.title), Box(text=item.result)),
            ),
            widths=(60, 40),
            head=True,
        )
    else:
        yield Line(text=item.title, style=HEADING)
    for bullet in item.bullets:
        yield Line(text=f"{MARKS[bullet.level]} {bullet.text}", level=bullet.level)
    if item.exchanges:
        yield _exchanges(item, body)


def _exchanges(item: Discussed, body: str) -> Grid:
    heads = (
        Box(text=say("form.opinions", body=body).strip(), label=True),
        Box(text=say("form.replies"), label=True),
    )
    rows = [
        (Box(text=f"・{one.opinion}"), Box(text=f"・{one.reply}" if one.reply else ""))
        for one in item.exchanges
    ]
    return Grid(rows=(heads, *rows), widths=(50, 50), head=True)


def _closing(minutes: Minutes) -> Grid:
    chair = say("form.chair", body=minutes.body, name=minutes.chair) if minutes.chair else ""
    rows = [
        _wide("form.notices", _dashed(minutes.notices), 1),
        _wide("form.following", _dashed(minutes.following), 1),
        _wide("form.checked", chair, 1),
    ]
    if minutes.attachments:
        rows.insert(2, _wide("form.attachments", _dashed(minutes.attachments), 1))
    return Grid(rows=tuple(rows), widths=(20, 80))


def _dashed(lines: Sequence[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)
