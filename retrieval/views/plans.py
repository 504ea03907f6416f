"""Plans: the body or part, its strategies, and the tasks below each."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from corpus.messages import say
from corpus.records import RecordKind
from corpus.text import shortened
from corpus.types import Visibility
from retrieval.lookup.row import Row
from retrieval.lookup.wording import Citations
from retrieval.views.page import Address, Link, Page, View, cut
from retrieval.views.relations import Listed, Opened, Relations
from retrieval.views.turning import choice, turns

_KINDS = (RecordKind.PLAN_ITEM,)
_PLANS, _ITEMS = 8, 10
_TITLE = 120


class Plans:
    """Makes the pages of `/plan`.

    Args:
        relations: Reads the outlines.
        citations: Makes the citations of one page.
    """

    def __init__(self, relations: Relations, citations: Callable[[], Citations]) -> None:
        self._relations = relations
        self._citations = citations

    def page(self, address: Address, audience: Visibility) -> Page | None:
        """The page at an address; None where it is gone or not to be seen."""
        if not address.path:
            return self._plans(address, audience)
        part = self._relations.opened(address.path, _KINDS, audience)
        return self._below(address, part, part.row or _only_root(part.rows)) if part else None

    def _plans(self, address: Address, audience: Visibility) -> Page:
        parts = self._relations.of_kinds(_KINDS, audience)

        def link(part: Listed) -> Link:
            label = say("view.plan_of", name=part.name, count=part.size)
            return Link(label=label, address=Address(view=View.PLAN, path=part.path))

        return choice(address, say("view.plans", count=len(parts)), parts, _PLANS, link)

    def _below(self, address: Address, part: Opened, top: Row | None) -> Page:
        """What stands below an item, or the outermost items of a part."""
        cite, rows = self._citations(), part.rows
        above = top.id if top else None
        every = [row for row in rows if row.parent_id == above]
        shown, page, last = cut(every, address.page, _ITEMS)
        parents = {row.parent_id for row in rows}
        head = [f"{_named(top)} {cite.add(top)}"] if top else []
        lines = [f"- {_named(row)} {cite.add(row)}" for row in shown]
        links = (
            Link(label=_named(row), address=Address(view=View.PLAN, path=part.path_to(row)))
            for row in shown
            if row.id in parents
        )
        return Page(
            address=address,
            title=part.relation.name,
            text="\n".join([*head, *lines]),
            citations=cite.all(),
            links=tuple(links),
            turns=turns(address, page, last, back=_above(part, top)),
            rows=tuple(row.id for row in every),
        )


def _only_root(rows: Sequence[Row]) -> Row | None:
    """The outermost item where there is only one: the part itself, which its items hang on."""
    roots = [row for row in rows if row.parent_id is None]
    return roots[0] if len(roots) == 1 and len(rows) > 1 else None


def _above(part: Opened, top: Row | None) -> Address:
    if part.row is None or top is None:
        return Address(view=View.PLAN)
    parent = next((row for row in part.rows if row.id == top.parent_id), None)
    if parent is None or parent is _only_root(part.rows):
        return Address(view=View.PLAN, path=part.relation.path)
    return Address(view=View.PLAN, path=part.path_to(parent))


def _named(row: Row) -> str:
    code, title = row.field("code"), row.field("title")
    bare = code.text.strip(" .)") if code else ""
    words = title.text if title else ""
    return shortened(f"{bare}. {words}".strip(" .") if bare else words, _TITLE)
