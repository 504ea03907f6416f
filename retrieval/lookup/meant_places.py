"""Which place of the records a name in a question means."""

from __future__ import annotations

import re
from collections.abc import Collection

from corpus import places
from corpus.extraction.place_names import canonical


def meant(key: str, dongs: Collection[str]) -> list[str]:
    """The one known name that a mistyped one is near to; a number that is not there is none."""
    if places.stem(key) and places.stem(key) in {places.stem(name) for name in dongs}:
        return []
    number = re.findall(r"\d+", key)
    near = [name for name in places.nearest(key, dongs) if re.findall(r"\d+", name) == number]
    return near if len(near) == 1 else []


def means(mention: places.DistrictMention, name: str) -> bool:
    """Whether a district of a question is one of the records: 부산 북구, but not 광주 북구."""
    last = name.split()[-1]
    if " " in name and mention.district and mention.district.name == last:
        return canonical(mention) == name
    spellings = {candidate.name for candidate in mention.candidates}
    return last in spellings | {"".join(mention.text.split())}


def said_short(name: str, text: str) -> str:
    """A known district's name without its ending, where the text says it as a word of its own."""
    last = name.split()[-1]
    short = last[:-1] if " " in name and len(last) > 2 else ""
    if short and re.search(rf"(?<![가-힣]){short}(?![가-힣\d]| \d)|(?<![가-힣]){last}", text):
        return last if last in text else short
    return ""
