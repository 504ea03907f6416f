"""Korean money and counted things: found in prose, read from cells, written for people."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction

from corpus import numerals
from corpus.counts import Count, counts
from corpus.money import Amount, Bound, find

__all__ = [
    "UNITS",
    "Amount",
    "Bound",
    "Count",
    "convert",
    "counts",
    "find",
    "format_exact",
    "format_won",
    "parse_cell",
    "unit_note",
]

UNITS = {
    "원": 1,
    "천원": 10**3,
    "만원": 10**4,
    "십만원": 10**5,
    "백만원": 10**6,
    "천만원": 10**7,
    "억원": 10**8,
    "십억원": 10**9,
    "조원": 10**12,
}
_UNIT = r"(?<![가-힣\d])(?P<unit>(?:십억|천만|백만|십만|억|만|천|조)?[ \t]?원)(?![가-힣])"
# A note says 단위 (unit), labels a column (`금액 : 백만원`), or is the unit alone in brackets or in
# a heading cell; damaged text leaves stray signs between label and unit.
_NOTES = (
    re.compile(rf"단[ \t]?위[^)\]\n]{{0,30}}?{_UNIT}"),
    re.compile(
        rf"[(\[〔<【](?:[^()\[\]\d\n]{{0,20}}[:：][^가-힣\d\n]{{0,4}})?[ \t]?{_UNIT}"
        r"[ \t]?[)\],〕>】]"
    ),
    re.compile(rf"^\s{{0,9}}{_UNIT}\s{{0,9}}$"),
)
# The triangles are the minus signs of Korean budgets.
_CELL = re.compile(
    r"(?P<minus>[-−△▲]\s?)?(?P<number>(?:\d{1,3}(?:, ?\d{3}){1,7}|\d{1,24})(?:\.\d{1,9})?)"
)


def unit_note(text: str) -> int | None:
    """Won that the bare numbers below a note stand for; None where the text holds no such note.

    >>> unit_note("(단위 : 개소, 백만원)")
    1000000
    """
    source = numerals.narrow(text)
    for pattern in _NOTES:
        match = pattern.search(source)
        if match:
            return UNITS["".join(match["unit"].split())]
    return None


def parse_cell(text: str, multiplier: int) -> int | None:
    """Whole won of a table cell.

    Args:
        text: The cell as printed: `1,234`, `△50`, `12.5`, or an amount with a unit of its own.
        multiplier: Won of a bare number, as `unit_note` gives it; a unit in the cell goes first.

    Returns:
        Won, rounded; None for an empty cell, a dash, or anything else than one amount.

    >>> parse_cell("△1,250", 1000), parse_cell("4백만원", 1000), parse_cell("-", 1000)
    (-1250000, 4000000, None)
    """
    source = numerals.narrow(text).strip()
    match = _CELL.fullmatch(source)
    if match is None:
        amounts = find(source)
        whole = len(amounts) == 1 and amounts[0].text == source
        return amounts[0].won if whole else None
    value = Fraction(re.sub("[, ]", "", match["number"])) * multiplier
    won = int(value + Fraction(1, 2))
    return -won if match["minus"] else won


def format_won(won: int) -> str:
    """The amount as people read it: `2,480만원`, `417만 3,000원`, `-1억원`, `0원`.

    `find` reads it back for every amount that a 64-bit integer holds.
    """
    if won == 0:
        return "0원"
    rest = abs(won)
    words = []
    for name, size in (("조", 10**12), ("억", 10**8), ("만", 10**4)):
        part, rest = divmod(rest, size)
        if part:
            words.append(f"{part:,}{name}")
    if rest:
        words.append(f"{rest:,}")
    return f"{'-' if won < 0 else ''}{' '.join(words)}원"


def format_exact(won: int) -> str:
    """The amount to the last won: `24,800,000원`."""
    return f"{won:,}원"


def convert(won: int, unit: str) -> str:
    """The amount in one unit, exactly: `convert(2_150_000, "백만원")` is `2.15백만원`.

    Args:
        won: Whole won.
        unit: One of `UNITS`, such as `천원` or `억원`; spaces do not matter.

    Raises:
        ValueError: The unit is unknown.
    """
    name = "".join(unit.split())
    if name not in UNITS:
        raise ValueError(f"unknown unit of money {unit!r}; use one of {', '.join(UNITS)}")
    exponent = len(str(UNITS[name])) - 1
    whole, rest = divmod(abs(won), UNITS[name])
    decimals = f"{Decimal(rest):0{exponent}f}".rstrip("0") if rest else ""
    return f"{'-' if won < 0 else ''}{whole:,}{'.' if decimals else ''}{decimals}{name}"
