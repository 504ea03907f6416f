"""Budgets: the tables with amounts, their rows, and each row with all that is printed of it."""

from __future__ import annotations

from collections.abc import Callable

from corpus.messages import say
from corpus.records import Field, FieldType, RecordKind
from corpus.text import shortened
from corpus.types import Visibility
from retrieval.lookup.row import Row
from retrieval.lookup.wording import Citations, label, shown_name, value_of, won
from retrieval.views.amounts import main_column, outer, said_total, total_of
from retrieval.views.dongs import dong_number
from retrieval.views.page import Address, Link, Page, View, cut
from retrieval.views.relations import Listed, Opened, Relations, named_year
from retrieval.views.turning import choice, turns

_KINDS = (RecordKind.BUDGET_LINE,)
# Eight rows with their buttons and sources fill a phone's screen twice and fit into one message.
_TABLES, _ROWS, _SAME = 8, 8, 8
_VALUE = 160
# Fields that number a row or say where it belongs rather than what it states.
_BACKGROUND = frozenset({"code", "level", "context", "연번", "번호", "순번"})


class Budgets:
    """Makes the pages of `/budget`.

    Args:
        relations: Reads the tables.
        citations: Makes the citations of one page.
    """

    def __init__(self, relations: Relations, citations: Callable[[], Citations]) -> None:
        self._relations = relations
        self._citations = citations

    def page(self, address: Address, audience: Visibility) -> Page | None:
        """The page at an address; None where it is gone or not to be seen."""
        if not address.path:
            return self._tables(address, audience)
        opened = self._relations.opened(address.path, _KINDS, audience)
        if opened is None:
            return None
        if opened.row is None:
            return self._table(address, opened)
        return self._row(address, opened, opened.row)

    def _tables(self, address: Address, audience: Visibility) -> Page:
        """Which table: year, heading, paper."""
        tables = self._relations.of_kinds(_KINDS, audience)

        def link(table: Listed) -> Link:
            to = Address(view=View.BUDGET, path=table.path)
            return Link(label=self._called(table, audience), address=to)

        return choice(address, say("view.budgets", count=len(tables)), tables, _TABLES, link)

    def _called(self, table: Listed, audience: Visibility) -> str:
        return named_year(self._relations.rows.of_relation(table.id, audience), table.name)

    def _table(self, address: Address, table: Opened) -> Page:
        """The rows with their amounts, and what they come to."""
        cite, rows = self._citations(), table.rows
        column = main_column(rows)
        every = outer(rows)
        shown, page, last = cut(every, address.page, _ROWS)
        names = {f.name for row in rows for f in row.typed(FieldType.MONEY)}
        lines = []
        if column is not None and len(names) > 1 and not column.name.isascii():
            lines.append(say("view.column", name=column.name))
        for row in shown:
            value = column.of(row) if column else None
            amount = won(value.value) if value and value.value is not None else "-"
            lines.append(f"- {label(row)}: {amount} {cite.add(row)}")
        if column is not None:
            lines += said_total(total_of(rows, column), cite, len(every))
        links = (
            Link(label=label(row), address=Address(view=View.BUDGET, path=table.path_to(row)))
            for row in shown
        )
        return Page(
            address=address,
            title=named_year(rows, table.relation.name),
            text="\n".join(lines),
            citations=cite.all(),
            links=tuple(links),
            turns=turns(address, page, last, back=Address(view=View.BUDGET)),
            rows=tuple(row.id for row in every),
            compared=column.name if column else "",
        )

    def _row(self, address: Address, table: Opened, row: Row) -> Page:
        """All that is printed of one place or programme, in as many rows as there are."""
        cite, rows = self._citations(), table.rows
        name = label(row)
        same = [one for one in outer(rows) if label(one) == name] or [row]
        column = main_column(rows)
        lines = []
        shown, page, last = cut(same, address.page, _SAME)
        for one in shown:
            parts = [_part(field) for field in one.fields if _tells(field, name)]
            lines.append("\n".join([*dict.fromkeys(parts), cite.add(one)]))
        if column is not None and len(same) > 1:
            total = total_of(same, column)
            lines += said_total(total, cite, len(same))
        back = Address(view=View.BUDGET, path=table.relation.path)
        return Page(
            address=address,
            title=f"{name}: {named_year(same, table.relation.name)}",
            text="\n\n".join(lines),
            citations=cite.all(),
            links=_programmes(row),
            turns=turns(address, page, last, back=back),
            rows=tuple(one.id for one in same),
            compared=column.name if column else "",
        )


def _tells(field: Field, name: str) -> bool:
    numbering = field.name in _BACKGROUND or field.type is FieldType.CODE
    return bool(field.text) and not numbering and name not in (field.text, field.place)


def _part(field: Field) -> str:
    value = shortened(value_of(field), _VALUE)
    printed = f" ({say('answer.printed')})" if field.type is FieldType.MONEY else ""
    return f"{shown_name(field) or field.name}: {value}{printed}"


def _programmes(row: Row) -> tuple[Link, ...]:
    """The way to what a neighbourhood offers."""
    dongs = [place for place in sorted(row.places) if " " not in place][:1]
    return tuple(
        Link(
            label=say("view.programmes_of", dong=dong),
            address=Address(view=View.PROGRAMMES, path=(dong_number(dong),)),
        )
        for dong in dongs
    )
