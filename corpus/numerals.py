"""Numbers as Korean papers print them: 2,480만 · 2천800 · 12.4억 · 오백만 · ２０여."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

_DIGITS = {c: n for n, c in enumerate("영일이삼사오육칠팔구")} | {"공": 0, "륙": 6}
_SMALL = {"십": 10, "백": 100, "천": 1000}
_BIG = {"만": 10**4, "억": 10**8, "조": 10**12}
_SIZES = _SMALL | _BIG

# A torn line breaks a number at most once, with the few blanks of an indent around the break.
GAP = r"[ \t]{0,4}\n?[ \t]{0,8}"
# Seven groups of three hold every 64-bit number; the bound also keeps long digit runs linear.
_TOKEN = re.compile(
    r"(?P<number>(?:\d{1,3}(?:,\d{3}){1,7}(?![\d])|\d+)(?:\.\d{1,9}(?!\d))?)"
    r"|(?P<digit>[영공일이삼사오육륙칠팔구](?=[십백천만억조]|원))"
    r"|(?P<unit>[십백천만억조])"
    r"|(?P<some>여)"
)
_NEXT = re.compile(rf"{GAP}(?:{_TOKEN.pattern})")
# A Hangul numeral begins a word, or follows 총 (in all), 각 (each), 약 (about), 금 (the sum of).
_START = re.compile(
    r"(?<![\dA-Za-z])(?<!\d\.)\d"
    r"|(?:(?<![\dA-Za-z가-힣])|(?<=[총각약금]))[일이삼사오육칠팔구십백천만억조]"
)
_LONGEST_NUMBER = 32
_POINTS = frozenset(".,")
_GLUED = re.compile(r"[.,]\d")
_NARROW = str.maketrans(
    "０１２３４５６７８９，．％～∼〜－–−：／（）\u00a0\u3000\u2003\u2009",
    "0123456789,.%~~~---:/()    ",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Numeral:
    """One way to read a number that starts at some place.

    Attributes:
        start: Offset of its first character.
        end: Offset behind its last character.
        value: What it says, exactly.
        scale: Product of the units right behind the last written number: 만 in 200만, 1 in 200.
        last: Last unit read, such as `만`; empty where a plain number ends it.
        units: How many units were read.
        written: Whether it holds a digit of either script, not units alone as in 백만.
        arabic: Whether it holds an Arabic digit.
        about: Whether 여 (some, a little more than) stands in it.
    """

    start: int
    end: int
    value: int | Fraction = 0
    scale: int = 1
    last: str = ""
    units: int = 0
    written: bool = False
    arabic: bool = False
    about: bool = False


@dataclass(slots=True, kw_only=True)
class _Sum:
    """Running total of a number; each part must be smaller than the unit before it."""

    closed: int | Fraction = 0
    section: int | Fraction = 0
    pending: int | Fraction | None = None
    big: int = 10**16
    small: int = 10**4

    def number(self, value: int | Fraction) -> bool:
        bounded = self.small < 10**4 or self.big < 10**16
        if self.pending is not None or (bounded and value >= min(self.small, self.big)):
            return False
        self.pending = value
        return True

    def unit(self, name: str) -> bool:
        return self._small(_SMALL[name]) if name in _SMALL else self._big(_BIG[name])

    def _small(self, size: int) -> bool:
        if size >= self.small:
            return False
        self.section += (1 if self.pending is None else self.pending) * size
        self.pending, self.small = None, size
        return True

    def _big(self, size: int) -> bool:
        if size >= self.big:
            return False
        nothing = self.pending is None and self.small == 10**4
        section = 1 if nothing else self.section + (self.pending or 0)
        self.closed += section * size
        self.section, self.pending, self.small, self.big = 0, None, 10**4, size
        return True

    @property
    def value(self) -> int | Fraction:
        return self.closed + self.section + (self.pending or 0)


def narrow(text: str) -> str:
    """The text with full-width digits, marks and spaces made narrow; offsets stay the same."""
    return text.translate(_NARROW)


def starts(text: str) -> Iterator[int]:
    """Offsets of a narrow text at which a number may begin, in order."""
    return (match.start() for match in _START.finditer(text))


def readings(text: str, start: int) -> list[Numeral]:
    """Every way to read a number from one place on, shortest first.

    Args:
        text: Narrow text.
        start: One of `starts(text)`.

    Returns:
        The number up to each of its parts, so that the caller can choose the longest one that
        what follows confirms; empty where no number starts or it is absurdly long.
    """
    found: list[Numeral] = []
    total = _Sum()
    current = Numeral(start=start, end=start)
    token = _TOKEN.match(text, start)
    while token is not None:
        following = _extend(current, token, total)
        if following is None:
            break
        current = following
        found.append(current)
        if _breaks_off(text, current):
            break
        token = _NEXT.match(text, current.end)
    return found


def _extend(numeral: Numeral, token: re.Match[str], total: _Sum) -> Numeral | None:
    kind = str(token.lastgroup)
    word = token[kind]
    if kind == "some":
        touching = token.start("some") == numeral.end and numeral.written and not numeral.about
        return replace(numeral, end=token.end(), about=True) if touching else None
    unit, arabic = kind == "unit", kind == "number"
    if not (
        total.unit(word) if unit else len(word) <= _LONGEST_NUMBER and total.number(_value(word))
    ):
        return None
    return Numeral(
        start=numeral.start,
        end=token.end(),
        value=total.value,
        scale=numeral.scale * _SIZES[word] if unit else 1,
        last=word if unit else "",
        units=numeral.units + unit,
        written=numeral.written or not unit,
        arabic=numeral.arabic or arabic,
        about=numeral.about,
    )


def _value(word: str) -> int | Fraction:
    if word in _DIGITS:
        return _DIGITS[word]
    plain = word.replace(",", "")
    return Fraction(plain) if "." in plain else int(plain)


def _breaks_off(text: str, numeral: Numeral) -> bool:
    """Whether a decimal point or comma glued to it shows that this is no plain number."""
    return (
        text[numeral.end : numeral.end + 1] in _POINTS
        and _GLUED.match(text, numeral.end) is not None
    )
