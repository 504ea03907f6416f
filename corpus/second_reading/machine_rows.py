"""The second reading of the papers in the store."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from corpus.database import CouncilDatabase
from corpus.records import Relation
from corpus.second_reading.kept import STANDING, add, discard
from corpus.second_reading.unread import UnreadLine, unread
from corpus.types import Document, Span


class MachineRows:
    """Which lines wait for a second reading, and the rows that came of them.

    Args:
        database: The council's store.
        analyse: Makes index terms of a text.
    """

    def __init__(self, database: CouncilDatabase, analyse: Callable[[str], str]) -> None:
        self._database = database
        self._analyse = analyse

    def unread(self, document: Document) -> list[UnreadLine]:
        """The lines of a paper that look as if they told something and gave no row."""
        rows = self._database.read(STANDING, [document.id])
        return unread(document.text, (Span(start=start, end=end) for start, end in rows))

    def add(self, document_id: int, relations: Sequence[Relation]) -> int:
        """Write rows that a machine read and our checks let pass; how many are new."""
        with self._database.write() as db:
            return add(db, document_id, relations, self._analyse)

    def discard(self, document_id: int) -> int:
        """Take out the rows of a paper that nobody confirmed or corrected; how many."""
        with self._database.write() as db:
            return discard(db, document_id)
