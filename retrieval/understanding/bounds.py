"""Bounds that a question sets: 500만원 이상, 1억도 안 되는, 80% 미만, 3개에서 5개 사이."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus import amounts
from corpus.records import FieldType


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """A bound that a value must keep.

    Attributes:
        measure: Type of the value.
        low: Smallest value allowed; None without one.
        high: Largest value allowed; None without one.
        text: The bound as it was typed.
        unit: Counter word of a count (`표`); empty for other types.
    """

    measure: FieldType
    low: int | None
    high: int | None
    text: str
    unit: str = ""

    def holds(self, value: int | None) -> bool:
        """Whether a value keeps the bound; a missing value never does."""
        if value is None:
            return False
        return (self.low is None or value >= self.low) and (self.high is None or value <= self.high)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Number:
    measure: FieldType
    value: int
    start: int
    end: int
    unit: str = ""


_PARTICLE = r"\s*(?:사업)?\s*(?:이나|이|가|을|를|은|는|도|의)?\s*"
_BELOW = rf"{_PARTICLE}(?:채\s*)?(?:안\s*되|못\s*(?:되|미치|채)|되지\s*(?:않|못))"
# 사업 9개 하는 동, 600만원인 곳: that number and no other.
_IS = re.compile(
    r"\s*(?:사업)?\s*(?:을|를|만)?\s*(?:씩\s*)?(?:하는|인|있는|짜리)"
    r"(?=\s*(?:동네|동|곳|구|군|시|군데)(?:은|는|들|만|이|을)?(?:[\s?？]|$))"
)
# In this order: 안 넘는 before 넘는. The second says whether the number itself still counts.
_WORDS: tuple[tuple[re.Pattern[str], bool, bool], ...] = (
    (re.compile(rf"{_PARTICLE}(?:안\s*넘|못\s*넘|넘지\s*(?:않|못))\S*"), False, True),
    (re.compile(rf"{_BELOW}\S*"), False, False),
    (re.compile(rf"{_PARTICLE}(?:미만|밑|아래|보다\s*(?:더\s*)?(?:적|낮|작))\S*"), False, False),
    (re.compile(rf"{_PARTICLE}(?:이하|까지)\S*|{_PARTICLE}뿐\S*"), False, True),
    (re.compile(rf"{_PARTICLE}(?:초과|넘|보다\s*(?:더\s*)?(?:많|높|크|큰))\S*"), True, False),
    (re.compile(rf"{_PARTICLE}이상\S*"), True, True),
    (_IS, False, True),
)
_BETWEEN = re.compile(r"^\s*(?:에서|부터|이상|초과|~|∼|-)\s*(?:에서)?\s*$")
_BETWEEN_END = re.compile(r"^\s*(?:까지|사이|이하|미만|정도)\S*(?:\s*사이\S*)?")
_COUNTED = re.compile(
    r"(?<![\d.,~∼-])(?P<number>\d[\d,]*)\s*(?P<unit>개소|개|곳|명|건|회|팀|가구|세대|점|표|대|권|동)(?![가-힣])"
    r"|(?<![\d.,~∼-])(?P<counted>\d[\d,]*)\s*(?P<counter>개소|개|곳|명|건|회|팀|가구|세대|점|표|대|권)"
    r"(?=\s*(?:사업)?\s*(?:이나|이|가|을|를|은|는|도|의|넘|이상|이하|미만|초과|뿐|보다|밑|안|인|짜리|하는))"
)
_RATE = re.compile(r"(?<![\d.,])(?P<number>\d+(?:\.\d+)?)\s*(?:%|퍼센트|프로)(?!p|포인트)")
_NO_SIGN = re.compile(r"(?<![\d.,~∼-])(\d{1,3}(?:\.\d+)?)(?=\s*(?:미만|이하|이상|초과))")
# Goals are met at a hundred per cent.
_GOALS: tuple[tuple[re.Pattern[str], bool], ...] = (
    (
        re.compile(
            r"(?:목표|목표치|목표값)(?:를|을|에)?\s*(?:다\s*)?(?:못\s*(?:채|미치|이루|넘)|"
            r"미달|달성\s*(?:못|하지|안)|안\s*(?:채|된)|채우지\s*못|이루지\s*못)\S*"
            r"|(?<![가-힣])미달(?:성|한|된|인)?\S*|달성하지\s*못\S*|달성\s*못\s?한\S*"
        ),
        False,
    ),
    (
        re.compile(
            r"(?:목표|목표치|목표값)(?:를|을)?\s*(?:다\s*|모두\s*|초과\s*)?"
            r"(?:채운|채웠|달성\s?(?:한|했|된|됐|되었)|넘긴|넘겼|이룬|이뤘)\S*"
        ),
        True,
    ),
)
_GOAL = 100_00


def bounds(text: str) -> tuple[Condition, ...]:
    """The bounds that a question sets, in its order; none for most questions.

    >>> [(one.low, one.high) for one in bounds("예산이 300만원도 안 되는 동")]
    [(None, 2999999)]
    """
    found: list[Condition] = []
    for measure in (_money(text), _counts(text), _rates(text)):
        numbers = list(measure)
        between = _between(text, numbers)
        found += between or [one for number in numbers if (one := _bound(text, number))]
    found += _bare(text, found)
    return tuple(found) or _goals(text)


def _bare(text: str, found: Sequence[Condition]) -> Iterator[Condition]:
    """`80 미만` beside a bound of a rate, or with a rate's name: people leave the sign out."""
    if not any(one.measure is FieldType.RATE for one in found) and "률" not in text:
        return
    for match in _NO_SIGN.finditer(text):
        number = _Number(
            measure=FieldType.RATE,
            value=round(float(match[1]) * 100),
            start=match.start(),
            end=match.end(1),
        )
        if one := _bound(text, number):
            yield one


def _money(text: str) -> Iterator[_Number]:
    for amount in amounts.find(text):
        # A bound belongs to the mention's text where the amount was read with it.
        bare = re.match(r"[\d,.\s]*[가-힣]*?(?:원|억|만|천)+", amount.text)
        end = amount.start + (bare.end() if bare and amount.bound else len(amount.text))
        yield _Number(measure=FieldType.MONEY, value=amount.won, start=amount.start, end=end)


def _counts(text: str) -> Iterator[_Number]:
    for match in _COUNTED.finditer(text):
        number, unit = match["number"] or match["counted"], match["unit"] or match["counter"]
        if unit != "동":
            yield _Number(
                measure=FieldType.COUNT,
                value=int(number.replace(",", "")),
                start=match.start(),
                end=match.end(),
                unit=unit,
            )


def _rates(text: str) -> Iterator[_Number]:
    for match in _RATE.finditer(text):
        yield _Number(
            measure=FieldType.RATE,
            value=round(float(match["number"]) * 100),
            start=match.start(),
            end=match.end(),
        )


def _between(text: str, numbers: list[_Number]) -> list[Condition]:
    for first, second in pairwise(numbers):
        last = _BETWEEN_END.match(text[second.end :])
        if last and _BETWEEN.match(text[first.end : second.start]):
            below = "미만" in last[0]
            above = "초과" in text[first.end : second.start]
            return [
                Condition(
                    measure=first.measure,
                    low=first.value + above,
                    high=second.value - below,
                    text=text[first.start : second.end + last.end()],
                    unit=second.unit,
                )
            ]
    return []


def _bound(text: str, number: _Number) -> Condition | None:
    for word, upwards, included in _WORDS:
        if match := word.match(text, number.end):
            step = 0 if included else 1
            exact = word is _IS or match[0].strip().startswith("뿐")
            return Condition(
                measure=number.measure,
                low=number.value + step if upwards else number.value if exact else None,
                high=None if upwards else number.value - step,
                text=text[number.start : match.end()].rstrip(" ?？"),
                unit=number.unit,
            )
    return None


def _goals(text: str) -> tuple[Condition, ...]:
    for cue, met in _GOALS:
        if match := cue.search(text):
            return (
                Condition(
                    measure=FieldType.RATE,
                    low=_GOAL if met else None,
                    high=None if met else _GOAL - 1,
                    text=match[0],
                ),
            )
    return ()
