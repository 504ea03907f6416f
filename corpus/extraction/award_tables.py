"""Tables of awards: columns of fields, grades, municipalities and prizes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus import amounts
from corpus.extraction.continued import whole_tables
from corpus.extraction.fields import Fields
from corpus.extraction.grade_names import FOOTING, GRADE
from corpus.extraction.municipalities import Municipality, municipalities
from corpus.extraction.place_names import place_of
from corpus.extraction.surroundings import look_above
from corpus.fulltext import FullText, PlacedCell, PlacedTable
from corpus.outline import Item
from corpus.records import Field, FieldType, Record, RecordKind, Relation
from corpus.types import Span

_GRADE_CELL = re.compile(rf"(?P<grade>{GRADE})\s?(?:\(?\s?(?P<count>\d{{1,3}})\s?[개곳소]*\s?\)?)?")
_PRIZE_HEAD = re.compile(r"포상|시상금|상금|부상|금액|사업비|인센티브")
_FIELD_HEAD = re.compile(r"분\s?야|부\s?문|과\s?제|평가명|구\s?분|유\s?형|사업명")
_NAME_HEAD = re.compile(
    r"지자체|기관|시\s?군\s?구|시도|자치구|군구|단체|수상|선정|동\s?명|읍면동|대상자|시군"
)
_LEVEL = re.compile(r"\(\s?(?P<level>[가-힣·․.]{1,8}?)\s?(?P<count>\d{1,3})\s?(?:개|곳|개소)?\s?\)")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Columns:
    """Which column holds what, by number."""

    heads: int
    field: int | None
    grade: int
    names: int
    prize: int | None
    multiplier: int


def award_tables(full: FullText, items: Sequence[Item]) -> list[Relation]:
    """The awards of every table with a column of grades and one of names.

    Args:
        full: The paper.
        items: Its logical lines.

    Returns:
        One relation a table, titled with its caption or what stands above it; names that merged
        cells cover are read once a row. Tables of anything else give none.
    """
    fields = Fields(full.text)
    found: list[Relation] = []
    for table in whole_tables(full):
        above = look_above(full.text, items, table.span.start, table.table.caption)
        columns = _columns(table, above.note.won)
        if columns is None:
            continue
        records = list(_records(fields, table, columns))
        if records:
            title, span = above.title, above.title_span
            if table.table.caption:
                caption = full.text[table.span.start : table.span.end].split("\n")[0]
                end = table.span.start + len(caption)
                own = fields.make("title", FieldType.TEXT, table.span.start, end)
                title, span = own.text, own.span
            found.append(
                Relation(
                    kind=RecordKind.AWARD, title=title, title_span=span, records=tuple(records)
                )
            )
    return found


def _columns(table: PlacedTable, won: int | None) -> _Columns | None:
    """Judge the columns; None for a table that is not of awards.

    Args:
        table: The table.
        won: Won that a bare amount stands for, as said above it; None where nobody says.
    """
    body = [cell for cell in table.cells if cell.cell.row > 0]
    graded = [cell for cell in body if _GRADE_CELL.fullmatch(cell.cell.text.strip())]
    if not graded:
        return None
    grade = graded[0].cell.column
    heads = {cell.cell.column: cell.cell.text for cell in table.cells if cell.cell.row == 0}
    rest = {column: text for column, text in heads.items() if column != grade}
    names = next((c for c, text in rest.items() if _NAME_HEAD.search(text)), None)
    if names is None:
        return None
    prize = next((c for c, text in rest.items() if _PRIZE_HEAD.search(text) and c != names), None)
    field = next(
        (c for c, text in rest.items() if _FIELD_HEAD.search(text) and c not in (names, prize)),
        None,
    )
    note = f"{table.table.caption} {heads.get(prize, '') if prize is not None else ''}"
    return _Columns(
        heads=1,
        field=field,
        grade=grade,
        names=names,
        prize=prize,
        multiplier=amounts.unit_note(note) or won or 1,
    )


def _cell(table: PlacedTable, row: int, column: int | None) -> PlacedCell | None:
    """The cell that covers a place of the grid."""
    if column is None:
        return None
    for placed in table.cells:
        cell = placed.cell
        inside = cell.row <= row < cell.row + cell.row_span
        if inside and cell.column <= column < cell.column + cell.column_span:
            return placed
    return None


def _records(fields: Fields, table: PlacedTable, columns: _Columns) -> Iterator[Record]:
    grade: PlacedCell | None = None
    label: PlacedCell | None = None
    seen: set[int] = set()
    for row in range(columns.heads, table.table.rows):
        # A blank cell below a grade or a field goes on with it.
        grade = _filled(_cell(table, row, columns.grade)) or grade
        label = _filled(_cell(table, row, columns.field)) or label
        names = _filled(_cell(table, row, columns.names))
        if grade is None or names is None or names.span.start in seen:
            continue
        seen.add(names.span.start)
        match = _GRADE_CELL.fullmatch(grade.cell.text.strip())
        if match and not FOOTING.search(names.cell.text):
            prize = _filled(_cell(table, row, columns.prize))
            yield from _row(fields, columns, (label, grade, names, prize), match)


def _filled(cell: PlacedCell | None) -> PlacedCell | None:
    return cell if cell is not None and cell.span.end > cell.span.start else None


def _row(
    fields: Fields,
    columns: _Columns,
    cells: tuple[PlacedCell | None, PlacedCell, PlacedCell, PlacedCell | None],
    match: re.Match[str],
) -> Iterator[Record]:
    label, grade, names, prize = cells
    groups = list(_levels(fields.text, names.span))
    prizes = _prizes(fields.text, prize, columns.multiplier)
    read = [(level, count, municipalities(fields.text, [piece])) for level, count, piece in groups]
    shared: list[Field] = []
    if label is not None and label is not grade:
        shared.append(fields.make("field", FieldType.NAME, label.span.start, label.span.end))
    name_end = grade.span.start + len(match["grade"])
    shared.append(fields.make("grade", FieldType.NAME, grade.span.start, name_end))
    for number, (level, count, found) in enumerate(read):
        at = number if len(prizes) == len(read) else 0
        sure = len(prizes) in (1, len(read))
        money = prizes[at] if sure and prizes else None
        extra = [fields.make("level", FieldType.NAME, level.start, level.end)] if level else []
        wrong = count is not None and count != len(found)
        for name in found:
            doubt = "award_count" if wrong else "" if name.exact else "award_names"
            doubt = doubt or ("award_prize" if prizes and money is None else "")
            yield Record(
                kind=RecordKind.AWARD,
                fields=(*shared, *extra, _municipality(name), *([money] if money else [])),
                spans=_spans(grade.span, names.span, money),
                doubt=doubt,
            )


def _levels(text: str, span: Span) -> Iterator[tuple[Span | None, int | None, Span]]:
    found = list(_LEVEL.finditer(text, span.start, span.end))
    if not found:
        yield None, None, span
        return
    ends = [*(match.start() for match in found[1:]), span.end]
    for match, end in zip(found, ends, strict=True):
        start, finish = match.span("level")
        yield Span(start=start, end=finish), int(match["count"]), Span(start=match.end(), end=end)


def _prizes(text: str, cell: PlacedCell | None, multiplier: int) -> list[Field]:
    if cell is None:
        return []
    start, words = cell.span.start, text[cell.span.start : cell.span.end]
    found = [
        Field(
            name="prize",
            type=FieldType.MONEY,
            text=amount.text,
            span=Span(start=start + amount.start, end=start + amount.end),
            value=amount.won,
        )
        for amount in amounts.find(words)
    ]
    won = None if found else amounts.parse_cell(words, multiplier)
    if won is None:
        return found
    return [Field(name="prize", type=FieldType.MONEY, text=words, span=cell.span, value=won)]


def _municipality(name: Municipality) -> Field:
    place = name.place or place_of("".join(name.text.split()))
    return Field(
        name="municipality",
        type=FieldType.PLACE if place else FieldType.ORGANISATION,
        text=name.text,
        span=name.span,
        place=place,
    )


def _spans(grade: Span, names: Span, prize: Field | None) -> tuple[Span, ...]:
    found: Sequence[Span] = [grade, names, *([prize.span] if prize else [])]
    return tuple(sorted(set(found), key=lambda span: span.start))
