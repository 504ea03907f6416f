"""Opinions of papers are entries with a life of their own, whatever happens to the paper."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from itertools import pairwise
from pathlib import Path

import pytest

from corpus.database import CouncilDatabase
from corpus.documents import Documents
from corpus.ingest import Ingest
from corpus.ledger import handling
from corpus.ledger.changes import By, SeenOpinion
from corpus.ledger.handling import NewReply
from corpus.ledger.ledger import Ledger
from corpus.ledger.opinion import Opinion, Promise, PromiseKind, State
from corpus.ledger.wanted import Wanted
from corpus.types import Visibility
from tests.support.secretary import LIMITS

NOW = datetime(2032, 3, 4, tzinfo=UTC)
SORA = By(person="sora", at=NOW)
MINUTES = """2031년 제2차 단비구 지역사회보장협의체 실무협의체 회의록

일 시 : 2031. 5. 12.(월) 14:00
장 소 : 단비구청 소회의실

1안) 2031년 하반기 나눔사업 계획

- 경로당 국수 나눔을 점심에도 하면 좋겠다는 의견
⇒ (복지정책과장) 점심 운영을 검토하겠음
- 모란2동은 배달 인력이 모자라니 자원봉사자를 늘려야 한다는 의견
⇒ (자원봉사팀장) 하반기에 모집을 추진하겠음
"""


class Shelf:
    def __init__(self, folder: Path) -> None:
        self.file = folder / "회의록.txt"
        self.database = CouncilDatabase(folder / "data")
        self.documents = Documents(self.database, lambda text: text)
        self.ledger = Ledger(self.database)
        self._ingest = Ingest(self.database, self.documents, LIMITS, lambda: NOW)

    def write(self, text: str, visibility: Visibility = Visibility.PUBLIC) -> None:
        self.file.write_text(text, encoding="utf-8")
        (receipt,) = self._ingest.run([self.file], visibility)
        assert not receipt.reason

    def withdraw(self) -> None:
        papers = self.documents.visible(Visibility.STAFF)
        self.documents.remove([paper.id for paper in papers], NOW)

    def all(self, audience: Visibility = Visibility.STAFF) -> dict[str, Opinion]:
        found = self.ledger.listed(Wanted(), audience, date(2032, 3, 4))
        return {one.number: one for one in found}

    def noodles(self) -> Opinion:
        return next(one for one in self.all().values() if "국수" in one.text)

    def promises(self, opinion: Opinion) -> None:
        promise = Promise(kind=PromiseKind.PURSUE, due="2032-06-30")
        with self.database.write() as db:
            handling.answer(
                db,
                SeenOpinion(id=opinion.id, revision=opinion.revision),
                SORA,
                NewReply(department="복지정책과", text="여름부터 합니다.", promise=promise),
            )


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Shelf]:
    shelf = Shelf(tmp_path)
    shelf.write(MINUTES)
    yield shelf
    shelf.database.close()


def test_a_papers_opinions_have_numbers_of_their_year_and_its_replies(shelf: Shelf) -> None:
    assert sorted(shelf.all()) == ["의견-2031-0001", "의견-2031-0002"]
    noodles = shelf.noodles()
    assert (noodles.state, noodles.raised_on) == (State.ANSWERED, "2031-05-12")
    assert noodles.promise == Promise(kind=PromiseKind.CONSIDER)
    (reply,) = shelf.ledger.replies(noodles.id)
    assert "점심 운영을 검토하겠음" in reply.text


def test_a_new_edition_changes_no_number_reply_or_promise(shelf: Shelf) -> None:
    before = shelf.all()
    shelf.promises(shelf.noodles())
    shelf.write(
        MINUTES.replace("점심에도 하면 좋겠다는", "점심에도 했으면 좋겠다는")
        + "- 해솔동 골목에 화분을 더 놓자는 의견\n⇒ (공원팀장) 불가\n"
    )
    after = shelf.all()
    assert len(after) == 3
    assert before.keys() < after.keys()
    noodles = shelf.noodles()
    assert "했으면" in noodles.text
    assert noodles.promise == Promise(kind=PromiseKind.PURSUE, due="2032-06-30")
    assert [one.version for one in shelf.ledger.replies(noodles.id)] == [1, 2]
    source = shelf.ledger.source(noodles.id)
    assert source is not None
    assert source.record_id is not None


def test_a_withdrawn_paper_leaves_what_staff_acted_on_and_comes_back_with_its_numbers(
    shelf: Shelf,
) -> None:
    before = {number: one.text for number, one in shelf.all().items()}
    shelf.promises(shelf.noodles())
    shelf.withdraw()
    (kept,) = shelf.all().values()
    assert "국수" in kept.text
    assert not any("배달" in row["text"] for row in shelf.database.read("select * from opinions"))
    shelf.write(MINUTES)
    assert {number: one.text for number, one in shelf.all().items()} == before
    assert all(one.state is State.ANSWERED for one in shelf.all().values())


def test_what_an_edition_prints_no_more_goes_unless_staff_acted_on_it(shelf: Shelf) -> None:
    shelf.promises(shelf.noodles())
    shelf.write(
        MINUTES.split("1안")[0] + "1안) 2031년 하반기 나눔사업 계획\n- 원안대로 하기로 함\n"
    )
    assert [one.number for one in shelf.all().values()] == [shelf.noodles().number]


def test_a_papers_opinion_is_seen_by_whoever_sees_the_paper(shelf: Shelf) -> None:
    assert len(shelf.all(Visibility.PUBLIC)) == 2
    papers = shelf.documents.visible(Visibility.STAFF)
    shelf.documents.restrict([paper.id for paper in papers], Visibility.MEMBERS)
    assert shelf.all(Visibility.PUBLIC) == {}
    assert len(shelf.all(Visibility.MEMBERS)) == 2


def test_history_tells_of_every_step_of_a_paper(shelf: Shelf) -> None:
    shelf.withdraw()
    shelf.write(MINUTES)
    (first, *_) = shelf.all().values()
    events = shelf.ledger.history(first.id)
    assert [one.action for one in events] == ["record", "answer", "leave", "restore", "answer"]
    assert all(a.after == b.before for a, b in pairwise(events))
