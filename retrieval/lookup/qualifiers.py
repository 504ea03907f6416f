"""Words that tell like things apart: 제2차, 상반기, 3분기, 제5기."""

from __future__ import annotations

import re
from functools import lru_cache

_FAMILIES = (
    re.compile(r"제?\s*(\d{1,2})\s*차(?!\s*(?:사업|산업|선))"),
    re.compile(r"([상하])\s*반기"),
    re.compile(r"(\d)(?:\s*/\s*4)?\s*분기"),
    re.compile(r"제?\s*(\d{1,2})\s*기(?![가-힣])"),
    re.compile(r"(\d{1,2})\s*호점"),
    re.compile(r"(\d{1,2})\s*월\s*(?:정기|임시)\s*회의"),
)

# 제1차 회의, 제1호 회의록 of an assembly are held against the number that its minutes bear.
_WHICH_MEETING = re.compile(r"제?\s*(\d{1,3})\s*(?:차\s*회의|호\s*회의록)")
_MINUTES_OF = re.compile(r"회의록\s?\(제(\d{1,3})호\)")
_PARTS_OF_YEAR = _FAMILIES[1:3]


# 1-1, 2-3-1: codes of plans; not 2-3명, 010-0000 or 3-4월.
_CODE = re.compile(r"(?<![\d-])(\d{1,2}(?:-\d{1,2}){1,2})(?![\d-]|\s?[월일명회개시])")


# 제41조, 8조; not 2조 원.
_ARTICLE = re.compile(r"(?<![\d.])(\d{1,3})\s*조(?!\s*[\d원])")
_STRATEGY = re.compile(r"(\d{1,2})\s*번\s*(?:째\s*)?(?:추진)?(?:전략|과제)")


def coded(question: str, text: str) -> bool:
    """Whether a text holds every code of a plan (`1-1`) that a question names.

    >>> coded("시행계획 1-2 예산", "1-2. 안부 확인"), coded("시행계획 1-2 예산", "1-12. 안부 확인")
    (True, False)
    """
    numbered = _STRATEGY.search(question)
    if numbered and not re.search(
        rf"전략\s*{numbered[1]}(?!\d)|(?<![\d-]){numbered[1]}[.)번]", text
    ):
        return False
    if not set(_ARTICLE.findall(question)) <= set(_ARTICLE.findall(text)):
        return False
    return set(_CODE.findall(question)) <= set(_CODE.findall(text))


_LEVELS = re.compile(r"(대표|실무)\s?(?:협의체|위원장)")


_OWN_MEETING = re.compile(
    r"(?:대표|실무)협의체(?:의|는|은|에서|에는|엔)?(?:\d{1,4}[년월일차](?:의|에)?){0,4}(?:정기)?(?:회의|심의|위원)?(?:에서|에는|엔|의|은|이)?"
    r"(?:결과|회의|참석|출석|안건|몇)"
)


def own_meeting(packed: str) -> str:
    """How a question asks of one council's own meeting (`대표협의체회의`); empty without."""
    meeting = _OWN_MEETING.search(packed)
    return meeting[0] if meeting else ""


def of_one_body(question: str, text: str) -> bool:
    """Whether a text may be about the council (representative or working) that a question names.

    >>> of_one_body("대표협의체 위원장 누구", "실무협의체 위원장 김갑돌")
    False
    """
    asked, printed = set(_LEVELS.findall(question)), set(_LEVELS.findall(text))
    return not asked or not printed or bool(asked & printed)


def agree(question: str, text: str) -> bool:
    """Whether a text may be about what a question names with a number or a half of the year.

    Args:
        question: The question.
        text: Headings, titles and words of a record or a sentence.

    Returns:
        False where the question names one of a family (제1차) and the text only others (제2차).

    >>> agree("2025년 제1차 회의 언제", "2025년 제2차 실무협의체"), agree("회의 언제", "제2차 회의")
    (False, True)
    """
    meetings = frozenset(_WHICH_MEETING.findall(question))
    told = frozenset(_MINUTES_OF.findall(text)) if meetings else frozenset()
    if told and not meetings & told:
        return False
    for family, asked in _named(question):
        printed = set(family.findall(text))
        if printed and not asked & printed:
            return False
    return True


def names_one_of_many(question: str) -> bool:
    """Whether a question names any number or half of the year that `agree` compares."""
    return bool(_named(question))


def names_part_of_year(question: str) -> bool:
    """Whether a question names a half or a quarter of a year."""
    return any(family in _PARTS_OF_YEAR for family, _ in _named(question))


@lru_cache(maxsize=64)  # one question is held against thousands of rows
def _named(question: str) -> tuple[tuple[re.Pattern[str], frozenset[str]], ...]:
    """The families that a question names, with its members of each; most questions name none."""
    named = ((family, frozenset(family.findall(question))) for family in _FAMILIES)
    return tuple(one for one in named if one[1])
