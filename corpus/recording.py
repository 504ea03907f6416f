"""How the records of one paper are written into the tables."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence

import sqlite_utils

from corpus.claiming import write_claims
from corpus.messages import field_name
from corpus.records import (
    Extraction,
    Field,
    FieldType,
    Finding,
    Record,
    RecordKind,
    Relation,
)
from corpus.staff_tables import FINDING_RECORDS
from corpus.types import Span

_ANNOUNCED = frozenset({"title", "held_on", "place"})
_CONTEXT = "context"  # of a fact: where it is said, not what is said
# What people call the records of a kind, though the paper may print no such word.
_ALSO_CALLED = {
    RecordKind.AWARD: "상 수상 시상 포상 표창 받다 수상내역 지자체",
    RecordKind.BUDGET_LINE: "예산 사업비 금액 사업",
    RecordKind.PROGRAMME: "사업 프로그램 서비스 신청 이용 문의",
    RecordKind.AGENDA_ITEM: "안건 심의 의결 결정 상정 처리 결과",
    RecordKind.OPINION: "의견 질문 건의 제안 지적 요청",
    RecordKind.REPLY: "답변 대답 답 조치 설명",
    RecordKind.PLAN_ITEM: "계획 전략 과제 세부사업 사업",
    RecordKind.MEETING: "회의 개최 열리다",
    RecordKind.ATTENDANCE: "참석 위원 명단 회의",
    RecordKind.INDICATOR: "지표 성과 목표 실적 달성률",
    RecordKind.EVENT: "행사 일정 순서",
}


def occasions(relations: Sequence[Relation]) -> Iterator[str]:
    """What each record of a paper was made at, beside what the paper's title says.

    An award was won at the one event that its paper announces (행사명), though its title may
    not name it; that of other records, or of several events, is empty.
    """
    named = {
        next(field.text for field in record.fields if field.name == "title")
        for relation in relations
        for record in relation.records
        if record.kind is RecordKind.EVENT and {one.name for one in record.fields} >= _ANNOUNCED
    }
    only = named.pop() if len(named) == 1 else ""
    for relation in relations:
        for record in relation.records:
            yield only if record.kind is RecordKind.AWARD else ""


def texts(relation: Relation) -> Iterator[tuple[str, str]]:
    """What each record of a relation is found by.

    Yields:
        For each record what stands above it (the relation's title, its columns' names, the records
        it hangs on) and its own words.
    """
    for record in relation.records:
        above = [relation.title, relation.heads, _ALSO_CALLED.get(record.kind, "")]
        above += [field_name(field.name) for field in record.fields]
        above += [field.text for field in record.fields if field.name == _CONTEXT]
        parent = record.parent
        while parent is not None:
            above += [field.text for field in relation.records[parent].fields]
            parent = relation.records[parent].parent
        own = [f"{f.text} {f.place}" for f in record.fields if f.name != _CONTEXT]
        yield "\n".join(map(_closed_up, above)), "\n".join(map(_closed_up, own))


def _closed_up(text: str) -> str:
    """A text with words set with a space behind each letter (회 의 록) as words too."""
    wide = ["".join(match[0].split()) for match in _WIDE.finditer(text)]
    return " ".join([text, *wide])


_WIDE = re.compile(r"(?<![가-힣])[가-힣](?: [가-힣]){2,}(?![가-힣])")


def stored_texts(
    db: sqlite_utils.Database, document_id: int
) -> Iterator[tuple[int, str, str, str]]:
    """What each stored record of a paper is found by, as for a new one.

    Yields:
        The record's row number, what it was made at (`occasions`), what stands above it and its own
        words (`texts`).
    """
    stored = _stored_relations(db, document_id)
    made_at = occasions([relation for _, relation in stored])
    for numbers, relation in stored:
        for number, (above, own) in zip(numbers, texts(relation), strict=True):
            yield number, next(made_at), above, own


def _stored_relations(
    db: sqlite_utils.Database, document_id: int
) -> list[tuple[list[int], Relation]]:
    """The stored relations of a paper, and the row numbers of their records."""
    found = []
    relations = db.execute(
        "select id, kind, title, heads from relations where document_id = ? order by ordinal",
        [document_id],
    ).fetchall()
    for relation_id, kind, title, heads in relations:
        rows = db.execute(
            "select id, parent_id, kind from records where relation_id = ? order by ordinal",
            [relation_id],
        ).fetchall()
        places = {number: index for index, (number, _, _) in enumerate(rows)}
        records = tuple(
            Record(
                kind=RecordKind(own_kind),
                fields=_stored_fields(db, number),
                spans=(),
                parent=places.get(parent),
            )
            for number, parent, own_kind in rows
        )
        nowhere = Span(start=0, end=0)
        relation = Relation(
            kind=RecordKind(kind), title=title, title_span=nowhere, records=records, heads=heads
        )
        found.append((list(places), relation))
    return found


def _stored_fields(db: sqlite_utils.Database, record_id: int) -> tuple[Field, ...]:
    rows = db.execute(
        'select name, type, text, start, "end", place from fields where record_id = ?'
        " order by ordinal",
        [record_id],
    ).fetchall()
    return tuple(
        Field(
            name=name,
            type=FieldType(kind),
            text=text,
            span=Span(start=start, end=end),
            place=place,
        )
        for name, kind, text, start, end, place in rows
    )


def write_extraction(
    db: sqlite_utils.Database,
    document_id: int,
    extraction: Extraction,
    terms: Sequence[tuple[str, str, str]],
) -> None:
    """Write everything that was read out of one paper, inside an open transaction.

    Args:
        db: The database of the transaction.
        document_id: The paper; it must not have records yet.
        extraction: Its records and findings.
        terms: Index terms of title, heading and body for each record, in order.
    """
    remaining = iter(terms)
    for ordinal, relation in enumerate(extraction.relations):
        for record_id in write_relation(db, document_id, ordinal, relation):
            db.execute(
                "insert into record_terms (rowid, title, heading, body) values (?, ?, ?, ?)",
                [record_id, *next(remaining)],
            )
    for finding in extraction.findings:
        _write_finding(db, document_id, finding)
    db.execute(f"{FINDING_RECORDS} and f.document_id = ?", [document_id])
    write_claims(db, document_id)


def write_relation(
    db: sqlite_utils.Database, document_id: int, ordinal: int, relation: Relation
) -> list[int]:
    """Write one relation of a paper without index terms; the row numbers of its records."""
    cursor = db.execute(
        'insert into relations (document_id, ordinal, kind, title, start, "end", heads)'
        " values (?, ?, ?, ?, ?, ?, ?)",
        [
            document_id,
            ordinal,
            relation.kind.value,
            relation.title,
            relation.title_span.start,
            relation.title_span.end,
            relation.heads,
        ],
    )
    ids: list[int] = []
    for number, record in enumerate(relation.records):
        parent = None if record.parent is None else ids[record.parent]
        ids.append(_write_record(db, int(cursor.lastrowid or 0), number, parent, record))
    return ids


def _write_record(
    db: sqlite_utils.Database, relation_id: int, ordinal: int, parent: int | None, record: Record
) -> int:
    cursor = db.execute(
        "insert into records (relation_id, ordinal, parent_id, kind, total, doubt)"
        " values (?, ?, ?, ?, ?, ?)",
        [relation_id, ordinal, parent, record.kind.value, int(record.total), record.doubt],
    )
    record_id = int(cursor.lastrowid or 0)
    db.conn.executemany(
        "insert into record_spans values (?, ?, ?, ?)",
        [(record_id, number, span.start, span.end) for number, span in enumerate(record.spans)],
    )
    db.conn.executemany(
        'insert into fields (record_id, ordinal, name, type, text, start, "end", value, unit,'
        " place, first, last) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [_field_row(record_id, number, field) for number, field in enumerate(record.fields)],
    )
    return record_id


def _field_row(record_id: int, ordinal: int, field: Field) -> Sequence[object]:
    return (
        record_id,
        ordinal,
        field.name,
        field.type.value,
        field.text,
        field.span.start,
        field.span.end,
        field.value,
        field.unit,
        field.place,
        field.first,
        field.last,
    )


def _write_finding(db: sqlite_utils.Database, document_id: int, finding: Finding) -> None:
    db.execute(
        "insert into findings (document_id, code, details, spans) values (?, ?, ?, ?)",
        [
            document_id,
            finding.code,
            json.dumps(finding.values, ensure_ascii=False),
            json.dumps([_bounds(span) for span in finding.spans]),
        ],
    )


def _bounds(span: Span) -> tuple[int, int]:
    return span.start, span.end
