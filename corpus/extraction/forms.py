"""Forms: labels beside their values, as `일시 | … | 장소 | …`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.extraction.columns import is_person
from corpus.extraction.grid import Grid, GridCell, compact
from corpus.extraction.headings import is_dash, is_number, tidy
from corpus.extraction.surroundings import Above
from corpus.extraction.values import guess
from corpus.records import Field, FieldType, Record, RecordKind, Relation
from corpus.types import Span

# What the boxes of office forms are called; a label is one of these, alone or behind a qualifier.
_LABEL = re.compile(
    r"(?:[가-힣·/]{0,8})?(?:일시|일자|일정|장소|기간|대상|인원|목적|내용|방법|문의|연락처|전화|부서|담당|담당자|책임자|주관|주최|후원|협력|"
    r"사업명|행사명|과제명|회의명|교육명|사업비|예산|금액|규모|위치|주소|성명|직위|직급|소속|기관|기관명|단체명?|신청인|신청자|대표자|사업자|설립일|회원수|제출자|제출일|제출연월일|"
    r"의안번호|배포|배포일|보도시점|보도일시|작성자|작성일|기록|기록자|위원장|부위원장|간사|참석자|참석|불참|안건|결과|제목|근거|"
    r"명칭|연월일|년월일|시점|번호|비고|차기|강사|자격|정원|요일|시간|이용료|운영|신청|접수|수신|발신|경유|참조|시행|공지사항|확인자|붙임|의견|사항|회의|배경|필요성|효과|계획|현황|개요|서류|활동비|임기)"
)
_PHONE = re.compile(r"\(?0\d{1,2}[-)]\s?\d{3,4}-\s?\d{4}\)?")
_RANKED = re.compile(
    r"(?:과\s?장|부\s?장|차\s?장|국\s?장|팀\s?장|센터장|사무관|서기관|주무관|주\s?사|대\s?리|간\s?사)\s*(?P<person>[가-힣]{2,4}|[가-힣](?:\s[가-힣]){1,3})"
)
# A form's label is a word or two.
_LONGEST_LABEL = 14


def facts_of_form(grid: Grid, above: Above) -> Relation | None:
    """Read a form.

    Args:
        grid: A table.
        above: What stands above it.

    Returns:
        A relation of facts; None if the table is not a form or all its boxes are blank.
    """
    table = compact(grid)
    rows = [table.printed(row) for row in range(table.rows)]
    while len(rows) > 1 and len(rows[0]) == 1 and not is_label(rows[0][0].text):
        table = compact(table, 1)
        rows = [table.printed(row) for row in range(table.rows)]
    if not rows or table.columns < 2 or not _is_form(rows, table):
        return None
    blank = _unanswered(grid)
    records = [
        _record(label, values, above)
        for row in range(table.rows)
        for label, values in _pairs(table, row)
        if label.span not in blank
    ]
    if not records:
        return None
    return Relation(
        kind=RecordKind.FACT,
        title=above.title,
        title_span=above.title_span,
        records=tuple(records),
    )


def _unanswered(grid: Grid) -> set[Span]:
    """Where the labels stand whose box, right beside them, is printed empty."""
    spans: set[Span] = set()
    for cell in grid.cells:
        beside = grid.at(cell.row, cell.column + cell.column_span)
        if cell.text and is_label(cell.text) and beside is not None and not beside.text:
            spans.add(cell.span)
    return spans


def is_label(text: str) -> bool:
    """Whether a cell is the name of a form's box."""
    plain = "".join(text.split())
    return len(plain) <= _LONGEST_LABEL and bool(
        _LABEL.fullmatch(re.sub(r"^\((.*)\)$", r"\1", re.sub(r"(?<=.)\(.*?\)$", "", plain)))
    )


def _is_form(rows: Sequence[Sequence[GridCell]], table: Grid) -> bool:
    """Labels at the left of each row, values that are no labels beside most of them."""
    filled = [row for row in rows if row]
    if not filled or len(filled[0]) < 2:
        return False
    if all(is_label(cell.text) for cell in filled[0]) or any(
        is_number(row[0].text) for row in filled
    ):
        return False
    labelled = sum(is_label(row[0].text) or row[0].column > 0 for row in filled)
    answered = sum(any(not is_label(cell.text) for cell in row[1:]) for row in filled)
    several = table.columns >= 4 or len(filled) <= 12
    return labelled >= 0.7 * len(filled) and answered >= 0.5 * len(filled) and several


def _pairs(table: Grid, row: int) -> list[tuple[GridCell, list[GridCell]]]:
    """Each label of a row with the values behind it; a label above goes on beside a blank."""
    pairs: list[tuple[GridCell, list[GridCell]]] = []
    seen: GridCell | None = None
    for column in range(table.columns):
        cell = table.at(row, column) or (_above(table, row) if column == 0 else None)
        if cell is None or cell is seen:
            continue
        seen = cell
        if is_label(cell.text) or _is_below_label(table, row, cell):
            pairs.append((cell, []))
        elif pairs and cell.row == row and not is_dash(cell.text):
            pairs[-1][1].append(cell)
    return [(label, values) for label, values in pairs if values]


def _is_below_label(table: Grid, row: int, cell: GridCell) -> bool:
    """Whether a cell parts the label at its left, which spans several rows: `신청인 | 생년월일`."""
    outer = table.at(row, 0)
    beside = table.at(row, cell.column + cell.column_span)
    return (
        outer is not None
        and outer.row_span > 1
        and cell.column == outer.column_span
        and cell.row_span == 1
        and beside is not None
        and len("".join(cell.text.split())) <= _LONGEST_LABEL
        and not re.search(r"[\d:：]", cell.text)
    )


def _above(table: Grid, row: int) -> GridCell | None:
    for upper in range(row - 1, -1, -1):
        if cell := table.at(upper, 0):
            return cell
    return None


def _record(label: GridCell, values: Sequence[GridCell], above: Above) -> Record:
    name = tidy(label.text)
    first = Field(name="label", type=FieldType.TEXT, text=label.text, span=label.span)
    fields = [field for cell in values for field in _values(name, cell)]
    end = max(cell.span.end for cell in values)
    span = Span(start=min(label.span.start, values[0].span.start), end=end)
    apart = label.row != values[0].row
    spans = (label.span, Span(start=values[0].span.start, end=end)) if apart else (span,)
    context: tuple[Field, ...] = ()
    if above.title:
        nowhere = Span(start=span.start, end=span.start)
        context = (Field(name="context", type=FieldType.TEXT, text=above.title, span=nowhere),)
    return Record(kind=RecordKind.FACT, fields=(first, *fields, *context), spans=spans)


def _values(name: str, cell: GridCell) -> list[Field]:
    """The value of a box; name and telephone number of a person apart where it holds both."""
    phone = _PHONE.search(cell.text)
    whole = len(cell.text) == cell.span.end - cell.span.start
    if phone is None or not whole or phone.start() == 0:
        return [_value(name, cell.text, cell.span)]
    at = cell.span.start
    before = cell.text[: phone.start()].rstrip()
    fields = [
        Field(
            name=name,
            type=FieldType.CONTACT,
            text=phone[0],
            span=Span(start=at + phone.start(), end=at + phone.end()),
        )
    ]
    person = _RANKED.fullmatch(before)
    if person:
        start = at + person.start("person")
        span = Span(start=start, end=start + len(person["person"]))
        fields.insert(0, Field(name=name, type=FieldType.PERSON, text=person["person"], span=span))
    else:
        fields.insert(0, _value(name, before, Span(start=at, end=at + len(before))))
    return fields


def _value(name: str, text: str, span: Span) -> Field:
    field = guess(name, text, span)
    if field.type is not FieldType.TEXT:
        return field
    if re.search(r"부서|기관|소속|주관|주최", name):
        kind = FieldType.ORGANISATION
    elif re.search(r"자$|위원장|강사|성명|간사", name) and is_person(text):
        kind = FieldType.PERSON
    else:
        kind = FieldType.TEXT
    return Field(name=name, type=kind, text=text, span=span)
