"""Totals against their rows, and values that a paper prints twice and differently."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from corpus.amounts import format_won
from corpus.extraction.labels import squeezed_label
from corpus.extraction.mentions import Mention, mentions
from corpus.extraction.place_names import canonical
from corpus.extraction.table_records import SECTION
from corpus.fulltext import FullText
from corpus.outline import Item
from corpus.places import find_districts
from corpus.records import Field, FieldType, Finding, Record, RecordKind, Relation
from corpus.types import Span

_SUMMED = {FieldType.MONEY, FieldType.COUNT}
_AVERAGE = re.compile(r"평\s?균")
_SUBTOTAL = re.compile(r"소\s?계")
# Columns that no total adds up.
_NOT_ADDED = re.compile(r"단가|순위|연도|년도|[율률]$|평균|1인당|누적|누계|번호|차수|횟수당")
_ACROSS = re.compile(r"(?:합|총|소)?\s?계|총액|총\s?사업비|합산")
_TOTAL_IN_TITLE = re.compile(r"[(\[<〈]\s*(?P<words>(?:총|합계|계)?\s?[^()\[\]<>]*\d[^()\[\]<>]*)[)\]>〉]")
# Round numbers are printed of many things; these are not.
_TELLING = 100


def check_footings(
    full: FullText, items: Sequence[Item], relations: Sequence[Relation]
) -> list[Finding]:
    """Check what a paper adds up and repeats.

    Args:
        full: The paper.
        items: Its logical lines.
        relations: Everything read out of it.

    Returns:
        `footing` findings (what is summed, total printed, total of the rows, where the rows come
        from) for totals that their rows do not give; `contradiction` (label, one value, the
        other) for a fact printed twice under one heading with different values; `attributed_twice`
        (value, one place, the other) for the same telling figures under two places.
    """
    findings: list[Finding] = []
    for relation in relations:
        if relation.kind is not RecordKind.FACT:
            findings += _columns(relation)
            findings += _rows(relation)
            findings += _title(full.text, relation)
            findings += _sections(relation)
    facts = [record for r in relations if r.kind is RecordKind.FACT for record in r.records]
    findings += _contradictions(facts)
    findings += _attributed_twice(full.text, items, facts)
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
    if printed is None or printed.value is None:
        return
    outer = [row for row in data if row.parent is None]
    inner = [row for index, row in enumerate(relation.records) if _is_leaf(relation, index)]
    subtotals = [row for row in rows if _is_subtotal(row)]
    sums = {_sum(group, name) for group in (data, outer, inner, subtotals) if group}
    if printed.value not in sums:
        yield _finding(relation, name, printed, _sum(inner or data, name))


def _is_leaf(relation: Relation, index: int) -> bool:
    above = {row.parent for row in relation.records}
    return index not in above and not relation.records[index].total


def _rows(relation: Relation) -> Iterator[Finding]:
    """A column named 계 against the other amounts of its row, where that holds in most rows."""
    across = next(
        (
            field.name
            for record in relation.records
            for field in record.fields
            if field.type in _SUMMED and _ACROSS.fullmatch(field.name)
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
            if printed and field.type is printed.type and field.name != across
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
    """`(총 15개동 171개 사업)` above a list against the list."""
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
    fields = [row.field("amount" if mention.type is FieldType.MONEY else "programmes") for row in rows]
    found = [field for field in fields if field and field.value is not None]
    alike = [
        field
        for field in found
        if field.type is mention.type and (field.unit == mention.unit or not field.unit)
    ]
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


def _sections(relation: Relation) -> Iterator[Finding]:
    """`특화사례 (총 5개)` above a block of rows against the number of rows."""
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


def _contradictions(facts: Iterable[Record]) -> Iterator[Finding]:
    """The same label under the same heading with another value of the same kind and unit."""
    first: dict[tuple[str, str, FieldType, str], Record] = {}
    for record in facts:
        label, value = record.fields[0], record.fields[1]
        context = record.field("context")
        if value.type not in {*_SUMMED, FieldType.RATE} or value.value is None or context is None:
            continue
        # A bare noun (사업, 주민) is said of many things in one section.
        if " " not in label.text.strip():
            continue
        key = (squeezed_label(label.text), context.text, value.type, value.unit)
        other = first.setdefault(key, record)
        before = other.fields[1]
        if before.value != value.value:
            yield Finding(
                code="contradiction",
                values=(label.text, before.text, value.text),
                spans=(*other.spans, *record.spans),
            )


def _attributed_twice(
    text: str, items: Sequence[Item], facts: Sequence[Record]
) -> Iterator[Finding]:
    """Figures that nobody has twice by chance, printed once of one district and once of another."""
    seen: dict[tuple[FieldType, int], tuple[str, Record]] = {}
    for record in facts:
        value = record.fields[1]
        if value.type not in _SUMMED or value.value is None or not _is_telling(value):
            continue
        place = _district(text, items, record)
        if not place:
            continue
        key = (value.type, value.value)
        before, other = seen.setdefault(key, (place, record))
        apart = before != place and not before.startswith(place) and not place.startswith(before)
        if apart:
            yield Finding(
                code="attributed_twice",
                values=(value.text, before, place),
                spans=(other.fields[1].span, value.span),
            )


def _is_telling(value: Field) -> bool:
    digits = re.sub(r"\D", "", value.text).strip("0")
    return abs(value.value or 0) >= _TELLING and len(digits) >= 3


def _district(text: str, items: Sequence[Item], record: Record) -> str:
    """The one district that the nearest heading with a district names; empty without one."""
    at = record.spans[0].start
    item = next((item for item in items if item.start <= at < item.end), None)
    for above in [items[index] for index in reversed(item.parents)] if item else []:
        names = {
            canonical(mention)
            for mention in find_districts(text[above.body : above.end][:60])
            if mention.district
        }
        if names:
            return names.pop() if len(names) == 1 else ""
    return ""


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
    values = (relation.title, name, printed.text, _shown(printed, total))
    return Finding(code="footing", values=values, spans=(printed.span,))


def _shown(field: Field, value: int) -> str:
    return format_won(value) if field.type is FieldType.MONEY else f"{value:,}"
