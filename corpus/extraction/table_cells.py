"""One cell of a table as a field: typed by its column, corrected by the label of its row."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus import amounts
from corpus.extraction.columns import Column, hint
from corpus.extraction.grid import GridCell
from corpus.extraction.rows import BodyRow, RowKind, is_total, own_text
from corpus.extraction.values import guess, make
from corpus.records import Field, FieldType, Finding
from corpus.types import Span

NUMERIC = frozenset({FieldType.MONEY, FieldType.COUNT, FieldType.RATE})


def of_label(column: Column, label: str) -> Column:
    """The column for one row, whose label may say better what its numbers are.

    Args:
        column: As its heading and cells tell.
        label: The words that name the row; empty where they do not matter.
    """
    told = hint(label) if label and not column.sure and column.type in NUMERIC else None
    return replace(told, name=column.name) if told else column


def own_field(
    name: str, column: Column, cell: GridCell, row: BodyRow
) -> tuple[Field, list[Finding]]:
    """The field of a cell that stands in its row.

    Args:
        name: Name of the field.
        column: What the cell should hold.
        cell: The cell, not empty.
        row: The row that it belongs to.

    Returns:
        The field, text where the cell does not fit its column; a finding if it holds digits that
        should have been a number.
    """
    text, span = own_text(cell) if column.type not in NUMERIC else (cell.text, cell.span)
    if is_total(text):
        return Field(name=name, type=FieldType.TEXT, text=text, span=span), []
    if column.type is FieldType.TEXT:
        return guess(name, text, span), []
    field = make(name, column.type, text, span, won=column.won, unit=column.unit)
    if field is not None:
        return field, []
    plain = Field(name=name, type=FieldType.TEXT, text=text, span=span)
    odd = column.type in NUMERIC and row.kind is RowKind.DATA and cell.column_span == 1
    finding = Finding(code="cell_unread", values=(column.name, text), spans=(span,))
    return plain, [finding] if odd and re.search(r"\d", text) else []


def inherited_field(name: str, column: Column, above: GridCell, row: BodyRow) -> Field:
    """The field of a merged cell that began in a row above; its span is empty.

    Args:
        name: Name of the field.
        column: What the cell should hold.
        above: The merged cell.
        row: The row that inherits it.
    """
    nowhere = Span(start=row.span.start, end=row.span.start)
    text = own_text(above)[0]
    field = make(name, column.type, text, nowhere, won=column.won, unit=column.unit)
    return field or Field(name=name, type=FieldType.TEXT, text=text, span=nowhere)


def in_unit_of_row(fields: Sequence[Field]) -> list[Field]:
    """Tables of indicators print the unit of each row in a column of its own."""
    unit = next((field.text for field in fields if field.name == "단위"), "")
    won = amounts.unit_note(f"({unit})") if unit else None
    found: list[Field] = []
    for field in fields:
        if unit and field.type is FieldType.COUNT and not field.unit:
            kind = FieldType.MONEY if won else FieldType.COUNT
            told = make(field.name, kind, field.text, field.span, won=won, unit=unit)
            found.append(told or field)
        else:
            found.append(field)
    return found
