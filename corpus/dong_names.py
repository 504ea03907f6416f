"""Names of neighbourhoods (동, 읍, 면, 리, 가): one canonical key for each way to write them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from functools import lru_cache

from corpus.text import similarity

_NUMBERED = re.compile(
    r"(?P<stem>.*?)제?(?P<numbers>\d{1,2}(?:[·.,]\d{1,2}){0,9})(?P<suffix>가?동|가)"
)
_SPELLED = re.compile(
    r"(?P<stem>.+?)제?(?P<number>[일이삼사오육칠팔구]?십?[일이삼사오육칠팔구]?)동"
)
_DIGITS = {c: n for n, c in enumerate("일이삼사오육칠팔구", 1)}
_DOTS = str.maketrans({"ㆍ": "·", "․": "·", "・": "·", "･": "·", "‧": "·", "•": "·", "∙": "·"})

# One wrong key in the shortest numbered names (7 keys) leaves a likeness of 0.86, two leave
# 0.71; of 780 pairs of different names of real dongs 1 in 100 comes to 0.7.
_NEAR = 0.7
# Every question is held against the same few hundred names of the council's papers.
_KEPT = 4096


def dong_key(text: str, known: Collection[str] = ()) -> str:
    """The canonical name of a neighbourhood, equal for all ways to write it.

    Spaces and 제 before a number go: `가람 제2동` is `가람2동`. A number in Hangul (`가람이동`) is
    one only where `known` has a numbered dong of that stem, since 상일동 and 구일동 are names.

    Args:
        text: A name as printed or typed; empty text has an empty key.
        known: Names of neighbourhoods that exist, in any spelling.

    >>> dong_key("가람 이동", known=["가람1동", "가람2동"])
    '가람2동'
    """
    plain = _plain(text)
    keys = {_plain(name) for name in known}
    return plain if plain in keys else spelled_key(plain, {stem(key) for key in keys}) or plain


def spelled_key(name: str, stems: Collection[str]) -> str:
    """The key of a name whose number is spelled in Hangul; empty unless its stem is among `stems`.

    Args:
        name: A name without spaces, such as `가람이동`.
        stems: Stems of numbered dongs, such as `가람`.
    """
    match = _SPELLED.fullmatch(name)
    if match is None or not match["number"] or match["stem"] not in stems:
        return ""
    tens, ten, ones = match["number"].rpartition("십")
    number = (_DIGITS.get(tens, 1) * 10 if ten else 0) + _DIGITS.get(ones, 0)
    return f"{match['stem']}{number}동"


@lru_cache(maxsize=_KEPT)
def stem(key: str) -> str:
    """The name that numbered neighbourhoods share: `가람` of `가람2동`; empty for others."""
    match = _NUMBERED.fullmatch(key)
    return match["stem"] if match else ""


def family(name: str, known: Collection[str]) -> list[str]:
    """Keys of all numbered dongs that a common name stands for: 가람동 for 가람1동 and 가람2동.

    Args:
        name: A name without number, such as `가람동` or `가람`.
        known: Names of neighbourhoods that exist.

    Returns:
        Their keys by number; empty where the name is a neighbourhood of its own, or of none.
    """
    common = _plain(name)
    keys = {_plain(each) for each in known}
    if not common or common in keys:
        return []
    members = [key for key in keys if stem(key) and stem(key) == common.removesuffix("동")]
    return sorted(members, key=lambda key: [int(n) for n in re.findall(r"\d+", key)])


def nearest(name: str, known: Collection[str]) -> list[str]:
    """Known names that a mistyped one may mean, likeliest first; empty where none is near.

    Numbered siblings are near one another: the caller asks back where several come.

    Args:
        name: What was typed.
        known: Names of neighbourhoods that exist; they come back as given.
    """
    key = dong_key(name, known)
    scored = [(similarity(key, _plain(each)), each) for each in dict.fromkeys(known)]
    return [each for score, each in sorted(scored, key=lambda pair: -pair[0]) if score >= _NEAR]


@lru_cache(maxsize=_KEPT)
def _plain(text: str) -> str:
    packed = unicodedata.normalize("NFKC", "".join(text.translate(_DOTS).split()))
    match = _NUMBERED.fullmatch(packed)
    if match is None:
        return packed
    numbers = "·".join(str(int(number)) for number in re.findall(r"\d+", match["numbers"]))
    return f"{match['stem']}{numbers}{match['suffix']}"
