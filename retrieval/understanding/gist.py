"""What all wordings of one question have in common, by which it is known again."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from corpus import dates
from retrieval.understanding.question import LONGEST, want

# 안 빌려 주나요 and 빌려 주나요 are not answered alike.
_DENIED = re.compile(r"(?<![가-힣])(?:안|못)\s?(?=[가-힣])|않|없|불가")


def gist(text: str, terms: Iterable[str], today: date) -> str:
    """The words that carry a question's meaning, in one order, with the kind of answer asked for.

    `우산 빌려 주나요?` and `우산을 빌려주나요` have the same; `우산은 언제 빌려 주나요?` has
    another, and so has a question of 올해 in another year.

    Args:
        text: The question, follow-ups completed.
        terms: Its terms, words of asking left out.
        today: What 올해 and 오늘 refer to.

    Returns:
        A line to compare; empty for a text without any word that carries meaning.
    """
    words = sorted(set(terms))
    if not words:
        return ""
    read = text[:LONGEST]
    days = sorted({one.first.isoformat() for one in dates.relative(read, today) if one.first})
    denied = ["-"] if _DENIED.search(read) else []
    return " ".join((want(read).value, *denied, *days, "|", *words))
