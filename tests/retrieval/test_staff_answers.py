"""What staff answered to a question, asked again in the same words, in like ones and in others."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.unanswered import UnansweredQuestions
from corpus.audit import CONSOLE
from corpus.ledger.changes import By
from corpus.retention import Periods, clear
from corpus.types import Visibility
from corpus.unanswered import (
    Cause,
    OpenQuestion,
    Standing,
    Unanswered,
    forget_asker,
    put_down,
    take_back,
)
from retrieval.terms import KiwiTerms
from retrieval.types import Basis
from tests.support.people import enrol
from tests.support.secretary import Secretary, day

TODAY = day("2031-06-01")
BY = By(person=CONSOLE, at=TODAY)
QUESTION, ANSWER = "놀이방은 안전한가요?", "네, 매달 살핍니다."


@pytest.fixture
def council(tmp_path: Path, terms: KiwiTerms) -> Iterator[Secretary]:
    secretary = Secretary(tmp_path / "council", terms, TODAY)
    enrol(secretary.database, {501: "citizen", 502: "citizen"})
    yield secretary
    secretary.close()


def listed(
    council: Secretary, question: str, cause: Cause = Cause.REFUSED, person: int = 1
) -> None:
    with council.database.write() as db:
        put_down(db, council.assistant.gist(question, TODAY), question, cause, person, TODAY)


def answered(council: Secretary, question: str, answer: str) -> None:
    listed(council, question)
    own = UnansweredQuestions(council.database, council.documents)
    (row,) = council.database.read("select id from unanswered order by id desc limit 1")
    seen = own.list.get(row["id"])
    assert seen is not None
    with council.database.write() as db:
        assert own.answer(db, seen, answer, Visibility.PUBLIC, BY) is not None


@pytest.mark.parametrize(
    ("question", "later"),
    [
        ("마을 축제 예산이 9,999만원이라던데 맞나요?", "마을 축제 예산은 얼마?"),
        ("목련동 반찬 나눔 예산이 9,999만원이 맞나요?", "목련동 반찬 나눔 예산은?"),
        ("꽃길 사업 참여자 수: 77명 아닌가요?", "꽃길 사업 참여자는 몇 명?"),
    ],
)
def test_what_a_citizen_claims_in_a_question_is_no_figure_of_the_papers(
    council: Secretary, question: str, later: str
) -> None:
    answered(council, question, "아니요, 올해는 열지 않습니다.")
    assert council.database.read("select 1 from records") == []
    (paper,) = council.database.read("select title from documents")
    assert paper["title"] == f"{question} (담당자 답변 2031. 6. 1.)"
    told = council.ask(later)
    assert all(question[:10] not in one.quote for one in told.citations)
    beside = told.text.replace(question, "")
    assert "9,999" not in beside
    assert "77" not in beside


def test_a_long_question_is_found_by_its_answer_alone(council: Secretary) -> None:
    question = f"{'마을 도서관에서 어린이 그림책을 함께 읽는 모임이 ' * 12}언제 열리나요?"
    answered(council, question, "매주 토요일 오전 10시에 엽니다.\n2층 열람실로 오시면 됩니다.")
    passages = [row["text"] for row in council.database.read("select text from passages")]
    assert passages == ["매주 토요일 오전 10시에 엽니다.\n2층 열람실로 오시면 됩니다."]
    told = council.ask("어린이 그림책 읽는 모임은 언제?")
    assert "토요일 오전 10시" in told.text


@pytest.mark.parametrize(
    ("question", "other"),
    [
        ("놀이방 안전 교육을 받을 수 있나요?", "놀이방 안전 교육을 받을 수 없나요?"),
        ("놀이방은 세 시에 여나요?", "놀이방은 네 시에 여나요?"),
        ("놀이방 신청은 1월까지 받나요?", "놀이방 신청은 1월부터 받나요?"),
        ("놀이방은 어르신도 쓰나요?", "놀이방은 어르신만 쓰나요?"),
    ],
)
def test_an_answer_to_a_question_in_like_words_says_which_question_it_answers(
    council: Secretary, question: str, other: str
) -> None:
    answered(council, question, "네, 그렇습니다.")
    assert council.ask(question).text.startswith("네, 그렇습니다. [1]")
    told = council.ask(other)
    assert told.basis is Basis.NONE or f"‘{question}’" in told.text
    listed(council, other, person=2)
    rows = council.database.read("select question, asked from unanswered order by id")
    assert [tuple(row) for row in rows] == [(question, 1), (other, 1)]


def test_spaces_and_marks_make_no_other_question(council: Secretary) -> None:
    answered(council, "놀이방은 안전한가요?", "네, 그렇습니다.")
    assert council.ask("놀이방은  안전 한가요").text.startswith("네, 그렇습니다. [1]")
    listed(council, "놀이방은 안전한가요!", person=2)
    (row,) = council.database.read("select asked from unanswered")
    assert row["asked"] == 2


def test_of_answers_to_like_questions_the_one_in_the_same_words_is_given(
    council: Secretary,
) -> None:
    answered(council, "놀이방은 세 시에 여나요?", "네, 엽니다.")
    answered(council, "놀이방은 네 시에 여나요?", "아니요, 세 시부터 열려 있습니다.")
    assert council.ask("놀이방은 세 시에 여나요?").text.startswith("네, 엽니다. [1]")


def question_of(council: Secretary) -> OpenQuestion:
    (found,) = [one for state in Standing for one in Unanswered(council.database).listed(state, 9)]
    return found


def judged_helpful(council: Secretary, person: int) -> None:
    with council.database.write() as db:
        take_back(db, council.assistant.gist(QUESTION, TODAY), person)


def papers(council: Secretary) -> int:
    return len(council.database.read("select 1 from documents"))


def test_a_thumb_down_puts_an_answer_on_the_list_and_takes_it_from_nobody(
    council: Secretary,
) -> None:
    answered(council, QUESTION, ANSWER)
    for person in (1, 2):
        listed(council, QUESTION, Cause.UNHELPFUL, person)
    assert question_of(council).standing is Standing.WAITING
    assert council.ask(QUESTION).text.startswith(ANSWER)
    judged_helpful(council, 1)
    assert question_of(council).standing is Standing.WAITING
    seen = question_of(council)
    judged_helpful(council, 2)
    assert question_of(council).standing is Standing.ANSWERED
    assert question_of(council).revision > seen.revision
    assert council.ask(QUESTION).text.startswith(ANSWER)


def test_an_answer_to_what_was_unhelpful_stays_when_all_take_their_thumbs_back(
    council: Secretary,
) -> None:
    listed(council, QUESTION, Cause.UNHELPFUL, 1)
    answered(council, QUESTION, ANSWER)
    with council.database.write() as db:
        db.execute("update unanswered set asked = 1")  # as if it had been asked once only
    listed(council, QUESTION, Cause.UNHELPFUL, 2)
    judged_helpful(council, 1)
    judged_helpful(council, 2)
    assert question_of(council).standing is Standing.ANSWERED
    assert council.ask(QUESTION).text.startswith(ANSWER)


def test_a_question_that_is_dropped_takes_its_answer_along(council: Secretary) -> None:
    answered(council, QUESTION, ANSWER)
    listed(council, QUESTION, Cause.UNHELPFUL, 2)
    own = UnansweredQuestions(council.database, council.documents)
    with council.database.write() as db:
        assert own.drop(db, question_of(council), "", BY) is not None
    assert papers(council) == 0
    assert council.ask(QUESTION).basis is Basis.NONE


def test_a_question_with_an_answer_outlives_its_time_and_who_judged_it(
    council: Secretary,
) -> None:
    answered(council, QUESTION, ANSWER)
    listed(council, QUESTION, Cause.UNHELPFUL, 1)
    with council.database.write() as db:
        forget_asker(db, 1)
    assert question_of(council).answer == ANSWER
    month = timedelta(days=30)
    periods = Periods(
        conversations=month, unanswered=month, outbox=month, inbox=month, drafts=month
    )
    with council.database.write() as db:
        clear(db, periods, TODAY + 2 * month)
    assert question_of(council).answer == ANSWER
    assert council.database.read("select 1 from unanswered_askers") == []
    assert council.ask(QUESTION).text.startswith(ANSWER)
