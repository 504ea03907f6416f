"""Unit notes: what the bare numbers of a table or of a column stand for."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus import amounts

_LINE = re.compile(
    r"(?:[(\[<〔【]\s*(?:[^()\[\]\n]{0,20}[,，]\s*)?단\s?위\s*[:：]?|단\s?위\s*[:：])"
    r"\s*(?P<units>[^)\]>〕】\n]{1,40})"
)
_BRACKET = re.compile(r"\s*[(\[]\s*(?:단\s?위\s*[:：]\s*)?(?P<units>[^()\[\]]{1,16})\s*[)\]]\s*$")
_INNER = re.compile(r"[(\[]\s*단\s?위\s*[:：]\s*(?P<units>[^()\[\]]{1,16})\s*[)\]]")
_COUNTERS = re.compile(
    r"개|명|인|건|회|개소|곳|가구|세대|팀|동|개동|사업|개사업|종|대|호|점|시간|분|매|부|권|톤|kg|박스|면|등|일|개월|년|m|㎡|km|세|위"
)
_SPLIT = re.compile(r"\s*[,，/·ㆍ、]\s*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """What a unit note names.

    Attributes:
        won: Won that a bare amount stands for; None where no money is named.
        counters: Counter words, such as `개소`.
        rate: Whether per cent is named.
        other: Units that are none of these, such as `억 달러`.
    """

    won: int | None = None
    counters: tuple[str, ...] = ()
    rate: bool = False
    other: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.won or self.counters or self.rate or self.other)


NO_NOTE = Note()


def read_note(text: str) -> Note:
    """The unit note that a line holds, such as `(단위: 개소, 백만원)`.

    Returns:
        An empty note where the line has none.
    """
    match = _LINE.search(text)
    if match:
        return _note(match["units"])
    won = amounts.unit_note(text)
    return Note(won=won) if won else NO_NOTE


def split_heading(name: str) -> tuple[str, Note]:
    """A column's heading without the unit in its brackets, and that unit.

    >>> split_heading("포상금(백만원)")[0]
    '포상금'
    """
    match = _BRACKET.search(name) or _INNER.search(name)
    if match is None:
        return name, NO_NOTE
    note = _note(match["units"])
    if not note or note.other:
        return name, NO_NOTE
    plain = f"{name[: match.start()].rstrip()} {name[match.end() :].lstrip()}".strip()
    return plain or name, note


def _note(units: str) -> Note:
    won: int | None = None
    counters: list[str] = []
    other: list[str] = []
    rate = False
    for word in filter(None, _SPLIT.split(units.strip())):
        money = amounts.unit_note(f"(단위: {word})")
        if money:
            won = won or money
        elif _COUNTERS.fullmatch("".join(word.split())):
            counters.append("".join(word.split()))
        elif word in {"%", "％", "%p", "퍼센트"}:
            rate = True
        else:
            other.append(word)
    return Note(won=won, counters=tuple(counters), rate=rate, other=tuple(other))
