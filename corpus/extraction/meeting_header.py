"""The head of minutes: when and where who met, and when they meet next."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import takewhile

from corpus import dates
from corpus.extraction.fields import Fields
from corpus.extraction.form_labels import Box, form_boxes
from corpus.extraction.lines import lines
from corpus.extraction.meeting_people import (
    Attended,
    attendance_relation,
    attended,
    joined,
    person_field,
)
from corpus.extraction.meeting_title import Title, meeting_title
from corpus.extraction.notices import notices
from corpus.extraction.speakers import turns
from corpus.fulltext import FullText
from corpus.outline import Item
from corpus.records import Field, FieldType, Record, RecordKind, Relation
from corpus.types import Span

_FORM = {"held_on", "attendance"}
_SIMPLE = {
    "place": FieldType.TEXT,
    "department": FieldType.ORGANISATION,
    "recorder": FieldType.PERSON,
}
_CHAIR = re.compile(r"(?:공동|실무)?(?:위원장|의장|회장|분과장)")
_VICE = re.compile(r"(?:공동|실무)?부(?:위원장|의장|회장|분과장)")
_NUMBER = re.compile(r"제\s?\d{1,4}\s?(?:차|회)")
_SPEAKING_CHAIR = re.compile(r"(?:위원장|의장|회장)(?:직무대리)?\s+(?P<name>\S{2,4})")
# `…(목) 19:00, 동 행정복지센터`: what stands behind the time.
_PLACE_BEHIND = re.compile(
    r"(?:\d{1,2}:\d\d|\d{1,2}시(?:\s?\d{1,2}분)?)"
    r"(?:\s*[,/(·]\s*|\s+(?![~∼-])(?!예정|개최|이후|부터|까지|중|경|\S{0,3}에\s))"
    r"(?P<place>[가-힣][^\n,/]{2,40}?)\)?\s*(?:$|\n|[,/])"
)
_CHECKER = re.compile(r"[-○❍◦·:\s]*(?P<who>[가-힣][가-힣\s()]{1,60}[가-힣])")
_NEXT_SENTENCE = re.compile(
    r"(?:다음|차기)\s?(?:정기\s?|임시\s?)?회의(?:는|은|일은|일정은|일시는)\s*(?P<value>[^\n]{4,60})"
)
_AFTER_NEXT = {"held_on", "place"}

# `(12시 18분 산회)` at the end of verbatim minutes.
_CLOSED = re.compile(
    r"\(\s?(?P<closed>\d{1,2}시\s?\d{1,2}분)\s?(?:산회|폐회|폐의|종료|[가-힣]{2}\s?종료)\s?\)"
)
_CHAPTER = re.compile(r"\n\s*(?:[□■▣◆]|[ⅠⅡⅢⅣⅤⅥⅦ]+\s?\.)")


def meeting(full: FullText, items: Sequence[Item]) -> list[Relation]:
    """The meeting that minutes are of.

    Returns:
        A relation of kind meeting with one record, one of kind attendance (the counts first,
        then a record a person; names that do not make up the printed count carry the doubt
        `attendance`), and one of kind fact with the notices; each only where printed. A paper
        that is no minutes gives none.
    """
    fields = Fields(full.text)
    printed = lines(full.text)
    title = meeting_title(full.text, printed)
    boxes = form_boxes(full.text, printed)
    head = _head(boxes)
    if title is None and not _is_form(fields.text, head):
        return []
    who = attended(fields.text, boxes)
    record = _meeting(fields, title, head, boxes, who)
    if not record.spans:
        return []
    name = record.field("title")
    found = [
        Relation(
            kind=RecordKind.MEETING,
            title=name.text if name else "",
            title_span=name.span if name else Span(start=0, end=0),
            records=(record,),
        )
    ]
    return [*found, *attendance_relation(fields, found[0], who), *notices(fields, boxes)]


def _is_form(text: str, head: Sequence[Box]) -> bool:
    """Whether boxes without a title are those of a meeting, not of an event."""
    keys = {box.key for box in head}
    named = any("회의" in text[box.label.start : box.label.end] for box in head)
    return keys >= _FORM and ("agenda" in keys or named)


def _head(boxes: Sequence[Box]) -> list[Box]:
    """The boxes before the meeting's own content; the first of each kind."""
    found: dict[str, Box] = {}
    for box in boxes:
        if box.key == "content" and "held_on" in found:
            break
        if box.key == "next":
            break
        found.setdefault(box.key, box)
    return list(found.values())


def _meeting(
    fields: Fields,
    title: Title | None,
    head: Sequence[Box],
    boxes: Sequence[Box],
    who: Attended,
) -> Record:
    found: list[Field] = []
    spans: list[Span] = []
    if title is not None:
        found.extend(_title_fields(fields, title))
        spans.append(title.span)
    year = title.year if title else None
    for box in head:
        value = _first_line(fields.text, box)
        if value.end <= value.start:
            continue
        if box.key == "held_on":
            found.extend(_dated(fields, "held_on", "hours", value, year))
        elif box.key in _SIMPLE:
            found.append(fields.make(box.key, _SIMPLE[box.key], value.start, value.end))
        elif box.key == "title" and not any(field.name == "title" for field in found):
            found.append(fields.make("title", FieldType.NAME, value.start, value.end))
        else:
            continue
        spans.append(Span(start=box.label.start, end=value.end))
    closed = _CLOSED.search(fields.text)
    if closed and any(field.name == "held_on" for field in found):
        found.append(fields.make("closed", FieldType.TEXT, *closed.span("closed")))
        spans.append(Span(start=closed.start(), end=closed.end()))
    for field, span in _chairs(fields, who):
        found.append(field)
        spans.append(span)
    for box in boxes:
        checker = _CHECKER.match(fields.text, box.value.start, _first_line(fields.text, box).end)
        if box.key == "check" and checker:
            found.append(fields.make("checker", FieldType.TEXT, *checker.span("who")))
            spans.append(Span(start=box.label.start, end=checker.end()))
    for field, span in _next(fields, boxes, year):
        found.append(field)
        spans.append(span)
    return Record(kind=RecordKind.MEETING, fields=tuple(found), spans=joined(fields.text, spans))


def _chairs(fields: Fields, who: Attended) -> Iterator[tuple[Field, Span]]:
    """Chair and vice-chair from the list of those who came, else the chair who speaks."""
    seen: set[str] = set()
    for person in who.people:
        role = "".join(fields.text[person.role.start : person.role.end].split())
        name = "vice_chair" if _VICE.fullmatch(role) else "chair" if _CHAIR.fullmatch(role) else ""
        if name and name not in seen:
            seen.add(name)
            start = min(person.role.start, person.span.start)
            end = max(person.role.end, person.span.end)
            yield person_field(name, person), Span(start=start, end=end)
    if "chair" in seen:
        return
    for turn in turns(fields.text, lines(fields.text)):
        match = _SPEAKING_CHAIR.fullmatch(fields.text, turn.speaker.start, turn.speaker.end)
        if match:
            yield fields.make("chair", FieldType.PERSON, *match.span("name")), turn.speaker
            return


def _title_fields(fields: Fields, title: Title) -> Iterator[Field]:
    yield fields.make("title", FieldType.NAME, title.span.start, title.span.end)
    for name, kind, span in (
        ("body", FieldType.ORGANISATION, title.body),
        ("council", FieldType.ORGANISATION, title.council),
        ("number", FieldType.CODE, title.number),
    ):
        if span is not None:
            yield fields.make(name, kind, span.start, span.end)


def _first_line(text: str, box: Box) -> Span:
    """The value without what stands below it; times may follow on a line of their own."""
    start, end = box.value.start, box.value.end
    stop = text.find("\n", start, end)
    if box.key == "held_on" and stop >= 0:
        below = re.match(r"\s*(?:오전|오후)?\s?\d{1,2}\s?(?:[:：]\d\d|시).{0,20}", text[stop:end])
        if below:
            return Span(start=start, end=stop + len(below[0].rstrip()))
    return Span(start=start, end=end if stop < 0 else start + len(text[start:stop].rstrip()))


def _dated(fields: Fields, name: str, hours: str, value: Span, year: int | None) -> Iterator[Field]:
    words = fields.text[value.start : value.end]
    mentions = [
        mention
        for mention in dates.find(words, year)
        if mention.precision is not dates.Precision.YEAR
    ]
    if not mentions:
        return
    first, last = mentions[0], mentions[-1]
    yield fields.make(
        name,
        FieldType.DATE,
        value.start,
        value.end,
        first=_iso(first, first.first),
        last=_iso(last, last.last),
    )
    for time in dates.times(words)[:1]:
        yield fields.make(hours, FieldType.TEXT, value.start + time.start, value.start + time.end)


def _iso(mention: dates.DateMention, day: date | None) -> str:
    """A day as exact as it is printed."""
    length = 7 if mention.precision is dates.Precision.MONTH else 10
    return day.isoformat()[:length] if day else ""


def _next(fields: Fields, boxes: Sequence[Box], year: int | None) -> Iterator[tuple[Field, Span]]:
    """The next meeting; the dates and places right behind its label are its own."""
    at = next((number for number, box in enumerate(boxes) if box.key == "next"), None)
    if at is None:
        yield from _next_in_prose(fields, year)
        return
    following = list(takewhile(lambda box: box.key in _AFTER_NEXT, boxes[at + 1 :]))
    for box in [boxes[at], *following]:
        value = (
            _to_chapter(fields.text, box) if box.key == "next" else _first_line(fields.text, box)
        )
        whole = Span(start=box.label.start, end=value.end)
        if box.key == "place":
            yield fields.make("next_place", FieldType.TEXT, value.start, value.end), whole
            continue
        number = _NUMBER.search(fields.text, value.start, value.end)
        if number and box.key == "next":
            yield fields.make("next_number", FieldType.CODE, *number.span()), whole
        for field in _dated(fields, "next_on", "next_hours", value, year):
            yield field, whole
        place = _PLACE_BEHIND.search(fields.text, value.start, value.end)
        if place and box.key == "next":
            yield fields.make("next_place", FieldType.TEXT, *place.span("place")), whole


def _to_chapter(text: str, box: Box) -> Span:
    """A value up to the next chapter, which may begin right below the last box of a form."""
    chapter = _CHAPTER.search(text, box.value.start, box.value.end)
    end = chapter.start() if chapter else box.value.end
    return Span(
        start=box.value.start, end=box.value.start + len(text[box.value.start : end].rstrip())
    )


def _next_in_prose(fields: Fields, year: int | None) -> Iterator[tuple[Field, Span]]:
    """`다음 회의는 10월 10일 … 열기로 함`, where no box names the next meeting."""
    for match in _NEXT_SENTENCE.finditer(fields.text):
        value = Span(start=match.start("value"), end=match.end())
        for field in _dated(fields, "next_on", "next_hours", value, year):
            yield field, Span(start=match.start(), end=match.end())
