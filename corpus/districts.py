"""Provinces, cities and districts (시도, 시군구) that a text names, from a gazetteer of all."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from corpus.numerals import narrow


@dataclass(frozen=True, slots=True, kw_only=True)
class District:
    """A province (시도) or one of its cities, counties and districts (시군구).

    Attributes:
        sido: Short name of its province, such as `전남`.
        name: Name with its suffix, such as `여수시`; a province has its official one.
        kind: `시도`, `시`, `군`, `자치구` or `행정시`.
    """

    sido: str
    name: str
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DistrictMention:
    """A district that a text names.

    Attributes:
        start: Offset of its first character, the province included where it stands before it.
        end: Offset behind its last character.
        text: `source[start:end]`.
        candidates: What it can be; several for a name that provinces share, such as 북구.
    """

    start: int
    end: int
    text: str
    candidates: tuple[District, ...]

    @property
    def district(self) -> District | None:
        """The one district it can only be; None where several share the name."""
        return self.candidates[0] if len(self.candidates) == 1 else None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Gazetteer:
    """Districts by each way to print them; `plain` names are safe without a province."""

    sidos: Mapping[str, District]
    full: Mapping[str, tuple[District, ...]]
    former: Mapping[str, tuple[District, ...]]
    short: Mapping[str, tuple[District, ...]]
    plain: Mapping[str, tuple[District, ...]]
    starts: frozenset[str]  # the first two letters of all of them


# 경기 alone is mostly "economy" or "match".
_NEVER_ALONE = frozenset({"경기"})
_WORD = re.compile(r"(?<![가-힣])[가-힣]")
_LONGEST = 8
_AFTER = re.compile(
    r"(?![가-힣])|(?:은|는|이|가|을|를|의|에|도|과|와|로|만|랑|엔|청|민|시민|군민|구민|의회|보건|지역|복지|까지|부터"
    r"|처럼|보다|하고|이나)"
)
# Words that a name with 구 or 시 only begins: 수영|구역, 상주|시키다.
_GOES_ON = re.compile(r"(?<=구)[역간성조획분체매급입]|(?<=시)[키켜킨킬킴간작설행]")
_SEPARATOR = re.compile(r"[\s,·․ㆍ/、()]{0,6}(?:및|와|과)?[ \t]?")
_LISTED = re.compile(r".*[,·․ㆍ/、]", re.DOTALL)
_SPACE = re.compile(r"[ \t]{0,2}\n?[ \t]{0,2}")


def find_districts(text: str) -> list[DistrictMention]:
    """Every province, city, county and district that a text names, in order.

    A name after its province (`전남 여수`, `부산북구`) is that province's. Without one, a name with
    its suffix counts everywhere, a short name only where it is no everyday word: 수원 does, 고성
    (loud voice), 진주 (pearl), 예산 (budget), 부여 (grant) do not. A name in a list after one
    of the same province (`부산 남구, 북구`) takes that province.

    >>> [m.district.name for m in find_districts("전남 여수과 서울 중구") if m.district]
    ['여수시', '중구']
    """
    source = narrow(text)
    found: list[DistrictMention] = []
    position = 0
    starts = _gazetteer().starts
    for match in _WORD.finditer(source):
        if match.start() < position or source[match.start() : match.start() + 2] not in starts:
            continue
        mention = _mention(source, match.start(), found[-1] if found else None)
        if mention is not None:
            start, end, candidates = mention
            found.append(
                DistrictMention(start=start, end=end, text=text[start:end], candidates=candidates)
            )
            position = end
    return found


def _mention(
    source: str, start: int, previous: DistrictMention | None
) -> tuple[int, int, tuple[District, ...]] | None:
    places = _gazetteer()
    sido = _longest(source, start, places.sidos)
    if sido:
        province, behind = places.sidos[sido], start + len(sido)
        inner = _within(source, behind, province.sido)
        if inner:
            return start, *inner
    carried = _carried(source, start, previous)
    if carried:
        return start, *carried
    name = _longest(source, start, places.full) or _longest(source, start, places.plain)
    if name and _ends(source, start, name):
        candidates = (*places.full.get(name, ()), *places.plain.get(name, ()))
        also = (places.sidos[name],) if name in places.sidos else ()
        return start, start + len(name), (*also, *candidates)
    if sido and sido not in _NEVER_ALONE and _ends(source, start, sido):
        return start, behind, (province,)
    return None


def _within(
    source: str, position: int, sido: str, *, shortened: bool = True
) -> tuple[int, tuple[District, ...]] | None:
    """End and district of a name that stands behind its province, in short where allowed."""
    places = _gazetteer()
    space = _SPACE.match(source, position)
    start = space.end() if space else position
    for names in (places.full, places.former, *((places.short,) if shortened else ())):
        name = _longest(source, start, names, sido)
        if name and _ends(source, start, name):
            return start + len(name), tuple(d for d in names[name] if d.sido == sido)
    return None


def _carried(
    source: str, start: int, previous: DistrictMention | None
) -> tuple[int, tuple[District, ...]] | None:
    if previous is None or previous.district is None:
        return None
    gap = _SEPARATOR.fullmatch(source, previous.end, start)
    if gap is None or not gap.group().strip():
        return None
    listed = _LISTED.match(gap.group()) is not None
    return _within(source, start, previous.district.sido, shortened=listed)


def _longest(
    source: str,
    start: int,
    names: Mapping[str, tuple[District, ...]] | Mapping[str, District],
    sido: str | None = None,
) -> str:
    """The longest of some names that begins at a place; empty where none does."""
    for length in range(_LONGEST, 1, -1):
        name = source[start : start + length]
        districts = names.get(name, ())
        if isinstance(districts, District):
            districts = (districts,)
        if len(name) == length and any(sido in (None, d.sido) for d in districts):
            return name
    return ""


def _ends(source: str, start: int, name: str) -> bool:
    """Whether a name is over where it ends, rather than the beginning of another word."""
    end = start + len(name)
    suffixed = len(name) > 2 and name[-1] in "시군구도"
    return not _GOES_ON.match(source, end) if suffixed else bool(_AFTER.match(source, end))


@cache
def _gazetteer() -> _Gazetteer:
    """The rows of `corpus/gazetteer.tsv`; `until` marks names that ended with that year."""
    table = (files("corpus") / "gazetteer.tsv").read_text(encoding="utf-8").splitlines()
    sidos: dict[str, District] = {}
    full: defaultdict[str, list[District]] = defaultdict(list)
    former: defaultdict[str, list[District]] = defaultdict(list)
    short: defaultdict[str, list[District]] = defaultdict(list)
    plain: defaultdict[str, list[District]] = defaultdict(list)
    for row in csv.DictReader(table, delimiter="\t"):
        district = District(sido=row["sido"], name=row["name"], kind=row["kind"])
        if district.kind == "시도":
            sidos[row["name"]] = sidos.setdefault(district.sido, district)
            continue
        (former if row["until"] else full)[district.name].append(district)
        if len(district.name) > 2:
            short[district.name[:-1]].append(district)
        if row["short"]:
            plain[row["short"]].append(district)
    names = (*sidos, *full, *former, *short, *plain)
    return _Gazetteer(
        starts=frozenset(name[:2] for name in names),
        sidos=sidos,
        full={name: tuple(found) for name, found in full.items()},
        former={name: tuple(found) for name, found in former.items()},
        short={name: tuple(found) for name, found in short.items()},
        plain={name: tuple(found) for name, found in plain.items()},
    )
