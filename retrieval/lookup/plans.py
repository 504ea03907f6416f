"""Plans asked by their codes: `2번 전략`, `1-1`."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from corpus.messages import say
from corpus.records import RecordKind
from retrieval.lookup.asked import Asked
from retrieval.lookup.finding import Found
from retrieval.lookup.row import Row
from retrieval.lookup.wording import Citations
from retrieval.types import Answer, Basis
from retrieval.understanding.request import Operation

_CODE = re.compile(
    r"(?<![\d-])(\d{1,2}(?:-\d{1,2}){1,2})(?![\d-])"
    r"|(?:전략|과제|목표)\s*(\d{1,2})(?!\d)|(\d{1,2})\s*번?\s*(?:째\s*)?(?:추진)?(?:전략|과제)"
)
_LONGEST = 15


class Plans:
    """Answers with the plan items of a code, in every part that has it.

    Args:
        citations: Makes the citations of one answer.
    """

    def __init__(self, citations: Callable[[], Citations]) -> None:
        self._citations = citations

    def answer(self, asked: Asked, found: Sequence[Found], rows: Sequence[Row]) -> Answer | None:
        """What stands under a code.

        Args:
            asked: The question.
            found: Records that may answer, best first: they tell which plan is meant.
            rows: All plan items.

        Returns:
            Each item of that code with what hangs on it; None where no code is named or known.
        """
        match = _CODE.search(asked.question.text)
        if match is None or asked.request.operation not in {Operation.LOOK_UP, Operation.LIST}:
            return None
        code = next(filter(None, match.groups()))
        plans = [one.row.document_id for one in found if one.row.kind is RecordKind.PLAN_ITEM]
        named = [row for row in rows if _bare(row) == code]
        named = [row for row in named if not plans or row.document_id == plans[0]]
        if not named:
            return None
        cite = self._citations()
        texts = [self._item(row, rows, cite) for row in named]
        shown = {row.id for row in named}
        return Answer(
            text="\n".join(texts),
            citations=cite.all(),
            basis=Basis.RECORDS,
            standalone=asked.question.text,
            rows=tuple(row.id for row in rows if row.id in shown or row.parent_id in shown),
        )

    def _item(self, row: Row, rows: Sequence[Row], cite: Citations) -> str:
        below = [other for other in rows if other.parent_id == row.id][:_LONGEST]
        head = f"{row.heading} > {_named(row)} {cite.add(row)}"
        lines = [f"- {_named(other)} {cite.add(other)}" for other in below]
        if lines:
            head = f"{head} {say('answer.below', count=len(lines))}"
        return "\n".join([head, *lines])


def _bare(row: Row) -> str:
    code = row.field("code")
    return code.text.strip(" .)") if code else ""


def _named(row: Row) -> str:
    title = row.field("title")
    return f"{_bare(row)}. {title.text if title else ''}".strip()
