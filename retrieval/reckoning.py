"""What a question asks to be reckoned of two values that one quoted line prints: `얼마 늘었어`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus import amounts
from corpus.messages import say
from retrieval.types import Answer, Basis, Citation

_MONEY = "원"
_PEOPLE = frozenset({"명", "인"})
_HOW_MUCH = r"(?:얼마|몇\s?[가-힣]{1,3}?)(?:나|만큼|이나|쯤|정도)?\s?(?:더\s?|덜\s?)?"
# 얼마 늘었어, 몇 곳 남았어, 안 쓴 돈은 얼마: what lies between two printed values.
_BETWEEN = re.compile(
    rf"{_HOW_MUCH}(?:나\s?)?(?:늘|줄|올[라랐리]|오[르른]|내[려렸리]|인상|증가|감소|증액|감액|차이|남)"
    rf"|{_HOW_MUCH}(?:많|적|크|작|모자|부족)"
    r"|차이|증가액|감소액|증감액|잔액|격차|(?:남은|남는|안\s?쓴|못\s?쓴|덜\s?쓴|안\s?바꾼|나머지)\s?\S{0,6}\s?(?:얼마|몇|[?？]|$)"
    r"|안\s?\S{1,4}\s?(?:데|곳|거|것|사람|집)(?:은|는|이|가)?\s?(?:얼마|몇)"
)
_PART = re.compile(
    r"몇\s?(?:%|퍼센트|퍼(?![가-힣])|프로(?!그램))|비율|비중|[가-힣]률|[가-힣]율(?=\s*[?？]|$|은|이|좀|도)"
)
_FOR_ONE = re.compile(
    r"(?:1|한)?\s?(?:인|명|사람|가구|세대|집|곳|개소|대|팀|회|번)\s?당|(?:하나|한\s?명|한\s?곳|한\s?집)(?:에|당)|얼마꼴"
)
_PERCENT = re.compile(r"%|퍼센트|프로(?!그램)")
_WHOLE = re.compile(r"가운데|중(?=\s)|/|대상|정원|위원(?:정수)?|재적|총|전체|모두")
_READ = frozenset({Basis.RECORDS, Basis.PASSAGES})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Value:
    """A printed value: won, or a number with its counter."""

    amount: float
    unit: str
    text: str


def reckoned(question: str, answer: Answer) -> Answer:
    """An answer with what lies between two values of its line, where the question asks for that.

    Args:
        question: The question.
        answer: An answer with its quotes.

    Returns:
        The answer with one more line, marked as calculated; as it is where nothing is to be
        reckoned, where no line of it holds just two values of one kind, or where it gives the
        result already.
    """
    if answer.basis not in _READ:
        return answer
    for work, asks in ((_for_one, _FOR_ONE), (_part, _PART), (_between, _BETWEEN)):
        if asks.search(question):
            lines = (work(question, one) for one in answer.citations)
            if told := next((line for line in lines if line), ""):
                return replace(answer, text=f"{answer.text}\n{told}", basis=Basis.COMPUTED)
            return answer
    return answer


def _between(question: str, one: Citation) -> str:
    """How far apart the two values of a quote are; a third one may be just that."""
    values = _pair(question, one.quote)
    if len(values) != len(_BOTH):
        return ""
    first, second = values
    return say(
        "answer.reckoned_between",
        first=first.text,
        second=second.text,
        value=_shown(abs(first.amount - second.amount), first.unit),
        label=say("answer.computed"),
        mark=f"[{one.number}]",
    )


def _part(question: str, one: Citation) -> str:
    """What part the smaller of the two values of a quote is of the other, or one of a list."""
    if told := _listed_part(question, one):
        return told
    values = _pair(question, one.quote)
    if len(values) != len(_BOTH) or _PERCENT.search(one.quote) or not _WHOLE.search(one.quote):
        return ""
    part, whole = sorted(values, key=lambda value: value.amount)
    if not whole.amount or part.amount == whole.amount:
        return ""
    return say(
        "answer.reckoned_part",
        whole=whole.text,
        part=part.text,
        percent=f"{part.amount / whole.amount * 100:.1f}".removesuffix(".0"),
        label=say("answer.computed"),
        mark=f"[{one.number}]",
    )


def _listed_part(question: str, one: Citation) -> str:
    """What part the value that a question names is of all that a line lists, and adds up to."""
    values = _values(one.quote)
    unit = _ALIKE.get(values[0].unit, values[0].unit) if values else ""
    if len(values) < _LISTED or any(_ALIKE.get(v.unit, v.unit) != unit for v in values):
        return ""
    whole = max(values, key=lambda value: value.amount)
    total = sum(value.amount for value in values)
    if whole.amount * 2 == total:
        values, total, said = [v for v in values if v is not whole], whole.amount, whole.text
    elif _SPLIT.search(one.quote):
        said = _shown(total, unit)
    else:
        return ""
    named = [value for value in values if _label_before(one.quote, value.text) in question.split()]
    if len(named) != 1 or not total:
        return ""
    return say(
        "answer.reckoned_part",
        whole=said,
        part=named[0].text,
        percent=f"{named[0].amount / total * 100:.1f}".removesuffix(".0"),
        label=say("answer.computed"),
        mark=f"[{one.number}]",
    )


def _label_before(quote: str, value: str) -> str:
    """The word right before a value: 시비 of `시비 9억원`; a mark where there is none."""
    label = re.search(rf"([가-힣]{{2,}})\s?[:：]?\s?{re.escape(value)}", quote)
    return label[1] if label else "…"


def _for_one(question: str, one: Citation) -> str:
    """The one amount of a quote, spread over the one number of people or things in it."""
    money = [value for value in _values(one.quote) if value.unit == _MONEY]
    people = re.search(r"[인명]\s?당|사람|한\s?명", question)
    things = [
        value
        for value in _values(one.quote)
        if value.unit != _MONEY and (not people or value.unit in _PEOPLE)
    ]
    if len(money) != 1 or len(things) != 1 or not things[0].amount:
        return ""
    return say(
        "answer.reckoned_each",
        amount=money[0].text,
        things=things[0].text,
        value=_shown(money[0].amount / things[0].amount, _MONEY),
        label=say("answer.computed"),
        mark=f"[{one.number}]",
    )


_BOTH = ("first", "second")
_LISTED = 3
# 재원별 : 시비 …, 도비 …: what a line says that it splits up.
_SPLIT = re.compile(r"[가-힣]별\s*[:：]|구성\s*[:：]|내역\s*[:：]")
# Counters of one family: of 8개소, 105곳 and 113개소 no two are all that the line counts.
_ALIKE = {"개소": "곳", "군데": "곳", "인": "명"}


def _pair(question: str, quote: str) -> Sequence[_Value]:
    """The values of a quote that a question may mean: all of one unit, if they are two."""
    every = _values(quote)
    counter = re.search(r"몇\s?([가-힣]{1,3}?)(?=\s|이나|나|정도|[?？]|$)", question)
    units = [counter[1]] if counter else []
    if "얼마" in question or not units:
        units.append(_MONEY)
    units += [one.unit for one in every]
    for unit in dict.fromkeys(units):
        alike = (one for one in every if _ALIKE.get(one.unit, one.unit) == _ALIKE.get(unit, unit))
        same = list({one.amount: one for one in alike}.values())
        if len(same) == len(_BOTH):
            return same
    return ()


def _values(quote: str) -> list[_Value]:
    """Amounts and counts of a quote; years, days and ordinals are none."""
    money = amounts.find(quote)
    inside = [(one.start, one.end) for one in money]
    found = [_Value(amount=float(one.won), unit=_MONEY, text=one.text) for one in money]
    found += [
        _Value(amount=float(one.value), unit=one.counter, text=one.text)
        for one in amounts.counts(quote)
        if not one.ordinal
        and one.counter not in _NO_COUNT
        and not any(start <= one.start < end for start, end in inside)
    ]
    return found


_NO_COUNT = frozenset({"년", "월", "일", "시", "분", "초", "차", "년도", "세", "%", "개월", "시간"})


def _shown(amount: float, unit: str) -> str:
    if unit == _MONEY:
        return amounts.format_won(round(amount))
    return f"{amount:,g}{unit}"
