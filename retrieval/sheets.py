"""Records as a sheet with a source for each row, and amounts that can be compared."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from corpus.messages import say
from corpus.records import Field, FieldType
from corpus.types import Visibility
from retrieval.lookup.columns import Column
from retrieval.lookup.row import Row
from retrieval.lookup.wording import Citations, label, shown_name
from retrieval.understanding.printed_data import mask_pieces

Value = str | int | float | None

# Two amounts are said in a sentence; three are seen better than read.
_FEWEST = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """Rows of an answer or a view, ready for a file.

    Attributes:
        title: What it shows.
        heads: Names of the columns; amounts say `(원)` and rates `(%)`.
        lines: Values by row, in the order of the heads: numbers for amounts, rates and counts
            without a counter word, text as printed for the rest, None where nothing is printed.
            Every line ends with its paper, its place there, its verbatim quote and the paper's
            file name.
    """

    title: str
    heads: tuple[str, ...]
    lines: tuple[tuple[Value, ...], ...]

    def shown_to(self, audience: Visibility) -> Sheet:
        """The sheet with personal data of its papers masked, but for staff."""
        if audience >= Visibility.STAFF:
            return self
        return replace(self, lines=tuple(self._masked(line) for line in self.lines))

    def _masked(self, line: tuple[Value, ...]) -> tuple[Value, ...]:
        """A line, each value judged by its heading and by what stands beside it."""
        text, cuts = "", [0]
        for head, value in zip(self.heads, line, strict=True):
            text += f"{head}: "
            text += value if isinstance(value, str) else ""
            cuts += [len(text) - (len(value) if isinstance(value, str) else 0), len(text)]
            text += " | "
        pieces = mask_pieces(text, cuts)[1::2]
        return tuple(
            piece if isinstance(value, str) else value
            for piece, value in zip(pieces, line, strict=True)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Amounts that can be seen beside each other.

    Attributes:
        title: What they are.
        bars: Name and amount in won, in printed order.
        source: Title of the papers they stand in.
    """

    title: str
    bars: tuple[tuple[str, int], ...]
    source: str


def sheet(rows: Sequence[Row], title: str, citations: Callable[[], Citations]) -> Sheet:
    """Put records into columns.

    Args:
        rows: The records, in the order of the sheet.
        title: What it shows.
        citations: Makes the citations of one use.
    """
    columns = list(dict.fromkeys(_key(row, field) for row in rows for field in row.fields))
    sources = [say(f"sheet.{name}") for name in ("paper", "place", "quote", "file")]
    lines = []
    for row in rows:
        values = {_key(row, field): field for field in reversed(row.fields)}
        cite = citations()
        cite.add(row)
        (source,) = cite.all()
        told = [values.get(column) for column in columns]
        shown = [None if field is None else _value(field) for field in told]
        lines.append((*shown, source.title, source.locator, source.quote, source.document))
    heads = [_head(column, rows) for column in columns]
    return Sheet(title=title, heads=(*heads, *sources), lines=tuple(lines))


def figures(rows: Sequence[Row], compared: str, title: str) -> Figures | None:
    """The amounts of one column, named by their rows; None of fewer than three."""
    column = Column(name=compared, type=FieldType.MONEY)
    found = [(row, field) for row in rows if (field := column.of(row))]
    if len(found) < _FEWEST:
        return None
    papers = dict.fromkeys(row.title for row, _ in found)
    shown = "" if compared.isascii() else f" ({compared})"
    return Figures(
        title=f"{title}{shown}",
        bars=tuple(
            (name, field.value or 0)
            for name, (_, field) in zip(_told_apart([row for row, _ in found]), found, strict=True)
        ),
        source=", ".join(papers),
    )


def _told_apart(rows: Sequence[Row]) -> list[str]:
    """Names of rows; where several have one name, with the value that tells them apart."""
    names = [label(row) for row in rows]
    return [
        name if names.count(name) == 1 else f"{name} {_apart(row, name)}".strip()
        for name, row in zip(names, rows, strict=True)
    ]


def _apart(row: Row, name: str) -> str:
    for field in (row.field("year"), row.field("section"), *row.fields):
        if field and field.text and field.type not in _NUMBERS and field.text != name:
            return field.text
    return row.title


def _key(row: Row, field: Field) -> tuple[str, FieldType | None]:
    """A column: what has one name and one kind of value; text of any type is one kind."""
    number = field.value is not None and field.type in _NUMBERS
    return field.name, field.type if number else None


_NUMBERS = {FieldType.MONEY: 1, FieldType.RATE: 100, FieldType.COUNT: 1}


def _head(column: tuple[str, FieldType | None], rows: Sequence[Row]) -> str:
    name, kind = column
    field = next(f for row in rows for f in row.fields if _key(row, f) == column)
    shown = shown_name(field) or name
    if kind is FieldType.MONEY:
        return f"{shown}(원)"
    return f"{shown}(%)" if kind is FieldType.RATE else shown


def _value(field: Field) -> Value:
    if field.value is None or field.type not in _NUMBERS:
        return field.text
    if field.type is FieldType.COUNT and field.unit:
        return field.text or field.value
    return field.value / 100 if field.type is FieldType.RATE else field.value
