"""Questions in other languages, turned into the Korean words that papers hold."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from retrieval.understanding.romanised import names_in

_HANGUL = re.compile(r"[가-힣]")
_FOREIGN = re.compile(r"[A-Za-zÀ-ỹА-Яа-яЁё\u3040-\u30ff\u4e00-\u9fff]")
_KANA = re.compile(r"[\u3040-\u30ff]")
_CHARACTERS = re.compile(r"[\u4e00-\u9fff]{2,}")
# 第一期, 第2次: what Korean print writes as 제1기, 제2차.
_NUMBERED = re.compile(r"第\s?([一二三四五六七八九十]|\d+)\s?(期|屆|届|次|回)")
_DIGITS = "一二三四五六七八九十"
_COUNTERS = {"期": "기", "屆": "기", "届": "기", "次": "차", "回": "차"}
# A single character is no word, and most words of public life have two or four.
_LEAST_READ = 2
_VIETNAMESE = re.compile(r"[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]", re.IGNORECASE)


_ASKING = frozenset({"얼마", "언제", "어디", "누구", "몇 개", "몇 명"})


@cache
def _data() -> dict[str, Any]:
    source = files("retrieval.understanding") / "languages.toml"
    return tomllib.loads(source.read_text(encoding="utf-8"))


def language(text: str) -> str:
    """Language of a question: `ko`, `en`, `vi`, `zh`, `ja` or `ru`, by its letters.

    >>> language("송도 예산 얼마"), language("When is the next meeting?")
    ('ko', 'en')
    """
    foreign = len(_FOREIGN.findall(text))
    if foreign <= len(_HANGUL.findall(text)):
        return "ko"
    if re.search(r"[А-Яа-яЁё]", text):
        return "ru"
    if _KANA.search(text):
        return "ja"
    if re.search(r"[\u4e00-\u9fff]", text):
        return "zh"
    return "vi" if _VIETNAMESE.search(text) else "en"


def in_korean(text: str, places: Collection[str] = ()) -> str:
    """A foreign question as the Korean words it is about, names in Hangul kept.

    Args:
        text: A question whose `language` is not `ko`.
        places: Names of known places, which may be typed in Latin letters.

    Returns:
        Korean words in the order of the question, words of asking last; empty where none is
        known.
    """
    text = _NUMBERED.sub(_with_digits, text)
    found: list[tuple[int, str]] = [
        (match.start(), match[0])
        for match in re.finditer(r"[가-힣][가-힣\d ]*[가-힣\d]|[가-힣]", text)
    ]
    found += [(one.start, one.name) for one in names_in(text, places)]
    left = text
    for pattern, word in _data()["words"].items():
        for match in re.finditer(pattern, text, re.IGNORECASE):
            number = next((group for group in match.groups() if group), "")
            found.append((match.start(), word.format(number)))
            left = left[: match.start()] + " " * len(match[0]) + left[match.end() :]
    found += [(one.start(), read) for one in _CHARACTERS.finditer(left) if (read := _read(one[0]))]
    return _asked_last([word for _, word in sorted(found)])


def _asked_last(words: Sequence[str]) -> str:
    """Words with those of asking at the end, as Korean has them; each once."""
    rest = [word for word in dict.fromkeys(words) if word not in _ASKING]
    asking = [word for word in dict.fromkeys(words) if word in _ASKING]
    if {"얼마", "몇 개"} <= set(asking) and {"사업", "예산"} <= set(rest):
        # Two things are asked, each of its own noun.
        rest = [word for word in rest if word not in {"사업", "예산"}]
        asking = ["사업은 몇 개고 예산은 얼마야"]
    return " ".join([*rest, *asking])


def _with_digits(match: re.Match[str]) -> str:
    number = match[1]
    return f"제{_DIGITS.index(number) + 1 if number in _DIGITS else number}{_COUNTERS[match[2]]} "


@cache
def _readings() -> dict[str, str]:
    source = files("retrieval.understanding") / "hanja.toml"
    readings = tomllib.loads(source.read_text(encoding="utf-8"))["readings"]
    return {character: read for read, characters in readings.items() for character in characters}


def _read(characters: str) -> str:
    """Chinese characters as Korean reads them, as far as all are known; empty else.

    >>> _read("社会保障")
    '사회보장'
    """
    known = _readings()
    if len(characters) < _LEAST_READ or not all(one in known for one in characters):
        return ""
    return "".join(known[one] for one in characters)


def introduction(code: str, *, answered: bool) -> str:
    """One sentence in the asker's language above a Korean answer."""
    return str(_data()["said"][code if answered else f"none_{code}"])
