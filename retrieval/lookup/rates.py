"""Shares and rates that a paper prints, which need not be worked out from other values."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache

from corpus.records import FieldType
from corpus.types import Visibility
from retrieval.lookup.asked import Asked
from retrieval.lookup.finding import Found
from retrieval.lookup.telling import Telling
from retrieval.lookup.wording import Citations
from retrieval.types import Answer
from retrieval.understanding.request import Operation

# A printed rate answers only what its row covers all but whole.
_COVERED = 0.75
_SHARE_WORDS = re.compile(r"비율|비중|구성비")


class Rates:
    """Answers with printed rates.

    Args:
        citations: Makes the citations of one answer.
        terms_of: Text to index terms.
    """

    def __init__(self, citations: Callable[[], Citations], terms_of: Callable[[str], str]) -> None:
        self._telling = Telling(citations)
        self._terms_of = terms_of

    def answer(self, asked: Asked, found: Sequence[Found], _: Visibility) -> Answer | None:
        """The rate that a paper prints of the very thing that a question asks the share of.

        Args:
            asked: The question.
            found: Records that may answer, best first.

        Returns:
            None for other questions, and where no row that leaves out nothing has such a rate.
        """
        if asked.request.operation is not Operation.SHARE or asked.request.conditions:
            return None
        said = set(self._terms_of(asked.question.text).split())
        # The rows of a table share their headings, and taking one apart costs a millisecond.
        words_of = cache(lambda name: set(self._terms_of(_SHARE_WORDS.sub(" ", name)).split()))
        for one in found:
            if one.coverage < _COVERED:
                break
            for field in () if one.missing else one.row.typed(FieldType.RATE):
                words = words_of(field.name)
                if field.value is not None and words and words <= said:
                    return self._telling.said(asked, [(one.row, (field,))])
        return None
