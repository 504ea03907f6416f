from __future__ import annotations

from corpus.extraction.award_tables import award_tables
from corpus.extraction.grades import awards
from corpus.records import Record, Relation
from corpus.types import Block
from tests.corpus.extraction.build import read, table

LIST = """Ⅱ. 지역돌봄 평가 결과

• 돌봄계획(7개)

구분 수상기관 시상금

대상 1, 최우수 3, 우수 3 총 200백만원

’24년
이행평가
(7개)

대상(1) (시군구1) 대구 수성구 5천만원

최우수(3)
(시도1) 경상남도
(시군구2) 경기 의정

부시, 충남 당진시

각 20백만원

각 3천만원

우수(3)
(시군구3) 서울 은평구․강동구, 전남
담양군
각 1천만원

민관
협력
(2)

2개 대상 1, 우수 1
소계
70백만원

대상(1) (시군구 1) 강원 강릉시 각 5천만원
우수(1) (시군구 1) 울산 중구 각 2천만원
"""


def relations(*blocks: Block | str) -> list[Relation]:
    full, items = read(*blocks)
    return [*awards(full, items), *award_tables(full, items)]


def won(record: Record) -> tuple[str, str, int | None]:
    field = {field.name: field for field in record.fields}
    prize = field.get("prize")
    name = field["municipality"].place or field["municipality"].text
    return field["grade"].text, name, prize.value if prize else None


def test_an_empty_paper_has_no_awards() -> None:
    assert relations() == []


def test_a_list_over_many_lines_is_read_with_its_prizes() -> None:
    first, second = relations(LIST)
    assert [won(record) for record in first.records] == [
        ("대상", "대구광역시 수성구", 50_000_000),
        ("최우수", "경상남도", 20_000_000),
        ("최우수", "경기도 의정부시", 30_000_000),
        ("최우수", "충청남도 당진시", 30_000_000),
        ("우수", "서울특별시 은평구", 10_000_000),
        ("우수", "서울특별시 강동구", 10_000_000),
        ("우수", "전라남도 담양군", 10_000_000),
    ]
    assert [won(record) for record in second.records] == [
        ("대상", "강원특별자치도 강릉시", 50_000_000),
        ("우수", "울산광역시 중구", 20_000_000),
    ]
    assert {record.doubt for record in (*first.records, *second.records)} == {""}


def test_the_field_is_the_label_at_the_side_and_the_title_the_heading_above() -> None:
    found = relations(LIST)
    assert [relation.title for relation in found] == ["돌봄계획(7개)", "돌봄계획(7개)"]
    labels = [relation.records[0].field("field") for relation in found]
    assert [label.text for label in labels if label] == ["’24년 이행평가", "민관 협력"]


def test_the_quote_of_an_award_holds_grade_name_and_prize() -> None:
    full, items = read(LIST)
    record = awards(full, items)[0].records[2]
    quote = "…".join(full.text[span.start : span.end] for span in record.spans)
    assert "최우수(3)" in quote
    assert "의정\n\n부시" in quote
    assert "각 3천만원" in quote


def test_a_count_that_the_names_do_not_make_up_is_a_doubt() -> None:
    (relation,) = relations("□ 평가\n우수(3) 광주 서구, 전북 남원시 각 1천만원\n")
    assert [record.doubt for record in relation.records] == ["award_count", "award_count"]


def test_prizes_that_fit_no_level_are_not_guessed() -> None:
    text = "□ 평가\n우수(2) (시군구2) 광주 서구, 전북 남원시\n1천만원\n2천만원\n3천만원\n"
    (relation,) = relations(text)
    assert [won(record)[2] for record in relation.records] == [None, None]
    assert {record.doubt for record in relation.records} == {"award_prize"}


def test_grades_in_one_line_of_prose_are_read() -> None:
    text = "□ 협력 분야\n · 대상 1곳(경기 화성시), 최우수 2곳(서울 은평구, 전북 김제시)\n"
    (relation,) = relations(text)
    assert [won(record)[:2] for record in relation.records] == [
        ("대상", "경기도 화성시"),
        ("최우수", "서울특별시 은평구"),
        ("최우수", "전북특별자치도 김제시"),
    ]


def test_dongs_win_too() -> None:
    text = "□ 우수 동 협의체\n - 최우수 2곳: 가람1동, 나래동\n - 우수(1) : 다솜동 50만원\n"
    (relation,) = relations(text)
    assert [won(record) for record in relation.records] == [
        ("최우수", "가람1동", None),
        ("최우수", "나래동", None),
        ("우수", "다솜동", 500_000),
    ]


def test_the_target_of_a_programme_is_no_award() -> None:
    text = (
        "○ 지원대상 : 65세 이상\n대상 : 저소득층 및 장애인\n대상(3) : 청년, 노인, 아동\n"
        "□ 참여 대상 : 전국 226개 시군구\n"
    )
    assert relations(text) == []


def test_a_table_of_awards_is_read_by_its_columns() -> None:
    grid = table(
        ["분야", "등급", "수상기관", "포상금(백만원)"],
        ["돌봄", "대상(1)", "서울 강동구", "50"],
        ["", "최우수(2)", "부산 남구, 북구", "30"],
        ["고용", "우수", "(시도1) 충청북도 (시군구1) 경기 여주시", "각 1천만원 각 2천만원"],
        caption="수상 현황",
    )
    (relation,) = relations("2025년 평가", grid)
    assert relation.title == "수상 현황"
    assert [won(record) for record in relation.records] == [
        ("대상", "서울특별시 강동구", 50_000_000),
        ("최우수", "부산광역시 남구", 30_000_000),
        ("최우수", "부산광역시 북구", 30_000_000),
        ("우수", "충청북도", 10_000_000),
        ("우수", "경기도 여주시", 20_000_000),
    ]
    fields = [record.field("field") for record in relation.records]
    assert [field.text for field in fields if field] == ["돌봄", "돌봄", "돌봄", "고용", "고용"]


def test_a_table_without_grades_is_left_alone() -> None:
    assert relations(table(["기관", "금액"], ["서울 강동구", "50"])) == []


def test_a_grade_whose_names_line_ends_cut_keeps_its_field() -> None:
    (relation,) = relations(
        "1. 돌봄 분야 (3점)\n대상(1)\n전남 하람시\n2천만원\n"
        "최우수(2)\n경기 나래시, 충북 온\n달군\n각 1천만원\n"
    )
    assert [record.field("field").text for record in relation.records] == ["돌봄 분야"] * 3  # type: ignore[union-attr]
    assert relation.records[2].field("municipality").text == "충북 온달군"  # type: ignore[union-attr]
