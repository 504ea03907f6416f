"""The one door that every text passes: cleaning, folding for comparison, likeness of names."""

from __future__ import annotations

import re
import unicodedata

# Form feed, vertical tab, NEL, line and paragraph separator all end a line somewhere.
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
# Spaces of every width, Hangul fillers (drawn as nothing) and the empty Braille cell.
_SPACES = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000\u3164\uffa0\u2800]")
# What nobody sees and programs choke on: C0 and C1 controls except tab and line feed, surrogates,
# noncharacters, zero-width, bidirectional and tag characters, jamo fillers, soft hyphens.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u061c\u115f\u1160\u180e\u200b-\u200f"
    "\u202a-\u202e\u2060-\u206f\ud800-\udfff\ufdd0-\ufdef\ufeff\ufff9-\ufffb\ufffe\uffff"
    "\U000e0000-\U000e007f"
    + "".join(
        f"{chr(plane * 0x10000 + 0xFFFE)}{chr(plane * 0x10000 + 0xFFFF)}" for plane in range(1, 17)
    )
    + "]"
)
# Hancom's private characters are bullets, circled numbers and arrows: a visible mark keeps the
# words on both sides apart and shows that something stood there.
_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd]")

_LOOK_ALIKES = {
    **dict.fromkeys(map(ord, "‘’‚‛′＇`´"), "'"),
    **dict.fromkeys(map(ord, "“”„‟″＂「」『』"), '"'),
    **dict.fromkeys(map(ord, "ㆍ・･·․‧•∙⋅ᆞ"), "·"),
    **dict.fromkeys(map(ord, "‐‑‒–—―−－"), "-"),
    **dict.fromkeys(map(ord, "∼〜～"), "~"),
}

# Two names are told apart well before this; longer texts are compared by their beginnings, since
# the work grows with the square of the length.
_LONGEST_NAME = 200

_FIRST_SYLLABLE, _LAST_SYLLABLE = ord("가"), ord("힣")
_INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
_VOWELS = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
_FINALS = " ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ"
_PAIRS = str.maketrans(
    {
        **{"ㄲ": "ㄱㄱ", "ㄸ": "ㄷㄷ", "ㅃ": "ㅂㅂ", "ㅆ": "ㅅㅅ", "ㅉ": "ㅈㅈ", "ㅄ": "ㅂㅅ"},
        **{"ㄳ": "ㄱㅅ", "ㄵ": "ㄴㅈ", "ㄶ": "ㄴㅎ", "ㄺ": "ㄹㄱ", "ㄻ": "ㄹㅁ", "ㄼ": "ㄹㅂ"},
        **{"ㄽ": "ㄹㅅ", "ㄾ": "ㄹㅌ", "ㄿ": "ㄹㅍ", "ㅀ": "ㄹㅎ", "ㅘ": "ㅗㅏ", "ㅙ": "ㅗㅐ"},
        **{"ㅚ": "ㅗㅣ", "ㅝ": "ㅜㅓ", "ㅞ": "ㅜㅔ", "ㅟ": "ㅜㅣ", "ㅢ": "ㅡㅣ", " ": ""},
    }
)


def clean(text: str) -> str:
    r"""Make any text safe to store, index and show, without changing what it says.

    Composes Hangul (NFC), turns every line end into a line feed and every wide or fixed space into
    a plain one, shows private-use characters as `•`, and drops what is invisible. Quotation marks,
    full-width letters and all other visible characters stay as printed, so that quotes are
    verbatim. Cleaning twice is cleaning once; empty text stays empty.

    >>> clean("회의\u200b록\r\n１회")
    '회의록\n１회'
    """
    lines = _LINE_ENDS.sub("\n", text)
    visible = _INVISIBLE.sub("", _SPACES.sub(" ", lines))
    return unicodedata.normalize("NFC", _PRIVATE.sub("•", visible))


def fold(text: str) -> str:
    """What two spellings of one text have in common; for matching only, never for showing.

    Width, case and whitespace go, and quotation marks, middle dots, dashes and tildes become one
    form each. Offsets are lost.

    >>> fold("‘복지ㆍ보건’ ＡＢ") == fold("'복지·보건'ab")
    True
    """
    plain = unicodedata.normalize("NFKC", text.translate(_LOOK_ALIKES))
    lowered = unicodedata.normalize("NFKC", plain.casefold())
    return "".join(lowered.translate(_LOOK_ALIKES).split())


def squeeze(text: str) -> str:
    """The text on one line: whitespace runs become one space, none at the ends."""
    return " ".join(text.split())


def shortened(text: str, most: int) -> str:
    """The first `most` characters of a text, with `…` behind them where it goes on."""
    return text if len(text) <= most else f"{text[:most]}…"


def similarity(a: str, b: str) -> float:
    """How alike two short names are, as one types them: 1.0 for equal, 0.0 for nothing shared.

    Counts the keystrokes (jamo, double letters as two) that were left out, added, replaced or
    swapped with a neighbour, divided by the keystrokes of the longer name. Case, width and spaces
    do not count; of a text only the first 200 keystrokes do. Two empty texts are equal.

    Source:
        Optimal string alignment, the restricted form of Damerau, "A technique for computer
        detection and correction of spelling errors", CACM 1964.

    >>> similarity("예산", "예싼") > similarity("예산", "회의")
    True
    """
    left, right = _keystrokes(a), _keystrokes(b)
    longest = max(len(left), len(right))
    return 1 - _distance(left, right) / longest if longest else 1.0


def _keystrokes(text: str) -> str:
    jamo = "".join(map(_jamo, fold(text[:_LONGEST_NAME])))
    return jamo.translate(_PAIRS)[:_LONGEST_NAME]


def _jamo(character: str) -> str:
    code = ord(character)
    if not _FIRST_SYLLABLE <= code <= _LAST_SYLLABLE:
        return character
    initial, rest = divmod(code - _FIRST_SYLLABLE, 21 * 28)
    vowel, final = divmod(rest, 28)
    return _INITIALS[initial] + _VOWELS[vowel] + _FINALS[final]


def _distance(a: str, b: str) -> int:
    before: list[int] = []
    last = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        row = [i]
        for j, y in enumerate(b, 1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (x != y))
            if i > 1 and j > 1 and x == b[j - 2] and a[i - 2] == y:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        before, last = last, row
    return last[-1]
