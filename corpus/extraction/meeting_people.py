"""Who came to a meeting: the counts and the names that minutes print, as records."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.extraction.fields import Fields
from corpus.extraction.form_labels import Box
from corpus.extraction.people import Attendance, Person, attendance, people, unnamed
from corpus.records import Field, FieldType, Record, RecordKind, Relation
from corpus.types import Span

_DID_NOT_COUNT = re.compile(
    r"불\s?참|결\s?석|배\s?석|참관|공무원|집행부|청\s?가|출\s?장|공\s?가|전문위원"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Attended:
    """What minutes say of who came.

    Attributes:
        counted: The printed counts; None without any.
        people: Those who are named.
        others: How many more are only counted (`외 13명`).
    """

    counted: Attendance | None
    people: tuple[Person, ...]
    others: int


def attended(text: str, boxes: Sequence[Box]) -> Attended:
    """Read every box of people; assemblies print theirs at the end."""
    counted: Attendance | None = None
    found: list[Person] = []
    others = 0
    for box in boxes:
        if box.key not in {"attendance", "absent"}:
            continue
        counted = counted or attendance(text, box.label.start, box.value.end)
        found.extend(people(text, box.value.start, box.value.end, box.label))
        others += unnamed(text, box.value.start, box.value.end)
    return Attended(counted=counted, people=tuple(found), others=others)


def attendance_relation(fields: Fields, held: Relation, who: Attended) -> Iterator[Relation]:
    """The counts, then a record a person; nothing where minutes name nobody.

    Counts that the names do not make up carry the doubt `attendance`.
    """
    records = [*_counts(fields, who)]
    for person in who.people:
        role = fields.make("role", FieldType.NAME, person.role.start, person.role.end)
        plain = Field(
            name="role", type=FieldType.NAME, text="".join(role.text.split()), span=role.span
        )
        records.append(
            Record(
                kind=RecordKind.ATTENDANCE,
                fields=(person_field("person", person), plain),
                spans=joined(fields.text, [person.role, person.span]),
            )
        )
    if records:
        yield Relation(
            kind=RecordKind.ATTENDANCE,
            title=held.title,
            title_span=held.title_span,
            records=tuple(records),
        )


def _counts(fields: Fields, who: Attended) -> Iterator[Record]:
    if who.counted is None:
        return
    numbers = [("members", who.counted.members), ("present", who.counted.present)]
    found = tuple(
        fields.make(
            name, FieldType.COUNT, number[1].start, number[1].end, value=number[0], unit="명"
        )
        for name, number in numbers
        if number is not None
    )
    roles = (fields.text[person.role.start : person.role.end] for person in who.people)
    came = sum(not _DID_NOT_COUNT.search(role) for role in roles)
    present = who.counted.present
    # Papers that name fewer than half name the chair and leave the rest to the count.
    listed = present is not None and 2 * (came + who.others) > present[0]
    wrong = listed and present is not None and came + who.others != present[0]
    yield Record(
        kind=RecordKind.ATTENDANCE,
        fields=found,
        spans=(who.counted.span,),
        doubt="attendance" if wrong else "",
    )


def person_field(name: str, person: Person) -> Field:
    """A person as a field; the spaces inside a name are the typesetter's."""
    return Field(name=name, type=FieldType.PERSON, text=person.name, span=person.span)


def joined(text: str, spans: Sequence[Span]) -> tuple[Span, ...]:
    """Spans in order; those with nothing but blanks and separators between them are one."""
    found: list[Span] = []
    for span in sorted(spans, key=lambda span: (span.start, span.end)):
        if found and not text[found[-1].end : span.start].strip(" \t,:："):
            found[-1] = Span(start=found[-1].start, end=max(found[-1].end, span.end))
        else:
            found.append(span)
    return tuple(found)
