"""Runs of lines of one shape: `- 가람1동 : 반찬 나눔 등 7개 사업 총 450만원`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.extraction.fields import Fields
from corpus.extraction.mentions import Mention, field_of, mentions
from corpus.extraction.pairs import (
    PROGRAMMES,
    priced_programmes,
    read_pairs,
    relation_of_lines,
    value_name,
    year_fields,
)
from corpus.extraction.place_names import place_in_list
from corpus.extraction.stretches import Stretches
from corpus.extraction.surroundings import Above, above_item, look_above
from corpus.fulltext import FullText
from corpus.outline import Item
from corpus.places import find_dongs
from corpus.records import Extraction, Field, FieldType, Record, RecordKind, Relation
from corpus.types import Span

# Two lines of one shape happen by chance.
_FEWEST = 3
# A run may hold a few lines that differ; they are kept with a doubt.
_ALIKE = 0.6
_KEY = re.compile(r"(?P<key>[^:：\n(]{1,40}?)\s*(?P<paren>\([^()\n]{1,40}\))?\s*[:：]\s*")
_LONE_KEY = re.compile(r"(?P<key>[^:：\n(]{1,30}?)\s*(?P<paren>\([^()\n]{1,40}\))\s*$")
# What may stand between the values at the end of a line, and behind the last one.
_BETWEEN = re.compile(
    r"[\s,./·()~\-에]*(?:총|약|각|합계|및|예산|사업비|금액|[가-힣]{2,3}비)?[\s:,(]*"
)
_BEHIND = re.compile(r"[\s,.)]*(?:지원|편성|규모|추진|운영|예정|투입|집행|배정|등)?[\s,.)]*")
_EXAMPLES_END = re.compile(r"[\s,·]*(?:등)?[\s,·]*(?:총|약|합계)?[\s,(]*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """An item cut into key, words and the values that stand before and behind them."""

    item: Item
    key: Span
    place: str
    before: tuple[Mention, ...]
    words: Span
    behind: tuple[Mention, ...]

    @property
    def shape(self) -> tuple[bool, tuple[FieldType, ...], tuple[FieldType, ...]]:
        """What lines of one run have in common."""
        types = tuple(mention.type for mention in self.behind)
        return bool(self.place), tuple(mention.type for mention in self.before), types


def extract_parallel(
    full: FullText, items: Sequence[Item], taken: Sequence[Span] = ()
) -> Extraction:
    """Read runs of three or more neighbouring lines of one shape.

    The shape is learnt from the run: a key (place or name), words, and the same sequence of
    values in each line. Lines of a run that differ are kept with a doubt.

    Args:
        full: The paper.
        items: Its logical lines.
        taken: Stretches that other extractors have read already.

    Returns:
        A relation for each run.
    """
    fields = Fields(full.text)
    relations: list[Relation] = []
    closed = Stretches([*(table.span for table in full.tables), *taken])
    for run in _runs(items, closed):
        above = above_item(full.text, items, run[0])
        if not above.note:  # a unit note on a line of its own, between heading and list
            above = replace(above, note=look_above(full.text, items, run[0].start).note)
        relation = read_pairs(fields, run, above) or _lines(fields, run, above)
        if relation is not None:
            relations.append(relation)
    return Extraction(relations=tuple(relations))


def _runs(items: Sequence[Item], closed: Stretches) -> Iterator[list[Item]]:
    """Items under the same parents with the same kind of bullet, in order."""
    groups: dict[tuple[tuple[int, ...], str], list[Item]] = {}
    for item in items:
        if item.family in {"row", "remark"}:
            continue
        if not closed.touch(item.start, item.end):
            groups.setdefault((item.parents, item.family), []).append(item)
    yield from groups.values()


def _lines(fields: Fields, run: Sequence[Item], above: Above) -> Relation | None:
    """The lines of a run, each with the programmes below it that it prices."""
    won = above.note.won
    lines = [line for item in run if (line := _cut(fields.text, item, won)) is not None]
    shapes = Counter(line.shape for line in lines)
    if not shapes:
        return None
    shape, support = shapes.most_common(1)[0]
    stated = bool(shape[1] or shape[2]) or shape[0]
    if support < _FEWEST or support < _ALIKE * len(lines) or not stated:
        return None
    records: list[Record] = []
    for line in lines:
        if line.shape == shape or (line.place and shape[0]):
            records.append(_record(fields, line, above, odd=line.shape != shape))
            if line.place and line.before:
                priced = priced_programmes(fields, line.key, line.place, line.words, above)
                parent = len(records) - 1
                records.extend(replace(record, parent=parent) for record in priced)
    return relation_of_lines(records, above)


def _cut(text: str, item: Item, won: int | None) -> _Line | None:
    """Key, words and values of an item; None where it has no key."""
    words = text[item.body : item.end]
    match = _KEY.match(words) or _LONE_KEY.match(words)
    if match:
        key, rest = (match.start("key"), match.end("key")), match.end()
        before = mentions(match["paren"] or "", won)
        offset = match.start("paren")
        if match["paren"] and not before:  # the brackets belong to the key
            key = (match.start("key"), match.end("paren"))
    else:
        dongs = find_dongs(words)
        if not dongs or dongs[0].start or len(dongs[0].keys) != 1:
            return None
        if re.match(r"[가-힣]", words[dongs[0].end :]):
            return None  # 가람동에 사는 사람: the place is a word of a sentence
        key, rest, before, offset = (0, dongs[0].end), dongs[0].end, [], 0
    values = mentions(words[rest:], won)
    stated = {value.type for value in before}
    # `가람동(3개 사업, 12,500천원): 반찬 나눔 5,000천원, …`: the last amount is an example's own.
    behind = [] if stated & {v.type for v in values} else _last_values(words[rest:], values)
    end = behind[0].start if behind else len(words) - rest
    trailing = _EXAMPLES_END.search(words, rest, rest + end) if behind else None
    end = trailing.start() - rest if trailing else end
    at = item.body
    return _Line(
        item=item,
        key=Span(start=at + key[0], end=at + key[1]),
        place=place_in_list("".join(words[key[0] : key[1]].split("\n"))),
        before=tuple(_moved(value, at + offset) for value in before),
        words=Span(start=at + rest, end=at + rest + end),
        behind=tuple(_moved(value, at + rest) for value in behind),
    )


def _last_values(words: str, values: Sequence[Mention]) -> list[Mention]:
    """The values with which a line ends, nothing but joining words between and behind them."""
    found: list[Mention] = []
    limit = len(words)
    for value in reversed(values):
        pattern = _BETWEEN if found else _BEHIND
        if not pattern.fullmatch(words, value.noun_end, limit):
            break
        found.insert(0, value)
        limit = value.start
    return found


def _moved(mention: Mention, offset: int) -> Mention:
    return replace(
        mention,
        start=mention.start + offset,
        end=mention.end + offset,
        noun_end=mention.noun_end + offset,
    )


def _record(fields: Fields, line: _Line, above: Above, *, odd: bool) -> Record:
    span = Span(start=line.item.start, end=line.item.end)
    found = [_key(fields, line, above)]
    values = [*line.before, *line.behind]
    if fields.text[line.words.start : line.words.end].strip():
        name = "examples" if _counts_programmes(values) else "text"
        found.append(fields.make(name, FieldType.TEXT, line.words.start, line.words.end))
    for value in values:
        found.append(field_of(fields, value_name(value), value, 0))
    money = any(field.type is FieldType.MONEY for field in found)
    named = found[0].name in {"place", "programme"}
    return Record(
        kind=RecordKind.BUDGET_LINE if money and named else RecordKind.ROW,
        fields=(*year_fields(above, span), *found),
        spans=(span,),
        doubt="odd_line" if odd else "",
    )


def _key(fields: Fields, line: _Line, above: Above) -> Field:
    start, end = line.key.start, line.key.end
    if line.place:
        return fields.make("place", FieldType.PLACE, start, end, place=line.place)
    named = PROGRAMMES.search(fields.text[start:end]) or PROGRAMMES.search(above.title)
    return fields.make("programme" if named else "name", FieldType.NAME, start, end)


def _counts_programmes(values: Sequence[Mention]) -> bool:
    return any(value.type is FieldType.COUNT and PROGRAMMES.search(value.unit) for value in values)
