"""Opinions that stand in the running list of minutes, answered below them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from corpus.bullets import is_label
from corpus.extraction.pairing import tone
from corpus.extraction.speakers import prefix, role
from corpus.extraction.statements import Exchange, Statement
from corpus.extraction.stretches import Stretches
from corpus.outline import Item
from corpus.types import Span

_ASK_LABEL = re.compile(
    r"[\[(<]?(?:위원\s?|주민\s?)?(?:의\s?견|질\s?의|질\s?문|건\s?의|제\s?안|문|Q)(?:사항|내용)?\s?\d{0,2}"
    r"(?:\s?\((?P<speaker>[^()]{2,20})\))?[\])>]?\s*(?:[:：]|(?<=[Q문])[.)]|(?<=\])|(?<=>))\s*"
)
_ANSWER_LABEL = re.compile(
    r"(?:⇒|→|➡|☞)?\s*[\[(<]?(?:부서\s?)?(?:답\s?변|회\s?신|부서\s?의견|조\s?치\s?(?:결과|계획|사항)?|검토\s?의견|답|A)(?:내용|사항)?\s?\d{0,2}"
    r"(?:\s?\((?P<speaker>[^()]{2,20})\))?[\])>]?\s*(?:[:：]|(?<=[A답])[.)]|(?<=\])|(?<=>))\s*"
)
_HEADING = re.compile(
    r"(?:[가-힣]{1,10}\s?){0,3}(?:의\s?견|건의\s?사항|질의|질의\s?응답|질의\s?및\s?답변|토의|토론|논의|제안)\s?(?:사항|내용|응답)?\s?[:：]?"
    r"|(?:주민\s?|위원\s?)?(?:의\s?견|건\s?의|질\s?의|제\s?안|민\s?원)\s?(?:사항)?\s?(?:및|[,·/])\s?(?:부서\s?)?(?:답\s?변|회\s?신|조\s?치|처\s?리|검\s?토)\s?(?:사항|내용|결과|계획|의견)?"
    r"|(?:지난|전차|전)\s?(?:회의|회차)?\s?(?:의견|건의|건의\s?사항)?\s?(?:에\s?대한\s?)?(?:조\s?치|처\s?리|이\s?행)\s?(?:결과|사항|현황|상황)"
)
# `- 건의 → 조치` on one line.
_INLINE_REPLY = re.compile(r"\s(?:⇒|→|➡|☞)\s?(?=\S)")
_BULLETS = {
    "dash",
    "dot",
    "circle",
    "circled",
    "paren",
    "square",
    "syllable",
    "number",
    "syllable paren",
}
# The end of a statement that asks or demands; what only reports does not end so.
_ASKS_AT_END = re.compile(
    r"(?:궁금함|궁금합니다|필요|필요함|필요합니다|필요\s?있음|필요가\s?있음|필요성|바람|바랍니다|"
    r"요청|요청함|건의|건의함|제안|제안함|좋겠음|좋겠습니다|좋을 듯함|"
    r"지양|희망|의문임|의문|우려됨|부탁|문의|질의|"
    r"의견|의견임|의견이 있음|의견이 있었음|어떤지|는지|인지|까요|습니까|주시기)[?.)]?\s*$|\?\s*$"
)
# What the meeting decided is no reply to the last speaker.
_STATES = re.compile(r"(?:다|요|까|라|함|됨|음|임)[.?!]?(?:\s?\([^()]{1,20}\))?\s*$")
_PRESENTS = re.compile(r"설명(?:함|드|하)|보고(?:함|드|하)|인사말")
_VOTED = re.compile(r"(?:가결|의결|부결|보류|승인|상정)(?:함|됨|하기로 함)?[.]?$")
_DECISION = re.compile(
    r"(?:원안|수정|조건부|만장일치)?\s?(?:가결|의결|부결|보류|승인|상정)"
    r"\s?(?:됨|함|하기로 함)?[.]?\s*(?:\(|$)"
)
_DECIDED = re.compile(r"\(?(?:심\s?의|의\s?결|검\s?토|표\s?결|회\s?의)\s?결\s?과")
_PERSON_ONLY = re.compile(
    r"(?:[가-힣]{2,12}\s)?[가-힣]{2,4}\s?(?:[가-힣]{0,4}장|위원|간사|의원|주무관)"
)
_REQUEST = re.compile(r"의견\s?요청|자료\s?요청|협조\s?(?:요청|당부)")
_HEADING_BULLETS = {
    "",
    "square",
    "number",
    "roman",
    "agenda",
    "chapter",
    "syllable",
    "circle",
    "attachment",
}
_LONGEST_HEADING = 40
# A heading holds for the items of a page or two.
_FARTHEST_HEADING = 80
_SHORTEST = 8


@dataclass(slots=True)
class _Open:
    """An opinion that the next items may answer or continue."""

    opinion: Statement
    asked: bool  # told by a label, its heading or its words, not by a reply alone
    replies: list[Statement] = field(default_factory=list)


def opinion_lines(text: str, items: Sequence[Item], taken: Stretches) -> list[Exchange]:
    """Opinions among the items of minutes.

    An item is an opinion if it is labelled so, stands under a heading such as 건의사항, or demands
    something and is answered behind an arrow; a reply is what an arrow, a label or an official
    with a colon says below it.

    Args:
        text: Cleaned text.
        items: Its outline.
        taken: Stretches that are read elsewhere.

    Returns:
        The exchanges in order.
    """
    found: list[_Open] = []
    current: _Open | None = None
    answering = False
    for number, item in enumerate(items):
        if item.start in taken:
            current = None
            continue
        reply = _reply(text, items, item, current)
        if reply is not None and current is not None:
            current.replies.append(reply)
            answering = True
            continue
        if current is not None and _continues(text, items, number):
            _extend(current, item, answering=answering)
            continue
        current = _opened(text, items, number, taken)
        answering = False
        if current is not None:
            found.append(current)
    return [
        Exchange(opinion=entry.opinion, replies=tuple(entry.replies))
        for entry in found
        if entry.asked or _is_answered(text, entry)
    ]


def _opened(text: str, items: Sequence[Item], number: int, taken: Stretches) -> _Open | None:
    item = items[number]
    words = text[item.body : item.end]
    label = _ASK_LABEL.match(text, item.body, item.end)
    if label and _PERSON_ONLY.fullmatch(text, label.end(), item.end):
        return None  # `제안: 김갑돌 간사` names who presented
    if label and label.end() < item.end:
        speaker = label.span("speaker") if label["speaker"] else None
        return _Open(_statement(label.end(), item.end, speaker), asked=True)
    said = prefix(text, item.body, item.end)
    if item.family not in _BULLETS and (item.family or said is None):
        return None
    if item.heading and not _follows_arrow(items, number):
        return None
    if len(words) < _SHORTEST or _REQUEST.search(words):
        return None
    start = said.end() if said else item.body
    speaker = said.span("speaker") if said else None
    headed = _is_headed(text, items, number, taken)
    inline = _INLINE_REPLY.search(text, start, item.end) if headed else None
    if inline:
        return _answered_inline(text, start, inline, item.end, speaker)
    asks = bool(_ASKS_AT_END.search(words))
    if not headed and not (asks or said):
        return None
    if headed and not asks and tone(words) < 0 and not _follows_arrow(items, number):
        return None
    by_member = speaker is not None and role(text[slice(*speaker)]) == "member"
    states = by_member and bool(_STATES.search(words)) and not _PRESENTS.search(words)
    asked = headed or states or (by_member and asks)
    return _Open(_statement(start, item.end, speaker), asked=asked)


def _answered_inline(
    text: str, start: int, arrow: re.Match[str], end: int, speaker: tuple[int, int] | None
) -> _Open:
    """An opinion with what became of it behind an arrow on its own line."""
    said = prefix(text, arrow.end(), end)
    begin, who = (said.end(), said.span("speaker")) if said else (arrow.end(), None)
    return _Open(
        _statement(start, arrow.start(), speaker), asked=True, replies=[_statement(begin, end, who)]
    )


def _is_headed(text: str, items: Sequence[Item], number: int, taken: Stretches) -> bool:
    """Whether the nearest heading over an item announces opinions.

    The label of a box announces the box only, and an item with the heading's own kind of bullet
    stands beside it.
    """
    for above in range(number - 1, max(-1, number - _FARTHEST_HEADING), -1):
        item = items[above]
        if item.family not in _HEADING_BULLETS or (not item.family and not item.heading):
            continue
        words = text[item.body : item.end].strip()
        alike = item.family == items[number].family and not item.heading
        if alike and item.family and _HEADING.fullmatch(words) is None:
            continue  # the item before, not what stands above both
        inside = item.start in taken
        if inside or len(words) <= _LONGEST_HEADING:
            beside = item.family == items[number].family and bool(item.family)
            return not inside and not beside and _HEADING.fullmatch(words) is not None
    return False


def _follows_arrow(items: Sequence[Item], number: int) -> bool:
    return number + 1 < len(items) and items[number + 1].family == "remark"


def _reply(text: str, items: Sequence[Item], item: Item, current: _Open | None) -> Statement | None:
    """The reply that an item is to the opinion above it; None where it is none."""
    if current is None:
        return None
    if _DECIDED.match(text, item.body, item.end):
        return None
    label = _ANSWER_LABEL.match(text, item.start, item.end) or _ANSWER_LABEL.match(
        text, item.body, item.end
    )
    if label and label.end() < item.end:
        return _statement(
            label.end(), item.end, label.span("speaker") if label["speaker"] else None
        )
    said = prefix(text, item.body, item.end)
    speaker = said.span("speaker") if said else None
    begin = said.end() if said else item.body
    if item.family == "remark" and _DECISION.match(text, begin, item.end):
        return None
    if item.family == "remark" and text[item.start] not in "*※†":
        return _statement(begin, item.end, speaker)
    # A dialogue in bullets: an official, or a chair who promises, answers the member above.
    if said and speaker and role(text[slice(*speaker)]) != "member" and not current.replies:
        official = role(text[slice(*speaker)]) == "official"
        words = text[begin : item.end]
        if not _VOTED.search(words) and (official or tone(words) <= 0):
            return _statement(begin, item.end, speaker)
    return None


def _statement(start: int, end: int, speaker: tuple[int, int] | None) -> Statement:
    who = Span(start=speaker[0], end=speaker[1]) if speaker else None
    return Statement(pieces=(Span(start=start, end=end),), speaker=who)


def _continues(text: str, items: Sequence[Item], number: int) -> bool:
    """A plain paragraph below an opinion or a reply goes on with it."""
    item = items[number]
    above = items[number - 1]
    words = text[item.start : item.end]
    deeper = item.depth > 0 and item.depth >= above.depth
    labelled = is_label(words) or words[0] in "[<【" or _ASK_LABEL.match(words)
    plain = not item.family and not item.heading and not labelled
    return plain and deeper and len(words) >= _SHORTEST


def _extend(current: _Open, item: Item, *, answering: bool) -> None:
    piece = Span(start=item.start, end=item.end)
    if answering:
        last = current.replies[-1]
        current.replies[-1] = Statement(pieces=(*last.pieces, piece), speaker=last.speaker)
    else:
        opinion = current.opinion
        current.opinion = Statement(pieces=(*opinion.pieces, piece), speaker=opinion.speaker)


def _is_answered(text: str, entry: _Open) -> bool:
    """Whether replies show that a bullet was an opinion: they name who answers, or it asks."""
    if not entry.replies:
        return False
    last = entry.opinion.pieces[-1]
    asks = _ASKS_AT_END.search(text[last.start : last.end].strip())
    return bool(asks) or any(reply.speaker for reply in entry.replies)
