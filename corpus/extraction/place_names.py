"""The one place that a cell, a key or a heading names, in the form that records store."""

from __future__ import annotations

import re
from functools import cache

from corpus.places import DistrictMention, dong_key, find_districts, find_dongs

_NEIGHBOURHOOD = re.compile(
    r"(?!(?:전|각|매|모든|전체|해당|타|동별)\s?[동읍면]$)[가-힣]{1,8}[\d\s·]{0,4}[동읍면]"
    r"|(?:[가-힣][ ]{1,3}){2,5}[동읍면]"  # stretched over its cell: 큰 재 동
)


def place_of(text: str) -> str:
    """Canonical name of the place that a text is and no more; empty for anything else.

    >>> place_of("가람 2동"), place_of("부산북구"), place_of("가람2동 주민센터")
    ('가람2동', '부산광역시 북구', '')
    """
    plain = text.strip()
    dongs = find_dongs(plain)
    if len(dongs) == 1 and dongs[0].text == plain and len(dongs[0].keys) == 1:
        return dongs[0].keys[0]
    districts = find_districts(plain)
    if len(districts) == 1 and districts[0].text == plain:
        return canonical(districts[0])
    return ""


def place_in_list(text: str) -> str:
    """As `place_of`, where heading or neighbours already say that a place stands here.

    Then short names (`옥동`) count too, which elsewhere may be everyday words.
    """
    plain = text.strip()
    known = place_of(plain)
    if known:
        return known
    return dong_key(plain) if _NEIGHBOURHOOD.fullmatch(plain) else ""


def canonical(mention: DistrictMention) -> str:
    """A district with its province (`부산광역시 북구`); as printed where several share it."""
    district = mention.district
    if district is None:
        return "".join(mention.text.split())
    if district.kind == "시도":
        return district.name
    return f"{_official(district.sido)} {district.name}"


@cache
def _official(sido: str) -> str:
    """The official name of a province from its short one."""
    for name in (sido, f"{sido}도"):
        for mention in find_districts(name):
            for candidate in mention.candidates:
                if candidate.kind == "시도":
                    return candidate.name
    return sido
