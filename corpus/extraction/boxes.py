"""Two-column boxes of opinions and replies, written one column below the other."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.bullets import FORM_LABELS, is_label
from corpus.extraction.lines import Line

_ASKED = (
    r"(?:[가-힣]{1,12}\s?){0,3}(?:의\s?견|질\s?의|질\s?문|건\s?의|제\s?안|요\s?청|지적)"
    r"(?:사항|내용)?(?:\s?및\s?건의)?"
)
_ANSWERED = (
    r"(?:(?:담당|소관|관련|해당|추진|주관)?\s?부서\s?(?:검토\s?)?(?:의견|답변|검토|회신)(?:사항|내용)?"
    r"|(?:[가-힣]{2,10}(?:과|팀|실|국|동)\s)?(?:답\s?변|회\s?신|조\s?치|처\s?리|검\s?토)\s?(?:사항|내용|계획|결과|의견)?)"
)
_HEADER = re.compile(rf"(?P<asked>{_ASKED})[ |/\t]+(?P<answered>{_ANSWERED})$")
_BRACKETED_LABEL = re.compile(r"[\[<【][가-힣0-9\s]{2,14}[\]>】]")
_SENTENCE_END = re.compile(r"(?:[.?!]|[음함임됨다요]|필요|바람|예정|추진|중)[)\]]?$")
# A line this much longer than the box is wide belongs to the page, not to the box.
_WIDER = 1.45
_LEAST_WIDTH = 14
_TOP_LEVEL = {"agenda", "chapter", "roman", "square", "number", "attachment", "code", "paren"}
_DEEP_INDENT = 4
_COLUMNS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A bullet of a box.

    Attributes:
        paragraphs: `(start, end)` of its paragraphs, the first one without its bullet.
    """

    paragraphs: tuple[tuple[int, int], ...]

    @property
    def start(self) -> int:
        """Where its text begins."""
        return self.paragraphs[0][0]

    @property
    def end(self) -> int:
        """Where its text ends."""
        return self.paragraphs[-1][1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A flattened box.

    Attributes:
        asked: Where the label of the opinions' column stands.
        answered: Where the label of the replies' column stands.
        start: First code point, the labels included.
        end: Code point behind the last entry.
        entries: What both columns hold, in printed order.
        floating: Whether it stands in the middle of an item, torn off from what it belongs to.
    """

    asked: tuple[int, int]
    answered: tuple[int, int]
    start: int
    end: int
    entries: tuple[Entry, ...]
    floating: bool


def header(text: str, start: int, end: int) -> re.Match[str] | None:
    """The two column labels of a box in a line or a table's first row; None where it has none."""
    return _HEADER.fullmatch(text, start, end)


def boxes(text: str, printed: Sequence[Line]) -> list[Box]:
    """The flattened boxes of a paper.

    A box begins with a line of two labels and ends where a line is too wide for it, stands
    deeper, carries a form's label or a bullet of the page's own outline.

    Args:
        text: Cleaned text.
        printed: Its lines.

    Returns:
        The boxes in order; a box without entries is left out.
    """
    found: list[Box] = []
    for number, line in enumerate(printed):
        match = header(text, line.start, line.end)
        if match is None:
            continue
        rows = _rows(text, printed[number:], match) if "\t" in match[0] else []
        if rows:
            found.extend(rows)
            continue
        inside = _inside(text, printed[number + 1 :])
        if inside:
            found.append(
                Box(
                    asked=match.span("asked"),
                    answered=match.span("answered"),
                    start=line.start,
                    end=inside[-1].end,
                    entries=_entries(text, inside),
                    floating=_floats(text, printed, number, number + 1 + len(inside)),
                )
            )
    return found


def _rows(text: str, printed: Sequence[Line], match: re.Match[str]) -> list[Box]:
    """Rows whose two cells a tab parts: each is a box of its own, with nothing to pair."""
    found: list[Box] = []
    for line in printed[1:]:
        cells = text[line.start : line.end].split("\t")
        if len(cells) != _COLUMNS or not all(cell.strip() for cell in cells):
            break
        middle = line.start + len(cells[0])
        halves = ((line.body, middle), (middle + 1, line.end))
        found.append(
            Box(
                asked=match.span("asked"),
                answered=match.span("answered"),
                start=line.start,
                end=line.end,
                entries=tuple(Entry(paragraphs=(half,)) for half in halves),
                floating=False,
            )
        )
    return found


def _floats(text: str, printed: Sequence[Line], first: int, behind: int) -> bool:
    if first == 0 or behind >= len(printed):
        return False
    before, after = printed[first - 1], printed[behind]
    unfinished = not _SENTENCE_END.search(text[before.start : before.end])
    return unfinished and not after.family and not is_label(text[after.start : after.end])


def _inside(text: str, following: Sequence[Line]) -> Sequence[Line]:
    width = max((line.end - line.start for line in following[:2]), default=0)
    width = max(width, _LEAST_WIDTH)
    own = following[0].family if following else ""
    for number, line in enumerate(following):
        before = following[number - 1] if number else None
        if _leaves(text, line, before, own, width):
            return following[:number]
        width = max(width, line.end - line.start)
    return following


def _leaves(text: str, line: Line, before: Line | None, own: str, width: int) -> bool:
    """Whether a line stands outside the box again."""
    words = text[line.start : line.end]
    if header(text, line.start, line.end) or (line.family in _TOP_LEVEL and line.family != own):
        return True
    if before is None:
        return False
    if _BRACKETED_LABEL.match(words):
        return True
    if any(FORM_LABELS.fullmatch("".join(words.split()[:count])) for count in (1, 2, 3)):
        return True
    if line.end - line.start > _WIDER * width:
        return True
    # The torn-off rest of a list stands as deep as the list did.
    ended = _SENTENCE_END.search(text[before.start : before.end]) is not None
    return not line.family and ended and line.indent >= max(_DEEP_INDENT, before.indent + 3)


def _entries(text: str, inside: Sequence[Line]) -> tuple[Entry, ...]:
    own = inside[0].family
    groups: list[list[list[Line]]] = []
    for line in inside:
        before = groups[-1][-1][-1] if groups else None
        ended = before is not None and _SENTENCE_END.search(text[before.start : before.end])
        if before is None or (line.family == own and own) or (not own and ended):
            groups.append([[line]])
        elif ended and (line.indent > before.indent or line.family):
            groups[-1].append([line])
        else:
            groups[-1][-1].append(line)
    return tuple(Entry(paragraphs=_paragraphs(group)) for group in groups)


def _paragraphs(group: Sequence[Sequence[Line]]) -> tuple[tuple[int, int], ...]:
    """The first without its bullet; arrows and dashes inside an entry are part of what it says."""
    starts = [group[0][0].body, *(lines[0].start for lines in group[1:])]
    return tuple((start, lines[-1].end) for start, lines in zip(starts, group, strict=True))
