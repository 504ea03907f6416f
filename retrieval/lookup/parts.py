"""Which rows of a table a question names: by place, by a cell, by what became of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from corpus.records import FieldType
from retrieval.lookup.asked import Asked
from retrieval.lookup.columns import names_said
from retrieval.lookup.row import Row
from retrieval.understanding.row_words import states_named

TOTAL = re.compile(r"(?:소\s*계|합\s*계|총\s*계|누\s*계)\s*$|^\s*계\s*$")
NAMES = frozenset({FieldType.NAME, FieldType.TEXT, FieldType.ORGANISATION})
CELLS = NAMES | {FieldType.CODE}
"""Types of the cells by which a question may name rows."""
_SHORTEST_VALUE, _LONGEST_VALUE = 2, 24
_NUMBERED = re.compile(r"^[\sⅠ-Ⅻ\dA-Za-z.\-()○·]+")
# A value of a cell that a question may name: longer ones are sentences.


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Rows of a table that a question names, one by one or by a word that they share.

    Attributes:
        name: What the question calls them, as the table prints it.
        rows: The rows, in printed order.
        column: The column that the name stands in.
        at: Where the question names them.
    """

    name: str
    rows: tuple[Row, ...]
    column: str
    at: int


def named(asked: Asked, rows: Sequence[Row], totals: Sequence[Row]) -> list[Part]:
    """Rows that the question names by a place or by the words of a cell, in its order."""
    text = asked.question.text
    for word in names_said(rows, text):
        text = text.replace(word, "_" * len(word))  # 선정 is no cell in 선정액
    parts = [
        Part(name=place, rows=held, column="", at=n)
        for n, place in enumerate(asked.places)
        if (held := tuple(row for row in rows if place in row.places))
    ]
    parts += _subtotals(totals, text)
    taken: list[tuple[int, int]] = []
    packed = "".join(text.split())
    above = f"{rows[0].heading} {rows[0].title}"
    for value, column, holding in _values(rows):
        if "".join(value.split()) not in packed:
            continue  # most values; a pattern for each of them was a tenth of a question
        if (span := _said(value, text, column, above)) and not _within(span, taken):
            taken.append(span)
            at = span[0] + len(text)
            parts.append(Part(name=value, rows=tuple(holding), column=column, at=at))
    return sorted([*parts, *_in_state(rows, parts, text)], key=lambda part: part.at)


def may_name(asked: Asked, texts: Iterable[str]) -> bool:
    """Whether `named` may find more than places in rows that hold some texts in their cells."""
    packed = asked.question.packed
    readings = ("".join(value.split()) for text in texts for value in _readings(text))
    return bool(states_named(packed)) or any(reading in packed for reading in readings)


def first_text(row: Row) -> str:
    """The last text before the numbers of a row, where tables print 소계 and 합계."""
    texts = [field.text for field in row.fields if field.type in NAMES | {FieldType.CODE}]
    return next((text for text in texts if TOTAL.search(text)), texts[0] if texts else "")


def _values(rows: Sequence[Row]) -> list[tuple[str, str, list[Row]]]:
    """Short values of text columns with their column and their rows, longest first."""
    found: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        for field in row.fields:
            name = field.type in NAMES or (field.type is FieldType.CODE and "-" in field.text)
            if name and field.name not in {"context", "section", "label"}:
                for value in _readings(field.text):
                    held = found.setdefault((value, field.name), [])
                    if not held or held[-1] is not row:
                        held.append(row)
    named = [(value, name, held) for (value, name), held in found.items() if len(held) < len(rows)]
    return sorted(named, key=lambda entry: -len(entry[0]))


def _subtotals(totals: Sequence[Row], text: str) -> list[Part]:
    """Subtotals that a question names by what they sum up: 전략 2 for `전략 2 소계`."""
    parts = []
    for row in totals:
        name = TOTAL.sub("", first_text(row)).strip()
        if name and (match := re.search(r"\s*".join(map(re.escape, "".join(name.split()))), text)):
            parts.append(Part(name=name, rows=(row,), column="", at=match.start() + len(text)))
    return parts


def _readings(text: str) -> set[str]:
    """A cell's value, and without the number or the brackets that people leave out."""
    plain = text.strip()
    shorter = {plain, _NUMBERED.sub("", plain), re.sub(r"\s*\(.*?\)\s*", "", plain)}
    return {value for value in shorter if _SHORTEST_VALUE <= len(value) <= _LONGEST_VALUE}


def _said(value: str, text: str, column: str, above: str) -> tuple[int, int] | None:
    """Where a question says a cell's value as words of its own."""
    spaced = r"\s*".join(map(re.escape, "".join(value.split())))
    alone = r"(?<![가-힣\d])" if len(value) <= 3 else ""
    match = re.search(alone + spaced, text)
    if match is None:
        return None
    if value in above and not re.match(
        rf"\s*(?:{re.escape(column)}|분야|부문|등급)", text[match.end() :]
    ):
        return None  # the subject of the whole table, not one of its rows
    return match.span()


def _within(span: tuple[int, int], taken: Sequence[tuple[int, int]]) -> bool:
    return any(span[0] < end and span[1] > start for start, end in taken)


def states_said(asked: Asked, rows: Sequence[Row]) -> list[Part]:
    """Rows by what became of them, as the question says it in any words."""
    return _in_state(rows, (), asked.question.text)


def _in_state(rows: Sequence[Row], parts: Sequence[Part], text: str) -> list[Part]:
    """Rows by what became of them, said in everyday words: 떨어진 for 미선정."""
    packed = "".join(text.split())
    said = {"".join(part.name.split()) for part in parts}
    found: list[Part] = []
    for state, words in states_named(packed):
        if any(state in name for name in said) or any(part.at < 0 for part in found):
            continue
        column, inside = _holding(rows, state)
        if inside and len(inside) < len(rows):
            found.append(Part(name=words, rows=inside, column=column, at=len(text) * 3))
    return found


def _holding(rows: Sequence[Row], state: str) -> tuple[str, tuple[Row, ...]]:
    """The rows with a cell that says a state and no other (선정 is not 미선정), and its column."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        for field in row.fields:
            plain = "".join(field.text.split())
            short = field.type in NAMES and len(plain) <= _LONGEST_VALUE
            if short and re.search(rf"(?<![미불부]){state}(?!안|되지)", plain):
                found.setdefault(field.name, []).append(row)
    if not found:
        return "", ()
    column = max(found, key=lambda name: len(found[name]))
    return column, tuple(dict.fromkeys(found[column]))
