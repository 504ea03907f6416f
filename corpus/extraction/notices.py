"""What a meeting announced (공지사항), a fact a bullet."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus.extraction.fields import Fields
from corpus.extraction.form_labels import Box
from corpus.records import FieldType, Record, RecordKind, Relation
from corpus.types import Span

_BULLET = re.compile(
    r"(?:^|\n|(?<=\s))[ \t]*(?:[-–•·○ㅇ▪*]|\d{1,2}[.)]|[가나다라마바사][.)])[ \t]+"
)


def notices(fields: Fields, boxes: Sequence[Box]) -> Iterator[Relation]:
    """One relation a box of announcements, titled with its label; empty boxes give none."""
    for box in boxes:
        if box.key != "notices" or box.value.end <= box.value.start:
            continue
        label = fields.make("label", FieldType.NAME, box.label.start, box.label.end)
        yield Relation(
            kind=RecordKind.FACT,
            title=label.text,
            title_span=label.span,
            records=tuple(
                Record(
                    kind=RecordKind.FACT,
                    fields=(label, fields.make("text", FieldType.TEXT, part.start, part.end)),
                    spans=(part,),
                )
                for part in _parts(fields, box.value)
            ),
        )


def _parts(fields: Fields, value: Span) -> Iterator[Span]:
    """The bullets of a box, without their marks; the whole where it does not begin with one."""
    found = list(_BULLET.finditer(fields.text, value.start, value.end))
    if not found or found[0].start() > value.start:
        yield value
        return
    ends = [*(match.start() for match in found[1:]), value.end]
    for match, end in zip(found, ends, strict=True):
        part = fields.trimmed(match.end(), end)
        if part.end > part.start:
            yield part
