from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.types import Visibility
from retrieval.types import Basis
from tests.support.secretary import Secretary, day

OLD = """2031년 제1차 실무협의체 회의록

회의일시 2031년 2월 5일(수) 16:00

안건 1 검토결과

우산 수리소 검토

부결
"""
NEW = """2031년 제2차 실무협의체 회의록

회의일시 2031년 3월 5일(수) 16:00

안건

제1안 골목 화분 검토
제2안 빨래방 보고

회의내용

안건 1 검토결과

골목 화분 검토

수정 가결

안건 2 검토결과

빨래방 보고

보류
"""


@pytest.fixture
def secretary(tmp_path: Path, terms: object) -> Iterator[Secretary]:
    secretary = Secretary(tmp_path, terms, day("2031-04-01"))  # type: ignore[arg-type]
    secretary.write({"둘.txt": NEW, "하나.txt": OLD})
    yield secretary
    secretary.close()


@pytest.mark.parametrize(
    "question",
    ["지난 회의 결정사항은?", "지난번 회의에서 결정된 안건은?", "최근 실무협의체 회의 결과 알려줘"],
)
def test_the_last_meeting_is_told_item_by_item(secretary: Secretary, question: str) -> None:
    answer = secretary.ask(question)
    assert answer.basis is Basis.RECORDS
    assert "골목 화분 검토 → 수정 가결" in answer.text
    assert "빨래방 보고 → 보류" in answer.text
    assert "우산" not in answer.text
    assert answer.citations


@pytest.mark.parametrize("question", ["2안 결과는?", "지난 회의에서 안건 2는 어떻게 됐어?"])
def test_a_number_alone_means_the_last_meetings_item(secretary: Secretary, question: str) -> None:
    text = secretary.ask(question).text
    assert "빨래방 보고 → 보류" in text
    assert "화분" not in text


def test_an_item_that_the_meeting_did_not_have_is_none(secretary: Secretary) -> None:
    assert "→" not in secretary.ask("7안 결과는?").text


def test_the_day_and_the_level_decide_which_meeting_was_last(
    secretary: Secretary, tmp_path: Path
) -> None:
    earlier = secretary.ask("지난 회의 결정사항은?", today=day("2031-02-20"))
    assert "부결" in earlier.text
    number = next(
        paper.id
        for paper in secretary.documents.visible(Visibility.STAFF)
        if paper.name == "둘.txt"
    )
    secretary.documents.show_to(number, Visibility.STAFF)
    assert "부결" in secretary.ask("지난 회의 결정사항은?").text


NOTICE = """2031년 제3차 실무협의체 회의 개최 알림

1. 일시: 2031. 3. 25.(화) 15:00
2. 장소: 나래구청 대회의실
3. 안건
  1) 골목 화분 추진 결과 보고
  2) 우산 수리소 재심의
"""


def test_a_notice_of_a_later_meeting_is_no_result(secretary: Secretary) -> None:
    secretary.write({"알림.txt": NOTICE})
    answer = secretary.ask("지난 회의에서 뭐 결정됐어?")
    assert "수정 가결" in answer.text
    assert any("제3차" in notice for notice in answer.notices)


def test_the_items_of_the_next_meeting_come_from_its_notice(secretary: Secretary) -> None:
    secretary.write({"알림.txt": NOTICE})
    answer = secretary.ask("다음 회의 안건이 뭐야?")
    assert "우산 수리소 재심의" in answer.text
    assert "이미 지난" in answer.notices[0]


@pytest.mark.parametrize(
    "question", ["올해 회의 몇 번 열렸어요", "실무협의체 회의는 모두 몇 차례 했나요?"]
)
def test_meetings_are_counted(secretary: Secretary, question: str) -> None:
    answer = secretary.ask(question)
    assert "2건" in answer.text
    assert answer.basis is Basis.COMPUTED
    assert len(answer.citations) == 2
