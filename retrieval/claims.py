"""Questions that claim something (`가결됐죠?`, `3천만원 맞죠?`): asked openly, then compared."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus import amounts
from corpus.text import fold

_CLAIMING = re.compile(
    r"맞(?:죠|지|나|아|는|습)|(?:라|다)(?:면서|던데|며|고들었|고하던데|는데맞)|잖아|(?:이|었|았|했|됐|됏|거|짜리)(?:죠|지요?)[?？]*$"
)
# 가결됐나요, 선정됐어?: asked for as one of a family, without a word that asks for which.
_ASKED = re.compile(r"(?:됐|되었|됏|된거|됬)\S{0,4}[?？]*$")
_OPEN = re.compile(r"얼마|언제|어디|누구|누가|무슨|어떤|어떻게|왜|몇")
# What excludes one another, with other words for the same; the longest is looked for first.
_RESULTS = {
    **dict.fromkeys(("원안가결", "수정가결", "가결", "통과", "의결"), "가결"),
    "부결": "부결",
    "보류": "보류",
}
_CHOSEN = {"미선정": "미선정", "탈락": "미선정", "선정": "선정"}
_GRADES = {grade: grade for grade in ("최우수", "대상", "우수", "장려")}
_FAMILIES = ((_RESULTS, "어떻게 됐어"), (_CHOSEN, "결과"), (_GRADES, "무슨 상 받았어"))
_HELD = re.compile(r"(\S{2,})에서\s*(?:했|열|한\s|하는|모였)")
_COUNTED = re.compile(r"(\d[\d,]*)\s*(개|곳|명|건|회|가지|년(?=짜리|간|동안))")
_HOLDER = re.compile(
    r"(?P<office>(?:부?위원장|부?회장|팀장|과장|국장|동장|간사|장관))(?:은|는|이|가)?\s+(?P<who>[가-힣]{3})(?![가-힣])"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What a question claims.

    Attributes:
        said: The claimed value: an amount, a count, a result, a grade or a place.
        openly: The question without the claim, asking for such a value.
    """

    said: str
    openly: str

    def holds(self, answer: str) -> bool | None:
        """Whether an answer bears the claim out; None where it has nothing to compare.

        >>> Claim(said="부결", openly="").holds("제2안: 원안 가결")
        False
        """
        if won := [one.won for one in amounts.find(self.said)]:
            printed = {one.won for one in amounts.find(answer)}
            return won[0] in printed if printed else None
        for family, _ in _FAMILIES:
            if self.said in family:
                found = _of_family(family, answer)
                return family[self.said] in found if found else None
        if counted := _COUNTED.fullmatch(self.said):
            same = [m[1] for m in _COUNTED.finditer(answer) if m[2] == counted[2]]
            return counted[1] in same if same else None
        return fold(self.said) in fold(answer) if answer else None


def claimed(question: str) -> Claim | None:
    """The claim that a question makes; None for one that asks openly.

    >>> claimed("청솔동 예산이 3천만원 맞죠?").openly
    '청솔동 예산이 얼마'
    """
    packed = "".join(question.split())
    claiming = bool(_CLAIMING.search(packed))
    if _OPEN.search(packed) or not (claiming or _ASKED.search(packed)):
        return None
    if claiming:
        for amount in amounts.find(question):
            return Claim(said=amount.text, openly=_cut(question, amount.start, "얼마"))
        if counted := _COUNTED.search(question):
            openly = _cut(question, counted.start(), f"몇 {counted[2]}")
            return Claim(said=f"{counted[1]}{counted[2]}", openly=openly)
    for family, asking in _FAMILIES:
        for word in sorted(family, key=len, reverse=True):
            if word in packed and not re.search(rf"{word}(?:자|황|적)", packed):
                start = question.find(word)
                return Claim(said=word, openly=_cut(question, start, asking)) if start > 0 else None
    if claiming and (holder := _HOLDER.search(question)):
        openly = f"{question[: holder.end('office')]} 누구"
        return Claim(said=holder["who"], openly=openly)
    held = _HELD.search(question)
    if claiming and held:
        return Claim(said=held[1], openly=f"{question[: held.start()]} 장소 어디")
    return None


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
