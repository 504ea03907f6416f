"""Opinions raised at a meeting and the replies to them, wherever minutes print them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from corpus.extraction.boxes import Box, boxes
from corpus.extraction.debates import debates
from corpus.extraction.fields import Fields
from corpus.extraction.lines import lines
from corpus.extraction.minutes import Section, sections
from corpus.extraction.opinion_lines import opinion_lines
from corpus.extraction.pairing import paired
from corpus.extraction.speakers import prefix
from corpus.extraction.statements import Exchange, Statement
from corpus.extraction.stretches import Stretches
from corpus.extraction.topics import Likeness, topic
from corpus.fulltext import FullText
from corpus.outline import Item
from corpus.records import Field, FieldType, Record, RecordKind, Relation
from corpus.types import Span

_COLUMN_WORD = re.compile(
    r"\s*(?:의\s?견|질\s?의|질\s?문|건\s?의|제\s?안|요\s?청|답\s?변|검\s?토|회\s?신).*$"
)

# Boxes that float belonged to the page before in the papers seen; in those that do, the words of
# the right item weigh 1.5 to 2 times as much.
_CLEARLY = 1.3


def opinions(full: FullText, items: Sequence[Item]) -> list[Relation]:
    """The opinions of a meeting, each followed by its replies.

    Reads flattened two-column boxes, bullets answered behind an arrow, `의견 :`/`답변 :` pairs and
    the questions and answers of verbatim minutes. Tables with one row for an opinion and its
    reply are the tables' own business.

    Returns:
        One relation an agenda item, titled with it; records of kind opinion and reply, the parent
        of a reply being its opinion. A pairing that the layout and the words leave open carries
        the doubt `pairing`.
    """
    fields = Fields(full.text)
    tables = Stretches(full.closed())
    printed = [line for line in lines(full.text) if line.start not in tables]
    likeness = Likeness(full.text)
    found = boxes(full.text, printed)
    taken = [
        *full.closed(),
        *(Span(start=box.start, end=box.end) for box in found),
    ]
    exchanges = [exchange for box in found for exchange in _of_box(fields, box, likeness)]
    exchanges += opinion_lines(full.text, items, Stretches(taken))
    exchanges += debates(full.text, printed)
    ordered = sorted(exchanges, key=lambda exchange: exchange.opinion.pieces[0].start)
    parts = sections(full, items)
    return list(
        _relations(
            fields, _grouped(_without(full.text, taken), full.text, parts, ordered, likeness)
        )
    )


def under_their_items(
    relations: Sequence[Relation], full: FullText, items: Sequence[Item]
) -> list[Relation]:
    """Tables of opinions with the agenda item in whose stretch they are printed."""
    parts = sections(full, items)
    return [
        _under(Fields(full.text), one, parts) if one.kind is RecordKind.OPINION else one
        for one in relations
    ]


def _under(fields: Fields, relation: Relation, parts: Sequence[Section]) -> Relation:
    start = min((s.start for one in relation.records for s in one.spans), default=-1)
    section = next((part for part in parts if part.start <= start < part.end), None)
    if section is None or any(one.field("agenda") for one in relation.records):
        return relation
    span = section.number
    agenda = fields.make("agenda", FieldType.CODE, span.start, span.end, value=section.order)
    heading = fields.make("title", FieldType.TEXT, section.title.start, section.title.end)
    return replace(
        relation,
        title=heading.text,
        title_span=heading.span,
        records=tuple(
            replace(one, fields=(*one.fields, agenda)) if one.kind is RecordKind.OPINION else one
            for one in relation.records
        ),
    )


def _without(text: str, taken: Sequence[Span]) -> str:
    """The text with blanks where others read, offsets unchanged."""
    letters = list(text)
    for span in taken:
        letters[span.start : span.end] = " " * (span.end - span.start)
    return "".join(letters)


def _of_box(fields: Fields, box: Box, likeness: Likeness) -> Iterator[Exchange]:
    texts = [fields.mender.mend(entry.start, entry.end) for entry in box.entries]
    pairs = paired(texts, likeness)
    asker = _speaker(fields.text, box.asked)
    answerer = _speaker(fields.text, box.answered)
    spare = _spare_paragraphs(box, [pair.reply for pair in pairs])
    for pair in pairs:
        opinion = _said(fields.text, _paragraphs(box, pair.opinion), asker)
        if pair.reply is not None:
            reply = _said(fields.text, _paragraphs(box, pair.reply), answerer)
            yield Exchange(
                opinion=opinion, replies=(reply,), certain=pair.certain, floating=box.floating
            )
        elif spare and len(spare) == sum(other.reply is None for other in pairs):
            reply = Statement(pieces=(spare.pop(0),), speaker=answerer)
            yield Exchange(opinion=opinion, replies=(reply,), certain=False, floating=box.floating)
        else:
            yield Exchange(opinion=opinion, floating=box.floating)


def _said(text: str, pieces: tuple[Span, ...], column: Span | None) -> Statement:
    """A statement of a box; who is named in brackets before it goes before whose column it is."""
    first = pieces[0]
    named = prefix(text, first.start, first.end) if text[first.start] in "([" else None
    if named is None or named.end() >= first.end:
        return Statement(pieces=pieces, speaker=column)
    start, end = named.span("speaker")
    rest = Span(start=named.end(), end=first.end)
    return Statement(pieces=(rest, *pieces[1:]), speaker=Span(start=start, end=end))


def _paragraphs(box: Box, number: int) -> tuple[Span, ...]:
    return tuple(Span(start=start, end=end) for start, end in box.entries[number].paragraphs)


def _spare_paragraphs(box: Box, replies: Sequence[int | None]) -> list[Span]:
    """Further paragraphs of replies, which may answer the opinions that have none of their own."""
    return [
        paragraph
        for reply in replies
        if reply is not None
        for paragraph in _paragraphs(box, reply)[1:]
    ]


def _speaker(text: str, label: tuple[int, int]) -> Span | None:
    """Whose column it is: 실무협의체 of `실무협의체 의견`."""
    name = _COLUMN_WORD.sub("", text[label[0] : label[1]])
    return Span(start=label[0], end=label[0] + len(name)) if name else None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Group:
    section: Section | None
    exchanges: tuple[Exchange, ...]


def _relations(fields: Fields, groups: Sequence[_Group]) -> Iterator[Relation]:
    for group in groups:
        records: list[Record] = []
        for exchange in group.exchanges:
            opinion = _opinion(fields, exchange.opinion, group.section)
            at = len(records)
            records.append(opinion)
            for statement in exchange.replies:
                reply = _reply(fields, statement, at)
                records.append(reply if exchange.certain else replace(reply, doubt="pairing"))
        section = group.section
        title = section.title if section else Span(start=0, end=0)
        heading = fields.make("title", FieldType.TEXT, title.start, title.end)
        yield Relation(
            kind=RecordKind.OPINION,
            title=heading.text,
            title_span=heading.span,
            records=tuple(records),
        )


def _grouped(
    running: str,
    text: str,
    parts: Sequence[Section],
    exchanges: Sequence[Exchange],
    likeness: Likeness,
) -> list[_Group]:
    groups: list[_Group] = []
    for exchange in exchanges:
        start = exchange.opinion.pieces[0].start
        above = [part for part in parts if part.start <= start]
        section = above[-1] if above and start < above[-1].end else None
        if exchange.floating and section is not None and len(above) > 1:
            pieces = [*exchange.opinion.pieces, *(p for r in exchange.replies for p in r.pieces)]
            words = " ".join(text[piece.start : piece.end] for piece in pieces)
            section = _nearer(running, above[-1], above[-2], words, likeness)
        if groups and groups[-1].section == section:
            groups[-1] = _Group(section=section, exchanges=(*groups[-1].exchanges, exchange))
        else:
            groups.append(_Group(section=section, exchanges=(exchange,)))
    return groups


def _nearer(
    running: str, here: Section, before: Section, words: str, likeness: Likeness
) -> Section:
    """The item that a box speaks of which floats between two pages: this one or the one before."""
    near, far = (
        likeness.between(words, running[section.start : section.end]) for section in (here, before)
    )
    return before if far > _CLEARLY * near else here


def _opinion(fields: Fields, statement: Statement, section: Section | None) -> Record:
    text = _text(fields, statement)
    subject = topic(text.text)
    found = [text]
    if subject:
        # Made from the words, not copied: it has no stretch of its own.
        span = Span(start=text.span.start, end=text.span.start)
        found.append(Field(name="topic", type=FieldType.TEXT, text=subject, span=span))
    if section is not None:
        span = section.number
        found.append(
            fields.make("agenda", FieldType.CODE, span.start, span.end, value=section.order)
        )
    found.extend(_who(fields, statement))
    return Record(kind=RecordKind.OPINION, fields=tuple(found), spans=statement.spans)


def _reply(fields: Fields, statement: Statement, parent: int) -> Record:
    found = (_text(fields, statement), *_who(fields, statement))
    return Record(kind=RecordKind.REPLY, fields=found, spans=statement.spans, parent=parent)


def _text(fields: Fields, statement: Statement) -> Field:
    words = " ".join(fields.mender.mend(piece.start, piece.end) for piece in statement.pieces)
    first, last = statement.pieces[0], statement.pieces[-1]
    between = (fields.text[one.end : other.start] for one, other in pairwise(statement.pieces))
    whole = first if any(gap.strip() for gap in between) else Span(start=first.start, end=last.end)
    return Field(name="text", type=FieldType.TEXT, text=words, span=whole)


def _who(fields: Fields, statement: Statement) -> Iterator[Field]:
    if statement.speaker is None:
        return
    start, end = statement.speaker.start, statement.speaker.end
    name = fields.text[start:end]
    if re.fullmatch(r"[가-힣]{2,12}(?:과|팀|실|국|센터|담당관|소)", name):
        yield fields.make("department", FieldType.ORGANISATION, start, end)
    else:
        yield fields.make("speaker", FieldType.PERSON, start, end)
