"""Two or more values side by side: which is more, by how much, how many times, what share."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.messages import say
from corpus.records import FieldType, RecordKind
from retrieval.lookup.aggregates import rank
from retrieval.lookup.columns import Column, columns, named
from retrieval.lookup.row import Row
from retrieval.lookup.task import Task, Valued, computed
from retrieval.types import Answer, Basis
from retrieval.understanding.question import Want
from retrieval.understanding.request import Operation

_MOST = r"(?:제일|가장|젤|최고로)\s?"
_WORDS = "두세네"
# Where in a ranking a thing stands that a question names by its place: from the top, else the end.
_HIGHEST = re.compile(rf"{_MOST}(?:많|높|큰|크|비싼)|(?<!\d)1\s?[위등]|최고|최대")
_LOWEST = re.compile(rf"{_MOST}(?:적|낮|작|싼)|꼴찌|꼴등|최저|최소|최하위")
_NTH = re.compile(
    r"(?<!\d)([2-9])\s?(?:위|등|번째)(?!안)|(?<![가-힣])([두세네])\s?번째(?:로\s?(?:많|높|큰|크))?"
)
# 제일 적은 동은 제일 많은 동의 몇 배: which of two is divided by which.
_OF_OTHER = re.compile(r"의\s?(?:약\s?)?몇\s?배")
_LESS = re.compile(r"(?:적|낮|작|덜|싸)(?=[가-힣]{0,4}[?？]*$)")
_SIDE_BY_SIDE = frozenset({Operation.DIFFERENCE, Operation.COMPARE, Operation.RATIO})
_GOAL = re.compile(r"목표|계획|예산")
_RATE = re.compile(r"(집행|달성|이행|추진)[률율]")
_REACHED = re.compile(r"실적|달성|결과|집행")


def equal(task: Task) -> Answer | None:
    """Whether two values are the same."""
    if (pair := _two(task)) is None:
        return None
    a, b = pair
    key = "answer.equal" if a.value == b.value else "answer.unequal"
    return task.done(
        say(key, a=task.line(a), b=task.line(b), difference=task.like(a, abs(a.value - b.value)))
    )


def difference(task: Task) -> Answer | None:
    """Which of two is more and by how much; more than two are put in order."""
    if len(task.parted()) > 2:
        return rank(task)
    if (pair := _two(task)) is None:
        return None
    a, b = sorted(pair, key=lambda one: -one.value)
    if a.value == b.value:
        return equal(task)
    packed = task.asked.question.packed
    less = bool(_LESS.search(packed))
    said = say(
        "answer.difference_less" if less else "answer.difference",
        a=task.line(a),
        b=task.line(b),
        more=a.name,
        less=b.name,
        difference=task.like(a, a.value - b.value),
        label=computed(),
    )
    if task.asked.question.want is not Want.YES:
        return task.done(said)
    # 가람1동이 나래1동보다 많나요: what stands before 보다 is what the other is held against.
    against = [one for one in pair if f"{''.join(one.name.split())}보다" in packed]
    claimed = next((one for one in pair if against and one is not against[0]), pair[0])
    right = claimed is (b if less else a)
    return task.done(say("answer.yes" if right else "answer.no", rows=said))


def ratio(task: Task) -> Answer | None:
    """How many times one is the other."""
    if (pair := _two(task)) is None or pair[1].value == 0:
        return None
    a, b = pair
    times = f"{a.value / b.value:.2f}".rstrip("0").rstrip(".")
    return task.done(
        say(
            "answer.ratio",
            a=task.line(a),
            b=task.line(b),
            first=a.name,
            second=b.name,
            times=times,
            label=computed(),
        )
    )


def share(task: Task) -> Answer | None:
    """What part of the whole some rows, or one column, are."""
    if pair := _columns(task):
        return _said(task, pair[0], pair[1].value, len(pair[0].rows), pair[1].name)
    every = task.valued(task.table.rows)
    chosen = task.valued()
    if not chosen or len(chosen) == len(every) or task.column.type is FieldType.RATE:
        return None
    name = chosen[0].name if len(chosen) == 1 else _name(task)
    rows = tuple(row for one in chosen for row in one.rows)
    part = Valued(name=name, rows=rows, value=sum(one.value for one in chosen))
    return _said(task, part, sum(one.value for one in every), len(every), "")


def _name(task: Task) -> str:
    return ", ".join(part.name for part in task.parts) or say("answer.chosen")


def _said(task: Task, part: Valued, whole: int, of: int, name: str) -> Answer | None:
    if not whole:
        return None
    percent = f"{part.value * 100 / whole:.1f}".removesuffix(".0")
    return task.done(
        say(
            "answer.share_of" if name else "answer.share",
            row=task.line(part),
            name=name,
            total=task.like(part, whole),
            of=of,
            percent=percent,
            label=computed(),
        )
    )


def _two(task: Task) -> tuple[Valued, Valued] | None:
    """The two values compared, in the order in which the question names them."""
    awards = task.rows[0].kind is RecordKind.AWARD
    # What one place won is one sum; what a grade or a level gets is no sum of its winners.
    of_winners = all(
        row.places & set(task.asked.places) for part in task.parts for row in part.rows
    )
    parted = _graded(task) if awards and not of_winners else task.parted()
    if len(parted) == 2:
        return parted[0], parted[1]
    return (_columns(task) or _ends(task, parted)) if len(parted) < 2 else None


def _ends(task: Task, parted: Sequence[Valued]) -> tuple[Valued, Valued] | None:
    """Two places of a ranking, or one and what is named beside it: 제일 많은 동과 제일 적은 동."""
    ranked = sorted(task.valued(task.table.rows), key=lambda one: -one.value)
    text = task.asked.question.text
    places = places_of_ranking(text)
    if len(parted) + len(places) != 2 or not places or len(ranked) <= max(places) + 1:
        return None
    a, b = (*parted, *(ranked[place] for place in places))
    if task.asked.request.operation is Operation.RATIO and not _OF_OTHER.search(text):
        a, b = sorted((a, b), key=lambda one: -one.value)
    return (a, b) if {row.id for row in a.rows}.isdisjoint(row.id for row in b.rows) else None


def places_of_ranking(text: str) -> list[int]:
    """The places of a ranking that a question names, as indices from the highest, in its order.

    >>> places_of_ranking("예산 제일 적은 동은 두 번째로 많은 동과 얼마나 차이나")
    [-1, 1]
    """
    at = [(match.start(), 0) for match in _HIGHEST.finditer(text)]
    at += [(match.start(), -1) for match in _LOWEST.finditer(text)]
    at += [(match.start(), _nth(match)) for match in _NTH.finditer(text)]
    return list(dict.fromkeys(place for _, place in sorted(at)))


def _nth(match: re.Match[str]) -> int:
    """The index of a place of a ranking: 1 of `두 번째로 많은`."""
    return int(match[1]) - 1 if match[1] else _WORDS.index(match[2]) + 1


def _graded(task: Task) -> Sequence[Valued]:
    """What each one of a grade gets, where all of it get the same."""
    found: dict[str, Valued] = {}
    for part in task.parts:
        values = {one.value: one for one in task.valued(part.rows)}
        if len(values) == 1:
            one = next(iter(values.values()))
            found[part.name] = Valued(name=part.name, rows=one.rows, value=one.value)
    return list(found.values())


def _columns(task: Task) -> tuple[Valued, Valued] | None:
    """Two columns of one row: of the row named, else of the printed total."""
    request = task.asked.request
    row = task.rows[0] if len(task.rows) == 1 else task.table.grand
    if row is None:
        return None
    chosen = [one for one in named(task.table.rows, task.asked) if one.of(row)]
    if not chosen and request.operation is Operation.SHARE:
        chosen = _reached_of_goal(task, row)
    if len(chosen) == 1 and request.operation is Operation.SHARE:
        whole = _goal(task, row, chosen[0]) or _whole(task, row, chosen[0])
        chosen += [whole] if whole else []
    if len(chosen) == 1 and request.operation in _SIDE_BY_SIDE:
        chosen = _with_reached(task, row, chosen[0])
    if len(chosen) != 2 or chosen[0].type is not chosen[1].type:
        return None
    if task.asked.measure not in {None, chosen[0].type, FieldType.RATE}:
        return None
    a, b = (_valued(one, row) for one in chosen)
    return a, b


def _with_reached(task: Task, row: Row, goal: Column) -> list[Column]:
    """A goal beside what was reached of it, where only the goal is named: `목표보다 몇 명 더`."""
    if not _GOAL.search(goal.name):
        return [goal]
    reached = [
        one
        for one in columns(task.table.rows, task.asked)
        if _REACHED.search(one.name) and one.type is goal.type and one.of(row)
    ]
    return [*reached[:1], goal]


def _valued(column: Column, row: Row) -> Valued:
    field = column.of(row)
    value, unit = ((field.value or 0), field.unit) if field else (0, "")
    return Valued(name=column.name, rows=(row,), value=value, unit=unit, kind=column.type)


def _reached_of_goal(task: Task, row: Row) -> list[Column]:
    """What was reached, where a question asks for a rate that is not printed: 집행률 of 집행계."""
    rate = _RATE.search(task.asked.question.packed)
    every = columns(task.table.rows, task.asked) if rate else []
    return [one for one in every if rate and rate[1] in one.name and one.of(row)][:1]


def _goal(task: Task, row: Row, part: Column) -> Column | None:
    """The goal or the budget that a rate (집행률, 달성률) is of."""
    packed = task.asked.question.packed
    if not _RATE.search(packed) or not _REACHED.search(part.name):
        return None
    goals = [
        one
        for one in columns(task.table.rows, task.asked)
        if _GOAL.search(one.name) and one.type is part.type and one.of(row)
    ]
    return goals[0] if goals else None


def _whole(task: Task, row: Row, part: Column) -> Column | None:
    """The column of totals beside a part of it."""
    totals = [
        one
        for one in columns(task.table.rows, task.asked)
        if (one.total or one.name == "amount")
        and one.type is part.type
        and one.name != part.name
        and one.of(row)
    ]
    return totals[0] if totals else None


def each(task: Task) -> Answer | None:
    """Several values side by side, as printed."""
    valued = task.valued()
    if not valued:
        return None
    lines = task.lines(valued)
    if len(lines) == 1:
        return task.done(f"{lines[0]} ({say('answer.printed')})", Basis.RECORDS)
    return task.done("\n".join(f"- {line}" for line in lines), Basis.RECORDS)
