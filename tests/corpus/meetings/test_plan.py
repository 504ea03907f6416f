from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from corpus.meetings.meeting import Expected, Item
from corpus.meetings.plan import read_plan

TODAY = date(2031, 2, 1)
NOTICE = """2031년 제2차 실무협의체 회의 개최 알림
1. 귀 기관의 무궁한 발전을 기원합니다.
2. 아래와 같이 회의를 개최하오니 참석하여 주시기 바랍니다.
  가. 일시: 2031. 3. 5.(수) 16:00~17:30
  나. 장소: 단비구청 3층 회의실
  다. 안건
    1) 우산 수리소 운영 결과 검토
    2) 골목 화분 사업 계획(안) 검토
  라. 주관부서: 복지정책과
"""


def test_a_pasted_notice_gives_the_plan() -> None:
    plan = read_plan(NOTICE, TODAY).plan
    assert (plan.title, plan.held_on) == ("2031년 제2차 실무협의체", "2031-03-05")
    assert (plan.begins, plan.ends) == ("16:00", "17:30")
    assert (plan.place, plan.department) == ("단비구청 3층 회의실", "복지정책과")
    assert plan.items == (
        Item(number=1, title="우산 수리소 운영 결과 검토"),
        Item(number=2, title="골목 화분 사업 계획(안) 검토"),
    )


def test_lines_typed_later_add_to_what_is_known() -> None:
    known = read_plan("제2차 실무협의체\n일시: 3월 5일 16시", TODAY).plan
    plan = read_plan(
        "위원장: 김갑돌\n위원: 이을순, 박병수\n1. 첫 안건\n2. 둘째 안건", TODAY, known
    ).plan
    assert (plan.held_on, plan.year, len(plan.items)) == ("2031-03-05", 2031, 2)
    assert plan.expected[0] == Expected(role="위원장", name="김갑돌")
    assert (plan.seats, plan.quorum) == (3, 2)


def test_a_day_that_no_calendar_has_is_told() -> None:
    reading = read_plan("일시: 2031. 2. 30. 14:00", TODAY)
    assert reading.bad_date == "2031. 2. 30. 14:00"
    assert (reading.plan.held_on, reading.plan.begins) == ("", "14:00")


@given(st.text(max_size=300))
def test_any_text_can_be_pasted(text: str) -> None:
    plan = read_plan(text, TODAY).plan
    assert [item.number for item in plan.items] == list(range(1, len(plan.items) + 1))
