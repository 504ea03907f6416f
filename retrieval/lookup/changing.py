"""Which rows a question of what changed is about: those of its places, else those of one table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from corpus.types import Visibility
from retrieval.lookup.asked import Asked
from retrieval.lookup.candidates import Candidates
from retrieval.lookup.changes import Changes, of_each, says_change
from retrieval.lookup.finding import Found
from retrieval.lookup.parts import named
from retrieval.lookup.rows import Rows
from retrieval.lookup.tables import Tables
from retrieval.lookup.wording import Citations
from retrieval.types import Answer
from retrieval.understanding.question import Want, soft_words
from retrieval.understanding.request import Operation


class Changing:
    """Finds the rows whose values of two years are compared.

    Args:
        rows: Reads records.
        candidates: Finds the records that a question may be about.
        tables: Finds tables.
        citations: Makes the citations of one answer.
    """

    def __init__(
        self,
        rows: Rows,
        candidates: Candidates,
        tables: Tables,
        citations: Callable[[], Citations],
    ) -> None:
        self._rows = rows
        self._candidates = candidates
        self._tables = tables
        self._changes = Changes(citations)

    def answer(self, asked: Asked, found: Sequence[Found], audience: Visibility) -> Answer | None:
        """What changed from one year to the next.

        Args:
            asked: The question.
            found: Records that may answer; tables are looked up by their own words.
            audience: Highest level that may be seen.

        Returns:
            None for other questions, and where no row has values of two years.
        """
        if not self._changes.asked(asked):
            return None
        if asked.places:
            spared = _words_of_change(asked)
            rows = self._rows.of_years_at(asked.places, audience)
            if answer := self._changes.answer(asked, self._candidates.holding(asked, rows, spared)):
                return answer
            rows = self._rows.at_places(asked.places, audience)
            return self._changes.across(asked, self._candidates.holding(asked, rows, spared))
        ranking = asked.request.operation in {Operation.HIGHEST, Operation.LOWEST}
        by_row = of_each(asked)
        bare = replace(asked, weights={term: asked.weights[term] for term in asked.telling})
        for table in self._tables.candidates(bare, self._candidates.of(bare, audience), audience):
            parts = named(asked, table.rows, table.totals)
            rows = self._tables.narrowed(bare, table.rows, parts)
            whole = [table.grand] if table.grand else []
            chosen = rows if ranking or by_row or len(rows) < len(table.rows) else whole
            if answer := self._changes.answer(asked, chosen):
                return answer
        return None


def _words_of_change(asked: Asked) -> frozenset[str]:
    """Terms of a question that say of no thing that it changed: 예산, 변동, 사유."""
    measures = soft_words(Want.AMOUNT) | soft_words(Want.COUNT)
    return frozenset(term for term in asked.weights if term in measures or says_change(term))
