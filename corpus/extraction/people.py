"""Lists of people in minutes: roles with the names behind them, and how many came."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.types import Span

_TITLE = (
    r"(?:(?:공동|실무|민간|공공)\s?)?(?:부\s{0,4})?(?:위\s{0,4}원\s{0,4}장|의\s{0,4}장|회\s{0,4}장|분\s?과\s?장)|(?:당연직|위촉직|민간|공공|전문|자문|참석|출석|불참|결석)?\s?"
    r"(?:위\s{0,6}원|의\s{0,6}원)(?!\s{0,4}장|회|정수|회의)|간\s{0,6}사|감\s{0,6}사|총\s{0,6}무|서\s{0,6}기|고\s?문|사무국장|사무차장|배\s{0,4}석\s?자?|참관인?|"
    r"(?:참석|출석|불참|결석)\s?자|관계\s?공무원|집행부"
)
_ROLE = re.compile(
    rf"(?<![가-힣])(?P<role>{_TITLE})\s*(?:\(\s*\d{{1,3}}\s*명?\s*\)|\d{{1,3}}\s*명)?\s*(?P<mark>[:：\t]|\s(?=\s*[가-힣]))"
)
# 김갑돌, 김 갑 돌, 김○○, 金甲乭; a family name alone is no name.
_NAME = re.compile(
    r"(?P<name>[가-힣]{2,4}|[가-힣](?:[ ]{1,3}[가-힣]){1,3}|[가-힣][○O〇◯*ㅇ]{1,3}|"
    r"[\u4e00-\u9fff]{2,4})"
    r"(?:\s?(?:위원장|부위원장|위원|의원|과장|팀장|동장|국장|간사|회장|대표|관장|센터장|사무국장|주무관|통장|교수|님))?"
    r"(?:\s?[(（](?P<post>[^()（）]{2,30})[)）])?"
)
# A name of three syllables that a line end cut in a list with commas.
_CUT_NAME = re.compile(
    r"(?P<name>[가-힣]\n[ \t]*[가-힣]{2}|[가-힣]{2}\n[ \t]*[가-힣])(?=\s*[,，(（])"
    r"(?:\s?[(（](?P<post>[^()（）]{2,30})[)）])?"
)
# The office before a name: 가람동장 김갑돌.
_POST = re.compile(
    r"[가-힣]{1,12}(?:동장|읍장|면장|과장|팀장|국장|실장|소장|센터장|관장|단장|부장|담당관)\s+(?=[가-힣]{2,4}(?:[\s,，(（]|$))"
)
_SEPARATOR = re.compile(r"[\s,，․·‧・ㆍ∙/、;]*")
_STOP = re.compile(
    r"[<\[【〈]|\(?\s?(?:이상|총|계)\s?\d+\s?명|외\s?\d+\s?(?:명|인)|등\s?\d+\s?(?:명|인)"
)
_OTHERS = re.compile(
    r"(?:외\s?(?:위\s?원\s?)?|(?<![가-힣])위\s?원\s{0,2})(\d{1,3})\s?(?:명|인)(?!\s?중|\s?/|\s?참석)"
)
_NOT_NAMES = frozenset(
    {"참석", "불참", "없음", "전원", "위원", "이상", "붙임", "별첨", "명단", "서명", "참조"}
    | {"회의", "안건", "일시", "장소", "기타", "해당", "사항", "생략", "각동", "관내", "대표"}
    | {"해당없음", "공무원", "발의", "대표발의", "제출", "수석전문"}
)
_COUNTED = (
    re.compile(
        r"(?:위원\s?)?(?:정\s?수|정\s?원|재\s?적|총원|총|전체|대상)\s?(?:위\s?원|인\s?원)?\s?(?:수)?\s?[:：]?\s?(?P<members>\d{1,3})\s?(?:명|인)?\s?"
        r"(?:중|[,，/·]|\s|에서)\s?(?:위원\s?)?(?:위임\s?\d{1,2}\s?명\s?(?:을\s)?포함\s?(?:하여\s)?)?(?:(?:참\s?석|출\s?석)\s?(?:위\s?원|인\s?원|자)?\s?(?:수)?\s?[:：]?\s?(?P<a>\d{1,3})|(?P<b>\d{1,3})\s?(?:명|인)?\s?(?:이\s)?(?:참\s?석|출\s?석))"
    ),
    re.compile(r"위\s?원\s?(?P<members>\d{1,3})\s?명\s?중\s?(?P<a>\d{1,3})\s?명\s?(?:참|출)\s?석"),
    re.compile(
        r"(?:참\s?석|출\s?석)[^\n\d]{0,12}?위\s?원\s?(?P<members>\d{1,3})\s?명\s?중\s?(?P<a>\d{1,3})\s?명"
    ),
    re.compile(
        r"(?:참\s?석|출\s?석)\s?(?:위\s?원|인\s?원|자)?\s?(?:수)?\s?[:：]\s?(?:총\s?)?(?P<a>\d{1,3})\s?(?:명|인)(?:\s?/\s?(?P<members>\d{1,3})\s?(?:명|인)?)?"
    ),
    re.compile(
        r"(?:참\s?석|출\s?석)\s?(?P<a>\d{1,3})\s?(?:명|인)?\s?/\s?(?:재\s?적|정\s?원|정\s?수)\s?(?P<members>\d{1,3})"
    ),
    re.compile(
        r"(?:참|출)\s?석\s?(?:위\s?원|의\s?원|인\s?원|자)?\s?\(\s?(?P<a>\d{1,3})\s?(?:명|인)\s?\)"
    ),
    re.compile(r"(?P<a>\d{1,3})\s?(?:명|인)\s?(?:의\s?위원이\s?)?(?:참\s?석|출\s?석)"),
    re.compile(
        r"(?:재\s?적|위\s?원\s?정\s?수)\s?(?:위\s?원)?\s?[:：]?\s?(?P<members>\d{1,3})\s?(?:명|인)"
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A name of a list with the role it stands under; spans of both."""

    name: str
    span: Span
    role: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Attendance:
    """How many members a body has and how many came; None where it is not printed."""

    members: tuple[int, Span] | None
    present: tuple[int, Span] | None
    span: Span


def people(text: str, start: int, end: int, label: Span | None = None) -> list[Person]:
    """The people of an attendance list.

    Args:
        text: Cleaned text.
        start: Offset of the list.
        end: Offset behind it.
        label: The list's own label, the role of the names before the first role.

    Returns:
        One entry a name, in order, with the nearest role before it; names without a role are
        left out, since prose holds words that look like names.
    """
    found_roles = _ROLE.finditer(text, start, end)
    roles = [
        role for role in found_roles if text[role.start() - 1 : role.start()] not in {"(", "（"}
    ]
    found: list[Person] = []
    if label is not None:
        first = roles[0].start() if roles else end
        found = [
            Person(name=name, span=where, role=own or label)
            for name, where, own in _names(text, start, first)
        ]
    for number, role in enumerate(roles):
        limit = roles[number + 1].start() if number + 1 < len(roles) else end
        span = Span(start=role.start("role"), end=role.end("role"))
        found.extend(
            Person(name=name, span=where, role=own or span)
            for name, where, own in _names(text, role.end(), limit)
        )
    return found


def _names(text: str, start: int, end: int) -> Iterator[tuple[str, Span, Span | None]]:
    """Each name with its place and the role printed in brackets behind it."""
    stop = _STOP.search(text, start, end)
    end = stop.start() if stop else end
    position = start
    while position < end:
        gap = _SEPARATOR.match(text, position, end)
        position = gap.end() if gap else position
        post = _POST.match(text, position, end)
        position = post.end() if post else position
        match = _CUT_NAME.match(text, position, end) or _NAME.match(text, position, end)
        if match is None:
            break
        plain = "".join(match["name"].split())
        behind = text[match.end() : match.end() + 2]
        if plain in _NOT_NAMES or re.match(r"[가-힣:：]|\s?\d", behind):
            break
        own = None
        if match["post"] and re.fullmatch(_TITLE, match["post"].strip()):
            own = Span(start=match.start("post"), end=match.end("post"))
        yield plain, Span(start=match.start("name"), end=match.end("name")), own
        position = match.end()


def unnamed(text: str, start: int, end: int) -> int:
    """How many people a list only counts: 13 in `… 외 13명`; 0 where it names all."""
    return sum(int(match[1]) for match in _OTHERS.finditer(text, start, end))


def attendance(text: str, start: int, end: int) -> Attendance | None:
    """How many there were: `위원정수 30명 중 22명 참석`, `재적 15명, 출석 12명` and the like."""
    for pattern in _COUNTED:
        match = pattern.search(text, start, end)
        if match is None:
            continue
        numbers = {
            name: (int(value), Span(start=match.start(name), end=match.end(name)))
            for name, value in match.groupdict().items()
            if value
        }
        return Attendance(
            members=numbers.get("members"),
            present=numbers.get("a") or numbers.get("b"),
            span=Span(start=match.start(), end=match.end()),
        )
    return None
