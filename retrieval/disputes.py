"""What papers claim differently and totals that do not add up, told with their sources."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from corpus.database import CouncilDatabase
from corpus.facts import Facts, Found
from corpus.findings import warning
from corpus.messages import say
from corpus.records import Field
from corpus.types import Visibility
from retrieval.lookup.row import Row
from retrieval.lookup.rows import Rows
from retrieval.lookup.wording import Citations, label, listed, shown_name, value_of
from retrieval.types import Answer, Basis

# A third disagreement in one answer is not read any more.
_MOST = 2
# Rows that a total was checked against are quoted while they are few.
_QUOTED = 5


class Disputes:
    """Adds to answers what their sources disagree about.

    Args:
        database: The council's store.
    """

    def __init__(self, database: CouncilDatabase) -> None:
        self._database = database
        self._facts = Facts(database)
        self._rows = Rows(database)

    def told(self, answer: Answer, used: Sequence[int], audience: Visibility) -> Answer:
        """An answer with the values that its audience's papers print differently.

        Args:
            answer: An answer from records.
            used: The records that it rests on.
            audience: Highest level that may be seen: a paper above it disputes nothing.
        """
        cite = Citations(self._database, answer.citations)
        lines, notices = self._between_papers(answer, used, audience, cite)
        said = {say("answer.differs")} if lines else set()
        summed = (*used, *self._facts.totals(used))
        for code, work, rows in (
            ("contradiction", self._twice, used),
            ("footing", self._added, summed),
        ):
            for found in self._facts.findings(rows, code):
                if line := work(found, answer, audience, cite):
                    lines.append(line)
                    said.add(warning(code, found.values))
        return replace(
            answer,
            text="\n".join([answer.text, *lines]),
            citations=cite.all(),
            notices=(*(one for one in answer.notices if one not in said), *notices),
        )

    def _between_papers(
        self, answer: Answer, used: Sequence[int], audience: Visibility, cite: Citations
    ) -> tuple[list[str], list[str]]:
        """Lines for values that the answer shows, notices for those it only computed with."""
        told: set[frozenset[int]] = set()
        lines: list[str] = []
        notices: list[str] = []
        for dispute in self._facts.disputes(used, audience):
            pair = frozenset((dispute.record_id, dispute.other_id))
            rows = self._rows.exactly([dispute.record_id, dispute.other_id], audience)
            if len(told) == _MOST or pair in told or len(rows) < len(pair):
                continue
            own, other = rows[0].fields[dispute.ordinal], rows[1].fields[dispute.other_ordinal]
            name = f"{label(rows[0])} {shown_name(own)}"
            both = [(rows[0], own), (rows[1], other)]
            if value_of(own) in answer.text:
                lines.append(_disputed(name, both, cite.add))
            elif answer.basis is Basis.COMPUTED:
                notices.append(_disputed(name, both, lambda row: f"({row.title})"))
            else:
                continue
            told.add(pair)
        return lines, notices

    def _twice(self, found: Found, answer: Answer, audience: Visibility, cite: Citations) -> str:
        """One paper prints two values for one thing."""
        values = [
            (row, field)
            for row in self._rows.exactly(found.rows, audience)
            for field in row.fields
            if field.text in found.values[1:] and field.value is not None
        ]
        if len({field.value for _, field in values}) < 2:
            return ""
        return _disputed(found.values[0], values, cite.add)

    def _added(self, found: Found, answer: Answer, audience: Visibility, cite: Citations) -> str:
        """The rows that a printed total does not give, where the answer says one of both sums."""
        for total in self._rows.exactly(found.rows, audience):
            printed = next((f for f in total.fields if f.text == found.values[2]), None)
            if not total.total or printed is None:
                continue
            if value_of(printed) not in answer.text and found.values[3] not in answer.text:
                continue
            rows = [
                (row, field)
                for row in self._rows.of_relation(total.relation_id, audience)
                if not row.total and (field := row.field(printed.name)) and field.value is not None
            ]
            told = warning("footing", found.values)
            if {row.id for row, _ in rows} <= {one.record_id for one in answer.citations}:
                return told  # the answer itself shows the rows
            marks = [cite.add(row) for row, _ in rows[:_QUOTED]]
            named = [f"{label(row)} {value_of(field)}" for row, field in rows]
            shown = [f"{name} {mark}" for name, mark in zip(named, marks, strict=False)]
            return say(
                "answer.not_adding",
                warning=told,
                rows=listed([*shown, *named[len(shown) :]]),
            )
        return ""


def _disputed(name: str, values: Iterable[tuple[Row, Field]], source: Callable[[Row], str]) -> str:
    shown = [f"{value_of(field)} {source(row)}" for row, field in values]
    return say("answer.disputed", name=name.strip(), values=", ".join(dict.fromkeys(shown)))
