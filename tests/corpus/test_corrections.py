"""What staff correct stays through restarts, new editions and withdrawals, and is never lost."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from corpus.audit import Audit
from corpus.corrections import Actor, Seen, Verdict
from corpus.database import CouncilDatabase
from corpus.documents import Documents
from corpus.given_values import given_value
from corpus.ingest import Ingest
from corpus.records import Field, FieldType
from corpus.review import Review, ReviewRow
from corpus.types import Span, Visibility
from tests.support.secretary import LIMITS

NOW = datetime(2032, 3, 4, tzinfo=UTC)
SORA = Actor(person="sora-key", at=NOW, reason="원본과 다름")
PAPER = """2032년 단비구 동별 나눔사업 예산

- 모란1동 : 국수 나눔 등 4개 사업 420만원
- 모란2동 : 우산 수리 등 7개 사업 735만원
- 해솔동 : 골목 화분 등 2개 사업 180만원
"""


class Shelf:
    """A store with one text file that can be written anew."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "동별 예산.txt"
        self.database = CouncilDatabase(folder / "data")
        self.documents = Documents(self.database, lambda text: text)
        self.review = Review(self.database, lambda text: text)
        self._ingest = Ingest(self.database, self.documents, LIMITS, lambda: NOW)

    def write(self, text: str) -> None:
        self.file.write_text(text, encoding="utf-8")
        (receipt,) = self._ingest.run([self.file], Visibility.PUBLIC)
        assert not receipt.reason

    def row(self, place: str) -> ReviewRow:
        (found,) = self.database.read(
            "select distinct record_id as id from fields where place = ?", [place]
        )
        row = self.review.row(found["id"], Visibility.STAFF)
        assert row is not None
        return row

    def amount(self, place: str) -> Field:
        return next(f for f in self.row(place).fields if f.type is FieldType.MONEY)

    def correct(self, place: str, value: str, kind: FieldType = FieldType.MONEY) -> Verdict:
        row = self.row(place)
        ordinal = next(n for n, f in enumerate(row.fields) if f.type is kind)
        new = given_value(row.fields[ordinal], value)
        assert new is not None
        with self.database.write() as db:
            return self.review.correct(db, row.seen, SORA, ordinal, new)

    def undo(self, place: str) -> Verdict:
        with self.database.write() as db:
            return self.review.undo(db, self.row(place).seen, SORA)


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Shelf]:
    shelf = Shelf(tmp_path)
    shelf.write(PAPER)
    yield shelf
    shelf.database.close()


def test_a_corrected_value_stands_while_the_quote_stays_as_printed(shelf: Shelf) -> None:
    assert shelf.correct("모란2동", "753만원") is Verdict.DONE
    amount = shelf.amount("모란2동")
    assert (amount.text, amount.value, amount.printed) == ("753만원", 7_530_000, "735만원")
    assert "735만원" in shelf.row("모란2동").quote
    assert shelf.row("모란2동").confirmed


def test_the_same_paper_and_a_changed_edition_keep_the_correction(shelf: Shelf) -> None:
    shelf.correct("모란2동", "753만원")
    shelf.write(PAPER.replace("모란1동 : 국수 나눔 등 4개", "모란1동 : 국수 나눔 등 5개"))
    assert shelf.amount("모란2동").value == 7_530_000
    shelf.write("머리말이 새로 붙은 판\n\n" + PAPER.replace("우산 수리", "우산과 칼 수리"))
    assert shelf.amount("모란2동").value == 7_530_000
    (change,) = shelf.review.changes()
    assert change.state == "standing"


def test_a_withdrawn_paper_that_comes_back_finds_its_correction(shelf: Shelf) -> None:
    shelf.correct("모란2동", "753만원")
    (paper,) = shelf.documents.visible(Visibility.STAFF)
    shelf.documents.remove([paper.id], NOW)
    assert [change.state for change in shelf.review.changes()] == ["gone"]
    shelf.write(PAPER)
    assert shelf.amount("모란2동").value == 7_530_000


def test_a_correction_whose_row_is_gone_is_reported(shelf: Shelf) -> None:
    shelf.correct("모란2동", "753만원")
    shelf.write("\n".join(line for line in PAPER.splitlines() if "모란2동" not in line))
    (change,) = shelf.review.changes()
    assert (change.state, change.printed, change.given) == ("gone", "735만원", "753만원")
    shelf.write(PAPER)
    assert [change.state for change in shelf.review.changes()] == ["standing"]


def test_an_edition_that_prints_another_value_asks_staff_again(shelf: Shelf) -> None:
    shelf.correct("모란2동", "753만원")
    shelf.write(PAPER.replace("735만원", "790만원"))
    assert shelf.amount("모란2동").value == 7_900_000
    assert [change.state for change in shelf.review.changes()] == ["changed"]
    (row,) = shelf.review.waiting(Visibility.STAFF, 10)
    assert "735만원" in row.reasons[0]


def test_undo_brings_back_what_stood_before(shelf: Shelf) -> None:
    shelf.correct("모란2동", "753만원")
    shelf.correct("모란2동", "754만원")
    shelf.undo("모란2동")
    assert shelf.amount("모란2동").text == "753만원"
    shelf.undo("모란2동")
    amount = shelf.amount("모란2동")
    assert (amount.text, amount.value, amount.printed) == ("735만원", 7_350_000, "")
    assert shelf.undo("모란2동") is Verdict.OVERTAKEN
    assert not shelf.row("모란2동").confirmed


def test_of_two_people_who_saw_the_same_row_one_wins_and_one_is_told(shelf: Shelf) -> None:
    seen = shelf.row("해솔동").seen
    with shelf.database.write() as db:
        assert shelf.review.confirm(db, seen, SORA) is Verdict.DONE
        assert shelf.review.confirm(db, seen, SORA) is Verdict.OVERTAKEN
    assert len(shelf.review.changes()) == 1


def test_a_row_of_a_paper_that_came_in_anew_is_not_mistaken_for_another(shelf: Shelf) -> None:
    seen = shelf.row("해솔동").seen
    shelf.write(PAPER.replace("국수", "만두"))
    with shelf.database.write() as db:
        assert shelf.review.confirm(db, seen, SORA) is Verdict.GONE


def test_a_corrected_row_is_found_by_what_stands_now(shelf: Shelf) -> None:
    shelf.correct("해솔동", "햇살동", FieldType.PLACE)
    rows = shelf.database.read("select rowid from record_terms where body match '\"햇살동\"'")
    assert [row["rowid"] for row in rows] == [shelf.row("햇살동").seen.record_id]
    shelf.write(PAPER.replace("국수", "만두"))
    assert "해솔동" in shelf.row("햇살동").quote


def test_every_change_is_in_an_audit_that_can_only_grow(shelf: Shelf) -> None:
    shelf.correct("모란2동", "753만원")
    shelf.undo("모란2동")
    audit = Audit(shelf.database)
    first, second = audit.entries()
    assert (first.person, first.action, first.details["old"], first.details["new"]) == (
        "sora-key",
        "correct",
        "735만원",
        "753만원",
    )
    assert (second.action, second.details["reason"]) == ("undo", "원본과 다름")
    assert audit.broken_at() is None
    for statement in ("update audit set person = 'x'", "delete from audit"):
        with pytest.raises(sqlite3.IntegrityError), shelf.database.write() as db:
            db.execute(statement)


def test_a_forged_audit_is_seen(shelf: Shelf) -> None:
    shelf.correct("모란2동", "753만원")
    shelf.correct("모란1동", "421만원")
    with shelf.database.write() as db:
        db.execute("drop trigger audit_stays")
        db.execute("update audit set person = 'x' where id = 1")
    assert Audit(shelf.database).broken_at() == 1


def test_equal_rows_are_told_apart_by_their_order(shelf: Shelf) -> None:
    twice = PAPER + "\n".join(PAPER.splitlines()[2:])
    shelf.write(twice)
    rows = shelf.database.read(
        "select distinct record_id as id from fields where place = '모란2동' order by 1"
    )
    second = shelf.review.row(rows[1]["id"], Visibility.STAFF)
    assert second is not None
    ordinal = next(n for n, f in enumerate(second.fields) if f.type is FieldType.MONEY)
    new = given_value(second.fields[ordinal], "1만원")
    assert new is not None
    with shelf.database.write() as db:
        shelf.review.correct(db, second.seen, SORA, ordinal, new)
    shelf.write(twice + "\n끝.\n")
    values = shelf.database.read(
        "select value from fields where type = 'money' and record_id in"
        " (select record_id from fields where place = '모란2동') order by record_id"
    )
    assert [row["value"] for row in values] == [7_350_000, 10_000]


def test_a_row_that_nobody_may_see_is_not_there(shelf: Shelf) -> None:
    (paper,) = shelf.documents.visible(Visibility.STAFF)
    record = shelf.row("해솔동").seen.record_id
    shelf.documents.restrict([paper.id], Visibility.STAFF)
    assert shelf.review.row(record, Visibility.PUBLIC) is None


def money(text: str, value: int) -> Field:
    span = Span(start=0, end=len(text))
    return Field(name="예산액", type=FieldType.MONEY, text=text, span=span, value=value)


@pytest.mark.parametrize(
    ("typed", "won"),
    [
        ("4,710", 4_710_000),
        ("471만원", 4_710_000),
        ("약 5백만원", 5_000_000),
        ("", None),
        ("많이", None),
        ("3만원 5만원", None),
    ],
)
def test_a_typed_amount_means_what_its_column_means(typed: str, won: int | None) -> None:
    given = given_value(money("4,071", 4_071_000), typed)
    assert (given.value if given else None) == won


def test_finished_rows_leave_the_list_and_undone_ones_come_back(shelf: Shelf) -> None:
    total = "2032년 단비구 나눔사업 예산\n\n| 동 | 예산(천원) |\n|---|---|\n| 모란1동 | 100 |\n"
    shelf.file = shelf.file.with_suffix(".md")
    shelf.write(total + "| 모란2동 | 200 |\n| 해솔동 | 300 |\n| 합계 | 700 |\n")
    (row,) = shelf.review.waiting(Visibility.STAFF, 10)
    assert "700" in row.quote
    with shelf.database.write() as db:
        shelf.review.confirm(db, row.seen, SORA)
    assert shelf.review.count(Visibility.STAFF) == 0
    with shelf.database.write() as db:
        seen = Seen(record_id=row.seen.record_id, document_id=row.seen.document_id, revision=1)
        shelf.review.undo(db, seen, SORA)
    assert shelf.review.count(Visibility.STAFF) == 1
