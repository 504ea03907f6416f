"""Logical lines of a paper: what an office typed as one item, however its lines were broken.

Papers reach us with lines cut in mid-word, a blank line after every line, bullets of a dozen shapes
and headings that are only short lines. The outline puts items together again and knows what stands
above each of them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from corpus.bullets import (
    CENTRED,
    FORM_LABELS,
    PAGE_NUMBER,
    is_contact,
    is_label,
    is_valued,
    marker,
)

# 원 ends an amount; 지원 and 회원 are words that may go on.
_ENDED = re.compile(r"(?:[.!?。]|[\d천백만억조]\s?원|[:：])[)\]」』”\"']*\s*$")
# Endings of statements that may also stand in the middle of a word that the line end cut.
_MAY_HAVE_ENDED = re.compile(r"(?:다|요|음|함|됨|임)[)\]」』”\"']*\s*$")
_NUMBER_GIVEN = re.compile(r"\d{4}\W*$")
_ORDINAL = re.compile(r"\d+(?=\D*$)")
_NUMBERED = {"roman", "number", "code", "code of three"}
_HEADING_LENGTH = 40
# The narrowest column of a two-column box seen in minutes holds 14 to 18 characters.
_SHORTEST_FULL_LINE = 13


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


@dataclass(slots=True)
class _Line:
    start: int
    end: int
    body: int
    family: str
    level: int | None
    blanks: int  # blank lines right before it
    label: bool
    width: float  # as it is printed, in syllables: letters, digits and blanks take half of one


@dataclass(slots=True)
class _Group:
    lines: list[_Line] = field(default_factory=list)

    @property
    def first(self) -> _Line:
        return self.lines[0]


def outline(text: str, levels: Sequence[tuple[int, int]] = ()) -> list[Item]:
    """Split a text into its logical lines.

    Args:
        text: Cleaned text of a paper or of a part of it.
        levels: `(start, level)` of the lines that the file itself marks as headings.

    Returns:
        The items in order. They do not overlap, and cover everything but blank space and page
        numbers. Empty text gives none.
    """
    lines = _lines(text, dict(levels))
    groups = _joined(text, lines)
    return _nested(text, groups)


def _lines(text: str, levels: dict[int, int]) -> list[_Line]:
    lines: list[_Line] = []
    position = blanks = 0
    for raw in text.split("\n"):
        start, position = position, position + len(raw) + 1
        if not raw.strip() or PAGE_NUMBER.match(raw):
            blanks += 1
            continue
        family, body = marker(raw)
        first = start + len(raw) - len(raw.lstrip())
        lines.append(
            _Line(
                start=first,
                end=start + len(raw.rstrip()),
                body=min(start + body, start + len(raw.rstrip())) if body else first,
                family=family,
                level=levels.get(start, levels.get(first)),
                blanks=blanks,
                label=is_label(raw),
                width=_width(raw.strip()),
            )
        )
        blanks = 0
    return lines


def _width(words: str) -> float:
    narrow = sum(char.isascii() for char in words)
    return len(words) - narrow / 2


def _joined(text: str, lines: Sequence[_Line]) -> list[_Group]:
    """Put broken lines together again."""
    # Text extraction often leaves a blank line behind each line; then one blank means nothing.
    spaced = sum(line.blanks > 0 for line in lines) > 0.6 * len(lines)
    printed = [text[line.start : line.end] for line in lines]
    repeated = _repeated(printed)
    lengths = sorted(len(words) for words in printed)
    full = 0.9 * lengths[int(len(lengths) * 0.8)] if lengths else 0
    groups: list[_Group] = []
    for number, line in enumerate(lines):
        following = lines[number + 1] if number + 1 < len(lines) else None
        if (
            groups
            and line.blanks <= (1 if spaced else 0)
            and printed[number] not in repeated
            and not CENTRED.match(printed[number])
            and _continues(printed[number - 1], groups[-1], line, following, full)
        ):
            groups[-1].lines.append(line)
        else:
            groups.append(_Group([line]))
    return groups


def _repeated(printed: Sequence[str]) -> set[str]:
    """Lines printed twice word for word: a heading or a form's label, not the rest of a line.

    Only what ends a sentence (`겠습니다.`) may come twice, and what stands behind the same words
    each time: a paper that says one thing in two places breaks its lines alike.
    """
    behind: dict[str, list[str]] = {}
    for before, words in pairwise(["", *printed]):
        behind.setdefault(words, []).append(before.split()[-1] if before else "")
    return {
        words
        for words, above in behind.items()
        if len(above) > 1 and len(set(above)) > 1 and not words.endswith((".", "?", "!"))
    }


def _continues(
    before: str, group: _Group, line: _Line, following: _Line | None, full: float
) -> bool:
    """Whether a line goes on with what the line `before` it began; `full` lines are surely cut."""
    last = group.lines[-1]
    if line.family or line.label or line.level is not None or last.level is not None:
        return False
    if last.family == "row" or CENTRED.match(before):
        return False
    if is_contact(before) and _NUMBER_GIVEN.search(before):
        return False
    # Unclosed brackets and commas always go on; else a line must be full to go on.
    if before.count("(") > before.count(")") or before.endswith((",", "·", "‧", "․")):
        return True
    unmarked = following is not None and not (following.family or following.label)
    column = [*group.lines, line, following] if following and unmarked else [*group.lines, line]
    width = max(other.width for other in column)
    if _ENDED.search(before) or (_MAY_HAVE_ENDED.search(before) and len(before) < full):
        return False
    if following and not unmarked and _is_split_title(group, line):
        return True
    enough = 0.7 if group.first.family else 0.75
    return len(before) >= _SHORTEST_FULL_LINE and last.width >= enough * width


def _is_split_title(group: _Group, line: _Line) -> bool:
    """A short numbered line and a short unmarked one, with bullets below: a title in two lines."""
    title = group.first.family in _NUMBERED and len(group.lines) == 1
    longest = max(group.first.end - group.first.start, line.end - line.start)
    return title and longest <= _HEADING_LENGTH


def _nested(text: str, groups: Sequence[_Group]) -> list[Item]:
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
        entry = _Open(family, ordinal, number, valued=valued, contact=contact)
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


def _ordinal(bullet: str) -> int:
    """The last number of a bullet, `2)` or `1-3.`; 0 where it has none."""
    digits = _ORDINAL.search(bullet)
    return int(digits[0]) if digits else 0


_BELOW_SQUARES = {"circle", "dash", "dot", "circled", "paren"}
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
    if new.family in _OUTERMOST:
        return [entry for entry in stack if entry.family.startswith("level ")]
    return stack


def _is_heading(text: str, group: _Group, follower: _Line | None) -> bool:
    """A short line that states nothing, with something below it."""
    first, last = group.first, group.lines[-1]
    if first.level is not None:
        return True
    if first.family in {"remark", "row", "dash", "dot"} or follower is None:
        return False
    body = text[first.body : last.end]
    if (
        is_valued(body)
        or len(body) > 2 * _HEADING_LENGTH
        or re.search(r"다[.)]?\s*$|[.!?]\s*$", body)
    ):
        return False
    if first.family:
        return follower.family != first.family or body.rstrip().endswith((":", "："))
    if first.label:
        return bool(FORM_LABELS.fullmatch("".join(body.split())))
    return len(body) <= _HEADING_LENGTH and bool(follower.family)
