"""The topic of a message: the noun phrase that it is about."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from retrieval.understanding.morphemes import Morpheme, tag_of

LONGEST = 30  # characters; a topic is a noun phrase, not the message
_NOUN = {"NNG", "NNP", "SL", "XPN", "XR"}  # XSN belongs to the noun before it
# Nouns that point at time, people in general, or the message itself: never a topic alone.
_EMPTY = re.compile(
    r"^(?:오늘|내일|어제|요즘|이번|지난번|저번|다음|작년|올해|내년|금년|매년|평일|주말|저녁|아침|오전|오후|밤|낮|여름|겨울|봄|가을|"
    r"처음|나중|평소|최근|이전|이후|상반기|하반기|연말|연초|사람|분|주민|우리|동네|옆동네|마을|정도|생각|의견|느낌|경우|때|때문|"
    r"건의|제안|이유|점|말|말씀|일|부분|쪽|한쪽|하나|둘|개인|다들|모두|전부|여러분|누구|저희|본인|하루|이틀|일주일|한달|데|"
    r"현실|천지|엉망|최고|필요|부족|불편|문제|감사|요청|부탁|요망|바람|찬성|반대|걱정|낭비|참|방학|어린이날|차|혼자|직접|"
    r"메모|회의메모|결과|오늘회의|공유|보고|정리|남김|안녕|수고|집|동|구|시|조금|약간|정말|진짜|읍|면|얘기|이야기|계속|완료|확정|예정|실시|전달|개최|첫째|둘째)$"
)
# Those who are served and those who meet; a thing beside them is the better topic.
_PEOPLE = re.compile(
    r"(?:^|\s)(?:어르신|노인|애|아이|아동|청소년|청년|할머니|할아버지|주민|외국인|직장인|맞벌이|이웃|학생|엄마|아빠|부모|젊은이|장애인|사람|"
    r"협의체|자치회|주민자치회|위원회|담당|공무원|직원|자식|아들|딸|남자|여자|맞벌이\s부부)(?:들)?$"
)
# What a note opens with; its matter stands behind the colon.
_HEADING = re.compile(
    r"(?:회|회의|결과|공유|기록|메모|논의|결정|의결|협의|심의|건의|제안|발언|질의|답변|의견|요약|정리|일지|내용|사항|안내)$"
)
_PERSON = re.compile(r"[애딸형분놈손벗님]")
_COUNTING = {"MM", "SN", "NR", "NNB", "XPN"}
_SPOKEN_OF = {"JKS", "JKO", "JX", "JC", "JKC"}
# Between an object without its particle and its verb stand adverbs only.
_ACTED_ON = {"VV", "VA", "MAG"}
# Particles of place and of the possessor: what follows is the thing, this tells which one.
_PLACE = {"에/JKB", "에서/JKB", "서/JKB", "에게/JKB", "한테/JKB"}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Phrase:
    text: str
    particle: str  # what follows it, as `form/TAG`; empty at the end


def topic(
    text: str,
    tokens: Sequence[Morpheme],
    *,
    hidden: Iterable[tuple[int, int]] = (),
    known_programmes: Iterable[str] = (),
) -> str | None:
    """The noun phrase that a message is about.

    A known programme that the message names comes first. Else the first noun phrase counts, as
    Korean puts what is spoken of in front; time, people in general and words about speaking do not
    count. A second phrase that is subject, object or theme is added after `·` where it fits.

    Args:
        text: The message.
        tokens: Its morphemes; their offsets refer to `text`.
        hidden: Stretches that cannot be part of a topic, such as the name of a dong.
        known_programmes: Names of programmes in the store.

    Returns:
        At most `LONGEST` characters, or None when there is no noun to speak of.
    """
    squeezed = "".join(text.split())
    named = [name for name in known_programmes if name and "".join(name.split()) in squeezed]
    if named:
        return max(named, key=len)[:LONGEST].rstrip()
    phrases = _named(text, tokens, list(hidden))
    things = [phrase for phrase in phrases if not _PEOPLE.search(phrase.text)] or phrases
    if not things:
        return None
    first, *others = things
    if first.particle in _PLACE and others:  # 공원에 벤치: the bench in the park
        joined = f"{first.text} {others[0].text}"
    else:
        second = next((item for item in others if _is_argument(item, first)), None)
        joined = f"{first.text}·{second.text}" if second else first.text
    return joined if len(joined) <= LONGEST else first.text[:LONGEST].rstrip()


def _named(text: str, tokens: Sequence[Morpheme], hidden: list[tuple[int, int]]) -> list[_Phrase]:
    """The phrases that name something; those behind the heading of a note where there are any."""
    found = [phrase for phrase in _phrases(text, tokens, hidden) if not _is_empty(phrase)]
    colon = next((place for place, token in enumerate(tokens) if token.form == ":"), 0)
    if not colon or not _HEADING.search(tokens[colon - 1].form):
        return found
    matter = _phrases(text, tokens[colon + 1 :], hidden)
    return [phrase for phrase in matter if not _is_empty(phrase)] or found


def _is_empty(phrase: _Phrase) -> bool:
    return not phrase.text or all(_EMPTY.match(word) for word in phrase.text.split())


def _is_argument(phrase: _Phrase, first: _Phrase) -> bool:
    kept = phrase.particle.split("/")[-1] in _SPOKEN_OF | _ACTED_ON
    return kept and len(phrase.text) > 1 and phrase.text not in first.text


def _phrases(text: str, tokens: Sequence[Morpheme], hidden: list[tuple[int, int]]) -> list[_Phrase]:
    """Runs of nouns with what follows each, in order."""
    phrases: list[_Phrase] = []
    run: list[Morpheme] = []
    for place, token in enumerate(tokens):
        if _in_phrase(tokens, place, run) and not _is_hidden(token, hidden):
            run.append(token)
            continue
        phrases += _closed(text, run, _behind_count(tokens[place:]))
        run = []
    return phrases + _closed(text, run, None)


def _behind_count(tokens: Sequence[Morpheme]) -> Morpheme:
    """The token that says what part a phrase plays: behind `한 명` of `통역 한 명만`."""
    return next((token for token in tokens if tag_of(token) not in _COUNTING), tokens[0])


def _closed(text: str, run: list[Morpheme], following: Morpheme | None) -> list[_Phrase]:
    if not run:
        return []
    words = " ".join(text[run[0].start : run[-1].start + run[-1].len].split())
    kept = words.split()
    while len(kept) > 1 and _EMPTY.match(kept[0]):
        kept.pop(0)
    while len(kept) > 1 and (_EMPTY.match(kept[-1]) or _PEOPLE.match(kept[-1])):
        kept.pop()
    particle = f"{following.form}/{tag_of(following)}" if following else ""
    return [_Phrase(text=" ".join(kept), particle=particle)]


def _is_hidden(token: Morpheme, hidden: list[tuple[int, int]]) -> bool:
    return any(token.start < end and token.start + token.len > start for start, end in hidden)


def _in_phrase(tokens: Sequence[Morpheme], place: int, run: list[Morpheme]) -> bool:
    """Whether a token belongs to a noun phrase: nouns, and what is written together with one."""
    token = tokens[place]
    following = tokens[place + 1] if place + 1 < len(tokens) else None
    if tag_of(token) == "XSN":
        return bool(run)
    if tag_of(token) in _NOUN:  # 불편하다 is an adjective, not a thing
        return following is None or following.tag != "XSA"
    glued = following is not None and following.start <= token.start + token.len
    if tag_of(token) == "SN":  # 1인가구, but not 10 kg of something
        return glued and following is not None and tag_of(following) in {"NNG", "NNP"}
    if tag_of(token) in {"VV", "VA"}:  # 나눔, 돌봄, 작은도서관: a verb made into a noun
        return _is_nominal(tokens, place)
    if tag_of(token) in {"ETN", "ETM"}:
        return bool(run) and tag_of(run[-1]) in {"VV", "VA"}
    joins = tag_of(token) in {"JKG", "JC"} or _is_word_in_deuri(token, run)
    return joins and bool(run) and following is not None and tag_of(following) in _NOUN


def _is_word_in_deuri(token: Morpheme, run: list[Morpheme]) -> bool:
    """Whether 들이 of a thing of one syllable is no plural but part of the word, as in 나들이."""
    return (
        token.form == "이"
        and len(run) > 1
        and run[-1].form == "들"
        and run[-2].len == 1
        and not _PERSON.match(run[-2].form)
    )


def _is_nominal(tokens: Sequence[Morpheme], place: int) -> bool:
    if place + 1 >= len(tokens):
        return False
    ending = tokens[place + 1]
    if ending.tag == "ETN":
        return ending.form in {"ᆷ", "음"}
    if ending.tag != "ETM" or place + 2 >= len(tokens):
        return False
    noun = tokens[place + 2]
    return tag_of(noun) in {"NNG", "NNP"} and noun.start <= ending.start + ending.len
