"""Personal data is found and masked; figures and an office's contact are left alone."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.understanding.personal_data import PersonalKind, find, mask

PERSONAL = [
    ("제 주민번호는 850101-1234567 이에요", PersonalKind.RESIDENT_NUMBER, "850101-1234567"),
    ("8501012234567", PersonalKind.RESIDENT_NUMBER, "8501012234567"),
    ("주민번호 850101-1******", PersonalKind.RESIDENT_NUMBER, "850101-1******"),
    ("전화는 010-1234-5678", PersonalKind.PHONE, "010-1234-5678"),
    ("01012345678로 주세요", PersonalKind.PHONE, "01012345678"),
    ("010－1234－5678", PersonalKind.PHONE, "010－1234－5678"),
    ("결과는 010 1234 5678로", PersonalKind.PHONE, "010 1234 5678"),
    ("저희 집 전화 032-123-4567", PersonalKind.PHONE, "032-123-4567"),
    ("메일 nobody@example.com 입니다", PersonalKind.EMAIL, "nobody@example.com"),
    ("국민 123456-01-234567", PersonalKind.ACCOUNT, "123456-01-234567"),
    ("입금은 농협 3021234567891", PersonalKind.ACCOUNT, "3021234567891"),
    ("여권은 M12345678", PersonalKind.IDENTITY_DOCUMENT, "M12345678"),
    ("면허 11-22-333333-44", PersonalKind.IDENTITY_DOCUMENT, "11-22-333333-44"),
    ("카드 1234-5678-9012-3456", PersonalKind.CARD, "1234-5678-9012-3456"),
    ("4111111111111111", PersonalKind.CARD, "4111111111111111"),
    ("햇살아파트 1동 101호 살아요", PersonalKind.ADDRESS, "햇살아파트 1동 101호"),
    ("한들로 25, 101동 1504호", PersonalKind.ADDRESS, "한들로 25, 101동 1504호"),
    ("저는 한빛로12길 34에 살아요", PersonalKind.ADDRESS, "한빛로12길 34"),
    ("별빛동 123-4번지", PersonalKind.ADDRESS, "별빛동 123-4번지"),
]
NOT_PERSONAL = [
    "별빛1동 주민센터 02-123-4567",
    "복지정책과 ☎ 032-123-4567",
    "대표전화 1588-1234",
    "복지팀 help@byeolbit.go.kr",
    "사업번호 2024-001-000123",
    "851301-1234567",
    "2024. 5. 20. 14:00",
    "예산 12,345,678원, 2023-2024",
    "안건 제1호, 2층 회의실 201호",
    "다음 회의로 3 명을 초대",
    "주민센터 주소: 중앙로 12",
    "1234567890123456",
]


@pytest.mark.parametrize(("text", "kind", "piece"), PERSONAL)
def test_personal_data_is_found(text: str, kind: PersonalKind, piece: str) -> None:
    assert [(datum.kind, datum.text) for datum in find(text)] == [(kind, piece)]


@pytest.mark.parametrize("text", NOT_PERSONAL)
def test_what_is_not_personal_stays(text: str) -> None:
    assert mask(text) == text


def test_a_mask_names_what_it_hides() -> None:
    assert mask("나무명 010-1234-5678, 850101-1234567") == "나무명 [전화번호], [주민등록번호]"


@given(st.text(alphabet="0123456789-. 가로길동호집a@.*,", max_size=120))
def test_pieces_are_verbatim_in_order_and_gone_once_masked(text: str) -> None:
    found = find(text)
    assert all(text[datum.start : datum.end] == datum.text for datum in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert all(datum.kind is not PersonalKind.RESIDENT_NUMBER for datum in find(mask(text)))
