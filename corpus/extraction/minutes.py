"""Agenda items of minutes with their results, presenters and the stretch that deals with them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from corpus.extraction.agenda_marks import Mark, boxed, listed, numbered, sectioned
from corpus.extraction.agenda_tables import agenda_rows, boxed_results, cells_beside
from corpus.extraction.decisions import is_result, presenter, result
from corpus.extraction.fields import Fields
from corpus.extraction.form_labels import form_boxes
from corpus.extraction.lines import Line, lines
from corpus.extraction.votes import put_to_vote, votes
from corpus.fulltext import FullText
from corpus.outline import Item
from corpus.records import Field, FieldType, Record, RecordKind, Relation
from corpus.types import Span

_TITLE_LINES = 4
_CHAPTERS = {"square", "roman", "chapter", "number"}
_CLOSING = {"notices", "next", "photos", "check", "other"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """The stretch of minutes that deals with an agenda item.

    Attributes:
        order: Number of the item.
        number: Where the number is printed.
        title: Where the title is printed.
        start: Where the stretch begins.
        end: Where the next one, or a box such as 공지사항 or 건의사항, begins.
    """

    order: int
    number: Span
    title: Span
    start: int
    end: int


@dataclass(slots=True)
class _Agenda:
    order: int
    number: Span
    titles: list[Span] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)


def sections(full: FullText, items: Sequence[Item]) -> list[Section]:
    """The stretches of a paper that deal with its agenda items, in printed order."""
    found: list[tuple[Mark, _Agenda]] = []
    for agenda in _agenda(full):
        body = [mark for mark in agenda.marks if not mark.listed]
        if body:  # a row of a table tells the result, a section below it what was said
            found.append((next((mark for mark in body if not mark.row), body[0]), agenda))
    if not found:
        return []
    found.sort(key=lambda entry: entry[0].number.start)
    starts = [mark.number.start for mark, _ in found]
    ends = [*starts[1:], _over(full.text, starts)]
    return [
        Section(
            order=agenda.order,
            number=agenda.number,
            title=(
                _without_result(full.text, agenda.titles[0]) if agenda.titles else agenda.number
            ),
            start=mark.number.start,
            end=min(end, mark.end) if mark.row else end,
        )
        for (mark, agenda), end in zip(found, ends, strict=True)
    ]


def _over(text: str, starts: Sequence[int]) -> int:
    """Where the last item is over: at the next chapter, or a box of the form beside it."""
    printed = lines(text)
    chapter = _next_chapter(text, printed, starts)
    alone = {
        line.start for line in printed if line.family not in {"dash", "dot", "remark", "paren"}
    }
    for box in form_boxes(text, printed):
        start = text.rfind("\n", 0, box.label.start) + 1
        start += len(text[start : box.label.start]) - len(text[start : box.label.start].lstrip())
        if box.key in _CLOSING and start in alone and start > starts[-1]:
            return min(start, chapter or start)
    return chapter or len(text)


def _next_chapter(text: str, printed: Sequence[Line], starts: Sequence[int]) -> int | None:
    """The line behind the last item with the bullet of the chapter that all items stand in.

    Chapters are the lines whose bullet the items themselves do not have; None where the items
    stand in none.
    """
    own = {line.family for line in printed if line.start in starts}
    above = [
        line
        for line in printed
        if line.start < starts[0] and line.family in _CHAPTERS and line.family not in own
    ]
    if not above:
        return None
    alike = [line for line in printed if line.family == above[-1].family]
    if any(starts[0] < line.start < starts[-1] for line in alike):
        return None
    number = _number(text, above[-1])
    below = (line.start for line in alike if line.start > starts[-1])
    if not number:
        return next(below, None)
    # Numbers also count what an item lists: only the next one of the chapters ends it.
    return next((at for at in below if text.startswith(f"{number + 1}.", at)), None)


def _number(text: str, line: Line) -> int:
    """The number of a numbered line, `2. …`; 0 for other bullets."""
    match = re.compile(r"\d{1,2}(?=\.)").match(text, line.start)
    return int(match[0]) if match and line.family == "number" else 0


def agenda_items(full: FullText, items: Sequence[Item]) -> list[Relation]:
    """The agenda items of minutes.

    The list at the top, the boxes (`안건 1 검토결과`) and the numbered sections are brought
    together by their numbers.

    Returns:
        One relation with an item a record; none for a paper that names no agenda.
    """
    fields = Fields(full.text)
    found = _agenda(full)
    if not found:
        return []
    parts = sections(full, items)
    printed = lines(full.text)
    told = boxed_results(full)
    records = tuple(
        _record(fields, printed, agenda, parts, told.get(agenda.order)) for agenda in found
    )
    title = Span(start=records[0].spans[0].start, end=records[0].spans[0].start)
    heads = {name: None for agenda in found for mark in agenda.marks for name, _ in mark.beside}
    return [
        Relation(
            kind=RecordKind.AGENDA_ITEM,
            title="",
            title_span=title,
            records=records,
            heads="\n".join(heads),
        )
    ]


def _agenda(full: FullText) -> list[_Agenda]:
    text = full.text
    printed = lines(text)
    rows = agenda_rows(full)
    top, behind = listed(text, printed)
    body = [_with_title(text, printed, mark) for mark in boxed(text, printed, behind)]
    sectors = [] if top else sectioned(text, printed)
    if (
        not top
        and not rows
        and not sectors
        and not any(_decided(text, printed, mark) for mark in body)
    ):
        return []
    body.extend(sectors)
    body.extend(numbered(text, printed, behind, [*top, *body, *rows]))
    found: dict[int, _Agenda] = {}
    for mark in [*top, *sorted([*body, *rows], key=lambda mark: mark.number.start)]:
        if top and mark.order not in found and not mark.listed:
            continue
        agenda = found.setdefault(mark.order, _Agenda(order=mark.order, number=mark.number))
        agenda.marks.append(mark)
        if mark.title.end > mark.title.start:
            agenda.titles.append(mark.title)
    return [found[order] for order in sorted(found)]


def _decided(text: str, printed: Sequence[Line], mark: Mark) -> bool:
    inside = [line for line in printed if line.start >= mark.number.start][:_TITLE_LINES]
    return result(text, inside) is not None


def _with_title(text: str, printed: Sequence[Line], mark: Mark) -> Mark:
    """A box prints its title on the lines below its number."""
    if mark.title.end > mark.title.start:
        return mark
    below = [line for line in printed if line.start > mark.number.start][:_TITLE_LINES]
    title: list[Line] = []
    for line in below:
        if line.family or is_result(text[line.start : line.end]):
            break
        title.append(line)
    if not title or len(title) == _TITLE_LINES:
        return mark
    span = Span(start=title[0].start, end=title[-1].end)
    return Mark(order=mark.order, number=mark.number, title=span, listed=False, end=span.end)


def _record(
    fields: Fields,
    printed: Sequence[Line],
    agenda: _Agenda,
    parts: Sequence[Section],
    told: Span | None,
) -> Record:
    start, end = _stretch(agenda, parts)
    inside = [line for line in printed if start <= line.start < end]
    inside += [line for line in printed for mark in agenda.marks if _is_row(mark, line)]
    found: list[Field] = [
        fields.make(
            "number", FieldType.CODE, agenda.number.start, agenda.number.end, value=agenda.order
        )
    ]
    spans = [
        Span(start=mark.number.start, end=max(mark.end, mark.number.end)) for mark in agenda.marks
    ]
    if agenda.titles:
        title = max(agenda.titles[:2], key=lambda span: span.end - span.start)
        title = agenda.titles[0] if title.end - title.start < _LONGEST_TITLE else title
        title = _without_result(fields.text, title)
        found.append(fields.make("title", FieldType.NAME, title.start, title.end))
    verdict = told or result(fields.text, inside) or _in_title(fields.text, agenda)
    if verdict:
        found.append(fields.make("result", FieldType.NAME, verdict.start, verdict.end))
        spans.append(verdict)
    if inside:
        counts, vote = votes(fields, inside[0].start, inside[-1].end)
        found.extend(counts)
        spans.extend([vote] if vote else [])
        notes = list(put_to_vote(fields, inside[0].start, inside[-1].end))
        found.extend(notes)
        spans.extend(note.span for note in notes)
    name, team = presenter(fields.text, inside)
    if name:
        found.append(fields.make("presenter", FieldType.PERSON, name.start, name.end))
        spans.append(_line_of(fields.text, name))
    if team:
        found.append(fields.make("department", FieldType.ORGANISATION, team.start, team.end))
    found.extend(cells_beside(fields, agenda.marks, {field.name for field in found}))
    return Record(kind=RecordKind.AGENDA_ITEM, fields=tuple(found), spans=_ordered(spans))


def _is_row(mark: Mark, line: Line) -> bool:
    return mark.row and line.start <= mark.title.start < line.end


def _stretch(agenda: _Agenda, parts: Sequence[Section]) -> tuple[int, int]:
    own = next((part for part in parts if part.order == agenda.order), None)
    return (own.start, own.end) if own else (0, 0)


def _in_title(text: str, agenda: _Agenda) -> Span | None:
    for title in agenda.titles:
        match = _TITLE_RESULT.search(text, title.start, title.end)
        verdict = match.span("bracketed" if match["bracketed"] else "plain") if match else None
        if verdict and is_result(text[slice(*verdict)]):
            return Span(start=verdict[0], end=verdict[1])
    return None


def _without_result(text: str, title: Span) -> Span:
    """A title without the result that stands behind its colon: `… 변경(안) : 원안가결`."""
    match = _TITLE_RESULT.search(text, title.start, title.end)
    if match and match["plain"] and is_result(match["plain"]):
        return Span(start=title.start, end=match.start())
    return title


def _line_of(text: str, span: Span) -> Span:
    start = text.rfind("\n", 0, span.start) + 1
    end = text.find("\n", span.end)
    words = text[start : len(text) if end < 0 else end]
    start += len(words) - len(words.lstrip())
    return Span(start=start, end=start + len(words.strip()))


def _ordered(spans: Sequence[Span]) -> tuple[Span, ...]:
    found: list[Span] = []
    for span in sorted(spans, key=lambda span: (span.start, -span.end)):
        if found and span.start < found[-1].end:
            found[-1] = Span(start=found[-1].start, end=max(found[-1].end, span.end))
        elif span.end > span.start:
            found.append(span)
    return tuple(found)


_TITLE_RESULT = re.compile(
    r"[(\[](?P<bracketed>[가-힣\s]{2,12})[)\]]$|\s*[:：]\s*(?P<plain>[가-힣][가-힣\s()]{1,24})$"
)
_LONGEST_TITLE = 200
