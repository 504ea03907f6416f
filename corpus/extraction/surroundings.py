"""What stands above a table or a list and says what it is about: heading, unit note, year."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from corpus import dates
from corpus.bullets import marker
from corpus.extraction.headings import NOTE
from corpus.extraction.units import NO_NOTE, Note, read_note
from corpus.outline import Item
from corpus.text import squeeze
from corpus.types import Span

_UNIT_BRACKET = re.compile(r"[(\[<〔]\s*단\s?위[^)\]>〕]*[)\]>〕]?")
_BRACKETED = re.compile(r"\s*[<【〈《\[(].*[>】〉》\])]\s*$")
_ENDED = re.compile(r"(?:[다요음함됨임][.)]*|[.!?])\s*$")
_YEAR = re.compile(
    r"(?<![\d.,~∼-])((?:19|20)\d{2})(?:\s?년도?|학년도|(?=\D|$))|['‘’](\d{2})\s?(?:년|\.)"
)
# Headings of tables are short; a sentence above a table only leads over to it.
_LONGEST_TITLE = 70
# Between a heading and its table stand at most a unit note, a date of reference and a remark.
_STEPS = 4
_DRAWN = re.compile(
    r"(?:\d{1,2}|붙\s?임\s?\d*|별\s?첨\s?\d*|참\s?고\s?\d*)?(?:\t\s*)+[^\t]{2,60}\s*"
)
_DATED = re.compile(r"[(\[<]\s?(?:기준일|작성|\d{4}\s?[.년]|['‘’]\d{2})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Above:
    """What stands above.

    Attributes:
        title: The nearest heading, bullet and unit note left out; empty without one.
        title_span: Where it is printed.
        note: The unit note between heading and table.
        headings: Texts of the headings above, outermost first, the title last.
    """

    title: str
    title_span: Span
    note: Note
    headings: tuple[str, ...]

    @property
    def year(self) -> str:
        """The one year that the nearest heading with years names; empty where it names several."""
        for heading in reversed(self.headings):
            if years := years_of(heading):
                return years[0] if len(years) == 1 else ""
        return ""


@lru_cache(maxsize=1024)
def years_of(text: str) -> tuple[str, ...]:
    """The distinct years that a heading names, in order: `2025~2026` names both."""
    found = [
        mention.first.isoformat()[:4] for mention in dates.find(text) if mention.first is not None
    ]
    found += [four or f"20{two}" for four, two in _YEAR.findall(text)]
    return tuple(dict.fromkeys(found))


def look_above(text: str, items: Sequence[Item], start: int, caption: str = "") -> Above:
    """Find heading and unit note above an offset.

    Args:
        text: The full text.
        items: Its logical lines.
        start: Where the table or list begins.
        caption: The caption that a reader found; it goes before what stands above.

    Returns:
        What was found; empty fields where there is nothing.
    """
    note = read_note(caption) if caption else NO_NOTE
    before = items[: bisect_right(items, start, key=lambda item: item.start)]
    for line in _lines_above(text, start):
        words = text[line.start : line.end]
        note = note or read_note(words)
        if _is_title(words):
            return _above(text, items, before, line, note)
        if len(words) > 2 * _LONGEST_TITLE or _ENDED.search(words):
            break
    return _above(text, items, before, None, note)


def above_item(text: str, items: Sequence[Item], item: Item) -> Above:
    """What stands above a logical line: the headings it is nested under.

    Args:
        text: The full text.
        items: All its logical lines.
        item: The line.
    """
    chain = [items[index] for index in item.parents]
    if not chain:
        chain = [other for other in items if other.heading and other.end <= item.start][-1:]
    if not chain:
        return Above(title="", title_span=Span(start=0, end=0), note=NO_NOTE, headings=())
    headings = tuple(squeeze(text[above.body : above.end]) for above in chain)
    last = chain[-1]
    return Above(
        title=headings[-1],
        title_span=Span(start=last.body, end=last.end),
        note=read_note(headings[-1]),
        headings=headings,
    )


def _lines_above(text: str, start: int) -> list[Span]:
    """The last lines with words before an offset, the nearest first."""
    lines: list[Span] = []
    end = start
    while end > 0 and len(lines) < _STEPS:
        begin = text.rfind("\n", 0, end) + 1
        words = text[begin:end].strip()
        if words:
            first = begin + text[begin:end].index(words)
            lines.append(Span(start=first, end=first + len(words)))
        end = begin - 1
    return lines


def _above(
    text: str, items: Sequence[Item], before: Sequence[Item], line: Span | None, note: Note
) -> Above:
    inside = _around(before, line.start) if line else []
    if line is None:
        inside = [item for item in reversed(before) if item.heading and item.end < len(text)][:1]
        # A heading that already stands over another table says nothing on this one.
        if inside and any(item.family == "row" and item.start > inside[0].end for item in before):
            inside = []
        line = Span(start=inside[0].start, end=inside[0].end) if inside else None
    if line is None:
        return Above(title="", title_span=Span(start=0, end=0), note=note, headings=())
    span = _without_bullet(text, line, inside[0] if inside else None)
    title = squeeze(_UNIT_BRACKET.sub("", text[span.start : span.end]))
    chain = [items[index] for index in inside[0].parents] if inside else []
    outer = tuple(squeeze(text[item.body : item.end]) for item in chain)
    return Above(title=title, title_span=span, note=note, headings=(*outer, title))


def _around(before: Sequence[Item], offset: int) -> list[Item]:
    """The item that an offset lies in; none where it lies between two."""
    last = bisect_right(before, offset, key=lambda item: item.start) - 1
    return [before[last]] if last >= 0 and offset < before[last].end else []


def _without_bullet(text: str, line: Span, item: Item | None) -> Span:
    """Where a heading's words stand: the whole logical line if this is a part of it."""
    words = text[line.start : line.end]
    if "\t" in words:
        return Span(start=line.start + words.rindex("\t") + 1, end=line.end)
    _, body = marker(words)
    continued = item is not None and item.start < line.start and not body
    if item is not None and continued and not _BRACKETED.match(words) and words[0] not in "ㅇo":
        return Span(start=item.body, end=max(item.end, line.end))
    return Span(start=line.start + body, end=line.end)


def _is_title(words: str) -> bool:
    plain = squeeze(_UNIT_BRACKET.sub("", words))
    if (
        not plain
        or len(plain) > _LONGEST_TITLE
        or NOTE.match(words)
        or marker(words)[0] == "remark"
    ):
        return False
    if "\t" in words:
        # Headings are often drawn as a table of one row: a number and the words beside it.
        return bool(_DRAWN.fullmatch(words))
    if _BRACKETED.match(words):
        return not _DATED.match(plain)
    return not _ENDED.search(plain) and bool(re.search(r"[가-힣A-Za-z]{2}", plain))
