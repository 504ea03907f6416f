"""Everything that is read out of one paper."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from corpus.extraction.award_tables import award_tables
from corpus.extraction.facts import extract_facts
from corpus.extraction.grades import awards
from corpus.extraction.numbered_lists import numbered_lists
from corpus.extraction.outlines import plans
from corpus.extraction.parallel import extract_parallel
from corpus.extraction.tables import extract_tables
from corpus.extraction.text_tables import extract_text_tables
from corpus.fulltext import FullText
from corpus.outline import Item
from corpus.records import Extraction, Relation


def extract(full: FullText, items: Sequence[Item]) -> Extraction:
    """Read the records of a paper by the shapes that it is printed in.

    Args:
        full: The paper's text with its tables.
        items: Its outline.

    Returns:
        Relations in printed order, and what should be doubted; both may be empty.
    """
    parts = [
        extract_tables(full, items),
        extract_text_tables(full, items),
        extract_parallel(full, items),
        Extraction(relations=tuple(awards(full, items))),
        Extraction(relations=tuple(award_tables(full))),
        Extraction(relations=tuple(plans(full, items))),
        Extraction(relations=tuple(numbered_lists(full))),
    ]
    taken = [
        span
        for part in parts
        for relation in part.relations
        for record in relation.records
        for span in record.spans
    ]
    parts.append(extract_facts(full, items, taken))
    return Extraction(
        relations=_in_order(relation for part in parts for relation in part.relations),
        findings=tuple(finding for part in parts for finding in part.findings),
    )


def _in_order(relations: Iterable[Relation]) -> tuple[Relation, ...]:
    return tuple(sorted(relations, key=_start))


def _start(relation: Relation) -> int:
    return min((record.spans[0].start for record in relation.records if record.spans), default=0)
