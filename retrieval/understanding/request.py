"""What is to be done with values: look them up, add them, rank them, compare them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files

from retrieval.understanding.bounds import Condition, bounds

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
class Request:
    """A question as an operation on values.

    Attributes:
        operation: What to do.
        how_many: How many places of a ranking are asked for.
        position: The one place of a ranking that is asked for (`3위`); 0 without one.
        descending: Whether a ranking starts with the largest.
        conditions: Bounds that rows must keep.
        group: What rows are to be put together by (`부서` of `부서별로`); empty without.
        per: What an amount is to be spread over (`사업` of `사업 하나당`); empty without.
        each: What papers print an amount for one of (`가구당` of `가구당 얼마`); empty without.
        unit: Unit that an amount is to be said in (`백만원`); empty for the usual form.
        rest: The question without the words that name the operation.
    """

    operation: Operation
    how_many: int = _ONE
    position: int = 0
    descending: bool = True
    conditions: tuple[Condition, ...] = ()
    group: str = ""
    per: str = ""
    each: str = ""
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


_UNIT = r"(?P<unit>천만|백만|십만|천|만|억)?\s*(?:원|(?<=억))"
_UNIT_ASKED = re.compile(
    rf"(?<![\d,.]){_UNIT}\s*(?:단위|(?:으로|로)(?!\s*(?:늘|줄|올|내리|증|감|정|바뀌)))"
    rf"|몇\s*{_UNIT.replace('unit', 'other')}(?=\s*(?:이|인|정도|쯤|[?？]|$))"
)
_NATIVE = {
    "한": 1, "두": 2, "세": 3, "네": 4, "다섯": 5, "여섯": 6, "일곱": 7, "여덟": 8, "아홉": 9,
    "열": 10,
}  # fmt: skip
_NUMBER = rf"\d{{1,2}}|{'|'.join(_NATIVE)}"
_BOUND_WORD = r"이상|이하|넘|초과|미만|사업"
_HOW_MANY = re.compile(
    rf"(?:상위|하위|top|탑|톱)\s*(?P<top>{_NUMBER})(?:\s*(?:개|곳|군데|위))?"
    rf"|(?<![가-힣\d])(?P<some>{_NUMBER})\s*(?:곳|군데|개|위까지|등까지)"
    rf"(?!\s*(?:{_BOUND_WORD}))",
    re.IGNORECASE,
)
_POSITION = re.compile(
    r"(?<![\d가-힣])(\d{1,2}|[두세네]|다섯|여섯|일곱|여덟|아홉|열)\s*(?:위|등|번째)(?!까지|급|안|\s*이내)"
)
_ASCENDING = re.compile(r"적은\s*(?:순|동|것|곳)?부?\s*|낮은\s*순|작은\s*순|하위|꼴찌|오름차순")
# 꼴찌에서 두 번째, 뒤에서 3등: counted from the smallest.
_FROM_END = re.compile(r"(?:꼴찌|꼴등|뒤|끝|밑|아래)에서\s*(?=[두세네]\s?번째|\d\s?(?:번째|등|위))")
_DESCENDING = re.compile(r"많은|높은|큰|상위|내림차순")
_GROUP = re.compile(
    r"(?<![가-힣])([가-힣]{1,6}?)\s?별(?:로|의|은|는|이)?(?![가-힣])(?:\s*(?:각각|정리))?"
)
_GLUED_GROUP = re.compile(r"(동|부서|분야|권역|등급|전략|재원)별(?:로|의)?")
# 특별, 차별, 성별 and the like are words of their own.
_NO_GROUP = frozenset({"특", "차", "구", "개", "선", "식", "작", "이", "각", "연차", "년차"})
_ONE_OF = r"(?:하나|한\s*개|1\s*개|한\s*건|1\s*건)"
_PER = re.compile(
    rf"(?P<what>[가-힣]{{1,6}})\s*{_ONE_OF}\s*(?:당|에\s*(?=평균|얼마|대략)|마다|(?=평균|대략|얼마\s?(?:꼴|정도|쯤)))"
    r"|(?<![가-힣])(?P<glued>(?:세부|특화)?사업|프로그램|과제)\s*당"
    r"|(?<![가-힣])(?P<unit>가구|세대|1인|명|회)당(?=.*(?:평균|얼마\s?꼴|꼴))"
)


_EACH = re.compile(
    r"(?:가구|세대|1인|(?<![가-힣])인|명|회|개소|곳|지역|기관|단체|팀)당(?=\S{0,8}(?:얼마|최대|몇))"
)


_END = re.compile(
    r"(?:제일|가장|젤)\S{0,6}(?:많|적|높|낮|큰|작)\S{0,4}(?:게|것은|건|거는?|곳은|데는?)(?:뭐|무엇|어디|누구)"
)


def request(text: str) -> Request:
    """Read what is to be done from a question.

    Args:
        text: A question on one line; empty text asks to look something up.

    Returns:
        The request; `Operation.LOOK_UP` where no word says otherwise.
    """
    reported = _REPORTED.match(text)
    quoted = reported[0] if reported else ""
    text = text[len(quoted) :]
    upwards = _FROM_END.search(text)
    text = _FROM_END.sub("", text)
    conditions = bounds(text)
    bare = _without(text, [one.text for one in conditions])
    operation, rest = _operation(bare)
    asked = _UNIT_ASKED.search(text)
    many = _HOW_MANY.search(bare)
    group, printed = _group(bare)
    per = _PER.search(bare)
    if per and operation is Operation.LOOK_UP:
        operation = Operation.AVERAGE
    position = _POSITION.search(bare) if operation in _PLACES else None
    pieces = [match[0] for match in (many, asked, per, position) if match]
    if operation in _APART:
        pieces += [match[0] for match in _POSITION.finditer(bare)]
    return Request(
        operation=operation,
        how_many=_number(many["top"] or many["some"]) if many else _ONE,
        position=_number(position[1]) if position and not (many and many["top"]) else 0,
        descending=operation is not Operation.LOWEST and not (upwards or _upwards(bare)),
        conditions=conditions,
        group=group,
        per=(per["what"] or per["glued"] or per["unit"]) if per else "",
        each=_each(bare) if not per and operation is Operation.LOOK_UP else "",
        unit=_unit(asked),
        rest=f"{quoted} {_without(rest, [*pieces, printed])}".strip(),
    )


# `수요가 더 많다는 의견에 답변은`, `두 개뿐이라고 한 위원`: what somebody said is no order.
_REPORTED = re.compile(
    r".{2,}?(?:[다라자냐]는|[다라자냐]고)\s?"
    r"(?=의견|건의|지적|제안|질문|질의|요청|답변"
    r"|(?:말|한|말한|얘기한|물은|하신)\s?(?:위원|의원|사람|분|주민|부서|게\s누구))"
)
_PLACES = {Operation.RANK, Operation.HIGHEST, Operation.LOWEST}
# 1등 동과 2등 동 차이: places of a ranking held against each other.
_APART = {Operation.DIFFERENCE, Operation.RATIO, Operation.COMPARE}


def _number(text: str) -> int:
    return _NATIVE.get(text) or int(text)


def _upwards(text: str) -> bool:
    return bool(_ASCENDING.search(text)) and not _DESCENDING.search(text)


def _each(text: str) -> str:
    each = _EACH.search("".join(text.split()))
    return each[0] if each else ""


def _unit(asked: re.Match[str] | None) -> str:
    return f"{asked['unit'] or asked['other'] or ''}원" if asked else ""


def _group(text: str) -> tuple[str, str]:
    """What rows are put together by, and how the question prints it."""
    for match in (*_GROUP.finditer(text), *_GLUED_GROUP.finditer(text)):
        if match[1] not in _NO_GROUP:
            return match[1], match[0]
    return "", ""


def _operation(text: str) -> tuple[Operation, str]:
    """The operation, and the text without the words that name it; cues know no spaces."""
    offsets = [offset for offset, character in enumerate(text) if not character.isspace()]
    packed = "".join(text[offset] for offset in offsets)
    ranked = _END.search(packed)
    for operation, cues in _cues().items():
        if ranked and operation is Operation.SHARE:
            continue  # 제일 많은 게 뭐고 몇 프로: the highest is asked for first
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
