"""Money and counted things."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.amounts import (
    UNITS,
    Bound,
    convert,
    counts,
    find,
    format_exact,
    format_won,
    parse_cell,
    unit_note,
)

WON = st.integers(-(2**63), 2**63 - 1)
# Letters that make up amounts, so that chance builds near misses.
MONEY_LIKE = st.text(
    alphabet="0123456789,.억만천백십조원일이오 \n~-△₩여각제단위개명()년월%", max_size=60
)


@pytest.mark.parametrize(
    ("text", "won"),
    [
        ("2,480만원", [24_800_000]),
        ("2480만원", [24_800_000]),
        ("총 720만원", [7_200_000]),
        ("417만 3천원", [4_173_000]),
        ("417만 3,000원", [4_173_000]),
        ("12.4억 원", [1_240_000_000]),
        ("8123만 4500원", [81_234_500]),
        ("8123만\n4500원", [81_234_500]),
        ("3,105백만원", [3_105_000_000]),
        ("각 3천만원", [30_000_000]),
        ("7억7백만원", [707_000_000]),
        ("2천300만 원", [23_000_000]),
        ("24,800,000원", [24_800_000]),
        ("₩12,000", [12_000]),
        ("￦ 12,000", [12_000]),
        ("KRW 12,000", [12_000]),
        ("12,000 won", [12_000]),
        ("3조 4천억원", [3_400_000_000_000]),
        ("3조 4천억 규모", [3_400_000_000_000]),
        ("육백만원", [6_000_000]),
        ("사천이백만 원", [42_000_000]),
        ("천만원", [10_000_000]),
        ("일금 칠백만원정", [7_000_000]),
        ("총오십만원", [500_000]),
        ("300억 이상", [30_000_000_000]),
        ("824억을 들여", [82_400_000_000]),
        ("1.5백만원", [1_500_000]),
        ("1,234천원", [1_234_000]),
        ("２,４８０만원", [24_800_000]),
        ("8억 이천만원", [820_000_000]),
        ("2억 5,000만 원", [250_000_000]),
        ("0원", [0]),
        ("-250만원", [-2_500_000]),
        ("(△30만원)", [-300_000]),
        ("▲30만원 지원", [300_000]),
        ("사업비 - 30만원", [300_000]),
        ("300만원에서 700만원 사이", [3_000_000, 7_000_000]),
        ("300만~700만원", [3_000_000, 7_000_000]),
        ("4~6백만원", [4_000_000, 6_000_000]),
        ("삼백만원에서 칠백만원", [3_000_000, 7_000_000]),
        ("30여만원", [300_000]),
        ("예산이 900만 이상인 동", [9_000_000]),
        ("100만원인 사업", [1_000_000]),
        ("솔밭동 : 텃밭 가꾸기 등 7개 사업 총 635만원", [6_350_000]),
        ("1) 5만원 2) 7만원", [50_000, 70_000]),
        ("(400백만원)", [400_000_000]),
        ("예산 7만\n7천 500원", [77_500]),
    ],
)
def test_amounts_are_read_in_every_printed_form(text: str, won: list[int]) -> None:
    assert [amount.won for amount in find(text)] == won


@pytest.mark.parametrize(
    "text",
    [
        "27개 사업",
        "2천800개 읍면동",
        "1,904개소",
        "53,210명",
        "4,407건",
        "3만 명",
        "인구 7만 이상",
        "1억 명",
        "2019년 3월 5일",
        "2019년도 원안대로 의결",
        "제35조 제2항",
        "법률 제18조",
        "031-555-0142",
        "64.5%",
        "3/4분기",
        "수백만원",
        "몇 천만원",
        "(단위: 천원)",
        "천원 단위로",
        "(금액 : 백만원)",
        "예산액(천원)",
        "구분\n백만원\n비고",
        "제2 원칙",
        "2가지\n원안대로",
        "조원 4명",
        "억원",
        "공원 회원 사원 지원",
        "이천시 오산시",
        "구천동 만석동",
        "",
    ],
)
def test_what_is_no_money_is_left_alone(text: str) -> None:
    assert find(text) == []


def test_each_and_limits_are_told_apart_from_plain_amounts() -> None:
    assert [a.per_each for a in find("각 3천만원, 1인당 5만원, 2만원씩, 생각 9만원")] == [
        True,
        True,
        True,
        False,
    ]
    bounds = [a.bound for a in find("5억 이상 6억 미만 최대 7억원, 약 8억원 정도, 9억여원, 2억원")]
    assert bounds == [
        Bound.AT_LEAST,
        Bound.LESS_THAN,
        Bound.AT_MOST,
        Bound.ABOUT,
        Bound.ABOUT,
        None,
    ]


def test_a_unit_note_gives_bare_numbers_their_worth_on_request_only() -> None:
    assert [a.won for a in find("국비 1,200 시비 340.5", unit=1000)] == [1_200_000, 340_500]
    assert find("국비 1,200 시비 340.5") == []
    assert find("12명 2019년 3/4", unit=1000) == []


@given(WON)
def test_what_is_written_for_people_reads_back(won: int) -> None:
    assert [a.won for a in find(format_won(won))] == [won]
    assert [a.won for a in find(format_exact(won))] == [won]
    assert [a.won for a in find(f"예산은 {format_won(won)}입니다.")] == [won]


@given(WON, st.sampled_from(sorted(UNITS)))
def test_an_amount_in_any_unit_is_exact_and_reads_back(won: int, unit: str) -> None:
    (amount,) = find(convert(won, unit)) if len(str(UNITS[unit])) <= 10 else find(format_won(won))
    assert amount.won == won


@given(st.text() | MONEY_LIKE)
def test_finding_never_fails_and_spans_quote_the_text(text: str) -> None:
    for found in (find(text), find(text, unit=1000), counts(text)):
        ends = [0]
        for item in found:
            assert text[item.start : item.end] == item.text
            assert ends[-1] <= item.start < item.end
            ends.append(item.end)
    parse_cell(text, 1000)
    unit_note(text)


@pytest.mark.parametrize(
    ("won", "text"),
    [
        (24_800_000, "2,480만원"),
        (4_173_000, "417만 3,000원"),
        (12_460_000_000, "124억 6,000만원"),
        (3_400_000_000_000, "3조 4,000억원"),
        (100_000_001, "1억 1원"),
        (950, "950원"),
        (0, "0원"),
        (-2_500_000, "-250만원"),
    ],
)
def test_amounts_are_written_as_people_read_them(won: int, text: str) -> None:
    assert format_won(won) == text


def test_conversion_says_the_same_amount_in_another_unit() -> None:
    assert convert(4_100_000, "천원") == "4,100천원"
    assert convert(24_810_000, "백만 원") == "24.81백만원"
    assert convert(82_400_000_000, "억원") == "824억원"
    with pytest.raises(ValueError, match="unknown unit"):
        convert(1, "달러")


@pytest.mark.parametrize(
    ("text", "won"),
    [
        ("(단위: 천원)", 1000),
        ("(단위 : 백만원)", 1_000_000),
        ("단위:원", 1),
        ("(단위 : 억 원)", 100_000_000),
        ("(단위: 천원, %)", 1000),
        ("(단위 : 개소, 백만원)", 1_000_000),
        ("(금액 : 백만원)", 1_000_000),
        ("지원규모(금액 :\ufffd 백만원)", 1_000_000),
        ("예산액(천원)", 1000),
        (" 천원 ", 1000),
        ("(단위 : 명)", None),
        ("(400백만원)", None),
        ("육백만원", None),
        ("자원봉사 단위조직", None),
        ("", None),
    ],
)
def test_unit_notes_become_multipliers(text: str, won: int | None) -> None:
    assert unit_note(text) == won


@pytest.mark.parametrize(
    ("cell", "won"),
    [
        ("1,234", 1_234_000),
        (" 56 ", 56_000),
        ("△50", -50_000),
        ("▲ 50", -50_000),
        ("-50", -50_000),
        ("12.5", 12_500),
        ("１，２３４", 1_234_000),
        ("0", 0),
        ("4백만원", 4_000_000),
        ("2,480만원", 24_800_000),
        ("-", None),
        ("–", None),
        ("", None),
        ("해당 없음", None),
        ("2019년", None),
        ("20\n(10)", None),
        ("3명", None),
    ],
)
def test_cells_are_numbers_in_the_unit_of_their_table(cell: str, won: int | None) -> None:
    assert parse_cell(cell, 1000) == won


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("27개 사업", [(27, "개")]),
        ("2천800개 읍면동", [(2800, "개")]),
        ("1,904개소", [(1904, "개소")]),
        ("53,210명", [(53210, "명")]),
        ("30세대 4,118명지원", [(30, "세대"), (4118, "명")]),
        ("35개사업", [(35, "개")]),
        ("총 12개 동", [(12, "개동")]),
        ("12개동주민센터", [(12, "개동")]),
        ("설치율 64.5%", [(64.5, "%")]),
        ("1.5배", [(1.5, "배")]),
        ("60여 명", [(60, "명")]),
        ("세 개 동, 두 곳, 열 명", [(3, "개"), (2, "곳"), (10, "명")]),
        ("스물다섯 명", [(25, "명")]),
        ("3개월", [(3, "개월")]),
        ("2만 명", [(20000, "명")]),
        ("몇 개, 여러 곳", []),
        ("2022 개정, 3회의실, 5억원, 네이버", []),
        ("가람 2동", []),
    ],
)
def test_counted_things_carry_number_and_counter(
    text: str, counted: list[tuple[float, str]]
) -> None:
    assert [(count.value, count.counter) for count in counts(text)] == counted


def test_an_ordinal_is_marked_as_one() -> None:
    assert [count.ordinal for count in counts("제2차 회의, 2차 회의")] == [True, False]


@pytest.mark.parametrize(
    "unit", ["1", "1,", "1,234,", "1만 ", "천원 ", "1~", "동", "(", " ", "제1"]
)
def test_repetitive_text_is_read_to_its_end(unit: str) -> None:
    text = unit * (100_000 // len(unit))
    assert isinstance(find(text), list)
    assert isinstance(counts(text), list)
    assert unit_note(text) is None
    parse_cell(text, 1)
