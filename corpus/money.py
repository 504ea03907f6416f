"""Amounts of money in running Korean text, in won."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from corpus import numerals
from corpus.numerals import GAP, Numeral

# 원 (won) also begins words that may follow a number over a line end, such as 원안 (the original
# bill); 원인 is "cause" after a space and "won, being" without one.
_WON = re.compile(
    rf"여?{GAP}(?:원(?!안|칙|장|격|룸|금|래|본|생|형|천|서|탁|예|활|아|가|도심|주민|단(?!위))"
    r"(?!(?<=[ \n]원)인)|won\b|KRW\b)",
    re.IGNORECASE,
)
# One of these stands in or beside every amount but bare ones; most texts have none.
_SIGN = re.compile(r"[원억조만₩￦]|won|KRW", re.IGNORECASE)
# 억 and 조 without 원 are money unless something else is counted; 조 alone is an article of a law.
_COUNTED = re.compile(
    r"\s?(?:(?:명|개|건|회|년|인|대|주|톤|마리|그루|㎡|t|kWh)(?![가-힣A-Za-z])|명의|개의|달러|불|유로|위안|엔)"
)
# Before a number of 만 (ten thousand) without 원 these say that it is money.
_MONEY_NOUN = re.compile(
    r"(?:예산|사업비|비용|금액|돈|수당|[가-힣]금)[가-힣]{0,2}[ \t:：]{0,3}"
    r"(?:총|약|각|최대|최소|매년)?[ \t]{0,2}$"
)
# 천원, 만원, 백만원 head columns; there, in brackets or on a line of their own they name a unit.
_BARE_UNIT = re.compile(r"(?:천|만|백만)\s?원")
_UNIT_BEFORE = re.compile(r"(?:단위|금액)[^가-힣\d\n]{0,6}$|[(\[〔【]\s*$")
_UNIT_AFTER = re.compile(r"\s?단위|\s?[)\]〕】]")
_LINE_BEFORE = re.compile(r"(?:^|\n)[ \t]*$")
_LINE_AFTER = re.compile(r"[ \t]{0,8}(?:\n|$)")
_VAGUE = re.compile(r"(?:몇|수)\s?$")
_CURRENCY = re.compile(r"(?:[₩￦]|KRW)[ \t]{0,2}$", re.IGNORECASE)
_MINUS = re.compile(r"(?<![\w)~.%])[-−△]$")
_DASH = re.compile(r"[ \t]{0,2}[~-][ \t]{0,2}")
_RANGE = re.compile(r"[ \t]{0,2}(?:~|-|에서|내지|부터)[ \t]{0,2}")
_EACH_BEFORE = re.compile(
    r"(?:(?<![가-힣])각각?|(?:인|명|개소|개|곳|팀|동|구|군|시|가구|세대|건|회|인원|기관|단체|사업|지역|가정)당)"
    r"[ \t:]{0,3}(?:총|약|최대|최소)?[ \t]{0,2}$"
)
_EACH_AFTER = re.compile(r"\s?씩")
_GLUED = re.compile(r"[가-힣A-Za-z%℃㎡:/.-]")
_JOINTS = frozenset("/-:")
_WINDOW = 20


class Bound(StrEnum):
    """How an amount limits another one."""

    AT_LEAST = "at least"  # 이상, 최소
    AT_MOST = "at most"  # 이하, 이내, 한도, 최대
    MORE_THAN = "more than"  # 초과
    LESS_THAN = "less than"  # 미만
    ABOUT = "about"  # 약, 여, 내외, 정도


_BOUND_AFTER = {
    Bound.AT_LEAST: re.compile(r"\s?이상"),
    Bound.AT_MOST: re.compile(r"\s?(?:이하|이내|한도)"),
    Bound.MORE_THAN: re.compile(r"\s?(?:을|를)?\s?(?:초과|넘)"),
    Bound.LESS_THAN: re.compile(r"\s?미만"),
    Bound.ABOUT: re.compile(r"\s?(?:내외|정도|가량|안팎|쯤)"),
}
_BOUND_BEFORE = {
    Bound.AT_LEAST: re.compile(r"최소\s?$"),
    Bound.AT_MOST: re.compile(r"최대\s?$"),
    Bound.ABOUT: re.compile(r"약\s?$"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """An amount of money in a text.

    Attributes:
        start: Offset of its first character, sign and ₩ included.
        end: Offset behind its last character.
        won: Whole won; fractions of a won are rounded.
        text: `source[start:end]`.
        per_each: Whether it is said of each one (각, 1인당, 씩).
        bound: Whether it is a limit rather than a value, as in 500만원 이상.
    """

    start: int
    end: int
    won: int
    text: str
    per_each: bool = False
    bound: Bound | None = None


def find(text: str, unit: int | None = None) -> list[Amount]:
    """Every amount of money that a text prints, in order and without overlap.

    Counts, dates, telephone numbers and percentages are no money. 억 and 조 need no 원; 만 without
    원 counts only behind a noun that means money or before an amount with 원 (`500만~800만원`).
    Vague ones (수백만원) and names of units (`단위: 천원`) are left out.

    Args:
        text: Any text; a number may be torn over a line end.
        unit: Won that a bare number stands for, where a unit note says so; None leaves bare
            numbers alone. For cells and rows of tables, not for prose.

    >>> [a.won for a in find("총 27개 사업, 417만 3천원")]
    [4173000]
    """
    source = numerals.narrow(text)
    found: list[Amount] = []
    if unit is None and not _SIGN.search(source):
        return found
    position = 0
    for start in numerals.starts(source):
        if start < position:
            continue
        read = numerals.readings(source, start)
        money = _money(source, read) or _first_of_range(source, read)
        money = money or _bare(source, read, unit)
        if money is not None:
            found.append(_amount(text, source, start, *money))
            position = found[-1].end
        else:
            position = _behind_number(source, start)
    return found


def _behind_number(source: str, start: int) -> int:
    while start < len(source) and source[start].isdigit():
        start += 1
    return start


def _money(source: str, read: Sequence[Numeral]) -> tuple[int | Fraction, int] | None:
    """Value and end of the longest reading that is money in its own right."""
    for numeral in reversed(read):
        if numeral.units == 0 and not numeral.arabic:
            continue
        won = _WON.match(source, numeral.end)
        end = won.end() if won else numeral.end
        if (won or _needs_no_won(source, numeral)) and not _names_a_unit(source, numeral, end):
            return numeral.value, end
    return None


def _needs_no_won(source: str, numeral: Numeral) -> bool:
    before = source[max(0, numeral.start - _WINDOW) : numeral.start]
    if not numeral.last and numeral.arabic and _CURRENCY.search(before):
        return True
    if not numeral.written and numeral.units == 1:
        return False
    large = numeral.last == "억" or (numeral.last == "만" and numeral.value >= 10**8)
    named = numeral.last == "만" and _MONEY_NOUN.search(before) is not None
    return (large or named) and not _COUNTED.match(source, numeral.end)


def _names_a_unit(source: str, numeral: Numeral, end: int) -> bool:
    """Whether the words are a unit, an ordinal or a vague number rather than an amount."""
    before = source[max(0, numeral.start - _WINDOW) : numeral.start]
    if numeral.written:
        return before.endswith("제")
    if numeral.units == 1 and numeral.last in "억조":
        return True
    if _BARE_UNIT.fullmatch(source[numeral.start : end]) is None:
        return _VAGUE.search(before) is not None
    alone = _LINE_BEFORE.search(before) and _LINE_AFTER.match(source, end)
    beside = _UNIT_BEFORE.search(before) or _UNIT_AFTER.match(source, end)
    return bool(alone or beside or _VAGUE.search(before))


def _first_of_range(source: str, read: Sequence[Numeral]) -> tuple[int | Fraction, int] | None:
    """The lower end of `500만~800만원` or `3~5백만원`; a bare one borrows the upper one's unit."""
    if not read or source[read[0].start - 1 : read[0].start] == "제":
        return None
    for numeral in reversed(read):
        mark = (_RANGE if numeral.units else _DASH).match(source, numeral.end)
        upper = numerals.readings(source, mark.end()) if mark else []
        if upper and _money(source, upper):
            borrowed = 1 if numeral.units else max(part.scale for part in upper)
            return numeral.value * borrowed, numeral.end
    return None


def _bare(
    source: str, read: Sequence[Numeral], unit: int | None
) -> tuple[int | Fraction, int] | None:
    if unit is None or not read or read[0].units or not read[0].arabic:
        return None
    number = read[0]
    glued = _GLUED.match(source, number.end) or source[number.start - 1 : number.start] in _JOINTS
    return (
        None if glued or _COUNTED.match(source, number.end) else (number.value * unit, number.end)
    )


def _amount(text: str, source: str, start: int, value: int | Fraction, end: int) -> Amount:
    before = source[max(0, start - _WINDOW) : start]
    currency = _CURRENCY.search(before)
    if currency:
        before = before[: currency.start()]
    start -= min(start, _WINDOW) - len(before)
    negative = _MINUS.search(before) is not None
    start -= negative
    won = _rounded(-value if negative else value)
    each = _EACH_BEFORE.search(before) or _EACH_AFTER.match(source, end)
    bound = _bound(source, before, text[start:end], end)
    return Amount(
        start=start, end=end, won=won, text=text[start:end], per_each=bool(each), bound=bound
    )


def _bound(source: str, before: str, words: str, end: int) -> Bound | None:
    for bound, pattern in _BOUND_AFTER.items():
        if pattern.match(source, end):
            return bound
    for bound, pattern in _BOUND_BEFORE.items():
        if pattern.search(before):
            return bound
    return Bound.ABOUT if "여" in words else None


def _rounded(value: int | Fraction) -> int:
    return (
        -_rounded(-value)
        if value < 0
        else (2 * value.numerator + value.denominator) // (2 * value.denominator)
    )
