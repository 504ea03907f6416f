"""What the rows of a table are, judged by the types and headings of its columns."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from corpus.extraction.columns import Column
from corpus.records import FieldType, RecordKind

# Fixed field names of programmes and the headings that offices print for them.
_PROGRAMME = {
    "target": re.compile(r"(?:지원|이용|교육|참여|사업)?\s?대상(?:자)?(?:\s|$|\()|자격"),
    "period": re.compile(r"기간|시기|일정|일시|운영일"),
    "apply": re.compile(r"신청|접수|참여\s?방법|이용\s?방법"),
    "contact": re.compile(r"문의|연락처|전화"),
}
_PROGRAMME_NAME = re.compile(r"(?:사업|프로그램|서비스|과제|강좌|교육|활동|시설)\s?(?:명|명칭)?$")
_NOT_PROGRAMME = re.compile(r"부서|기관|담당|구분|유형")
_INDICATOR = (re.compile(r"목표"), re.compile(r"실적|달성|결과"))
_OPINION = re.compile(r"(?<!부서)(?<!검토)(?:의견|건의|제안|질의|요청)\s?(?:사항|내용|요지)?$")
_REPLY = re.compile(
    r"(?:부서|검토|답변|회신|조치|처리|추진)\s?(?:의견|결과|내용|사항|계획)?$|답변|조치\s?(?:결과|계획|사항)|검토\s?의견"
)
_HOURS = re.compile(
    r"\d{1,2}\s?[:시]\s?\d{0,2}분?\s?[~∼-]?\s?(?:\d{1,2}\s?[:시]\s?\d{0,2}분?)?\s?(?:\(.*\))?"
)
_EVENT = re.compile(r"행사|내용|순서|일정|안건|교육|회의|프로그램|활동|과정")
_PRIZE = re.compile(r"포상|상금|시상|부상")
_SUM = re.compile(r"(?:^|\s)(?:[합총소]?\s?계|총액|총\s?(?:사업비|예산액?))$")
_PROGRAMMES = re.compile(r"사업\s?(?:건\s?)?수|프로그램\s?수|사업량|사업$")


def kind_of(columns: Sequence[Column], texts: Sequence[Sequence[str]]) -> RecordKind:
    """Judge a table.

    Args:
        columns: Its columns.
        texts: For each column the texts of its cells.

    Returns:
        The most special kind that the columns support; a plain row otherwise. A table of opinions
        is of kind opinion; its replies stand in the same rows.
    """
    names = [column.name for column in columns]
    if any(map(is_opinion, names)) and any(map(is_reply, names)):
        return RecordKind.OPINION
    if sum(any(map(pattern.search, names)) for pattern in _PROGRAMME.values()) >= 2 and any(
        map(_names_programme, columns)
    ):
        return RecordKind.PROGRAMME
    if all(any(map(pattern.search, names)) for pattern in _INDICATOR):
        return RecordKind.INDICATOR
    if _is_schedule(columns, texts):
        return RecordKind.EVENT
    return RecordKind.BUDGET_LINE if _is_budget(columns) else RecordKind.ROW


def field_names(
    kind: RecordKind, columns: Sequence[Column], texts: Sequence[Sequence[str]]
) -> list[str]:
    """The field name of each column: a fixed one where the kind has it, else the heading.

    Args:
        kind: What the rows are.
        columns: The columns of the table.
        texts: For each column the texts of its cells.
    """
    fixed = _FIXED.get(kind, {})
    finest = _finest(columns, texts)
    names: list[str] = []
    for index, column in enumerate(columns):
        found = [
            name
            for name, fits in fixed.items()
            if name not in names and fits(column) and (name != "programme" or index == finest)
        ]
        names.append(found[0] if found else column.name)
    if kind in {RecordKind.BUDGET_LINE, RecordKind.PROGRAMME}:
        _name_single(names, columns, FieldType.MONEY, "amount")
        _name_sum(names, columns)
    if kind is RecordKind.BUDGET_LINE:
        _name_single(names, columns, FieldType.COUNT, "programmes")
    return names


def hours_column(columns: Sequence[Column], texts: Sequence[Sequence[str]]) -> int | None:
    """The column of a schedule that holds times of day; None where there is none."""
    for index in range(min(2, len(columns))):
        cells = [text for text in texts[index] if text]
        if cells and sum(bool(_HOURS.fullmatch(text)) for text in cells) >= 0.7 * len(cells):
            return index
    return None


def is_opinion(name: str) -> bool:
    """Whether a heading stands over what people said."""
    return bool(_OPINION.search(name)) and not is_reply(name)


def is_reply(name: str) -> bool:
    """Whether a heading stands over what an office answered."""
    return bool(_REPLY.search(name)) and not re.fullmatch(
        r"의견|(?:추진|검토|처리|담당|소관)?\s?부서", name
    )


def _names_programme(column: Column) -> bool:
    return (
        column.type in {FieldType.NAME, FieldType.TEXT, FieldType.ORGANISATION}
        and bool(_PROGRAMME_NAME.search(column.name))
        and not _NOT_PROGRAMME.search(column.name)
    )


def _finest(columns: Sequence[Column], texts: Sequence[Sequence[str]]) -> int | None:
    """The column that names the rows: of 과제 | 세부사업 the one that tells more of them apart."""
    naming = [index for index, column in enumerate(columns) if _names_programme(column)]
    return max(naming, key=lambda index: len(set(texts[index])), default=None)


def _is_schedule(columns: Sequence[Column], texts: Sequence[Sequence[str]]) -> bool:
    if not any(_EVENT.search(column.name) for column in columns[1:]):
        return False
    dated = columns[0].type is FieldType.DATE
    return hours_column(columns, texts) is not None or dated


def _is_budget(columns: Sequence[Column]) -> bool:
    money = [c for c in columns if c.type is FieldType.MONEY and not _PRIZE.search(c.name)]
    keyed = any(c.type in {FieldType.PLACE, FieldType.NAME, FieldType.TEXT} for c in columns)
    return bool(money) and keyed


def _name_single(names: list[str], columns: Sequence[Column], kind: FieldType, fixed: str) -> None:
    """Use the fixed name where only one column can be meant."""
    found = [index for index, column in enumerate(columns) if column.type is kind]
    if len(found) != 1 or names[found[0]] != columns[found[0]].name:
        return
    if kind is FieldType.COUNT and not _PROGRAMMES.search(columns[found[0]].name):
        return
    names[found[0]] = fixed


def _name_sum(names: list[str], columns: Sequence[Column]) -> None:
    """Of several columns of money the one that adds up the others is the amount of the row."""
    money = [index for index, column in enumerate(columns) if column.type is FieldType.MONEY]
    sums = [index for index in money if _SUM.search(columns[index].name)]
    if len(money) > 1 and len(sums) == 1 and names[sums[0]] == columns[sums[0]].name:
        names[sums[0]] = "amount"


def _place(column: Column) -> bool:
    return column.type is FieldType.PLACE


def _matching(pattern: re.Pattern[str]) -> Callable[[Column], bool]:
    return lambda column: bool(pattern.search(column.name))


_FIXED: dict[RecordKind, dict[str, Callable[[Column], bool]]] = {
    RecordKind.BUDGET_LINE: {
        "place": _place,
        "examples": lambda column: (
            bool(re.match(r"(?:대표|주요)\s?(?:사업|프로그램)", column.name))
            and column.type in {FieldType.NAME, FieldType.TEXT}
        ),
        "programme": _names_programme,
    },
    RecordKind.PROGRAMME: {
        "place": _place,
        "programme": _names_programme,
        **{name: _matching(pattern) for name, pattern in _PROGRAMME.items()},
    },
    RecordKind.OPINION: {
        "speaker": lambda column: column.type is FieldType.PERSON,
        "department": lambda column: (
            bool(re.search(r"부서|담당", column.name)) and not is_reply(column.name)
        ),
    },
    RecordKind.EVENT: {
        "held_on": lambda column: column.type is FieldType.DATE,
        "place": lambda column: bool(re.search(r"장소|위치", column.name)),
        "host": lambda column: bool(re.search(r"주최|주관", column.name)),
        "audience": lambda column: bool(re.search(r"대상|참석|참가", column.name)),
        "title": lambda column: bool(_EVENT.search(column.name)),
    },
}
