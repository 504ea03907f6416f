"""The values that a stretch of running text prints: amounts, counts and rates, in order."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from corpus import amounts, dates
from corpus.counts import counts
from corpus.extraction.counted import counter, noun_behind
from corpus.extraction.fields import Fields
from corpus.extraction.values import hundredths
from corpus.records import Field, FieldType

_PERCENT = {"%", "%p", "퍼센트"}
# A counter after an ordinal numeral or a date names one thing, not how many.
_NOT_A_COUNT = {"호", "번", "위", "차", "차례", "시간", "월", "점", "개월", "개년", "해", "달"}
# 1인 가구 (a household of one), 1:1: part of a word, not a number of people.
_WORDS = {("인", 1), ("인", 2), ("인", 3)}
_TIMES = {"회", "배", "인", *_PERCENT}
# Nobody writes out larger numbers in Hangul alone.
_SPELLED_OUT = 100_000_000
_LIMIT = re.compile(r"\s?(?:이상|이하|미만|초과|이내)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A value in running text.

    Attributes:
        start: Offset of its first character.
        end: Offset behind its last character; the thing counted is not part of it.
        noun_end: Offset behind the thing counted; `end` without one.
        type: Money, count or rate.
        value: As a field stores it; None for a fraction of a thing.
        unit: The thing counted, or the counter word.
        limited: Whether it is a limit (이상, 이하) rather than a value.
        each: Whether it is said of each one (각, 지역당).
        about: Whether it is printed as approximate.
    """

    start: int
    end: int
    noun_end: int
    type: FieldType
    value: int | None
    unit: str = ""
    limited: bool = False
    each: bool = False
    about: bool = False


def mentions(text: str, won: int | None = None) -> list[Mention]:
    """Every value of a text, in order and without overlap.

    Args:
        text: Any text; dates and ordinal numbers are no values.
        won: Won that a bare number stands for, where a unit note says so.
    """
    found = _money(text, won)
    taken = [(money.start, money.end) for money in found]
    taken += [(date.start, date.end) for date in dates.find(text)]
    for count in counts(text):
        if count.value >= _SPELLED_OUT and not re.search(r"\d", count.text):
            continue  # 요구조건: the letters of a word, not 9조 건
        if count.ordinal or count.counter in _NOT_A_COUNT or (count.counter, count.value) in _WORDS:
            continue
        if any(start < count.end and count.start < end for start, end in taken):
            continue
        limited = bool(_LIMIT.match(text, count.end))
        if count.counter in _PERCENT:
            found.append(
                Mention(
                    start=count.start,
                    end=count.end,
                    noun_end=count.end,
                    type=FieldType.RATE,
                    value=hundredths(count.value),
                    unit="%",
                    limited=limited,
                    about=count.about,
                )
            )
            continue
        noun = "" if count.counter in _TIMES else noun_behind(text, count.end)
        noun_end = text.index(noun, count.end) + len(noun) if noun else count.end
        value = Fraction(count.value)
        found.append(
            Mention(
                start=count.start,
                end=count.end,
                noun_end=noun_end,
                type=FieldType.COUNT,
                value=int(value) if value.denominator == 1 else None,
                unit=noun or counter(count),
                limited=limited,
                about=count.about,
            )
        )
    return sorted(found, key=lambda mention: mention.start)


def _money(text: str, won: int | None) -> list[Mention]:
    return [
        Mention(
            start=amount.start,
            end=amount.end,
            noun_end=amount.end,
            type=FieldType.MONEY,
            value=amount.won,
            limited=amount.bound not in {None, amounts.Bound.ABOUT},
            each=amount.per_each,
            about=amount.bound is amounts.Bound.ABOUT,
        )
        for amount in amounts.find(text, won)
    ]


def field_of(fields: Fields, name: str, mention: Mention, offset: int) -> Field:
    """The field of a mention.

    Args:
        fields: Maker of the paper's fields.
        name: Name of the field.
        mention: The value.
        offset: Where the text that it was found in begins in the paper.
    """
    return fields.make(
        name,
        mention.type,
        offset + mention.start,
        offset + mention.noun_end,
        value=mention.value,
        unit=mention.unit,
    )
