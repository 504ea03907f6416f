"""Pages to choose from, and the buttons that turn pages and lead back up."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeVar

from corpus.messages import say
from retrieval.views.page import Address, Link, Page, cut

T = TypeVar("T")


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


def choice(
    address: Address, title: str, items: Sequence[T], size: int, link: Callable[[T], Link]
) -> Page:
    """A page of ways on and nothing else; without a title where there are none.

    Args:
        address: Its own address.
        title: What is to be chosen.
        items: What can be chosen, on all pages together.
        size: Items a page.
        link: The way to an item.
    """
    shown, page, last = cut(items, address.page, size)
    return Page(
        address=address,
        title=title if items else "",
        links=tuple(map(link, shown)),
        turns=turns(address, page, last),
    )
