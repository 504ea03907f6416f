"""What became of an agenda item, and who presented it, read from its stretch of the minutes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from corpus.extraction.lines import Line
from corpus.types import Span

_VERDICT = (
    r"(?:가\s?결|의\s?결|승\s?인|채\s?택|통\s?과|부\s?결|보\s?류|유\s?보|계\s?류|상\s?정|철\s?회|폐\s?기|접\s?수|동\s?의|재\s?심의|"
    r"재\s?검토|선\s?출|선\s?임|위\s?촉)"
)
_HOW = r"(?:원\s?안|수\s?정|조건부|만장\s?일치|이의\s?없이|전원|일부|차기|재적|찬성|거수)"
_ENDING = (
    r"(?:함|됨|하다|되다|하기로\s?(?:함|결정함?|의결함?)|되었음|하였음|되었습니다|하였습니다|"
    r"합니다|키로\s?함|의견)?"
)
# A line that is nothing but a result, as boxes print it.
_LINE = re.compile(
    rf"[\[(]?(?:{_HOW}[가-힣()·,\s]{{0,25}}?)?{_VERDICT}\s?{_ENDING}[.)\]]?|원안\s?대로[가-힣()\s]{{0,20}}|"
    r"보\s?고(?:\s?(?:완료|접수|받음|함|로\s?갈음(?:함)?))?"
)
_LABELLED = re.compile(
    r"(?:⇒|→|➡|☞|[-·○▶※])?\s*[\[(<]?(?:심\s?의|검\s?토|의\s?결|표\s?결|회\s?의|처\s?리|결\s?정)?\s?(?:결\s?과|사\s?항|내\s?용)(?:[\])>]?\s*[:：]|[\])>])\s*(?P<result>.{2,60})$"
)
_ARROW = re.compile(
    rf"(?:⇒|→|➡|☞|[-·])\s*(?P<result>.{{0,30}}?{_HOW}?.{{0,25}}{_VERDICT}\s?{_ENDING}[.)]?(?:\s?\([^()]{{1,40}}\))?)$"
)
_BRACKETED = re.compile(rf"[(\[](?P<result>[가-힣\s]{{0,16}}{_VERDICT}[가-힣\s]{{0,4}})[)\]]\s*$")
# The chair's sentence in minutes that keep a dialogue: `… 수정하여 의결함`.
_TOLD = re.compile(
    rf"[:：]\s*(?P<result>(?:원\s?안|수\s?정|조건부|만장\s?일치|전원|이의\s?없이)[^.:]{{0,40}}{_VERDICT}"
    r"(?:함|됨|하기로\s?(?:함|결정함?))[.]?)$"
)
_DECLARED = re.compile(
    rf"(?P<result>(?:{_HOW}(?:\s?대로)?|{_HOW}[가-힣\s]{{0,10}})?\s*{_VERDICT})(?:되었음|하였음|되었|된\s?것으로|함)[가-힣]{{0,4}}\s*(?:선포|의결|결정)"
    r"|(?P<later>(?:계속|다시|추후)\s?심사)하기로\s?결정"
)
_RANK = (
    r"(?:팀장|과장|국장|실장|소장|동장|센터장|관장|단장|부장|담당관|주무관|사무관|위원장|부위원장|"
    r"위원|간사|사무국장|대표|회장)"
)
_TEAM = r"(?P<{}>[가-힣]{{2,14}}(?:과|팀|실|국|센터|담당관|소|동|복지관|재단|단))"
_PERSON = r"(?P<{}>[가-힣]{{2,4}}|[가-힣][○O〇*]{{2}})"
_TELLING = r"(?:제\s?안\s?설\s?명|설\s?명|보\s?고|발\s?표|제\s?안)"
_PRESENTED = re.compile(
    rf"{_TELLING}[^()\n]{{0,12}}\s*\(\s*(?:{_TEAM.format('team')}\s+)?{_PERSON.format('name')}\s+{_RANK}\s*\)"
    rf"|{_TELLING}[^()\n]{{0,12}}\s*\(\s*(?:{_TEAM.format('team2')}\s+)?{_RANK}\s+{_PERSON.format('name2')}\s*\)"
    rf"|(?:{_TELLING}\s?(?:자|진행)?)\s*[:：]\s*(?:{_TEAM.format('team3')}\s+)?(?:{_RANK}\s+{_PERSON.format('name3')}|{_PERSON.format('name4')}\s+{_RANK})"
    rf"|{_TELLING}\s?(?:자|진행)?\s*[:：(]\s*{_TEAM.format('team5')}장\s+{_PERSON.format('name5')}",
)
_OFFICIAL = re.compile(
    r"[○◯〇❍◎●]\s?(?:(?P<team>[가-힣]{1,12}(?:과|국|실|소|관|팀|센터))장|[가-힣]{2,14}관)"
    r"\s+(?P<name>[가-힣]{2,4})(?=\s|$)"
)


def is_result(words: str) -> bool:
    """Whether a line is nothing but the result of an agenda item."""
    return _LINE.fullmatch(words.strip()) is not None


def result(text: str, inside: Sequence[Line]) -> Span | None:
    """Where the result is printed between the lines of one agenda item; None if it is not."""
    for line in inside:
        labelled = _LABELLED.match(text, line.start, line.end)
        if labelled and re.search(rf"{_VERDICT}|원안|보고", labelled["result"]):
            return Span(start=labelled.start("result"), end=line.end)
        for piece in re.finditer(r"[^\t]+", text[line.body : line.end]):
            if is_result(piece[0]):
                return Span(start=line.body + piece.start(), end=line.body + piece.end())
        for pattern in (_ARROW, _BRACKETED, _TOLD):
            match = pattern.search(text, line.start, line.end)
            if match and (match.start() == line.start or pattern is not _ARROW):
                return Span(start=match.start("result"), end=match.end("result"))
    return _declared(text, inside)


def _declared(text: str, inside: Sequence[Line]) -> Span | None:
    """`가결되었음을 선포합니다`: the last one counts, after all votes on amendments."""
    if not inside:
        return None
    found = list(_DECLARED.finditer(text, inside[0].start, inside[-1].end))
    if not found:
        return None
    group = "result" if found[-1]["result"] else "later"
    return Span(start=found[-1].start(group), end=found[-1].end(group))


def presenter(text: str, inside: Sequence[Line]) -> tuple[Span | None, Span | None]:
    """Who presented an item and of which team, as far as its lines tell."""
    if not inside:
        return None, None
    start = inside[0].start
    match = _PRESENTED.search(text, start, min(inside[-1].end, start + _FIRST_LINES))
    if match is None:
        return _called_up(text, inside)
    spans = {
        name.rstrip("0123456789"): Span(start=match.start(name), end=match.end(name))
        for name, value in match.groupdict().items()
        if value
    }
    return spans.get("name"), spans.get("team")


def _called_up(text: str, inside: Sequence[Line]) -> tuple[Span | None, Span | None]:
    """The official who speaks next after the chair asked for an explanation."""
    for before, line in pairwise(inside):
        match = _OFFICIAL.match(text, line.start, line.end)
        if match and re.search(r"설명|보고", text[before.start : before.end]):
            team = match.span("team") if match["team"] else None
            name = Span(start=match.start("name"), end=match.end("name"))
            return name, Span(start=team[0], end=team[1]) if team else None
    return None, None


_FIRST_LINES = 600
