"""The neighbourhoods themselves, counted or listed."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from corpus.records import FieldType
from corpus.types import Visibility
from retrieval.lookup import listing
from retrieval.lookup.asked import Asked
from retrieval.lookup.candidates import Candidates
from retrieval.lookup.changes import of_each
from retrieval.lookup.finding import Found
from retrieval.lookup.tables import Tables
from retrieval.lookup.wording import Citations, first_place
from retrieval.types import Answer
from retrieval.understanding.request import Operation

# 동이 몇 개, 동 이름, 동 목록: no word between says what of the neighbourhoods is asked.
_ONLY_DONGS = re.compile(r"동(?:은|이|들)?(?:모두|전부|총|다)?(?:몇|이름|목록|어디|뭐|무엇|전체)")


class Neighbourhoods:
    """Answers how many neighbourhoods there are, and which.

    Args:
        tables: Finds tables.
        candidates: Finds records.
        citations: Makes the citations of one answer.
    """

    def __init__(
        self, tables: Tables, candidates: Candidates, citations: Callable[[], Citations]
    ) -> None:
        self._tables = tables
        self._candidates = candidates
        self._citations = citations

    def answer(self, asked: Asked, found: Sequence[Found], audience: Visibility) -> Answer | None:
        """The neighbourhoods of the table that has most of them.

        Args:
            asked: The question.
            found: Not needed; tables are looked for by themselves.
            audience: Highest level that may be seen.

        Returns:
            None for questions that ask for anything else.
        """
        wanted = asked.request.operation in {Operation.COUNT, Operation.LIST, Operation.SUM}
        if not asked.of_dongs or not wanted or asked.telling or asked.request.conditions:
            return None
        if of_each(asked) or asked.measure not in {None, FieldType.COUNT} or asked.request.group:
            return None
        if not _ONLY_DONGS.search(asked.question.packed):
            return None
        bare = replace(asked, weights={}, measure=FieldType.COUNT)
        tables = self._tables.candidates(bare, self._candidates.of(bare, audience), audience)
        named = [
            (tuple(dict.fromkeys(filter(None, map(first_place, table.rows)))), table)
            for table in tables
        ]
        if not named:
            return None
        names, table = max(named, key=lambda entry: len(entry[0]))
        return listing.places(asked, names, table.rows, self._citations())
