"""Morphemes of a message, as one line that patterns can be laid over."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Protocol

# Stands after each sentence of the line.
SENTENCE_END = "‖"
# Pictures, laughter and stray consonants say nothing about what is meant.
_SILENT = {"W_EMOJI", "Z_CODA", "SO", "SE", "W_HASHTAG", "W_MENTION"}

# Hangul syllables in Unicode: the first, how many, how many ends each has, those of ㅁ and ㅆ.
_FIRST_SYLLABLE, _SYLLABLES, _FINALS, _FINAL_M, _FINAL_SS = 0xAC00, 11172, 28, 16, 20
# They end in ㅆ in any tense: 있다 (there is) and -겠- (will).
_NOT_PAST = frozenset("있겠")


class Morpheme(Protocol):
    """What is needed of a token of an analyser such as Kiwi."""

    @property
    def form(self) -> str:
        """The morpheme, for a verb without its ending."""

    @property
    def tag(self) -> str:
        """Sejong tag such as `NNG`."""

    @property
    def start(self) -> int:
        """First code point in the text."""

    @property
    def len(self) -> int:
        """Number of code points in the text."""


Tokenize = Callable[[str], Sequence[Morpheme]]


def tag_of(token: Morpheme) -> str:
    """The Sejong tag without the mark of regular or irregular inflection (`VA-I` is `VA`)."""
    return token.tag.split("-")[0]


def line(tokens: Sequence[Morpheme]) -> str:
    """The tokens as ` form/TAG form/TAG ‖ form/TAG ‖ `, with ` ‖ ` after each sentence.

    A sentence ends with a final ending, a full stop or the end of the message. The polite
    particle 요 and a question mark after a final ending belong to its sentence; exclamation marks,
    full stops after an ending, laughter and pictures are left out. Empty for no tokens.
    """
    parts: list[str] = []
    spoken = [token for token in tokens if not _is_silent(token)]
    for place, token in enumerate(spoken):
        if not _is_stop(token):
            parts.append(f"{token.form}/{tag_of(token)}")
        following = spoken[place + 1] if place + 1 < len(spoken) else None
        if _ends_sentence(token, following):
            parts.append(SENTENCE_END)
    return f" {' '.join(parts)} " if parts else ""


def _is_silent(token: Morpheme) -> bool:
    return token.tag in _SILENT or (
        token.tag == "SW" and all("ㄱ" <= letter <= "ㅣ" for letter in token.form)
    )


def _is_stop(token: Morpheme) -> bool:
    return token.tag in {"SF", "SE"} and "?" not in token.form


def _ends_sentence(token: Morpheme, following: Morpheme | None) -> bool:
    if following is None:
        return True
    if token.tag == "SF":
        return following.tag != "SF"
    closes = token.tag == "EF" or (token.tag == "JX" and token.form == "요")
    return closes and following.tag not in {"SF", "JX", "EF"}


def speaks_of_past(text: str, tokens: Sequence[Morpheme]) -> bool:
    """Whether a message speaks of something done.

    The past is any syllable that ends in ㅆ (바꿨, 고쳐줬), or ㄴ behind a noun made a verb
    (교체한, 교체된); behind an adjective that is no past (필요한).

    Args:
        text: The message; an empty one speaks of nothing.
        tokens: Its morphemes.
    """
    ending = any(
        0 <= (place := ord(letter) - _FIRST_SYLLABLE) < _SYLLABLES
        and place % _FINALS == _FINAL_SS
        and letter not in _NOT_PAST
        for letter in text
    )
    return ending or any(
        one.tag == "XSV" and after.tag == "ETM" and after.form == "ᆫ"
        for one, after in pairwise(tokens)
    )


def nominal(verb: str) -> str:
    """The noun that a verb's stem makes.

    >>> nominal("나누"), nominal("걷")
    ('나눔', '걷음')
    """
    last = ord(verb[-1]) - _FIRST_SYLLABLE
    open_end = 0 <= last < _SYLLABLES and not last % _FINALS
    return f"{verb[:-1]}{chr(ord(verb[-1]) + _FINAL_M)}" if open_end else f"{verb}음"
