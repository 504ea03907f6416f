"""Which columns of a table a question is about."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from corpus.records import Field, FieldType
from retrieval.lookup.asked import Asked
from retrieval.lookup.row import Row
from retrieval.understanding.bounds import Condition
from retrieval.understanding.measures import field_meant, in_family, types_meant, unit_meant

# Numbers that name a row rather than measure it.
_NUMBERING = frozenset({"number", "code", "level", "next_number", "연번", "번호", "순번"})
_NUMBERS = (FieldType.MONEY, FieldType.COUNT, FieldType.RATE)
_TOTAL_NAME = re.compile(r"합계|총계|(?<![가-힣])계(?![가-힣])|총액|소계|전체|합\s계")
_CHANGE_NAME = re.compile(r"증감|증가|감소|대비")
_CHANGE_ASKED = re.compile(r"증감|증가|감소|늘|줄|깎")
_YEAR = re.compile(r"(?:(?:19|20)\d\d|[’'‘]\d\d)\s*년?도?")
# What was asked for is not what was given: only a question that says so means it.
_REQUESTED = re.compile(r"신청|요구|요청")
# 몇 개 설치됐어, 얼마 썼어: what came of it is asked for, unless the plan is named.
_REACHED = re.compile(r"실적|집행|결과|달성(?!률|율|도)")
_PLAN = re.compile(r"목표|계획|예산|예정")
# 2분기, 3월, 1차: of the columns of a year the number is the name.
_PIECES = re.compile(r"\d{1,2}(?:분기|월|차|회|주)[가-힣]*|[가-힣A-Za-z]+")
# 사업이 모두 몇 개: no number of people says that, whatever its column is called.
_THINGS, _OF_PEOPLE = re.compile(r"몇(?:개|건|곳|가지|군데)"), frozenset({"명", "인"})
# 집행: two syllables of a name that people leave the rest of unsaid (집행액).
_STEM = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of numbers.

    Attributes:
        name: Its name.
        type: Type of its values.
        unit: Counter word of its values; empty for most.
        fit: How well it fits the question, for choosing among columns and among tables.
        named: Whether the question says its name or its unit, not only its type.
    """

    name: str
    type: FieldType
    unit: str = ""
    fit: float = 0.0
    named: bool = False

    @property
    def years(self) -> frozenset[int]:
        """Years in its name."""
        return frozenset(int(year) for year in re.findall(r"(?:19|20)\d\d", self.name))

    @property
    def total(self) -> bool:
        """Whether it holds the sums of other columns."""
        return bool(_TOTAL_NAME.search(self.name))

    def of(self, row: Row) -> Field | None:
        """The row's value in this column; None where it has none."""
        return next(
            (
                field
                for field in row.fields
                if field.name == self.name and field.type is self.type and field.value is not None
            ),
            None,
        )


def columns(rows: Sequence[Row], asked: Asked) -> list[Column]:
    """The columns of numbers of a table with how well each fits a question, best first.

    Args:
        rows: Rows of one relation.
        asked: The question.

    Returns:
        Columns of another year than the one asked for are left out.
    """
    counted: Counter[tuple[str, FieldType]] = Counter()
    units: dict[tuple[str, FieldType], str] = {}
    for row in rows:
        for field in row.fields:
            if field.type in _NUMBERS and field.value is not None and field.name not in _NUMBERING:
                counted[field.name, field.type] += 1
                units.setdefault((field.name, field.type), field.unit)
    packed = asked.question.packed
    rated = [_fitted(name, kind, units[name, kind], asked, packed) for name, kind in counted]
    fitting = [one for one in rated if _of_year(one, asked)]
    return sorted(fitting, key=lambda one: (-surely(one, packed), -counted[one.name, one.type]))


def max_fit(every: Iterable[tuple[str, FieldType, str]], asked: Asked) -> float:
    """The most that one of some columns of numbers can fit a question; 0 where none fits at all.

    Args:
        every: Name, type and counter word of each.
        asked: The question.
    """
    packed = asked.question.packed
    return max([0.0, *(surely(_fitted(*one, asked, packed), packed) for one in every)])


def surely(one: Column, packed: str) -> float:
    """How surely a column is meant among others.

    참여예산 is a subject: a column whose name or unit is said is meant before any of money.
    """
    said = unit_meant(one.unit, one.name, packed) or "".join(one.name.split()) in packed
    return one.fit + (1.5 if said else 0.0)


def column(rows: Sequence[Row], asked: Asked) -> Column | None:
    """The column of numbers that a question asks for.

    Args:
        rows: Rows of one relation.
        asked: The question.

    Returns:
        The best one; None where no column has the type asked for.
    """
    return next((one for one in columns(rows, asked) if _may_be(one, asked)), None)


def bounded(rows: Sequence[Row], asked: Asked, condition: Condition) -> Column | None:
    """The column that a bound is about: of its type, and of its unit where one has it."""
    unit = condition.unit
    fitting = [
        one
        for one in columns(rows, asked)
        if one.type is condition.measure
        and (not unit or not one.unit or (unit in _OF_PEOPLE) == (one.unit in _OF_PEOPLE))
    ]
    exact = [one for one in fitting if unit and (one.unit == unit or f"{unit}수" in one.name)]
    return next(iter(exact or fitting), None)


def named(rows: Sequence[Row], asked: Asked) -> list[Column]:
    """The columns that a question names one beside the other, in its order.

    Args:
        rows: Rows of one relation.
        asked: The question.

    Returns:
        One for each name; a name that several columns share names none of them.
    """
    every = [one for one in columns(rows, asked) if not _CHANGE_NAME.search(one.name)]
    pieces = {one.name: frozenset(_PIECES.findall(_YEAR.sub("", one.name))) for one in every}
    shared = frozenset.intersection(*pieces.values()) if len(every) > 1 else frozenset()
    packed = asked.question.packed
    placed: dict[int, Column] = {}
    for one in every:
        own = pieces[one.name] - shared
        at = [packed.find(word) for word in own if len(word) >= _STEM and _says(packed, word)]
        if not at and field_meant(one.name, packed):
            at = [len(packed) + len(placed)]
        if at and not any(place in placed for place in at):
            placed[min(at)] = one
    return [placed[place] for place in sorted(placed)]


def family(rows: Sequence[Row], asked: Asked) -> list[Column]:
    """The columns that one word stands for, in printed order: 국비, 시비 for 재원별."""
    found = {
        one.name: one for one in columns(rows, asked) if in_family(asked.request.group, one.name)
    }
    order = dict.fromkeys(field.name for row in rows for field in row.fields)
    return [found[name] for name in order if name in found]


def names_said(rows: Sequence[Row], text: str) -> list[str]:
    """Words of the names of columns of numbers that a question says, longest first."""
    names = {field.name for row in rows for field in row.fields if field.type in _NUMBERS}
    words = {word for name in names for word in _PIECES.findall(name) if len(word) > _STEM}
    return sorted((word for word in words if word in text), key=len, reverse=True)


def _of_year(one: Column, asked: Asked) -> bool:
    years = asked.question.years
    return not years or not one.years or bool(one.years & set(years))


def _may_be(one: Column, asked: Asked) -> bool:
    """Whether a column's type is the one asked for; a named one may be of any type."""
    if asked.request.conditions or asked.measure is None:
        return asked.measure in {None, one.type}
    if one.unit in _OF_PEOPLE and _THINGS.search(asked.question.packed):
        return False
    return one.type is asked.measure or one.named


def _fitted(name: str, kind: FieldType, unit: str, asked: Asked, packed: str) -> Column:
    done = asked.done and not _PLAN.search(packed)
    return _rated(name, kind, unit, asked.measure, bool(asked.question.years), done, packed)


@lru_cache(maxsize=256)  # the columns of one table are rated for each row that may answer alone
def _rated(
    name: str,
    kind: FieldType,
    unit: str,
    measure: FieldType | None,
    dated: bool,
    done: bool,
    packed: str,
) -> Column:
    words = [word for word in _PIECES.findall(_YEAR.sub("", name)) if word != "년"]
    # A name that only goes by its first syllables is less surely meant than one said whole.
    said = sum(
        2.0 if _says(packed, word) else 1.0 if _begins(packed, word) else 0.0
        for word in words
        if len(word) >= _STEM
    )
    whole = "".join(words)
    said += 1.0 if len(whole) > _STEM and whole in packed else 0.0
    said += 2.0 if field_meant(name, packed) or unit_meant(unit, name, packed) else 0.0
    fit = said
    types = types_meant(packed)
    fit += 1.5 if kind in types else 0.0
    fit += 1.5 if kind is measure else 0.0
    # Councils ask for money where they do not say what is to be added or compared.
    fit += 0.5 if kind is FieldType.MONEY and measure is None else 0.0
    fit += 0.5 if _TOTAL_NAME.search(name) else 0.0
    fit -= 4.0 if _CHANGE_NAME.search(name) and not _CHANGE_ASKED.search(packed) else 0.0
    fit -= 1.0 if _REQUESTED.search(name) and not _REQUESTED.search(packed) else 0.0
    fit += 0.4 if done and _REACHED.search(name) else 0.0
    years = {int(year) for year in re.findall(r"(?:19|20)\d\d", name)}
    fit += 0.01 * (max(years, default=0) % 100) if not dated else 0.0
    return Column(name=name, type=kind, unit=unit, fit=fit, named=said >= _NAMED)


def _says(packed: str, word: str) -> bool:
    """Whether a question says a word of a column's name; 1월 is not in 11월."""
    if not word[0].isdigit():
        return word in packed
    return re.search(rf"(?<!\d){word}", packed) is not None


def _begins(packed: str, word: str) -> bool:
    """Whether a question says the first syllables of a name that is no number."""
    return len(word) > _STEM and not word[0].isdigit() and word[:_STEM] in packed


_NAMED = 2.0

_PRINTED_GROUP = {"등급": "grade", "훈격": "grade", "상": "grade", "분야": "field"}


def group_of(rows: Sequence[Row], noun: str) -> str:
    """The column that rows are put together by, for `부서` of `부서별로`; empty without one.

    Args:
        rows: Rows of one relation.
        noun: What the question groups by; empty text gives none.
    """
    names = Counter(field.name for row in rows for field in row.fields if field.text)
    fixed = _PRINTED_GROUP.get(noun, "")
    if fixed in names:
        return fixed
    if noun in {"동", "지역", "읍면", "읍면동", "동네"} and (places := _places(rows)):
        return places
    matching = [name for name in names if noun and noun in name and not name.isascii()]
    return max(matching, key=lambda name: (names[name], -len(name)), default="")


def _places(rows: Sequence[Row]) -> str:
    names = Counter(field.name for row in rows for field in row.fields if field.place)
    return max(names, key=lambda name: names[name], default="")
