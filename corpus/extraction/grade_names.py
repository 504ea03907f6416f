"""Grades of awards: their names, their ranks, and how lists print them."""

from __future__ import annotations

import re

# Best first, as offices rank them; grades of one tuple stand equal.
_RANKS = (
    ("대상", "최고상", "S등급", "대통령상"),
    ("최우수", "금상", "A등급", "국무총리상"),
    ("우수", "은상", "B등급", "장관상"),
    ("장려", "동상", "C등급"),
    ("특별상", "노력상", "입상", "가작", "참가상", "D등급"),
)
GRADE = (
    r"(?:종합\s?)?(?:최\s?우수상?|우\s?수상?|장\s?려상?|대\s?상|최고상|특별상|노력상|금상|은상|동상|입상|가작|"
    r"참가상|대통령상|국무총리상|장관상|[SABCD]등급)(?:\s?(?:기관|지자체|자치구|동))?"
)
_COUNTER = r"(?:개\s?(?:소|곳|구|동|기관|시군구|팀|단체)?|곳|명|팀)"
# `대상(4)`, `최우수 2곳:`, `우수상 :`; the first bracket holds how many there are.
HEAD = re.compile(
    rf"(?:(?<=[\s;/‣▸▪•▶◦,(])|^)(?P<grade>{GRADE})"
    rf"(?:\s?\(\s?(?P<count>\d{{1,3}})\s?{_COUNTER}?\s?\)\s?[:：]?"
    rf"|\s?(?P<of>\d{{1,3}})\s?{_COUNTER}\s?[:：(]|\s?(?P<colon>[:：]))",
    re.MULTILINE,
)
# `37개 대상 3, 최우수 7, 우수 27`, `소계`: sums up what stands below it.
FOOTING = re.compile(rf"(?:{GRADE}\s?\d+.*){{2,}}|^(?:소|합|총)?\s?계\b|^\d+\s?개(?:소)?$")


def rank(grade: str) -> int:
    """0 for the highest grade; a name without a rank comes last."""
    plain = "".join(grade.split())
    # 최우수 contains 우수: the longest name decides.
    found = [
        (len(name), order) for order, names in enumerate(_RANKS) for name in names if name in plain
    ]
    return max(found)[1] if found else len(_RANKS)
