"""Turns of speech in minutes: `○위원장 김○○ …`, `- 김○○ 위원 : …`, `⇒ 복지과장 : …`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.extraction.lines import Line
from corpus.types import Span

_NAME = (
    r"(?!출석|참석|불참|선임|사임|보임)"
    r"(?:[가-힣]{2,4}|[가-힣][○O〇◯*ㅇ×]{1,3}|[○〇◯]{2,3}|[\u4e00-\u9fff]{2,4})"
)
_MEMBER = r"(?:위\s?원|의\s?원|대표위원|주민)"
_CHAIR = r"(?:부?위원장|부?의장|부?회장|대표|간사|부?분과장|사회자|진행자)"
_OFFICIAL = (
    r"(?:[가-힣]{0,14}(?:과장|팀장|국장|실장|소장|동장|센터장|관장|단장|본부장|부장|처장|차관|장관|청장|구청장|"
    r"시장|군수|부구청장|담당관|정책관|기획관|주무관|사무관|서기관|전문위원|담당자?|사무국장)|집행부|담당부서)"
)
_ROLE = rf"(?:[가-힣]{{0,10}}{_CHAIR}|{_OFFICIAL}|{_MEMBER})"
_SPEAKER = rf"(?P<speaker>(?:{_NAME}\s+{_ROLE}|{_ROLE}(?:직무대리)?\s+{_NAME}|{_ROLE}))"
_ASSEMBLY = re.compile(rf"[○◯〇❍◎●]\s?{_SPEAKER}(?:\s+|$)(?=[^\s:：]|$)")
_COLON = re.compile(
    rf"(?:⇒|→|➡|[-·•・○▶※]|\d{{1,2}}[.)])?\s*[(\[<]?{_SPEAKER}[)\]>]?(?:\s*[:：]\s*|(?<=[)\]])\s+(?=\S))"
)
_DEPARTMENT = re.compile(
    r"\(?(?!\S*(?:결과|효과|성과|장소|주소|활동|이동|행동|운동)[\s:)])"
    r"(?P<speaker>[가-힣]{2,12}(?:과|팀|실|국|센터|담당관|소|동))\)?\s*(?:[:：]\s*|(?<=\))\s*)"
)
_ASIDE = re.compile(
    r"\(\s?(?:\d{1,2}시\s?\d{1,2}분|[^()]{0,30}(?:하는\s위원|인사|설명|끝에|실음|계속|선포))[^()]*\)"
)
_NOT_A_MEMBER = re.compile(r"위원장|부위원장|전문위원")


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """What one person says without another one in between.

    Attributes:
        speaker: Where the name and role stand.
        role: `member`, `chair` or `official`.
        text: Where the words stand.
    """

    speaker: Span
    role: str
    text: Span


def prefix(text: str, start: int, end: int) -> re.Match[str] | None:
    """A speaker or department with a colon at the start of a statement; None without one."""
    return _COLON.match(text, start, end) or _DEPARTMENT.match(text, start, end)


def role(speaker: str) -> str:
    """What somebody is at a meeting: `member`, `chair` or `official`."""
    plain = "".join(speaker.split())
    if re.search(_OFFICIAL, plain) or re.fullmatch(r"[가-힣]{2,12}(?:과|팀|실|국|센터)", plain):
        return "official"
    if re.search(_CHAIR, plain) and not re.fullmatch(rf"{_NAME}?위원", plain):
        return "chair"
    return "member"


def turns(text: str, printed: Sequence[Line]) -> list[Turn]:
    """The turns of verbatim minutes, whose speakers stand behind a circle.

    Args:
        text: Cleaned text.
        printed: Its lines.

    Returns:
        The turns in order; each goes on to the next speaker, a numbered heading, or an aside in
        brackets on a line of its own. Fewer than three turns are no conversation and give none.
    """
    found: list[Turn] = []
    last = None
    for line in printed:
        match = _ASSEMBLY.match(text, line.start, line.end)
        if match:
            speaker = Span(start=match.start("speaker"), end=match.end("speaker"))
            name = text[speaker.start : speaker.end]
            last = Turn(
                speaker=speaker, role=role(name), text=Span(start=match.end(), end=line.end)
            )
            found.append(last)
        elif last and (line.family in {"number", "circle"} or _ASIDE.match(text, line.start)):
            last = None
        elif last:
            last = Turn(
                speaker=last.speaker, role=last.role, text=Span(start=last.text.start, end=line.end)
            )
            found[-1] = last
    return found if len(found) > _FEWEST_TURNS else []


_FEWEST_TURNS = 2
