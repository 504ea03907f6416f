"""The words of passages that an audience may not see, so that they count for nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from corpus.database import CouncilDatabase
from corpus.types import Visibility


class HiddenWords:
    """Counts what is hidden; kept until papers come in, go, or change their level.

    A word of hidden papers alone must neither mend a question nor make it look known: the answer
    would say what such a paper speaks of.

    Args:
        database: The council's store.
    """

    def __init__(self, database: CouncilDatabase) -> None:
        self._database = database
        self._kept: dict[Visibility, tuple[tuple[int, ...], Mapping[str, int]]] = {}

    def of(self, audience: Visibility) -> Mapping[str, int]:
        """How many passages that an audience may not see hold each term; none for staff.

        2,000 hidden passages take 0.2 s, once after a change of papers.
        """
        if audience is Visibility.STAFF:
            return {}
        state = self.state(audience)
        kept = self._kept.get(audience)
        if kept is None or kept[0] != state:
            kept = (state, self._counted(audience) if state[1] else {})
            self._kept[audience] = kept
        return kept[1]

    def state(self, audience: Visibility) -> tuple[int, ...]:
        """Numbers that change whenever papers do, or who may see them."""
        row = self._database.unchanged(
            "select ifnull(max(id), 0) as newest, (select count(*) from documents"
            " where visibility > ?) as papers, (select ifnull(sum(id * id), 0) from documents"
            " where visibility > ?) as which, count(*) as n from passages",
            [int(audience), int(audience)],
        )
        return tuple(row) if row else (0, 0, 0, 0)

    def _counted(self, audience: Visibility) -> Mapping[str, int]:
        counts: Counter[str] = Counter()
        rows = self._database.read(
            "select t.title, t.heading, t.body from passages p"
            " join documents d on d.id = p.document_id join passage_terms t on t.rowid = p.id"
            " where d.visibility > ?",
            [int(audience)],
        )
        for row in rows:
            counts.update({term for part in row for term in part.split()})
        return counts
