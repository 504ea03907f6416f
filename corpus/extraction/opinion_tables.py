"""Tables of opinions with the answer in the same row, as opinions and their replies."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.extraction.fields import Fields
from corpus.extraction.kinds import is_opinion, is_reply
from corpus.extraction.pairing import assigned
from corpus.extraction.speakers import prefix
from corpus.extraction.topics import Likeness
from corpus.records import Field, FieldType, Record, RecordKind, Relation
from corpus.types import Span

_BULLET = "○◯〇●◦◎•·ㆍ▪■□◇◆▶▷–-"
_ENUMERATED = re.compile(r"(?:^|(?<=\s))(?:(?P<number>\d{1,2})[.)](?!\d)|(?P<circled>[①-⑳]))\s*")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Cell:
    """What a cell says: its statements, each with its text and who made it."""

    statements: tuple[Field, ...]
    who: tuple[Field | None, ...]


def paired(relation: Relation, text: str) -> Relation:
    """Part each row of a table of opinions.

    A cell may list several opinions, and the one beside it their replies: as many replies as
    opinions are paired in order, others by the words they share, with the doubt `pairing`.

    Args:
        relation: Rows whose fields carry the printed headings.
        text: Text of the paper.

    Returns:
        An opinion for each one that a row holds, each followed by its reply where one is printed.
    """
    fields = Fields(text)
    likeness = Likeness(text)
    records: list[Record] = []
    for row in relation.records:
        opinion = _only(row, is_opinion)
        if opinion is None:
            continue
        rest = tuple(
            field
            for field in row.fields
            if field.name != "department" and not (is_opinion(field.name) or is_reply(field.name))
        )
        asked = _cell(fields, opinion)
        reply = _only(row, is_reply)
        answered = _cell(fields, reply) if reply else _Cell(statements=(), who=())
        pairs = _pairs(asked, answered, likeness)
        for number, said in enumerate(asked.statements):
            index = len(records)
            who = _named(rest, asked.who[number])
            records.append(
                replace(row, kind=RecordKind.OPINION, fields=(said, *rest, *who), parent=None)
            )
            if number in pairs:
                answer, doubt = pairs[number]
                records.append(
                    replace(
                        row,
                        kind=RecordKind.REPLY,
                        fields=_reply(row, answered, answer),
                        parent=index,
                        doubt=doubt or row.doubt,
                    )
                )
    return replace(relation, records=tuple(records))


def _only(row: Record, fits: Callable[[str], bool]) -> Field | None:
    found = [field for field in row.fields if fits(field.name)]
    return replace(found[0], name="text", type=FieldType.TEXT) if found else None


def _reply(row: Record, cell: _Cell, number: int) -> tuple[Field, ...]:
    department = row.field("department")
    beside = (department,) if department else ()
    return (cell.statements[number], *beside, *_named(beside, cell.who[number]))


def _named(known: Sequence[Field], who: Field | None) -> tuple[Field, ...]:
    """Who spoke, unless a column of the table says so already."""
    if who is None or any(field.name == who.name for field in known):
        return ()
    return (who,)


def _pairs(asked: _Cell, answered: _Cell, likeness: Likeness) -> dict[int, tuple[int, str]]:
    """For each opinion of a row its reply, and the doubt of the pairing."""
    opinions = [field.text for field in asked.statements]
    replies = [field.text for field in answered.statements]
    if len(opinions) == len(replies) == 1:
        return {0: (0, "")}
    even = len(opinions) == len(replies)
    found = assigned(
        [*opinions, *replies],
        range(len(opinions)),
        range(len(opinions), len(opinions) + len(replies)),
        likeness,
    )
    return {o: (r - len(opinions), "" if sure and even else "pairing") for o, r, sure in found}


def _cell(fields: Fields, cell: Field) -> _Cell:
    spans = list(_statements(fields.text, cell.span))
    if len(spans) < 2:  # one statement stays as the table read it
        spans = [cell.span]
    statements: list[Field] = []
    who: list[Field | None] = []
    for span in spans:
        said = prefix(fields.text, span.start, span.end)
        start = said.end() if said and said.end() < span.end else span.start
        who.append(_who(fields, said) if start > span.start and said else None)
        if start == cell.span.start and span.end == cell.span.end:
            statements.append(cell)
        else:
            statements.append(fields.make("text", FieldType.TEXT, start, span.end))
    return _Cell(statements=tuple(statements), who=tuple(who))


def _who(fields: Fields, said: re.Match[str]) -> Field:
    start, end = said.span("speaker")
    office = re.fullmatch(r"[가-힣]{2,12}(?:과|팀|실|국|센터|담당관|소)", fields.text[start:end])
    if office:
        return fields.make("department", FieldType.ORGANISATION, start, end)
    return fields.make("speaker", FieldType.PERSON, start, end)


def _statements(text: str, cell: Span) -> Iterator[Span]:
    """The listed statements of a cell, whose lines stand on one line in the text."""
    starts = _bulleted(text, cell) or _enumerated(text, cell)
    if not starts:
        return
    for (_, start), (end, _) in zip(starts, [*starts[1:], (cell.end, 0)], strict=True):
        words = text[start:end]
        yield Span(start=start, end=start + len(words.rstrip()))


def _bulleted(text: str, cell: Span) -> list[tuple[int, int]]:
    """Where each bullet begins and ends; the first one may stand before the cell's words."""
    before = re.search(rf"([{_BULLET}])\s?$", text[max(0, cell.start - 3) : cell.start])
    inside = re.match(rf"([{_BULLET}])", text[cell.start : cell.end])
    found = before or inside
    if found is None:
        return []
    mark = re.compile(rf"(?:^|(?<=\s)){re.escape(found[1])}\s?(?=[가-힣(\[「‘“'\"A-Z\d])")
    starts = [(match.start(), match.end()) for match in mark.finditer(text, cell.start, cell.end)]
    return starts if inside else [(cell.start, cell.start), *starts]


def _enumerated(text: str, cell: Span) -> list[tuple[int, int]]:
    """Statements that count from one: `1. … 2. …`, `① … ② …`."""
    starts: list[tuple[int, int]] = []
    for match in _ENUMERATED.finditer(text, cell.start, cell.end):
        number = int(match["number"]) if match["number"] else ord(match["circled"]) - ord("①") + 1
        if number == len(starts) + 1 and (starts or match.start() == cell.start):
            starts.append((match.start(), match.end()))
    return starts
