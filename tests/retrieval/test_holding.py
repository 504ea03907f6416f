"""Which lines can be the answer to a question."""

from __future__ import annotations

from datetime import date

import pytest

from retrieval.holding import asks, by_member, holds
from retrieval.naming import names_all
from retrieval.understanding.question import Question, understand


def asked(text: str) -> Question:
    return understand(text, date(2032, 11, 20))


@pytest.mark.parametrize(
    ("question", "line", "answers"),
    [
        ("버들동장 이름이 누구예요?", "버들동장 서가람, 간사 조한별", True),
        ("구청장이 누구예요?", "인사말씀 구청장, 구의회 의장", False),
        ("상담소는 어디에 있어요?", "상담소 운영", False),
        ("상담소는 어디에 있어요?", "상담소는 구청 별관 2층에 있음", True),
        ("왜 보류됐나요?", "보류 사유 : 전기 용량이 모자람", True),
        ("세탁소 안건 결과는?", "세탁소 설명회 안내", False),
        ("세탁소 안건 결과는?", "세탁소 시범운영(안) 수정 가결", True),
        ("신청은 언제부터예요?", "신청 (10시 20분)", False),
        ("신청은 언제부터예요?", "신청 2032. 3. 2.부터", True),
        ("몇 시에 시작해요?", "15:00~16:30", True),
        ("기기는 몇 대예요?", "현재 730대입니다.", True),
    ],
)
def test_a_line_answers_with_the_kind_of_value_asked_for(
    question: str, line: str, answers: bool
) -> None:
    assert holds(asked(question), line, heading=False, below=()) is answers


@pytest.mark.parametrize(
    ("question", "line", "heading", "title", "about"),
    [
        ("2031년 회의는 언제?", "2032년 회의", "", "2031년 회의록", False),
        ("2031년 회의는 언제?", "회의 5. 12.", "", "2031년 회의록", True),
        ("2031년 투표는 언제?", "투표 2030. 9. 2.", "2031년 참여예산", "", True),
        ("1-2 사업 담당은?", "1-3. 안부 전화", "", "", False),
        ("제4차 회의 결과는?", "제4차 회의에 다시 상정함", "", "제3차 회의록", False),
        ("1호점 위치는?", "2호점 설치", "", "", False),
    ],
)
def test_a_line_is_about_the_year_code_and_number_asked_for(
    question: str, line: str, heading: str, title: str, about: bool
) -> None:
    assert names_all(asked(question), line, heading, title) is about


def test_questions_and_members_of_minutes_are_told_from_answers() -> None:
    assert asks("지금 몇 대를 쓰고 있습니까?")
    assert not asks("730대입니다.")
    assert by_member("민가람 위원 길이 좁다는 말이 많습니다.")
    assert not by_member("교육국장 표한결 내년에 넓히겠습니다.")
