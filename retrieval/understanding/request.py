"""What is to be done with values: look them up, add them, rank them, compare them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from itertools import pairwise

from corpus import amounts
from corpus.amounts import Bound
from corpus.records import FieldType
from corpus.text import fold

# Whoever asks for the highest without a number wants one; ties are all named.
_ONE = 1


class Operation(StrEnum):
    """What to do with the values that a question is about."""

    LOOK_UP = "look up"
    LIST = "list"
    COUNT = "count"
    SUM = "sum"
    AVERAGE = "average"
    HIGHEST = "highest"
    LOWEST = "lowest"
    RANK = "rank"
    COMPARE = "compare"
    EQUAL = "equal"
    DIFFERENCE = "difference"
    RATIO = "ratio"
    SHARE = "share"


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """A bound that a value must keep.

    Attributes:
        measure: Type of the value.
        low: Smallest value allowed; None without one.
        high: Largest value allowed; None without one.
        text: The bound as it was typed.
    """

    measure: FieldType
    low: int | None
    high: int | None
    text: str

    def holds(self, value: int | None) -> bool:
        """Whether a value keeps the bound; a missing value never does."""
        if value is None:
            return False
        return (self.low is None or value >= self.low) and (self.high is None or value <= self.high)


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A question as an operation on values.

    Attributes:
        operation: What to do.
        how_many: How many places of a ranking are asked for.
        descending: Whether a ranking starts with the largest.
        conditions: Bounds that rows must keep.
        unit: Unit that an amount is to be said in (`백만원`); empty for the usual form.
        rest: The question without the words that name the operation.
    """

    operation: Operation
    how_many: int = _ONE
    descending: bool = True
    conditions: tuple[Condition, ...] = ()
    unit: str = ""
    rest: str = ""


@cache
def _cues() -> dict[Operation, tuple[re.Pattern[str], ...]]:
    source = files("retrieval.understanding") / "operations.toml"
    tree = tomllib.loads(source.read_text(encoding="utf-8"))
    return {
        Operation(name): tuple(re.compile(cue) for cue in section["cues"])
        for name, section in tree.items()
    }


_UNIT_ASKED = re.compile(
    r"(천만|백만|십만|천|만|억)?\s*원\s*(?:단위|으로\s*(?:하면|바꾸|환산)|로\s*(?:하면|바꾸|환산))"
)
_HOW_MANY = re.compile(
    r"(?:상위|하위|top|탑)\s*(\d{1,2})|(\d{1,2})\s*(?:개|곳|군데|위까지|등까지)(?!\s*(?:이상|이하|넘|초과|미만|사업))"
)
_ASCENDING = re.compile(r"적은\s*순|낮은\s*순|하위|꼴찌")
_BETWEEN = re.compile(r"^\s*(?:에서|부터|~|∼|-|이상)\s*$")
_BETWEEN_END = re.compile(r"^\s*(?:까지|사이|이하|미만|정도)")
_COUNT_BOUND = re.compile(
    r"(?P<number>\d[\d,]*)\s*(?P<unit>개|곳|명|건|회|팀|가구|세대|점|등|위)\s*(?:사업)?(?:을|를|이|가)?\s*"
    r"(?P<bound>이상|이하|초과|미만|넘|안\s*되|보다\s*(?:많|적))"
)


def request(text: str) -> Request:
    """Read what is to be done from a question.

    Args:
        text: A question on one line; empty text asks to look something up.

    Returns:
        The request; `Operation.LOOK_UP` where no word says otherwise.
    """
    operation, rest = _operation(text)
    conditions = (*_money_bounds(text), *_count_bounds(text))
    asked = _UNIT_ASKED.search(text)
    many = _HOW_MANY.search(text)
    return Request(
        operation=operation,
        how_many=int(next(filter(None, many.groups()))) if many else _ONE,
        descending=not _ASCENDING.search(text) and operation is not Operation.LOWEST,
        conditions=conditions,
        unit=f"{asked[1] or ''}원" if asked else "",
        rest=_without(
            rest,
            [
                *(one.text for one in conditions),
                many[0] if many else "",
                asked[0] if asked else "",
            ],
        ),
    )


def _operation(text: str) -> tuple[Operation, str]:
    """The operation, and the text without the words that name it; cues know no spaces."""
    offsets = [offset for offset, character in enumerate(text) if not character.isspace()]
    packed = "".join(text[offset] for offset in offsets)
    for operation, cues in _cues().items():
        for cue in cues:
            if match := cue.search(packed):
                start, end = offsets[match.start()], offsets[match.end() - 1] + 1
                return operation, _stripped(f"{text[:start]} {text[end:]}", cues)
    return Operation.LOOK_UP, text


def _stripped(text: str, cues: Collection[re.Pattern[str]]) -> str:
    """Further words that name the same operation say nothing else either."""
    for cue in cues:
        text = cue.sub(" ", text)
    return text


def _without(text: str, pieces: Collection[str]) -> str:
    for piece in filter(None, pieces):
        text = text.replace(piece, " ")
    return text


def _money_bounds(text: str) -> list[Condition]:
    found = amounts.find(text)
    for first, second in pairwise(found):
        between = text[first.end : second.start]
        if _BETWEEN.match(between) and _BETWEEN_END.match(text[second.end :]):
            return [
                Condition(
                    measure=FieldType.MONEY,
                    low=first.won,
                    high=second.won,
                    text=text[first.start : second.end],
                )
            ]
    return [
        _bounded(FieldType.MONEY, amount.won, amount.bound, amount.text)
        for amount in found
        if amount.bound in _LOW | _HIGH
    ]


_LOW = {Bound.AT_LEAST, Bound.MORE_THAN}
_HIGH = {Bound.AT_MOST, Bound.LESS_THAN}


def _bounded(measure: FieldType, value: int, bound: Bound | None, text: str) -> Condition:
    return Condition(
        measure=measure,
        low=value + (bound is Bound.MORE_THAN) if bound in _LOW else None,
        high=value - (bound is Bound.LESS_THAN) if bound in _HIGH else None,
        text=text,
    )


def _count_bounds(text: str) -> list[Condition]:
    return [
        _bounded(
            FieldType.COUNT,
            int(match["number"].replace(",", "")),
            _bound(fold(match["bound"])),
            match[0],
        )
        for match in _COUNT_BOUND.finditer(text)
    ]


def _bound(word: str) -> Bound:
    if word in {"이상"}:
        return Bound.AT_LEAST
    if word in {"이하"}:
        return Bound.AT_MOST
    return Bound.MORE_THAN if word.startswith(("초과", "넘", "보다많")) else Bound.LESS_THAN
