"""Personal data of papers is masked for whoever may not see it; an office's contacts are not."""

from __future__ import annotations

import pytest

from corpus.types import Visibility
from retrieval.sheets import Sheet
from retrieval.types import Answer, Basis, Citation
from retrieval.understanding.printed_data import mask_pieces, mask_printed, shown_to


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("신청인: 홍길동 (010-1234-5678)", "신청인: [이름] ([전화번호])"),
        ("대상자 홍길동 씨에게 쌀을 전했다", "대상자 [이름] 씨에게 쌀을 전했다"),
        ("수급자 김갑순(여, 72세) 방문", "수급자 [이름](여, 72세) 방문"),
        ("성명: 홍길동\t생년월일: 1950. 3. 1.", "성명: [이름]\t생년월일: 1950. 3. 1."),
        ("보호자 자택 02-123-4567", "보호자 자택 [전화번호]"),
        ("가람아파트 101동 1203호에 홀로 사는", "[주소]에 홀로 사는"),
        ("환급 계좌 가람은행 110-234-567890", "환급 계좌 가람은행 [계좌번호]"),
        ("연락처 hong@example.com", "연락처 [이메일]"),
    ],
)
def test_what_is_a_private_persons_is_masked(text: str, masked: str) -> None:
    assert mask_printed(text) == masked


@pytest.mark.parametrize(
    "text",
    [
        "동백1동\t이불 빨래방\t전화\t02-000-3103",
        "문의: 복지정책과 032-000-1234",
        "말벗 전화 02-123-4567, 팩스 02-123-4568",
        "대상자: 장애인과 홀로 사는 어르신",
        "대상자 선정 기준과 신청자 모집 (70세 이상)",
        "신청자: 전주민 (거주지 무관)",
        "이용자 만족도 92.5점",
        "성명: 홍길동 위원 (위촉직, 010-1234-5678 제외)",
        "위원장 홍길동, 간사 김갑순",
        "가람구청장 홍길동은 2031년 3월 2일 밝혔다",
        "예산 1,230만원, 사업 27개",
        "가람로 12 나래홀에서 연다",
    ],
)
def test_an_office_and_its_people_are_named(text: str) -> None:
    assert "[이름]" not in mask_printed(text)
    assert "[주소]" not in mask_printed(text)
    assert mask_printed(text.replace("010-1234-5678", "")) == text.replace("010-1234-5678", "")


def test_what_lies_across_a_cut_is_masked_as_a_whole() -> None:
    text = "연락처 010-1234-5678 끝"
    assert mask_pieces(text, (0, 8, len(text))) == ["연락처 [전화번호]", " 끝"]
    assert mask_pieces(text, (8, len(text))) == [" 끝"]


def test_staff_see_an_answer_as_it_is_printed_and_others_a_mask() -> None:
    citation = Citation(
        number=1,
        document="신청서.txt",
        title="신청서",
        quote="신청인: 홍길동 (010-1234-5678)",
        locator="",
        document_id=1,
        start=0,
        end=9,
    )
    answer = Answer(
        text="신청인: 홍길동 (010-1234-5678) [1]", citations=(citation,), basis=Basis.PASSAGES
    )
    assert shown_to(answer, Visibility.STAFF) is answer
    for level in (Visibility.PUBLIC, Visibility.MEMBERS):
        shown = shown_to(answer, level)
        assert shown.text == "신청인: [이름] ([전화번호]) [1]"
        assert shown.citations[0].quote == "신청인: [이름] ([전화번호])"


def test_a_cell_of_a_sheet_is_judged_by_its_heading_and_its_row() -> None:
    sheet = Sheet(
        title="명단",
        heads=("신청인", "연락처", "금액(원)", "문의"),
        lines=(("홍길동", "010-1234-5678", 3000, "02-000-3101"), ("", None, 5, "복지과")),
    )
    assert sheet.shown_to(Visibility.STAFF) is sheet
    assert sheet.shown_to(Visibility.PUBLIC).lines == (
        ("[이름]", "[전화번호]", 3000, "02-000-3101"),
        ("", None, 5, "복지과"),
    )
