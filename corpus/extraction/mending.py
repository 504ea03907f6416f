"""Words that line ends cut in two, put together again by the paper's own vocabulary.

Offices set text that breaks at any syllable, so a line end may stand inside a word or between two.
No analyser is at hand here: what decides is how the paper spells the same words where no line ends,
blanks that the typesetter left at line ends, and the particles that never begin a word.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cached_property
from itertools import pairwise

from corpus.bullets import PAGE_NUMBER

_BREAK = re.compile(r"(?P<left>\S*)(?P<trail>[ \t]*)\n\s*(?P<right>\S*)")
# One blank is what stood between two words; several are the typesetter's filling.
_BLANK_BEHIND = re.compile(r"\S $")
_HANGUL_BOTH = re.compile(r"[가-힣]\n[가-힣]")
_EDGE = "()[]<>「」『』“”‘’\"',.:;·․‧・"
# Particles and endings that stand at a word's end and never begin one; a token that is nothing
# else was cut off the word before it.
_PARTICLE = re.compile(
    r"(?:을|를|은|는|의|와|과|에|도|로|으로|에서|에게|부터|까지|이라든지|이라는|라는|라고|이며|으며|"
    r"이나|에는|으로는|에서는|이라|음|함|됨|임|였음|였다|했음|했다|었음|았음|습니다|입니다|겠음|니라|도록|면서)[,.)]?"
)
_VERB = re.compile(r"(?:하[고여며는기지도였겠]|되[어는고며었]|된|됨|함|했|할|한)")
# Behind these a word always ends.
_WORD_END = re.compile(
    r"(?:을|를|에서|으로|라고|다고|적인|하여|하고|하는|되는|있는|위한|대한|통한|따른|하며|으며|에게|까지|부터|"
    r"하면|되면|으면|지만|는데|면서|아서|어서|해서|및|등)$"
)
# Words of one syllable that stand by themselves in office prose.
_ALONE = frozenset("및등수더각구동시한두세것할될된본총월년때전후중타위내외민관또약제이그그와의매")
# Share of cut words among the breaks that the vocabulary decides; papers set by word show none.
_CUTS_WORDS = 0.25

_USUAL = 2
_SHORT = 2


class Mender:
    """Joins lines of one paper.

    Args:
        text: The paper's whole cleaned text, which serves as its vocabulary.
    """

    def __init__(self, text: str) -> None:
        self._text = text

    def mend(self, start: int, end: int) -> str:
        """The text between two offsets on one line, cut words whole again.

        White space is folded; page numbers that stand on a line of their own are left out. An
        empty stretch gives an empty text.
        """
        raw = self._text[start:end]
        if "\n" not in raw:
            return " ".join(raw.split())
        kept: list[str] = []
        for line in raw.split("\n"):
            if line.strip() and not PAGE_NUMBER.match(line):
                kept.append(line)
            elif line == " " and kept:  # the blank between two words, torn off on its own
                kept[-1] = kept[-1].rstrip() + " "
        telling = _blanks_tell(kept)
        words = " ".join(kept[0].split()) if kept else ""
        for upper, lower in pairwise(kept):
            glue = "" if self._is_cut(upper, lower, telling=telling) else " "
            words += glue + " ".join(lower.split())
        return words

    def _is_cut(self, upper: str, lower: str, *, telling: bool) -> bool:
        left, right = upper.split()[-1], lower.split()[0]
        if not _HANGUL_BOTH.match(f"{left[-1]}\n{right[0]}"):
            bracketed = left[-1] in ")」’”" and _PARTICLE.fullmatch(right) is not None
            return bracketed or left[-1] in "(·․‧・「‘“" or right[0] in "),.」’”"
        if telling or _BLANK_BEHIND.search(upper):
            return not upper.endswith(" ")
        known = self._vocabulary_says(left, right)
        return self._grammar_says(left, right) if known is None else known

    def _vocabulary_says(self, left: str, right: str) -> bool | None:
        """How the paper spells these two elsewhere; None where it does not."""
        left = left.strip(_EDGE)
        head = right.strip(_EDGE)[:2]
        if not left or not head:
            return None
        joined = self._times(left, head)
        spaced = self._text.count(f"{left} {head}")
        if joined == spaced == 0:
            joined = self._times(left, head[0])
        return None if joined == spaced else joined > spaced

    def _times(self, left: str, head: str) -> int:
        # A long rest may stand in the middle of a compound; a short one is chance there.
        whole = left + head
        return self._text.count(whole) if len(left) > _SHORT else self._begun[whole]

    def _grammar_says(self, left: str, right: str) -> bool:
        word, next_word = left.strip(_EDGE), right.strip(_EDGE)
        if left[-1] in _EDGE or not word:
            return False
        if _PARTICLE.fullmatch(right):
            return True
        if _VERB.match(next_word):
            return not re.search(r"[을를고지도게이가은는]$", word)
        if len(word) == 1:
            return word not in _ALONE
        if _WORD_END.search(word) or self._is_inflected(word):
            return False
        # A rest of a cut word hardly ever begins other words.
        return self._inner[next_word[:2]] < _USUAL and self._cuts_words

    def _is_inflected(self, word: str) -> bool:
        """A word of the paper with one more syllable that may be a particle."""
        stem = word[:-1]
        return len(stem) > 1 and word[-1] in "의이가은는고" and self._text.count(stem) > 1

    @cached_property
    def _begun(self) -> Counter[str]:
        """How often words begin with some three or four syllables, all words counted."""
        words = re.findall(r"(?<![가-힣])[가-힣]+", self._text)
        return Counter(
            word[:length] for word in words for length in (2, 3, 4) if len(word) >= length
        )

    @cached_property
    def _inner(self) -> Counter[str]:
        """How often words that stand inside a line begin with some two syllables."""
        return Counter(re.findall(r"(?<=\S[ (])[가-힣]{1,2}", self._text))

    @cached_property
    def _cuts_words(self) -> bool:
        """Whether this paper's lines end inside words, told by those the vocabulary decides."""
        cut = decided = 0
        for match in list(_BREAK.finditer(self._text))[:400]:
            if not match["left"] or not match["right"]:
                continue
            known = self._vocabulary_says(match["left"], match["right"])
            decided += known is not None
            cut += bool(known)
        return cut > _CUTS_WORDS * decided


def _blanks_tell(kept: list[str]) -> bool:
    """Whether single blanks at line ends mark the ends of words: some lines have one, some none."""
    trails = [len(line) - len(line.rstrip()) for line in kept[:-1]]
    return len(trails) > 1 and set(trails) == {0, 1}
