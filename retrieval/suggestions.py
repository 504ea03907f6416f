"""Questions that a paper answers: made from its records, and kept only if they are answered."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import zip_longest

from corpus.messages import say
from corpus.records import FieldType, RecordKind
from retrieval.lookup.row import Row
from retrieval.lookup.wording import label
from retrieval.types import Answer, Basis

# A question that people would read in a button.
_LONGEST = 45
_SHORTEST = 4
_TRIED = 12


def suggestions(
    rows: Sequence[Row], headings: Sequence[str], ask: Callable[[str], Answer], most: int = 3
) -> tuple[str, ...]:
    """Up to three questions that get an answer from the paper they were made from.

    Args:
        rows: Records of the paper, in printed order.
        headings: Headings of its passages, for papers without records.
        ask: Answers a question.
        most: How many at most.

    Returns:
        Questions of different kinds where there are such; fewer, or none, where the paper answers
        fewer.
    """
    names = {row.document for row in rows}
    kept: list[str] = []
    for question in list(dict.fromkeys(_candidates(rows, headings)))[:_TRIED]:
        if len(kept) == most:
            break
        answer = ask(question)
        cited = {citation.document for citation in answer.citations}
        if answer.basis is not Basis.NONE and cited and (not names or cited <= names):
            kept.append(question)
    return tuple(kept)


def _candidates(rows: Sequence[Row], headings: Sequence[str]) -> Iterator[str]:
    """Questions, one of each kind in turn."""
    by_kind: dict[RecordKind, list[str]] = {}
    for row in rows:
        if not row.total and (question := _question(row)) and len(question) <= _LONGEST:
            by_kind.setdefault(row.kind, []).append(question)
    order = sorted(by_kind, key=_ORDER.index)
    for group in zip_longest(*(by_kind[kind] for kind in order)):
        yield from (question for question in group if question)
    for heading in (one.strip(" :：.") for one in headings):
        if _SHORTEST <= len(heading) <= _LONGEST - _SHORTEST:
            yield say("suggestion.heading", heading=heading)


_ORDER = [
    RecordKind.BUDGET_LINE,
    RecordKind.AWARD,
    RecordKind.AGENDA_ITEM,
    RecordKind.MEETING,
    RecordKind.PROGRAMME,
    RecordKind.INDICATOR,
    RecordKind.PLAN_ITEM,
    RecordKind.OPINION,
    RecordKind.EVENT,
    RecordKind.ROW,
    RecordKind.FACT,
    RecordKind.ATTENDANCE,
    RecordKind.REPLY,
]


def _question(row: Row) -> str:
    """A question that this record answers; empty where none comes to mind."""
    name = label(row)
    if row.kind is RecordKind.MEETING:
        title = row.field("title")
        return say("suggestion.meeting", title=title.text) if title else ""
    if row.kind is RecordKind.AGENDA_ITEM:
        title = row.field("title")
        return say("suggestion.agenda", title=title.text) if title and row.field("result") else ""
    if row.kind is RecordKind.AWARD:
        return say("suggestion.award", name=name.split()[-1])
    if row.kind is RecordKind.PROGRAMME:
        return say("suggestion.programme", name=name)
    if row.kind is RecordKind.PLAN_ITEM:
        title = row.field("title")
        return say("suggestion.plan", title=title.text) if title else ""
    if row.kind is RecordKind.FACT:
        return _of_fact(row)
    if row.typed(FieldType.MONEY):
        return say("suggestion.amount", name=name)
    return ""


def _of_fact(row: Row) -> str:
    """Facts of a date make sense by themselves; amounts and counts need what is around them."""
    named = row.field("label")
    return say("suggestion.fact", name=named.text) if named and row.typed(FieldType.DATE) else ""
