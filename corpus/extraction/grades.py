"""Lists of awards by grade: `대상(4) (시도1) … (시군구3) …, … 각 4천만원`, over many lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from corpus.extraction.fields import Fields
from corpus.extraction.grade_labels import Label, label_above
from corpus.extraction.grade_names import HEAD
from corpus.extraction.grade_reading import Grade, Group, read_grade
from corpus.extraction.lines import lines
from corpus.extraction.municipalities import Municipality
from corpus.extraction.stretches import Stretches
from corpus.fulltext import FullText
from corpus.outline import Item
from corpus.records import Field, FieldType, Record, RecordKind, Relation
from corpus.types import Span


def awards(full: FullText, items: Sequence[Item]) -> list[Relation]:
    """The awards that a paper lists by grade in its text; tables are `award_tables`' business.

    Names broken over lines are put together with the gazetteer; counts in brackets are compared
    with the names found. A grade that cannot be read exactly is marked with the doubt
    `award_count`, `award_names` or `award_prize` in every record.

    Returns:
        One relation a field (분야), titled with the heading above it; one record a municipality.
    """
    fields = Fields(full.text)
    relations: list[Relation] = []
    for run in _runs(list(_grades(full, items))):
        records = [record for grade in run for record in _records(fields, run[0].label, grade)]
        if records:
            label = run[0].label
            title = fields.make("title", FieldType.TEXT, label.heading.start, label.heading.end)
            relations.append(
                Relation(
                    kind=RecordKind.AWARD,
                    title=title.text,
                    title_span=title.span,
                    records=tuple(records),
                )
            )
    return relations


def _grades(full: FullText, items: Sequence[Item]) -> Iterator[Grade]:
    tables = Stretches(table.span for table in full.tables)
    printed = [line for line in lines(full.text) if line.start not in tables]
    heads = [
        (number, match)
        for number, line in enumerate(printed)
        for match in HEAD.finditer(full.text[line.body : line.end])
    ]
    before = 0
    for order, (number, match) in enumerate(heads):
        base = printed[number].body
        limit = len(full.text)
        if order + 1 < len(heads):
            following, later = heads[order + 1]
            limit = printed[following].body + later.start()
        grade = read_grade(full.text, printed[number:], base, match, limit)
        if not _is_award(grade):
            continue
        grade.label = label_above(full.text, printed, number, before)
        before = grade.end
        yield grade


def _is_award(grade: Grade) -> bool:
    """`대상 : 65세 이상` and the like name whom something is for, not who won."""
    names = grade.names
    if not names:
        return False
    if grade.count is None and not grade.prizes:
        return all(name.exact for name in names)
    if grade.count == len(names) and grade.prizes:  # the line ends may have cut half of them
        return sum(name.exact for name in names) * 2 >= len(names)
    return sum(name.exact for name in names) * 2 > len(names)


def _runs(grades: Sequence[Grade]) -> list[list[Grade]]:
    """The grades of one field: a label between them, or a rank that rises, begins the next."""
    runs: list[list[Grade]] = []
    for grade in grades:
        if runs and not grade.label.lines and _below(runs[-1][-1], grade):
            runs[-1].append(grade)
        else:
            runs.append([grade])
    return runs


def _below(above: Grade, grade: Grade) -> bool:
    return above.label.heading == grade.label.heading and above.rank < grade.rank


def _records(fields: Fields, label: Label, grade: Grade) -> Iterator[Record]:
    doubt = _doubt(grade)
    for number, group in enumerate(grade.groups):
        prize = _prize(grade, number)
        for name in group.names:
            own = doubt or ("" if name.exact else "award_names")
            if not own and prize is None and grade.prizes:
                own = "award_prize"
            yield _record(fields, label, grade, group, name, prize, own)


def _doubt(grade: Grade) -> str:
    counted = [(group.count, len(group.names)) for group in grade.groups]
    counted.append((grade.count, len(grade.names)))
    return "award_count" if any(c is not None and c != n for c, n in counted) else ""


def _prize(grade: Grade, number: int) -> tuple[Span, int] | None:
    """One prize for all levels, or one a level in their order; anything else is unclear."""
    if len(grade.prizes) == 1:
        return grade.prizes[0]
    return grade.prizes[number] if len(grade.prizes) == len(grade.groups) else None


def _record(
    fields: Fields,
    label: Label,
    grade: Grade,
    group: Group,
    name: Municipality,
    prize: tuple[Span, int] | None,
    doubt: str,
) -> Record:
    found: list[Field] = [*label.fields(fields)]
    found.append(fields.make("grade", FieldType.NAME, grade.name.start, grade.name.end))
    if group.level is not None:
        found.append(fields.make("level", FieldType.NAME, group.level.start, group.level.end))
    found.append(
        Field(
            name="municipality",
            type=FieldType.PLACE if name.place else FieldType.ORGANISATION,
            text=name.text,
            span=name.span,
            place=name.place,
        )
    )
    spans = [grade.head, _line(fields.text, name.span)]
    if prize is not None:
        found.append(
            fields.make("prize", FieldType.MONEY, prize[0].start, prize[0].end, value=prize[1])
        )
        spans.append(prize[0])
    return Record(kind=RecordKind.AWARD, fields=tuple(found), spans=_merged(spans), doubt=doubt)


def _line(text: str, span: Span) -> Span:
    """The printed line or lines that a name stands on."""
    start = text.rfind("\n", 0, span.start) + 1
    end = text.find("\n", span.end)
    end = len(text) if end < 0 else end
    start += len(text[start:end]) - len(text[start:end].lstrip())
    return Span(start=start, end=start + len(text[start:end].rstrip()))


def _merged(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Spans in order, those that touch as one."""
    found: list[Span] = []
    for span in sorted(spans, key=lambda span: span.start):
        if found and span.start <= found[-1].end:
            found[-1] = Span(start=found[-1].start, end=max(span.end, found[-1].end))
        else:
            found.append(span)
    return tuple(found)
