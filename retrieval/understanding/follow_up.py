"""Follow-ups: `그럼 3동은?` completed from what was asked before."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus import dates, places
from corpus.text import squeeze
from retrieval.types import Turn

# Words that point back; a message that starts with one goes on with the conversation.
_POINTS_BACK = re.compile(
    r"^(?:그럼|그러면|그런데|근데|그리고|그건|그거|그게|그\s|거기|이건|이거|여기|또|아니|그중|그 중"
    r"|방금|아까|위에)\s*"
)
# `3동은?`, `작년에는?`, `부위원장은요`: a topic and nothing said of it.
_TOPIC_ONLY = re.compile(
    r"^(?P<topic>.{1,20}?)(?:은|는|도|이랑|하고|의 경우)"
    r"\s*(?:요|어때|어떤가요|어떻게 돼|알려줘|알려주세요|보여줘)?\s*[?？]*$"
)
_ASKS_FIRST = re.compile(r"^(?:왜|언제|누가|누구|어디|얼마)")
_ASKS_ON = re.compile(r"^(?:몇|총|합|합치|합계|차이|평균|제일|가장|포상금|예산|사업비|근거|출처)")
_Mention = places.PlaceMention | places.DistrictMention | dates.DateMention
_WHEN = re.compile(r"재작년|작년|지난해|올해|금년|내후년|내년")
_SHORT = 16
# `화성 탐사 예산은?` says by itself what it asks; `2동은?` and `작년 예산은?` do not.
_TOPIC_WORDS = 2


def standalone(text: str, earlier: Sequence[Turn]) -> str:
    """A message as a question that can be understood on its own.

    Args:
        text: What was typed.
        earlier: The conversation so far, oldest first.

    Returns:
        The text itself where it needs nothing from before; else the last question with what the
        message changes put in place of it, or with the message behind it.
    """
    line = squeeze(text)
    if not earlier:
        return line
    last = earlier[-1].question
    pointed = _POINTS_BACK.match(line)
    rest = _POINTS_BACK.sub("", line) if pointed else line
    topic = _TOPIC_ONLY.match(rest)
    if topic and (pointed or len(topic["topic"].split()) <= _TOPIC_WORDS):
        return _exchanged(last, topic["topic"]) or f"{last} {rest}"
    if pointed or (len(line) <= _SHORT and _asks_on(line)):
        return f"{last} {rest}"
    return line


def _asks_on(line: str) -> bool:
    """`왜요?`, `누가 답했어?`; `언제 다음 회의 해요?` names its own matter."""
    if _ASKS_FIRST.match(line):
        return len(line.split()) <= _TOPIC_WORDS
    return bool(_ASKS_ON.match(line))


def _exchanged(last: str, topic: str) -> str:
    """The last question with a place, a year or a like noun put in; empty where nothing fits."""
    for old, new in (
        (places.find_dongs(last), places.find_dongs(topic)),
        (places.find_districts(last), places.find_districts(topic)),
        (dates.find(last), dates.find(topic)),
    ):
        if old and new:
            said = _with_stem(old[0], new[0])
            return last[: old[0].start] + said + last[old[-1].end :]
    if when := _WHEN.search(topic):
        spans = [match.span() for match in _WHEN.finditer(last)]
        spans += [(mention.start, mention.end) for mention in dates.find(last)]
        if spans:
            start, end = spans[0]
            return f"{last[:start]}{when[0]} {last[end:]}"
    return _like_noun(last, topic)


def _with_stem(old: _Mention, new: _Mention) -> str:
    """`가람3동` for `3동` after a question about 가람1동."""
    if isinstance(old, places.PlaceMention) and isinstance(new, places.PlaceMention):
        stem = places.stem(old.key)
        if stem and re.fullmatch(r"\d+동", new.key):
            return f"{stem}{new.key}"
    return new.text


def _like_noun(last: str, topic: str) -> str:
    """`부위원장` for `위원장`: the word of the last question that shares its ending."""
    for size in range(len(topic), 1, -1):
        ending = topic[-size:]
        for word in last.split():
            stem = re.match(rf"\S*?{re.escape(ending)}", word)
            if stem:
                return last.replace(stem[0], topic, 1)
    return ""
