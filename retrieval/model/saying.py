"""Whether one line of a paper says what a sentence says; rules over the marks of both."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from corpus.text import fold
from retrieval.model.marks import Kind, Mark, Marked, words_of

_QUOTED = re.compile(r"[「『“‘\"'《〈](.{2,}?)[」』”’\"'》〉]")
# Words between a label and its number: 예산 총 450만원.
_ADDING = frozenset({"총", "계", "합계", "약", "각", "매", "연", "또는", "까지", "만"})
# What values may be printed of, and how many a line has where one must be named.
_OWNERS: tuple[tuple[Callable[[Mark], bool], float], ...] = (
    (lambda mark: mark.key[0] == "dong", 1),
    (lambda mark: mark.key[0] == "date", 2),
    (lambda mark: mark.kind is Kind.NAME and mark.key[0] in ("count", "number"), math.inf),
)


def says(sentence: Marked, line: Marked, around: Marked) -> bool:
    """Whether a line, with what stands above it, says all that a sentence says.

    Args:
        sentence: The sentence, without markers.
        line: The line.
        around: Headings above it and the title of its paper.
    """
    if not (_quotes_hold(sentence, line, around) and _stems_stand(sentence, line, around)):
        return False
    said = _cut_alike(sentence, line)
    own = [mark for mark in said.marks if not _generic(mark)]
    places = {mark: _places(mark, line) for mark in own}
    if not any(places.values()) or any(not places[m] and not _places(m, around) for m in own):
        return False
    return (
        _labelled(own, line, places)
        and _bound_together(own, said, line, places)
        and _whole(own, line, places)
    )


def covers(line: Marked, texts: Sequence[Marked], left_out: float) -> bool:
    """Whether texts say all numbers and names of a line and all but a share of its words."""
    said = [mark for text in texts for mark in text.marks]
    missing = [mark for mark in line.marks if not any(_same(other, mark) for other in said)]
    words = [mark for mark in line.marks if mark.kind is Kind.WORD]
    return all(mark.kind is Kind.WORD for mark in missing) and (
        len(missing) <= left_out * len(words)
    )


def _stems_stand(said: Marked, line: Marked, around: Marked) -> bool:
    printed = fold(f"{line.text} {around.text}")
    return all(
        fold(stem.text) in printed or stem.text in words_of("generic") for stem in said.stems
    )


def _cut_alike(said: Marked, line: Marked) -> Marked:
    """A sentence whose names are one mark where the line has them as one.

    The analyser cuts 김갑돌 into syllables in one company and not in another.
    """
    whole = {mark.key: mark for mark in line.marks if mark.key[0] == "word"}
    marks = list(said.marks)
    for stem in said.stems:
        known = whole.get(("word", stem.text.lower()))
        inside = [mark for mark in marks if stem.start <= mark.start < stem.end]
        if known is not None and len(inside) > 1:
            at = marks.index(inside[0])
            one = replace(inside[0], kind=known.kind, key=known.key, end=stem.end)
            marks[at : at + len(inside)] = [one]
    return replace(said, marks=tuple(marks))


def _generic(mark: Mark) -> bool:
    return mark.kind is not Kind.VALUE and mark.key[-1] in words_of("generic")


def _places(mark: Mark, where: Marked) -> list[Mark]:
    """The marks of a line that say the same."""
    same = [other for other in where.marks if _same(mark, other)]
    if same or mark.kind is Kind.VALUE or mark.denied or mark.key[0] == "dong":
        return same
    # The analyser cuts a word otherwise in other company; whole words only, from their start.
    word = re.escape(str(mark.key[1]))
    if len(str(mark.key[1])) < 2:
        return []
    return [
        Mark(kind=mark.kind, key=mark.key, start=match.start(), end=match.end())
        for match in re.finditer(rf"(?<![가-힣\w]){word}", where.text)
        if not any(o.denied for o in where.marks if o.start <= match.start() < o.end)
    ]


def _same(mark: Mark, other: Mark) -> bool:
    if mark.denied != other.denied:
        return False
    if mark.key[0] == other.key[0] == "date":
        return _same_day(mark.key, other.key)
    if mark.key[0] == other.key[0] == "dong":
        return set(mark.key[1:]) <= set(other.key[1:])
    return mark.key == other.key


def _same_day(said: tuple[object, ...], printed: tuple[object, ...]) -> bool:
    """Whether a day is the printed one; it may leave the year out, or the day of a period's end."""
    _, year, *rest = said
    _, printed_year, *printed_rest = printed
    if rest == printed_rest and year in (None, printed_year):
        return True
    # A year alone is said where a day of it is printed.
    return rest[:3] == [None, None, None] and year == printed_year and rest[3] == ""


def _quotes_hold(sentence: Marked, line: Marked, around: Marked) -> bool:
    whole = fold(f"{line.text} {around.text}")
    return all(fold(quote) in whole for quote in _QUOTED.findall(sentence.text))


def _zone(own: Sequence[Mark], value: Mark) -> list[Mark]:
    """The words that a sentence says of a value: those before it, else those behind it."""
    at = own.index(value)
    before = [i for i in range(at) if own[i].kind is Kind.VALUE]
    words = list(own[before[-1] + 1 if before else 0 : at])
    if words:
        return words
    behind = next((i for i in range(at + 1, len(own)) if own[i].kind is Kind.VALUE), len(own))
    return list(own[at + 1 : behind])


def _labelled(own: Sequence[Mark], line: Marked, places: Mapping[Mark, Sequence[Mark]]) -> bool:
    """Whether each number is said of what it is printed of, at the place that it is printed of."""
    for value in own:
        if value.kind is not Kind.VALUE or not places[value]:
            continue
        zone = _zone(own, value)
        counted = own[own.index(value) + 1 :][:1]
        if not any(
            _owner_said(place, line, own)
            and (_label_said(place, line, zone) or _counts(place, line, counted))
            for place in places[value]
        ):
            return False
    return True


def _label_said(value: Mark, line: Marked, zone: Sequence[Mark]) -> bool:
    """Whether the word that a value is printed with is among the words said of it."""
    before: list[Mark] = []
    for mark in line.marks:
        if mark.start >= value.start:
            break
        before = [] if mark.kind is Kind.VALUE else [*before, mark]
    labels = [mark for mark in before if not _generic(mark) and mark.key[-1] not in _ADDING]
    if not labels:
        labels = _bracketed(value, line)
    return not labels or any(_same(word, labels[-1]) or _within(word, labels) for word in zone)


def _counts(value: Mark, line: Marked, said: Sequence[Mark]) -> bool:
    """Whether a number counts the word said behind it (7개 사업), and no other number does."""
    counting = [
        one
        for one, other in pairwise(line.marks)
        if one.kind is Kind.VALUE and not _parted(line, one, other)
        if any(word.kind is Kind.WORD and _same(word, other) for word in said)
    ]
    return counting == [value]


def _within(word: Mark, labels: Sequence[Mark]) -> bool:
    """Whether a word is the label cut otherwise."""
    label = labels[-1]
    return bool(word.key[0] == "word" and label.key[0] == "word") and (
        str(label.key[1]).startswith(str(word.key[1])) and len(str(word.key[1])) > 1
    )


def _bracketed(value: Mark, line: Marked) -> list[Mark]:
    """What stands in brackets right behind a value: 5명(가람2동)."""
    match = re.match(r"\s?[(（]([^)）]+)[)）]", line.text[value.end :])
    if match is None:
        return []
    end = value.end + match.end()
    inside = [m for m in line.marks if value.end <= m.start < end and m.kind is not Kind.VALUE]
    return inside[:1]


def _owner_said(value: Mark, line: Marked, own: Sequence[Mark]) -> bool:
    """Whether the place, the day and the number of an item that a value is printed of are named.

    A place always; a day where the line has several or one is named; an item where one is named.
    """
    for owns, always in _OWNERS:
        owners = [m for m in line.marks if owns(m) and m.end <= value.start]
        if not owners or owns(value):
            continue
        named = [mark for mark in own if owns(mark)]
        wanted = named or len({m.key for m in line.marks if owns(m)}) >= always
        if wanted and not any(_same(mark, owners[-1]) for mark in named):
            return False
    return True


def _bound_together(
    own: Sequence[Mark], said: Marked, line: Marked, places: Mapping[Mark, Sequence[Mark]]
) -> bool:
    """Whether neighbours in a statement are no strangers in the line.

    They are where a name or a number that is left out stands between them, beyond a comma.
    """
    return all(
        not places[one]
        or not places[other]
        or _parted(said, one, other)
        or any(_near(line, a, b) for a in places[one] for b in places[other])
        for one, other in pairwise(own)
    )


def _parted(where: Marked, one: Mark, other: Mark) -> bool:
    return any(one.end <= sign <= other.start for sign in where.breaks)


def _near(line: Marked, one: Mark, other: Mark) -> bool:
    first, last = sorted((one, other), key=lambda mark: mark.start)
    if not any(first.end <= sign <= last.start for sign in line.breaks):
        return True
    between = [m for m in line.marks if first.end <= m.start and m.end <= last.start]
    turned = first is other and not one.kind is other.kind is Kind.WORD
    return not turned and all(mark.kind is Kind.WORD for mark in between)


def _whole(own: Sequence[Mark], line: Marked, places: Mapping[Mark, Sequence[Mark]]) -> bool:
    """Whether nothing is left out that makes the statement another one."""
    used = [place for mark in own for place in places[mark][:1]]
    first, last = _stretch(used, line)
    said = {mark.key[-1] for mark in own}
    qualifying = words_of("qualifying") | words_of("outcomes")
    return all(
        mark.key[-1] in said or mark.key[-1] not in qualifying
        for mark in line.marks
        if first <= mark.start < last and mark.key[0] == "word"
    )


def _stretch(used: Sequence[Mark], line: Marked) -> tuple[int, int]:
    """From the sign before the first used mark to the one behind the last."""
    start, end = min(mark.start for mark in used), max(mark.end for mark in used)
    before = [sign for sign in line.breaks if sign < start]
    behind = [sign for sign in line.breaks if sign >= end]
    return (before[-1] if before else 0, behind[0] if behind else len(line.text))
