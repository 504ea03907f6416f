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
    ("공일공 일이삼사 오육칠팔이에요", PersonalKind.PHONE, "공일공 일이삼사 오육칠팔"),
    ("제번호는공일공에일이삼사에오육칠팔", PersonalKind.PHONE, "공일공에일이삼사에오육칠팔"),
    ("0 1 0 1 2 3 4 5 6 7 8", PersonalKind.PHONE, "0 1 0 1 2 3 4 5 6 7 8"),
    ("O1O-1234-5678", PersonalKind.PHONE, "O1O-1234-5678"),
    ("공일공-1234-5678", PersonalKind.PHONE, "공일공-1234-5678"),
    ("０１０-１２３４-５６７８", PersonalKind.PHONE, "０１０-１２３４-５６７８"),
    ("8 5 0 1 0 1 - 1 2 3 4 5 6 7", PersonalKind.RESIDENT_NUMBER, "8 5 0 1 0 1 - 1 2 3 4 5 6 7"),
    (
        "팔오공일공일 다시 일이삼사오육칠",
        PersonalKind.RESIDENT_NUMBER,
        "팔오공일공일 다시 일이삼사오육칠",
    ),
    ("nobody 골뱅이 example.com", PersonalKind.EMAIL, "nobody 골뱅이 example.com"),
    (
        "농협 삼공이에 일이삼사 오육칠팔 구일",
        PersonalKind.ACCOUNT,
        "삼공이에 일이삼사 오육칠팔 구일",
    ),
    ("햇살빌라 지하 102호", PersonalKind.ADDRESS, "햇살빌라 지하 102호"),
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
    "2023 2024 2025 2026",
    "이 일이 삼사 일 이내로 구일까지",
    "1, 2, 3, 4, 5, 6, 7, 8, 9, 10",
    "1 2 3 4 5 6 7 8 9 10",
    "일이 많아 이일 저일 다 하고",
    "세대수 1,234 5,678 9,012",
    "중앙복지관 공이 일이삼 사오육칠",
    "복지정책과 ☎ 032-123-4567, 팩스 032-123-4568",
    "문의: 총무팀 031 123 4567",
    "제3회 회의 2031.04.05. 10:00~11:30",
]


@pytest.mark.parametrize(("text", "kind", "piece"), PERSONAL)
def test_personal_data_is_found(text: str, kind: PersonalKind, piece: str) -> None:
    assert [(datum.kind, datum.text) for datum in find(text)] == [(kind, piece)]


@pytest.mark.parametrize("text", NOT_PERSONAL)
def test_what_is_not_personal_stays(text: str) -> None:
    assert mask(text) == text


def test_a_mask_names_what_it_hides() -> None:
    assert mask("나무명 010-1234-5678, 850101-1234567") == "나무명 [전화번호], [주민등록번호]"


_SPELLED = dict(zip("0123456789", "공일이삼사오육칠팔구", strict=True))
_MOBILES = st.tuples(
    st.sampled_from(["010", "011", "019"]),
    st.from_regex(r"[2-9][0-9]{3}", fullmatch=True),
    st.from_regex(r"[0-9]{4}", fullmatch=True),
)
_BIRTHS = st.tuples(st.integers(0, 99), st.integers(1, 12), st.integers(1, 28))
_BEHIND = st.sampled_from(["", "이에요", " 입니다", "로 전화 주세요", "예요", ", 부탁해요"])
_BEFORE = st.sampled_from(["", "제 번호는 ", "연락처: ", "이분 "])


def _spelled(digits: str) -> str:
    return "".join(_SPELLED.get(digit, digit) for digit in digits)


@given(
    parts=_MOBILES, gap=st.sampled_from(["", " ", "-", ".", "－"]), before=_BEFORE, behind=_BEHIND
)
@pytest.mark.parametrize("way", ["plain", "words", "words and digits", "digit by digit", "wide"])
def test_a_mobile_number_is_found_however_it_is_written(
    way: str, parts: tuple[str, str, str], gap: str, before: str, behind: str
) -> None:
    head, *tail = parts
    number = {
        "plain": gap.join(parts),
        "words": _spelled(gap.join(parts)),
        "words and digits": gap.join([_spelled(head), *tail]),
        "digit by digit": " ".join("".join(parts)),
        "wide": "".join(chr(ord(c) + 0xFEE0) if c.isdigit() else c for c in gap.join(parts)),
    }[way]
    assert mask(f"{before}{number}{behind}") == f"{before}[전화번호]{behind}"


@given(
    birth=_BIRTHS,
    last=st.integers(1_000_000, 4_999_999),
    gap=st.sampled_from(["", "-", " ", " - ", "–"]),
)
def test_a_resident_number_is_found_however_it_is_written(
    birth: tuple[int, int, int], last: int, gap: str
) -> None:
    number = f"{birth[0]:02}{birth[1]:02}{birth[2]:02}{gap}{last}"
    for written in (number, _spelled(number), " ".join(number.replace(" ", ""))):
        assert mask(f"주민번호 {written} 입니다") == "주민번호 [주민등록번호] 입니다"


@given(st.lists(st.integers(2000, 2099), max_size=9), st.sampled_from([" ", ", ", "·", "년 "]))
def test_years_are_no_personal_data(years: list[int], gap: str) -> None:
    text = gap.join(map(str, years))
    assert mask(text) == text


@given(st.text(alphabet="0123456789-. 가로길동호집a@.*,공일이삼", max_size=120))
def test_pieces_are_verbatim_in_order_and_gone_once_masked(text: str) -> None:
    found = find(text)
    assert all(text[datum.start : datum.end] == datum.text for datum in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert all(datum.kind is not PersonalKind.RESIDENT_NUMBER for datum in find(mask(text)))
