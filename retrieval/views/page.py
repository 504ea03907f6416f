"""One page of a view, and the addresses that lead from page to page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from retrieval.types import Citation

T = TypeVar("T")


class View(StrEnum):
    """The views, by the letter with which their addresses begin."""

    BUDGET = "b"
    DECISIONS = "d"
    PLAN = "l"
    PROGRAMMES = "g"


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """Where a page is: numbers only, so that it fits behind a button.

    A paper's row number is never used twice, and its relations and rows are counted from it. So an
    address of a paper that was read anew leads nowhere, rather than to something else.

    Attributes:
        view: The view.
        path: Numbers that lead to the page; empty for the first one.
        page: Which page of it, from 0.
    """

    view: View
    path: tuple[int, ...] = ()
    page: int = 0

    def __str__(self) -> str:
        return ":".join(map(str, (self.view.value, self.page, *self.path)))

    @staticmethod
    def read(text: str) -> Address:
        """The address that `str` wrote.

        Raises:
            ValueError: The text is no address.
        """
        view, *numbers = text.split(":")
        page, *path = map(int, numbers or ("0",))
        return Address(view=View(view), page=page, path=tuple(path))


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A button that leads to another page."""

    label: str
    address: Address


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What one page of a view shows.

    Attributes:
        address: Its own address.
        title: What it is about.
        text: Plain text with markers `[1]` that refer to the citations; may be empty.
        citations: The sources, numbered from 1.
        links: Ways on, one below the other.
        turns: Ways to the neighbouring pages and back, side by side.
        rows: Row numbers of the records that it shows or leads to, for a file; empty where no
            table belongs to it.
        compared: Column of amounts that can be compared; empty without one.
        dong: The neighbourhood that it is about; empty for all others.
    """

    address: Address
    title: str
    text: str = ""
    citations: tuple[Citation, ...] = ()
    links: tuple[Link, ...] = ()
    turns: tuple[Link, ...] = ()
    rows: tuple[int, ...] = ()
    compared: str = ""
    dong: str = ""


def cut(items: Sequence[T], page: int, size: int) -> tuple[Sequence[T], int, int]:
    """The items of one page.

    Args:
        items: All of them.
        page: Which page, from 0; one beyond the last is the last.
        size: Items a page.

    Returns:
        The page's items, its number from 0, and the number of the last page.
    """
    last = max(0, (len(items) - 1) // size)
    page = max(0, min(page, last))
    return items[page * size : (page + 1) * size], page, last
