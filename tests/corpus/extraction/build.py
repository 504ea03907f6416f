"""Small invented papers for the tests of extraction."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.fulltext import FullText, flatten
from corpus.outline import Item, outline
from corpus.records import Extraction, Record
from corpus.types import Block, Cell, Paper, Paragraph, Table


def read(*blocks: Block | str) -> tuple[FullText, list[Item]]:
    """The full text and outline of a paper; strings are paragraphs."""
    made = [Paragraph(text=block) if isinstance(block, str) else block for block in blocks]
    full = flatten(Paper(format="txt", blocks=made))
    return full, outline(full.text, full.levels)


def table(*rows: Sequence[str], caption: str = "") -> Table:
    """A table without merged cells."""
    cells = [
        Cell(row=number, column=column, text=text)
        for number, row in enumerate(rows)
        for column, text in enumerate(row)
    ]
    return Table(rows=len(rows), columns=max(map(len, rows)), cells=tuple(cells), caption=caption)


def merged(rows: int, columns: int, *cells: tuple[int, int, int, int, str]) -> Table:
    """A table of cells given as row, column, row span, column span, text."""
    return Table(
        rows=rows,
        columns=columns,
        cells=tuple(
            Cell(row=r, column=c, row_span=rs, column_span=cs, text=text)
            for r, c, rs, cs, text in cells
        ),
    )


def values(record: Record) -> dict[str, object]:
    """Fields by name: the canonical place, the number, the first day, else the text."""
    return {
        field.name: field.place
        or (field.value if field.value is not None else field.first or field.text)
        for field in record.fields
    }


def folded(text: str) -> str:
    return "".join(text.split())


def misplaced(full: FullText, extraction: Extraction) -> list[str]:
    """Texts of fields whose span does not hold them, and of records with spans outside."""
    wrong: list[str] = []
    for relation in extraction.relations:
        for record in relation.records:
            for span in record.spans:
                if not 0 <= span.start < span.end <= len(full.text):
                    wrong.append(repr(record))
            for field in record.fields:
                printed = full.text[field.span.start : field.span.end]
                if printed and folded(field.text) not in folded(printed):
                    wrong.append(field.text)
    return wrong
