"""A draft of the chat model as lines for staff, the same at the console and in the chat."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from corpus.messages import say

if TYPE_CHECKING:
    from retrieval.model.checking import Source
    from retrieval.model.drafting import Draft


def draft_lines(made: Draft, *, left: bool) -> Iterator[str]:
    """What was drafted, and what each sentence rests on.

    Args:
        made: The draft.
        left: Whether the lines that it leaves out are shown as well.
    """
    yield say("draft.head", title=made.title)
    yield made.text or say("draft.nothing")
    if made.sources:
        yield say("draft.sources")
        yield from map(_source, made.sources)
    if left and made.left:
        yield say("draft.left")
        yield from (f"  - {source.line}" for source in made.left)
    if made.unread:
        yield say("draft.unread", count=made.unread)


def _source(source: Source) -> str:
    at = say("draft.at", at=source.context) if source.context else ""
    return say("draft.source", number=source.number, line=source.line, at=at)
