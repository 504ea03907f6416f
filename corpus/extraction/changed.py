"""Values that changed: `당초 850만원 → 변경 1,130만원`, `2023년 12명에서 2024년 17명으로`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from corpus.extraction.fields import Fields
from corpus.extraction.mentions import Mention, field_of
from corpus.records import Field

BEFORE, AFTER = "당초", "변경"
_ARROW = r"(?:→|⇒|➡|⇨|->|=>)"
_BETWEEN = re.compile(
    rf"\s*(?:\([^()]{{1,20}}\)\s*)?(?:{_ARROW}|에서|을|를)\s*(?:변경|조정|수정|월|연|총|약)?\s*"
    r"(?P<year>(?:19|20)\d{2}년도?)?\s*"
)
# With a particle between them two values changed only if the second goes on as what they became.
_BECAME = re.compile(r"\s*(?:으로|로)(?![가-힣]{3})|\s*(?:으로|로)\s")
_YEAR = re.compile(r"(?P<year>(?:19|20)\d{2}년도?)\s*$")


def changes(words: str, found: Sequence[Mention]) -> list[tuple[Mention, Mention]]:
    """The pairs of values of which the second replaced the first.

    Args:
        words: Text of a logical line.
        found: The values in it, in order.
    """
    pairs: list[tuple[Mention, Mention]] = []
    for first, second in pairwise(found):
        between = _BETWEEN.fullmatch(words, first.end, second.start)
        kind = (first.type, first.unit) == (second.type, second.unit)
        alike = kind and not (pairs and pairs[-1][1] is first)
        if between is None or not alike:
            continue
        if re.search(_ARROW, between[0]) or _BECAME.match(words, second.end):
            pairs.append((first, second))
    return pairs


def changed_fields(
    fields: Fields, words: str, pair: tuple[Mention, Mention], at: int
) -> tuple[Field, Field]:
    """Both values of a change, each named by the year before it, else 당초 and 변경.

    Args:
        fields: Maker of the paper's fields.
        words: Text of the logical line.
        pair: The values.
        at: Where the line begins in the paper.
    """
    years = [_YEAR.search(words, 0, mention.start) for mention in pair]
    names = (BEFORE, AFTER)
    if all(years):
        names = (years[0]["year"], years[1]["year"])  # type: ignore[index]
    first, second = (
        field_of(fields, name, mention, at) for name, mention in zip(names, pair, strict=True)
    )
    return first, second
