"""Logical lines of a paper: what an office typed as one item, however its lines were broken.

Papers reach us with lines cut in mid-word, a blank line after every line, bullets of a dozen shapes
and headings that are only short lines. The outline puts items together again and knows what stands
above each of them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from corpus.bullets import FORM_LABELS, is_contact, is_valued
from corpus.printed_lines import HEADING_LENGTH, LogicalLine, PrintedLine, joined, printed_lines

_ORDINAL = re.compile(r"\d+(?=\D*$)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One logical line.

    Attributes:
        start: First code point, bullet included.
        end: Code point after the last one, line ends left out.
        body: Offset where the text behind the bullet starts.
        family: Kind of bullet; `remark` for ⇒ * ※, `row` for a table row, `` without a bullet.
        depth: Nesting, 0 for the outermost.
        parents: Indices of the items above it, outermost first.
        heading: Whether it announces what follows rather than stating something.
        level: Level that the file itself gives it as a heading; None elsewhere.
    """

    start: int
    end: int
    body: int
    family: str
    depth: int
    parents: tuple[int, ...]
    heading: bool = False
    level: int | None = None


def outline(text: str, levels: Sequence[tuple[int, int]] = ()) -> list[Item]:
    """Split a text into its logical lines.

    Args:
        text: Cleaned text of a paper or of a part of it.
        levels: `(start, level)` of the lines that the file itself marks as headings.

    Returns:
        The items in order. They do not overlap, and cover everything but blank space and page
        numbers. Empty text gives none.
    """
    lines = printed_lines(text, dict(levels))
    groups = joined(text, lines)
    return _nested(text, groups)


def _nested(text: str, groups: Sequence[LogicalLine]) -> list[Item]:
    items: list[Item] = []
    stack: list[_Open] = []
    for number, group in enumerate(groups):
        first, last = group.first, group.lines[-1]
        follower = groups[number + 1].first if number + 1 < len(groups) else None
        heading = _is_heading(text, group, follower)
        family = first.family or ("plain" if heading else "")
        if first.level is not None:
            family = f"level {first.level}"
        opens = family not in {"", "remark", "row"}
        words = text[first.body : last.end]
        valued = first.level is None and is_valued(words)
        contact = valued and is_contact(words)
        ordinal = _ordinal(text[first.start : first.body])
        tells = len(words) > HEADING_LENGTH and not words.rstrip().endswith((":", "："))
        entry = _Open(family, ordinal, number, valued, contact, tells)
        if opens:
            stack = _popped(stack, entry)
        prose = family == "" and not words.startswith(("(", "["))
        above = [each for each in (_without_values(stack) if prose else stack) if not each.contact]
        items.append(
            Item(
                start=first.start,
                end=last.end,
                body=first.body,
                family=first.family,
                depth=len(above),
                parents=tuple(each.item for each in above),
                heading=heading,
                level=first.level,
            )
        )
        if opens:
            stack = [*stack, entry]
    return items


def _without_values(stack: list[_Open]) -> list[_Open]:
    """What stays above plain lines: a labelled value is complete as it stands."""
    while stack and stack[-1].valued:
        stack = stack[:-1]
    return stack


class _Open(NamedTuple):
    """An item that others may still stand below."""

    family: str
    ordinal: int
    item: int
    valued: bool
    contact: bool
    tells: bool


def _ordinal(bullet: str) -> int:
    """The last number of a bullet, `2)` or `1-3.`; 0 where it has none."""
    digits = _ORDINAL.search(bullet)
    return int(digits[0]) if digits else 0


_BELOW_SQUARES = {"circle", "dash", "dot", "circled", "paren"}
# Offices write □ ○ - *, in this order, from the outside in; only a dash that is a title holds more.
_ABOVE_DASHES, _DASHES = {"square", "circle"}, {"dash", "dot"}
_OUTERMOST = ("plain", "attachment", "agenda", "chapter")


def _popped(stack: list[_Open], new: _Open) -> list[_Open]:
    """What stays open above a new item."""
    if new.family.startswith("level "):
        return [entry for entry in stack if "level " <= entry.family < new.family]
    if new.family == "square":  # nobody puts a square below a line that is complete in itself
        while stack and stack[-1].valued and stack[-1].family in _BELOW_SQUARES:
            stack = stack[:-1]
    alike = [depth for depth, entry in enumerate(stack) if entry.family == new.family]
    if new.ordinal == 1 and alike and alike[-1] < len(stack) - 1:
        return stack  # a count that starts again belongs below what is open
    for depth in reversed(alike):
        if stack[depth].ordinal + 1 == new.ordinal:
            return stack[:depth]
    if alike:
        return stack[: alike[-1]]
    if new.family in _ABOVE_DASHES:
        while stack and stack[-1].family in _DASHES and stack[-1].tells:
            stack = stack[:-1]
    if new.family in _OUTERMOST:
        return [entry for entry in stack if entry.family.startswith("level ")]
    return stack


def _is_heading(text: str, group: LogicalLine, follower: PrintedLine | None) -> bool:
    """A short line that states nothing, with something below it."""
    first, last = group.first, group.lines[-1]
    if first.level is not None:
        return True
    if first.family in {"remark", "row", "dash", "dot"} or follower is None:
        return False
    body = text[first.body : last.end]
    if (
        is_valued(body)
        or len(body) > 2 * HEADING_LENGTH
        or re.search(r"다[.)]?\s*$|[.!?]\s*$", body)
    ):
        return False
    if first.family:
        return follower.family != first.family or body.rstrip().endswith((":", "："))
    if first.label:
        return bool(FORM_LABELS.fullmatch("".join(body.split())))
    return len(body) <= HEADING_LENGTH and bool(follower.family)
