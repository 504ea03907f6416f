"""Values that a paper prints twice and differently, or of two places at once."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

from corpus.extraction.labels import squeezed_label
from corpus.extraction.place_names import canonical
from corpus.outline import Item
from corpus.places import find_districts
from corpus.records import Field, FieldType, Finding, Record, RecordKind, Relation

_MEASURED = {FieldType.MONEY, FieldType.COUNT, FieldType.RATE}
# Round and small numbers are printed of many things by chance; others of three digits are not.
_TELLING = 100
_PEOPLE = re.compile(r"\d\s?(?:여\s?)?(?:명|인|분)(?!\s?당)")


def check_contradictions(
    text: str, items: Sequence[Item], relations: Sequence[Relation]
) -> list[Finding]:
    """Compare the labelled values of a paper with each other.

    Args:
        text: The full text.
        items: Its logical lines.
        relations: Everything read out of it.

    Returns:
        `contradiction` (label, one value, the other) for a label of two words or more printed
        twice under one heading with different values; `attributed_twice` (value, one place, the
        other) for the same telling figure under two districts.
    """
    facts = [record for r in relations if r.kind is RecordKind.FACT for record in r.records]
    return [*_unequal(facts), *_of_two_places(text, items, facts)]


def _unequal(facts: Iterable[Record]) -> Iterator[Finding]:
    """The same label under the same heading with another value of the same kind and unit."""
    first: dict[tuple[str, str, FieldType, str], Record] = {}
    for record in facts:
        label, value = record.fields[0], record.fields[1]
        context = record.field("context")
        if value.type not in _MEASURED or value.value is None or context is None:
            continue
        # A bare noun (사업, 주민) is said of many things in one section.
        if " " not in label.text.strip():
            continue
        key = (squeezed_label(label.text), context.text, value.type, value.unit)
        other = first.setdefault(key, record)
        before = other.fields[1]
        if before.value != value.value:
            yield Finding(
                code="contradiction",
                values=(label.text, before.text, value.text),
                spans=(*other.spans, *record.spans),
            )


def _of_two_places(text: str, items: Sequence[Item], facts: Sequence[Record]) -> Iterator[Finding]:
    """Figures that nobody has twice by chance, printed once of one district and once of another."""
    seen: dict[tuple[FieldType, int, bool], tuple[str, Record]] = {}
    for record in facts:
        value = record.fields[1]
        if (
            value.type not in _MEASURED - {FieldType.RATE}
            or value.value is None
            or not _is_telling(value)
        ):
            continue
        place = _district(text, items, record)
        if not place:
            continue
        # 191 people and 191 offices have nothing in common.
        key = (value.type, value.value, bool(_PEOPLE.search(value.text)))
        before, other = seen.setdefault(key, (place, record))
        apart = before != place and not before.startswith(place) and not place.startswith(before)
        if apart:
            yield Finding(
                code="attributed_twice",
                values=(value.text, before, place),
                spans=(other.fields[1].span, value.span),
            )


def _is_telling(value: Field) -> bool:
    digits = re.sub(r"\D", "", value.text).strip("0")
    return abs(value.value or 0) >= _TELLING and len(digits) >= 3


def _district(text: str, items: Sequence[Item], record: Record) -> str:
    """The one district that the nearest heading with a district names; empty without one."""
    at = record.spans[0].start
    number = bisect_right(items, at, key=lambda item: item.start) - 1
    item = items[number] if number >= 0 and at < items[number].end else None
    for above in [items[index] for index in reversed(item.parents)] if item else []:
        names = {
            canonical(mention)
            for mention in find_districts(text[above.body : above.end][:60])
            if mention.district
        }
        if names:
            return names.pop() if len(names) == 1 else ""
    return ""
