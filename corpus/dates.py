"""Dates of papers and questions: printed ones, relative ones, and a paper's own."""

from __future__ import annotations

import re
from itertools import takewhile

from corpus.printed_dates import DateMention, Precision, find
from corpus.relative_dates import relative
from corpus.times import TimeMention, times

__all__ = [
    "DateMention",
    "Precision",
    "TimeMention",
    "document_date",
    "find",
    "relative",
    "times",
]

# Offices space these labels out (배 포 일) and put the date behind them or on the next line.
_LABEL = re.compile(
    r"(?:회\s?의|배\s?포|작\s?성|제\s?출|시\s?행|공\s?고|개\s?최|보\s?고|접\s?수|발\s?의|의\s?결)?\s?"
    r"(?:일\s?시|일\s?자|날\s?짜|연\s?월\s?일|년\s?월\s?일)"
    r"|(?:회\s?의|배\s?포|작\s?성|제\s?출|시\s?행|공\s?고|개\s?최|보\s?도)\s?일(?![가-힣])"
)
# A paper states its date on its first page; a title stands in its first lines, before any prose.
_HEAD_LINES = 40
_TITLE_LINES = 6
_PROSE = re.compile(r".{80}|.*다[.’”]?\s*$")
_BEHIND_LABEL = 40
_TITLE_YEAR = re.compile(r"(?<![\d.,-])(?:19|20)\d\d(?![\d.,]|-\d|\s?(?:명|개|건|원|천|만))")


def document_date(text: str) -> str:
    """The day, month or year that a paper states for itself.

    Labelled lines (회의일시, 제출연월일, 배포일 …) go first, then the first full date of its head,
    then a year in its title. Years are never guessed: `5월 17일` alone gives nothing.

    Args:
        text: The paper's cleaned text; its first 40 lines with words are read.

    Returns:
        `2019-03-07`, `2019-03` or `2019`; empty where the paper does not say.

    >>> document_date("제출연월일 : 2019. 3. .")
    '2019-03'
    """
    lines = [line for line in text[:20_000].splitlines() if line.strip()][:_HEAD_LINES]
    head = "\n".join(lines)
    dated = [mention for mention in find(head) if mention.first is not None]
    labelled = (
        mention
        for label in _LABEL.finditer(head)
        for mention in dated
        if 0 <= mention.start - label.end() <= _BEHIND_LABEL
    )
    full = (mention for mention in dated if mention.precision is Precision.DAY)
    stated = next(labelled, None) or next(full, None)
    title = "\n".join(takewhile(lambda line: not _PROSE.match(line), lines[:_TITLE_LINES]))
    return _iso(stated) if stated else _title_year(title)


def _iso(mention: DateMention) -> str:
    length = {Precision.DAY: 10, Precision.MONTH: 7, Precision.YEAR: 4}[mention.precision]
    return mention.first.isoformat()[:length] if mention.first else ""


def _title_year(title: str) -> str:
    named = next((m for m in find(title) if m.first is not None), None)
    if named:
        return _iso(named)
    bare = _TITLE_YEAR.search(title)
    return bare.group() if bare else ""
