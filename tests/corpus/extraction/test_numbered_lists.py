from __future__ import annotations

from corpus.extraction.numbered_lists import numbered_lists
from corpus.records import Relation
from tests.corpus.extraction.build import read, values

TORN = """3. 2026년 나눔사업 운영 결과 설명 진행(나눔팀 고요한 팀장)

 - 사업비 : 후원금

 - 운영현황 :

   1) 혼자 사는 어르신을 위한 반찬 나눔 사업

   2) 이웃과 말과 음식을 나누고 싶어 하는 외국인 주민 세대와의 만남을

위원 의견 부서의견

・장터를 한 달에 두 번 열면 더 많은
주민이 올 수 있어 좋을 듯함.

・공원 사용을 협의하여 두 번으로 늘
리겠음.
       위한 다문화 밥상 사업

   3) 손수레 지원

      사업

    ⇒ 총 3개 사업 1200만원
"""


def lists(text: str) -> list[Relation]:
    return numbered_lists(read(text)[0])


def test_an_empty_paper_has_no_lists() -> None:
    assert lists("") == []


def test_a_list_cut_in_two_by_a_floating_box_goes_on_with_its_numbers() -> None:
    (relation,) = lists(TORN)
    assert relation.title == "운영현황"
    assert [values(record)["title"] for record in relation.records] == [
        "혼자 사는 어르신을 위한 반찬 나눔 사업",
        "이웃과 말과 음식을 나누고 싶어 하는 외국인 주민 세대와의 만남을 위한 다문화 밥상 사업",
        "손수레 지원 사업",
    ]
    assert [len(record.spans) for record in relation.records] == [1, 2, 1]
    assert values(relation.records[0])["section"] == "2026년 나눔사업 운영 결과"


def test_codes_texts_and_notes_of_the_items_are_told_apart() -> None:
    text = (
        " - 부진 사업 :\n   1) 3-2 나눔 장터 : 비가 잦아 두 번만 열림\n"
        "      ⇒ 실내로 옮겨 추진\n   2) 3-9 청년 텃밭 : 신청이 적음\n"
    )
    (relation,) = lists(text)
    assert [values(record) for record in relation.records] == [
        {
            "number": "1)",
            "code": "3-2",
            "title": "나눔 장터",
            "text": "비가 잦아 두 번만 열림",
            "note": "실내로 옮겨 추진",
        },
        {"number": "2)", "code": "3-9", "title": "청년 텃밭", "text": "신청이 적음"},
    ]


def test_numbered_sections_are_no_list() -> None:
    text = "1. 보고\n 1) 운영\n  - 근거 : 조례\n  - 배경 : 수요\n 2) 동별 사업\n  - 가람동\n"
    assert lists(text) == []


def test_a_blank_line_ends_a_list_whose_lines_stand_close() -> None:
    text = "주민 회의\n\n주요 사업\n 1) 마을 신문\n 2) 작은 도서관\n    (학교 앞)\n\n그 밖의 일\n"
    (relation,) = lists(text)
    assert [values(record)["title"] for record in relation.records] == [
        "마을 신문",
        "작은 도서관 (학교 앞)",
    ]
