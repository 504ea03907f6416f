"""Questions that claim something (`가결됐죠?`, `3천만원 맞죠?`): asked openly, then compared."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus import amounts, dates, places
from corpus.text import fold
from retrieval.understanding.family_names import FAMILY

_CLAIMING = re.compile(
    r"맞(?:죠|지|나|아|는|습)|(?:라|다)(?:면서|던데|며|고들었|고하던데|는데맞)|잖아|(?:이|였|었|았|했|됐|됏|거|짜리)(?:죠|지요?)[?？]*$"
)
# 가결됐나요, 선정됐어?: asked for as one of a family, without a word that asks for which.
_ASKED = re.compile(r"(?:됐|되었|됏|된거|됬)\S{0,4}[?？]*$")
_OPEN = re.compile(r"얼마|언제|어디|누구|누가|무슨|어떤|어떻게|왜|몇|뭐|뭔|뭘|무엇|어느")
# What excludes one another, with other words for the same; the longest is looked for first.
_RESULTS = {
    **dict.fromkeys(("원안가결", "수정가결", "가결", "통과", "의결"), "가결"),
    "부결": "부결",
    "보류": "보류",
    "상정": "상정",
}
# What is put to the next body (상정) was not turned down; nor is it passed for good.
_PUT, _AGAINST = "상정", frozenset({"부결", "보류"})
_CHOSEN = {"미선정": "미선정", "탈락": "미선정", "선정": "선정"}
_GRADES = {grade: grade for grade in ("최우수", "대상", "우수", "장려")}
_FAMILIES = ((_RESULTS, "어떻게 됐어"), (_CHOSEN, "결과"), (_GRADES, "무슨 상 받았어"))
_HELD = re.compile(r"(\S{2,})에서\s*(?:했|열|한\s|한\s?[거것]|하는|모였|개최)")
_PLACED = re.compile(
    r"(?:장소|곳)(?:은|는|이|가)?\s*(\S+?)(?=(?:이었|였|이|인|맞)\S*\s*(?:맞\S*)?[?？]*$|\s*맞)"
)
_MONTH = re.compile(r"(?<![\d.])(1[0-2]|[1-9])월(?:\s?\d{1,2}일)?에")
_ONE_MONTH = re.compile(r"(\d{1,2})월")
_HELD_ENDS = re.compile(r"에서(?:했|열|한거|한것|하는거|모였|열렸|개최)\S{0,8}[?？]*$")
_WHO = re.compile(r"(?P<who>[가-힣\d]+(?:\s?\d+)?(?P<kind>[동구시군면읍]))(?:이|가|은|는)\s")
_MOST = re.compile(
    r"(?:제일|가장|젤|최고로)\s*(?:많|적|높|낮|크|큰|작)\S*|(?<!\d)1[등위]|꼴[찌등]|최[고저다소하]\S*"
)
_LEAST = re.compile(r"적|낮|작|꼴|최[저소하]")
_AFTER_NOUN = re.compile(r"(?<=[가-힣]{2})(?:은|는|이|가|을|를)$")
_COUNTED = re.compile(r"(\d[\d,]*)\s*(개|곳|명|건|회|가지|년(?=짜리|간|동안))")
_OFFICE = r"(?:부?위원장|부?회장|팀장|과장|국장|동장|간사|장관)"
_HOLDER = re.compile(
    rf"(?P<office>{_OFFICE})(?:은|는|이|가)?\s+(?P<who>(?!맞|아니|누구)[가-힣]{{3}})(?![가-힣])"
)
_HOLDS = re.compile(
    rf"(?P<who>[{FAMILY}][가-힣]{{1,2}}?)(?:\s?[씨님])?(?:이|가|은|는)?\s+"
    rf"(?P<office>(?:[가-힣\d]+\s){{0,3}}{_OFFICE})(?:이|가)?\s*(?=맞|이?[죠지])"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What a question claims.

    Attributes:
        said: The claimed value: an amount, a count, a result, a grade or a place.
        openly: The question without the claim, asking for such a value.
        person: Whether it claims who holds an office.
    """

    said: str
    openly: str
    person: bool = False

    def holds(self, answer: str) -> bool | None:
        """Whether an answer bears the claim out; None where it has nothing to compare.

        >>> Claim(said="부결", openly="").holds("제2안: 원안 가결")
        False
        """
        if won := [one.won for one in amounts.find(self.said)]:
            printed = {one.won for one in amounts.find(answer)}
            return won[0] in printed if printed else None
        if month := _ONE_MONTH.fullmatch(self.said):
            months = {m.first.month for m in dates.find(answer) if m.first}
            return int(month[1]) in months if months else None
        for family, _ in _FAMILIES:
            if self.said in family:
                found = _of_family(family, answer)
                if found == {_PUT} and family[self.said] not in _AGAINST:
                    return None
                return family[self.said] in found if found else None
        if counted := _COUNTED.fullmatch(self.said):
            same = [m[1] for m in _COUNTED.finditer(answer) if m[2] == counted[2]]
            return counted[1] in same if same else None
        told = [fold(self.said) in fold(line) for line in answer.splitlines()]
        if self.person and any(told) and not all(told):
            return None  # holders of several years or bodies
        return any(told) if told else None


def claimed(question: str) -> Claim | None:
    """The claim that a question makes; None for one that asks openly.

    >>> claimed("청솔동 예산이 3천만원 맞죠?").openly
    '청솔동 예산이 얼마'
    """
    packed = "".join(question.split())
    claiming = bool(_CLAIMING.search(packed))
    if _OPEN.search(packed):
        return None
    held = _HELD.search(question) if claiming or _HELD_ENDS.search(packed) else None
    if not (claiming or held or _ASKED.search(packed)):
        return _of_rank(question)
    if month := _MONTH.search(question) if claiming or held else None:
        openly = f"{question[: month.start()].rstrip()} 언제 했어"
        return Claim(said=f"{month[1]}월", openly=openly)
    if claiming:
        for amount in amounts.find(question):
            return Claim(said=amount.text, openly=_cut(question, amount.start, "얼마"))
        if counted := _COUNTED.search(question):
            openly = _cut(question, counted.start(), f"몇 {counted[2]}")
            return Claim(said=f"{counted[1]}{counted[2]}", openly=openly)
    if ranked := _of_rank(question):
        return ranked
    for family, asking in _FAMILIES:
        for word in sorted(family, key=len, reverse=True):
            if word in packed and not re.search(rf"{word}(?:자|황|적)", packed):
                start = question.find(word)
                return Claim(said=word, openly=_cut(question, start, asking)) if start > 0 else None
    if claiming and (holder := _HOLDER.search(question)):
        openly = f"{question[: holder.end('office')]} 누구"
        return Claim(said=holder["who"], openly=openly, person=True)
    if claiming and (holder := _HOLDS.match(question)):
        return Claim(said=holder["who"], openly=f"{holder['office']} 누구", person=True)
    held = held or (_PLACED.search(question) if claiming else None)
    if held is None:
        return None
    before = question[: held.start()].rstrip()
    said = [m for m in places.find_districts(before) if m.end == len(before)]
    before = before[: said[0].start].rstrip() if said else before  # 서울 코엑스에서
    return Claim(said=held[1], openly=f"{before} 장소 어디") if before else None


def _of_rank(question: str) -> Claim | None:
    """`가람1동이 예산 꼴찌라던데`: asked openly for whoever is at that end."""
    who = _WHO.match(question)
    most = _MOST.search(question)
    if who is None or most is None or most.start() < who.end():
        return None
    measure = _AFTER_NOUN.sub("", question[who.end() : most.start()].strip())
    how = "적은" if _LEAST.search(most[0]) else "많은"
    openly = f"{measure} 제일 {how} {who['kind']}은 어디".strip()
    return Claim(said=who["who"], openly=openly)


def _cut(question: str, start: int, asking: str) -> str:
    return f"{question[:start].rstrip()} {asking}"


def _of_family(family: dict[str, str], answer: str) -> set[str]:
    """Members of a family that an answer names; 최우수 is not 우수."""
    packed, found = "".join(answer.split()), set()
    for word in sorted(family, key=len, reverse=True):
        if word in packed:
            found.add(family[word])
            packed = packed.replace(word, " ")
    return found
