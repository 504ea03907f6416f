"""The neighbourhoods that people can choose, and those that a record is about."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence

from corpus import places
from retrieval.lookup.row import Row


def dong_number(dong: str) -> int:
    """A number for a neighbourhood that stays the same whatever papers come and go.

    >>> dong_number("가람2동") == dong_number("가람2동") != dong_number("가람3동")
    True
    """
    return zlib.crc32(dong.encode())


def dong_of(number: int, known: Iterable[str]) -> str:
    """The neighbourhood that has a number; empty where none of the known ones has it."""
    return next((dong for dong in known if dong_number(dong) == number), "")


def dongs_of(row: Row) -> frozenset[str]:
    """Neighbourhoods that a record is about; empty where it is for everybody.

    Those that its fields name; without any the only one that its heading or its paper names.
    """
    own = frozenset(place for place in row.places if " " not in place)
    if own or any(field.name == "place" for field in row.fields):
        return own
    for text in (row.heading, row.title):
        named = {key for mention in places.find_dongs(text) for key in mention.keys}
        if named:
            return frozenset(named) if len(named) == 1 else frozenset()
    return frozenset()


def meant(text: str, known: Sequence[str]) -> str:
    """The neighbourhood that somebody typed, as records spell it; empty where it is none."""
    found = places.find_dongs(text, known)
    if not found:
        return text.strip() if text.strip() in known else ""
    key = found[0].key
    if key in known:
        return key
    near = places.nearest(key, known)
    return near[0] if len(near) == 1 else key
