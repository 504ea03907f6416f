"""Everything that is read out of one paper."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from corpus.extraction.award_tables import award_tables
from corpus.extraction.bill_heads import bill_head
from corpus.extraction.bounded import bounded
from corpus.extraction.general import extract_general
from corpus.extraction.grades import awards
from corpus.extraction.meeting_header import meeting
from corpus.extraction.minutes import agenda_items
from corpus.extraction.numbered_lists import numbered_lists
from corpus.extraction.opinions import opinions, under_their_items
from corpus.extraction.outlines import plans
from corpus.fulltext import FullText
from corpus.outline import Item
from corpus.records import Extraction, RecordKind, Relation
from corpus.types import Span


def extract(full: FullText, items: Sequence[Item]) -> Extraction:
    """Read the records of a paper by the shapes that it is printed in.

    Args:
        full: The paper's text with its tables.
        items: Its outline.

    Returns:
        Relations in printed order, and what should be doubted; both may be empty. What a special
        kind of paper states (meetings, opinions, plans, awards) is not read a second time. Of a
        paper beyond `bounded.MOST_CHARACTERS` the rest is left out, which is a finding.
    """
    full, items, left_out = bounded(full, items)
    special = [
        *meeting(full, items),
        *agenda_items(full, items),
        *opinions(full, items),
        *awards(full, items),
        *award_tables(full, items),
        *plans(full, items),
        *numbered_lists(full),
        *bill_head(full, items),
    ]
    taken = [span for relation in special for span in _spans(relation)]
    general = extract_general(full, items, taken)
    rest = (_without_the_meeting(relation, special) for relation in general.relations)
    found = [relation for relation in rest if not _read_already(relation, special)]
    further = under_their_items(found, full, items)
    return Extraction(
        relations=_in_order([*special, *further]), findings=(*left_out, *general.findings)
    )


_SPECIAL = {
    RecordKind.MEETING,
    RecordKind.ATTENDANCE,
    RecordKind.AGENDA_ITEM,
    RecordKind.OPINION,
    RecordKind.REPLY,
    RecordKind.AWARD,
}


def _without_the_meeting(relation: Relation, special: Iterable[Relation]) -> Relation:
    """A relation without the event that is the meeting itself, told by its date."""
    if relation.kind is not RecordKind.EVENT:
        return relation
    held = [
        span
        for other in special  # without a title it is an invitation, which the event says more of
        if other.kind is RecordKind.MEETING and other.title
        for span in _spans(other)
    ]
    kept = []
    for record in relation.records:
        day = record.field("held_on")
        inside = day and any(s.start <= day.span.start and day.span.end <= s.end for s in held)
        if not inside:
            kept.append(record)
    return replace(relation, records=tuple(kept))


def _read_already(relation: Relation, special: Iterable[Relation]) -> bool:
    """Whether every row of a relation lies inside what a special extractor has read."""
    covered = [span for other in special if other.kind in _SPECIAL for span in _spans(other)]
    rows = _spans(relation)
    return not relation.records or (
        bool(rows)
        and all(
            any(span.start < row.end and row.start < span.end for span in covered) for row in rows
        )
    )


def _spans(relation: Relation) -> list[Span]:
    return [span for record in relation.records for span in record.spans if span.end > span.start]


def _in_order(relations: Iterable[Relation]) -> tuple[Relation, ...]:
    return tuple(sorted(relations, key=_start))


def _start(relation: Relation) -> int:
    return min((span.start for span in _spans(relation)), default=0)
