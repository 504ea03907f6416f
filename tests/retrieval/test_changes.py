"""What changed between two years, in one table or in the papers of both."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from retrieval.terms import KiwiTerms
from retrieval.types import Basis
from tests.support.said import says
from tests.support.secretary import Secretary, day

PAPER = """# {year}년 모란구 동 특화사업 예산

(단위: 천원)

| 동 | 사업 수 | 예산액 |
|---|--:|--:|
| 모란1동 | 3 | {one} |
| 모란2동 | 4 | {two} |
| 모란3동 | 2 | 3,000 |
"""


@pytest.fixture(scope="module")
def secretary(tmp_path_factory: pytest.TempPathFactory, terms: KiwiTerms) -> Iterator[Secretary]:
    secretary = Secretary(tmp_path_factory.mktemp("council"), terms, day("2031-06-01"))
    papers = {
        "before.md": PAPER.format(year=2030, one="5,000", two="7,000"),
        "after.md": PAPER.format(year=2031, one="4,900", two="7,350"),
    }
    assert [one.reason for one in secretary.write(papers) if one.reason] == []
    yield secretary
    secretary.close()


@pytest.mark.parametrize(
    "asked",
    [
        "모란2동은 작년보다 예산이 얼마나 늘었나요",
        "모란2동 예산 2030년이랑 2031년 차이",
    ],
)
def test_the_papers_of_two_years_are_compared_and_both_are_cited(
    secretary: Secretary, asked: str
) -> None:
    answer = secretary.ask(asked)
    assert all(says(one, answer.text) for one in ("700만", "735만", "35만원 늘었")), answer.text
    assert len(answer.citations) == 2
    assert answer.basis is Basis.COMPUTED


def test_a_year_that_no_paper_is_of_is_compared_with_none(secretary: Secretary) -> None:
    answer = secretary.ask("모란2동 예산 2028년이랑 2031년 차이")
    assert not says("35만원", answer.text), answer.text


@pytest.mark.parametrize(
    "asked",
    [
        "모란2동 인구가 얼마나 늘었어?",
        "모란2동 독거노인 몇 명 늘었어?",
        "모란2동 위기가구 왜 늘었어?",
        "모란2동 참여자는 작년보다 몇 명 늘었어?",
    ],
)
def test_what_changed_at_a_place_is_the_thing_asked_for_or_nothing(
    secretary: Secretary, asked: str
) -> None:
    answer = secretary.ask(asked)
    assert answer.basis is not Basis.COMPUTED, answer.text


@pytest.mark.parametrize(
    "asked",
    ["모란2동 예산 작년보다 얼마나 늘었어?", "모란2동 특화사업 예산은 작년보다 왜 늘었어?"],
)
def test_words_of_the_paper_and_of_the_change_itself_leave_the_change_told(
    secretary: Secretary, asked: str
) -> None:
    answer = secretary.ask(asked)
    assert says("35만원 늘었", answer.text), answer.text
