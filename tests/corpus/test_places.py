"""Neighbourhoods and districts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.places import dong_key, family, find_districts, find_dongs, nearest, stem

KNOWN = ["가람 1동", "가람 2동", "가람 3동", "나루1동", "나루2동", "솔밭동", "중동"]
# Letters that make up names, so that chance builds near misses.
PLACE_LIKE = st.text(
    alphabet="가람나루솔밭동읍면리제이삼십1234567890·~, 부터까지서울중구시", max_size=50
)


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("가람 2동 예산", ["가람2동"]),
        ("가람2동은", ["가람2동"]),
        ("가람이동 예산", ["가람2동"]),
        ("가람 이동 지킴이", ["가람2동"]),
        ("가람 제2동", ["가람2동"]),
        ("가람제2동", ["가람2동"]),
        ("가람구가람2동", ["가람2동"]),
        ("나루 1동부터 2동까지", ["나루1동", "나루2동"]),
        ("가람 1·2동", ["가람1동", "가람2동"]),
        ("가람1동, 2동, 3동", ["가람1동", "가람2동", "가람3동"]),
        ("가람 1~3동", ["가람1동", "가람2동", "가람3동"]),
        ("가람1동이랑 나루2동", ["가람1동", "나루2동"]),
        ("가람4동 예산", ["가람4동"]),
        ("1~3동", ["1동", "2동", "3동"]),
        ("그럼 3동은?", ["3동"]),
        ("예산이 3동보다", ["3동"]),
        ("우리 2동", ["2동"]),
        ("가람동 세 개 동", ["가람동"]),
        ("솔밭동의 이웃", ["솔밭동"]),
        ("솔밭동발굴단", ["솔밭동"]),
        ("중동 주민", ["중동"]),
        ("상일동과 구일동", ["상일동", "구일동"]),
        ("은행동, 청운동, 효자동", ["은행동", "청운동", "효자동"]),
        ("을지로3가", ["을지로3가"]),
        ("종로1·2·3·4가동", ["종로1·2·3·4가동"]),
        ("하늘군 별빛면", ["별빛면"]),
        ("별빛읍 주민", ["별빛읍"]),
        ("가람 이동하여 방문", []),
        ("봉사활동, 운동, 행동, 이동, 아동, 노동", []),
        ("협동 자동 공동 부동 감동 역동 변동 수동 충동 난동", []),
        ("피해아동과 공동체, 부동산, 인구이동", []),
        ("각 동, 옆동네, 읍면동, 행정동, 해당동", []),
        ("제일 많은동 어디", []),
        ("15개 동, 12개동", []),
        ("가람아파트 1동 101호", []),
        ("3단지 5동 1203호", []),
        ("인구 변리, 당시 모리", []),
        ("화면, 관리, 우리, 거리, 전문가, 평가", []),
        ("그동안 동의한 동장", []),
        ("위원 일동, 직원일동", []),
        ("", []),
    ],
)
def test_neighbourhoods_are_found_and_everyday_words_are_not(text: str, keys: list[str]) -> None:
    assert [key for mention in find_dongs(text, KNOWN) for key in mention.keys] == keys


def test_a_spelled_number_needs_a_known_stem() -> None:
    assert find_dongs("가람이동 예산") == []
    assert dong_key("가람 이동") == "가람이동"
    assert dong_key("가람 이동", KNOWN) == "가람2동"
    assert dong_key("가람십이동", KNOWN) == "가람12동"
    assert dong_key("상일동", KNOWN) == "상일동"


def test_a_neighbourhood_of_several_numbers_is_one_where_it_is_known() -> None:
    (apart,) = find_dongs("면목3·8동")
    (together,) = find_dongs("면목3·8동", ["면목3·8동"])
    assert apart.keys == ("면목3동", "면목8동")
    assert together.keys == ("면목3·8동",)


@pytest.mark.parametrize(
    "text",
    ["가람 2동", "가람2동", "가람 제2동", "가람제2동", "가람　2 동", "가람０２동", "가람이동"],
)
def test_every_way_to_write_a_name_has_one_key(text: str) -> None:
    assert dong_key(text, KNOWN) == "가람2동"


def test_a_common_name_stands_for_its_numbered_dongs() -> None:
    assert family("가람동", KNOWN) == ["가람1동", "가람2동", "가람3동"]
    assert family("솔밭동", KNOWN) == []
    assert family("", KNOWN) == []
    assert family("나루동", ["나루10동", "나루2동"]) == ["나루2동", "나루10동"]
    assert (stem("가람2동"), stem("솔밭동")) == ("가람", "")


def test_a_mistyped_name_leads_to_what_was_meant() -> None:
    assert nearest("솔받동", KNOWN) == ["솔밭동"]
    assert nearest("가랑2동", KNOWN)[0] == "가람 2동"
    assert nearest("도서관", KNOWN) == []
    assert nearest("", KNOWN) == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("서울 중랑구", [["서울 중랑구"]]),
        ("중랑구청", [["서울 중랑구"]]),
        ("중랑 복지관", [["서울 중랑구"]]),
        ("전남 여수시", [["전남 여수시"]]),
        ("여수는", [["전남 여수시"]]),
        ("부산동구", [["부산 동구"]]),
        ("강원속초", [["강원 속초시"]]),
        ("강원 고성, 경남 고성", [["강원 고성군"], ["경남 고성군"]]),
        ("고성군", [["강원 고성군", "경남 고성군"]]),
        ("남구", [["부산 남구", "대구 남구", "광주 남구", "울산 남구"]]),
        ("부산 남구, 동구", [["부산 남구"], ["부산 동구"]]),
        ("경기 안산시․\n안양시․화성", [["경기 안산시"], ["경기 안양시"], ["경기 화성시"]]),
        ("전라북도 익산시", [["전북 익산시"]]),
        ("전북특별자치도", [["전북 전북특별자치도"]]),
        ("강원도와 강원특별자치도", [["강원 강원특별자치도"], ["강원 강원특별자치도"]]),
        ("인천 남구", [["인천 남구"]]),
        ("경북 군위군, 대구 군위군", [["경북 군위군"], ["대구 군위군"]]),
        ("제주 서귀포시", [["제주 서귀포시"]]),
        ("광주시", [["광주 광주광역시", "경기 광주시"]]),
        ("충남 예산과 예산", [["충남 예산군"]]),
        ("세종시", [["세종 세종특별자치시"]]),
        ("고성, 진주, 동해, 기장, 음성, 고령, 부여, 달성, 강화, 사상, 예산", []),
        ("경기 활성화, 중구난방, 수영구역, 상주시키다, 영양 상담", []),
        ("서울대학교", []),
        ("", []),
    ],
)
def test_districts_are_found_with_their_province(text: str, names: list[list[str]]) -> None:
    found = [[f"{d.sido} {d.name}" for d in m.candidates] for m in find_districts(text)]
    assert found == names


def test_one_candidate_is_the_district_and_several_are_none() -> None:
    sure, unsure = find_districts("대전 동구 그리고 서구")
    assert sure.district is not None
    assert unsure.district is None


@given(st.text() | PLACE_LIKE)
def test_finding_never_fails_and_spans_quote_the_text(text: str) -> None:
    for found in (find_dongs(text), find_dongs(text, KNOWN), find_districts(text)):
        end = 0
        for mention in found:
            assert text[mention.start : mention.end] == mention.text
            assert end <= mention.start < mention.end
            end = mention.end
    dong_key(text, KNOWN)
    family(text, KNOWN)
    nearest(text, KNOWN)


@given(st.text(alphabet="가람솔나루빛", min_size=2, max_size=4), st.integers(1, 19))
def test_a_key_is_its_own_key_and_is_found(name: str, number: int) -> None:
    key = f"{name}{number}동"
    assert dong_key(f"{name} 제{number} 동") == key
    assert [m.key for m in find_dongs(f"{key} 주민", [key])] == [key]


@pytest.mark.parametrize(
    "unit", ["1", "동", "(", " ", "1동", "1,", "가 1", "1~2,", "가람이", "1 동부터 ", "부산 남구, "]
)
def test_repetitive_text_is_read_to_its_end(unit: str) -> None:
    text = unit * (100_000 // len(unit))
    assert isinstance(find_dongs(text, KNOWN), list)
    assert isinstance(find_districts(text), list)
    assert isinstance(dong_key(text), str)
