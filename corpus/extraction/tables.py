"""The tables that readers found, as relations."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.extraction.continued import whole_tables
from corpus.extraction.forms import facts_of_form
from corpus.extraction.grid import Grid, of_placed
from corpus.extraction.headings import read_head
from corpus.extraction.opinion_tables import paired
from corpus.extraction.surroundings import Above, look_above
from corpus.extraction.table_records import relation_of
from corpus.fulltext import FullText
from corpus.outline import Item
from corpus.records import Extraction, Finding, RecordKind, Relation


def extract_tables(full: FullText, items: Sequence[Item]) -> Extraction:
    """Read every table of a paper.

    Args:
        full: The paper.
        items: Its logical lines, for what stands above a table.

    Returns:
        A relation for each table that has rows under a head, or labels beside values; frames,
        headings drawn as tables and blank forms give none.
    """
    relations: list[Relation] = []
    findings: list[Finding] = []
    for placed in whole_tables(full):
        grid = of_placed(placed)
        above = look_above(full.text, items, placed.span.start, placed.table.caption)
        relation, found = read_table(grid, above, full.text)
        findings.extend(found)
        if relation is not None:
            relations.append(relation)
    return Extraction(relations=tuple(relations), findings=tuple(findings))


def read_table(grid: Grid, above: Above, text: str) -> tuple[Relation | None, list[Finding]]:
    """Read one table.

    Args:
        grid: Its cells.
        above: What stands above it.
        text: Text of the paper.

    Returns:
        The relation, if it states anything, and what could not be read.
    """
    form = facts_of_form(grid, above)
    if form is not None:
        return form, []
    head = read_head(grid)
    if head is None:
        return None, []
    relation, findings = relation_of(head, above)
    if relation is not None and relation.kind is RecordKind.OPINION:
        relation = paired(relation, text)
    return relation, findings
