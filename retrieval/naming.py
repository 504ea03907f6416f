"""Whether a line is about the very places, days and numbered things that a question names."""

from __future__ import annotations

import re
from functools import lru_cache

from corpus import dates, places
from corpus.text import fold
from retrieval.lookup.qualifiers import agree, coded, of_one_body, own_meeting
from retrieval.understanding.question import Question, Want

MONTH = re.compile(r"(?<![\d.])(1[0-2]|0?[1-9])\s?월(?!간|분)")
_NOT_MONTH = re.compile(r"(1[0-2]|0?[1-9])\s?월\s?(?:말고|빼고|외에|이외|제외)")
_MONTHS = re.compile(r"((?:\d{1,2}\s?[,·․‧]\s?)+\d{1,2})\s?월")
_NUMBERED = re.compile(r"(\d{1,3})\s*[차회]")
# 제3차 회의, 271회 임시회: nothing but a line of that meeting's paper speaks of it.
_SESSION = re.compile(r"(\d{1,3})\s*[차회](?=\s*(?:실무|대표|정기|임시|회의|협의체|위원회|본회의))")
# What one council's meeting decided and who came; its day may be announced in another's minutes.
_OF_MEETINGS = frozenset({Want.COUNT, Want.OUTCOME, Want.LIST})
_FISCAL = re.compile(r"((?:19|20)\d\d)\s?(?:회계|학)\s?연?년?도")


def short_district(district: str) -> str:
    """A district's name without what it is: papers print 서울 for 서울시."""
    name = district.split()[-1]
    short = re.sub(r"(?:특별시|광역시|특별자치[시도]|[시군구도])$", "", name)
    return short if len(short) > 1 else name


def names_all(question: Question, text: str, heading: str, title: str) -> bool:
    """Whether a line is about every place, year and numbered thing that the question names.

    Args:
        question: What is asked.
        text: The line with what stands below it.
        heading: The headings above it.
        title: Title, body and date of the paper.
    """
    around = f"{text} {heading} {title}"
    if question.dongs:
        here = {mention.key for mention in places.find_dongs(around, question.dongs)}
        if not set(question.dongs) <= here:
            return False
    if not agree(question.text, text) or not agree(question.text, around):
        return False
    if not coded(question.text, f"{text} {heading}"):
        return False
    if question.want is Want.OUTCOME and not agree(question.text, title):
        return False  # 제3차's minutes announce 제4차, and do not say what came of it
    meeting = own_meeting(question.packed) if question.want in _OF_MEETINGS else ""
    if meeting and not of_one_body(meeting, title):
        return False  # what another council's minutes say of this one is no result of its meeting
    if not set(_SESSION.findall(question.text)) <= set(_NUMBERED.findall(around)):
        return False
    if not _of_month(question, text if months_left_out(question.text) else around):
        return False
    if question.districts:
        packed = fold(around)
        if not all(fold(short_district(name)) in packed for name in question.districts):
            return False
    return not question.years or _of_year(question, text, heading, title)


def months_left_out(text: str) -> set[int]:
    """Months that a question leaves out: 7월 말고 언제."""
    return set(map(int, _NOT_MONTH.findall(text)))


def _of_month(question: Question, around: str) -> bool:
    """Whether a line, or what stands above it, names the month whose day is asked for."""
    if question.want is not Want.TIME:
        return True
    asked, others = set(map(int, MONTH.findall(question.text))), months_left_out(question.text)
    if not asked:
        return True
    named = {int(month) for month in MONTH.findall(around)}
    named |= {int(part) for run in _MONTHS.findall(around) for part in re.findall(r"\d+", run)}
    named |= {m.first.month for m in dates.find(around) if m.first is not None}
    return bool(named - others) if asked <= others else bool((asked - others) & named)


def _of_year(question: Question, text: str, heading: str, title: str) -> bool:
    """Whether the nearest years around a line are those asked for.

    A date in a line may be of another year than what the heading says the list is about; a paper
    that states no year at all cannot contradict one.
    """
    asked = set(question.years)
    inside, above, paper = (_years(one) for one in (text, heading, title))
    if inside:
        dated = any(m.precision is not dates.Precision.YEAR for m in dates.find(text))
        return bool(asked & inside) or (dated and bool(asked & above))
    return not (above | paper) or bool(asked & (above | paper))


@lru_cache(maxsize=4096)  # lines of one paper share their headings and its title
def _years(text: str) -> frozenset[int]:
    fiscal = {int(year) for year in _FISCAL.findall(text)}
    return frozenset(fiscal | {m.first.year for m in dates.find(text) if m.first is not None})
