"""The title of minutes: which body met, for the how many-th time, in what year."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.extraction.lines import Line
from corpus.types import Span

_TITLE = re.compile(
    r"회\s*의\s*록|회\s*의\s*(?:개\s*최\s*)?결\s*과|의\s*사\s*록|속\s*기\s*록|회의\s*(?:내용|요약)\s*정리"
)
_NUMBER = re.compile(
    r"제\s?\d{1,4}\s?(?:차|회|호)(?!의)|(?<!\d)\d{1,3}\s?차(?=\s|[가-힣])|\d{1,2}월\s?(?:정기|정례|월례)"
)
_YEAR = re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)\s?년(?:도)?")
_BODY = re.compile(
    r"(?!제\s?\d)(?!\d{4}년|\d분기|상반기|하반기)(?<![가-힣0-9])[가-힣0-9·]+(?:\s(?!제\s?\d)[가-힣0-9·]+){0,4}?(?:협의체|위원회|자치회|의회|협의회|분과|총회|추진단|심의회|위원단|운영위|추진위|연합회)"
)
_CENTRED = re.compile(r"[-–—<\[【]\s*(?P<name>[^-–—<>\[\]【】]{3,40}?)\s*[-–—>\]】]$")
_SESSION = re.compile(r"제\s?\d{1,4}\s?회.{0,20}(?:국회|의회)|\(\s?(?:임시회|정례회|정기회)")
_LINES_READ = 14
_FORM_BULLETS = {"square", "circle", "number", "syllable", "roman", "dash"}
_LABEL_ONLY = 5
_LONGEST = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Title:
    """A title and what it says; None for what it does not.

    Attributes:
        span: The whole title.
        body: The council or committee that met.
        council: The body it belongs to, from the line above.
        number: `제1차`, `제 3 회`.
        year: The year that dates without one mean.
    """

    span: Span
    body: Span | None
    council: Span | None
    number: Span | None
    year: int | None


def meeting_title(text: str, printed: Sequence[Line]) -> Title | None:
    """The title of minutes in their first lines; None for a paper that is no minutes."""
    for number, line in enumerate(printed[:_LINES_READ]):
        words = text[line.start : line.end]
        if not _TITLE.search(words) or len(words) > _LONGEST or re.search(r"[:：.?]|다$", words):
            continue
        if line.family in _FORM_BULLETS and _TITLE.fullmatch(text[line.body : line.end]):
            continue  # the label of a box, not the paper's title
        first = _first_line(text, printed, number)
        return _read(text, printed, first, Span(start=printed[first].start, end=line.end))
    return None


def _first_line(text: str, printed: Sequence[Line], number: int) -> int:
    """A title of several lines begins with the session, or above a bare `회 의 록`."""
    words = text[printed[number].start : printed[number].end]
    first = number
    while first and number - first < 2 and _SESSION.match(text, printed[first - 1].start):
        first -= 1
    plain = "".join(_NUMBER.sub("", words).split())
    bare = len(plain) <= _LABEL_ONLY
    if first == number and number and bare:
        above = text[printed[number - 1].start : printed[number - 1].end]
        if len(above) <= _LONGEST and not re.search(r"[:：]", above) and not _CENTRED.match(above):
            first = number - 1
    return first


def _read(text: str, printed: Sequence[Line], first: int, span: Span) -> Title:
    year = _YEAR.search(text, span.start, span.end)
    named = [_span(match) for match in _BODY.finditer(text, span.start, span.end)]
    numbers = [_span(match) for match in _NUMBER.finditer(text, span.start, span.end)]
    council = None
    if first:
        above = printed[first - 1]
        match = _CENTRED.fullmatch(text, above.start, above.end)
        start, end = match.span("name") if match else (above.start, above.end)
        if _BODY.fullmatch(text[start:end].strip()):
            council = Span(start=start, end=end)
    body = named[-1] if named else council
    return Title(
        span=span,
        body=body,
        council=council if council != body else None,
        number=numbers[-1] if numbers else None,
        year=int(year["year"]) if year else None,
    )


def _span(match: re.Match[str]) -> Span:
    return Span(start=match.start(), end=match.end())
