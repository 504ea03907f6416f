"""Sums, averages, groups and rankings over the rows of one table."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.messages import say
from corpus.records import FieldType
from retrieval.lookup.columns import columns, family, group_of
from retrieval.lookup.row import Row
from retrieval.lookup.task import QUOTED, Task, Valued, computed
from retrieval.lookup.wording import first_place, label
from retrieval.types import Answer, Basis
from retrieval.understanding.request import Operation

_MOST = 30
# 상위 세 동의 합: only the first of a ranking are added up.
_TOP = re.compile(r"(?:상위|하위|탑|톱|top)\s*(?=[두세네\d]|다섯|열)", re.IGNORECASE)


def total(task: Task) -> Answer | None:
    """The sum of the rows; the printed total where it is of the same rows."""
    valued = task.valued()
    if not valued or task.column.type is FieldType.RATE:
        return None
    if top := _TOP.search(task.asked.question.text):
        valued = [one for group in ranked(valued, descending="하위" not in top[0]) for one in group]
        valued = valued[: task.asked.request.how_many]
    value = sum(one.value for one in valued)
    whole = task.whole() and not task.asked.request.conditions and not top
    printed = task.table.grand if whole else None
    field = task.column.of(printed) if printed else None
    if printed and field and field.value is not None:
        return _printed(task, printed, field.value, value)
    names, shown = task.summed(valued), task.shown(value)
    text = say("answer.sum", count=len(valued), names=names, value=shown, label=computed())
    rows = [row for one in valued for row in one.rows]
    money = task.column.type is FieldType.MONEY
    mark = task.printed_sum(rows, value) if money and len(rows) > 1 else ""
    return task.done(f"{text}\n{say('answer.sum_printed', mark=mark)}" if mark else text)


def _printed(task: Task, row: Row, printed: int, value: int) -> Answer:
    mark = task.cite.add(row)
    text = say("answer.total", value=task.shown(printed), mark=mark, label=say("answer.printed"))
    if printed == value:
        return task.done(text, Basis.RECORDS)
    differs = say(
        "answer.total_differs", count=len(task.rows), value=task.shown(value), label=computed()
    )
    return task.done(f"{text}\n{differs}")


def average(task: Task) -> Answer | None:
    """The mean of the rows, or of one amount over the things that the row counts."""
    if task.asked.request.per and (spread := _spread(task)):
        return spread
    valued = task.valued()
    if len(valued) < 2:
        return None
    mean = sum(one.value for one in valued) / len(valued)
    return task.done(
        say(
            "answer.average",
            count=len(valued),
            names=task.summed(valued),
            value=_mean(task, mean),
            label=computed(),
        )
    )


def _mean(task: Task, mean: float) -> str:
    """A mean of counts with one decimal: 26.1명."""
    if task.column.type is FieldType.COUNT and mean != round(mean):
        return task.shown(round(mean)).replace(f"{round(mean):,}", f"{mean:,.1f}", 1)
    if task.column.type is FieldType.RATE:
        return f"{mean / 100:.1f}%"
    return task.shown(round(mean))


def _spread(task: Task) -> Answer | None:
    """An amount over a count of the same row: 사업 하나당."""
    kinds = {one.type: one for one in reversed(columns(task.rows, task.asked))}
    money, count = kinds.get(FieldType.MONEY), kinds.get(FieldType.COUNT)
    if len(task.rows) != 1 or money is None or count is None:
        return None
    row = task.rows[0]
    amount, things = money.of(row), count.of(row)
    if not amount or not things or not amount.value or not things.value:
        return None
    return task.done(
        say(
            "answer.spread",
            name=label(row),
            amount=task.shown(amount.value, money),
            things=task.shown(things.value, count),
            value=task.shown(round(amount.value / things.value), money),
            label=computed(),
            mark=task.cite.add(row),
        )
    )


def grouped(task: Task) -> Answer | None:
    """The rows put together by a column, each group with its sum or its number of rows."""
    noun = task.asked.request.group
    if split := _split(task):
        return split
    name = group_of(task.rows, noun)
    if not name and (
        subtotals := [
            r for r in task.table.totals if noun in label(r) and r is not task.table.grand
        ]
    ):
        return _listed(task, task.valued(subtotals), counting=False)
    groups: dict[str, list[Row]] = {}
    for row in task.rows:
        value = next((f.place or f.text for f in row.fields if f.name == name), "") if name else ""
        groups.setdefault(value or label(row), []).append(row)
    if len(groups) < 2:
        return None
    counting = not _measuring(task)
    valued = [
        Valued(name=key, rows=tuple(rows), value=_of_group(task, rows, counting=counting))
        for key, rows in groups.items()
    ]
    valued = [one for one in valued if one.value or counting]
    if len(valued) < 2:
        return None
    single = all(len(one.rows) == 1 for one in valued)
    operation = task.asked.request.operation
    if single and (counting or operation in {Operation.AVERAGE, Operation.RANK}):
        return None  # each row is its own group: what is asked is asked of all of them
    if operation is Operation.RANK:
        valued.sort(key=lambda one: one.value, reverse=task.asked.request.descending)
    if single and operation is Operation.SUM and (whole := total(task)):
        rest = [f"- {task.bare(one)}" for one in valued[:_MOST]] if len(valued) > QUOTED else []
        return replace(whole, text="\n".join([whole.text, *rest]))
    return _listed(task, valued, counting=counting)


def _measuring(task: Task) -> bool:
    """Whether groups have a value rather than a number of rows."""
    counting = task.asked.request.operation is Operation.COUNT or (
        task.asked.measure is FieldType.COUNT
    )
    return not counting or (task.column.named and task.column.type is FieldType.COUNT)


def _of_group(task: Task, rows: Sequence[Row], *, counting: bool) -> int:
    if counting:
        return len(rows)
    values = [one.value for one in task.valued(rows)]
    averaged = task.asked.request.operation is Operation.AVERAGE or (
        task.column.type is FieldType.RATE
    )
    return round(sum(values) / len(values)) if averaged and values else sum(values)


def _split(task: Task) -> Answer | None:
    """One amount by the columns that it is made up of: 재원별."""
    row = task.rows[0] if len(task.rows) == 1 else task.table.grand
    parts = family(task.table.rows, task.asked)
    if row is None or len(parts) < 2:
        return None
    lines = [
        f"- {one.name} {task.shown(field.value, one)}"
        for one in parts
        if (field := one.of(row)) and field.value is not None
    ]
    head = say("answer.of_row", name=label(row), mark=task.cite.add(row))
    return task.done("\n".join([head, *lines]), Basis.RECORDS)


def _listed(task: Task, valued: Sequence[Valued], *, counting: bool) -> Answer:
    single = all(len(one.rows) == 1 for one in valued) and not counting
    heading = task.cite.add_heading(task.rows[0]) if len(valued) > QUOTED else ""
    lines = []
    for n, one in enumerate(valued[:_MOST]):
        if counting:
            marks = f" {task.cite.add(one.rows[0])}" if n < QUOTED else ""
            lines.append(f"- {one.name} {one.value}건{marks}")
        else:
            lines.append(f"- {task.line(one) if n < QUOTED else task.bare(one)}")
    note = say("answer.printed") if single else computed()
    head = say("answer.grouped", count=len(valued), mark=heading, label=note).rstrip()
    return task.done("\n".join([head, *lines]), Basis.RECORDS if single else Basis.COMPUTED)


def ranked(valued: Sequence[Valued], *, descending: bool) -> list[list[Valued]]:
    """Rows by value, equal ones together."""
    groups: dict[int, list[Valued]] = {}
    for one in valued:
        groups.setdefault(one.value, []).append(one)
    return [groups[value] for value in sorted(groups, reverse=descending)]


def extreme(task: Task) -> Answer | None:
    """The highest or lowest, all of them where several are equal."""
    wanted = task.asked.request
    valued = _by_dong(task)
    if len(valued) < 2:
        return None
    lowest = wanted.operation is Operation.LOWEST
    groups = ranked(valued, descending=not lowest)
    chosen: list[Valued] = []
    for group in groups:
        if len(chosen) >= wanted.how_many:
            break
        chosen += group
    lines = [task.line(one) for one in chosen]
    if len(chosen) == 1:
        key = "answer.lowest" if lowest else "answer.highest"
        return task.done(say(key, row=lines[0], of=len(valued)))
    tie = wanted.how_many == 1
    head = say("answer.tie" if tie else "answer.ranking", count=len(chosen), of=len(valued))
    return task.done("\n".join([head, *_numbered(lines, tie=tie)]))


def _by_dong(task: Task) -> list[Valued]:
    """The rows with their values; put together by neighbourhood where that is asked for."""
    valued = task.valued()
    held: dict[str, list[Valued]] = {}
    for one in valued:
        held.setdefault(first_place(one.rows[0]), []).append(one)
    added = task.asked.of_dongs and task.column.type is not FieldType.RATE
    if not added or "" in held or len(held) in {1, len(valued)}:
        return valued
    return [
        Valued(
            name=name,
            rows=tuple(one.rows[0] for one in every),
            value=sum(one.value for one in every),
            unit=every[0].unit,
        )
        for name, every in held.items()
    ]


def _numbered(lines: Sequence[str], *, tie: bool) -> list[str]:
    return [f"- {line}" if tie else f"{n}. {line}" for n, line in enumerate(lines, start=1)]


def rank(task: Task) -> Answer | None:
    """The rows in order; the place of one of them; the one at a place."""
    wanted = task.asked.request
    if len(task.rows) == 1 and len(task.table.rows) > 1:
        return _place_of(task)
    valued = _by_dong(task)
    if len(valued) < 2:
        return None
    groups = ranked(valued, descending=wanted.descending)
    if wanted.position:
        return _at(task, groups, wanted.position, len(valued))
    ordered = [one for group in groups for one in group]
    most = wanted.how_many
    shown = ordered[: most if most > 1 else _MOST]
    head = say("answer.ranking", count=len(shown), of=len(ordered))
    return task.done("\n".join([head, *_numbered(task.lines(shown), tie=False)]))


def _place_of(task: Task) -> Answer | None:
    every = task.valued(task.table.rows)
    mine = next(iter(task.valued()), None)
    if mine is None or len(every) < 2:
        return None
    descending = task.asked.request.descending
    before = [
        one for one in every if (one.value > mine.value) is descending and one.value != mine.value
    ]
    equal = sum(one.value == mine.value for one in every) - 1
    text = say(
        "answer.place",
        row=task.line(mine),
        of=len(every),
        place=len(before) + 1,
        label=computed(),
    )
    if equal:
        text = f"{text} {say('answer.place_shared', count=equal)}"
    return task.done(text)


def _at(task: Task, groups: Sequence[Sequence[Valued]], position: int, of: int) -> Answer | None:
    place = 1
    for group in groups:
        if place <= position < place + len(group):
            lines = ", ".join(task.line(one) for one in group)
            return task.done(
                say("answer.at_place", place=place, row=lines, of=of, label=computed())
            )
        place += len(group)
    return None
