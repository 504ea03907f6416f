"""Opinions of the ledger are answered by questions, as far as whoever asks may see them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.ledger import handling
from corpus.ledger.changes import By, SeenOpinion
from corpus.ledger.handling import NewReply
from corpus.ledger.opinion import Author, Matter, Promise, PromiseKind
from corpus.ledger.raising import NewOpinion, record
from corpus.types import Visibility
from retrieval.terms import KiwiTerms
from retrieval.types import Basis
from tests.support.secretary import Secretary, day

SORA = By(person="sora", at=day("2032-03-04"))
STAFF = Visibility.STAFF
PAPER = """2032년 단비구 동별 나눔사업 예산

- 모란1동 : 국수 나눔 등 4개 사업 420만원
- 모란2동 : 우산 수리 등 7개 사업 735만원
- 해솔동 : 골목 화분 등 2개 사업 180만원
"""


@pytest.fixture
def secretary(tmp_path: Path, terms: KiwiTerms) -> Iterator[Secretary]:
    secretary = Secretary(tmp_path, terms, day("2032-03-05"))
    yield secretary
    secretary.close()


def raised(secretary: Secretary, text: str, dong: str = "모란1동") -> int:
    with secretary.database.write() as db:
        db.execute("insert or ignore into people (id, telegram_id, created_at) values (1, 1, '')")
        new = NewOpinion(
            text=text,
            matter=Matter(dong=dong, department="도로과"),
            author=Author(person_id=1),
            raised_at="2032-03-04T09:00:00+09:00",
        )
        return record(db, new, SORA, secretary.assistant.index_terms)


def seen(secretary: Secretary, opinion_id: int) -> SeenOpinion:
    opinion = secretary.assistant.opinions.ledger.get(opinion_id)
    assert opinion is not None
    return SeenOpinion(id=opinion_id, revision=opinion.revision)


def answered(secretary: Secretary, opinion_id: int) -> None:
    promise = Promise(kind=PromiseKind.PURSUE, due="2032-06-30")
    reply = NewReply(department="도로과", text="보안등을 달겠습니다.", promise=promise)
    with secretary.database.write() as db:
        handling.answer(db, seen(secretary, opinion_id), SORA, reply)


def published(secretary: Secretary, opinion_id: int, text: str, reply: str = "") -> None:
    with secretary.database.write() as db:
        handling.publish(db, seen(secretary, opinion_id), SORA, text, reply)


def test_an_opinion_is_answered_by_its_number_with_reply_and_promise(secretary: Secretary) -> None:
    answered(secretary, raised(secretary, "우체국 골목 가로등이 어두워요"))
    answer = secretary.ask("의견-2032-0001 어떻게 됐나요?", audience=STAFF)
    assert "보안등을 달겠습니다." in answer.text
    assert "추진(2032-06-30까지)" in answer.text
    (citation,) = answer.citations
    assert (citation.title, citation.locator) == ("의견-2032-0001", "2032-03-04")
    assert citation.quote == "우체국 골목 가로등이 어두워요"


def test_what_is_not_published_is_found_by_staff_only(secretary: Secretary) -> None:
    opinion = raised(secretary, "우체국 골목 가로등이 어두워요")
    asked = "우체국 골목 가로등 의견은 어떻게 됐나요?"
    assert "의견-2032-0001" in secretary.ask(asked, audience=STAFF).text
    for question in (asked, "의견-2032-0001 어떻게 됐나요?"):
        refused = secretary.ask(question, audience=Visibility.MEMBERS)
        assert refused.basis is Basis.NONE
        assert "어두워요" not in refused.text
    published(secretary, opinion, "골목 가로등이 어둡다는 의견", "보안등을 답니다")
    told = secretary.ask(asked)
    assert "골목 가로등이 어둡다는 의견" in told.text
    assert "보안등을 답니다" in told.text
    assert told.notices == ()


def test_like_opinions_are_counted_with_their_dongs(secretary: Secretary) -> None:
    raised(secretary, "우체국 골목 가로등이 어두워요", "모란1동")
    raised(secretary, "우체국 골목 가로등 밝게 해 주세요", "모란2동")
    raised(secretary, "골목 가로등이 어두워요", "모란2동")
    raised(secretary, "경로당 급식이 짜요", "해솔동")
    answer = secretary.ask("골목 가로등 의견은 몇 건이나 있었나요?", audience=STAFF)
    assert "3건, 2개 동" in answer.text
    assert answer.basis is Basis.COMPUTED
    assert secretary.ask("골목 가로등 의견은 몇 건이나 있었나요?").basis is Basis.NONE


def test_other_questions_are_left_to_the_papers(secretary: Secretary) -> None:
    secretary.write({"예산.txt": PAPER})
    raised(secretary, "모란1동 나눔사업 예산을 늘려 주세요")
    answer = secretary.ask("모란1동 나눔사업 예산은 얼마인가요?", audience=STAFF)
    assert "420만원" in answer.text
