"""A table with a head as a relation: typed fields, inherited cells, totals, nesting."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from corpus.extraction.columns import Column, understand
from corpus.extraction.grid import GridCell
from corpus.extraction.headings import Head, is_dash, repeat
from corpus.extraction.kinds import field_names, hours_column, kind_of
from corpus.extraction.rows import BodyRow, RowKind, is_total, own_text, read_rows
from corpus.extraction.surroundings import Above, years_of
from corpus.extraction.table_cells import (
    NUMERIC,
    in_unit_of_row,
    inherited_field,
    of_label,
    own_field,
)
from corpus.extraction.units import read_note
from corpus.records import Field, FieldType, Finding, Record, RecordKind, Relation
from corpus.types import Span

_KEYS = {FieldType.PLACE, FieldType.NAME, FieldType.PERSON, FieldType.ORGANISATION, FieldType.TEXT}
SECTION = "section"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Layout:
    """The columns of a table as fields."""

    kind: RecordKind
    columns: tuple[Column, ...]
    names: tuple[str, ...]
    above: Above


def relation_of(head: Head, above: Above) -> tuple[Relation | None, list[Finding]]:
    """Read a table.

    Args:
        head: The table with its head.
        above: What stands above it.

    Returns:
        The relation, None if no row holds a value; and a finding for each cell that does not fit
        its column.
    """
    rows = _unfolded(head, read_rows(head))
    layout = _layout(head, rows, above)
    findings: list[Finding] = []
    records: list[Record] = []
    open_rows: list[tuple[int, int]] = []
    for row in rows:
        if row.kind is RowKind.SECTION:
            open_rows.clear()
            continue
        record = _record(layout, row, findings)
        if record is None:
            continue
        level = _level(layout, row)
        while open_rows and open_rows[-1][0] >= level:
            open_rows.pop()
        if open_rows and not record.total:
            record = replace(record, parent=open_rows[-1][1])
        if row.kind is RowKind.DATA:
            open_rows.append((level, len(records)))
        records.append(record)
    if not records:
        return None, findings
    title = above.title or (head.captions[0].text if head.captions else "")
    relation = Relation(
        kind=layout.kind,
        title=title,
        title_span=above.title_span,
        records=tuple(records),
        heads=_heads(layout),
    )
    return relation, findings


def _heads(layout: _Layout) -> str:
    """Headings that the fields do not keep as their names."""
    named = zip(layout.columns, layout.names, strict=True)
    return "\n".join(column.name for column, name in named if column.name != name)


def _unfolded(head: Head, rows: Sequence[BodyRow]) -> list[BodyRow]:
    """Halves of a table printed side by side put below each other."""
    width = repeat(head.names)
    if width == len(head.names):
        return list(rows)
    found: list[BodyRow] = []
    for offset in range(0, len(head.names), width):
        for row in rows:
            cells = {c - offset: cell for c, cell in row.cells.items() if 0 <= c - offset < width}
            inherited = {
                c - offset: cell for c, cell in row.inherited.items() if 0 <= c - offset < width
            }
            if not cells or (row.kind is not RowKind.DATA and len(cells) == 1 < len(row.cells)):
                continue
            printed = [cells[column] for column in sorted(cells)]
            span = Span(start=printed[0].span.start, end=printed[-1].span.end)
            kind = row.kind
            if kind is not RowKind.SECTION:
                kind = RowKind.TOTAL if is_total(printed[0].text) else RowKind.DATA
            found.append(replace(row, kind=kind, cells=cells, inherited=inherited, span=span))
    return found


def _layout(head: Head, rows: Sequence[BodyRow], above: Above) -> _Layout:
    note = next(filter(None, (read_note(cell.text) for cell in head.captions)), above.note)
    names = head.names[: repeat(head.names)]
    columns: list[Column] = []
    texts: list[list[str]] = []
    for index, name in enumerate(names):
        own = [row.cells.get(index) or row.inherited.get(index) for row in rows if _is_data(row)]
        texts.append([own_text(cell)[0] for cell in own if cell is not None])
        columns.append(understand(name or _nameless(index), texts[-1], note))
    _promote_key(columns, texts)
    kind = kind_of(columns, texts)
    fields = field_names(kind, columns, texts)
    hours = hours_column(columns, texts)
    if kind is RecordKind.EVENT and hours is not None:
        fields[hours] = "hours"
        columns[hours] = replace(columns[hours], type=FieldType.TEXT)
    return _Layout(kind=kind, columns=tuple(columns), names=tuple(fields), above=above)


def _promote_key(columns: list[Column], texts: Sequence[Sequence[str]]) -> None:
    """Where no column holds names, the first one of short words names the rows."""
    if any(column.type in _KEYS - {FieldType.TEXT} for column in columns):
        return
    for index, column in enumerate(columns):
        if column.type is FieldType.TEXT and texts[index] and max(map(len, texts[index])) <= 40:
            columns[index] = replace(column, type=FieldType.NAME)
            return


def _is_data(row: BodyRow) -> bool:
    return row.kind is RowKind.DATA


def _nameless(index: int) -> str:
    """A name for a column without a heading; the first one names the rows."""
    return f"{index + 1}열" if index else "구분"


def _level(layout: _Layout, row: BodyRow) -> int:
    """Nesting of a row: by its bullet, or by the column of a heading over several label columns."""
    if not row.cells:
        return row.depth
    first = min(row.cells)
    name = layout.columns[first].name
    under = first > 0 and layout.columns[first - 1].name == name and 0 not in row.inherited
    return row.depth + (first if under else 0)


def _record(layout: _Layout, row: BodyRow, findings: list[Finding]) -> Record | None:
    fields: list[Field] = []
    doubt = ""
    label = _label(layout, row)
    for index, column in enumerate(layout.columns):
        cell = row.cells.get(index)
        if cell is not None and not is_dash(cell.text):
            read_as = of_label(column, label if index else "")
            field, found = own_field(layout.names[index], read_as, cell, row)
            findings.extend(found)
            if field.type is FieldType.TEXT and column.type in NUMERIC and cell.column_span > 1:
                continue  # words across number columns belong to none of them
            fields.append(field)
            merged = cell.row_span > 1 and column.type in NUMERIC
            doubt = doubt or ("merged_amount" if merged else "")
            if field.type is FieldType.MONEY and field.value is None:
                doubt = doubt or "unit_unclear"
        elif (above := row.inherited.get(index)) and column.type not in NUMERIC:
            name = _name_above(layout, index)
            fields.append(inherited_field(name, column, above, row))
    if not any(field.span.end > field.span.start for field in fields):
        return None
    fields = in_unit_of_row(fields)
    total = row.kind is not RowKind.DATA
    numbers = [field for field in fields if field.type in {FieldType.MONEY, FieldType.COUNT}]
    if len(numbers) > 1 and all(field.text.startswith("(") for field in numbers):
        doubt = doubt or "unit_unclear"  # a second line of other figures under the same name
    return Record(
        kind=layout.kind,
        fields=(*_from_above(layout, row), *fields),
        spans=_spans(layout, row),
        total=total,
        doubt=doubt,
    )


def _label(layout: _Layout, row: BodyRow) -> str:
    """The words that name a row: its own label cells, joined."""
    words = [
        cell.text
        for index, cell in sorted(row.cells.items())
        if index < len(layout.columns) and layout.columns[index].type not in NUMERIC
    ]
    return words[0] if words else ""


def _name_above(layout: _Layout, index: int) -> str:
    """Under one heading over several label columns, the outer ones are sections."""
    following = layout.columns[index + 1].name if index + 1 < len(layout.columns) else ""
    return SECTION if following == layout.columns[index].name else layout.names[index]


def _from_above(layout: _Layout, row: BodyRow) -> list[Field]:
    """Fields that stand over the row: its section, and the year of a budget."""
    nowhere = Span(start=row.span.start, end=row.span.start)
    fields: list[Field] = []
    if row.section is not None:
        fields.append(Field(name=SECTION, type=FieldType.NAME, text=row.section.text, span=nowhere))
    dated = any(column.type is FieldType.DATE or years_of(column.name) for column in layout.columns)
    year = layout.above.year
    if layout.kind is RecordKind.BUDGET_LINE and year and not dated:
        fields.append(
            Field(
                name="year",
                type=FieldType.DATE,
                text=f"{year}년",
                span=nowhere,
                first=year,
                last=year,
            )
        )
    return fields


def _spans(layout: _Layout, row: BodyRow) -> tuple[Span, ...]:
    """Where the row is printed; before it the merged cell that names it, if it has no own name."""
    if any(_names(layout.columns, row.cells)):
        return (row.span,)
    above = [row.inherited[index].span for index in _names(layout.columns, row.inherited)]
    return (*above[:1], row.span)


def _names(columns: Sequence[Column], cells: Mapping[int, GridCell]) -> list[int]:
    return [
        index for index in sorted(cells) if index < len(columns) and columns[index].type in _KEYS
    ]
