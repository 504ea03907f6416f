"""Whether what a model wrote stands in the evidence; pure functions that know no model.

A sentence is kept where one line that it cites says all of it: every number (amounts compared as
won, counts with their counters, dates, times, ordinals), every name, quote and content word, each
number beside the word that it is printed with, nothing denied that is affirmed there, and nothing
left out that makes a statement another one (설치를 검토한다 is no 설치한다). True sentences are
lost by this; a false one is what it is for.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from retrieval.model.marks import Tokenize, marked
from retrieval.model.saying import covers, says

_MARKER = re.compile(r"\s*\[(\d{1,3})\]")
# A dot behind a digit is one of a date, an outline or a decimal.
_SENTENCE = re.compile(r"\S.*?(?:(?:(?<!\d)[.!?。]|[다요까][.!?])(?:\s*\[\d{1,3}\])*(?=\s|$)|$)")
_ORNAMENT = re.compile(r"^\s*(?:[-*•○●▪#>]+\s*)+|\*\*|__|`")
_FORGERY = re.compile(r"https?:|www\.|@\w|<[a-z/]", re.IGNORECASE)
_KEPT = 2048
# A sentence that leaves out more of a line's words than this does not stand for it.
_LEFT_OUT = 0.4


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A line of evidence.

    Attributes:
        number: What its marker says.
        line: The line as it is printed.
        context: Headings above it and the title of its paper.
    """

    number: int
    line: str
    context: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A sentence that evidence says.

    Attributes:
        text: The sentence without markers.
        source: Number of the line that says all of it.
    """

    text: str
    source: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What is left of a text.

    Attributes:
        kept: Sentences that evidence says, in order.
        dropped: How many were not kept.
    """

    kept: tuple[Sentence, ...]
    dropped: int


def sentences(text: str) -> list[str]:
    """The sentences of a text with their markers, without ornaments of Markdown.

    >>> sentences("- 봄에 엽니다[1]. 21명이 왔습니다. [2]")
    ['봄에 엽니다[1].', '21명이 왔습니다. [2]']
    """
    lines = (_ORNAMENT.sub("", line).strip() for line in text.splitlines())
    return [match[0].strip() for line in lines for match in _SENTENCE.finditer(line)]


class Checker:
    """Compares sentences with evidence.

    Args:
        tokenize: Kiwi's; a line of 300 characters takes 1 ms.
    """

    def __init__(self, tokenize: Tokenize) -> None:
        self._marked = lru_cache(maxsize=_KEPT)(lambda text: marked(text, tokenize))

    def checked(self, text: str, evidence: Sequence[Source]) -> Checked:
        """What is left of a text when everything is taken out that no cited line says."""
        kept: list[Sentence] = []
        every = sentences(text)
        for sentence in every:
            one = self.sentence(sentence, evidence)
            if one is not None and all(one.text != other.text for other in kept):
                kept.append(one)
        return Checked(kept=tuple(kept), dropped=len(every) - len(kept))

    def sentence(self, sentence: str, evidence: Sequence[Source]) -> Sentence | None:
        """A sentence with the cited line that says all of it; None where none does."""
        numbers = [int(number) for number in _MARKER.findall(sentence)]
        text = _MARKER.sub("", sentence).strip()
        if not text or text.endswith("?") or _FORGERY.search(text):
            return None
        cited = [source for number in numbers for source in evidence if source.number == number]
        for source in cited:
            if self.says(source, text):
                return Sentence(text=text, source=source.number)
        return None

    def says(self, source: Source, text: str) -> bool:
        """Whether a line, with what stands above it, says all that a sentence says."""
        sentence, line, around = map(self._marked, (text, source.line, source.context))
        return says(sentence, line, around)

    def covers(self, line: str, texts: Sequence[str]) -> bool:
        """Whether texts say all numbers and names of a line and most of its words."""
        return covers(self._marked(line), list(map(self._marked, texts)), _LEFT_OUT)
