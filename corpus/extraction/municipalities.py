"""Lists of municipalities, with names that line ends cut mended against the gazetteer."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import product

from corpus.places import District, find_districts
from corpus.types import Span

_SEPARATOR = re.compile(r"[,，․·‧・ㆍ∙/、;]")
_BRACKETED = re.compile(r"\([^)]*\)\s*$|\s등$|\s등\s?\d+\s?(?:곳|개소|개)$")
# Names that no gazetteer lists are taken as printed when they end as names of places or bodies do.
_PLACE = re.compile(r"[가-힣][가-힣0-9\s]{0,14}(?:특별시|광역시|시|군|구|동|읍|면|리|도)")
# Kinds of places, not names: 전국 226개 시군구.
_GENERIC = re.compile(r"\d\s?개|전국|전체|관내|모든|시\s?군\s?구$|읍\s?면\s?동$")
# What a line end left of a name is no name by itself: `오 / 름구`, `가람 / 구`.
_CUT = re.compile(r"([가-힣])[ \t]*\n[ \t]*([가-힣]{0,2}[시군구])$")
_BODY = re.compile(
    r"[가-힣A-Za-z0-9\s]{2,24}(?:복지관|센터|학교|협의체|협의회|위원회|자치회|재단|법인|조합|부녀회|봉사단|"
    r"단체|시설|병원|어린이집|경로당|공단|청|과|팀)"
)

# A city may stand between a province and its district: 경기 수원시 영통구.
_NAMES_AND_PROVINCE = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Municipality:
    """A name of a list.

    Attributes:
        text: As printed, on one line and whole.
        span: Where it is printed.
        place: `부산광역시 북구`; empty where the gazetteer does not know the name.
        exact: Whether it was read without a doubt.
    """

    text: str
    span: Span
    place: str
    exact: bool


def municipalities(text: str, pieces: Sequence[Span]) -> list[Municipality]:
    """Read a list such as `경기 수원시․양평군, 전남 여수시`.

    A province goes on for the names behind it. A name cut by a line end is put together where
    the gazetteer knows the whole; else it is returned as not exact.

    Args:
        text: Cleaned text of the paper.
        pieces: The stretches that hold the list, in order, without amounts and counts.

    Returns:
        The names in order; empty pieces give none.
    """
    offsets: list[int] = []
    letters: list[str] = []
    for piece in pieces:
        letters.extend([*text[piece.start : piece.end], "\n"])
        offsets.extend([*range(piece.start, piece.end), piece.end])
    joined = "".join(letters)
    found: list[Municipality] = []
    sido = ""
    position = 0
    for entry in _SEPARATOR.split(joined):
        start, position = position, position + len(entry) + 1
        kept = _BRACKETED.sub("", entry.rstrip())
        words = kept.strip()
        if words:
            start += len(kept) - len(kept.lstrip())
            names, sido = _names(words, offsets[start : start + len(words)], sido)
            found.extend(names)
    return found


@cache
def canonical(district: District) -> str:
    """`부산광역시 북구`, or the official name of a province alone."""
    if district.kind == "시도":
        return district.name
    provinces = [*find_districts(district.sido), *find_districts(district.sido + "도")]
    official = next((m.district.name for m in provinces if m.district), district.sido)
    return f"{official} {district.name}"


def _names(words: str, offsets: Sequence[int], sido: str) -> tuple[list[Municipality], str]:
    """The names of one entry, usually one, and the province that goes on behind them."""
    whole = _known(words, offsets, sido)
    if whole:
        return whole
    found: list[Municipality] = []
    start = 0
    # A forgotten comma: as many words as make a name, then the next ones.
    ends = [match.end() for match in re.finditer(r"\S+", words)]
    while start < len(words):
        longest = None
        for end in reversed([end for end in ends if end > start]):
            longest = _known(words[start:end], offsets[start:end], sido)
            if longest:
                break
        if not longest:
            return [_as_printed(words, offsets)], sido
        found.extend(longest[0])
        sido, start = longest[1], end
    return found, sido


def _known(words: str, offsets: Sequence[int], sido: str) -> tuple[list[Municipality], str] | None:
    """The names that the gazetteer finds in some words without a rest, and the last province."""
    places = [index for index, letter in enumerate(words) if not letter.isspace()]
    known = _districts("".join(words[index] for index in places), sido)
    found: list[Municipality] = []
    for start, end, district in known:
        first, last = places[start], places[end - 1]
        found.append(
            Municipality(
                text=_whole(words[first : last + 1], district.name),
                span=Span(start=offsets[first], end=offsets[last] + 1),
                place=canonical(district),
                exact=True,
            )
        )
    return (found, known[-1][2].sido) if known else None


def _as_printed(words: str, offsets: Sequence[int]) -> Municipality:
    text = _CUT.sub(r"\1\2", words)
    named = len(re.findall(r"[시군구](?=\s)", words)) < _NAMES_AND_PROVINCE
    shaped = _PLACE.fullmatch(words) or _BODY.fullmatch(words)
    exact = bool(shaped) and named and "\n" not in words and not _GENERIC.search(words)
    span = Span(start=offsets[0], end=offsets[-1] + 1)
    return Municipality(text=" ".join(text.split()), span=span, place="", exact=exact)


def _districts(compact: str, sido: str) -> list[tuple[int, int, District]]:
    """The districts that make up an entry without a rest; none where they do not."""
    own = _complete(compact, 0)
    if own and own[0][2].kind == "시도" and len(own) == 1:
        return own
    if sido and not (own and own[0][2].sido == sido):
        carried = _complete(sido + compact, len(sido))
        if carried and not _names_a_province(compact):
            return carried
    return own


def _names_a_province(compact: str) -> bool:
    mention = next(iter(find_districts(compact)), None)
    district = mention.district if mention else None
    return district is not None and compact.startswith(district.sido[:2])


def _complete(compact: str, behind: int) -> list[tuple[int, int, District]]:
    position, found = 0, []
    for mention in find_districts(compact):
        district = mention.district
        if mention.start != position or district is None:
            return []
        found.append((max(0, mention.start - behind), mention.end - behind, district))
        position = mention.end
    return found if position == len(compact) else []


def _whole(words: str, name: str) -> str:
    """The printed words on one line, the name and its province unbroken."""
    spaced = " ".join(words.split())
    breaks = [match.span() for match in re.finditer(r"\s*\n\s*", words)]
    for glued in product(("", " "), repeat=min(len(breaks), 3)):
        pieces = words
        for (start, end), glue in reversed(list(zip(breaks, glued, strict=False))):
            pieces = pieces[:start] + glue + pieces[end:]
        tokens = pieces.split()
        province = len(tokens) == 1 or bool(
            find_districts(tokens[0]) or find_districts(tokens[0] + "도")
        )
        if tokens[-1] == name and province and len(tokens) < _NAMES_AND_PROVINCE + 1:
            return " ".join(tokens)
    return spaced
