"""One grade of a list of awards: the names and prizes behind its head, over many lines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from corpus import amounts
from corpus.extraction.grade_labels import Label
from corpus.extraction.grade_names import rank
from corpus.extraction.lines import Line
from corpus.extraction.municipalities import Municipality, municipalities
from corpus.places import find_districts
from corpus.types import Span

_LEVEL = re.compile(r"\(\s?(?P<level>[가-힣·․.]{1,8}?)\s?(?P<count>\d{1,3})\s?(?:개|곳|개소)?\s?\)")
_EACH = re.compile(r"(?:(?:포상금|시상금|상금|부상|인센티브)\s*[:：]?\s*)?(?:각각?\s*)?$")
# What is left of a name when a line end cut it, or a name with its suffix.
_NAMELIKE = re.compile(r"^[가-힣]{0,3}[시군구도](?:[,\s․·]|$)|[가-힣][시군구동읍면](?=[,․·\s)]|$)")
# Marks between the names and what stands around them; a comma goes on with the list.
_AROUND = " \t:：(-/;▸▪•‣▶◦"
_BEFORE_AMOUNT = 12
_LONGEST_GRADE = 40  # lines; the longest list of one grade seen has 10


@dataclass(slots=True)
class Group:
    """The names of one level (시도, 시군구) of a grade."""

    level: Span | None
    count: int | None
    pieces: list[Span] = field(default_factory=list)
    names: list[Municipality] = field(default_factory=list)

    @property
    def complete(self) -> bool:
        """Whether as many names were read as its bracket counts."""
        return self.count is not None and len(self.names) >= self.count


@dataclass(slots=True)
class Grade:
    """A grade with its names and prizes; `end` is where it was read to."""

    name: Span
    rank: int
    head: Span
    count: int | None
    end: int
    label: Label
    groups: list[Group] = field(default_factory=list)
    prizes: list[tuple[Span, int]] = field(default_factory=list)

    @property
    def names(self) -> list[Municipality]:
        """The names of all levels, in order."""
        return [name for group in self.groups for name in group.names]


def read_grade(
    text: str, printed: Sequence[Line], base: int, match: re.Match[str], limit: int
) -> Grade:
    """Read the names and prizes behind a grade's head, up to where something else begins."""
    count = match["count"] or match["of"]
    grade = Grade(
        name=Span(start=base + match.start("grade"), end=base + match.end("grade")),
        rank=rank(match["grade"]),
        head=Span(start=base + match.start(), end=base + match.end()),
        count=int(count) if count else None,
        end=base + match.end(),
        label=Label.none(base),
    )
    for number, line in enumerate(printed[:_LONGEST_GRADE]):
        start = grade.end if number == 0 else line.start
        end = min(line.end, limit)
        # A list goes on in lines without bullets of their own.
        if number and line.family:
            break
        if start < end and not _take(text, grade, start, end, first=number == 0):
            break
        if line.end >= limit:
            break
    return grade


def _take(text: str, grade: Grade, start: int, end: int, *, first: bool) -> bool:
    """Take a line into a grade; False where the line belongs to something else."""
    prizes, rest = _without_prizes(text, start, end)
    named = [span for span in rest if re.search(r"[가-힣]", text[span.start : span.end])]
    whole = all(group.complete for group in grade.groups) and bool(grade.groups)
    if named and not first:
        words = " ".join(text[span.start : span.end] for span in named)
        level = _LEVEL.match(words.strip())
        if not level and not _NAMELIKE.search(words) and not find_districts(words):
            return not (grade.prizes or whole)  # a label at the side of the list
        if not level and grade.prizes and (whole or not grade.groups or grade.groups[-1].complete):
            return False
    for span in named:
        _add_names(text, grade, span)
    grade.prizes.extend(prizes)
    grade.end = end
    return bool(named) or bool(prizes) or first


def _without_prizes(text: str, start: int, end: int) -> tuple[list[tuple[Span, int]], list[Span]]:
    prizes: list[tuple[Span, int]] = []
    rest: list[Span] = []
    position = start
    for amount in amounts.find(text[start:end]):
        near = max(position, start + amount.start - _BEFORE_AMOUNT)
        each = _EACH.search(text, near, start + amount.start)
        begin = each.start() if each else start + amount.start
        prizes.append((Span(start=begin, end=start + amount.end), amount.won))
        rest.append(Span(start=position, end=begin))
        position = start + amount.end
    rest.append(Span(start=position, end=end))
    return prizes, rest


def _add_names(text: str, grade: Grade, span: Span) -> None:
    position = span.start
    for level in _LEVEL.finditer(text, span.start, span.end):
        _add_piece(text, grade, Span(start=position, end=level.start()))
        begin, finish = level.span("level")
        grade.groups.append(Group(level=Span(start=begin, end=finish), count=int(level["count"])))
        position = level.end()
    _add_piece(text, grade, Span(start=position, end=span.end))


def _add_piece(text: str, grade: Grade, piece: Span) -> None:
    words = text[piece.start : piece.end]
    begin = piece.start + len(words) - len(words.lstrip(_AROUND))
    end = piece.start + len(words.rstrip(_AROUND))
    if begin >= end:
        return
    closed = re.search(r"\)[\s,]*$", text[begin:end])
    if closed and "(" not in text[begin:end]:
        end = begin + closed.start()
    if not grade.groups:
        grade.groups.append(Group(level=None, count=grade.count))
    group = grade.groups[-1]
    group.pieces.append(Span(start=begin, end=end))
    group.names = municipalities(text, group.pieces)
