"""Which rows of different papers say the same thing."""

from __future__ import annotations

import pytest

from corpus.claiming import body_of
from corpus.claims import Claim, Claimant, row_claim, same, value_claims
from corpus.records import Field, FieldType, RecordKind
from corpus.types import Span

NOWHERE = Span(start=0, end=0)


def money(name: str, text: str, value: int) -> Field:
    return Field(name=name, type=FieldType.MONEY, text=text, span=NOWHERE, value=value)


def row(
    amount: Field, *, heading: str = "2032년 나눔사업 예산", place: str = "모란2동", number: int = 1
) -> Claimant:
    where = Field(name="동", type=FieldType.PLACE, text=place, span=NOWHERE, place=place)
    return Claimant(
        id=number,
        kind=RecordKind.BUDGET_LINE,
        heading=heading,
        title="동별 자료",
        dated="2032-03",
        body="단비구",
        total=False,
        fields=(where, amount),
    )


def claim(one: Claimant) -> Claim:
    (found,) = value_claims([one])
    return found


LINE = row(money("amount", "735만원", 7_350_000))


@pytest.mark.parametrize(
    "other",
    [
        row(money("예산액(천원)", "7,350", 7_350_000)),
        row(money("2032년 예산", "7.35", 7_350_000), heading="나눔사업 추진현황 (2031~2032)"),
        row(money("사업비", "1억원", 100_000_000), heading="단비구 동별 나눔사업 운영계획(안)"),
    ],
    ids=["unit in the column", "year in the column", "year of the paper"],
)
def test_other_words_for_one_measure_make_one_claim(other: Claimant) -> None:
    assert claim(other).claim == claim(LINE).claim


@pytest.mark.parametrize(
    "other",
    [
        row(money("집행액", "735만원", 7_350_000)),
        row(money("amount", "735만원", 7_350_000), place="모란1동"),
        row(money("amount", "735만원", 7_350_000), heading="2031년 나눔사업 예산"),
        row(money("amount", "735만원", 7_350_000), heading="2032년 체육사업 예산"),
        row(money("amount", "735만원", 7_350_000), heading="2032년 상반기 나눔사업 예산"),
    ],
    ids=["measure", "place", "year", "programme", "half of the year"],
)
def test_what_differs_in_one_thing_is_another_claim(other: Claimant) -> None:
    assert claim(other).claim != claim(LINE).claim


@pytest.mark.parametrize("text", ["약 735만원", "735만원 이내", "700여만원"])
def test_a_value_that_is_not_exact_claims_nothing(text: str) -> None:
    assert value_claims([row(money("amount", text, 7_350_000))]) == []


def test_a_claim_that_a_paper_makes_twice_with_other_values_is_none() -> None:
    again = row(money("amount", "90만원", 900_000), number=2)
    assert value_claims([LINE, again]) == []
    assert len(value_claims([LINE, row(LINE.fields[1], number=2)])) == 2


@pytest.mark.parametrize(
    ("text", "value", "precision"),
    [
        ("735만원", 7_350_000, 10_000),
        ("7.3백만원", 7_300_000, 100_000),
        ("7,350", 7_350_000, 1_000),
        ("1억 500만원", 105_000_000, 10_000),
        ("7,350,000원", 7_350_000, 1),
    ],
)
def test_a_printed_amount_is_as_exact_as_its_last_digit(
    text: str, value: int, precision: int
) -> None:
    assert claim(row(money("amount", text, value))).precision == precision


def test_a_rounded_value_is_the_same_and_a_mistyped_one_is_not() -> None:
    assert same(7_350_000, 7_300_000, 100_000)
    assert not same(7_350_000, 7_530_000, 10_000)


def test_a_row_is_the_same_in_another_edition_and_not_in_another_year() -> None:
    edition = row(money("amount", "7,350천원", 7_350_000), number=9)
    later = row(LINE.fields[1], heading="2033년 나눔사업 예산")
    assert row_claim(edition) == row_claim(LINE)
    assert row_claim(later) != row_claim(LINE)


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("단비구지역사회보장협의체 실무협의체", "단비구"),
        ("느티동 주민자치회 회의록", "느티동"),
        ("부산광역시 북구 복지계획", "북구"),
        ("동별 예산", ""),
        ("", ""),
    ],
)
def test_a_paper_says_whose_it_is(text: str, body: str) -> None:
    assert body_of(text) == body
