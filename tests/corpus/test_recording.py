"""Records written into the tables come back as they were, and go with their paper."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.database import CouncilDatabase
from corpus.recording import occasions, stored_texts, texts, write_extraction
from corpus.records import (
    Extraction,
    Field,
    FieldType,
    Finding,
    Record,
    RecordKind,
    Relation,
)
from corpus.review import read_field
from corpus.types import Span, Visibility

TEXT = "2032년 동별 예산\n모란1동 4,200천원\n모란2동 7,350천원\n의견 매트가 낡음\n답변 6월에 교체"


def field(name: str, kind: FieldType, text: str, **more: object) -> Field:
    at = TEXT.find(text)
    return Field(name=name, type=kind, text=text, span=Span(start=at, end=at + len(text)), **more)  # type: ignore[arg-type]


def line(place: str, printed: str, won: int, *, total: bool = False, doubt: str = "") -> Record:
    whole = f"{place} {printed}"
    at = TEXT.find(whole)
    return Record(
        kind=RecordKind.BUDGET_LINE,
        fields=(
            field("동", FieldType.PLACE, place, place=place),
            field("금액", FieldType.MONEY, printed, value=won, unit="천원"),
        ),
        spans=(Span(start=at, end=at + len(whole)),),
        total=total,
        doubt=doubt,
    )


BUDGET = Relation(
    kind=RecordKind.BUDGET_LINE,
    title="2032년 동별 예산",
    title_span=Span(start=0, end=11),
    records=(
        line("모란1동", "4,200천원", 4_200_000),
        line("모란2동", "7,350천원", 7_350_000, total=True, doubt="unclear"),
    ),
)
OPINIONS = Relation(
    kind=RecordKind.OPINION,
    title="",
    title_span=Span(start=0, end=0),
    records=(
        Record(
            kind=RecordKind.OPINION,
            fields=(field("text", FieldType.TEXT, "매트가 낡음"),),
            spans=(Span(start=39, end=42), Span(start=43, end=46)),
        ),
        Record(
            kind=RecordKind.REPLY,
            fields=(
                field("text", FieldType.TEXT, "6월에 교체", first="2032-06", last="2032-06"),
                field("context", FieldType.TEXT, "답변"),
            ),
            spans=(Span(start=50, end=56),),
            parent=0,
        ),
    ),
)
FINDING = Finding(
    code="total",
    values=("39,000천원", "39,150천원"),
    spans=(Span(start=1, end=4), Span(start=5, end=9)),
)
EXTRACTION = Extraction(relations=(BUDGET, OPINIONS), findings=(FINDING,))


@pytest.fixture
def database(tmp_path: Path) -> Iterator[CouncilDatabase]:
    database = CouncilDatabase(tmp_path / "data")
    yield database
    database.close()


def paper(database: CouncilDatabase, name: str, extraction: Extraction) -> int:
    row = {
        "name": name,
        "title": name,
        "kind": "other",
        "visibility": int(Visibility.PUBLIC),
        "format": "txt",
        "source": f"/papers/{name}",
        "sha256": name,
        "text": TEXT,
        "ingested_at": "2032-03-04T01:02:03+00:00",
    }
    with database.write() as db:
        names, values = ", ".join(row), ", :".join(row)
        number = db.execute(f"insert into documents ({names}) values (:{values})", row).lastrowid
        assert number is not None
        terms = [
            ("", above, own) for relation in extraction.relations for above, own in texts(relation)
        ]
        write_extraction(db, number, extraction, terms)
    return number


def count(database: CouncilDatabase, table: str) -> int:
    row = database.one(f"select count(*) as n from {table}")
    assert row is not None
    return int(row["n"])


def test_fields_come_back_as_they_were(database: CouncilDatabase) -> None:
    paper(database, "예산", EXTRACTION)
    rows = database.read("select * from fields order by record_id, ordinal")
    written = [
        field for relation in (BUDGET, OPINIONS) for r in relation.records for field in r.fields
    ]
    assert [read_field(row) for row in rows] == written


def test_a_reply_hangs_on_its_opinion_and_keeps_every_span(database: CouncilDatabase) -> None:
    paper(database, "예산", EXTRACTION)
    opinion, reply = database.read(
        "select * from records where kind in ('opinion', 'reply') order by id"
    )
    assert (opinion["parent_id"], reply["parent_id"]) == (None, opinion["id"])
    spans = database.read(
        'select start, "end" from record_spans where record_id = ? order by ordinal',
        [opinion["id"]],
    )
    assert [(row["start"], row["end"]) for row in spans] == [(39, 42), (43, 46)]


def test_totals_and_doubts_are_marked(database: CouncilDatabase) -> None:
    paper(database, "예산", EXTRACTION)
    rows = database.read("select total, doubt from records where kind = 'budget line' order by id")
    assert [(row["total"], row["doubt"]) for row in rows] == [(0, ""), (1, "unclear")]


def test_parents_stay_within_their_paper(database: CouncilDatabase) -> None:
    first, second = (paper(database, name, EXTRACTION) for name in ("하나", "둘"))
    crossed = database.read(
        "select 1 from records c join relations nc on nc.id = c.relation_id"
        " join records p on p.id = c.parent_id join relations np on np.id = p.relation_id"
        " where nc.document_id <> np.document_id"
    )
    assert list(crossed) == []
    assert first != second


def test_findings_keep_their_values_and_places(database: CouncilDatabase) -> None:
    paper(database, "예산", EXTRACTION)
    (row,) = database.read("select * from findings")
    assert row["code"] == "total"
    assert json.loads(row["details"]) == ["39,000천원", "39,150천원"]
    assert json.loads(row["spans"]) == [[1, 4], [5, 9]]


def test_what_a_record_is_found_by_is_the_same_from_the_store(database: CouncilDatabase) -> None:
    number = paper(database, "예산", EXTRACTION)
    fresh = [pair for relation in EXTRACTION.relations for pair in texts(relation)]
    with database.write() as db:
        stored = list(stored_texts(db, number))
    assert [(above, own) for _, _, above, own in stored] == fresh
    assert [made_at for _, made_at, _, _ in stored] == list(occasions(EXTRACTION.relations))


def test_a_record_is_found_by_its_title_its_columns_and_what_it_hangs_on() -> None:
    (above, own), _ = texts(BUDGET)
    assert "2032년 동별 예산" in above
    assert "금액" in above
    assert "모란1동" in own
    assert "4,200천원" in own
    _, (above, own) = texts(OPINIONS)
    assert "매트가 낡음" in above
    assert "답변" in above
    assert own.split() == ["6월에", "교체"]


def test_index_terms_belong_to_their_records(database: CouncilDatabase) -> None:
    paper(database, "예산", EXTRACTION)
    rows = database.read(
        "select r.kind from record_terms t join records r on r.id = t.rowid"
        " where record_terms match ?",
        ['body : "교체"'],
    )
    assert [row["kind"] for row in rows] == ["reply"]


def test_records_go_with_their_paper_and_no_other(database: CouncilDatabase) -> None:
    gone, stays = (paper(database, name, EXTRACTION) for name in ("하나", "둘"))
    with database.write() as db:
        db.execute("delete from documents where id = ?", [gone])
    tables = ["relations", "records", "record_terms", "findings"]
    assert [count(database, table) for table in tables] == [2, 4, 4, 1]
    assert count(database, "fields") == 7
    (row,) = database.read("select distinct document_id as id from relations")
    assert row["id"] == stays


def test_a_paper_without_records_writes_none(database: CouncilDatabase) -> None:
    paper(database, "빈 자료", Extraction())
    tables = ["relations", "records", "fields", "record_terms", "findings"]
    assert [count(database, table) for table in tables] == [0] * 5
