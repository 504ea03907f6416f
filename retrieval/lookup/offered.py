"""The projects of one neighbourhood by name, and how many a paper counts without naming them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from corpus.messages import say
from corpus.records import FieldType, RecordKind
from corpus.types import Visibility
from retrieval.lookup.asked import Asked
from retrieval.lookup.finding import Found
from retrieval.lookup.row import Row
from retrieval.lookup.rows import Rows
from retrieval.lookup.subjects import about, of_bodies
from retrieval.lookup.wording import Citations, first_place, label, value_of
from retrieval.types import Answer, Basis

# 사업 뭐뭐, 무슨 사업, 사업 3개 전부, 사업 이름: on the question without its spaces.
_NAMES = re.compile(
    r"(?:무슨|어떤)사업|사업(?:이|은|을|들)?(?:\d+개)?(?:에는|은|을|이)?(?:다|전부|모두)?"
    r"(?:뭐|무엇|무슨|어떤|이름|명칭|종류|목록|리스트|전부|모두|다알려|하나하나|각각뭐)"
)
_NUMBERS = re.compile(r"예산|얼마|금액|사업비|몇개|개수|신청|대상|문의|전화|기간")
# What is left of the names of such projects: 특화, 대표, 협의체.
_OF_PROJECTS = frozenset({"특화", "특화사업", "대표", "대표사업", "주요", "협의체", "협의", "마을"})
_COUNT = re.compile(r"\d+개?")
_APART = re.compile(r"\s*[,，、]\s*")
_REST = re.compile(r"\s*(?:등|외)(?:\s*\d+\s*개?)?\s*$")
_MOST = 40


class Offered:
    """Names the projects of a neighbourhood that a list counts.

    Args:
        rows: Reads records.
        citations: Makes the citations of one answer.
    """

    def __init__(self, rows: Rows, citations: Callable[[], Citations]) -> None:
        self._rows = rows
        self._citations = citations

    def answer(self, asked: Asked, found: Sequence[Found], audience: Visibility) -> Answer | None:
        """The projects that papers name of the one place asked for.

        Args:
            asked: The question.
            found: Not needed; the place's rows are read.
            audience: Highest level that may be seen.

        Returns:
            None for other questions, and where each project has a row of its own.
        """
        packed = asked.question.packed
        if len(asked.places) != 1 or not _NAMES.search(packed) or _NUMBERS.search(packed):
            return None
        telling = {term for term in asked.telling - _OF_PROJECTS if not _COUNT.fullmatch(term)}
        if telling or asked.request.conditions:
            return None
        every = self._rows.at_places(asked.places, audience)
        rows = [row for row in every if row.kind is RecordKind.BUDGET_LINE and about(row, asked)]
        rows = [row for row in rows if row.parent_id is None and of_bodies(asked, row)]
        below = {row.id: [other for other in every if other.parent_id == row.id] for row in rows}
        counted = [row for row in rows if below[row.id] or row.field("examples")]
        if not counted or len(rows) > len(counted):
            return None
        best = max(counted, key=lambda row: (row.dated, len(below[row.id]), row.id))
        told = [row for row in every if row.kind is RecordKind.PROGRAMME and about(row, asked)]
        return self._said(asked, best, below[best.id], told)

    def _said(self, asked: Asked, row: Row, below: Sequence[Row], told: Sequence[Row]) -> Answer:
        cite = self._citations()
        mark = cite.add(row)
        names = [_priced(one) for one in below[:_MOST]] or _examples(row)
        said = {"".join(name.split()) for name in names}
        if not below:
            others = [one for one in told if "".join(_name_of(one).split()) not in said]
            names += [f"{_name_of(one)} {cite.add(one)}" for one in others[:_MOST]]
        count = next((field.value for field in row.typed(FieldType.COUNT) if field.value), 0) or 0
        text = say(
            "answer.offered",
            place=first_place(row),
            count=max(count, len(names)),
            names=", ".join(names),
            mark=mark,
        )
        if len(names) < count:
            text = f"{text}\n{say('answer.unnamed', count=count, named=len(names))}"
        return Answer(
            text=text,
            citations=cite.all(),
            basis=Basis.RECORDS,
            standalone=asked.question.text,
            rows=tuple(one.id for one in below) or (row.id,),
        )


def _priced(row: Row) -> str:
    amount = row.field("amount")
    return f"{_name_of(row)} {value_of(amount)}" if amount and amount.text else _name_of(row)


def _name_of(row: Row) -> str:
    """What a project is called, not whose it is."""
    name = row.field("programme")
    return name.text if name else label(row)


def _examples(row: Row) -> list[str]:
    field = row.field("examples")
    text = _REST.sub("", field.text) if field else ""
    return [name for name in _APART.split(text) if name]
