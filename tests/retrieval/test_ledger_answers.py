"""Opinions of the ledger are answered by questions, as far as whoever asks may see them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.ledger_reports import actions_text
from corpus.ledger import handling
from corpus.ledger.changes import By, SeenOpinion
from corpus.ledger.handling import NewReply
from corpus.ledger.opinion import Author, Matter, Promise, PromiseKind
from corpus.ledger.raising import NewOpinion, record
from corpus.messages import say
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


def raised(
    secretary: Secretary,
    text: str,
    dong: str = "모란1동",
    department: str = "도로과",
    at: str = "2032-03-04",
) -> int:
    with secretary.database.write() as db:
        db.execute("insert or ignore into people (id, telegram_id, created_at) values (1, 1, '')")
        new = NewOpinion(
            text=text,
            matter=Matter(dong=dong, department=department),
            author=Author(person_id=1),
            raised_at=f"{at}T09:00:00+09:00",
        )
        return record(db, new, SORA, secretary.assistant.index_terms)


def seen(secretary: Secretary, opinion_id: int) -> SeenOpinion:
    opinion = secretary.assistant.opinions.ledger.get(opinion_id)
    assert opinion is not None
    return SeenOpinion(id=opinion_id, revision=opinion.revision)


def answered(
    secretary: Secretary, opinion_id: int, due: str = "2032-06-30", department: str = "도로과"
) -> None:
    promise = Promise(kind=PromiseKind.PURSUE, due=due)
    reply = NewReply(department=department, text="보안등을 달겠습니다.", promise=promise)
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


# -- opinions in general --------------------------------------------------------------------------
MINUTES = """2032년 제1차 단비구 지역사회보장협의체 실무협의체 회의록

일 시 : 2032. 3. 2.(화) 14:00

1안) 나눔사업

- 국수 나눔을 점심에도 하자는 의견
⇒ (복지과장) 검토하겠음
"""


@pytest.fixture
def busy(secretary: Secretary) -> Secretary:
    """Three opinions of two departments: one answered in time, one overdue, one without answer."""
    answered(secretary, raised(secretary, "우체국 골목 가로등이 어두워요"))
    overdue = raised(secretary, "경로당 급식이 짜요", "해솔동", "노인복지과", at="2032-02-01")
    answered(secretary, overdue, due="2032-03-01", department="노인복지과")
    raised(secretary, "버스가 너무 늦게 와요", "해솔동", "")
    return secretary


@pytest.mark.parametrize(
    ("question", "seen", "unseen"),
    [
        ("의견 중에 답변 안 된 거", ["버스가"], ["가로등", "급식"]),
        ("아직 답변이 없는 의견은 몇 건인가요?", ["1건", "버스가"], ["가로등"]),
        ("기한 지난 약속", ["급식이 짜요"], ["가로등", "버스"]),
        ("복지과가 답한 의견", ["급식이 짜요", "노인복지과"], ["가로등", "버스"]),
        ("도로과에서 답변한 의견 보여줘", ["가로등"], ["급식"]),
        ("추진하겠다고 한 의견은?", ["가로등", "급식"], ["버스"]),
        ("해솔동 의견 중 처리 안 된 것", ["급식", "버스"], ["가로등"]),
        ("이번 달에 들어온 의견 몇 건이야", ["2건"], ["급식"]),
        ("의견 총 몇 건이야?", ["3건"], []),
        ("가로등 의견 답변 없어?", ["보안등을 달겠습니다"], ["버스"]),
    ],
)
def test_staff_ask_for_opinions_by_how_they_stand(
    busy: Secretary, question: str, seen: list[str], unseen: list[str]
) -> None:
    answer = busy.ask(question, audience=STAFF)
    assert [one for one in seen if one not in answer.text] == []
    assert [one for one in unseen if one in answer.text] == []
    assert answer.citations
    assert all(one.document.startswith("의견-2032-") for one in answer.citations)


@pytest.mark.parametrize(
    "question",
    ["의견 중에 답변 안 된 거", "기한 지난 약속", "도로과가 답한 의견", "의견 몇 건이야?"],
)
def test_others_learn_nothing_of_what_is_not_published(busy: Secretary, question: str) -> None:
    answer = busy.ask(question, audience=Visibility.MEMBERS)
    assert answer.basis is Basis.NONE
    assert not any(word in answer.text for word in ("가로등", "급식", "버스", "건입니다"))


def test_that_a_reply_is_not_published_yet_is_said(busy: Secretary) -> None:
    published(busy, 1, "골목 가로등이 어둡다는 의견")
    told = busy.ask("의견-2032-0001 어떻게 됐나요?")
    assert say("ledger.reply_unpublished") in told.text
    assert "보안등" not in told.text
    assert "추진" not in told.text
    for question in ("추진하겠다고 한 의견은?", "기한 지난 약속"):
        late = day("2032-07-05")
        assert "의견-2032-0001" not in busy.ask(question, today=late).text
        assert "의견-2032-0001" in busy.ask(question, audience=STAFF, today=late).text
    ledger, today = busy.assistant.opinions.ledger, day("2032-07-05").date()
    assert "의견-2032-0001" in actions_text(ledger, today, Visibility.PUBLIC)
    for word in ("추진", "06-30", say("opinion.overdue")):
        assert word not in actions_text(ledger, today, Visibility.PUBLIC)
        assert word in actions_text(ledger, today, STAFF)


def test_where_every_opinion_is_answered_that_is_said(secretary: Secretary) -> None:
    secretary.write({"회의록.txt": MINUTES})
    answer = secretary.ask("답변이 없는 의견은?")
    assert "없습니다" in answer.text
    assert "1건을 모두" in answer.text


def test_opinions_of_papers_and_of_the_chat_are_counted_together(secretary: Secretary) -> None:
    secretary.write({"회의록.txt": MINUTES})
    assert "1건" in secretary.ask("국수 나눔 의견은 몇 건이었나요?").text
    raised(secretary, "국수 나눔을 저녁에도 했으면 해요")
    asked = secretary.ask("국수 나눔 의견은 몇 건이었나요?", audience=STAFF)
    assert "2건" in asked.text
    papers = [one for one in asked.citations if one.document == "회의록.txt"]
    assert {one.quote for one in papers} >= {"국수 나눔을 점심에도 하자는 의견"}


def test_what_came_of_the_promises_since_the_last_meeting(secretary: Secretary) -> None:
    secretary.write({"회의록.txt": MINUTES})
    answered(secretary, raised(secretary, "우체국 골목 가로등이 어두워요"))
    told = secretary.ask("지난 회의 조치결과", audience=STAFF)
    assert "지난 회의(2032-03-02) 조치결과: 2건" in told.text
    assert "보안등을 달겠습니다" in told.text
    assert "보안등" not in secretary.ask("지난 회의 조치결과").text


def test_who_raised_an_opinion_reads_it_before_it_is_published(busy: Secretary) -> None:
    own = busy.assistant.ask("의견-2032-0001 어떻게 됐어?", audience=Visibility.PUBLIC, person_id=1)
    assert "보안등을 달겠습니다" in own.text
    mine = busy.assistant.ask("내 의견 어떻게 됐어?", audience=Visibility.PUBLIC, person_id=1)
    assert "3건" in mine.text
    for other in (None, 2):
        told = busy.assistant.ask("내 의견 어떻게 됐어?", audience=STAFF, person_id=other)
        assert "가로등" not in told.text
        hidden = busy.assistant.ask(
            "의견 1번 어떻게 됐어?", audience=Visibility.PUBLIC, person_id=other
        )
        assert "보안등" not in hidden.text


def test_when_a_staff_only_paper_says_that_a_meeting_was_is_staffs_to_know(
    secretary: Secretary,
) -> None:
    secretary.write({"회의록.txt": MINUTES}, STAFF)
    opinion = raised(secretary, "우체국 골목 가로등이 어두워요")
    answered(secretary, opinion)
    published(secretary, opinion, "골목 가로등이 어둡다는 의견", "보안등을 답니다")
    for question in ("지난 회의 조치결과", "지난 회의 이후 들어온 의견 몇 건이야?"):
        assert "2032-03-02" in secretary.ask(question, audience=STAFF).text
        told = secretary.ask(question)
        assert "보안등을 답니다" in told.text
        assert "03-02" not in told.text
    ledger = secretary.assistant.opinions.ledger
    assert "03-02" not in actions_text(ledger, secretary.today.date(), Visibility.MEMBERS)
    assert ledger.meetings.held(secretary.today.date(), 8, Visibility.MEMBERS) == []
    assert ledger.meetings.held(secretary.today.date(), 8, STAFF) == ["2032-03-02"]


def test_words_left_out_of_what_is_published_find_an_opinion_for_staff_only(
    secretary: Secretary,
) -> None:
    opinion = raised(secretary, "우체국 골목 초록슈퍼 앞 보도블록이 깨졌어요")
    published(secretary, opinion, "우체국 골목 보도블록이 깨졌다는 의견")
    for question in ("초록슈퍼 의견 몇 건이야?", "초록슈퍼 의견은 어떻게 됐나요?"):
        assert "의견-2032-0001" in secretary.ask(question, audience=STAFF).text
        assert secretary.ask(question).basis is Basis.NONE
    assert "1건" in secretary.ask("보도블록 의견 몇 건이야?").text
    assert "깨졌다는" in secretary.ask("우체국 골목 보도블록 의견은 어떻게 됐나요?").text
    assert not secretary.assistant.opinions.similar("초록슈퍼", Visibility.PUBLIC)


@pytest.fixture
def dark(secretary: Secretary) -> Secretary:
    """Five opinions on lamps in three neighbourhoods, the first three answered, and two others."""
    dongs = ("모란1동", "모란1동", "모란2동", "모란4동", "모란4동")
    for place, dong in enumerate(dongs):
        text = f"골목 {'학교 시장 우체국 놀이터 정류장'.split()[place]} 쪽 가로등이 어두워요"  # noqa: SIM905
        month = "02" if place else "01"
        opinion = raised(secretary, text, dong, at=f"2032-{month}-0{place + 1}")
        if place < 3:
            answered(secretary, opinion)
    raised(secretary, "버스가 너무 늦게 와요", "해솔동", "교통과", at="2032-02-09")
    raised(secretary, "도서관 문을 늦게까지 열어 주세요", "해솔동", "문화과", at="2032-02-09")
    return secretary


@pytest.mark.parametrize(
    ("question", "count"),
    [
        ("가로등 의견 몇 건이야?", "5건, 3개 동"),
        ("답변 안 된 가로등 의견 몇 건이야?", "2건, 1개 동"),
        ("모란4동 가로등 의견 몇 건?", "2건, 1개 동"),
        ("답변 안 된 모란1동 가로등 의견은 몇 건이야?", "모두 5건"),
        ("도로과에 들어온 가로등 의견 몇 건이야?", "5건, 3개 동"),
        ("지난달 가로등 의견 몇 건?", "4건, 3개 동"),
        ("해솔동 가로등 의견 몇 건?", "의견은 없습니다"),
    ],
)
def test_opinions_on_a_matter_are_counted_as_far_as_the_question_narrows_them(
    dark: Secretary, question: str, count: str
) -> None:
    answer = dark.ask(question, audience=STAFF)
    assert count in answer.text
    assert "가로등" in answer.text.splitlines()[0]
    assert answer.basis is Basis.COMPUTED


def test_a_list_on_a_matter_says_which_opinions_it_counts(dark: Secretary) -> None:
    told = dark.ask("답변 안 된 가로등 의견 보여줘", audience=STAFF)
    assert "'가로등' 이야기가 든 의견이 2건" in told.text
    assert not any(word in told.text for word in ("버스", "도서관", "학교"))
    own = dark.assistant.ask(
        "내 의견 중 가로등 몇 건이야?", audience=Visibility.PUBLIC, person_id=1
    )
    assert "5건" in own.text
    assert dark.ask("가로등 의견 몇 건이야?").basis is Basis.NONE
