"""Whether the values of a record are of the kind that a question asks for."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.records import Field, FieldType
from retrieval.holding import names_person, office
from retrieval.lookup.asked import Asked
from retrieval.lookup.aspects import Aspect
from retrieval.lookup.qualifiers import of_one_body, own_meeting
from retrieval.lookup.row import Row
from retrieval.lookup.values import TORN
from retrieval.understanding.question import Want

_MONTH = re.compile(r"(?<![\d.])(1[0-2]|0?[1-9])\s?월(?!간|분)")
_YEAR_ALONE = 4
# 대상, 목표 and 예산 are in many questions that are after something else.
_SHORTEST_LABEL = 4
# What labels call a side of a thing; other labels are names of things.
_SIDE = re.compile(
    r"(?:기간|목적|지역|내용|효과|기능|일정|배경|근거|대상|구분|방법|장소|일시|체계|방향|개요|계획)$"
)
_WHAT_IS = re.compile(
    r"(?:이|가|은|는|란|이란)?(?:뭐야|뭐예요|뭐에요|뭔가요|뭔데|뭔지|뭐임|뭐죠|무엇|뭐하는(?:거|곳|데|사업))\S{0,5}[?？]*$"
)
_COUNTER = re.compile(r"몇(명|분|사람|인|곳|군데|개소|개|건|대|팀|가구|세대|번|회|차례)")
# Who is on a list of members need not be called one there.
_ANYBODY = frozenset({"위원", "의원", "담당", "담당자"})
_PEOPLE = frozenset({"명", "분", "사람", "인"})
# Counters of columns that count no people: 사업 수, 건수.
_THINGS = frozenset({"사업", "개", "건", "곳", "개소", "회", "대"})
# How often something is done is counted in times alone.
_TIMES = frozenset({"번", "회", "차례"})
_OFTEN = re.compile(r"\d\s?(?:회|번|차례)")
_OF_PEOPLE = re.compile(r"명|\d\s?인(?!가구)")


def of_office(asked: Asked, row: Row, aspects: Sequence[Aspect]) -> bool:
    """Whether a row names the holder of the office that a question asks for (동장, 사무국장)."""
    text = asked.question.text
    who = asked.question.want is Want.PERSON or "이름" in text or "성함" in text
    if not who or not office(text):
        return True
    if row.kind in TORN and not of_one_body(text, row.title):
        return False
    if any(one.states(field) for one in aspects for field in row.fields):
        return True
    if row.person:
        title = re.compile(rf"(?<!부){office(text)}(?:$|\()")
        return office(text) in _ANYBODY or any(title.search(field.text) for field in row.fields)
    return names_person(asked.question.text, " ".join(field.text for field in row.fields))


def of_another_body(asked: Asked, row: Row) -> bool:
    """Whether a meeting's own results are asked for, and a row is of another council's meeting.

    What the working council puts to the representative one is no result of that one's meeting.
    """
    meeting = own_meeting(asked.question.packed)
    return bool(meeting) and not of_one_body(meeting, row.title)


def labelled(asked: Asked, row: Row) -> bool:
    """Whether a row is a labelled line whose very label the question says: 사업기간, 기대효과."""
    label = row.field("label")
    words = "".join(label.text.split()) if label else ""
    side = len(words) >= _SHORTEST_LABEL and _SIDE.search(words)
    said = bool(side) and words in asked.question.packed
    return said and not any(field.type is FieldType.COUNT for field in row.fields)


def defining(asked: Asked) -> bool:
    """`도움방이 뭐야`: asked what a thing is."""
    packed = asked.question.packed
    return asked.question.want is Want.ANY and bool(_WHAT_IS.search(packed))


def numbers_only(fields: Sequence[Field]) -> bool:
    """Whether values are numbers or days, which tell nothing of what a thing is."""
    named = {FieldType.COUNT, FieldType.RATE, FieldType.MONEY}
    return any(field.type in named or field.name in {"hours", "held_on"} for field in fields)


def counts_so(asked: Asked, fields: Sequence[Field]) -> bool:
    """Whether counts are of people where people are asked for, and of things where things are."""
    counter = _COUNTER.search(asked.question.packed)
    counts = [f for f in fields if f.type is FieldType.COUNT and f.text]
    if asked.question.want is not Want.COUNT or counter is None or not counts:
        return True
    if counter[1] in _TIMES:
        return any(_OFTEN.search(f.text) for f in counts)
    people = counter[1] in _PEOPLE
    bare = any(f.text.isdigit() and not (people and f.unit in _THINGS) for f in counts)
    return bare or any(bool(_OF_PEOPLE.search(f.text)) is people for f in counts)


def of_month(asked: Asked, fields: Sequence[Field]) -> bool:
    """Whether the days that answer are of a month that the question names: 9월 회의 며칠."""
    months = {int(month) for month in _MONTH.findall(asked.question.text)}
    days = [field.first for field in fields if field.type is FieldType.DATE and field.first]
    if asked.question.want is not Want.TIME or not months or not days:
        return True
    return any(int(day[5:7]) in months for day in days if len(day) > _YEAR_ALONE)


def measuring(asked: Asked) -> bool:
    """Whether a number is asked for."""
    return asked.question.want in {Want.AMOUNT, Want.COUNT} or asked.measure is FieldType.MONEY


def by_example(asked: Asked, row: Row) -> bool:
    """Whether a row was found by the example it names: `반찬 나눔 등 9개 사업 527만원`.

    Its amount and count are those of all its projects, not of the one that the question names.
    """
    examples = row.field("examples")
    if examples is None:
        return False
    packed = "".join(examples.text.split())
    return any(len(term) > 1 and term in packed for term in asked.weights)
