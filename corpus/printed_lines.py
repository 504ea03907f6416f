"""Printed lines put together again: offices and text extraction break items in mid-word."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from corpus.bullets import CENTRED, PAGE_NUMBER, is_contact, is_label, marker

_ENDED = re.compile(r"(?:[.!?。]|[\d만천백십억조]\s?원|[:：])[)\]」』”\"']*\s*$")
# Endings of statements that may also stand in the middle of a word that the line end cut.
_MAY_HAVE_ENDED = re.compile(r"(?:다|요|음|함|됨|임)[)\]」』”\"']*\s*$")
_NUMBER_GIVEN = re.compile(r"\d{4}\W*$")
_NUMBERED = {"roman", "number", "code", "code of three"}
HEADING_LENGTH = 40
# The narrowest column of a two-column box seen in minutes holds 14 to 18 characters.
_SHORTEST_FULL_LINE = 13
# Labels and headings of forms are short; the end of a sentence that is told twice is not. The
# longest that comes again and again in the sample papers has 17 characters.
_LONGEST_LABEL = 25


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedLine:
    """One line as it is printed; offsets are those of `Item`."""

    start: int
    end: int
    body: int
    family: str
    level: int | None
    blanks: int  # blank lines right before it
    label: bool
    width: float  # as it is printed, in syllables: letters, digits and blanks take half of one


@dataclass(slots=True)
class LogicalLine:
    """The printed lines of one item."""

    lines: list[PrintedLine] = field(default_factory=list)

    @property
    def first(self) -> PrintedLine:
        """The line that holds the bullet."""
        return self.lines[0]


def printed_lines(text: str, levels: dict[int, int]) -> list[PrintedLine]:
    """The lines of a text, without blank ones and page numbers."""
    lines: list[PrintedLine] = []
    position = blanks = 0
    for raw in text.split("\n"):
        start, position = position, position + len(raw) + 1
        if not raw.strip() or PAGE_NUMBER.match(raw):
            blanks += 1
            continue
        family, body = marker(raw)
        first = start + len(raw) - len(raw.lstrip())
        lines.append(
            PrintedLine(
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
    narrow = len(words.encode("ascii", "ignore"))
    return len(words) - narrow / 2


def joined(text: str, lines: Sequence[PrintedLine]) -> list[LogicalLine]:
    """Put broken lines together again."""
    # Text extraction often leaves a blank line behind each line; then one blank means nothing.
    spaced = sum(line.blanks > 0 for line in lines) > 0.6 * len(lines)
    printed = [text[line.start : line.end] for line in lines]
    repeated = _repeated(printed)
    lengths = sorted(len(words) for words in printed)
    full = 0.9 * lengths[int(len(lengths) * 0.8)] if lengths else 0
    groups: list[LogicalLine] = []
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
            groups.append(LogicalLine([line]))
    return groups


def _repeated(printed: Sequence[str]) -> frozenset[str]:
    """What is printed again and again word for word: headings and labels of forms.

    What ends a sentence (`겠습니다.`) may come twice, and so may the end of a line that is told
    twice: below the very same line both times.
    """
    above: dict[str, list[str]] = {}
    for before, words in zip(("", *printed), printed, strict=False):
        above.setdefault(words, []).append(before)
    return frozenset(
        words
        for words, lines in above.items()
        if len(words) <= _LONGEST_LABEL
        and len(set(lines)) > 1
        and not words.endswith((".", "?", "!"))
    )


def _continues(
    before: str, group: LogicalLine, line: PrintedLine, following: PrintedLine | None, full: float
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


def _is_split_title(group: LogicalLine, line: PrintedLine) -> bool:
    """A short numbered line and a short unmarked one, with bullets below: a title in two lines."""
    title = group.first.family in _NUMBERED and len(group.lines) == 1
    longest = max(group.first.end - group.first.start, line.end - line.start)
    return title and longest <= HEADING_LENGTH
