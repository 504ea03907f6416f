"""Dates of papers and questions: printed ones, relative ones, and a paper's own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise, takewhile

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
    r"(?<![가-힣])(?:회\s?의|배\s?포|보\s?도|작\s?성|제\s?출|시\s?행|공\s?고|보\s?고|접\s?수|발\s?의|의\s?결|발\s?행)"
    r"\s?(?:(?:일\s?시|일\s?자|날\s?짜|연\s?월\s?일|년\s?월\s?일)(?![가-힣])|일(?!\s?[가-힣]))"
    r"|(?<![가-힣])(?:보\s?도\s?시\s?점|배\s?포)(?=[\s:：]{1,8}\d)"
)
# A letter is dated behind its number, at its foot: 시행 복지과-1234 (2019. 3. 7.).
_LETTER = re.compile(r"(?<![가-힣])시\s?행[\s:：]{1,20}[^\s\d][^\n]{0,30}?-\s?\d{1,6}[\s(]{0,8}")
# When something takes place, which is the paper's own day only where it states no other.
_EVENT = re.compile(
    r"(?<![가-힣])(?:개\s?최\s?)?(?:일\s?시|일\s?자|날\s?짜|연\s?월\s?일)(?![가-힣])"
    r"|(?<![가-힣])개\s?최\s?일(?!\s?[가-힣])"
)
# The state of things that a paper gives: (작성: 복지과, 2019. 3. 7. 현재), 기준일: 2019. 3. 7.
_STAMP_BEFORE = re.compile(r"(?:작\s?성|기\s?준\s?일?)\s?[:：][^\n:：]{0,40}$")
_STAMP_BEHIND = re.compile(r"\s?(?:현\s?재|기\s?준|작\s?성)")
# Days of something else: another paper, a deadline, a beginning, a law.
_FOREIGN_BEFORE = re.compile(
    r"(?:관련|근거|당초|기한|마감|기간|신청|모집|예정|완료|제출)[^\n.]{0,12}$|~\s?$|-\s?\d+\s?호?\s?[(,]\s?$"
)
_FOREIGN_BEHIND = re.compile(
    r"\s?\)?\s?(?:까지|이내|이전|이후|부터|~|예정|마감|제정|개정|공포|호(?![가-힣]))"
)
_SIGNER = re.compile(
    r".{0,28}(?:장|장관|위원회|협의체|자치회|협의회|센터|대표)(?:\(?직인\)?|\(인\))?"
)
# A paper states its date on its first page; a title stands in its first lines, before any prose.
_HEAD_LINES = 40
_TITLE_LINES = 6
_PROSE = re.compile(r".{80}|.*다[.’”]?\s*$")
_READ = 20_000
_BEHIND_LABEL = 40
_BEFORE = 60
_TITLE_YEAR = re.compile(r"(?<![\d.,-])(?:19|20)\d\d(?![\d.,]|-\d|\s?(?:명|개|건|원|천|만))")


def document_date(text: str) -> str:
    """The day, month or year that a paper states for itself.

    In this order: a letter's own number and date (시행 …), a labelled day (회의일시, 배포일 …),
    the day above a signature, the newest state of things given at the top (… 현재), when something
    takes place (일시), another day at the top, and a year in the title. Deadlines, periods and
    the days of other papers are passed over. Years are never guessed: `5월 17일` gives nothing.

    Args:
        text: The paper's cleaned text; its first 40 lines with words are read, and what lies
            further down for a letter's foot or a signature.

    Returns:
        `2019-03-07`, `2019-03` or `2019`; empty where the paper does not say.

    >>> document_date("제출연월일 : 2019. 3. .")
    '2019-03'
    """
    lines = [line for line in text[:_READ].splitlines() if line.strip()]
    whole, head = "\n".join(lines), "\n".join(lines[:_HEAD_LINES])
    top = list(takewhile(lambda line: not _PROSE.match(line), lines[:_TITLE_LINES]))
    dated = [mention for mention in find(whole) if mention.first is not None]
    in_head = [mention for mention in dated if mention.end <= len(head)]
    at_top = [mention for mention in in_head if mention.end <= len("\n".join(top))]
    stated = (
        next(_behind(whole, dated, _LETTER, within=2), None)
        or next(_behind(head, in_head, _LABEL), None)
        or next(_signed(lines, dated), None)
        or _newest_stamp(whole, at_top)
        or next(_behind(head, in_head, _EVENT), None)
        or next(_own(whole, at_top), None)
        or _newest_stamp(whole, in_head)
        or next(_own(whole, in_head), None)
    )
    return _iso(stated) if stated else _title_year(top)


def _behind(
    text: str, dated: Sequence[DateMention], label: re.Pattern[str], within: int = _BEHIND_LABEL
) -> Iterator[DateMention]:
    """Dates right behind a label, on its line or the next one."""
    for match in label.finditer(text):
        for mention in dated:
            between = text[match.end() : mention.start]
            near = 0 <= mention.start - match.end() <= within and between.count("\n") <= 1
            if near and not _FOREIGN_BEHIND.match(text, mention.end):
                yield mention


def _signed(lines: Sequence[str], dated: Sequence[DateMention]) -> Iterator[DateMention]:
    """Dates on a line of their own above the name of an office or its head."""
    starts = {mention.start: mention for mention in dated}
    position = 0
    for line, below in pairwise(lines):
        mention = starts.get(position + len(line) - len(line.lstrip()))
        alone = mention is not None and len(mention.text) >= len(line.strip()) - 1
        if mention and alone and _SIGNER.fullmatch("".join(below.split())):
            yield mention
        position += len(line) + 1


def _newest_stamp(text: str, dated: Sequence[DateMention]) -> DateMention | None:
    stamps = [
        mention
        for mention in dated
        if mention.precision is Precision.DAY
        and (
            _STAMP_BEHIND.match(text, mention.end)
            or _STAMP_BEFORE.search(text[max(0, mention.start - _BEFORE) : mention.start])
        )
        and not _PROSE.match(_line_of(text, mention))
    ]
    return max(
        stamps, key=lambda mention: (mention.first or mention.last, -mention.start), default=None
    )


def _own(text: str, dated: Sequence[DateMention]) -> Iterator[DateMention]:
    """Single days that nothing around them gives to something else."""
    for mention in dated:
        line = _line_of(text, mention)
        alone = len(mention.text) >= len(line.strip()) - 1
        single = mention.precision is Precision.DAY and mention.first == mention.last
        if not (single or (alone and mention.precision is Precision.MONTH)):
            continue
        before = text[max(0, mention.start - _BEFORE) : mention.start]
        foreign = _FOREIGN_BEFORE.search(before) or _FOREIGN_BEHIND.match(text, mention.end)
        if not (foreign or "\t" in line or _PROSE.match(line)):
            yield mention


def _line_of(text: str, mention: DateMention) -> str:
    start = text.rfind("\n", 0, mention.start) + 1
    end = text.find("\n", mention.end)
    return text[start : len(text) if end < 0 else end]


def _iso(mention: DateMention) -> str:
    length = {Precision.DAY: 10, Precision.MONTH: 7, Precision.YEAR: 4}[mention.precision]
    return mention.first.isoformat()[:length] if mention.first else ""


def _title_year(top: Sequence[str]) -> str:
    title = "\n".join(top)
    named = next((m for m in find(title) if m.first is not None), None)
    if named:
        return _iso(named)
    bare = _TITLE_YEAR.search(title)
    return bare.group() if bare else ""
