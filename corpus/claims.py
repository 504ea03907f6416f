"""What rows of papers claim, in a form in which rows of different papers can be compared.

Two rows make one claim where body, place, programme, period and measure are the same. Equal values
make it one fact with several sources; other values are a contradiction between papers.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from corpus.extraction.values import number
from corpus.records import Field, FieldType, RecordKind
from corpus.text import fold

_MEASURED = {FieldType.MONEY, FieldType.COUNT, FieldType.RATE}
_NAMES = {FieldType.NAME, FieldType.ORGANISATION, FieldType.PERSON}
# What a programme is mentioned by, not called; and where a fact is said, not what is said.
_NO_LABELS = {"examples", "context", "비고"}
# Numbers that name a row rather than measure it.
_NUMBERING = re.compile(r"number|code|level|next_number|연번|순번|번호|순위|차수|연도|년도")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)|[’'‘](\d\d)(?=\s?년|\.)")
_PART_OF_YEAR = re.compile(
    r"[상하]\s?반기|\d\s?(?:/\s?4\s?)?분기|제?\s?\d+\s?[차회기](?![가-힣])|추경"
)
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|〔[^〔〕]*〕|<[^<>]*>")
# Words of headings that say what a list is for, not what it is of.
_FORMAL = re.compile(
    r"(?:20|19)\d\d(?:년도?)?|년도?|각|동별|부서별|기관별|사업별|분야별|연도별|동|현황|추진현황|내역|결과|총괄|예산"
    r"|예산액|사업비|계획|운영계획|추진계획|연간|추진|운영|배정|편성|세부|주요|제안설명|설명|진행|검토|심의|보고|표|붙임"
    r"|참고|및|관련|안내|\W+|\d+|[\dⅠ-Ⅻ가-하][.)]"
)
_GENERIC_MONEY = re.compile(
    r"amount|금액|예산|예산액|예산금액|사업예산|사업비|총사업비|소요예산|소요예산액|총예산|배정액"
)
# An amount that is printed as about or at most says no exact value.
_ABOUT = re.compile(r"약\s?\d|\d\s?여|이상|이하|이내|내외|정도|최대|최소|미만|초과|~")
_LAST = re.compile(r"(\d[\d,]*)(?:\.(\d+))?\s?(억|천만|백만|십만|만|천)?\s?원?[^\d]*$")
_UNITS = {"": 1, "천": 10**3, "만": 10**4, "십만": 10**5, "백만": 10**6, "천만": 10**7, "억": 10**8}


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimant:
    """A row as far as its claims go.

    Attributes:
        id: The row.
        kind: What it states.
        heading: Title of the relation.
        title: Title of the paper.
        dated: Date of the paper, ISO 8601; empty where unknown.
        body: Whose paper it is; empty where unknown.
        total: Whether it sums up other rows.
        fields: Its values as printed, in order.
    """

    id: int
    kind: RecordKind
    heading: str
    title: str
    dated: str
    body: str
    total: bool
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A measured value of a row.

    Attributes:
        record_id: The row.
        ordinal: Which field of it.
        claim: What is claimed: place, programme, period and measure in one text.
        precision: The worth of one step of the last printed digit: 10,000 of `4,071만원`.
    """

    record_id: int
    ordinal: int
    claim: str
    precision: int


def row_claim(row: Claimant) -> str:
    """All that a row states in one text: equal where another paper prints the same row.

    Statements of a meeting are tied to its day, other rows to the years that they name.
    """
    when = row.dated if row.kind in _OF_A_DAY else _period(row, "")
    values = [
        f"{field.value}" if field.value is not None else fold(field.place or field.text)
        for field in row.fields
        if field.name != "context"
    ]
    parts = (row.kind.value, when, fold(row.heading), str(row.total), *values)
    return "\x1f".join(parts)


_OF_A_DAY = {
    RecordKind.MEETING,
    RecordKind.ATTENDANCE,
    RecordKind.AGENDA_ITEM,
    RecordKind.OPINION,
    RecordKind.REPLY,
}


def value_claims(rows: Iterable[Claimant]) -> list[Claim]:
    """The measured values of a paper's rows as claims.

    A claim that the paper itself makes with several values says too little of what it measures and
    is left out (what a paper prints twice and differently is a finding of that paper), as is a
    value without a name or place, and labelled values in running text, whose label alone is no
    programme.
    """
    found: list[Claim] = []
    values: dict[str, set[int]] = {}
    for row in rows:
        for claim, value in _claims(row):
            found.append(claim)
            values.setdefault(claim.claim, set()).add(value)
    return [one for one in found if len(values[one.claim]) == 1]


def _claims(row: Claimant) -> Iterable[tuple[Claim, int]]:
    subject = _subject(row)
    if row.kind is RecordKind.FACT or not subject:
        return
    names = Counter(field.name for field in row.fields if field.type in _MEASURED)
    for ordinal, field in enumerate(row.fields):
        if field.type not in _MEASURED or field.value is None or names[field.name] > 1:
            continue
        if _NUMBERING.search(field.name) or _ABOUT.search(field.text):
            continue
        parts = (subject, _period(row, field.name), _measure(field))
        claim = Claim(
            record_id=row.id, ordinal=ordinal, claim="\x1f".join(parts), precision=_precision(field)
        )
        yield claim, field.value


def _subject(row: Claimant) -> str:
    """Places, names and the topic of the heading; empty where nothing names what is measured."""
    places = sorted({field.place for field in row.fields if field.place})
    names = [fold(f.text) for f in row.fields if f.type in _NAMES and f.name not in _NO_LABELS]
    if not names and not places:
        first = next((f for f in row.fields if f.type is FieldType.TEXT), None)
        names = [fold(first.text)] if first and first.name not in _NO_LABELS else []
    topic = _topic(row.heading, row.body) or _topic(row.title, row.body)
    if not (places or names) or not topic:
        return ""
    total = "total" if row.total else ""
    return "\x1f".join((" ".join(places), " ".join(names), " ".join(topic), total))


def _topic(heading: str, body: str) -> list[str]:
    """The words of a heading that say what it is about, in one order; whose it is does not."""
    outside = _BRACKETS.sub(" ", heading)
    plain = _PART_OF_YEAR.sub(" ", outside if outside.strip() else heading)
    words = re.split(r"[\s·,/「」『』‘’“”'\"]+", plain)
    told = [word.removeprefix(body) for word in words]
    return sorted({fold(word) for word in told if word and not _FORMAL.fullmatch(word)})


def _period(row: Claimant, column: str) -> str:
    """The years that a value is of, as said nearest to it, with the half or round of the year."""
    within = " ".join(f"{f.first} {f.last}" for f in row.fields if f.name == "year")
    years: Sequence[str] = ()
    for text in (column, within, row.heading, row.title, row.dated):
        years = sorted({match[1] or f"20{match[2]}" for match in _YEAR.finditer(text)})
        if years:
            break
    parts = sorted({fold(part) for part in _PART_OF_YEAR.findall(f"{column} {row.heading}")})
    return " ".join((*years, *parts))


def _measure(field: Field) -> str:
    plain = "".join(_YEAR.sub("", _BRACKETS.sub("", field.name)).replace("년", "").split())
    if field.type is FieldType.MONEY:
        name = "amount" if not plain or _GENERIC_MONEY.fullmatch(plain) else plain
    elif field.type is FieldType.COUNT:
        name = field.unit or re.sub(r"(?:개수|건수|수)$", "", plain)
    else:
        name = plain
    return f"{field.type.value} {name}"


def _precision(field: Field) -> int:
    """One step of the last printed digit, in the unit of the field's value."""
    match = _LAST.search(field.text)
    shown = number(field.text)
    if match is None or field.value is None:
        return 1
    step = _UNITS[match[3] or ""]
    if shown and field.type is not FieldType.COUNT:
        step = abs(round(field.value / shown))
    elif field.type is FieldType.RATE:
        step = 100
    decimals = len(match[2] or "")
    return max(1, step // int(10**decimals))


def same(a: int, b: int, precision: int) -> bool:
    """Whether two values are one, the coarser of them rounded: 40.7백만원 and 4,071만원."""
    return abs(a - b) < max(precision, 1)


def as_printed(field: Field, printed: dict[str, object] | None) -> Field:
    """A field as its paper prints it, whatever staff put in its place."""
    if printed is None:
        return field
    value = printed["value"]
    return replace(
        field,
        text=str(printed["text"]),
        value=value if isinstance(value, int) else None,
        place=str(printed["place"]),
        first=str(printed["first"]),
        last=str(printed["last"]),
    )
