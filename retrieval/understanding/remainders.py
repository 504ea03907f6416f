"""What is left of an amount: how questions ask for it, and how papers print it."""

from __future__ import annotations

import re

_MONEY = r"예산|사업비|돈|기금|지원금|보조금|금액|액수|경비|얼마"
_ASKED = re.compile(
    rf"(?:{_MONEY})\S{{0,10}}남[은았아음을]|남[은아]\S{{0,4}}(?:{_MONEY})"
    r"|(?:집행|예산|사업비)?잔액|잔여(?:예산|금|액)|(?:미집행|불용)(?:액|예산|금)?"
    r"|(?:안|못)쓴(?:돈|예산|금액)"
)
_PRINTED = re.compile(r"잔\s?액|잔\s?여|불용|미집행|남[은았아음]")


def rest_asked(packed: str) -> str:
    """The words by which a question without spaces asks what is left; empty where it does not.

    >>> rest_asked("공방예산얼마남았어"), rest_asked("공방예산얼마")
    ('예산얼마남았', '')
    """
    asked = _ASKED.search(packed)
    return asked[0] if asked else ""


def names_rest(text: str) -> bool:
    """Whether a text speaks of what is left."""
    return bool(_PRINTED.search(text))
