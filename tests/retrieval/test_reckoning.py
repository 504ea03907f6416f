"""What is reckoned of two values that one quoted line prints."""

from __future__ import annotations

import pytest

from retrieval.reckoning import reckoned
from retrieval.types import Answer, Basis, Citation


def told(quote: str) -> Answer:
    cited = Citation(
        number=1,
        document="회의록.txt",
        title="회의록",
        quote=quote,
        locator="",
        document_id=1,
        start=0,
        end=len(quote),
    )
    return Answer(text=f"{quote} [1]", citations=(cited,), basis=Basis.PASSAGES)


@pytest.mark.parametrize(
    ("question", "quote", "result"),
    [
        (
            "작년보다 얼마 늘었어",
            "올해 3억 2,000만 원으로 작년 2억 9,000만 원보다 많음",
            "3,000만원",
        ),
        ("안 고친 우물은 몇 곳 남았어", "대상 14곳 중 9곳을 마쳤습니다", "5곳"),
        ("출석률은?", "출석: 12명 / 재적 16명", "75%"),
        ("견학은 한 명당 얼마꼴이야", "참여 20명, 예산 1,300,000원", "6만 5,000원"),
        ("고독사가 몇 명 줄었어", "2030년 11명에서 2031년 7명으로 줄었습니다", "4명"),
    ],
)
def test_two_values_of_a_line_give_what_is_asked(question: str, quote: str, result: str) -> None:
    answer = reckoned(question, told(quote))
    assert result in answer.text
    assert "계산한 값" in answer.text
    assert answer.basis is Basis.COMPUTED


@pytest.mark.parametrize(
    ("question", "quote"),
    [
        ("이용료는 얼마야", "올해 3억 2,000만 원으로 작년 2억 9,000만 원보다 늘었습니다"),
        ("얼마 늘었어", "올해 3억 원, 작년 2억 원, 재작년 1억 원"),
        ("출석률은?", "출석 12명, 방청 3명"),
        ("집행률은?", "예산 9억 원 가운데 6억 원을 집행해 집행률은 66.7%"),
        ("한 명당 얼마야", "참여 20명, 봉사자 4명, 예산 1,300,000원"),
    ],
)
def test_nothing_is_reckoned_that_the_line_does_not_decide(question: str, quote: str) -> None:
    assert reckoned(question, told(quote)) == told(quote)
