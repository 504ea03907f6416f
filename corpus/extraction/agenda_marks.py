"""Where minutes name their agenda items: in a list at the top, over boxes and sections."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.bullets import is_label
from corpus.extraction.lines import Line
from corpus.types import Span

_LIST_LABEL = re.compile(
    r"(?:\S{1,3}\s)?[\[<【]?(?:(?:회\s?의|부\s?의|심\s?의|상\s?정|심\s?사|토\s?의|논\s?의|처\s?리|주\s?요)(?:된|할)?\s?)?"
    r"(?:안\s*건(?:\s?명)?|의\s?사\s?일\s?정|의\s?제)[\]>】]?[ ]*(?P<colon>[:：\t])?\s*"
)
_ITEM = re.compile(
    r"\s*[^\w\s(]?\s*(?:제\s*(?P<bill>\d{1,2})\s*(?:호|안|항)(?:\s*안\s?건|\s*의\s?안)?"
    r"|안\s?건\s?(?P<item>\d{1,2})|(?P<number>\d{1,2})\s*[.)]|\(?(?P<paren>\d{1,2})\)"
    r"|(?P<circled>[①-⑳])|(?P<syllable>[가나다라마바사아자차])[.)])\s*[.:：)\]]?\s*"
)
_SECTION_LABEL = re.compile(
    r"(?:회의\s?)?안\s?건(?:\s?및|별)\s?[가-힣\s]{2,12}|(?:부의\s?|상정\s?)?안\s?건\s?(?:심\s?의|심\s?사|토\s?의|처\s?리|논\s?의|의\s?결)(?:\s?(?:결과|사항|내용))?"
)
_INLINE = re.compile(rf"(?<!\S){_ITEM.pattern.removeprefix(chr(92) + 's*')}")
# `안건 1 검토결과`, `제2호 안건 : …`, `[안건 3] …` at the start of a line of the body.
_BOX = re.compile(
    r"[\[<【(○◦□■]? ?(?:안 ?건 ?(?:제 ?)?(?P<item>\d{1,2})(?:호|안)?|"
    r"제 ?(?P<bill>\d{1,2}) ?(?:호|안)(?: ?안 ?건| ?의 ?안)?"
    r"|의사일정 ?제?(?P<day>\d{1,2})항)[\])>】]?\s*[.:：]?\s*"
)
_RESULT_LABEL = re.compile(r"\s*(?:검\s?토|심\s?의|의\s?결|회\s?의|처\s?리|표\s?결)?\s?결\s?과\s*$")
_HEAD_CELL = re.compile(
    rf"{_RESULT_LABEL.pattern}|\s*(?:안\s?건\s?명|비\s*고|(?:제안|소관|담당|제출)\s?(?:부서|자))\s*"
)
_SYLLABLES = "가나다라마바사아자차"
_DOTS = re.compile(r"\s*[·․.…‥]{4,}\s*\d*\s*$")
_LONGEST_TITLE = 120
_BETWEEN_LISTS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A place that names an agenda item.

    Attributes:
        order: Its number.
        number: Where the number is printed, as `제1안` or `안건 1`.
        title: Where its title is printed; an empty span where only the number is.
        listed: Whether it stands in the list at the top.
        end: Where the mark ends.
        row: Whether it is the row of a table, which holds all that is said there on the item.
        beside: Further cells of that row with the headings of their columns.
    """

    order: int
    number: Span
    title: Span
    listed: bool
    end: int
    row: bool = False
    beside: tuple[tuple[str, Span], ...] = ()


def listed(text: str, printed: Sequence[Line]) -> tuple[list[Mark], int]:
    """The items of the agenda list, and the offset behind all such lists at the top.

    Assemblies print the list twice (의사일정, 심사된 안건); the first one counts.

    Args:
        text: Cleaned text.
        printed: Its lines.

    Returns:
        The marks in order and the offset behind the last list; no marks and 0 without a list.
    """
    marks: list[Mark] = []
    behind = 0
    for number, line in enumerate(printed):
        match = _LIST_LABEL.match(text, line.body, line.end)
        if match is None or not (match.end() == line.end or match["colon"]):
            continue
        box = _BOX.match(text, line.start, line.end)
        if box and box["bill"]:
            continue  # `제1호 안건 : …` begins an item
        if marks and number - _index(printed, behind) > _BETWEEN_LISTS:
            break
        if any(_HEAD_CELL.fullmatch(cell) for cell in text[match.end() : line.end].split("\t")):
            continue  # the head of a table
        inline = Span(start=match.end(), end=line.end) if match.end() < line.end else None
        found = _list(text, printed[number + 1 :], inline)
        if found:
            marks = marks or found
            behind = found[-1].end
    return marks, behind


def _index(printed: Sequence[Line], offset: int) -> int:
    """How many lines begin before an offset."""
    return sum(line.start < offset for line in printed)


def _list(text: str, following: Sequence[Line], inline: Span | None) -> list[Mark]:
    marks: list[Mark] = []
    family = ""
    if inline:
        marks = _inline(text, inline)
        if not marks:
            return []
    for line in following:
        item = _ITEM.match(text, line.start, line.end)
        order = _order(item) if item else 0
        if item and order == len(marks) + 1 and (not marks or not family or line.family == family):
            number = Span(start=item.start(), end=item.end())
            marks.append(_mark(text, order, number, item.end(), line.end, listed=True))
            family = line.family
        elif marks and family and _goes_on(text, marks[-1], line):
            last = marks[-1]
            marks[-1] = _mark(
                text, last.order, last.number, last.title.start, line.end, listed=True
            )
        else:
            break
    return marks


def _inline(text: str, span: Span) -> list[Mark]:
    """Items behind the label itself, one or several, as a table's cell holds them."""
    counted: list[re.Match[str]] = []
    for match in _INLINE.finditer(text, span.start, span.end):
        if _order(match) == len(counted) + 1:
            counted.append(match)
    if not counted or text[span.start : counted[0].start()].strip():
        number = Span(start=span.start, end=span.start)
        return [] if counted else [_mark(text, 1, number, span.start, span.end, listed=True)]
    ends = [*(match.start() for match in counted[1:]), span.end]
    return [
        _mark(
            text,
            order,
            Span(start=match.start(), end=match.end()),
            match.end(),
            match.end() + len(text[match.end() : end].rstrip()),
            listed=True,
        )
        for order, (match, end) in enumerate(zip(counted, ends, strict=True), start=1)
    ]


def _goes_on(text: str, last: Mark, line: Line) -> bool:
    """Whether a line is the rest of the title above it."""
    words = text[line.start : line.end]
    if line.family or is_label(words) or _LIST_LABEL.fullmatch(words):
        return False
    ended = _DOTS.search(text[last.title.start : last.end]) or words.startswith("(")
    return not ended and line.end - last.title.start <= _LONGEST_TITLE


def _mark(text: str, order: int, number: Span, start: int, end: int, *, listed: bool) -> Mark:
    words = text[start:end]
    title = _DOTS.sub("", words).rstrip()
    bare = text[number.start : number.end].strip(" .:：)]([©○◦□■◇◆▶❍<>【】-·・")
    first = number.start + text[number.start : number.end].index(bare) if bare else number.start
    return Mark(
        order=order,
        number=Span(start=first, end=first + len(bare)),
        title=Span(start=start, end=start + len(title)),
        listed=listed,
        end=end,
    )


def _order(match: re.Match[str]) -> int:
    kind = next(name for name, value in match.groupdict().items() if value)
    value = match[kind]
    if kind == "circled":
        return ord(value) - ord("①") + 1
    return _SYLLABLES.index(value) + 1 if kind == "syllable" else int(value)


def boxed(text: str, printed: Sequence[Line], behind: int) -> Iterator[Mark]:
    """The marks of the body: lines that begin with `안건 1` and the like.

    Args:
        text: Cleaned text.
        printed: Its lines.
        behind: Offset behind the agenda list.
    """
    for line in printed:
        match = _BOX.match(text, line.start, line.end) if line.start >= behind else None
        # A sentence about an item is not its heading.
        if match is None or re.search(r"[.?]$|(?:다|까)$", text[match.end() : line.end]):
            continue
        order = int(next(filter(None, match.group("item", "bill", "day"))))
        rest = _RESULT_LABEL.sub("", text[match.end() : line.end].split("\t")[0])
        number = Span(start=match.start(), end=match.end())
        yield _mark(text, order, number, match.end(), match.end() + len(rest), listed=False)


def sectioned(text: str, printed: Sequence[Line]) -> list[Mark]:
    """The sections below a heading such as `안건 및 논의결과`, each an item with what was said.

    Args:
        text: Cleaned text.
        printed: Its lines.

    Returns:
        The marks in order; none without such a heading.
    """
    for number, line in enumerate(printed[:-1]):
        if not _SECTION_LABEL.fullmatch(text, line.body, line.end):
            continue
        family = printed[number + 1].family
        marks: list[Mark] = []
        for below in printed[number + 1 :]:
            item = _ITEM.match(text, below.start, below.end) if below.family == family else None
            if item and _order(item) == len(marks) + 1:
                span = Span(start=item.start(), end=item.end())
                marks.append(_mark(text, _order(item), span, item.end(), below.end, listed=False))
            elif below.family and below.family == line.family:
                break
        if marks:
            return marks
    return []


def numbered(
    text: str, printed: Sequence[Line], behind: int, marks: Sequence[Mark]
) -> Iterator[Mark]:
    """Sections of the body that repeat a listed item's number and title: `3. … 결과 설명 진행`."""
    titles = {mark.order: text[mark.title.start : mark.title.end] for mark in reversed(marks)}
    for line in printed:
        # A dotted line leads to a page number: a table of contents, not the section itself.
        if line.start < behind or _DOTS.search(text[line.start : line.end]):
            continue
        if line.family not in {"number", "syllable", "agenda", "roman"}:
            continue
        item = _ITEM.match(text, line.start, line.end)
        order = _order(item) if item else 0
        if item and order in titles and _alike(titles[order], text[item.end() : line.end]):
            number = Span(start=item.start(), end=item.end())
            yield _mark(text, order, number, item.end(), line.end, listed=False)


def _alike(one: str, other: str) -> bool:
    """Whether two titles share most of the pairs of letters of the shorter one."""
    left, right = _pairs(one), _pairs(other)
    shorter = min(len(left), len(right))
    return shorter > 0 and len(left & right) >= _SHARED * shorter


def _pairs(words: str) -> set[str]:
    plain = "".join(words.split())
    return {plain[index : index + 2] for index in range(len(plain) - 1)}


# Half of the letter pairs: `운영 보고` and `운영 결과 설명 진행` of one item share 0.6.
_SHARED = 0.5
