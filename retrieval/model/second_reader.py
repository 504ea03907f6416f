"""A second reader of papers in shapes that no rule knows: it says which words belong together.

The model gives no value and no wording of its own. `corpus/second_reading/proposed.py` finds its
words in the line that it names, our own readers read what they mean, and staff confirm the rows.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from pydantic import BaseModel

from corpus.records import FieldType, Relation
from corpus.second_reading.proposed import Proposal, Told, accepted
from corpus.second_reading.unread import UnreadLine
from corpus.text import squeeze
from retrieval.model.calls import ModelCalls
from retrieval.model.evidence import orders
from retrieval.types import unmarked
from retrieval.understanding.small_talk import gives_orders

# A call may write 1,200 tokens, and a row takes about 100 of them.
_LINES = 6

Kind = Literal[
    "money", "count", "rate", "date", "place", "person", "organisation", "contact", "text"
]


class PrintedField(BaseModel):
    """One value, as the model fills it in."""

    name: str
    type: Kind
    text: str


class PrintedRow(BaseModel):
    """What one line tells of one thing."""

    line: int
    subject: str
    fields: list[PrintedField]


class PrintedRows(BaseModel):
    """All rows of the lines that were shown."""

    rows: list[PrintedRow]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What became of a few lines.

    Attributes:
        relations: Rows that hold; none is written yet.
        dropped: How many rows of the model do not hold.
    """

    relations: tuple[Relation, ...]
    dropped: int


class SecondReader:
    """Reads lines that no rule has read.

    Args:
        calls: The way to the model.
    """

    def __init__(self, calls: ModelCalls) -> None:
        self._calls = calls

    def read(self, title: str, text: str, lines: Sequence[UnreadLine]) -> Iterator[Reading]:
        """The rows of a paper's unread lines, a few lines at a time.

        Args:
            title: The paper's title.
            text: Its cleaned text.
            lines: Its unread lines; those that give orders are not shown to the model.

        Raises:
            ModelError: The model does not answer, or in no form that can be read; what came before
                holds.
        """
        quiet = [
            line for line in lines if not gives_orders(f"{_above(text, line)} {line.text} {title}")
        ]
        for start in range(0, len(quiet), _LINES):
            shown = quiet[start : start + _LINES]
            allowance = self._calls.allowance(waiting=False)
            filled = self._calls.fill(
                "records", orders("records"), _shown(title, text, shown), PrintedRows, allowance
            )
            relations, dropped = accepted(text, shown, [_proposal(row) for row in filled.rows])
            yield Reading(relations=relations, dropped=dropped)


def _shown(title: str, text: str, lines: Sequence[UnreadLine]) -> str:
    """The lines as the model reads them, from 1."""
    told = (
        f"[{number}] ({unmarked(_above(text, line))}) {unmarked(line.text)}"
        for number, line in enumerate(lines, start=1)
    )
    return "\n".join([f"자료: {unmarked(title)}", "줄:", *told])


def _above(text: str, line: UnreadLine) -> str:
    return " > ".join(squeeze(text[one.start : one.end]) for one in line.headings)


def _proposal(row: PrintedRow) -> Proposal:
    return Proposal(
        line=row.line - 1,
        subject=row.subject,
        fields=tuple(
            Told(name=one.name, type=FieldType(one.type), text=one.text) for one in row.fields
        ),
    )
