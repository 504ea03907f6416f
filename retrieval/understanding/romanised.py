"""Korean place names in Latin letters: `Haneul 2-dong` for 하늘2동."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import pairwise

# In the order of Unicode's Hangul syllables; "-" for the silent initial and for no final.
_INITIALS = "g kk n d tt r m b pp s ss - j jj ch k t p h".replace("-", "").split(" ")
_MEDIALS = "a ae ya yae eo e yeo ye o wa wae oe yo u wo we wi yu eu ui i".split()  # noqa: SIM905
_FINALS = "- k k k n n n t l k m l l l p l m p p t t ng t t k t p t".replace("-", "").split(" ")
# How a final sounds before what follows: 옥련 is ongnyeon, 신림 sillim, 독립 dongnip.
_MEETING = {
    ("k", "n"): ("ng", "n"),
    ("k", "m"): ("ng", "m"),
    ("k", "r"): ("ng", "n"),
    ("t", "n"): ("n", "n"),
    ("t", "m"): ("n", "m"),
    ("p", "n"): ("m", "n"),
    ("p", "m"): ("m", "m"),
    ("p", "r"): ("m", "n"),
    ("n", "r"): ("l", "l"),
    ("l", "n"): ("l", "l"),
    ("l", "r"): ("l", "l"),
    ("m", "r"): ("m", "n"),
    ("ng", "r"): ("ng", "n"),
    ("k", ""): ("g", ""),
    ("t", ""): ("d", ""),
    ("p", ""): ("b", ""),
    ("l", ""): ("r", ""),
}
# People spell by ear: r and l, g and k, eo and o are taken for the same.
_BY_EAR = (("eo", "o"), ("eu", "u"), ("oo", "u"), ("ee", "i"), ("ae", "e"), ("ch", "j"))
_LETTERS = str.maketrans("ktpr", "gdbl")
_WORD = re.compile(r"[A-Za-z]+|\d+")
_MOST_WORDS = 4
_DONG = "dong"
_PLACE = re.compile(r"\b[A-Za-z]{2,}(?:[ -]?\d{1,2})?[ -]?(?:dong|gu|eup|myeon)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class RomanisedName:
    """A place that a foreign text names.

    Attributes:
        start: Offset of its first character.
        end: Offset behind its last.
        name: The known name; the letters as typed where no known name sounds so.
    """

    start: int
    end: int
    name: str


def romanised(word: str, *, spelled: bool = False) -> str:
    """A Korean word in Latin letters.

    Args:
        word: Hangul and digits; anything else is left out.
        spelled: Syllable by syllable, without what finals become before other sounds.

    Source:
        Revised Romanization of Korean (Ministry of Culture and Tourism, 2000), sections 2 and 3.

    >>> romanised("옥련2동"), romanised("옥련2동", spelled=True)
    ('ongnyeon2dong', 'okryeon2dong')
    """
    parts: list[list[str]] = []
    for character in word:
        code = ord(character) - 0xAC00
        if 0 <= code < 11_172:
            initial, medial, final = code // 588, code % 588 // 28, code % 28
            parts.append([_INITIALS[initial], _MEDIALS[medial], _FINALS[final]])
        elif character.isdigit():
            parts.append(["", character, ""])
    for left, right in pairwise(parts):
        if not spelled and not right[1].isdigit():
            left[2], right[0] = _MEETING.get((left[2], right[0]), (left[2], right[0]))
    return "".join("".join(part) for part in parts)


def names_in(text: str, known: Collection[str]) -> list[RomanisedName]:
    """Every place that a foreign text names in Latin letters, in order and without overlap.

    Args:
        text: Any text.
        known: Names of places, in Hangul.

    Returns:
        Known names by their sound; other words that end like a place (`…-dong`) as typed.
    """
    by_sound = {sound: name for name in sorted(known) for sound in _sounds(name)}
    words = list(_WORD.finditer(text))
    found: list[RomanisedName] = []
    for start, first in enumerate(words):
        if found and first.start() < found[-1].end:
            continue
        for stop in range(min(start + _MOST_WORDS, len(words)), start, -1):
            run = text[first.start() : words[stop - 1].end()]
            if name := by_sound.get(_by_ear(run)):
                end = words[stop - 1].end()
                found.append(RomanisedName(start=first.start(), end=end, name=name))
                break
    taken = [(one.start, one.end) for one in found]
    return sorted([*found, *_strangers(text, taken)], key=lambda one: one.start)


def _strangers(text: str, taken: Collection[tuple[int, int]]) -> Iterator[RomanisedName]:
    for match in _PLACE.finditer(text):
        if not any(match.start() < end and match.end() > start for start, end in taken):
            yield RomanisedName(start=match.start(), end=match.end(), name=match[0])


def _sounds(name: str) -> Iterator[str]:
    """How a name may be typed; a numbered one also without its ending (`Haneul 2`)."""
    for form in {romanised(name), romanised(name, spelled=True)}:
        yield _by_ear(form)
        short = form.removesuffix(_DONG)
        if short != form and short[-1:].isdigit():
            yield _by_ear(short)


def _by_ear(text: str) -> str:
    plain = re.sub(r"[^a-z\d]", "", text.lower())
    for said, alike in _BY_EAR:
        plain = plain.replace(said, alike)
    return re.sub(r"([a-z])\1+", r"\1", plain.translate(_LETTERS))
