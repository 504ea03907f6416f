"""Short numbered lists under a heading, also where a box cuts them in two."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from corpus.bullets import is_label
from corpus.extraction.boxes import boxes
from corpus.extraction.fields import Fields
from corpus.extraction.lines import Line, lines
from corpus.extraction.stretches import Stretches
from corpus.fulltext import FullText
from corpus.records import Field, FieldType, Record, RecordKind, Relation
from corpus.types import Span

_ORDINALS = {
    "paren": re.compile(r"\(?(\d{1,2})\)"),
    "circled": re.compile(r"([①-⑳])"),
}
_INNER_CODE = re.compile(r"\s*(?P<code>\d{1,2}-\d{1,2}(?:-\d{1,2})?)[.)]?\s+")
_COLON = re.compile(r"\s[:：]\s|(?<=[가-힣)])[:：]\s")
_PRESENTED = re.compile(r"\s*(?:제안\s?)?(?:설명|보고|발표)(?:\s?진행)?\s*(?:\(|$)|\s*\(")
_ITEM_WORD = re.compile(r"안\s?건\s+")
_SUM = re.compile(r"(?:⇒|→|➡|※|\*)?\s*(?:총|합계|소계|계)[\s:]")
_HEADINGS = {"dash", "circle", "square", "number", "syllable", "syllable paren", "dot", "", "roman"}
_LONGEST_HEADING = 45
_SHORT_HEADING = 16
_LONGEST_TITLE = 60
_LONGEST_ITEM = 500
_FEWEST_ITEMS = 2
# Where a blank line stands behind every line, it ends nothing.
_LOOKED_AT = 6


@dataclass(slots=True)
class _Entry:
    number: int
    lines: list[Line]
    notes: list[Line] = field(default_factory=list)
    children: int = 0


def numbered_lists(full: FullText) -> list[Relation]:
    """The numbered lists of a paper that name one thing an item.

    A list begins with 1 under a short heading and counts up; arrows below an item are its notes.
    A box of opinions that floats into a list is left out, and what it tore apart is one item
    with two spans. Numbered sections, whose items have bullets of their own, are no lists.

    Returns:
        One relation a list with the heading as its title; rows with `number`, `code` (a
        project's own, such as 2-6), `title`, `text`, `note` and the `section` above, as far as
        printed.
    """
    fields = Fields(full.text)
    printed = _outside(full)
    found: list[Relation] = []
    for number, line in enumerate(printed):
        if number and _ordinal(full.text, line) == 1:
            heading = printed[number - 1]
            entries = _entries(full.text, printed[number:])
            if _is_heading(full.text, heading) and _is_list(full.text, entries):
                section = _section(fields, printed[: number - 1])
                found.append(_relation(fields, heading, entries, section))
    return found


def _outside(full: FullText) -> list[Line]:
    """The lines that stand in no box and no table."""
    printed = lines(full.text)
    found = boxes(full.text, printed)
    taken = Stretches(
        [
            *(Span(start=box.start, end=box.end) for box in found),
            *(table.span for table in full.tables),
        ]
    )
    return [line for line in printed if line.start not in taken]


def _section(fields: Fields, above: Sequence[Line]) -> tuple[Field, ...]:
    """The numbered heading that the list stands under, without who presented it."""
    for line in reversed(above):
        if line.family in {"number", "roman", "agenda", "chapter"}:
            named = _ITEM_WORD.match(fields.text, line.body, line.end)
            start = named.end() if named else line.body
            match = _PRESENTED.search(fields.text, start, line.end)
            return (
                fields.make("section", FieldType.NAME, start, match.start() if match else line.end),
            )
    return ()


def _ordinal(text: str, line: Line) -> int:
    pattern = _ORDINALS.get(line.family)
    match = pattern.match(text, line.start) if pattern else None
    if match is None:
        return 0
    return int(match[1]) if match[1].isascii() else ord(match[1]) - ord("①") + 1


def _is_heading(text: str, line: Line) -> bool:
    words = text[line.body : line.end]
    if line.family not in _HEADINGS or len(words) > _LONGEST_HEADING:
        return False
    stated = re.search(r"(?:다|음|함|됨|임)[.)]?$", words)
    if words.endswith((":", "：")):
        return True
    # Without colon or bullet, a heading is short and stands below a blank line.
    marked = bool(line.family) or (line.broken and len(words) <= _SHORT_HEADING)
    return marked and not stated


def _entries(text: str, following: Sequence[Line]) -> list[_Entry]:
    entries: list[_Entry] = []
    first = following[0]
    spaced = sum(line.broken for line in following[1:_LOOKED_AT]) * 2 >= len(
        following[1:_LOOKED_AT]
    )
    for line in following:
        ordinal = _ordinal(text, line) if line.family == first.family else 0
        if ordinal == len(entries) + 1:
            entries.append(_Entry(number=ordinal, lines=[line]))
        elif line.family == "remark" and not _SUM.match(text, line.start):
            entries[-1].notes.append(line)
        elif not line.family and not (line.broken and not spaced) and not _labels(text, line):
            (entries[-1].notes or entries[-1].lines).append(line)
        elif line.family in {"dash", "dot", "circle", "circled"} and line.indent > first.indent:
            entries[-1].children += 1
        else:
            break
    return entries


def _labels(text: str, line: Line) -> bool:
    return is_label(text[line.start : line.end])


def _is_list(text: str, entries: Sequence[_Entry]) -> bool:
    sections = sum(entry.children > 0 for entry in entries)
    longest = max(sum(line.end - line.start for line in entry.lines) for entry in entries)
    named = all(re.search(r"\w", text[e.lines[0].body : e.lines[-1].end]) for e in entries)
    enough = len(entries) >= _FEWEST_ITEMS and named
    return enough and sections == 0 and longest <= _LONGEST_ITEM


def _relation(
    fields: Fields, heading: Line, entries: Sequence[_Entry], section: tuple[Field, ...]
) -> Relation:
    end = heading.start + len(fields.text[heading.start : heading.end].rstrip(" :："))
    title = fields.make("title", FieldType.TEXT, heading.body, end)
    return Relation(
        kind=RecordKind.ROW,
        title=title.text,
        title_span=title.span,
        records=tuple(_record(fields, entry, section) for entry in entries),
    )


def _record(fields: Fields, entry: _Entry, section: tuple[Field, ...]) -> Record:
    pieces = _pieces(fields.text, entry.lines)
    first = pieces[0]
    begin = entry.lines[0].body
    inner = _INNER_CODE.match(fields.text, begin, first.end)
    found = [fields.make("number", FieldType.CODE, first.start, begin)]
    if inner:
        found.append(fields.make("code", FieldType.CODE, *inner.span("code")))
        begin = inner.end()
    colon = _COLON.search(fields.text, begin, first.end)
    if colon and colon.start() - begin <= _LONGEST_TITLE:
        found.append(fields.make("title", FieldType.NAME, begin, colon.start()))
        found.append(_torn(fields, "text", [Span(start=colon.end(), end=first.end), *pieces[1:]]))
    else:
        found.append(_torn(fields, "title", [Span(start=begin, end=first.end), *pieces[1:]]))
    spans = list(pieces)
    if entry.notes:
        notes = _pieces(fields.text, entry.notes)
        found.append(_torn(fields, "note", [_after_arrow(entry.notes[0], notes[0]), *notes[1:]]))
        spans.extend(notes)
    return Record(kind=RecordKind.ROW, fields=(*found, *section), spans=tuple(spans))


def _pieces(text: str, printed: Sequence[Line]) -> list[Span]:
    """Stretches of lines with nothing but blanks between them."""
    pieces: list[Span] = []
    for line in printed:
        if pieces and not text[pieces[-1].end : line.start].strip():
            pieces[-1] = Span(start=pieces[-1].start, end=line.end)
        else:
            pieces.append(Span(start=line.start, end=line.end))
    return pieces


def _torn(fields: Fields, name: str, pieces: Sequence[Span]) -> Field:
    """A field over one or more pieces; its span is the first one."""
    text = " ".join(fields.mender.mend(piece.start, piece.end) for piece in pieces)
    kind = FieldType.NAME if name == "title" else FieldType.TEXT
    return Field(
        name=name, type=kind, text=text, span=fields.trimmed(pieces[0].start, pieces[0].end)
    )


def _after_arrow(line: Line, piece: Span) -> Span:
    return Span(start=line.body, end=piece.end)
