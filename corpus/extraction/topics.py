"""What a statement is about, told without an analyser: by its first noun phrase and rare words."""

from __future__ import annotations

import re
from collections import Counter

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
    r"^(?:(?:그리고|또한|또|다만|특히|우선|먼저|현재|앞으로|향후|추후|이번|올해|내년|혹시|저는|본\s위원은|"
    r"위원장님|안녕하십니까|존경하는|[가-힣]{1,6}(?:에서|에는|마다|에게)|같은|이런|그런|이|그|저|각)[,.]?\s+)+"
)
_LABEL = re.compile(r"^\s*(?P<topic>[^:：.?]{2,30}?)\s*[:：]\s")
_LONGEST = 30


def topic(text: str) -> str:
    """The noun phrase that a statement begins with, at most 30 characters.

    >>> topic("경로당 냉방비 지원의 경우 여름마다 모자람.")
    '경로당 냉방비 지원'
    """
    if labelled := _LABEL.match(text):
        return labelled["topic"]
    words = _OPENING.sub("", text.strip())
    for match in _PHRASE.finditer(words):
        phrase = re.sub(r"(?<=[가-힣])별로\b", "별", match["topic"]).strip(" ,.·-")
        if len(_WORD.findall(phrase)) > 1 or len(phrase) > 4:
            return _shortened(phrase)
    return _shortened(words)


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
        return sum(self._times[word] ** -0.5 for word in shared if self._times[word])
