"""Buttons that turn the pages of a view and lead back up."""

from __future__ import annotations

from dataclasses import replace

from corpus.messages import say
from retrieval.views.page import Address, Link


def turns(
    address: Address, page: int, last: int, *, back: Address | None = None
) -> tuple[Link, ...]:
    """The way back, and to the page before and after; none where there is no such page.

    Args:
        address: Of the page that is shown.
        page: Its number, from 0.
        last: Number of the last page.
        back: The page above it.
    """
    found = []
    if back is not None:
        found.append(Link(label=say("view.back"), address=back))
    if page > 0:
        before = replace(address, page=page - 1)
        found.append(Link(label=say("telegram.previous"), address=before))
    if page < last:
        found.append(Link(label=say("telegram.next"), address=replace(address, page=page + 1)))
    return tuple(found)
