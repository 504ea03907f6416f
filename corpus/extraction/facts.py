"""Labelled values in running text: `총 36개 사업`, `가입률 63%`, `장소 : 구청 대강당`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.bullets import is_valued
from corpus.extraction.changed import changed_fields, changes
from corpus.extraction.fields import Fields
from corpus.extraction.headings import tidy
from corpus.extraction.labels import label_of, subject_of
from corpus.extraction.line_labels import LABELLED, is_unmarked, line_labels
from corpus.extraction.mentions import Mention, field_of, mentions
from corpus.extraction.officers import officers
from corpus.extraction.stretches import Stretches
from corpus.extraction.values import guess
from corpus.fulltext import FullText
from corpus.outline import Item
from corpus.records import Extraction, Field, FieldType, Record, RecordKind, Relation
from corpus.text import squeeze
from corpus.types import Span

_MEASURE = {
    FieldType.MONEY: re.compile(r"예산|금액|경비|총괄|총계|합계|규모|총액|[가-힣](?:비|금|액)$"),
    FieldType.COUNT: re.compile(r"인원|정원|대상|규모|수$|수량|사업량"),
    FieldType.RATE: re.compile(r"[율률]$|비율|비중"),
}
_FEW = 3
_ARROWS = "⇒→➡⇨"
_GROUNDS = re.compile(r"(?:근\s?거|법\s?령)(?:\s?법령)?\s*$")
_LAW = re.compile(r"「[^」]+」|[가-힣]{2,}(?:법|조례|규칙|시행령)(?:\s|$|」)")
# A quote is at most 300 characters long.
_LONGEST = 300
_LONGEST_VALUE = 200
_SENTENCE = re.compile(r"(?<=[다요음함됨임])[.]\s+|[!?]\s+")


def extract_facts(full: FullText, items: Sequence[Item], taken: Sequence[Span] = ()) -> Extraction:
    """Read the labelled values of running text.

    Args:
        full: The paper; its tables are passed over.
        items: Its logical lines.
        taken: Stretches that other extractors have read already.

    Returns:
        One relation for each heading that has facts below it. A value whose label is not clear
        gives none.
    """
    fields = Fields(full.text)
    closed = Stretches([*(table.span for table in full.tables), *taken])
    groups: dict[str, list[Record]] = {}
    titles: dict[str, Span] = {}
    for number, item in enumerate(items):
        if item.family == "row" or closed.touch(item.start, item.end):
            continue
        context = _context(full.text, items, item)
        records = _noted(fields, _facts(fields, item, context), items, number)
        records += _said_of(fields, items, item, context)
        if records:
            title, span = _title(full.text, items, item)
            groups.setdefault(title, []).extend(records)
            titles.setdefault(title, span)
    return Extraction(
        relations=tuple(
            Relation(
                kind=RecordKind.FACT, title=title, title_span=titles[title], records=tuple(records)
            )
            for title, records in groups.items()
        )
    )


def _facts(fields: Fields, item: Item, context: str) -> list[Record]:
    words = fields.text[item.body : item.end]
    # What stands behind an arrow is a reply; the name before its colon is who gave it.
    labels = [] if item.family == "remark" else list(line_labels(words))
    records = [
        record
        for match, end in labels
        for record in _of_label(fields, item, match, item.body + end, context)
    ]
    found = mentions(words)
    floor = labels[0][0].end() if labels else 0
    pairs = {id(first): (first, second) for first, second in changes(words, found)}
    replaced = {id(second) for _, second in pairs.values()}
    for mention in found:
        if mention.limited or id(mention) in replaced or _is_article(words, mention):
            continue
        # Behind a label a share belongs to the whole: `예산 : 총 9억원(동당 1억원)`.
        place = None if mention.each and labels else label_of(words, mention, floor)
        if (
            place is None
            and labels
            and not is_unmarked(labels[0][0])
            and (len(found) == 1 or _suits(labels[0][0], mention))
        ):
            place = labels[0][0].span("bracketed" if labels[0][0]["bracketed"] else "plain")
        if id(mention) in pairs:
            floor = pairs[id(mention)][1].noun_end
            records.append(_of_change(fields, item, pairs[id(mention)], place, context))
            continue
        floor = mention.noun_end
        if place is not None:
            records.append(_of_value(fields, item, mention, place, context))
    return records


def _noted(
    fields: Fields, records: list[Record], items: Sequence[Item], number: int
) -> list[Record]:
    """A labelled line with what is to be done about it, behind the arrow below it, as `note`."""
    below = items[number + 1] if number + 1 < len(items) else None
    item = items[number]
    labelled = LABELLED.match(fields.text, item.body, item.end) is not None
    arrow = labelled and below is not None and fields.text[below.start] in _ARROWS
    own = below is not None and below.parents[-1:] == (number,) and below.family == "remark"
    if not records or below is None or not (arrow and own):
        return records
    note = fields.make("note", FieldType.TEXT, below.body, below.end)
    spans = (*records[0].spans, Span(start=below.start, end=below.end))
    first = replace(records[0], fields=(*records[0].fields, note), spans=spans)
    return [first, *records[1:]]


def _said_of(fields: Fields, items: Sequence[Item], item: Item, context: str) -> list[Record]:
    """Who holds an office, and under a heading such as 법적 근거 the law itself."""
    span = Span(start=item.start, end=item.end)
    if item.end - item.start > _LONGEST:
        span = Span(start=item.start, end=item.start + _LONGEST)
    found = [
        _record(pair, _sentence(fields.text, item, pair[1].span.start, pair[1].span.end), context)
        for pair in officers(fields, item)
    ]
    above = items[item.parents[-1]] if item.parents else None
    grounds = above is not None and _GROUNDS.search(fields.text, above.body, above.end)
    law = _LAW.search(fields.text, item.body, item.end)
    if above is not None and grounds and law and item.end - item.start <= _LONGEST_VALUE:
        label = fields.make("label", FieldType.TEXT, above.body, above.end)
        value = fields.make(label.text, FieldType.TEXT, item.body, item.end)
        found.append(_record((label, value), span, context))
    return found


def _is_article(words: str, mention: Mention) -> bool:
    """`한 가지`, `두 분`: so few in letters are said in passing."""
    few = mention.value is not None and mention.value < _FEW
    return few and not re.search(r"\d", words[mention.start : mention.end])


def _of_change(
    fields: Fields,
    item: Item,
    pair: tuple[Mention, Mention],
    place: tuple[int, int] | None,
    context: str,
) -> Record:
    """Both values of a change; without a label of its own it is the heading's."""
    words = fields.text[item.body : item.end]
    first, second = changed_fields(fields, words, pair, item.body)
    if place is not None:
        label = fields.make("label", FieldType.TEXT, item.body + place[0], item.body + place[1])
    else:
        above = context.split(" / ")
        heading = next((each for each in reversed(above) if not is_valued(each)), above[-1])
        span = Span(start=first.span.start, end=first.span.start)
        label = Field(name="label", type=FieldType.TEXT, text=heading, span=span)
    start = min(label.span.start, first.span.start)
    span = _sentence(fields.text, item, start, second.span.end)
    return _record((label, first, second), span, context)


def _suits(label: re.Match[str], mention: Mention) -> bool:
    """Whether a line's label names a measure of the value's kind: `(예산) … 총 30억원`."""
    words = "".join((label["bracketed"] or label["plain"]).split())
    return not mention.each and bool(_MEASURE[mention.type].search(words))


def _of_value(
    fields: Fields, item: Item, mention: Mention, place: tuple[int, int], context: str
) -> Record:
    label = fields.make("label", FieldType.TEXT, item.body + place[0], item.body + place[1])
    label = replace(label, text=tidy(label.text))
    value = field_of(fields, label.text, mention, item.body)
    span = _sentence(fields.text, item, min(label.span.start, value.span.start), value.span.end)
    about = subject_of(fields.text[item.body : item.end], place, mention)
    if about and about not in context and about != label.text:
        context = f"{context} / {about}" if context else about
    return _record((label, value), span, context)


def _of_label(
    fields: Fields, item: Item, match: re.Match[str], end: int, context: str
) -> list[Record]:
    """`LABEL : VALUE` and `(LABEL) VALUE`; `(일시/장소) A / B` gives both."""
    start = item.body + match.end()
    if end - start > _LONGEST_VALUE:
        return []
    group = "bracketed" if match["bracketed"] else "plain"
    label = Span(start=item.body + match.start(group), end=item.body + match.end(group))
    value = Span(start=start, end=end)
    labels = _parted(fields.text, label, "/")
    values = _parted(fields.text, value, " / ")
    pairs = zip(labels, values, strict=True) if len(labels) == len(values) else [(label, value)]
    whole = Span(start=item.start, end=item.end)
    return [_record(_pair(fields, name, what), whole, context) for name, what in pairs]


def _pair(fields: Fields, label: Span, value: Span) -> tuple[Field, Field]:
    name = fields.make("label", FieldType.TEXT, label.start, label.end)
    name = replace(name, text=tidy(name.text))
    what = fields.make(name.text, FieldType.TEXT, value.start, value.end)
    return name, guess(name.text, what.text, what.span)


def _parted(text: str, span: Span, separator: str) -> list[Span]:
    spans: list[Span] = []
    start = span.start
    for part in text[span.start : span.end].split(separator):
        spans.append(Span(start=start, end=start + len(part)))
        start += len(part) + len(separator)
    return spans


def _record(fields: tuple[Field, ...], span: Span, context: str) -> Record:
    nowhere = Span(start=span.start, end=span.start)
    above = (Field(name="context", type=FieldType.TEXT, text=context, span=nowhere),)
    return Record(
        kind=RecordKind.FACT, fields=(*fields, *(above if context else ())), spans=(span,)
    )


def _sentence(text: str, item: Item, first: int, last: int) -> Span:
    """The item, or where that is too long to quote the sentences around the value."""
    if item.end - item.start <= _LONGEST:
        return Span(start=item.start, end=item.end)
    cuts = [match.end() for match in _SENTENCE.finditer(text, item.start, item.end)]
    start = max([item.start, *(cut for cut in cuts if cut <= first)])
    end = min([item.end, *(cut for cut in cuts if cut >= last)])
    return Span(start=max(start, first - _LONGEST // 2), end=min(end, last + _LONGEST // 2))


def _context(text: str, items: Sequence[Item], item: Item) -> str:
    """The nearest two headings, which say what a bare label such as 사업 is about.

    A heading that states values itself and a line with a label of its own are part of it.
    """
    above = [text[each.body : each.end] for each in (items[index] for index in item.parents[-2:])]
    words = text[item.body : item.end]
    label = LABELLED.match(words)
    if item.heading:
        above.append(words.split("(")[0])
    elif label and len(mentions(words)) > 1:
        above.append(label["bracketed"] or label["plain"])
    return squeeze(" / ".join(each.strip()[:80] for each in above))


def _title(text: str, items: Sequence[Item], item: Item) -> tuple[str, Span]:
    if not item.parents:
        return "", Span(start=0, end=0)
    above = items[item.parents[-1]]
    span = Span(start=above.body, end=above.end)
    return squeeze(text[span.start : span.end])[:120], span
