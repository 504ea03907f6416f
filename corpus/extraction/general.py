"""What any paper states by its shape alone: tables, lists, blocks of lines, labelled values."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.extraction.contradictions import check_contradictions
from corpus.extraction.facts import extract_facts
from corpus.extraction.footings import check_footings
from corpus.extraction.parallel import extract_parallel
from corpus.extraction.programmes import extract_programmes
from corpus.extraction.tables import extract_tables
from corpus.extraction.text_tables import extract_text_tables
from corpus.fulltext import FullText
from corpus.outline import Item
from corpus.records import Extraction, Relation
from corpus.types import Span


def extract_general(
    full: FullText, items: Sequence[Item], taken: Sequence[Span] = ()
) -> Extraction:
    """Read a paper by shape.

    Args:
        full: The paper.
        items: Its logical lines.
        taken: Stretches that an extractor for a special kind of paper has read; labelled values
            and lists inside them are not read a second time.

    Returns:
        Relations in the order tables, flattened tables, programmes and events, lists, facts; and
        findings on cells that could not be read and totals that do not add up.
    """
    tables = extract_tables(full, items)
    flat = extract_text_tables(full, items)
    blocks = extract_programmes(full, items)
    free = [*taken, *_spans(flat.relations)]
    lists = extract_parallel(full, items, free)
    facts = extract_facts(full, items, [*free, *_spans([*blocks.relations, *lists.relations])])
    parts = (tables, flat, blocks, lists, facts)
    relations = tuple(relation for part in parts for relation in part.relations)
    findings = [finding for part in parts for finding in part.findings]
    findings += check_footings(full, relations)
    findings += check_contradictions(full.text, items, relations)
    return Extraction(relations=relations, findings=tuple(findings))


def _spans(relations: Sequence[Relation]) -> list[Span]:
    """From the first to the last record of each relation's lines."""
    return [span for relation in relations for record in relation.records for span in record.spans]
