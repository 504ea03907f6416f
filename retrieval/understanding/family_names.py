"""Family names, by which names of people are told, also with a space behind each syllable."""

from __future__ import annotations

import re

FAMILY = (
    "김이박최정강조윤장임한오서신권황안송류전홍고문양손배백허유남심노하곽성차주우구나민진지엄채원천방공현함"
    "변염여추도소석선설마길연위표명기반왕금옥육인맹제모탁국어은편용예경봉사부가복태목형피두감호음빈동온"
)
"""The commonest Korean family names: a name of two or three syllables begins with one of them."""

# 이 두 곳, 한 번 더: determiners and counters are no given names.
_SPACED = re.compile(
    rf"(?<![가-힣\d])([{FAMILY}]) ([가-힣]) ([가-힣])"
    r"(?= (?:이|가|은|는|을|를|의|씨|님)(?![가-힣])"
    r"| (?:부?위원|의원|팀|과|국|실|구청|시|군|동|센터|주무관|담당|간사|대표|장관)"
    r"|[은는이가을를의]?\s?(?:누구|누굽|연락|전화|어디|$)|[?？]|$)"
)
_NO_NAME = re.compile(r".[두세네한몇큰더다안못].|..[곳개명건번것거수분데중날때]")


# A name right before what somebody is called: 홍길동 위원, 김갑순 씨.
_NAME = re.compile(rf"[{FAMILY}][가-힣]{{2}}")
_CALLED = re.compile(r"부?위원장?|의원|회원|씨|님|선생|주무관|사무관|[팀과국]장")


def is_called(word: str, after: str) -> bool:
    """Whether a word is the name of a person, by what stands behind it; names have no spelling."""
    return bool(_NAME.fullmatch(word) and _CALLED.match(after))


def names_joined(text: str) -> str:
    """A text with the names of people that are typed `홍 길 동` put together.

    >>> names_joined("김 갑 돌 위원장 맞나요"), names_joined("이 두 곳 위원은")
    ('김갑돌 위원장 맞나요', '이 두 곳 위원은')
    """
    return _SPACED.sub(_joined, text)


def _joined(match: re.Match[str]) -> str:
    name = "".join(match.groups())
    return match[0] if _NO_NAME.fullmatch(name) else name
