from __future__ import annotations

from corpus.extraction.outlines import plans
from corpus.records import Record, Relation
from corpus.types import Block
from tests.corpus.extraction.build import read, table

PLAN = """제6기 가람구 지역사회보장계획

Ⅰ. 계획의 개요
1. 수립 배경
 가. 법적 근거
2. 추진 경과

추진전략 세부사업

Ⅱ. 사업 전략체계

1. 가까이에서 살피는

돌봄 가람

1-1. 어르신 방문 돌봄 확대
1-2. 아동 야간 돌봄 거점
1-3. 장애인 이동 지원

2. 일자리가 있는 가람

2-1. 청년 일 경험
2-2. 중장년 재취업 지원

추진전략 세부사업

Ⅲ. 발전 전략체계

1. 전달체계

강화

1-1.   위기가구 발굴
1-1-1. 이웃 살피미 운영
1-1-2. 안부 확인 전화
1-2.   수급 관리
1-2-1. 교육 강화

3. 행정 사항
 - 3-1 어르신 사업은 증액함
"""


def shown(relation: Relation) -> list[tuple[int | None, str, str]]:
    return [
        (record.parent, text_of(record, "code"), text_of(record, "title"))
        for record in relation.records
    ]


def text_of(record: Record, name: str) -> str:
    field = record.field(name)
    return field.text if field else ""


def relations(*blocks: Block | str) -> list[Relation]:
    return plans(*read(*blocks))


def test_an_empty_paper_has_no_plan() -> None:
    assert relations() == []


def test_each_part_is_a_tree_of_its_own() -> None:
    first, second = relations(PLAN)
    assert shown(first) == [
        (None, "Ⅱ", "사업 전략체계"),
        (0, "1", "가까이에서 살피는 돌봄 가람"),
        (1, "1-1", "어르신 방문 돌봄 확대"),
        (1, "1-2", "아동 야간 돌봄 거점"),
        (1, "1-3", "장애인 이동 지원"),
        (0, "2", "일자리가 있는 가람"),
        (5, "2-1", "청년 일 경험"),
        (5, "2-2", "중장년 재취업 지원"),
    ]
    assert shown(second) == [
        (None, "Ⅲ", "발전 전략체계"),
        (0, "1", "전달체계 강화"),
        (1, "1-1", "위기가구 발굴"),
        (2, "1-1-1", "이웃 살피미 운영"),
        (2, "1-1-2", "안부 확인 전화"),
        (1, "1-2", "수급 관리"),
        (5, "1-2-1", "교육 강화"),
    ]


def test_every_item_names_its_plan_and_its_part() -> None:
    record = relations(PLAN)[1].records[3]
    assert text_of(record, "plan") == "제6기 가람구 지역사회보장계획"
    assert text_of(record, "part") == "Ⅲ. 발전 전략체계"
    level = record.field("level")
    assert level is not None
    assert level.value == 3


def test_levels_may_be_called_by_name() -> None:
    text = "Ⅱ. 전략체계\n전략 1. 함께 돌봄\n1-1. 방문\n1-2. 식사\n전략 2. 함께 일함\n2-1. 청년\n"
    (relation,) = relations(text)
    assert [code for _, code, _ in shown(relation)] == ["Ⅱ", "1", "1-1", "1-2", "2", "2-1"]


def test_codes_that_are_only_mentioned_are_no_plan() -> None:
    text = (
        "회의록\n1. 보고\n - 부진 사업\n3-1 자원봉사 : 저조함\n3-15 청년 창업 : 종료함\n3-2 돌봄\n"
    )
    assert relations(text) == []


def test_ordinary_headings_are_no_plan() -> None:
    assert relations("Ⅰ. 개요\n1. 목적\n2. 기간\n3. 예산\nⅡ. 내용\n1. 방법\n") == []


def test_dots_that_lead_to_a_page_are_no_part_of_a_title() -> None:
    text = "Ⅳ. 과제\n1-1. 돌봄 ·········· 17\n1-2. 일자리 ········ 18\n1-3. 안전 ······ 19\n"
    (relation,) = relations(text)
    assert [title for _, _, title in shown(relation)][1:] == ["돌봄", "일자리", "안전"]


def test_a_plan_in_a_table_is_a_tree_too() -> None:
    grid = table(
        ["추진전략", "중점과제", "세부사업"],
        ["1. 가까운 돌봄", "1-1. 방문", "1-1-1. 식사 배달"],
        ["", "", "1-1-2. 퇴원 환자"],
        ["", "1-2. 틈새", "1-2-1. 야간 아동"],
        ["2. 일자리", "2-1. 청년", "2-1-1. 인턴"],
    )
    (relation,) = relations("나래구 복지계획", grid)
    assert [(parent, code) for parent, code, _ in shown(relation)] == [
        (None, "1"),
        (0, "1-1"),
        (1, "1-1-1"),
        (1, "1-1-2"),
        (0, "1-2"),
        (4, "1-2-1"),
        (None, "2"),
        (6, "2-1"),
        (7, "2-1-1"),
    ]


def test_a_mark_behind_a_title_means_what_the_legend_says() -> None:
    full, items = read(
        "제6기 가람구 계획\n3. 전략체계 (◎ 신규)\n전략 1. 촘촘한 돌봄\n"
        "  1-1. 노년 돌봄\n  1-2. 말벗 인형 보급 ◎\n  1-3. 경로식당\n"
    )
    (relation,) = plans(full, items)
    marked = [record for record in relation.records if record.field("mark")]
    assert [
        (f.text, m.text) for r in marked if (f := r.field("title")) and (m := r.field("mark"))
    ] == [("말벗 인형 보급", "신규")]


def test_codes_beside_figures_are_no_plan_of_their_own() -> None:
    budget = table(
        ["코드", "세부사업", "예산(백만원)"],
        ["1-1", "노년 돌봄", "120"],
        ["1-2", "아동 돌봄", "80"],
        ["1-3", "이동 지원", "60"],
    )
    full, items = read("재정계획", budget)
    assert plans(full, items) == []
