"""The dong (행정동, neighbourhood) or township that a message speaks of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.dong_names import dong_key as place_key
from corpus.dongs import find_dongs
from retrieval.understanding.morphemes import Morpheme, Tokenize

_NAME = re.compile(r"(?<![가-힣])(?:[가-힣]{1,5}\s?\d{1,2}\s?동|[가-힣]{1,5}동)")
# A town or township named by its office, as 동 are by theirs: 솔밭면사무소, 한들읍장.
_RURAL_OFFICE = re.compile(
    r"(?<![가-힣])[가-힣]{2,4}[읍면](?=사무소|행정복지센터|장[은이을의도께]|민[은이을들])"
)
_END = re.compile(
    r"$|[^가-힣]|은|는|이|가|을|를|에|의|도|만|과|와|요|랑|까지|부터|보다|처럼|마다|하고|쪽"
)
# Words of everyday Korean that end in 동 and name no place, as stems before it.
_NO_PLACE = re.compile(
    r".*(?:활|운|행)|이|감|노|공|아|자|변|진|소|출|협|부|작|가|거|구|수|선|충|기|율|요|태|발|고|전|합|"
    r"우리|옆|각|다른|무슨|어느|그|한|두|세|몇|해당|같은|여러|모든|타|본"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dong:
    """A dong named in a message from `start` up to `end`; `key` is its name without blanks."""

    start: int
    end: int
    key: str


def mentioned(text: str, *, known: Sequence[str] = (), tokenize: Tokenize) -> Dong | None:
    """The first dong that a message names, else its first township or village, or None.

    Args:
        text: The message.
        known: The council's dongs; they are found in any spelling (가람 이동). Others are found
            by their form: a name with 동 that stands apart or before a noun of its own.
        tokenize: The morphological analyser; it tells 새솔동|분리수거 from 자원봉사|활동비.
    """
    names = {place_key(name) for name in known}
    for place in find_dongs(text, known):
        if own := next((key for key in place.keys if key in names), None):
            return Dong(start=place.start, end=place.end, key=own)
    tokens: Sequence[Morpheme] | None = None
    for match in _NAME.finditer(text):
        stem = re.sub(r"[\d\s]", "", match[0])[:-1]
        if not any(map(str.isdigit, match[0])) and _NO_PLACE.fullmatch(stem):
            continue
        if _END.match(text, match.end()):
            return _dong(match)
        tokens = tokenize(text) if tokens is None else tokens
        if any(_closes(token, match.end()) for token in tokens):
            return _dong(match)
    return _rural(text, known)


def _rural(text: str, known: Sequence[str]) -> Dong | None:
    """A town, township or village (읍, 면, 리), where the text names no dong."""
    places = (place for place in find_dongs(text, known) if place.key.endswith(("읍", "면", "리")))
    first = next(places, None)
    if first:
        return Dong(start=first.start, end=first.end, key=first.key)
    office = _RURAL_OFFICE.search(text)
    return _dong(office) if office else None


def _dong(match: re.Match[str]) -> Dong:
    return Dong(start=match.start(), end=match.end(), key="".join(match[0].split()))


def _closes(token: Morpheme, end: int) -> bool:
    """Whether a token that is 동 itself, or a proper noun, ends where the name would end."""
    return token.start + token.len == end and (token.form == "동" or token.tag == "NNP")
