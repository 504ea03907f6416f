"""Counts that one line of a paper states together: `8대 추진전략, 44개 세부사업`."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from corpus.records import Field, FieldType, RecordKind
from retrieval.lookup.asked import Asked
from retrieval.lookup.finding import Found
from retrieval.lookup.row import Row
from retrieval.understanding.question import Want

_HOW_MANY = re.compile(r"몇\s*[가-힣]")
_APART = re.compile(r"나눠|나누어|각각|구분해|따로")
_SEVERAL = 2


def counts_beside(
    asked: Asked, best: Row, found: Sequence[Found], terms_of: Callable[[str], str]
) -> list[tuple[Row, tuple[Field, ...]]]:
    """The counts of one line that a question asks for together: strategies and their projects.

    Args:
        asked: The question.
        best: The record that fits it best.
        found: Records that may answer.
        terms_of: Text to index terms.

    Returns:
        Rows with their counts, in printed order; none where the question asks for one, or the
        line states but one of them.
    """
    if best.kind is not RecordKind.FACT or asked.question.want is not Want.COUNT:
        return []
    said = set(terms_of(asked.question.text).split())
    every = [one.row for one in found if one.row.spans == best.spans] if best.spans else []
    named = [row for row in every if set(terms_of(row.fields[0].text).split()[:1]) <= said]
    asking = len(_HOW_MANY.findall(asked.question.text)) > 1 or _APART.search(asked.question.text)
    apart = _APART.search(asked.question.text)
    if not asking or len(named) < _SEVERAL or (best not in named and not apart):
        return []
    rows = every if apart else named
    rows = sorted(rows, key=lambda row: row.id)
    return [(row, row.typed(FieldType.COUNT)[:1]) for row in rows if row.typed(FieldType.COUNT)]
