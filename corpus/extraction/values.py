"""One printed value as a typed field."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from fractions import Fraction

from corpus import amounts, dates, numerals
from corpus.counts import counts
from corpus.extraction.counted import counter, noun_behind
from corpus.extraction.place_names import place_in_list, place_of
from corpus.records import Field, FieldType
from corpus.text import squeeze
from corpus.types import Span

_BARE = re.compile(
    r"(?P<minus>[-−△▲]\s?)?\(?(?P<sign>[-−△▲+]\s?)?(?P<number>\d{1,3}(?:,\d{3}){1,7}|\d{1,24})(?P<part>\.\d{1,9})?\)?"
)
_RATE = re.compile(
    r"\(?\s?(?P<minus>[-−△▲]\s?)?(?P<number>\d{1,3}(?:,\d{3})+|\d{1,9})(?P<part>\.\d{1,6})?\s?(?:%p?|퍼센트|％)?\s?\)?"
)
_REMARK = re.compile(r"\s*\([^()]*\)\s*$")
_LIMITS = re.compile(
    r"(?:[(),.]|각각?|총|약|금|최대|최소|이내|이상|이하|내외|정도|씩|지원|한도|상당|[가-힣]당|연|월)*"
)
# `4,000천원×12월 = 48,000`: how an amount was reckoned names no day.
_RECKONED = re.compile(r"[×✕]|=\s?\d")
_WHEN = re.compile(r"일시|기간|일자|날짜|시기|개최|일정")
_RATE_COUNTERS = {"%", "%p", "퍼센트"}
# Telephone numbers of offices (02-123-4567, 1588-1234, extension behind a slash) and addresses.
_CONTACT = re.compile(
    r"[☎(]?\s?(?:0\d{1,2}[-).\s]{1,2})?\d{3,4}[-.]\d{4}(?:\s?[~/,]\s?[\d-]{1,13})*\s?\)?|\(?[\w.+-]+@[\w-]+(?:\.[\w-]+)+\)?|1[3-9]\d{2}"
)


def make(
    name: str,
    kind: FieldType,
    text: str,
    span: Span,
    *,
    won: int | None = None,
    unit: str = "",
) -> Field | None:
    """A field of a given type.

    Args:
        name: Name of the field.
        kind: Type that the value must have.
        text: The value as printed, on one line.
        span: Where it is printed.
        won: Won that a bare number stands for; None where no note says so.
        unit: Counter of a bare count, from a heading or note.

    Returns:
        None where the text does not hold exactly one value of this type. A bare amount without
        a unit note is a money field without a value.
    """
    reader = _READERS.get(kind)
    if reader is not None:
        return reader(name, text, span, won, unit)
    return Field(name=name, type=kind, text=text, span=span)


def guess(name: str, text: str, span: Span) -> Field:
    """A field of the type that the value itself shows; text where it shows none."""
    for kind in (
        FieldType.CONTACT,
        FieldType.MONEY,
        FieldType.RATE,
        FieldType.COUNT,
        FieldType.DATE,
        FieldType.PLACE,
    ):
        if kind is FieldType.PLACE and not place_of(text):
            continue
        if kind is FieldType.COUNT and not _is_count(text):
            continue
        bare = kind in {FieldType.MONEY, FieldType.RATE, FieldType.COUNT} and _BARE.fullmatch(text)
        if kind is FieldType.DATE and not (_WHEN.search(name) or _is_date(text)):
            continue
        field = None if bare else make(name, kind, text, span)
        if field is not None and (kind is not FieldType.RATE or re.search(r"[%％]|퍼센트", text)):
            return field
    return Field(name=name, type=FieldType.TEXT, text=text, span=span)


def _is_count(text: str) -> bool:
    """Whether a text is a count and the thing counted, nothing more."""
    found = counts(text)
    if len(found) != 1:
        return False
    noun = noun_behind(text, found[0].end)
    return _only(text.replace(noun, "", 1), found[0].text)


def _is_date(text: str) -> bool:
    """Whether a text is a date with at most a time and a short remark."""
    rest = text
    for mention in dates.find(text):
        rest = rest.replace(mention.text, "", 1)
    return rest != text and len(re.findall(r"[가-힣A-Za-z]", rest)) <= 8


def is_bare(text: str) -> bool:
    """Whether a cell is a number without any counter or unit."""
    return bool(_BARE.fullmatch(numerals.narrow(text).strip()))


def is_contact(text: str) -> bool:
    """Whether a cell is a telephone number or an e-mail address."""
    return bool(_CONTACT.fullmatch(text.strip()))


def number(text: str) -> Fraction | None:
    """A bare number of a cell, negative behind △; None for anything else."""
    match = _BARE.fullmatch(numerals.narrow(text).strip())
    if match is None:
        return None
    value = Fraction(match["number"].replace(",", "") + (match["part"] or ""))
    minus = match["minus"] or (match["sign"] or "").strip() in {"-", "△", "▲"}
    return -value if minus else value


def hundredths(value: float | Fraction) -> int:
    """A per cent figure as a field stores it: 87.5 is 8750."""
    return round(Fraction(value) * 100)


def _money(name: str, text: str, span: Span, won: int | None, unit: str) -> Field | None:
    bare = is_bare(text)
    if bare and won is None:
        return Field(name=name, type=FieldType.MONEY, text=text, span=span)
    inner = re.sub(r"^\((.*)\)$", r"\1", text)
    value = amounts.parse_cell(inner, won or 1)
    if value is None:
        found = amounts.find(text)
        value = found[0].won if len(found) == 1 and _only(text, found[0].text) else None
    if value is None and (remark := _REMARK.search(text)):  # `571백만원(국비 140, 시비 431)`
        found = amounts.find(text[: remark.start()])
        alone = len(found) == 1 and _only(text[: remark.start()], found[0].text)
        value = found[0].won if alone else None
    if value is None:
        return None
    return Field(name=name, type=FieldType.MONEY, text=text, span=span, value=value)


def _mostly(text: str, value: str) -> bool:
    """Whether a text says little more than the value, as `각 300만원` or `총 5천만원 이내`."""
    rest = "".join(text.replace(value, "", 1).split())
    return len(rest) <= 8 and not re.search(r"\d", rest)


def _only(text: str, value: str) -> bool:
    """Whether a text adds no more to an amount than how far it goes: `각 300만원`, `5억원 이내`."""
    return bool(_LIMITS.fullmatch("".join(text.replace(value, "", 1).split())))


def _count(name: str, text: str, span: Span, won: int | None, unit: str) -> Field | None:
    bare = number(text)
    if bare is not None:
        return _count_field(name, text, span, bare, unit)
    found = [count for count in counts(text) if not count.ordinal]
    if len(found) != 1 or not _mostly(text, found[0].text) or found[0].counter in _RATE_COUNTERS:
        return None
    noun = noun_behind(text, found[0].end)
    return _count_field(name, text, span, Fraction(found[0].value), noun or counter(found[0]))


def _count_field(name: str, text: str, span: Span, value: Fraction, unit: str) -> Field:
    whole = int(value) if value.denominator == 1 else None
    return Field(name=name, type=FieldType.COUNT, text=text, span=span, value=whole, unit=unit)


def _rate(name: str, text: str, span: Span, won: int | None, unit: str) -> Field | None:
    match = _RATE.fullmatch(text)
    if match is None:
        return None
    value = Fraction(match["number"].replace(",", "") + (match["part"] or ""))
    value = -value if match["minus"] else value
    return Field(
        name=name,
        type=FieldType.RATE,
        text=text,
        span=span,
        value=hundredths(value),
        unit=unit or "%",
    )


def _date(name: str, text: str, span: Span, won: int | None, unit: str) -> Field | None:
    found = dates.find(text)
    if not found or _RECKONED.search(text):
        return None
    first, last = found[0], found[-1]
    return Field(
        name=name,
        type=FieldType.DATE,
        text=text,
        span=span,
        first=iso(first, first.first),
        last=iso(last, last.last),
    )


def iso(mention: dates.DateMention, day: date | None) -> str:
    """A day of a mention as exact as it is printed; empty without a year.

    Args:
        mention: The printed date.
        day: Its first or last day.
    """
    length = {dates.Precision.YEAR: 4, dates.Precision.MONTH: 7}.get(mention.precision, 10)
    return day.isoformat()[:length] if day else ""


def _place(name: str, text: str, span: Span, won: int | None, unit: str) -> Field | None:
    canonical = place_in_list(text)
    if not canonical:
        return None
    return Field(name=name, type=FieldType.PLACE, text=text, span=span, place=canonical)


def _contact(name: str, text: str, span: Span, won: int | None, unit: str) -> Field | None:
    if not is_contact(text):
        return None
    return Field(name=name, type=FieldType.CONTACT, text=squeeze(text), span=span)


_Reader = Callable[[str, str, Span, int | None, str], Field | None]
_READERS: dict[FieldType, _Reader] = {
    FieldType.MONEY: _money,
    FieldType.COUNT: _count,
    FieldType.RATE: _rate,
    FieldType.DATE: _date,
    FieldType.PLACE: _place,
    FieldType.CONTACT: _contact,
}
