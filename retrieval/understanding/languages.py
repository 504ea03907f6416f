"""Questions in other languages, turned into the Korean words that papers hold."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection
from functools import cache
from importlib.resources import files
from typing import Any

from retrieval.understanding.romanised import names_in

_HANGUL = re.compile(r"[가-힣]")
_FOREIGN = re.compile(r"[A-Za-zÀ-ỹА-Яа-яЁё\u4e00-\u9fff]")
_VIETNAMESE = re.compile(r"[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]", re.IGNORECASE)


_ASKING = frozenset({"얼마", "언제", "어디", "누구", "몇 개", "몇 명"})


@cache
def _data() -> dict[str, Any]:
    source = files("retrieval.understanding") / "languages.toml"
    return tomllib.loads(source.read_text(encoding="utf-8"))


def language(text: str) -> str:
    """Language of a question: `ko`, `en`, `vi`, `zh` or `ru`, by its letters.

    >>> language("송도 예산 얼마"), language("When is the next meeting?")
    ('ko', 'en')
    """
    foreign = len(_FOREIGN.findall(text))
    if foreign <= len(_HANGUL.findall(text)):
        return "ko"
    if re.search(r"[А-Яа-яЁё]", text):
        return "ru"
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
    found: list[tuple[int, str]] = [
        (match.start(), match[0])
        for match in re.finditer(r"[가-힣][가-힣\d ]*[가-힣\d]|[가-힣]", text)
    ]
    found += [(one.start, one.name) for one in names_in(text, places)]
    for pattern, word in _data()["words"].items():
        for match in re.finditer(pattern, text, re.IGNORECASE):
            number = next((group for group in match.groups() if group), "")
            found.append((match.start(), word.format(number)))
    # Korean asks last; a question word in front would look like a follow-up.
    asking = [word for _, word in sorted(found) if word in _ASKING]
    return " ".join([*(word for _, word in sorted(found) if word not in _ASKING), *asking])


def introduction(code: str, *, answered: bool) -> str:
    """One sentence in the asker's language above a Korean answer."""
    return str(_data()["said"][code if answered else f"none_{code}"])
