"""One record, or the few that fit alike: the value asked for, or the row as it is."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from corpus.messages import say
from corpus.records import Field, FieldType
from retrieval.lookup.asked import Asked
from retrieval.lookup.columns import column
from retrieval.lookup.finding import Found
from retrieval.lookup.rows import Row
from retrieval.lookup.wording import Citations, label, shown_name, value_of
from retrieval.types import Answer, Basis
from retrieval.understanding.question import Want

ENOUGH = 0.6
_ALIKE = 0.03
_MOST = 5

_WANTED: dict[Want, tuple[FieldType, ...]] = {
    Want.AMOUNT: (FieldType.MONEY,),
    Want.COUNT: (FieldType.COUNT, FieldType.RATE),
    Want.TIME: (FieldType.DATE,),
    Want.PERSON: (FieldType.PERSON, FieldType.ORGANISATION),
    Want.CONTACT: (FieldType.CONTACT,),
}
_PLACE_NAMES = frozenset({"place", "next_place"})


class Single:
    """Answers with the value of one record.

    Args:
        citations: Makes the citations of one answer.
        terms_of: Text to index terms.
    """

    def __init__(self, citations: Callable[[], Citations], terms_of: Callable[[str], str]) -> None:
        self._citations = citations
        self._terms_of = terms_of

    def answer(self, asked: Asked, found: Sequence[Found]) -> Answer | None:
        """The value that is asked for.

        Args:
            asked: The question.
            found: Records that may answer, best first.

        Returns:
            The answer; None where no record covers enough of the question or holds such a value.
        """
        fitting = [
            (one, fields)
            for one in found
            if (one.coverage >= ENOUGH or not asked.weights)
            and (fields := self._fields(asked, one.row))
        ]
        if not fitting:
            return None
        best = fitting[0][0]
        alike = [
            (one, fields)
            for one, fields in fitting
            if one.coverage >= best.coverage - _ALIKE and one.own >= best.own - _ALIKE
        ]
        return self._said(asked, [(one.row, fields) for one, fields in alike[:_MOST]])

    def _fields(self, asked: Asked, row: Row) -> tuple[Field, ...]:
        """The values of a row that answer; all of them where the question names no kind."""
        kinds = _WANTED.get(asked.question.want)
        if kinds is None:
            if asked.question.want is Want.PLACE:
                named = tuple(f for f in row.fields if f.name in _PLACE_NAMES)
                return named or row.typed(FieldType.PLACE)
            return row.fields
        if kinds[0] in {FieldType.MONEY, FieldType.COUNT}:
            found = column([row], asked, self._terms_of)
            value = found.of(row) if found else None
            return (value,) if value and value.type in kinds else ()
        return tuple(field for kind in kinds for field in row.typed(kind))[:3]

    def _said(self, asked: Asked, rows: Sequence[tuple[Row, tuple[Field, ...]]]) -> Answer:
        cite = self._citations()
        lines = []
        for row, fields in rows:
            values = self._values(asked, row, fields)
            lines.append(f"{values} {cite.add(row)}")
        basis = Basis.RECORDS
        printed = len(rows) == 1 and asked.question.want in {Want.AMOUNT, Want.COUNT}
        text = "\n".join(dict.fromkeys(lines))
        if printed:
            text = f"{text} ({say('answer.printed')})"
        return Answer(text=text, citations=cite.all(), basis=basis, standalone=asked.question.text)

    def _values(self, asked: Asked, row: Row, fields: Sequence[Field]) -> str:
        name = label(row)
        if len(fields) == 1:
            (field,) = fields
            shown = value_of(field, asked.request.unit)
            return shown if shown == name else f"{name}: {shown}"
        parts = [
            f"{shown_name(field)} {value_of(field, asked.request.unit)}"
            for field in fields
            if field.text and field.text != name
        ]
        return f"{name} — {' · '.join(parts)}" if parts else name
