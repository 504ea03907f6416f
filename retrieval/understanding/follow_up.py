"""Follow-ups: `그럼 3동은?` completed from what was asked before."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence

from corpus import dates, places
from corpus.text import squeeze
from retrieval.types import Turn
from retrieval.understanding.exchanging import WHEN, exchanged
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
# `3동 말고 1동`: the same is asked of the other.
_NOT_BUT = re.compile(
    r"^(?P<old>\S{1,12})\s*(?:말고|아니고|아니라)[,\s]+(?P<topic>.{1,12}?)(?:은|는|이요|요)?\s*[?？]*$"
)
# `거기 주거복지도 받았어?`: another thing is asked of the place alone.
_ALSO_THERE = re.compile(r"^\S.{1,20}도\s+\S{2,}$")
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
# 제일 적은 동이랑 얼마나 차이나, 2등하고는 몇 배야: what stood out is held against another place.
_THINGS = r"동네|동|구|시|군|곳|데|사업|부서|단체|지표|분야"
_RANKED = re.compile(rf"\s?({_THINGS})")
_LAST_ONES = ("꼴찌", "꼴등", "최저", "최하위")
_NAMED_ENDS = dict.fromkeys(_LAST_ONES, "제일 적은") | {"최고": "제일 많은"}
_OTHER_END = re.compile(
    rf"(?P<place>{_MOST.pattern}|{'|'.join(_NAMED_ENDS)}|1\s?[위등]|{_NTH.pattern})"
    rf"(?:\s?(?P<noun>{_THINGS}))?"
    r"(?:이랑|랑|하고|과|와|보다|에\s?비해)(?:는|은)?\s*"
    r"(?P<asks>.*(?:차이|격차|몇\s?배|몇\s?[개명건표]|얼마).*)$"
)
# 작년이랑 비교하면, 전년 대비 어때: what was asked is set beside the year before.
_YEAR_BESIDE = (
    r"(?:작년|지난해|재작년|전년)도?\s?"
    r"(?:보다|대비|에\s?비해|(?:이?랑|하고|[과와])\s?(?:비교|견주))"
)
_BESIDE_YEAR, _WITH_YEAR = re.compile(_YEAR_BESIDE), re.compile(rf"\s+{_YEAR_BESIDE}.*$")
_PARTS = re.compile(r"(?<=[?？])\s+")
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
    if (other := _NOT_BUT.match(rest)) and (said := _in_place_of(last, other, known)):
        return said
    if there and _ALSO_THERE.match(rest) and (place := _only_place(last)):
        return f"{place} {rest}"
    short = len(line) <= _SHORT
    if (short or pointed) and (both := _of_both(rest, earlier)):
        return both
    if short and _BESIDE_YEAR.match(rest) and not any(map(_is_own, names(rest))):
        return f"{_subject(last, about)} {rest}"
    asked = _TOPIC_ASKED.match(rest)
    if asked and (said := _again(last, asked["topic"], known)):
        return said
    topic = _TOPIC_ONLY.match(rest)
    if topic and (ranked := _in_rank(last, topic["topic"])):
        return ranked
    if topic and (pointed or len(topic["topic"].split()) <= _TOPIC_WORDS):
        return _of_topic(last, topic["topic"], rest, known)
    if against := _against(last, rest):
        return against
    if not pointed and cue("ranks").search(line) and _mentions(last):
        # 제일 작은 동 is one of all, not of those that were named before.
        measure = cue("measures").search(last)
        return line if measure is None or cue("measures").search(line) else f"{measure[0]} {line}"
    if pointed or (short and _asks_on(line) and not any(map(_is_own, names(line)))):
        last = _WITH_YEAR.sub("", last)
        return _instead(last, rest) or f"{last} {rest}"
    return line


def _of_topic(last: str, topic: str, rest: str, known: Collection[str]) -> str:
    """`그럼 3동은?`: the last question with a topic in place of its own."""
    other = _of_other(last, topic)
    if other and " " in topic.strip():
        return other
    return exchanged(last, topic, known) or _instead(last, rest) or other or f"{last} {rest}"


def _subject(last: str, about: str) -> str:
    """What a question is about without its asking: of a ranking the place that came first."""
    measure = cue("measures").search(last)
    if about and measure and _MOST.search(last) and not _mentions(last):
        return f"{about} {measure[0]}"
    return cue("asking_tail").sub("", last).strip()


def _in_place_of(last: str, other: re.Match[str], known: Collection[str]) -> str:
    """The last question with one thing in place of another; empty where it names no such thing."""
    if said := exchanged(last, other["topic"], known):
        return said
    return last.replace(other["old"], other["topic"], 1) if other["old"] in last else ""


def _only_place(last: str) -> str:
    """The one neighbourhood, else district, that a question names; empty without or of several."""
    dongs, districts, _ = _by_kind(last)
    return dongs[0] if len(dongs) == 1 else districts[0] if len(districts) == 1 else ""


def _again(last: str, topic: str, known: Collection[str]) -> str:
    """The last question of another year, place or number; empty where the topic names none."""
    if not (_mentions(topic) or cue("numbered").fullmatch(topic)):
        return ""
    when = WHEN.fullmatch(topic)
    return exchanged(last, topic, known) or (f"{when[0]} {last}" if when else "")


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


def _against(last: str, rest: str) -> str:
    """`제일 적은 동이랑 차이는?` behind another place of the ranking, or behind one 동's value."""
    other = _OTHER_END.match(rest)
    if other is None:
        return ""
    place = _NAMED_ENDS.get(other["place"], other["place"])
    if most := _MOST.search(last):
        thing = _RANKED.match(last, most.end())
        noun = other["noun"] or (thing[1] if thing else "곳")
        return f"{last[: most.end()]} {noun}이랑 {place} {noun} {other['asks']}"
    measure, one = cue("measures").search(last), _only_place(last)
    if measure is None or not one:
        return ""
    when = "".join(f"{mention.text} " for mention in dates.find(last))
    return f"{when}{one}이랑 {measure[0]} {place} {other['noun'] or '동'} {other['asks']}"


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
    when += [match[0] for match in WHEN.finditer(text)]
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
