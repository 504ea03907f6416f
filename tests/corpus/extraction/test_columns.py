import pytest

from corpus.extraction.columns import understand
from corpus.extraction.units import NO_NOTE, read_note, split_heading
from corpus.records import FieldType


@pytest.mark.parametrize(
    ("heading", "cells", "expected"),
    [
        ("동명", ["하람1동", "옥동", "전 동"], FieldType.PLACE),
        ("지자체", ["경북 의성", "광주 남구"], FieldType.PLACE),
        ("예산(천원)", ["1,200", "△30"], FieldType.MONEY),
        ("지원액", ["3백만원", "각 5백만원"], FieldType.MONEY),
        ("사업 수", ["3", "11"], FieldType.COUNT),
        ("참여", ["12명", "9명"], FieldType.COUNT),
        ("집행률", ["97.5", "100"], FieldType.RATE),
        ("비중", ["12.5%", "8%"], FieldType.RATE),
        ("기간", ["2025. 3. ~ 5.", "연중", "2025. 7. 1."], FieldType.DATE),
        ("문의", ["031-000-1234", "031-000-5678"], FieldType.CONTACT),
        ("강사명", ["이수달", "박가람 강사"], FieldType.PERSON),
        ("비고", ["교통정책과", "도시재생팀", "하람복지관"], FieldType.ORGANISATION),
        ("연번", ["1", "2", "3"], FieldType.CODE),
        ("과제", ["1-1", "1-2", "2-1"], FieldType.CODE),
        ("프로그램명", ["숲 놀이터", "빵 굽는 날"], FieldType.NAME),
        (
            "내용",
            ["월 1회 모여 함께 만들고 이웃에게 나누어 드리는 활동을 하며 안부도 묻습니다"],
            FieldType.TEXT,
        ),
        ("비고", ["-", "", "–"], FieldType.TEXT),
    ],
)
def test_a_column_is_typed_by_its_heading_and_cells(heading, cells, expected):
    assert understand(heading, cells).type is expected


def test_a_note_of_money_alone_makes_every_column_of_bare_numbers_money():
    column = understand("2025년", ["120", "95"], read_note("(단위: 백만원)"))
    assert (column.type, column.won) == (FieldType.MONEY, 1_000_000)


def test_a_note_of_counts_and_money_leaves_a_column_without_hint_in_doubt():
    column = understand("2025년", ["120", "95"], read_note("(단위 : 개소, 천원)"))
    assert column.doubt == "unit_unclear"
    assert column.won is None


def test_the_heading_goes_before_the_note_of_the_table():
    note = read_note("(단위: 명, 천원)")
    assert understand("정원", ["12", "9"], note).unit == "명"
    assert understand("사업비", ["1,200", "900"], note).won == 1000
    assert understand("시상금(백만원)", ["5", "3"], note).won == 1_000_000


def test_whole_thousands_without_a_note_are_won():
    assert understand("예산액", ["5,000,000", "750,000"]).won == 1
    assert understand("예산액", ["5,125", "750"]).won is None


def test_a_unit_in_brackets_is_no_part_of_the_heading():
    assert split_heading("정원(명)")[0] == "정원"
    assert split_heading("예산 (단위 : 천원) 구비")[0] == "예산 구비"
    assert split_heading("예산(안)") == ("예산(안)", NO_NOTE)


def test_units_that_are_no_won_are_named():
    assert read_note("(단위: 억 달러, %)").other == ("억 달러",)
    assert not read_note("특별한 단위가 없는 줄")
