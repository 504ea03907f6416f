"""What a question asks for: its want, its years and its places, by examples."""

from __future__ import annotations

from datetime import date

import pytest

from retrieval.understanding.question import LONGEST, Want, understand, want

TODAY = date(2032, 11, 20)

WANTS = {
    Want.AMOUNT: ["예산 얼마예요?", "사업비는?", "포상금 알려줘", "몇 만원이에요", "천원 단위로"],
    Want.COUNT: ["몇 명이에요", "사업이 몇개", "참석 인원은?", "몇 번 열렸나요"],
    Want.TIME: ["회의 언제예요", "며칠이에요", "몇 시에 시작해요", "신청 기간은"],
    Want.PLACE: ["어디서 하나요", "회의 장소는?"],
    Want.PERSON: ["누가 발표했어요", "위원장은 누구예요", "담당자는?"],
    Want.CONTACT: ["연락처 알려줘", "전화번호는?", "문의는 어느 쪽으로"],
    Want.REASON: ["왜 늦어졌나요", "미룬 이유가 뭐예요", "어째서 줄었어"],
    Want.LAW: ["법적 근거가 뭐예요", "무슨 법에 따른 거예요"],
    Want.OUTCOME: ["안건은 어떻게 됐나요", "심의 결과는?", "그 안건 통과됐어?"],
    Want.LIST: ["목록 보여줘", "뭐가 있어요?", "안건을 나열해 줘"],
    Want.YES: ["반찬나눔 있나요?", "우리 동도 받았어?"],
    Want.ANY: ["", "반찬나눔 사업 설명", "신청 방법"],
}

# What is said on 20 November 2032, the years it names, and the years it means.
YEARS = [
    ("예산", (), ()),
    ("2030년 예산", (2030,), ()),
    ("2031년도 계획", (2031,), ()),
    ("'31년 예산", (2031,), ()),
    ("2030년이랑 2031년 비교", (2030, 2031), ()),
    ("올해 예산", (), (2032,)),
    ("금년도 계획", (), (2032,)),
    ("작년 예산", (), (2031,)),
    ("지난해 수상", (), (2031,)),
    ("재작년", (2030,), ()),
    ("내년 계획", (), (2033,)),
    ("2년 전 예산", (2030,), ()),
    ("올해와 작년", (), (2032, 2031)),
    ("2030년과 작년", (2030,), (2031,)),
    ("다음 달 회의", (), ()),
    ("지난달 회의", (), ()),
]

PLACES = [
    ("모란2동 예산", ("모란2동",)),
    ("모란 2 동 예산", ("모란2동",)),
    ("모란이동 예산", ("모란2동",)),
    ("모란2동이랑 청솔동, 모란삼동", ("모란2동", "청솔동", "모란3동")),
    ("모란2동 그리고 모란 2동", ("모란2동",)),
    ("자원봉사 활동 예산", ()),
]


@pytest.mark.parametrize(
    ("kind", "text"), [(kind, text) for kind, texts in WANTS.items() for text in texts]
)
def test_the_want_is_read_however_it_is_said(kind: Want, text: str) -> None:
    assert want(text) is kind
    assert want(text.replace(" ", "")) is kind


def test_every_want_has_an_example() -> None:
    assert set(WANTS) == set(Want)


@pytest.mark.parametrize(("text", "named", "meant"), YEARS)
def test_years_in_figures_are_told_from_years_that_hang_on_today(
    text: str, named: tuple[int, ...], meant: tuple[int, ...]
) -> None:
    found = understand(text, TODAY)
    assert (found.years, found.relative) == (named, meant)


@pytest.mark.parametrize(("text", "dongs"), PLACES)
def test_a_dong_is_known_however_it_is_written(text: str, dongs: tuple[str, ...]) -> None:
    known = ["모란2동", "모란3동", "청솔동", "강원특별자치도 강릉시"]
    assert understand(text, TODAY, known).dongs == dongs


def test_a_district_is_named_as_printed() -> None:
    assert understand("강릉시와 충남 당진시 상금", TODAY).districts[0] == "강릉시"


def test_lines_are_one_line() -> None:
    assert understand("예산이\n\n얼마\t예요", TODAY).text == "예산이 얼마 예요"


@pytest.mark.parametrize(("length", "cut"), [(LONGEST, False), (LONGEST + 1, True)])
def test_a_pasted_text_is_cut_and_said_to_be(length: int, cut: bool) -> None:
    found = understand("가" * length, TODAY)
    assert len(found.text) <= LONGEST
    assert found.cut is cut
