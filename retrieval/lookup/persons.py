"""Who somebody is: the offices, teams and parts in which the papers name a person."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from corpus.messages import say
from corpus.records import Field, FieldType, RecordKind
from corpus.types import Visibility
from retrieval.lookup.asked import Asked
from retrieval.lookup.finding import Found
from retrieval.lookup.row import Row
from retrieval.lookup.rows import Rows
from retrieval.lookup.subjects import of_bodies, of_time
from retrieval.lookup.values import whole
from retrieval.lookup.wording import Citations, label, shown_name
from retrieval.types import Answer, Basis
from retrieval.understanding.question import Want

# Asked of a person by name: who that is and where, never anything private.
_WHO = re.compile(
    r"소속|(?:어느|무슨|어떤|어디)(?:부서|팀|과(?!장)|기관|부처|쪽|분과|사람|직책|직위|일)|직책|직위|직함|역할"
    r"|(?:뭐|뭘|무엇을|무슨일)하는|누구(?:야|예|에|인|임|지|죠|신|$)|어디서일"
)
# How long somebody holds an office, and until when.
_TENURE = re.compile(
    r"몇년(?:째|차|동안|간)|임기|(?:언제부터|얼마나오래)\S{0,6}?(?:맡|했|하|해|위원|재직|근무)"
)
# People as they stand in records; who said something is told with what was said.
_KINDS = (RecordKind.ATTENDANCE, RecordKind.MEETING, RecordKind.AGENDA_ITEM, RecordKind.FACT)
_TOGETHER = frozenset({FieldType.ORGANISATION})
_SHORTEST = 2
_MOST = 5


class Persons:
    """Answers who a named person is.

    Args:
        rows: Reads records.
        citations: Makes the citations of one answer.
    """

    def __init__(self, rows: Rows, citations: Callable[[], Citations]) -> None:
        self._rows = rows
        self._citations = citations

    def answer(self, asked: Asked, found: Sequence[Found], audience: Visibility) -> Answer | None:
        """Every part in which the papers name the person of a question.

        Args:
            asked: The question.
            found: Records that may answer; people are looked up by their names.
            audience: Highest level that may be seen.

        Returns:
            None for questions that ask for anything else or name nobody whom the papers know.
        """
        packed = asked.question.packed.rstrip("?？")
        tenure = asked.question.want is not Want.LIST and _TENURE.search(packed)
        if not (tenure or _WHO.search(packed)):
            return None
        cite = self._citations()
        told: dict[str, str] = {}
        names: list[str] = []
        listed = (one.row for one in found if one.row.kind is RecordKind.ROW)
        for row in (*self._rows.of_kinds(_KINDS, audience), *listed):
            if of_time(row, asked) and of_bodies(asked, row):
                for person in _named(row, packed):
                    if tenure and _states_time(row):
                        return None
                    names.append(person.text)
                    told.setdefault(
                        self._part(row, person, audience), cite.add_line(row, person.span)
                    )
        lines = [f"{text} {mark}" for text, mark in told.items()]
        if not lines:
            return None
        text = "\n".join(lines[:_MOST])
        if tenure:
            what = say("aspect.tenure")
            text = say("answer.lacking", name=names[0], what=what, told=text, mark="").rstrip()
        return Answer(
            text=text,
            citations=cite.all()[:_MOST],
            basis=Basis.RECORDS,
            standalone=asked.question.text,
        )

    def _part(self, row: Row, person: Field, audience: Visibility) -> str:
        """What a record says of a person: the role and whatever stands beside it."""
        role = row.field("role")
        beside = [field for field in row.fields if field.type in _TOGETHER and field.text]
        if row.kind is RecordKind.FACT:
            # A form prints the department in a line of its own, above those who work there.
            rows = self._rows.of_relation(row.relation_id, audience) if not row.heading else []
            above = [f for other in rows for f in other.fields if f.type in _TOGETHER]
            beside += above if len(above) == 1 else []
            titles = [f for f in row.fields if f.type is FieldType.TEXT and f.name == person.name]
            beside = [*titles, *beside]
        if row.kind is RecordKind.MEETING:
            beside = []  # whose meeting it was says nothing of who chaired it
        if row.kind is RecordKind.ROW:
            told = (f for f in whole(row) if f is not person and f.type is not FieldType.CONTACT)
            others = ", ".join(f.text for f in told if f.text)
            return say("answer.person", said=f"{person.text}: {others}", others="")
        name = role.text if role else shown_name(person)
        others = ", ".join(dict.fromkeys(_unspaced(field) for field in beside))
        where = label(row)
        said = f"{person.text}: {where} {name}" if name not in where else f"{person.text}: {where}"
        return say("answer.person", said=said, others=f" ({others})" if others else "")


def _states_time(row: Row) -> bool:
    """Whether a row of a list of people says since or until when somebody is on it."""
    return row.kind is RecordKind.ROW and bool(row.typed(FieldType.DATE))


def _unspaced(field: Field) -> str:
    """`과 장` as a form spaces it is 과장."""
    return "".join(field.text.split()) if field.type is FieldType.TEXT else field.text


def _named(row: Row, packed: str) -> Iterator[Field]:
    for field in row.typed(FieldType.PERSON):
        name = "".join(field.text.split())
        if len(name) >= _SHORTEST and re.search(rf"(?<![가-힣]){name}", packed):
            yield field
