"""Whose paper it is: the municipality or council that a paper speaks for."""

from __future__ import annotations

import re
from collections import Counter

# Places one within the other, as printed: 다온시 가람구, 나래군 바람면.
_SEAT = (
    r"(?P<seat>[가-힣]{2,5}?(?:특별시|광역시|특별자치[시도]|[시군구도])"
    r"(?:\s[가-힣]{2,5}?[시군구])?(?:\s[가-힣]{1,5}\d?[동읍면])?)"
)
# What makes a place an office: 가람구청장, 나래군수, 다온시의회, 라온구 지역사회보장협의체.
_OFFICE = re.compile(
    rf"(?<![가-힣]){_SEAT}(?:청장|청|의회|\s?지역사회보장협의체|\s?주민자치회"
    r"|(?<=군)수(?=[\s).,]|$))",
    re.MULTILINE,
)
_LABELLED = re.compile(
    r"(?:제\s*출\s*자|작\s*성\s*(?:자|기\s*관)?|발\s*신|발\s*행|시\s*행\s*(?:자|기\s*관))"
    rf"\s*[:：]?\s*{_SEAT}(?:청장|청|장|수|의회)"
)
# A title that begins with a name: 가람구 2031년 예산.
_TITLED = re.compile(rf"(?:^|(?<=\s)){_SEAT}(?=\s|의회|청|$)")
# Words that end like a municipality: 일시, 다시, 도구, 요구, 지도, 제도.
_NO_SEAT = re.compile(
    r".*(?:일시|다시|반드시|즉시|실시|개시|고시|공시|표시|제시|상시|임시|수시|동시|필시|도구|요구|연구|가구|기구"
    r"|지구|시군구|친구|창구|복구|제도|지도|정도|속도|년도|연도|온도|각도|태도|빈도|만족도|읍면동|시도)$"
)
# One press release names many offices; it is nobody's but its ministry's.
_MOSTLY = 0.7


def issuer(text: str, title: str, name: str) -> str:
    """The municipality that a paper is of.

    Args:
        text: The cleaned text.
        title: Its title.
        name: Its file name.

    Returns:
        Its name as printed (`가람구`): the one that submits the paper, else the one that its title
        or name begins with, else the one that nearly all offices in the text belong to; empty
        where none of these is there.
    """
    for pattern, place in ((_LABELLED, text), (_TITLED, title), (_TITLED, name)):
        for match in pattern.finditer(place):
            if not _NO_SEAT.match(match["seat"]):
                return match["seat"]
    named = Counter(
        match["seat"] for match in _OFFICE.finditer(text) if not _NO_SEAT.match(match["seat"])
    )
    if not named:
        return ""
    seat, count = named.most_common(1)[0]
    return seat if count >= _MOSTLY * named.total() else ""
