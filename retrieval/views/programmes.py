"""Programmes of a neighbourhood: what there is, for whom, when, how, and whom to ask."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from corpus.messages import messages, say
from corpus.records import Field, FieldType, RecordKind
from corpus.text import shortened, squeeze
from corpus.types import Visibility
from retrieval.lookup.row import Row
from retrieval.lookup.subjects import said_years
from retrieval.lookup.wording import Citations, listed, shown_name
from retrieval.views.dongs import dong_number, dong_of, dongs_of
from retrieval.views.page import Address, Link, Page, View, cut
from retrieval.views.relations import Relations, years_in
from retrieval.views.turning import turns

# Three programmes with six lines each are as much as a phone shows without losing the thread.
_A_PAGE, _DONGS = 3, 24
_VALUE = 160
_ASKED = ("target", "period", "apply", "contact")
_BACKGROUND = frozenset({"programme", "code", "context", "section", "연번", "번호", "순번"})
_COUNT = re.compile(r"사업\s?(?:건\s?)?수|프로그램\s?수|^programmes$")
_EVERYBODY = 0  # no neighbourhood's number: what is offered in all of them


@dataclass(frozen=True, slots=True, kw_only=True)
class _Counted:
    """How many programmes a paper says that a neighbourhood has."""

    count: int
    year: int
    row: Row


class Programmes:
    """Makes the pages of `/programs`.

    Args:
        relations: Reads the records.
        citations: Makes the citations of one page.
        dongs: The council's neighbourhoods, whether or not papers speak of them.
    """

    def __init__(
        self, relations: Relations, citations: Callable[[], Citations], dongs: Sequence[str]
    ) -> None:
        self._relations = relations
        self._citations = citations
        self._dongs = tuple(dongs)

    def dongs(self, audience: Visibility) -> list[str]:
        """Neighbourhoods that can be chosen: the council's own and those that papers speak of."""
        rows = self._programmes(audience)
        budgets = self._relations.rows.of_kinds([RecordKind.BUDGET_LINE], audience)
        found = {dong for row in rows for dong in dongs_of(row)}
        found |= {place for row in budgets for place in row.places if " " not in place}
        return sorted({*self._dongs, *found}, key=_in_order)

    def names(self, dong: str, audience: Visibility) -> list[str]:
        """Names of a neighbourhood's programmes, as far as papers print them."""
        rows = [row for row in self._programmes(audience) if dong in dongs_of(row)]
        found = [_name(row) for row in rows]
        at = self._relations.rows.at_places([dong], audience)
        found += [f.text for row in at if (f := row.field("examples")) and len(f.text) <= _VALUE]
        named: dict[str, str] = {}
        for name in filter(None, found):
            named.setdefault("".join(name.split()), name)
        return list(named.values())

    def page(self, address: Address, audience: Visibility) -> Page | None:
        """The page at an address; None where it is gone or not to be seen."""
        dongs = self.dongs(audience)
        if not address.path:
            return self._choice(address, dongs, audience)
        if address.path[0] == _EVERYBODY:
            return self._offered(address, "", audience)
        dong = dong_of(address.path[0], dongs)
        return self._offered(address, dong, audience) if dong else None

    def _choice(self, address: Address, dongs: Sequence[str], audience: Visibility) -> Page:
        shown, page, last = cut(dongs, address.page, _DONGS)
        links = [
            Link(label=dong, address=Address(view=View.PROGRAMMES, path=(dong_number(dong),)))
            for dong in shown
        ]
        links += self._for_all(audience)
        title = say("view.which_dong") if links else ""
        return Page(
            address=address, title=title, links=tuple(links), turns=turns(address, page, last)
        )

    def _for_all(self, audience: Visibility) -> list[Link]:
        """The way to what is offered in every neighbourhood."""
        count = len({_name(row) for row in self._programmes(audience) if not dongs_of(row)})
        if not count:
            return []
        label = say("view.for_all", count=count)
        return [Link(label=label, address=Address(view=View.PROGRAMMES, path=(_EVERYBODY,)))]

    def _offered(self, address: Address, dong: str, audience: Visibility) -> Page:
        cite = self._citations()
        rows = [
            row
            for row in self._programmes(audience)
            if (dong in dongs_of(row) if dong else not dongs_of(row))
        ]
        groups: dict[str, list[Row]] = {}
        for row in rows:
            groups.setdefault("".join(_name(row).split()), []).append(row)
        shown, page, last = cut(list(groups.values()), address.page, _A_PAGE)
        texts = [_programme(group, dong, cite) for group in shown]
        if dong and page == last:
            texts += self._beyond(dong, groups, audience, cite)
        key = "view.programmes" if groups else "view.no_programmes"
        title = say(key, dong=dong or say("view.all_dongs"), count=len(groups))
        return Page(
            address=address,
            title=title,
            text="\n\n".join(texts),
            citations=cite.all(),
            links=tuple(self._for_all(audience) if dong else ()),
            turns=turns(address, page, last, back=Address(view=View.PROGRAMMES)),
            rows=tuple(row.id for row in rows),
            dong=dong,
        )

    def _beyond(
        self, dong: str, groups: dict[str, list[Row]], audience: Visibility, cite: Citations
    ) -> list[str]:
        """What papers only count, and whom to ask for the rest."""
        office = _office(dong)
        at = self._relations.rows.at_places([dong], audience)
        counted = _newest_count([row for row in at if not row.total])
        if counted is None:
            return [] if groups else [say("view.ask_office", office=office)]
        named = {key: _name(group[0]) for key, group in groups.items()}
        for example in _examples(at, counted.year):
            named.setdefault("".join(example.split()), example)
        if len(named) == len(groups) >= counted.count:
            return []
        texts = [
            say(
                "view.only_counted",
                year=f"{counted.year}년 " if counted.year else "",
                count=counted.count,
                mark=cite.add(counted.row),
            )
        ]
        if named:
            names = listed(named.values(), 5)
            texts.append(say("view.named_only", names=names, count=len(named)))
        rest = bool(named) and len(named) < counted.count
        texts.append(say("view.ask_office_rest" if rest else "view.ask_office", office=office))
        return [" ".join(texts)]

    def _programmes(self, audience: Visibility) -> list[Row]:
        found = self._relations.rows.of_kinds([RecordKind.PROGRAMME], audience)
        return [row for row in found if not row.total and _name(row)]


def _office(dong: str) -> str:
    """The office of a neighbourhood, as everybody calls it."""
    return say("view.office_rural" if dong[-1:] in "읍면" else "view.office", dong=dong)


def _name(row: Row) -> str:
    field = row.field("programme")
    return field.text if field else ""


def _programme(group: Sequence[Row], dong: str, cite: Citations) -> str:
    """One programme; what several papers say of it is put together, each with its source."""
    marks = {row.id: cite.add(row) for row in group}
    lines = [f"■ {_name(group[0])} {''.join(dict.fromkeys(marks.values()))}"]
    told: dict[str, dict[str, str]] = {}
    for row in group:
        for field in row.fields:
            if _tells(field, dong):
                values = told.setdefault(shown_name(field) or field.name, {})
                values.setdefault(shortened(field.text, _VALUE), marks[row.id])
    several = len(group) > 1
    for name in sorted(told, key=_fixed_first):
        said = (f"{text} {mark}" if several else text for text, mark in told[name].items())
        lines.append(f"{name}: {' / '.join(said)}")
    if dong and not any(row.field(name) for row in group for name in ("apply", "contact")):
        lines.append(say("view.ask_office", office=_office(dong)))
    return "\n".join(lines)


def _tells(field: Field, dong: str) -> bool:
    hidden = field.name in _BACKGROUND or field.type is FieldType.CODE
    return bool(field.text) and not hidden and not (dong and field.place == dong)


def _fixed_first(name: str) -> int:
    names = [messages()[f"field.{fixed}"] for fixed in _ASKED]
    return names.index(name) if name in names else -1


def _newest_count(rows: Sequence[Row]) -> _Counted | None:
    """The newest printed number of programmes among rows about one neighbourhood."""
    found = []
    for row in rows:
        for field in row.typed(FieldType.COUNT):
            if field.value is None or not (_COUNT.search(field.name) or field.unit == "사업"):
                continue
            year = max(years_in(field.name) or _years_of(row), default=0)
            found.append(_Counted(count=field.value, year=year, row=row))
    return max(found, key=lambda one: one.year, default=None)


def _years_of(row: Row) -> set[int]:
    field = row.field("year")
    return {int(field.first[:4])} if field and field.first else said_years(row)


def _examples(rows: Sequence[Row], year: int) -> list[str]:
    """Programmes that lists of budgets of a year give as examples."""
    fields = [row.field("examples") for row in rows if not year or year in said_years(row)]
    return [squeeze(field.text) for field in fields if field and len(field.text) <= _VALUE]


def _in_order(dong: str) -> tuple[str, int]:
    """가람2동 before 가람10동."""
    number = re.search(r"\d+", dong)
    return re.sub(r"\d+", "", dong), int(number[0]) if number else 0
