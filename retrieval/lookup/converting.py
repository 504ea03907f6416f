"""An amount that a question itself names, said in another unit: `731억을 백만원 단위로`."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from corpus import amounts
from corpus.amounts import Amount
from corpus.database import CouncilDatabase
from corpus.messages import say
from corpus.types import Span, Visibility
from retrieval.keywords import any_of
from retrieval.lookup.asked import Asked
from retrieval.lookup.finding import Finder, Found
from retrieval.lookup.rows import Rows
from retrieval.lookup.task import computed
from retrieval.lookup.wording import Citations, Printed
from retrieval.types import Answer, Basis, unmarked

_UNIT = re.compile(r"(?:천만|백만|십만|만|천|억)?\s*원?")
# An amount is in few passages; those that share most words with the question come first.
_PASSAGES = 20


class Converting:
    """Says an amount of the papers in another unit.

    Args:
        database: The council's store.
        rows: Reads records.
        finder: Rates records.
        citations: Makes the citations of one answer.
    """

    def __init__(
        self,
        database: CouncilDatabase,
        rows: Rows,
        finder: Finder,
        citations: Callable[[], Citations],
    ) -> None:
        self._database = database
        self._rows = rows
        self._finder = finder
        self._citations = citations

    def answer(self, asked: Asked, found: Sequence[Found], audience: Visibility) -> Answer | None:
        """The amount in the unit asked for, with the place where a paper prints it.

        Args:
            asked: The question.
            found: Not needed; the amount itself is looked for.
            audience: Highest level that may be seen.

        Returns:
            None where the question names no amount and unit, or no paper prints the amount.
        """
        named = [one for one in amounts.find(asked.question.text) if not _UNIT.fullmatch(one.text)]
        if not asked.request.unit or not named or asked.request.conditions:
            return None
        cite = self._citations()
        mark = self._in_records(asked, named[0], audience, cite) or self._in_prose(
            asked, named[0], audience, cite
        )
        if not mark:
            return None
        text = say(
            "answer.converted",
            amount=named[0].text,
            value=amounts.convert(named[0].won, asked.request.unit),
            full=amounts.format_won(named[0].won),
            label=computed(),
            mark=mark,
        )
        return Answer(
            text=text,
            citations=cite.all(),
            basis=Basis.COMPUTED,
            standalone=asked.question.text,
        )

    def _in_records(
        self, asked: Asked, amount: Amount, audience: Visibility, cite: Citations
    ) -> str:
        rows = self._rows.with_value(amount.won, audience)
        rated = self._finder.rated(rows, asked.weights) if rows else []
        fitting = [one for one in rated if one.coverage > 0 or not asked.weights]
        return cite.add(fitting[0].row) if fitting else ""

    def _in_prose(self, asked: Asked, amount: Amount, audience: Visibility, cite: Citations) -> str:
        term = any_of([f"{amount.won}원"])
        words = any_of(asked.weights) or term
        rows = self._database.read(
            "select p.document_id, p.start, p.text, p.heading, d.name, d.title from passage_terms t"
            " join passages p on p.id = t.rowid join documents d on d.id = p.document_id"
            " where passage_terms match ? and d.visibility <= ?"
            " order by bm25(passage_terms) limit ?",
            [f"{term} AND ({words} OR {term})", int(audience), _PASSAGES],
        )
        for row in rows:
            for one in amounts.find(row["text"]):
                if one.won == amount.won:
                    place = Printed(
                        document_id=row["document_id"],
                        document=row["name"],
                        title=unmarked(row["title"]),
                        heading=unmarked(row["heading"]),
                    )
                    start = row["start"] + one.start
                    return cite.add_line(place, Span(start=start, end=start + len(one.text)))
        return ""
