"""Plan trees: parts, strategies and the coded projects below them, as plans number them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from corpus.extraction.fields import Fields
from corpus.extraction.headings import is_number
from corpus.extraction.lines import Line, lines
from corpus.extraction.stretches import Stretches
from corpus.fulltext import FullText, PlacedTable
from corpus.headline import headline
from corpus.outline import Item
from corpus.records import Field, FieldType, Record, RecordKind, Relation
from corpus.text import squeeze
from corpus.types import Span

# What plans call their levels, printed before the number: 전략 1, 추진과제 1-2, 목표 Ⅰ.
_LEVEL = (
    r"[\[<【(]?(?P<level>(?:추진|세부|핵심|중점|전략|정책|성과)?\s?(?:전략|과제|목표|사업|분야))\s?"
)
_NUMBER = re.compile(
    rf"\s*(?:(?:{_LEVEL})?(?P<roman>[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ]+)\s?[.\s]"
    rf"|"
    rf"(?:{_LEVEL.replace('level', 'named')})(?P<number>\d{{1,2}}(?:-\d{{1,2}}){{0,2}})"
    rf"[\]>】)]?[.:]?(?=\s|[가-힣])"
    r"|(?P<code>\d{1,2}(?:-\d{1,2}){1,2})[.)]?(?=\s|[가-힣(])"
    r"|(?P<plain>\d{1,2})\.(?!\d))\s*(?:[:.]\s*)?"
)
_CELL_CODE = re.compile(
    r"(?<!\S)(?P<code>\d{1,2}(?:-\d{1,2}){1,2}|\d{1,2}(?=\.))\.?(?=\s|$|[가-힣(])"
)
# Fewer codes in an unbroken run are a reference to a plan, not a plan.
_FEWEST_CODES = 3
# Dots that lead to a page number in a table of contents.
_LEADER = re.compile(r"\s*[·․.…‥]{4,}\s*\d*\s*$")
# A mark behind a title, which a legend explains: ◎ for new.
_MARK = re.compile(r"\s*(?P<mark>[◎★☆◆◇●▲■※])\s*$")
_LONGEST_TITLE = 90
# The column of strategies in the plans seen holds 12 to 16 characters a line.
_NARROW = 24
_TITLE_LINES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry:
    """A numbered title: `code` is Ⅰ, 1, 1-2 or 1-2-3."""

    code: str
    start: int
    end: int
    title: int

    @property
    def numbers(self) -> tuple[int, ...]:
        return tuple(int(part) for part in self.code.split("-")) if self.code[0].isdigit() else ()


@dataclass(slots=True)
class _Strategy:
    """A strategy with its coded projects; the heading is None where only codes are printed."""

    heading: _Entry | None
    part: _Entry | None
    codes: list[_Entry] = field(default_factory=list)


def plans(full: FullText, items: Sequence[Item]) -> list[Relation]:
    """The plan trees of a paper.

    A tree is a run of codes that count up without a break (`1-1`, `1-2`, `1-2-1` …), with the
    strategies (`1.`) and parts (Ⅰ) that announce them. Codes that are only mentioned stay out.

    Returns:
        One relation a part, parents before children; no tree gives none. Codes repeat between
        parts, so `plan`, `part` and `code` together name an item.
    """
    fields = Fields(full.text)
    entries = sorted(_entries(full, items), key=lambda entry: entry.start)
    strategies = [group for group in _grouped(entries) if group.codes]
    head = headline(full.text, items, name="")
    plan = fields.make("plan", FieldType.NAME, *_find(full.text, head.title))
    return [
        _relation(fields, plan, run)
        for run in _runs(strategies)
        if sum(len(group.codes) for group in run) >= _FEWEST_CODES
    ]


def _find(text: str, title: str) -> tuple[int, int]:
    """Where a title stands whose lines were joined."""
    pattern = r"\s+".join(map(re.escape, title.split()))
    match = re.search(pattern, text) if pattern else None
    return match.span() if match else (0, 0)


def _entries(full: FullText, items: Sequence[Item]) -> Iterator[_Entry]:
    tables = Stretches(table.span for table in full.tables)
    ends = {item.start: item.end for item in items}
    printed = [line for line in lines(full.text) if line.start not in tables]
    found = [(n, _NUMBER.match(full.text, line.start, line.end)) for n, line in enumerate(printed)]
    numbered = [(n, match) for n, match in found if match and match.end() < printed[n].end]
    following = [*numbered[1:], (len(printed), None)][: len(numbered)]
    for (number, match), (after, later) in zip(numbered, following, strict=True):
        line = printed[number]
        limit = later.start() if later else len(full.text)
        # The outline knows how far a broken title goes; it may also have glued the next one to it.
        end = min(max(ends.get(line.start, 0), line.end), limit)
        if later and _code(later) == f"{_code(match)}-1":
            end = max(end, _rest_of_title(printed[number + 1 : after]))
        end = line.start + len(_LEADER.sub("", full.text[line.start : end]))
        if end - match.end() <= _LONGEST_TITLE:
            yield _Entry(code=_code(match), start=line.start, end=end, title=match.end())
    for table in full.tables:
        yield from _cell_entries(full.text, table)


def _code(match: re.Match[str]) -> str:
    return str(next(filter(None, match.group("roman", "number", "code", "plain"))))


def _rest_of_title(between: Sequence[Line]) -> int:
    """Where a strategy's title ends that stands in a narrow column beside its projects."""
    plain = all(not line.family and line.end - line.start <= _NARROW for line in between)
    return between[-1].end if between and plain and len(between) <= _TITLE_LINES else 0


def _cell_entries(text: str, table: PlacedTable) -> Iterator[_Entry]:
    # Beside figures a code says what they belong to; the plan itself stands elsewhere.
    figures = _states_figures(table)
    for number, placed in enumerate(table.cells):
        span = placed.span
        words = text[span.start : span.end]
        found = list(_CELL_CODE.finditer(words))
        head = _NUMBER.match(words)
        if head and not head["code"]:
            yield _Entry(
                code=_code(head), start=span.start, end=span.end, title=span.start + head.end()
            )
            continue
        if not found or found[0].start():
            continue
        ends = [*(match.start() for match in found[1:]), len(words)]
        for match, end in zip(found, ends, strict=True):
            if words[match.end() : end].strip():
                last = span.start + len(words[:end].rstrip())
                yield _Entry(
                    code=match["code"],
                    start=span.start + match.start(),
                    end=last,
                    title=span.start + match.end(),
                )
            elif number + 1 < len(table.cells) and not figures:
                beside = table.cells[number + 1].span
                yield _Entry(
                    code=match["code"],
                    start=span.start + match.start(),
                    end=beside.end,
                    title=beside.start,
                )


def _states_figures(table: PlacedTable) -> bool:
    """Whether a table has a column of numbers below its head."""
    columns: dict[int, list[str]] = {}
    for placed in table.cells:
        if placed.cell.row and (words := squeeze(placed.cell.text)):
            columns.setdefault(placed.cell.column, []).append(words)
    return any(
        len(cells) >= _FEWEST_CODES and sum(map(is_number, cells)) > 0.6 * len(cells)
        for column, cells in columns.items()
        if column
    )


def _grouped(entries: Sequence[_Entry]) -> list[_Strategy]:
    """Each strategy with the codes that count up below it."""
    groups: list[_Strategy] = []
    part: _Entry | None = None
    for entry in entries:
        if not entry.numbers:
            part = entry
        elif len(entry.numbers) == 1:
            groups.append(_Strategy(heading=entry, part=part))
        elif groups and _follows(groups[-1], entry):
            groups[-1].codes.append(entry)
        elif entry.numbers[1:] in {(1,), (1, 1)}:
            groups.append(_Strategy(heading=None, part=part, codes=[entry]))
    return groups


def _follows(group: _Strategy, entry: _Entry) -> bool:
    numbers = entry.numbers
    if group.heading is not None and group.heading.numbers[0] != numbers[0]:
        return False
    if not group.codes:
        return set(numbers[1:]) == {1}
    last = group.codes[-1].numbers
    if len(numbers) == 3 and numbers[2] == 1 and numbers[:2] == last[:2]:
        return len(last) == 2
    if len(numbers) == 3:
        return len(last) == 3 and numbers[:2] == last[:2] and numbers[2] == last[2] + 1
    return numbers == (last[0], last[1] + 1)


def _runs(strategies: Sequence[_Strategy]) -> list[list[_Strategy]]:
    """Strategies that count up inside one part."""
    runs: list[list[_Strategy]] = []
    for group in strategies:
        number = group.codes[0].numbers[0]
        if runs:
            last = runs[-1][-1]
            if last.part is group.part and number == last.codes[0].numbers[0] + 1:
                runs[-1].append(group)
                continue
        runs.append([group])
    return runs


def _relation(fields: Fields, plan: Field, run: Sequence[_Strategy]) -> Relation:
    records: list[Record] = []
    part = run[0].part
    common = [plan] if plan.text else []
    if part is not None:
        records.append(_record(fields, common, part, parent=None, level=0))
        common = [*common, fields.make("part", FieldType.CODE, part.start, part.end)]
    top = 0 if part is not None else None
    for group in run:
        above = {0: top}
        if group.heading is not None:
            records.append(_record(fields, common, group.heading, parent=top, level=1))
            above[0] = len(records) - 1
        for entry in group.codes:
            depth = len(entry.numbers) - 1
            parent = above.get(depth - 1, above[0])
            records.append(_record(fields, common, entry, parent=parent, level=depth + 1))
            above[depth] = len(records) - 1
    title = fields.make("title", FieldType.TEXT, part.start, part.end) if part else plan
    return Relation(
        kind=RecordKind.PLAN_ITEM, title=title.text, title_span=title.span, records=tuple(records)
    )


def _record(
    fields: Fields, common: Sequence[Field], entry: _Entry, *, parent: int | None, level: int
) -> Record:
    """`level` is 0 for a part, 1 for a strategy, 2 and 3 for what is coded below it."""
    code = entry.start + fields.text[entry.start : entry.end].index(entry.code)
    mark = _MARK.search(fields.text, entry.title, entry.end)
    legend = _legend(fields.text, mark["mark"]) if mark else None
    marked = [fields.make("mark", FieldType.NAME, *legend)] if legend else []
    end = mark.start() if mark and legend else entry.end
    place = Span(start=entry.start, end=entry.start)
    return Record(
        kind=RecordKind.PLAN_ITEM,
        fields=(
            *common,
            fields.make("code", FieldType.CODE, code, code + len(entry.code)),
            fields.make("title", FieldType.NAME, entry.title, end),
            *marked,
            Field(name="level", type=FieldType.COUNT, text="", span=place, value=level),
        ),
        spans=(fields.trimmed(entry.start, entry.end),),
        parent=parent,
    )


def _legend(text: str, mark: str) -> tuple[int, int] | None:
    """Where a paper says what a mark behind titles means: 신규 of `(◎ 신규)`; None where not."""
    match = re.search(
        rf"{re.escape(mark)}\s?[:：=]?\s?(?P<word>[가-힣]{{2,6}})(?:\s?(?:사업|과제))?\s?[),]", text
    )
    return match.span("word") if match else None
