"""The programme that comes near to what somebody looks for in words that no paper prints."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.messages import say
from corpus.records import RecordKind
from corpus.types import Visibility
from retrieval.lookup.lookup import Lookup
from retrieval.lookup.row import Row
from retrieval.lookup.values import whole
from retrieval.lookup.wording import label, value_of
from retrieval.search import HybridSearch
from retrieval.types import Answer, Basis, Hit
from retrieval.understanding.seeking import seeks

# Of 25 everyday questions about 26 programmes the one that was meant led the next by 0.012 to
# 0.037; where none was meant, the first led by 0.000 to 0.013.
_LEAD = 0.015
# Of fewer programmes a lead says little.
_FEWEST = 5
_MOST = 60
_LONGEST = 300


class NearServices:
    """Finds it by meaning.

    Args:
        search: Knows how near texts are to a question.
        lookup: Reads the programmes.
    """

    def __init__(self, search: HybridSearch, lookup: Lookup) -> None:
        self._search = search
        self._lookup = lookup

    def answer(self, question: str, hits: Sequence[Hit], audience: Visibility) -> Answer | None:
        """An honest no with the programme that comes near.

        Args:
            question: A question that nothing printed answers.
            hits: The passages that come near to it.
            audience: Highest level that may be seen.

        Returns:
            None for questions that look for no service, without vectors, and where no programme
            stands out.
        """
        rows = self._programmes(hits, audience) if seeks(question) else []
        if len(rows) < _FEWEST:
            return None
        nearness = self._search.nearness(question, [_meaning(row) for row in rows])
        if nearness is None:
            return None
        (first, row), (second, _) = sorted(
            zip(nearness, rows, strict=True), key=lambda pair: -pair[0]
        )[:2]
        return self._told(question, row, audience) if first - second >= _LEAD else None

    def _programmes(self, hits: Sequence[Hit], audience: Visibility) -> list[Row]:
        """The programmes of the papers found, each name once."""
        papers = dict.fromkeys(hit.passage.document_id for hit in hits)
        rows = [
            row
            for number in papers
            for row in self._lookup.rows(number, audience)
            if row.kind is RecordKind.PROGRAMME
        ]
        return list({label(row): row for row in reversed(rows)}.values())[-_MOST:]

    def _told(self, question: str, row: Row, audience: Visibility) -> Answer:
        cite = self._lookup.citations()
        told = " · ".join(value_of(field) for field in whole(row) if field.text != label(row))
        text = say("answer.near_service", name=label(row), told=told, mark=cite.add(row))
        return Answer(
            text=f"{say('answer.not_found')}\n{text}",
            citations=cite.all(),
            basis=Basis.NONE,
            standalone=question,
            rows=(row.id,),
        )


def _meaning(row: Row) -> str:
    """What a programme is and whom it is for, without where to call."""
    said = (field.text for field in whole(row) if not re.search(r"\d{3,4}-\d{4}", field.text))
    return f"{label(row)} {' '.join(said)}"[:_LONGEST]
