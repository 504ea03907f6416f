"""Views on a line: their commands in Latin and Korean letters, and choices typed by number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.render import clipped
from corpus.messages import say
from corpus.types import Visibility
from retrieval.views.page import Address, Link, Page, View

if TYPE_CHECKING:
    from retrieval.views.views import Views

VIEWS = {
    "budget": View.BUDGET,
    "decisions": View.DECISIONS,
    "plan": View.PLAN,
    "programs": View.PROGRAMMES,
}
# What people type instead.
KOREAN = {
    "예산": "budget",
    "의결": "decisions",
    "결정": "decisions",
    "계획": "plan",
    "사업": "programs",
}
# Of a name that is none, no more than this is said back.
_NAME = 20


def first(views: Views, view: View, text: str, audience: Visibility) -> Page | None:
    """The page with which a command begins.

    Args:
        views: The views.
        view: The one that the command names.
        text: What stands behind the command: for programmes a neighbourhood; else nothing counts.
        audience: Highest level that may be seen.
    """
    if not text or view is not View.PROGRAMMES:
        return views.page(Address(view=view), audience)
    dong = views.dong_meant(text, audience)
    page = views.page(views.programmes_of(dong, audience), audience)
    if page is None or page.dong:
        return page
    return replace(page, text=say("view.unknown_dong", name=dong or clipped(text, _NAME)))


def ways(page: Page) -> tuple[Link, ...]:
    """All ways on from a page, in the order of their numbers from 1."""
    return (*page.links, *page.turns)


def chosen(page: Page, text: str) -> Address | None:
    """Where a typed choice leads: its number, or how its label begins; None where nowhere."""
    found: Sequence[Link] = ways(page)
    word = "".join(text.split())
    if word.isdecimal():
        number = int(word)
        return found[number - 1].address if 0 < number <= len(found) else None
    labels = [link for link in found if "".join(link.label.split()).startswith(word)]
    return labels[0].address if word and labels else None
