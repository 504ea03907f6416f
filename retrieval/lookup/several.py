"""Sums, rankings and averages: of the rows that a question's words name, else of any table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from corpus.records import RecordKind
from corpus.types import Visibility
from retrieval.lookup.asked import Asked
from retrieval.lookup.candidates import Candidates
from retrieval.lookup.computing import Computing
from retrieval.lookup.finding import Found
from retrieval.lookup.prizes import without_winners
from retrieval.lookup.rows import Rows
from retrieval.types import Answer
from retrieval.understanding.kinds import kinds_named
from retrieval.understanding.request import Operation

# Records in whose sentences places stand, which are about none.
SPOKEN = frozenset({RecordKind.OPINION, RecordKind.REPLY, RecordKind.AGENDA_ITEM})
_RANKING = frozenset({Operation.HIGHEST, Operation.LOWEST, Operation.RANK})


class Several:
    """Answers from several rows together.

    Args:
        rows: Reads records.
        candidates: Finds records that may answer.
        computing: Sums, ranks and averages.
    """

    def __init__(self, rows: Rows, candidates: Candidates, computing: Computing) -> None:
        self._rows = rows
        self._candidates = candidates
        self._computing = computing

    def answer(self, asked: Asked, found: Sequence[Found], audience: Visibility) -> Answer | None:
        """What is computed of the rows that a question is about.

        Args:
            asked: The question.
            found: Records that may answer, best first.
            audience: Highest level that may be seen.

        Returns:
            The answer; None where it asks for nothing of several rows, or no table has it.
        """
        if not self._computing.needed(asked) or _vague(asked):
            return None
        if asked.telling and asked.telling != set(asked.weights):
            told = {term: asked.weights[term] for term in asked.telling}
            found = [*found, *self._candidates.of(replace(asked, weights=told), audience)]
        # Of 표를 제일 많이 받은 사업 nothing but a verb is left, which no table prints.
        found = [] if asked.weights and set(asked.weights) <= asked.verbs else found
        if answer := self._computing.answer(asked, found, audience):
            return answer if self._of_kind_named(asked, answer, audience) else None
        if asked.weights and not asked.telling:
            # No word tells tables apart: 예산이 적은 동부터 3군데.
            bare = replace(asked, weights={})
            every = without_winners(asked, self._candidates.of(bare, audience))
            answer = self._computing.answer(bare, every, audience)
            return answer if answer and self._of_kind_named(asked, answer, audience) else None
        return None

    def _of_kind_named(self, asked: Asked, answer: Answer, audience: Visibility) -> bool:
        """Whether a ranking is of what was said, where that is asked: not of amounts."""
        spoken = kinds_named(asked.question.text) & SPOKEN
        if not spoken or asked.request.operation not in _RANKING:
            return True
        rows = self._rows.exactly(answer.rows, audience)
        names = " ".join(field.name for row in rows for field in row.fields)
        return bool(spoken & (kinds_named(names) | {row.kind for row in rows}))


def _vague(asked: Asked) -> bool:
    """Whether a question asks for the whole of a council or a district, which no table is."""
    request = asked.request
    whole = request.operation in {Operation.SUM, Operation.AVERAGE} and not request.group
    dongs = asked.of_dongs or any(" " not in place for place in asked.places)
    dongs = dongs or RecordKind.AWARD in kinds_named(asked.question.text)
    return whole and bool(asked.bodies or asked.places) and not asked.telling and not dongs
