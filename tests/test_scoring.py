"""The judge of the golden sets is itself judged."""

from __future__ import annotations

import pytest

from retrieval.types import Answer, Basis
from tests.support.cited import cited
from tests.support.said import amounts_of, folded, quoted, says, says_no
from tests.support.scoring import judge, score

CASE = {
    "id": "X1",
    "turns": ["모란2동 예산은?"],
    "kind": "look-up",
    "expect_all": [],
    "expect_any": [],
    "expect_none": [],
    "expect_won": [7_350_000],
    "expect_source": "예산.txt",
    "answerable": True,
    "evidence": ["목욕데이"],
}
PAPERS = {"예산.txt": folded("모란2동 : 목욕데이 등 9개 사업\n총 7,350천원")}


def answer(text: str, quote: str = "모란2동 : 목욕데이 등 9개 사업 총 7,350천원") -> Answer:
    return Answer(text=f"{text} [1]", citations=(cited(quote),), basis=Basis.RECORDS)


@pytest.mark.parametrize(
    ("text", "won"),
    [
        ("735만원", [7_350_000]),
        ("7,350천원", [7_350_000]),
        ("7.35백만원", [7_350_000]),
        ("1억 4,000만원", [140_000_000]),
        ("652만 5,000원", [6_525_000]),
        ("2,384만", [23_840_000]),
        ("9개 사업 4,200천원과 21,300천원", [4_200_000, 21_300_000]),
        ("7,350천원(735만원)", [7_350_000, 7_350_000]),
        ("31.12억", [3_112_000_000]),
        ("42억 6,500만 원", [4_265_000_000]),
        ("0원", []),
        ("2032년 9개 사업 21명", []),
    ],
)
def test_amounts_are_read_in_any_unit(text: str, won: list[int]) -> None:
    assert [round(one) for one in amounts_of(text)] == won


@pytest.mark.parametrize(
    ("wanted", "text", "found"),
    [
        ("보류", "안건은 '보 류' 되었습니다", True),
        ("11,500천원", "11500천 원", True),
        ("num:7", "7개", True),
        ("num:7", "17개", False),
        ("num:7", "7.5개", False),
        ("num:3", "세 곳입니다", True),
        ("re:5월21일|5[.]21||5월 21일", "2024. 5. 21.", True),
        ("re:5월21일|5[.]21||5월 21일", "5월 22일", False),
    ],
)
def test_what_is_expected_is_found_however_it_is_written(
    wanted: str, text: str, found: bool
) -> None:
    assert says(wanted, text) is found


@pytest.mark.parametrize(
    ("text", "no"),
    [
        ("자료에서 찾지 못했습니다.", True),
        ("그 내용은 자료에 나와 있지 않습니다.", True),
        ("The papers do not say.", True),
        ("735만원입니다.", False),
        ("신청 없이 이용", False),
    ],
)
def test_saying_no_is_recognised(text: str, no: bool) -> None:
    assert says_no(text) is no


@pytest.mark.parametrize(
    ("quote", "verbatim"),
    [
        ("목욕데이 등 9개 사업 총 7,350천원", True),
        ("모란2동…총 7,350천원", True),
        ("총 7,350천원…모란2동", False),
        ("목욕데이 등 8개 사업", False),
        ("9개", False),
        ("", False),
        ("…", False),
        ("가" * 301, False),
    ],
)
def test_a_quote_is_verbatim_in_order_and_neither_short_nor_long(
    quote: str, verbatim: bool
) -> None:
    assert quoted(quote, PAPERS["예산.txt"]) is verbatim


def test_a_right_answer_is_right() -> None:
    verdict = judge(CASE, answer("735만원"), PAPERS)
    assert (verdict.right, verdict.cited, verdict.invalid) == (True, True, ())


@pytest.mark.parametrize(
    ("said", "quote"),
    [
        ("734만원", "목욕데이 등 9개 사업"),
        ("735만원", "총 7,350천원"),
        ("735만원, 1만원, 2만원, 3만원, 4만원", "목욕데이 등 9개 사업"),
        ("735만원" + "가" * 800, "목욕데이 등 9개 사업"),
    ],
)
def test_a_wrong_value_source_flood_or_length_is_wrong(said: str, quote: str) -> None:
    assert not judge(CASE, answer(said, quote), PAPERS).right


def test_an_invented_quote_is_reported() -> None:
    verdict = judge(CASE, answer("735만원", "목욕데이 등 12개 사업"), PAPERS)
    assert score([verdict]).invalid == (("예산.txt", "목욕데이 등 12개 사업"),)


def test_no_is_right_where_the_papers_do_not_say_and_wrong_elsewhere() -> None:
    no = Answer(text="자료에서 찾지 못했습니다.", basis=Basis.NONE)
    silent = CASE | {"answerable": False, "expect_won": [], "expect_source": "", "evidence": []}
    verdicts = [judge(silent, no, PAPERS), judge(CASE, no, PAPERS)]
    assert [verdict.right for verdict in verdicts] == [True, False]
    figures = score(verdicts)
    assert (figures.no_precision, figures.no_recall) == (0.5, 1.0)
