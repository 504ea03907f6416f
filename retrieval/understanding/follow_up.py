"""Follow-ups: `그럼 3동은?` completed from what was asked before."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence

from corpus import dates, places
from corpus.text import squeeze
from retrieval.types import Turn
from retrieval.understanding.follow_up_cues import cue, names_thing, told_behind

# `3동은?`, `작년에는?`, `부위원장은요`: a topic and nothing said of it.
_TOPIC_ONLY = re.compile(
    r"^(?P<topic>.{1,20}?)(?:만)?(?:은|는|도|이랑|하고|의 경우)"
    r"\s*(?:요|어때|어떤가요|어떻게 돼|알려줘|알려주세요|보여줘)?\s*[?？]*$"
)
# `재작년에는 얼마였어`, `3부는 몇 시야`: the same is asked of another year, place or number.
_TOPIC_ASKED = re.compile(
    r"^(?P<topic>.{1,12}?)(?:에는|에서는|에|은|는|엔)\s*(?:얼마|몇|어땠|어때|언제|어디|누구|뭐)\S*(?:\s\S{1,5})?[?？]*$"
)
# 가람동 예산은? gives way to 사업은 몇 개야.
_MEASURE_LAST = re.compile(
    r"(?:특화)?(?:예산|사업비|지원액|지원금|사업\s?수|금액)(?:은|는|이|가)?"
    r"\s?(?:좀|알려\S*|보여\S*)?\s*[?？]*$"
)
_MOST = re.compile(
    r"(?:제일|가장|젤|최고로)\s*(?:많은|적은|높은|낮은|큰|작은)|(?:두|세|네|다섯)\s?번째로\s*(?:많은|적은|높은|낮은)"
)
_NTH = re.compile(
    r"(?:그\s?)?(?:다음|두\s?번째|세\s?번째|네\s?번째|다섯\s?번째|[2-9][등위])(?:으?로)?"
)
_LAST_OF_ALL = re.compile(r"꼴찌|꼴등|최저|최하위")
_HOW_MUCH = re.compile(r"(?:은|는|이|가|도)?\s*(?:총|모두|전부)?\s*(?:몇|얼마)\s?\S*")
# 교육비 for 재료비, 달성률 for 집행률: nouns that say by one syllable what kind they are.
_HEADS = "비률율금액과팀실국"
_NOUN = 3  # syllables; 금액 or 국비 say no kind by their last one
_PARTS = re.compile(r"(?<=[?？])\s+")
_Mention = places.PlaceMention | places.DistrictMention | dates.DateMention
_WHEN = re.compile(r"재작년|작년|지난해|올해|금년|내후년|내년")
_SHORT = 16
# `화성 탐사 예산은?` says by itself what it asks; `2동은?` and `작년 예산은?` do not.
_TOPIC_WORDS = 2
_LEAST_SUBJECT = 2
# Words for kinds of things have up to three syllables: 동네, 지자체, 위원장.
_NAME = 4


def _no_names(text: str) -> Sequence[str]:
    return ()


def standalone(
    text: str,
    earlier: Sequence[Turn],
    names: Callable[[str], Sequence[str]] = _no_names,
    known: Collection[str] = (),
) -> str:
    """A message as a question that can be understood on its own.

    Args:
        text: What was typed.
        earlier: The conversation so far, oldest first.
        names: Finds the joined nouns of a text; a message that names a thing of its own needs
            nothing from before.
        known: Names of the places in records.

    Returns:
        The text itself where it needs nothing from before; else the last question with what the
        message changes put in place of it, or with the message behind it.
    """
    line = squeeze(text)
    if not earlier:
        return line
    last, about = earlier[-1].question, earlier[-1].about
    there = cue("that_place").match(line)
    if there and about and not _mentions(last):
        return f"{about} {line[there.end() :]}".strip()
    pointed = (there and line[there.end() :] and there) or cue("points_back").match(line)
    rest = line[pointed.end() :] if pointed else line
    short = len(line) <= _SHORT
    if (short or pointed) and (both := _of_both(rest, earlier)):
        return both
    asked = _TOPIC_ASKED.match(rest)
    if asked and (said := _again(last, asked["topic"], known)):
        return said
    topic = _TOPIC_ONLY.match(rest)
    if topic and (ranked := _in_rank(last, topic["topic"])):
        return ranked
    if topic and (pointed or len(topic["topic"].split()) <= _TOPIC_WORDS):
        whole = _of_other(last, topic["topic"]) if " " in topic["topic"].strip() else ""
        return whole or (
            _exchanged(last, topic["topic"], known)
            or _instead(last, rest)
            or _of_other(last, topic["topic"])
            or f"{last} {rest}"
        )
    if not pointed and cue("ranks").search(line) and _mentions(last):
        # 제일 작은 동 is one of all, not of those that were named before.
        measure = cue("measures").search(last)
        return line if measure is None or cue("measures").search(line) else f"{measure[0]} {line}"
    if pointed or (short and _asks_on(line) and not any(map(_is_own, names(line)))):
        return _instead(last, rest) or f"{last} {rest}"
    return line


def _again(last: str, topic: str, known: Collection[str]) -> str:
    """The last question of another year, place or number; empty where the topic names none."""
    if not (_mentions(topic) or cue("numbered").fullmatch(topic)):
        return ""
    when = _WHEN.fullmatch(topic)
    return _exchanged(last, topic, known) or (f"{when[0]} {last}" if when else "")


def _in_rank(last: str, topic: str) -> str:
    """`두 번째는?` after a question for the most: another place of the same ranking."""
    most = _MOST.search(last)
    if most is None:
        return ""
    if _LAST_OF_ALL.fullmatch(topic):
        return f"{last[: most.start()]}제일 적은{last[most.end() :]}"
    if not _NTH.fullmatch(topic):
        return ""
    place = "두 번째" if "다음" in topic else topic.removesuffix("로").removesuffix("으")
    adjective = most[0].split()[-1].removeprefix("제일").removeprefix("가장")
    return f"{last[: most.start()]}{place}로 {adjective}{last[most.end() :]}"


def _asks_on(line: str) -> bool:
    """`왜요?`, `누가 답했어?`; `언제 다음 회의 해요?` names its own matter."""
    if cue("complete").match(line):
        return False
    if cue("asks_first").match(line):
        return len(line.split()) <= _TOPIC_WORDS
    return bool(cue("asks_on").match(line))


def _is_own(name: str) -> bool:
    """Whether a noun is a name (복지연계팀) and no word of asking (담당부서) or of all papers."""
    return len(name) >= _NAME and not cue("asked_nouns").search(name)


def _of_both(rest: str, earlier: Sequence[Turn]) -> str:
    """The last two questions as one about both of what they differ in; empty where they do not.

    After `가람1동 예산` and `가람2동 예산`, `차이는?` is asked of 가람1동 and 가람2동.
    """
    if len(earlier) < 2 or not cue("both").search(rest) or _mentions(rest):
        return ""
    first, last = earlier[-2].question, earlier[-1].question
    for one, other in zip(_by_kind(first), _by_kind(last), strict=True):
        if len(one) == len(other) == 1 and one[0] != other[0]:
            both = f"{one[0]}, {other[0]}"
            subject = cue("asking_tail").sub("", last) or last
            return f"{subject.replace(other[0], both, 1)} {rest}"
    return ""


def _by_kind(text: str) -> tuple[list[str], list[str], list[str]]:
    """Neighbourhoods, districts and times that a text names, as printed."""
    when = [mention.text for mention in dates.find(text)]
    when += [match[0] for match in _WHEN.finditer(text)]
    return (
        [mention.text for mention in places.find_dongs(text)],
        [mention.text for mention in places.find_districts(text)],
        when,
    )


def _mentions(text: str) -> bool:
    return any(_by_kind(text))


def _instead(last: str, rest: str) -> str:
    """What the message asks, of what the last question was about; empty where it does not ask.

    `얼마예요` gives way to `누가 설명했어`, `신청은 어떻게` to `전화번호는`.
    """
    told = cue("told").match(rest)
    if not (told or cue("measures").match(rest) or cue("asks_first").match(rest)):
        return ""
    if newest := _newest_name(last):
        return f"{newest} {rest}"
    before = told_behind(last) or cue("told").search(last)
    if told and before and before[0].strip() != told[0]:
        subject = last[: before.start()].strip()
        return f"{subject} {rest}" if len(subject) >= _LEAST_SUBJECT else ""
    subject = cue("asking_tail").sub("", last).strip()
    aspect = cue("told_last").search(last)
    if subject == last and aspect:
        subject = last[: aspect.start()].strip()  # 회의 장소는? gives way to 누가 참석했어
    if subject == last and not cue("asks_first").match(rest):
        measured = _MEASURE_LAST.search(last)
        subject = last[: measured.start()].strip() if measured else last
    if told and (measured := _MEASURE_LAST.search(subject)):
        subject = subject[: measured.start()].strip()  # 예산 얼마야 gives way to 대표 사업
    changed = subject != last and len(subject) >= _LEAST_SUBJECT
    return f"{subject} {rest}" if changed else ""


def _newest_name(last: str) -> str:
    """The thing named by the last part of a question that was put together; empty without one.

    >>> _newest_name("가람방 신청은 어떻게 해? 나래방은?")
    '나래방'
    """
    *before, part = _PARTS.split(last)
    topic = _TOPIC_ONLY.match(part) if before else None
    return topic["topic"] if topic and names_thing(topic["topic"]) else ""


def _exchanged(last: str, topic: str, known: Collection[str]) -> str:
    """The last question with a place, a year or a like noun put in; empty where nothing fits."""
    dongs = [name for name in known if " " not in name]
    if short := _short_name(last, topic, dongs):
        return short
    for old, new in (
        (places.find_dongs(last, dongs), places.find_dongs(topic, dongs)),
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
    return _other_number(last, topic) or _other_measure(last, topic) or _like_noun(last, topic)


def _short_name(last: str, topic: str, dongs: Collection[str]) -> str:
    """The last question with 나래 for 가람, both known neighbourhoods without their 동."""
    if f"{topic}동" not in dongs:
        return ""
    for word in last.split():
        if f"{word}동" in dongs:
            return last.replace(word, topic, 1)
    return ""


def _other_number(last: str, topic: str) -> str:
    """`3호` for `1호`, `4번` for `3번`."""
    new = cue("numbered").match(topic)
    for old in cue("numbered").finditer(last):
        if new and old["counter"] == new["counter"]:
            return last[: old.start()] + new[0] + last[old.end() :]
    return ""


def _other_measure(last: str, topic: str) -> str:
    """`예산` for `사업 수`, where both say what is measured."""
    new = cue("measures").fullmatch(topic)
    every = list(cue("measures").finditer(last))
    if not new or not every:
        return ""
    old = every[-1]
    # 사업 몇 개야 gives way to 예산, which is not counted.
    tail = "" if _HOW_MUCH.fullmatch(last, old.end()) else last[old.end() :]
    return f"{last[: old.start()]}{topic}{tail}"


def _of_other(last: str, topic: str) -> str:
    """The last question asked of another thing; empty where the topic is no name of a thing.

    `가람방 목표 얼마` gives way to `나래방 목표 얼마`.
    """
    if not names_thing(topic):
        return ""
    asks = [cue(name).search(last) for name in ("measures", "told_last", "asking_tail")]
    asks += [told_behind(last), cue("charged").search(last)]
    start = min((match.start() for match in asks if match), default=0)
    subject = last[:start].strip()
    single = 0 < len(subject.split()) <= _TOPIC_WORDS and not _mentions(subject)
    return f"{topic} {last[start:].strip()}" if single and not _mentions(topic) else ""


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
    head = re.compile(rf"(?<![가-힣])[가-힣]{{2,6}}{topic[-1]}(?=[은는이가을를의도]?(?:\s|$))")
    like = head.search(last) if topic[-1] in _HEADS and len(topic) >= _NOUN else None
    return last.replace(like[0], topic, 1) if like else ""
