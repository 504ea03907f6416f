"""Which of a record's values answer a question."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cached_property

from corpus import amounts
from corpus.records import Field, FieldType, RecordKind
from retrieval.holding import PHONE, decides
from retrieval.lookup.asked import Asked
from retrieval.lookup.aspects import Aspect
from retrieval.lookup.columns import column
from retrieval.lookup.row import Row
from retrieval.lookup.wording import label
from retrieval.understanding.measures import other_money, types_meant
from retrieval.understanding.question import Want, soft_words

_WANTED: dict[Want, tuple[FieldType, ...]] = {
    Want.AMOUNT: (FieldType.MONEY,),
    Want.COUNT: (FieldType.COUNT, FieldType.RATE),
    Want.TIME: (FieldType.DATE,),
    Want.PERSON: (FieldType.PERSON, FieldType.ORGANISATION),
    Want.CONTACT: (FieldType.CONTACT,),
    Want.PLACE: (FieldType.PLACE,),
}
# Fields that say where a row belongs rather than what it states.
_BACKGROUND = frozenset({"context", "section", "council", "body", "level", "code", "plan", "part"})
_FORM = frozenset(
    {
        RecordKind.MEETING,
        RecordKind.ATTENDANCE,
        RecordKind.AGENDA_ITEM,
        RecordKind.PROGRAMME,
    }
)
TORN = frozenset({RecordKind.MEETING, RecordKind.ATTENDANCE})
NUMBERS = frozenset({Want.AMOUNT, Want.COUNT})
_MEASURED = {
    FieldType.MONEY: (FieldType.MONEY,),
    FieldType.COUNT: (FieldType.COUNT, FieldType.RATE),
    FieldType.RATE: (FieldType.RATE,),
}
_VALUES = frozenset({FieldType.MONEY, FieldType.COUNT, FieldType.RATE})
_WORDS = frozenset({FieldType.PLACE, FieldType.ORGANISATION, FieldType.NAME, FieldType.TEXT})
# What may stand under a heading that the question names, by what it asks for; any where it is open.
_UNDER_HEADINGS = {
    Want.AMOUNT: _VALUES,
    Want.COUNT: _VALUES,
    Want.TIME: frozenset({FieldType.DATE}),
    Want.PLACE: _WORDS,
    Want.PERSON: _WORDS | {FieldType.PERSON},
    Want.REASON: frozenset({FieldType.TEXT}),
}
# Kinds whose text is itself what came of something.
_SAID = frozenset({RecordKind.OPINION, RecordKind.REPLY, RecordKind.AWARD})
# 위치가 어디, 어디서 열려: asked of a thing, not which dong or district a row belongs to.
_HELD_AT = re.compile(r"위치|장소|주소|어디\s?에?서|열리|열렸|열려")
# What is asked of an opinion: when it was raised or answered, or what it wants.
_RAISED = re.compile(
    r"의견|건의|질의|민원|제안|제기|요청|요구|달라|답변|답했|회신|조치|처리|해결|완료|반영"
)
# A row of winners says neither why nor when they won; the ceremony has its own.
_NOT_OF_AWARDS = frozenset({Want.REASON, Want.TIME, Want.CONTACT, Want.LAW})
# Beside a part of a schedule: who does it, by name of the office.
_OFFICE = re.compile(r"[가-힣](?:장|관|간사|대표|의원|위원)$")
# Columns that count the rows of a table.
_SAID_BESIDE = frozenset({FieldType.TEXT, FieldType.NAME})
_HOW_MANY = re.compile(r"몇\s*(개소|개|명|건|곳|회|가구|세대|대|면|팀|가지|번|일|점|시간|군데)")
_NUMBERING = re.compile(r"^(?:연\s?번|번\s?호|순\s?번|number)$")
_YEAR = re.compile(r"(?:19|20)\d\d\s*년?도?")
_GROUNDS = re.compile(r"근\s?거$")
_ARTICLE = re.compile(r"제?\s*\d+\s*조")
_SPENT = frozenset({RecordKind.EVENT, RecordKind.BUDGET_LINE})


class Values:
    """Chooses the fields of a record that answer.

    Args:
        terms_of: Text to index terms.
    """

    def __init__(self, terms_of: Callable[[str], str]) -> None:
        self._terms_of = terms_of

    def of(self, asked: Asked, row: Row, aspects: Sequence[Aspect]) -> tuple[Field, ...]:
        """The values of a row that answer; all of them where the question names no kind."""
        want = asked.question.want
        named = tuple(f for f in row.fields if f.text and any(a.states(f) for a in aspects))
        if any(a.name == "hours" for a in aspects) and not any(f.name == "hours" for f in named):
            day = row.day_with_hours
            named = (day, *named) if day and day not in named else named
        if want is Want.CONTACT:
            if numbers := tuple(
                f for f in named if any(a.states(f) for a in aspects if a.name in _NUMBERED)
            ):
                return numbers  # 의안번호, 코드 번호
            columns = self._columns(asked, row)
            contacts = _contacts(asked, row, (*named, *columns))
            return tuple(dict.fromkeys((*contacts, *columns))) if contacts else ()
        if want is Want.TIME and row.kind is RecordKind.FACT:
            others = [a for a in aspects if a.name not in _TIMES]
            named = tuple(f for f in named if _timed(f) or any(a.states(f) for a in others))
        beside: tuple[Field, ...] = ()
        if want is Want.REASON:
            coded = [one for one in aspects if one.name == "code"]
            beside = tuple(f for f in named if any(one.states(f) for one in coded))
            named = tuple(f for f in named if states_cause(aspects, f))
            named = named or _grounds(asked, row)
        if want is Want.OUTCOME and row.kind not in _SAID:
            named = tuple(f for f in named if f.name != "title")
            if not decides(" ".join(f.text for f in (named or row.fields) if f.name != "title")):
                return ()
        if row.kind is RecordKind.AWARD and want is not Want.AMOUNT:
            held = want is Want.PLACE and _HELD_AT.search(asked.question.text)
            return () if held or want in _NOT_OF_AWARDS else whole(row)
        if want in NUMBERS or (want is Want.ANY and asked.measure):
            number = self._number(asked, row, named)
            if number or want in NUMBERS or not named:
                return number
        if row.kind is RecordKind.MEETING or (row.kind in _FORM and named):
            return _next_only(named)
        if columns := self._columns(asked, row):
            return tuple(dict.fromkeys((*columns, *named)))
        if want is Want.REASON and row.kind in _FORM:
            return named
        kinds = _WANTED.get(want)
        if want is Want.PERSON and row.kind is RecordKind.EVENT and not row.typed(FieldType.PERSON):
            return tuple(f for f in row.fields if f.name != "title" and _OFFICE.search(f.text))
        if want is Want.PERSON and row.kind is RecordKind.OPINION and not named:
            return ()  # who spoke of a thing is not who does it
        if want is Want.PLACE and _HELD_AT.search(asked.question.text):
            return named  # the district that a row is of is not where a thing is
        if want is Want.REASON and not named and not _tells(row):
            return ()
        if named or kinds is None:
            return (*beside, *(named or whole(row)))
        if (
            want is Want.TIME
            and row.kind is RecordKind.OPINION
            and not _RAISED.search(asked.question.text)
        ):
            return ()  # the day of an answer is not the day of what the opinion speaks of
        told = (field for kind in kinds for field in row.typed(kind))
        return tuple(field for field in told if field.name != "year")[:3]

    def _number(self, asked: Asked, row: Row, named: Sequence[Field]) -> tuple[Field, ...]:
        """The amount, count or rate that is asked for, with whatever else is asked besides."""
        if asked.request.each:
            # Told as it is printed: the field's own value is the amount for all.
            said = [f for f in row.fields if _states_each(f, asked.request.each)]
            return tuple(replace(f, type=FieldType.TEXT, value=None) for f in said)
        kinds = _WANTED.get(asked.question.want) or _MEASURED[asked.measure or FieldType.COUNT]
        counted = tuple(f for f in named if f.type in kinds and f.value is not None)
        if row.kind is RecordKind.REPLY:
            return tuple(f for f in row.fields if f.name == "text" and _holds_number(asked, f))
        if row.kind in TORN or (counted and row.kind is RecordKind.FACT):
            return counted
        found = column([row], asked)
        value = found.of(row) if found else None
        if value is None or value.type not in kinds:
            told = tuple(f for f in named if f.type is FieldType.TEXT and _holds_number(asked, f))
            return (tuple(named) if told else ()) or self._columns(asked, row)
        spent = value.name == "amount" and row.kind in _SPENT
        if other_money(asked.question.text, "예산" if spent else value.name):
            return ()
        others = [f for f in named if f.type in _SAID_BESIDE and f is not value]
        if row.kind in _FORM or row.kind is RecordKind.AWARD:
            return (value, *others)
        return (*_counted_too(asked, row, value), value)

    @cached_property
    def _measures(self) -> frozenset[str]:
        words = soft_words(Want.AMOUNT) | soft_words(Want.COUNT)
        return frozenset(term for word in words for term in self._terms_of(word).split())

    def _columns(self, asked: Asked, row: Row) -> tuple[Field, ...]:
        """Values under headings that the question names: 목표, 담당부서, 달성률."""
        if row.kind is RecordKind.FACT:
            return ()
        said = set(self._terms_of(asked.question.text).split()) - self._measures
        years = set(asked.question.years)
        kinds = _UNDER_HEADINGS.get(asked.question.want)
        if asked.question.want is Want.AMOUNT and FieldType.MONEY in types_meant(
            asked.question.text
        ):
            kinds = frozenset({FieldType.MONEY})  # 대상 상금은 is asked of no number of winners
        chosen = []
        for field in row.fields:
            if field.name.isascii() or not field.text or field.type is FieldType.CODE:
                continue
            heading = set(self._terms_of(_YEAR.sub(" ", field.name)).split())
            printed = {int(year) for year in re.findall(r"(?:19|20)\d\d", field.name)}
            other_year = years and printed and not years & printed
            if heading and heading <= said and not other_year and field.text != label(row):
                chosen += [field] if kinds is None or field.type in kinds else []
        return tuple(chosen)


def _states_each(field: Field, each: str) -> bool:
    """Whether a field says an amount for each one (`가구당 3만원`)."""
    return each in "".join(f"{field.name}{field.text}".split()) and bool(amounts.find(field.text))


def _contacts(asked: Asked, row: Row, named: Sequence[Field]) -> tuple[Field, ...]:
    """Numbers and addresses of a row; no address of a mailbox where a telephone is asked for."""
    contacts = [f for f in (*row.typed(FieldType.CONTACT), row.field("contact")) if f]
    contacts += [f for f in named if f.type is FieldType.TEXT and PHONE.search(f.text)]
    calling = _CALLING.search(asked.question.text)
    told = [f for f in contacts if f.text and not (calling and "@" in f.text)]
    # 담당자 김갑돌 (031-…): whose number a line prints is told with it.
    whose = [f for f in row.typed(FieldType.PERSON) if f.name in {one.name for one in told}]
    return tuple(dict.fromkeys((*whose, *told)))


def _timed(field: Field) -> bool:
    """Whether a labelled value says when."""
    return field.type is FieldType.DATE or field.name.isascii() or bool(_WHEN.search(field.text))


_NUMBERED = frozenset({"bill", "code"})
_TIMES = frozenset({"held_on", "period", "hours", "submitted_on", "next_on"})
_CALLING = re.compile(r"전화|전번|번호")
_WHEN = re.compile(r"\d\s*[시월일년]|\d:\d\d|요일|매[주월일년]|연중|상시|수시|\d\s*개월")


def _tells(row: Row) -> bool:
    """Whether a row says anything in words besides what it is called; numbers give no reason."""
    own = label(row)
    words = {FieldType.TEXT, FieldType.NAME}
    return any(f.type in words and f.text != own for f in whole(row))


def _holds_number(asked: Asked, field: Field) -> bool:
    """Whether a field in words names an amount, or such a count as is asked for: 300여명."""
    if asked.question.want is not Want.COUNT:
        return bool(amounts.find(field.text))
    counter = _HOW_MANY.search(asked.question.text)
    return counter is not None and bool(re.search(rf"\d[\d,]*\s?여?\s?{counter[1]}", field.text))


def _counted_too(asked: Asked, row: Row, value: Field) -> tuple[Field, ...]:
    """The count that is asked for beside an amount: `몇 개 사업에 얼마`."""
    counters = {match[1] for match in _HOW_MANY.finditer(asked.question.text)}
    if asked.question.want is not Want.AMOUNT or value.type is not FieldType.MONEY:
        return ()
    counted = (f for f in row.typed(FieldType.COUNT) if f.value is not None and f.text)
    return tuple(f for f in counted if any(f"{f.value}{one}" in f.text for one in counters))[:1]


def whole(row: Row) -> tuple[Field, ...]:
    """All that a row states of itself."""
    told = (f for f in row.fields if f.name not in _BACKGROUND and not _NUMBERING.match(f.name))
    return tuple(told) or row.fields


def _grounds(asked: Asked, row: Row) -> tuple[Field, ...]:
    """Of a decision what came with it: what the chair said, and who voted how."""
    if row.kind is not RecordKind.AGENDA_ITEM or not _RESULTS.search(asked.question.text):
        return ()
    came = tuple(f for f in row.fields if f.text and (f.name == "note" or _VOTE.search(f.name)))
    return tuple(f for f in row.fields if f.name == "result" or f in came) if came else ()


_RESULTS = re.compile(r"부결|보류|가결|통과|의결|계류|미뤄|미룬|연기|수정|결정")
_VOTE = re.compile(r"^(?:찬성|반대|기권)$")


def _next_only(fields: tuple[Field, ...]) -> tuple[Field, ...]:
    """Who asks for the next meeting does not ask for this one's day and place."""
    following = tuple(field for field in fields if field.name.startswith("next_"))
    return following or fields


def states_grounds(row: Row) -> bool:
    """Whether a row is a fact that says on which article of law something rests."""
    return row.kind is RecordKind.FACT and any(
        _GROUNDS.search(field.name) and _ARTICLE.search(field.text) for field in row.fields
    )


def states_cause(aspects: Sequence[Aspect], field: Field) -> bool:
    """Whether a field states why, where that is asked."""
    return any(one.name == "cause" and one.states(field) for one in aspects)
