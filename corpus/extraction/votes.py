"""How an agenda item was voted on, and what the chair put to the vote."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.extraction.fields import Fields
from corpus.records import Field, FieldType
from corpus.types import Span

_COUNT = r"\s*[:：]?\s*(?P<{}>\d{{1,3}})\s*(?:명|표|인)?"
_VOTE = re.compile(
    rf"찬\s?성{_COUNT.format('yes')}\s*[,，/·]?\s*반\s?대{_COUNT.format('no')}"
    rf"(?:\s*[,，/·]?\s*(?:기\s?권|무\s?효){_COUNT.format('none')})?"
)
_NAMES = {"yes": "찬성", "no": "반대", "none": "기권"}
# `… 의결하고자 합니다. 이의 없으십니까?`
_PUT = re.compile(r"(?P<note>[^.?!()]{10,280}[다요]\.)\s*이의\s?(?:가\s)?(?:없|있)")
_SPEAKER = re.compile(r"[○◯〇❍◎●]\s?\S{2,8}\s+\S{2,4}\s+")


def votes(fields: Fields, start: int, end: int) -> tuple[list[Field], Span | None]:
    """The last vote between two offsets, which decides after votes on amendments.

    Returns:
        Its counts as fields 찬성, 반대 and, where printed, 기권, and where it stands; empty and
        None without one.
    """
    found = list(_VOTE.finditer(fields.text, start, end))
    if not found:
        return [], None
    vote = found[-1]
    counts = [
        fields.make(label, FieldType.COUNT, *vote.span(name), value=int(vote[name]), unit="명")
        for name, label in _NAMES.items()
        if vote[name]
    ]
    return counts, Span(start=vote.start(), end=vote.end())


def put_to_vote(fields: Fields, start: int, end: int) -> Iterator[Field]:
    """The last sentence with which the chair asks whether anybody objects, as the field `note`."""
    found = list(_PUT.finditer(fields.text, start, end))
    if found:
        first, last = found[-1].span("note")
        said = [speaker.end() for speaker in _SPEAKER.finditer(fields.text, first, last)]
        yield fields.make("note", FieldType.TEXT, said[-1] if said else first, last)
