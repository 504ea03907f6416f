"""Rows counted or listed: how many agenda items, which programmes, what keeps a bound."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from corpus.messages import say
from corpus.records import FieldType, RecordKind
from corpus.types import Visibility
from retrieval.lookup.asked import Asked
from retrieval.lookup.columns import Column, bounded, column
from retrieval.lookup.finding import Found
from retrieval.lookup.row import Row
from retrieval.lookup.rows import Rows
from retrieval.lookup.sections import inside_section, of_section
from retrieval.lookup.tables import ENOUGH
from retrieval.lookup.task import Task, Valued, computed
from retrieval.lookup.wording import Citations, field_won, labels, listed, value_of
from retrieval.types import Answer, Basis

_ALIKE = 0.12
_OWN = 0.02
_CITED = 10
_MOST = 40
_LONGEST = 60
_STRATEGIES = re.compile(
    r"전략(?:은|이|을)?(?:모두|전부|총|다)?(?:몇|이름|목록|뭐|다|알려|전체|개수)"
)
# Shorter headings, as 현황, are in many questions by chance.
_SHORTEST_HEADING = 4
# A row of these states one thing, so that rows can be counted; facts and attendance cannot.
_COUNTABLE = frozenset(
    {
        RecordKind.AGENDA_ITEM,
        RecordKind.AWARD,
        RecordKind.PLAN_ITEM,
        RecordKind.OPINION,
        RecordKind.PROGRAMME,
        RecordKind.ROW,
        RecordKind.BUDGET_LINE,
        RecordKind.INDICATOR,
        RecordKind.EVENT,
    }
)


def chosen(asked: Asked, found: Sequence[Found], relation: Sequence[Row]) -> list[Row]:
    """The rows that a question means where no table's cells tell, in printed order.

    Args:
        asked: The question.
        found: Records that may answer, best first.
        relation: All rows of the best one's relation.

    Returns:
        Rows of the same kind and paper as the best one that are set apart by the same words;
        all of its relation where no word sets any apart; leaves only, of a plan. Empty where
        the best one is nothing that is counted or does not fit.
    """
    if not found or found[0].coverage < ENOUGH or found[0].row.kind not in _COUNTABLE:
        return []
    if asked.focus in found[0].missing:
        return []
    best = found[0]
    here = bool(asked.places) and bool(best.row.places & set(asked.places))
    if best.own > _OWN or here:
        rows = [
            one.row
            for one in found
            if one.row.kind is best.row.kind
            and one.row.document_id == best.row.document_id
            and one.own >= best.own - _OWN
            and one.coverage >= best.coverage - _ALIKE
        ]
    else:
        rows = [row for row in relation if not row.total]
    if below := _below(best.row, relation) if best.own > _OWN else []:
        rows = below
    packed = asked.question.packed
    if strategies := [row for row in rows if _strategy(row)] if _STRATEGIES.search(packed) else []:
        return strategies
    parents = {row.parent_id for row in [*relation, *rows]}
    leaves = [row for row in rows if row.id not in parents]
    return sorted(leaves or rows, key=lambda row: row.id)


def _strategy(row: Row) -> bool:
    """Whether a row is a strategy of a plan: its code is one number."""
    code = row.field("code")
    return row.kind is RecordKind.PLAN_ITEM and bool(code and code.text.strip(" .)").isdigit())


def headed(asked: Asked, found: Sequence[Found], rows: Rows, audience: Visibility) -> list[Row]:
    """The rows of a list that a question calls by its heading: `우수 사업` for `우수사업 이름`.

    Args:
        asked: The question.
        found: Records that may answer, best first.
        rows: Reads records.
        audience: Highest level that may be seen.

    Returns:
        All of them but those that tell of the list itself, as its criteria; empty where no list
        of the kind is called so, or where the question names some of its rows.
    """
    packed = asked.question.packed
    called = {
        one.row.relation_id: heading
        for one in found
        if one.row.kind is RecordKind.ROW
        and len(heading := "".join(one.row.heading.split())) >= _SHORTEST_HEADING
        and heading in packed
    } or of_section(asked, found)
    if not called:
        return []
    relation = rows.of_relation(max(called, key=lambda number: len(called[number])), audience)
    listed = [row for row in relation if not row.total and row.parent_id is None]
    listed = inside_section(asked, listed) or listed
    coded = [row for row in listed if row.field("code")]
    return coded if len(coded) > len(listed) / 2 else listed


def _below(top: Row, relation: Sequence[Row]) -> list[Row]:
    """Everything that hangs on a row, in printed order."""
    inside = {top.id}
    found = []
    for row in relation:
        if row.parent_id in inside:
            inside.add(row.id)
            found.append(row)
    return found


def counted(
    asked: Asked, rows: Sequence[Row], cite: Citations, among: Sequence[Row] = ()
) -> Answer:
    """How many rows there are, and which."""
    marks = "".join(cite.add(row) for row in rows[:_CITED])
    names = listed((_short(row, name) for row, name in _named(rows, among)), _MOST // 2)
    text = say("answer.counted", count=len(rows), names=names, marks=marks, label=computed())
    return _answer(asked, text, cite, Basis.COMPUTED, rows)


def shown(asked: Asked, rows: Sequence[Row], cite: Citations, among: Sequence[Row] = ()) -> Answer:
    """All rows, one a line; with their amounts, where those are asked for."""
    values = column(rows, asked) if asked.measure is FieldType.MONEY else None
    lines = [
        f"{number}. {_short(row, name)}{_amount(row, values, asked)}"
        f"{f' {cite.add(row)}' if number <= _CITED else ''}"
        for number, (row, name) in enumerate(_named(rows[:_MOST], among), start=1)
    ]
    same = len({row.heading for row in rows}) == 1
    heading = (rows[0].heading if same else "") or rows[0].title
    head = say("answer.list_of", count=len(rows), heading=heading)
    return _answer(asked, "\n".join([head, *lines]), cite, Basis.RECORDS, rows)


def _amount(row: Row, values: Column | None, asked: Asked) -> str:
    field = values.of(row) if values else None
    return f" {value_of(field, asked.request.unit)}" if field else ""


def share_of_rows(asked: Asked, rows: Sequence[Row], of: int, cite: Citations) -> Answer:
    """What part of all rows some are, by their number."""
    percent = f"{len(rows) * 100 / of:.1f}".removesuffix(".0")
    text = say(
        "answer.share_of_rows",
        count=len(rows),
        of=of,
        percent=percent,
        names=listed((_short(row, name) for row, name in _named(rows)), _MOST // 2),
        marks="".join(cite.add(row) for row in rows[:_CITED]),
        label=computed(),
    )
    return _answer(asked, text, cite, Basis.COMPUTED, rows)


def within(asked: Asked, rows: Sequence[Row]) -> tuple[list[Row], Column] | None:
    """The rows that keep every bound of a question, and the column of the first.

    Returns:
        None where a bound has no column to hold for.
    """
    found: Column | None = None
    kept = list(rows)
    for condition in asked.request.conditions:
        values = bounded(rows, asked, condition)
        if values is None:
            return None
        found = found or values
        kept = [row for row in kept if (f := values.of(row)) and condition.holds(f.value)]
    return (kept, found) if found else None


def kept(task: Task, valued: Sequence[Valued]) -> Answer:
    """The rows that keep a question's bounds, with their values."""
    bounds = ", ".join(condition.text for condition in task.asked.request.conditions)
    head = say("answer.kept", count=len(valued), bounds=bounds)
    return task.done("\n".join([head, *(f"- {line}" for line in task.lines(valued))]))


def _named(rows: Sequence[Row], among: Sequence[Row] = ()) -> list[tuple[Row, str]]:
    names = labels(rows, among)
    fields = [field_won(row) if row.kind is RecordKind.AWARD else "" for row in rows]
    if len(set(fields)) > 1:
        # One winner may have won in several fields.
        names = [f"{name} {field}".rstrip() for name, field in zip(names, fields, strict=True)]
    return list(zip(rows, names, strict=True))


def _short(row: Row, name: str) -> str:
    code = row.field("code")
    shown = name if len(name) <= _LONGEST else f"{name[:_LONGEST]}…"
    place = next((field.place for field in row.fields if field.place), "")
    if row.kind is RecordKind.PROGRAMME and place and place not in shown:
        return f"{shown}({place})"
    coded = row.kind is RecordKind.PLAN_ITEM and code and code.text not in shown
    return f"{code.text} {shown}" if coded and code else shown


def _answer(asked: Asked, text: str, cite: Citations, basis: Basis, rows: Sequence[Row]) -> Answer:
    return Answer(
        text=text,
        citations=cite.all(),
        basis=basis,
        standalone=asked.question.text,
        rows=tuple(row.id for row in rows),
    )


def none_kept(asked: Asked, rows: Sequence[Row], cite: Citations, bounds: str = "") -> Answer:
    """That no row keeps a question's bounds, with the table that was looked at.

    Args:
        asked: The question.
        rows: All rows that were looked at.
        cite: The citations of the answer.
        bounds: What was asked of each row; the question's conditions unless given.
    """
    bounds = bounds or ", ".join(condition.text for condition in asked.request.conditions)
    mark = cite.add_heading(rows[0]) or cite.add(rows[0])
    text = say("answer.none_kept", count=len(rows), bounds=bounds, mark=mark, label=computed())
    return _answer(asked, text, cite, Basis.COMPUTED, rows)


def confirmed(task: Task, kept: Sequence[Row]) -> Answer:
    """Whether the rows named keep the question's bounds, with their values."""
    key = "answer.yes" if len(kept) == len(task.rows) else "answer.no"
    return task.done(say(key, rows=", ".join(task.lines(task.valued()))), Basis.RECORDS)


def places(asked: Asked, names: Sequence[str], rows: Sequence[Row], cite: Citations) -> Answer:
    """Neighbourhoods, counted and by name."""
    marks = "".join(dict.fromkeys(cite.add(row) for row in rows[:_CITED]))
    text = say(
        "answer.places", count=len(names), names=listed(names, _MOST), label=computed(), mark=marks
    )
    return _answer(asked, text, cite, Basis.COMPUTED, rows)


def plural_first(found: Sequence[Found]) -> list[Found]:
    """Of records of its kind that fit as well as the best, those of the longest relation first."""
    best = [_fit(one) == _fit(found[0]) for one in found]
    several = Counter(one.row.relation_id for one, alike in zip(found, best, strict=True) if alike)
    return sorted(found, key=lambda one: -several[one.row.relation_id])


def _fit(one: Found) -> tuple[RecordKind, float, float]:
    return one.row.kind, one.coverage, one.own


def none_of(asked: Asked, rows: Sequence[Row], state: str, cite: Citations) -> Answer:
    """That none of the rows is in the state that a question asks for."""
    marks = "".join(cite.add(row) for row in rows[:_CITED])
    names = listed((_short(row, name) for row, name in _named(rows)), _MOST // 2)
    text = say(
        "answer.none_of", count=len(rows), state=state, names=names, marks=marks, label=computed()
    )
    return _answer(asked, text, cite, Basis.COMPUTED, rows)
