"""Decisions: meetings, newest first, with their agenda items and what became of each."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from corpus.messages import say
from corpus.records import RecordKind
from corpus.text import shortened
from corpus.types import Visibility
from retrieval.lookup.row import Row
from retrieval.lookup.wording import Citations
from retrieval.views.page import Address, Link, Page, View, cut
from retrieval.views.relations import Listed, Relations
from retrieval.views.turning import choice, turns

_MEETINGS, _ITEMS = 8, 8
_TITLE, _RESULT = 120, 160


class Decisions:
    """Makes the pages of `/decisions`.

    Args:
        relations: Reads the minutes.
        citations: Makes the citations of one page.
    """

    def __init__(self, relations: Relations, citations: Callable[[], Citations]) -> None:
        self._relations = relations
        self._citations = citations

    def page(self, address: Address, audience: Visibility) -> Page | None:
        """The page at an address; None where it is gone or not to be seen."""
        if not address.path:
            return self._meetings(address, audience)
        rows = self._relations.rows.of_document(address.path[0], audience)
        items = [row for row in rows if row.kind is RecordKind.AGENDA_ITEM]
        meeting = next((row for row in rows if row.kind is RecordKind.MEETING), None)
        return self._items(address, items, meeting) if items else None

    def _meetings(self, address: Address, audience: Visibility) -> Page:
        found = self._relations.of_kinds([RecordKind.AGENDA_ITEM], audience)
        papers = list({one.document_id: one for one in found}.values())

        def link(paper: Listed) -> Link:
            to = Address(view=View.DECISIONS, path=(paper.document_id,))
            return Link(label=f"{paper.dated} {paper.title}".strip(), address=to)

        return choice(address, say("view.meetings", count=len(papers)), papers, _MEETINGS, link)

    def _items(self, address: Address, items: Sequence[Row], meeting: Row | None) -> Page:
        cite = self._citations()
        shown, page, last = cut(items, address.page, _ITEMS)
        lines = [_held(meeting, cite)] if meeting else []
        lines += [_item(row, cite) for row in shown]
        return Page(
            address=address,
            title=f"{items[0].dated} {items[0].title}".strip(),
            text="\n".join(filter(None, lines)),
            citations=cite.all(),
            turns=turns(address, page, last, back=Address(view=View.DECISIONS)),
            rows=tuple(row.id for row in items),
        )


def _held(meeting: Row, cite: Citations) -> str:
    """When and where the meeting was, quoted line by line: its form is torn over a page."""
    fields = [field for name in ("held_on", "place") if (field := meeting.field(name))]
    told = [
        f"{f.text} {cite.add_line(meeting, f.span)}" for f in fields if f.span.end > f.span.start
    ]
    return ", ".join(told)


def _item(row: Row, cite: Citations) -> str:
    number, title, result = (row.field(name) for name in ("number", "title", "result"))
    named = f"{number.text} " if number and number.text else ""
    words = shortened(title.text if title else "", _TITLE)
    outcome = shortened(result.text, _RESULT) if result else say("view.no_result")
    return f"- {named}{words} → {outcome} {cite.add(row)}"
