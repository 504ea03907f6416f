"""All views behind one door: an address in, a page out, as far as the audience may see it."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.database import CouncilDatabase
from corpus.entries import ENTRIES
from corpus.types import Visibility
from retrieval.lookup.wording import Citations
from retrieval.sheets import Figures, Sheet, figures, sheet
from retrieval.views.budgets import Budgets
from retrieval.views.decisions import Decisions
from retrieval.views.dongs import dong_number, dong_of, meant
from retrieval.views.page import Address, Page, View
from retrieval.views.plans import Plans
from retrieval.views.programmes import Programmes
from retrieval.views.relations import Relations


class Views:
    """The views of one store.

    Args:
        database: The council's store.
        dongs: The council's neighbourhoods, as its configuration names them.
    """

    def __init__(self, database: CouncilDatabase, dongs: Sequence[str] = ()) -> None:
        self._database = database
        self._relations = Relations(database)
        self._programmes = Programmes(self._relations, self._cite, dongs)
        self._made: dict[View, Budgets | Decisions | Plans | Programmes] = {
            View.BUDGET: Budgets(self._relations, self._cite),
            View.DECISIONS: Decisions(self._relations, self._cite),
            View.PLAN: Plans(self._relations, self._cite),
            View.PROGRAMMES: self._programmes,
        }

    def _cite(self) -> Citations:
        return Citations(self._database)

    def page(self, address: Address, audience: Visibility) -> Page | None:
        """The page at an address.

        Returns:
            The page; without text and links where there is nothing of its kind. None where what
            the address names is gone, or not for this audience.
        """
        return self._made[address.view].page(address, audience)

    def programmes_of(self, dong: str, audience: Visibility) -> Address:
        """Where the programmes of a neighbourhood are; the choice among all where it is unknown."""
        path = (dong_number(dong),) if dong in self._programmes.dongs(audience) else ()
        return Address(view=View.PROGRAMMES, path=path)

    def dongs(self, audience: Visibility) -> list[str]:
        """Neighbourhoods that can be chosen: the council's own and those that papers speak of."""
        return self._programmes.dongs(audience)

    def dong(self, number: int, audience: Visibility) -> str:
        """The neighbourhood that has a number; empty where none has it."""
        return dong_of(number, self._programmes.dongs(audience))

    def dong_meant(self, text: str, audience: Visibility) -> str:
        """The neighbourhood that a text names, as records spell it; empty where it names none."""
        return meant(text, self._programmes.dongs(audience))

    def programme_names(self, dong: str, audience: Visibility) -> list[str]:
        """Names of a neighbourhood's programmes, as far as papers print them."""
        return self._programmes.names(dong, audience)

    def entered(self, document_id: int) -> dict[str, str]:
        """The values of a programme that staff entered, by key of `corpus.entries.ENTRIES`."""
        rows = self._relations.rows.of_document(document_id, Visibility.STAFF)
        keys = {heading: key for key, heading in ENTRIES.items()}
        return {keys.get(f.name, f.name): f.text for row in rows[:1] for f in row.fields}

    def sheet(self, rows: Sequence[int], title: str, audience: Visibility) -> Sheet | None:
        """Records as a sheet with their sources; None without any that may be seen."""
        found = self._relations.rows.exactly(rows, audience)
        return sheet(found, title, self._cite).shown_to(audience) if found else None

    def figures(
        self, rows: Sequence[int], compared: str, title: str, audience: Visibility
    ) -> Figures | None:
        """Amounts to compare; None where there are fewer than three."""
        found = self._relations.rows.exactly(rows, audience)
        return figures(found, compared, title)
