"""Rows counted or listed: how many agenda items, which programmes."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from corpus.messages import say
from corpus.records import RecordKind
from retrieval.lookup.asked import Asked
from retrieval.lookup.finding import Found
from retrieval.lookup.rows import Row
from retrieval.lookup.wording import Citations, label, listed
from retrieval.types import Answer, Basis

ENOUGH = 0.6
_ALIKE = 0.12
_OWN = 0.02
_CITED = 10
_MOST = 40
_LONGEST = 60
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


class Listing:
    """Counts and lists rows.

    Args:
        citations: Makes the citations of one answer.
    """

    def __init__(self, citations: Callable[[], Citations]) -> None:
        self._citations = citations

    def rows(self, asked: Asked, found: Sequence[Found], relation: Sequence[Row]) -> list[Row]:
        """The rows that a question means, in printed order.

        Args:
            asked: The question.
            found: Records that may answer, best first.
            relation: All rows of the best one's relation.

        Returns:
            Rows of the same kind and paper as the best one that are set apart by the same words;
            all of its relation where no word sets any apart; leaves only, of a plan. None where
            the best one is nothing that is counted or does not fit.
        """
        if not found or found[0].coverage < ENOUGH or found[0].row.kind not in _COUNTABLE:
            return []
        if asked.focus in found[0].missing:
            return []
        best = found[0]
        if best.own > _OWN:
            chosen = [
                one.row
                for one in found
                if one.row.kind is best.row.kind
                and one.row.document_id == best.row.document_id
                and one.own >= best.own - _OWN
                and one.coverage >= best.coverage - _ALIKE
            ]
        else:
            chosen = [row for row in relation if not row.total]
        if below := _below(best.row, relation):
            chosen = below
        parents = {row.parent_id for row in [*relation, *chosen]}
        leaves = [row for row in chosen if row.id not in parents]
        return sorted(leaves or chosen, key=lambda row: row.id)

    def counted(self, asked: Asked, rows: Sequence[Row]) -> Answer:
        """How many there are, and which."""
        cite = self._citations()
        marks = "".join(cite.add(row) for row in rows[:_CITED])
        names = listed((_short(row) for row in rows), _MOST // 2)
        text = say(
            "answer.counted",
            count=len(rows),
            names=names,
            marks=marks,
            label=say("answer.computed"),
        )
        return _answer(asked, text, cite, Basis.COMPUTED, rows)

    def listed(self, asked: Asked, rows: Sequence[Row]) -> Answer:
        """All of them, one a line."""
        cite = self._citations()
        lines = [
            f"{number}. {_short(row)}{f' {cite.add(row)}' if number <= _CITED else ''}"
            for number, row in enumerate(rows[:_MOST], start=1)
        ]
        head = say("answer.list_of", count=len(rows), heading=rows[0].heading or rows[0].title)
        return _answer(asked, "\n".join([head, *lines]), cite, Basis.RECORDS, rows)


def _below(top: Row, relation: Sequence[Row]) -> list[Row]:
    """Everything that hangs on a row, in printed order."""
    inside = {top.id}
    found = []
    for row in relation:
        if row.parent_id in inside:
            inside.add(row.id)
            found.append(row)
    return found


def _short(row: Row) -> str:
    code = row.field("code")
    title = row.field("title") or row.field("text")
    name = title.text if title and row.kind is not RecordKind.OPINION else label(row)
    shown = name if len(name) <= _LONGEST else f"{name[:_LONGEST]}…"
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
