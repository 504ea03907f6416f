"""What minutes lack before the chair can confirm them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.meetings.meeting import Note
from corpus.meetings.minutes import Minutes


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """Something that minutes lack; `code` is a key of `[gap]` in messages."""

    code: str
    what: str = ""


def gaps(minutes: Minutes, notes: Sequence[Note], quorum: int) -> Iterator[Gap]:
    """What the minutes lack before the chair can confirm them.

    Args:
        minutes: The minutes as they stand.
        notes: The notes of the meeting.
        quorum: How many must have come; 0 where nobody knows.
    """
    for name in ("held", "place", "department", "recorder", "chair"):
        if not getattr(minutes, name):
            yield Gap(code=name)
    if not minutes.items:
        yield Gap(code="items")
    for item in minutes.items:
        if item.number and not item.result:
            yield Gap(code="result", what=str(item.number))
        if not item.number:
            yield Gap(code="stray", what=str(len(item.exchanges) + len(item.bullets)))
        for exchange in item.exchanges:
            if not exchange.reply:
                yield Gap(code="reply", what=exchange.opinion)
    if not minutes.present:
        yield Gap(code="present")
    elif minutes.present < quorum:
        yield Gap(code="quorum", what=f"{minutes.present}/{quorum}")
    for note in notes:
        if note.attachment and not (note.fetched or note.late):
            yield Gap(code="attachment", what=note.attachment)
    if late := sum(note.late for note in notes):
        yield Gap(code="late", what=str(late))
