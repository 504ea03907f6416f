"""Neighbourhoods (동, 읍, 면, 리, 가) that a text names, told apart from everyday words."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from corpus.dong_names import dong_key, spelled_key, stem
from corpus.everyday_words import ends_in_building, is_everyday, is_no_stem
from corpus.numerals import narrow

_AND = r"\s?(?:동\s?)?(?:[·․ㆍ,/]|와|과|및|하고|이?랑)\s?"
_TO = r"\s?(?:동\s?)?(?:~|-|부터|에서)\s?"
_AFTER = (
    r"(?:(?![가-힣\d])|(?=은|는|이(?!동|용|전|후)|가(?!지)|을|를|의(?!회)|에|도(?!로)|과(?!장)|와|로"
    r"|만(?!원)|까지|부터|보다"
    r"|랑|하고|처럼|마다|별|엔|인데|인가|이나|요|예|입|일|였|주민|행정|지역"
    r"|들|특화|예산|사업|협의체|동장|통장|복지|위원|장애|어르신|얼마|몇))"
)
# 가람 2동 · 가람제2동 · 가람1·2동 · 가람 1동부터 5동 · 3동
_NUMBERED = re.compile(
    r"(?<![가-힣\dA-Za-z.])(?:(?P<stem>[가-힣]{1,6})(?P<gap>[ \t]?))?(?:제(?=\d))?"
    rf"(?P<numbers>\d{{1,2}}(?:(?:{_AND}|{_TO})제?\d{{1,2}}(?!\d)){{0,9}})\s?(?P<suffix>가?동|가)"
    rf"(?!네|안|시에|아리|호수|주택|\s?\d{{1,4}}\s?호){_AFTER}"
)
_RANGE = re.compile(rf"(?P<first>\d{{1,2}}){_TO}제?(?P<last>\d{{1,2}})")
_WORD = re.compile(rf"(?<![가-힣\d])(?P<name>[가-힣]{{1,5}}?(?P<suffix>[동읍면리가])){_AFTER}")
# A city, county or district before it; 인구, 당시 and 하면 only end like one.
_UNIT_BEFORE = re.compile(
    r"(?<![가-힣])(?!(?:인|가|친|연|요|도|기|지|입|출|탐|복|촉)구|[다역임즉혹잠당일전표실도게지무감]시"
    r"|(?:하|되|으|라|이|측|화)면|[가-힣]?반드시)[가-힣]{1,4}[시군구읍면]\s{1,2}$"
)
_WINDOW = 8
# No numbered family of neighbourhoods in Korea has more members than 신길's or 상계's dozen.
_LONGEST_RANGE = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceMention:
    """A neighbourhood that a text names, or several named together.

    Attributes:
        start: Offset of its first character.
        end: Offset behind its last character.
        text: `source[start:end]`.
        keys: Canonical names in the printed order: one for a single name, every member of a list
            or range (`가람1·2동`, `1동부터 5동`). Without a stem they are `1동`, `2동` and so on.
    """

    start: int
    end: int
    text: str
    keys: tuple[str, ...]

    @property
    def key(self) -> str:
        """Canonical name of the first one named."""
        return self.keys[0]


def find_dongs(text: str, known: Collection[str] = ()) -> list[PlaceMention]:
    """Every neighbourhood that a text names, in order and without overlap.

    Numbered names count by their form. Names without a number count where they are known, or
    have three letters or more and are no everyday word in 동 (활동, 아동); 면, 리 and 동 of two
    letters need to be known or to follow their city or county, 가 to be known. Numbers in Hangul
    (`가람 이동`) count for known stems alone.

    Args:
        text: Any text.
        known: Names of neighbourhoods that exist, in any spelling.

    >>> [m.keys for m in find_dongs("가람 1·2동과 솔밭동의 봉사활동")]
    [('가람1동', '가람2동'), ('솔밭동',)]
    """
    source = narrow(text)
    known_names = _names(frozenset(known))
    candidates = [
        *_spelled(source, known_names),
        *_numbered(source, known_names),
        *_known(source, known_names),
        *_listed(source, known_names),
        *_words(source, known_names.keys),
    ]
    found: list[PlaceMention] = []
    for start, end, names in sorted(candidates, key=lambda place: (place[0], -place[1])):
        if not found or start >= found[-1].end:
            found.append(PlaceMention(start=start, end=end, text=text[start:end], keys=names))
    return found


_Place = tuple[int, int, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Names:
    """Known neighbourhoods, made ready to be looked for.

    Attributes:
        keys: Canonical names.
        stems: What numbered ones among them share.
        spelled: Finds numbered ones with the number in Hangul; None without numbered ones.
        whole: Finds those without a number; None without such.
        listed: Finds a family with the numbers of some behind it; None without numbered ones.
    """

    keys: frozenset[str]
    stems: frozenset[str]
    spelled: re.Pattern[str] | None
    whole: re.Pattern[str] | None
    listed: re.Pattern[str] | None


# 가람동 1,2,3: the family is said once with its 동, its members follow.
_MEMBERS_BEHIND = r"동\s?(?P<numbers>\d{1,2}(?:\s?[·․ㆍ,/]\s?\d{1,2}){1,9})(?![\d.])(?:동)?"

# People who leave out spaces put a city or what they ask of before a name: 가람시나래동예산.
_BEFORE = r"(?:(?<![가-힣])|(?<=예산)|(?<=사업)|(?<=[가-힣][시군구]))"


@lru_cache(maxsize=64)  # a store knows the same few for months, and a question asks a dozen times
def _names(known: frozenset[str]) -> _Names:
    keys = frozenset(dong_key(name) for name in known)
    stems = frozenset(filter(None, map(stem, keys)))
    family = _any_of(stems)
    whole = _any_of(key for key in keys if len(key) > 2 and not stem(key))
    spelled = (
        rf"{_BEFORE}(?P<name>(?:{family})(?P<gap>[ \t]?)제?[일이삼사오육칠팔구십]{{1,3}}동)"
        rf"(?!하){_AFTER}"
    )
    return _Names(
        keys=keys,
        stems=stems,
        spelled=re.compile(spelled) if family else None,
        whole=re.compile(rf"{_BEFORE}(?:{whole})") if whole else None,
        listed=re.compile(rf"{_BEFORE}(?P<stem>{family}){_MEMBERS_BEHIND}") if family else None,
    )


def _any_of(names: Iterable[str]) -> str:
    """A pattern of any of some names, longer ones first; empty for none."""
    return "|".join(map(re.escape, sorted(names, key=len, reverse=True)))


def _numbered(source: str, names: _Names) -> Iterator[_Place]:
    # Titles of 10,000 papers name the same forty neighbourhoods.
    told: dict[str, tuple[int, tuple[str, ...]]] = {}
    for match in _NUMBERED.finditer(source):
        if match[0] not in told:
            start, keys = _numbered_keys(match, names)
            told[match[0]] = (start - match.start(), keys)
        begins, keys = told[match[0]]
        if keys:
            yield match.start() + begins, match.end(), keys


def _numbered_keys(match: re.Match[str], names: _Names) -> tuple[int, tuple[str, ...]]:
    """Where the name of a numbered one starts, and those it names; none for other things."""
    name, start = _stem_of(match, names.stems)
    if ends_in_building(name) or (match["suffix"] == "가" and (not name or match["gap"])):
        return start, ()
    whole = dong_key(f"{name}{match['numbers']}{match['suffix']}")
    if whole in names.keys or match["suffix"] == "가동":
        return start, (whole,)
    numbers = _members(match["numbers"])
    return start, tuple(f"{name}{n}{match['suffix']}" for n in numbers) if all(numbers) else ()


def _stem_of(match: re.Match[str], stems: Collection[str]) -> tuple[str, int]:
    """The stem of a numbered name and where the name starts; no stem for `그럼 3동`."""
    name = match["stem"] or ""
    if len(name) > 2 and name.endswith("제"):
        name = name.removesuffix("제")
    if not name or name in stems:
        return name, match.start()
    inner = next((s for s in sorted(stems, key=len) if name.endswith(("구" + s, "시" + s))), "")
    if inner:
        return inner, match.start() + len(name) - len(inner)
    if is_no_stem(name, spaced=bool(match["gap"])):
        return "", match.start("numbers")
    return name, match.start()


def _members(numbers: str) -> list[int]:
    """The numbers of a list or range, in order; `1~3` stands for 1, 2 and 3."""
    found: list[int] = []
    position = 0
    for match in re.finditer(r"\d{1,2}", numbers):
        if match.start() < position:
            continue
        stretch = _RANGE.match(numbers, match.start())
        first, last = (int(match.group()),) * 2 if not stretch else map(int, stretch.groups())
        found += range(first, last + 1) if last - first < _LONGEST_RANGE else [first, last]
        position = stretch.end() if stretch else match.end()
    return found


def _spelled(source: str, names: _Names) -> Iterator[_Place]:
    for match in names.spelled.finditer(source) if names.spelled else ():
        key = spelled_key("".join(match["name"].split()), names.stems)
        # With a space 이동 may be "moving": the dong itself must be known, not only its family.
        if key and (not match["gap"] or key in names.keys):
            yield match.start(), match.end(), (key,)


def _known(source: str, names: _Names) -> Iterator[_Place]:
    """Known names without a number, whatever they are glued to behind (솔밭동발굴단)."""
    for match in names.whole.finditer(source) if names.whole else ():
        yield match.start(), match.end(), (match.group(),)


def _listed(source: str, names: _Names) -> Iterator[_Place]:
    """Members of a known family by their numbers, where it has all of them."""
    for match in names.listed.finditer(source) if names.listed else ():
        keys = tuple(f"{match['stem']}{number}동" for number in _members(match["numbers"]))
        if set(keys) <= names.keys:
            yield match.start(), match.end(), keys


def _words(source: str, keys: Collection[str]) -> Iterator[_Place]:
    for match in _WORD.finditer(source):
        name, suffix = match["name"], match["suffix"]
        before = source[max(0, match.start() - _WINDOW) : match.start()]
        by_form = suffix in "동읍" and len(name) > 2
        beside = suffix != "가" and len(name) > 1 and _UNIT_BEFORE.search(before) is not None
        if name in keys or ((by_form or beside) and not is_everyday(name)):
            yield match.start(), match.end("name"), (name,)
