"""What a statement is about, told without an analyser: by its first noun phrase and rare words."""

from __future__ import annotations

import re
from collections import Counter
from math import sqrt

_WORD = re.compile(r"[가-힣A-Za-z0-9]{2,}")
# What ends a noun phrase: a particle, or a word that states something.
_PHRASE = re.compile(
    r"(?P<topic>.+?)"
    r"(?:의\s경우|에\s?대(?:해서?|한|하여)|에\s?관(?:해서?|한|하여)|(?:와|과)?\s?관련(?:하여|해서?)?|"
    r"(?<=[가-힣)\]])(?:은|는|이|가|을|를|에서|에게|으로|의)(?=\s)|"
    r"[,?]|\s(?:필요|요청|건의|제안|바람|검토|희망|부탁|등이|되|하|있|없|못)|$)"
)
# Openings that name nothing: fillers, adverbs, `as for the dongs`.
_OPENING = re.compile(
    r"^(?:(?:그리고|그러면|그런데|그렇다면|그러니까|그렇지만|그러나|지금|아까|이제|어제|오늘|차관님|장관님|과장님|국장님|동장님|또한|또|다만|특히|우선|먼저|현재|앞으로|향후|추후|이번|올해|내년|혹시|저는|본\s위원은|"
    r"위원장님|안녕하십니까|존경하는|[가-힣]{1,6}(?:에서|에는|마다|에게)|같은|이런|그런|이|그|저|각)[,.]?\s+)+"
)
_LABEL = re.compile(r"^\s*(?P<topic>[^:：.?]{2,30}?)\s*[:：]\s")
_SENTENCE = re.compile(r"(?<=[.?!])\s+")
_COURTESY = re.compile(
    r"(?:위원|의원|대표|위원장|과장|팀장)(?:입니다|이에요)[.]?$|^(?:예|네|알겠|좋습니다|감사|수고|고생|안녕|존경)|"
    r"(?:여쭤|말씀드리|질의하|질문드리)[가-힣]{0,3}(?:겠|도록)|고생(?:하|이|들)? ?많|수고(?:하|"
    r"들)? ?(?:많|셨)"
)
# A phrase that ends in a verb or is speech rather than a name.
_SPOKEN = re.compile(
    r"(?:고|며|면|데|게|서|까|요|라고|라든지|이런|그런|우리|저희|제가|니다)$|"
    r"습니다|입니다|니까|지요|잖아|그래서|그다음|해 보여|뿐 아니라"
)
_VERBAL = re.compile(rf"(?:지|시|하|되|않|봤|같|많|들어오)$|{_SPOKEN.pattern}")
_BRACKETS = re.compile(r"\([^()]*\)")
_LONGEST = 30
# A single shorter word (사업, 예산) says too little.
_NAMES_SOMETHING = 4
_TELLS = 8


def topic(text: str) -> str:
    """The noun phrase that a statement begins with, at most 30 characters; empty if none is clear.

    >>> topic("경로당 냉방비 지원의 경우 여름마다 모자람.")
    '경로당 냉방비 지원'
    """
    if labelled := _LABEL.match(text):
        return labelled["topic"]
    sentences = [part for part in _SENTENCE.split(text.strip()) if not _COURTESY.search(part)]
    told = next((part for part in sentences if len(part) >= _TELLS), text.strip())
    words = _OPENING.sub("", _BRACKETS.sub("", told))
    start = 0
    for match in _PHRASE.finditer(words):
        phrase = words[start : match.end("topic")]
        phrase = re.sub(r"(?<=[가-힣])별로\b", "별", phrase).strip(" ,.·-")
        # `나무 심|는 시기`: what looked like a particle ended a verb.
        if re.search(r"\s[가-힣]$", phrase):
            continue
        long_enough = len(_WORD.findall(phrase)) > 1 or len(phrase) >= _NAMES_SOMETHING
        if long_enough and not _VERBAL.search(phrase):
            return _shortened(phrase)
        # `협약하|는 방안`: a verb that describes what follows belongs to the phrase.
        if len(phrase) > _LONGEST or _SPOKEN.search(phrase):
            start = match.end()
    return "" if _VERBAL.search(words.rstrip(".?! ")) else _shortened(words)


def _shortened(phrase: str) -> str:
    if len(phrase) <= _LONGEST:
        return phrase
    cut = phrase[: _LONGEST + 1]
    return cut[: cut.rfind(" ")] if " " in cut else phrase[:_LONGEST]


class Likeness:
    """How much two statements of one paper speak of the same thing.

    Words count by their first two syllables, which particles leave alone, and by how rare they
    are in the paper.

    Args:
        text: The whole paper.
    """

    def __init__(self, text: str) -> None:
        self._times = Counter(word[:2] for word in _WORD.findall(text))

    def between(self, one: str, other: str) -> float:
        """0.0 for nothing shared; a word that the paper has in these two only counts 0.7."""
        shared = {word[:2] for word in _WORD.findall(one)} & {
            word[:2] for word in _WORD.findall(other)
        }
        return sum(1 / sqrt(self._times[word]) for word in shared if self._times[word])
