"""Blocks of labelled lines under a name: what a programme offers, when and where an event is."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.extraction.fields import Fields
from corpus.extraction.place_names import place_of
from corpus.extraction.values import make
from corpus.fulltext import FullText
from corpus.outline import Item
from corpus.records import Extraction, Field, FieldType, Record, RecordKind, Relation
from corpus.text import squeeze
from corpus.types import Span

_LABELLED = re.compile(
    r"(?:\((?P<bracketed>[가-힣][가-힣\s·/]{0,14})\)|(?P<plain>[가-힣][가-힣\s·/]{0,14}?)\s*[:：])\s*(?=\S)"
)
_PROGRAMME = {
    "target": re.compile(r"(?:지원|이용|교육|참여|사업|신청|모집)?대상(?:자)?|(?:지원|신청)?자격"),
    "period": re.compile(
        r"(?:사업|운영|신청|접수|모집|지원|교육|이용)?(?:기간|시기)|(?:운영|교육)?일시"
    ),
    "apply": re.compile(r"(?:신청|접수|이용|참여)(?:방법|절차|문의)?"),
    "contact": re.compile(r"문의(?:처|전화)?|연락처|전화|담당부서"),
    "place": re.compile(r"(?:운영|교육|이용)?장소|위치"),
    "amount": re.compile(r"(?:총)?(?:사업비|예산|소요예산)"),
}
_EVENT = {
    "held_on": re.compile(r"(?:행사|회의|교육|개최)?(?:일시|일자|날짜)"),
    "place": re.compile(r"(?:행사|회의|교육|개최)?(?:장소|위치)"),
    "host": re.compile(r"주최|주관|주최/주관"),
    "amount": re.compile(r"(?:총)?(?:사업비|예산|소요예산)"),
    "audience": re.compile(r"(?:참석|참가)?(?:대상|대상자|자)|참석자|참석대상|인원"),
}
_NAMES = re.compile(r"(?:사업|행사|회의|교육|프로그램|과정)명")
_BLANK_HEADING = re.compile(
    r"(?:(?:사업|행사|회의|추진|교육)\s*)?(?:개요|내용|안내|계획|현황)(?:\s*및\s*.{1,12})?|주요\s*내용"
)
# `… 회의를 아래와 같이 개최하오니`: an invitation names its event in its sentence.
_CALLED = re.compile(r"(?P<name>[^.。]{4,60}?)(?:을|를)\s[^.]{0,30}(?:개최|실시|운영|진행)하")
_SENTENCE = re.compile(r"[.。]\s|[다요음함됨임][.]?\s*$")
_LONGEST_NAME = 60
_NAMED = re.compile(rf"(?:{_NAMES.pattern})\s*[:：]\s*")
_PRESENTED = re.compile(r"(?:제안\s?)?(?:설명|보고|발표)(?:자)?\s*[:：]")
_CODE = re.compile(
    r"^\s*(?:[【\[<(]\s?제?\s?\d{1,2}\s?호?\s?안건\s?\d{0,2}\s?[】\]>)]|\d{1,2}[.)]|[가-하][.)]|제\d+조)\s*"
)


def extract_programmes(full: FullText, items: Sequence[Item]) -> Extraction:
    """Read the blocks of labelled lines (`대상 : …`, `기간 : …`) that stand under a name.

    Args:
        full: The paper.
        items: Its logical lines.

    Returns:
        Relations of programmes (two or more of target, period, how to apply, contact) and of
        events (when and where), one for each heading above the names.
    """
    fields = Fields(full.text)
    children: dict[int, list[Item]] = {}
    for item in items:
        if item.parents and item.family not in {"row", "remark"}:
            children.setdefault(item.parents[-1], []).append(item)
    groups: dict[tuple[int, ...], list[Record]] = {}
    for index, lines in children.items():
        record = _record(fields, _heading(full.text, items, index), lines)
        if record is not None:
            groups.setdefault(items[index].parents[-1:], []).append(record)
    return Extraction(
        relations=tuple(
            _relation(full.text, items, above, kind, records)
            for above, found in groups.items()
            for kind in (RecordKind.PROGRAMME, RecordKind.EVENT)
            if (records := [record for record in found if record.kind is kind])
        )
    )


def _heading(text: str, items: Sequence[Item], index: int) -> Item:
    """The line that names what a block is of: not who presents it (`제안설명 : …`), but above."""
    item = items[index]
    while item.parents and _PRESENTED.match(text, item.body, item.end):
        item = items[item.parents[-1]]
    return item


def _relation(
    text: str,
    items: Sequence[Item],
    above: tuple[int, ...],
    kind: RecordKind,
    records: Sequence[Record],
) -> Relation:
    span = Span(start=items[above[0]].body, end=items[above[0]].end) if above else None
    return Relation(
        kind=kind,
        title=squeeze(text[span.start : span.end]) if span else "",
        title_span=span or Span(start=0, end=0),
        records=tuple(records),
    )


def _record(fields: Fields, heading: Item, lines: Sequence[Item]) -> Record | None:
    pairs: list[tuple[Span, Span, Item]] = []
    for item in lines:
        match = _LABELLED.match(fields.text[item.body : item.end])
        if match is None:
            continue
        group = "bracketed" if match["bracketed"] else "plain"
        label = Span(start=item.body + match.start(group), end=item.body + match.end(group))
        pairs.append((label, Span(start=item.body + match.end(), end=item.end), item))
    labels = ["".join(fields.text[label.start : label.end].split()) for label, _, _ in pairs]
    kind, fixed = _kind(labels)
    if kind is None:
        return None
    name = _name(fields, heading, pairs, labels, kind)
    if name is None:
        return None
    found = [name]
    for words, (_, value, _) in zip(labels, pairs, strict=True):
        if not _NAMES.fullmatch(words):
            found.append(_field(fields, _fixed(fixed, words, found), value))
    spans = [Span(start=heading.start, end=heading.end)]
    spans += [Span(start=item.start, end=item.end) for _, _, item in pairs]
    return Record(kind=kind, fields=tuple(found), spans=tuple(spans))


def _kind(labels: Sequence[str]) -> tuple[RecordKind | None, dict[str, re.Pattern[str]]]:
    def has(patterns: dict[str, re.Pattern[str]], name: str) -> bool:
        return any(patterns[name].fullmatch(label) for label in labels)

    if has(_EVENT, "held_on") and has(_EVENT, "place"):
        return RecordKind.EVENT, _EVENT
    if sum(has(_PROGRAMME, name) for name in ("target", "period", "apply", "contact")) >= 2:
        return RecordKind.PROGRAMME, _PROGRAMME
    return None, {}


def _name(
    fields: Fields,
    heading: Item,
    pairs: Sequence[tuple[Span, Span, Item]],
    labels: Sequence[str],
    kind: RecordKind,
) -> Field | None:
    """The line that says `사업명 : …`, else the heading, unless that says nothing (개요)."""
    name = "title" if kind is RecordKind.EVENT else "programme"
    for label, (_, value, _) in zip(labels, pairs, strict=True):
        if _NAMES.fullmatch(label):
            return fields.make(name, FieldType.NAME, value.start, value.end)
    words = fields.text[heading.body : heading.end]
    code = _NAMED.match(words) or _CODE.match(words)
    start = heading.body + (code.end() if code else 0)
    called = _CALLED.match(words)
    end = heading.body + called.end("name") if called else heading.end
    field = fields.make(name, FieldType.NAME, start, end)
    empty = _BLANK_HEADING.fullmatch(field.text) or _SENTENCE.search(field.text)
    return None if empty or len(field.text) > _LONGEST_NAME else field


def _fixed(fixed: dict[str, re.Pattern[str]], label: str, found: Sequence[Field]) -> str:
    taken = {field.name for field in found}
    names = [name for name, pattern in fixed.items() if pattern.fullmatch(label)]
    return names[0] if names and names[0] not in taken else label


_TYPES = {
    "period": FieldType.DATE,
    "held_on": FieldType.DATE,
    "amount": FieldType.MONEY,
    "contact": FieldType.CONTACT,
}


def _field(fields: Fields, name: str, value: Span) -> Field:
    plain = fields.make(name, FieldType.TEXT, value.start, value.end)
    kind = _TYPES.get(name)
    if name == "place" and place_of(plain.text):
        kind = FieldType.PLACE
    field = make(name, kind, plain.text, plain.span) if kind else None
    return field or plain
