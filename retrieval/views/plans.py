"""Plans: the body or part, its strategies, and the tasks below each."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from corpus.messages import say
from corpus.records import RecordKind
from corpus.types import Visibility
from retrieval.lookup.row import Row
from retrieval.lookup.wording import Citations
from retrieval.views.page import Address, Link, Page, View, cut
from retrieval.views.relations import Listed, Relations
from retrieval.views.turning import turns

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
        part = self._relations.at(address.path, _KINDS, audience)
        if part is None:
            return None
        rows = self._relations.rows.of_relation(part.id, audience)
        index = address.path[-1] if len(address.path) > len(part.path) else None
        if index is None:
            return self._below(address, part, rows, _only_root(rows))
        return self._below(address, part, rows, rows[index]) if index < len(rows) else None

    def _plans(self, address: Address, audience: Visibility) -> Page:
        parts = self._relations.of_kinds(_KINDS, audience)
        shown, page, last = cut(parts, address.page, _PLANS)
        links = (
            Link(
                label=say("view.plan_of", name=one.name, count=one.size),
                address=Address(view=View.PLAN, path=one.path),
            )
            for one in shown
        )
        title = say("view.plans", count=len(parts)) if parts else ""
        return Page(
            address=address, title=title, links=tuple(links), turns=turns(address, page, last)
        )

    def _below(self, address: Address, part: Listed, rows: Sequence[Row], top: Row | None) -> Page:
        """What stands below an item, or the outermost items of a part."""
        cite = self._citations()
        above = top.id if top else None
        every = [row for row in rows if row.parent_id == above]
        shown, page, last = cut(every, address.page, _ITEMS)
        number = {row.id: index for index, row in enumerate(rows)}
        parents = {row.parent_id for row in rows}
        head = [f"{_named(top)} {cite.add(top)}"] if top else []
        lines = [f"- {_named(row)} {cite.add(row)}" for row in shown]
        links = (
            Link(
                label=_named(row),
                address=Address(view=View.PLAN, path=(*part.path, number[row.id])),
            )
            for row in shown
            if row.id in parents
        )
        return Page(
            address=address,
            title=part.name,
            text="\n".join([*head, *lines]),
            citations=cite.all(),
            links=tuple(links),
            turns=turns(address, page, last, back=_above(address, part, rows, top)),
            rows=tuple(row.id for row in every),
        )


def _only_root(rows: Sequence[Row]) -> Row | None:
    """The outermost item where there is only one: the part itself, which its items hang on."""
    roots = [row for row in rows if row.parent_id is None]
    return roots[0] if len(roots) == 1 and len(rows) > 1 else None


def _above(address: Address, part: Listed, rows: Sequence[Row], top: Row | None) -> Address:
    if len(address.path) == len(part.path) or top is None:
        return Address(view=View.PLAN)
    index = next((n for n, row in enumerate(rows) if row.id == top.parent_id), None)
    if index is None or rows[index] is _only_root(rows):
        return Address(view=View.PLAN, path=part.path)
    return Address(view=View.PLAN, path=(*part.path, index))


def _named(row: Row) -> str:
    code, title = row.field("code"), row.field("title")
    bare = code.text.strip(" .)") if code else ""
    words = title.text if title else ""
    named = f"{bare}. {words}".strip(" .") if bare else words
    return named if len(named) <= _TITLE else f"{named[:_TITLE]}…"
