"""The last question with one thing exchanged: a place, a year, a number, a measure, a like noun."""

from __future__ import annotations

import re
from collections.abc import Collection

from corpus import dates, places
from retrieval.understanding.follow_up_cues import cue

WHEN = re.compile(r"재작년|작년|지난해|올해|금년|내후년|내년")
"""Words for years that are told from this one."""

_HOW_MUCH = re.compile(r"(?:은|는|이|가|도)?\s*(?:총|모두|전부)?\s*(?:몇|얼마)\s?\S*")
# 교육비 for 재료비, 달성률 for 집행률: nouns that say by one syllable what kind they are.
_HEADS = "비률율금액과팀실국"
_NOUN = 3  # syllables; 금액 or 국비 say no kind by their last one
_Mention = places.PlaceMention | places.DistrictMention | dates.DateMention


def exchanged(last: str, topic: str, known: Collection[str]) -> str:
    """The last question with a place, a year or a like noun put in.

    Args:
        last: The question before.
        topic: What a message names instead: `3동`, `작년`, `부위원장`.
        known: Names of the places in records.

    Returns:
        The question asked of that; empty where nothing of the question can give way to it.
    """
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
    if when := WHEN.search(topic):
        spans = [match.span() for match in WHEN.finditer(last)]
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
