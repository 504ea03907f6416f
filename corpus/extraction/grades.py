"""Lists of awards by grade: `대상(4) (시도1) … (시군구3) …, … 각 4천만원`, over many lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from corpus import amounts
from corpus.extraction.award_tables import award_tables
from corpus.extraction.fields import Fields
from corpus.extraction.grade_labels import Label, label_above
from corpus.extraction.grade_names import HEAD, rank
from corpus.extraction.lines import Line, lines
from corpus.extraction.municipalities import Municipality, municipalities
from corpus.fulltext import FullText
from corpus.outline import Item
from corpus.places import find_districts
from corpus.records import Field, FieldType, Record, RecordKind, Relation
from corpus.types import Span

_LEVEL = re.compile(r"\(\s?(?P<level>[가-힣·․.]{1,8}?)\s?(?P<count>\d{1,3})\s?(?:개|곳|개소)?\s?\)")
_EACH = re.compile(r"각각?\s*$")
# What is left of a name when a line end cut it, or a name with its suffix.
_NAMELIKE = re.compile(r"^[가-힣]{0,3}[시군구도](?:[,\s․·]|$)|[가-힣][시군구동읍면](?=[,․·\s)]|$)")
# Marks between the names and what stands around them; a comma goes on with the list.
_AROUND = " \t:：(-/;▸▪•‣▶◦"
_LONGEST_GRADE = 40  # lines; the longest list of one grade seen has 10


@dataclass(slots=True)
class _Group:
    """The names of one level (시도, 시군구) of a grade."""

    level: Span | None
    count: int | None
    pieces: list[Span] = field(default_factory=list)
    names: list[Municipality] = field(default_factory=list)

    @property
    def complete(self) -> bool:
        return self.count is not None and len(self.names) >= self.count


@dataclass(slots=True)
class _Grade:
    """A grade with its names and prizes; `end` is where it was read to."""

    name: Span
    rank: int
    head: Span
    count: int | None
    end: int
    label: Label
    groups: list[_Group] = field(default_factory=list)
    prizes: list[tuple[Span, int]] = field(default_factory=list)

    @property
    def names(self) -> list[Municipality]:
        return [name for group in self.groups for name in group.names]


def awards(full: FullText, items: Sequence[Item]) -> list[Relation]:
    """The awards that a paper lists by grade, in text and in tables.

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
    return [*relations, *award_tables(full)]


def _grades(full: FullText, items: Sequence[Item]) -> Iterator[_Grade]:
    tables = [table.span for table in full.tables]
    printed = [
        line
        for line in lines(full.text)
        if not any(span.start <= line.start < span.end for span in tables)
    ]
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
        grade = _read(full.text, printed[number:], base, match, limit)
        if not _is_award(grade):
            continue
        grade.label = label_above(full.text, printed, number, before)
        before = grade.end
        yield grade


def _read(
    text: str, printed: Sequence[Line], base: int, match: re.Match[str], limit: int
) -> _Grade:
    """Read the names and prizes behind a grade's head, up to where something else begins."""
    count = match["count"] or match["of"]
    grade = _Grade(
        name=Span(start=base + match.start("grade"), end=base + match.end("grade")),
        rank=rank(match["grade"]),
        head=Span(start=base + match.start(), end=base + match.end()),
        count=int(count) if count else None,
        end=base + match.end(),
        label=Label.none(base),
    )
    for number, line in enumerate(printed[:_LONGEST_GRADE]):
        start = grade.end if number == 0 else line.start
        end = min(line.end, limit)
        if start < end and not _take(text, grade, start, end, first=number == 0):
            break
        if line.end >= limit:
            break
    return grade


def _take(text: str, grade: _Grade, start: int, end: int, *, first: bool) -> bool:
    """Take a line into a grade; False where the line belongs to something else."""
    prizes, rest = _without_prizes(text, start, end)
    named = [span for span in rest if re.search(r"[가-힣]", text[span.start : span.end])]
    whole = all(group.complete for group in grade.groups) and bool(grade.groups)
    if named and not first:
        words = " ".join(text[span.start : span.end] for span in named)
        level = _LEVEL.match(words.strip())
        if not level and not _NAMELIKE.search(words) and not find_districts(words):
            return not (grade.prizes or whole)  # a label at the side of the list
        if not level and grade.prizes and (whole or not grade.groups or grade.groups[-1].complete):
            return False
    for span in named:
        _add_names(text, grade, span)
    grade.prizes.extend(prizes)
    grade.end = end
    return bool(named) or bool(prizes) or first


def _without_prizes(text: str, start: int, end: int) -> tuple[list[tuple[Span, int]], list[Span]]:
    prizes: list[tuple[Span, int]] = []
    rest: list[Span] = []
    position = start
    for amount in amounts.find(text[start:end]):
        each = _EACH.search(text, position, start + amount.start)
        begin = each.start() if each else start + amount.start
        prizes.append((Span(start=begin, end=start + amount.end), amount.won))
        rest.append(Span(start=position, end=begin))
        position = start + amount.end
    rest.append(Span(start=position, end=end))
    return prizes, rest


def _add_names(text: str, grade: _Grade, span: Span) -> None:
    position = span.start
    for level in _LEVEL.finditer(text, span.start, span.end):
        _add_piece(text, grade, Span(start=position, end=level.start()))
        begin, finish = level.span("level")
        grade.groups.append(
            _Group(level=Span(start=begin, end=finish), count=int(level["count"]))
        )
        position = level.end()
    _add_piece(text, grade, Span(start=position, end=span.end))


def _add_piece(text: str, grade: _Grade, piece: Span) -> None:
    words = text[piece.start : piece.end]
    begin = piece.start + len(words) - len(words.lstrip(_AROUND))
    end = piece.start + len(words.rstrip(_AROUND))
    if begin >= end:
        return
    if text[begin:end].endswith(")") and "(" not in text[begin:end]:
        end -= 1
    if not grade.groups:
        grade.groups.append(_Group(level=None, count=grade.count))
    group = grade.groups[-1]
    group.pieces.append(Span(start=begin, end=end))
    group.names = municipalities(text, group.pieces)


def _is_award(grade: _Grade) -> bool:
    """`대상 : 65세 이상` and the like name whom something is for, not who won."""
    names = grade.names
    if not names:
        return False
    if grade.count is None and not grade.prizes:
        return all(name.exact for name in names)
    return sum(name.exact for name in names) * 2 > len(names)


def _runs(grades: Sequence[_Grade]) -> list[list[_Grade]]:
    """The grades of one field: a label between them, or a rank that rises, begins the next."""
    runs: list[list[_Grade]] = []
    for grade in grades:
        if runs and not grade.label.lines and _below(runs[-1][-1], grade):
            runs[-1].append(grade)
        else:
            runs.append([grade])
    return runs


def _below(above: _Grade, grade: _Grade) -> bool:
    return above.label.heading == grade.label.heading and above.rank < grade.rank


def _records(fields: Fields, label: Label, grade: _Grade) -> Iterator[Record]:
    doubt = _doubt(grade)
    for number, group in enumerate(grade.groups):
        prize = _prize(grade, number)
        for name in group.names:
            own = doubt or ("" if name.exact else "award_names")
            if not own and prize is None and grade.prizes:
                own = "award_prize"
            yield _record(fields, label, grade, group, name, prize, own)


def _doubt(grade: _Grade) -> str:
    counted = [(group.count, len(group.names)) for group in grade.groups]
    counted.append((grade.count, len(grade.names)))
    return "award_count" if any(c is not None and c != n for c, n in counted) else ""


def _prize(grade: _Grade, number: int) -> tuple[Span, int] | None:
    """One prize for all levels, or one a level in their order; anything else is unclear."""
    if len(grade.prizes) == 1:
        return grade.prizes[0]
    return grade.prizes[number] if len(grade.prizes) == len(grade.groups) else None


def _record(
    fields: Fields,
    label: Label,
    grade: _Grade,
    group: _Group,
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
        found.append(fields.make("prize", FieldType.MONEY, prize[0].start, prize[0].end, value=prize[1]))
        spans.append(prize[0])
    return Record(
        kind=RecordKind.AWARD, fields=tuple(found), spans=_merged(spans), doubt=doubt
    )


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
