"""What each winner got, by grade: asked of all winners, never answered with their total."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from corpus.messages import say
from corpus.records import FieldType, RecordKind
from corpus.types import Visibility
from retrieval.lookup.asked import Asked
from retrieval.lookup.finding import Found
from retrieval.lookup.parts import named
from retrieval.lookup.row import Row
from retrieval.lookup.rows import Rows
from retrieval.lookup.subjects import about, of_bodies
from retrieval.lookup.tables import Tables
from retrieval.lookup.wording import Citations, field_won, label, value_of
from retrieval.types import Answer, Basis
from retrieval.understanding.kinds import kinds_named
from retrieval.understanding.measures import types_meant
from retrieval.understanding.question import Want
from retrieval.understanding.request import Operation

_EACH = re.compile(r"얼마씩|각각|원씩|씩받|씩줬|금은?씩|하나하나")
# What all awards have in common says nothing of which are meant.
_COMMON = re.compile(r"상금|포상|시상|수상|^상$|^받$|^타$|^분야$")
_MOST = 12
_CITED = 3


class Prizes:
    """Answers what winners got, each of them.

    Args:
        rows: Reads records.
        tables: Narrows the awards of a paper to those that are meant.
        citations: Makes the citations of one answer.
    """

    def __init__(self, rows: Rows, tables: Tables, citations: Callable[[], Citations]) -> None:
        self._rows = rows
        self._tables = tables
        self._citations = citations

    def answer(self, asked: Asked, found: Sequence[Found], audience: Visibility) -> Answer | None:
        """The prizes of the winners that a question names, one line for each amount of a grade.

        Args:
            asked: The question.
            found: Records that may answer; awards are read apart.
            audience: Highest level that may be seen.

        Returns:
            None where the question does not ask for each prize, or no paper prints winners with
            their prizes.
        """
        if not _asks_each(asked):
            return None
        every = [
            Found(row=row, coverage=1.0, own=0.0)
            for row in self._rows.of_kinds([RecordKind.AWARD], audience)
            if about(row, asked) and of_bodies(asked, row) and row.field("prize")
        ]
        left = {t: w for t, w in asked.weights.items() if not _COMMON.search(t)}
        bare = replace(asked, weights=left)
        for table in self._tables.candidates(bare, every, audience) if every else ():
            parts = named(asked, table.rows, table.totals)
            rows = self._tables.narrowed(bare, table.rows, parts)
            if rows and all(row.field("prize") for row in rows):
                return self._told(asked, rows)
        return None

    def _told(self, asked: Asked, rows: Sequence[Row]) -> Answer:
        cite = self._citations()
        several = len({field_won(row) for row in rows}) > 1
        groups: dict[str, list[Row]] = {}
        for row in rows:
            values = [row.field("grade"), row.field("prize")]
            told = [value_of(field, asked.request.unit) for field in values if field]
            groups.setdefault(" ".join([field_won(row)] * several + told), []).append(row)
        lines = []
        for said, inside in list(groups.items())[:_MOST]:
            marks = "".join(dict.fromkeys(cite.add(row) for row in inside[:_CITED]))
            winners = ", ".join(map(label, inside))
            lines.append(say("answer.prizes", prize=said, names=winners, marks=marks))
        if len(groups) > _MOST:
            lines.append(say("answer.more", count=len(groups) - _MOST))
        return Answer(
            text="\n".join(lines),
            citations=cite.all(),
            basis=Basis.RECORDS,
            standalone=asked.question.text,
            rows=tuple(row.id for row in rows),
        )


def _asks_each(asked: Asked) -> bool:
    packed = asked.question.packed
    plain = (
        asked.request.operation in {Operation.LOOK_UP, Operation.LIST} and not asked.request.group
    )
    amounts = bool(types_meant(packed)) or "얼마" in packed
    return (
        plain and amounts and bool(_EACH.search(packed)) and RecordKind.AWARD in kinds_named(packed)
    )


def without_winners(asked: Asked, found: Sequence[Found]) -> Sequence[Found]:
    """What a place has is not counted by the awards that it won, unless awards are asked for."""
    counting = asked.request.operation is Operation.COUNT or asked.question.want is Want.COUNT
    counting = counting or asked.measure is FieldType.COUNT
    if not counting or RecordKind.AWARD in kinds_named(asked.question.text):
        return found
    return [one for one in found if one.row.kind is not RecordKind.AWARD]
