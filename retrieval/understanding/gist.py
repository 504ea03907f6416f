"""By what a question is known again, in the same words and in like ones."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date

from corpus import dates
from corpus.text import fold
from retrieval.understanding.question import LONGEST, want

# 안 빌려 주나요 and 빌려 주나요 are not answered alike; 안전 (safety) denies nothing.
_DENYING = {"안": ("MAG",), "못": ("MAG",), "없": ("VA",), "아니": ("VCN",)}
_DENYING |= dict.fromkeys(("않", "못하", "말"), ("VX",))
# Marks of sentences; between figures they are part of a number.
_MARKS = re.compile(r"(?<!\d)[.,!?…'\"]|[.,!?…'\"](?!\d)")


def likeness(text: str, terms: Iterable[str], tags: Mapping[str, str], today: date) -> str:
    """The words that carry a question's meaning, in one order, with the kind of answer asked for.

    `우산 빌려 주나요?` and `우산을 빌려주나요` have the same; `우산은 언제 빌려 주나요?` has
    another, and so has a question of 올해 in another year. Questions alike may still ask different
    things: `세 시에 여나요` and `네 시에 여나요`, 부터 and 까지.

    Args:
        text: The question, follow-ups completed.
        terms: Its terms, words of asking left out.
        tags: Part of speech of its morphemes.
        today: What 올해 and 오늘 refer to.

    Returns:
        A line to compare, which ends with `=`; empty for a text without any word that carries
        meaning.
    """
    words = sorted(set(terms))
    if not words:
        return ""
    read = text[:LONGEST]
    days = sorted({one.first.isoformat() for one in dates.relative(read, today) if one.first})
    denied = ["-"] if any(tags.get(word) in tag for word, tag in _DENYING.items()) else []
    kind = want(read.rstrip(" .,!?…"))  # which marks end a question, and how many, tells nothing
    return " ".join((kind.value, *denied, *days, "|", *words, "="))


def wording(text: str) -> str:
    """The letters and figures of a question, by which the very same one is known again.

    >>> wording("우산 빌려 주나요?") == wording("우산, 빌려주나요")
    True
    >>> wording("1.5배인가요?") == wording("15배인가요?")
    False
    """
    return _MARKS.sub("", fold(text))
