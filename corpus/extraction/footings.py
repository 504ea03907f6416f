"""Totals and subtotals against the rows that they sum up."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from corpus.amounts import format_won
from corpus.extraction.mentions import Mention, mentions
from corpus.extraction.table_records import SECTION
from corpus.fulltext import FullText
from corpus.messages import messages
from corpus.records import Field, FieldType, Finding, Record, RecordKind, Relation
from corpus.types import Span

_SUMMED = {FieldType.MONEY, FieldType.COUNT}
_AVERAGE = re.compile(r"평\s?균")
_SUBTOTAL = re.compile(r"소\s?계")
# Columns that no total adds up.
_NOT_ADDED = re.compile(r"단가|순위|연도|년도|[율률]$|평균|1인당|누적|누계|번호|차수|횟수당")
_ACROSS = re.compile(r"(?:합|총|소)?\s?계|총액|총\s?사업비|합산")
_TOTAL_IN_TITLE = re.compile(
    r"[(\[<〈]\s*(?P<words>(?:총|합계|계)\s?[^()\[\]<>]*\d[^()\[\]<>]*)[)\]>〉]"
)


def check_footings(full: FullText, relations: Sequence[Relation]) -> list[Finding]:
    """Check what a paper adds up.

    Args:
        full: The paper.
        relations: Everything read out of it.

    Returns:
        `footing` findings (where the rows stand, what is summed, the total printed, the total of
        the rows) for column totals, subtotals, a 계 column, and totals in the heading of a list
        that their rows do not give.
    """
    findings: list[Finding] = []
    for relation in relations:
        if relation.kind is not RecordKind.FACT:
            findings += _columns(relation)
            findings += _rows(relation)
            findings += _title(full.text, relation)
            findings += _sections(relation)
    return findings


def _columns(relation: Relation) -> Iterator[Finding]:
    """Totals at the foot or head of columns, subtotals against their block."""
    names = dict.fromkeys(
        field.name
        for record in relation.records
        for field in record.fields
        if field.type in _SUMMED and not _NOT_ADDED.search(field.name)
    )
    for name in names:
        rows = [row for row in relation.records if not _is_average(row)]
        yield from _subtotals(relation, rows, name)
        yield from _total(relation, rows, name)


def _subtotals(relation: Relation, rows: Sequence[Record], name: str) -> Iterator[Finding]:
    block: list[Record] = []
    for row in rows:
        if not row.total:
            block.append(row)
        elif _is_subtotal(row):
            printed = row.field(name)
            if printed and printed.value is not None and len(block) > 1:
                total = _sum(block, name)
                if total != printed.value:
                    yield _finding(relation, name, printed, total)
            block = []


def _total(relation: Relation, rows: Sequence[Record], name: str) -> Iterator[Finding]:
    totals = [row for row in rows if row.total and not _is_subtotal(row)]
    data = [row for row in rows if not row.total]
    if len(totals) != 1 or len(data) < 2:
        return
    printed = totals[0].field(name)
    added = [row for row in data if (field := row.field(name)) and field.value is not None]
    if printed is None or printed.value is None or len(added) < 2:
        return
    outer = [row for row in data if row.parent is None]
    above = {row.parent for row in relation.records}
    inner = [
        row for index, row in enumerate(relation.records) if index not in above and not row.total
    ]
    subtotals = [row for row in rows if _is_subtotal(row)]
    sums = {_sum(group, name) for group in (data, outer, inner, subtotals) if group}
    if printed.value not in sums:
        yield _finding(relation, name, printed, _sum(inner or data, name))


def _rows(relation: Relation) -> Iterator[Finding]:
    """A column named 계 against the other amounts of its row, where that holds in most rows."""
    across = next(
        (
            field.name
            for record in relation.records
            for field in record.fields
            if field.type in _SUMMED and (field.name == "amount" or _ACROSS.fullmatch(field.name))
        ),
        None,
    )
    if across is None:
        return
    wrong: list[tuple[Field, int]] = []
    right = 0
    for record in relation.records:
        printed = record.field(across)
        parts = [
            field
            for field in record.fields
            if printed
            and field.type is printed.type
            and field.name != across
            and not _NOT_ADDED.search(field.name)
        ]
        if printed is None or printed.value is None or len(parts) < 2:
            continue
        total = sum(field.value or 0 for field in parts)
        if total == printed.value:
            right += 1
        else:
            wrong.append((printed, total))
    if right >= 2 and right > 2 * len(wrong):
        for printed, total in wrong:
            yield _finding(relation, across, printed, total)


def _title(text: str, relation: Relation) -> Iterator[Finding]:
    """`(총 4개동 31개 사업)` above a list against the list."""
    title = text[relation.title_span.start : relation.title_span.end]
    rows = [row for row in relation.records if not row.total]
    if relation.kind is RecordKind.EVENT or len(rows) < 2:
        return
    for match in _TOTAL_IN_TITLE.finditer(title):
        for mention in mentions(match["words"]):
            start = relation.title_span.start + match.start("words") + mention.start
            span = Span(start=start, end=start + mention.noun_end - mention.start)
            yield from _against_title(text, relation, rows, mention, span)


def _against_title(
    text: str, relation: Relation, rows: Sequence[Record], mention: Mention, span: Span
) -> Iterator[Finding]:
    if mention.type is FieldType.COUNT and mention.unit in {"동", "개동", "읍면동"}:
        named = {field.place for row in rows for field in row.fields if field.place}
        if len(named) > 1 and len(named) != mention.value:
            values = (mention.unit, text[span.start : span.end], str(len(named)))
            yield Finding(code="footing", values=(relation.title, *values), spans=(span,))
        return
    alike = [field for row in rows if (field := _counted_alike(row, mention)) is not None]
    if len(alike) == len(rows) and mention.value is not None:
        total = sum(field.value or 0 for field in alike)
        if total != mention.value:
            name = alike[0].name if mention.type is FieldType.MONEY else mention.unit
            printed = text[span.start : span.end]
            values = (name, printed, _shown(alike[0], total))
            yield Finding(
                code="footing",
                values=(relation.title, *values),
                spans=(span, *(row.spans[0] for row in rows)),
            )


def _counted_alike(row: Record, mention: Mention) -> Field | None:
    """The one field of a row that the total of a heading can sum up."""
    found = [
        field
        for field in row.fields
        if field.type is mention.type and field.value is not None and field.unit == mention.unit
    ]
    return found[0] if len(found) == 1 else None


def _sections(relation: Relation) -> Iterator[Finding]:
    """`우수 사례 (총 5개)` above a block of rows against the number of rows."""
    blocks: dict[str, list[Record]] = defaultdict(list)
    for row in relation.records:
        section = row.field(SECTION)
        if section and not row.total:
            blocks[section.text].append(row)
    for name, rows in blocks.items():
        match = re.search(r"\(\s*총\s*(\d+)\s*(?:개|건|곳|명)\s*(?:사업)?\s*\)\s*$", name)
        if match and int(match[1]) != len(rows):
            spans = tuple(span for row in rows for span in row.spans)
            values = (relation.title, name, f"총 {match[1]}", str(len(rows)))
            yield Finding(code="footing", values=values, spans=spans)


def _is_average(row: Record) -> bool:
    return row.total and any(_AVERAGE.search(field.text) for field in row.fields)


def _is_subtotal(row: Record) -> bool:
    return row.total and any(
        _SUBTOTAL.search(field.text) for field in row.fields if field.type is FieldType.TEXT
    )


def _sum(rows: Iterable[Record], name: str) -> int:
    fields = (row.field(name) for row in rows)
    return sum(field.value or 0 for field in fields if field is not None)


def _finding(relation: Relation, name: str, printed: Field, total: int) -> Finding:
    values = (relation.title, _heading(name), printed.text, _shown(printed, total))
    return Finding(code="footing", values=values, spans=(printed.span,))


def _heading(name: str) -> str:
    """A field's name as people read it: fixed ones are English."""
    return messages().get(f"field.{name}", name)


def _shown(field: Field, value: int) -> str:
    return format_won(value) if field.type is FieldType.MONEY else f"{value:,}"
