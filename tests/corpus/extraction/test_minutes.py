from __future__ import annotations

from corpus.extraction.minutes import agenda_items, sections
from corpus.types import Block
from tests.corpus.extraction.build import read, table

BOXES = """회의록

안   건

© 제1안 2026년 연차별 시행계획의

        시행결과 검토

© 제2안 동 특화사업 운영계획(안) 검토

© 제3안 나눔사업 운영 보고

회의내용

안건 1 검토결과

연차별 시행계획의
시행결과 검토

원안대로 대표협의체 상정

1. 연차별 시행계획의 시행결과 검토 제안설명 진행

  (복지기획팀 한겨울 팀장)

 - 세부사업 30개
 안건 2 검토결과

동 특화사업 운영계획(안) 검토

수정 가결

2. 동 특화사업 설명 진행(나눔팀 고요한 팀장)

3. 나눔사업 운영 결과 설명 진행(나눔팀 고요한 팀장)

 - 사업비 : 후원금

공지사항  - 없음
"""


def items(*blocks: Block | str) -> list[dict[str, str]]:
    return [
        {field.name: field.text for field in record.fields}
        for relation in agenda_items(*read(*blocks))
        for record in relation.records
    ]


def test_a_paper_without_an_agenda_has_no_items() -> None:
    assert items() == []
    assert items("1. 목적\n2. 기간\n3. 예산\n") == []


def test_the_list_the_boxes_and_the_sections_are_one_item() -> None:
    assert items(BOXES) == [
        {
            "number": "제1안",
            "title": "2026년 연차별 시행계획의 시행결과 검토",
            "result": "원안대로 대표협의체 상정",
            "presenter": "한겨울",
            "department": "복지기획팀",
        },
        {
            "number": "제2안",
            "title": "동 특화사업 운영계획(안) 검토",
            "result": "수정 가결",
            "presenter": "고요한",
            "department": "나눔팀",
        },
        {
            "number": "제3안",
            "title": "나눔사업 운영 보고",
            "presenter": "고요한",
            "department": "나눔팀",
        },
    ]


def test_items_numbered_before_the_word_are_no_list_of_one() -> None:
    text = (
        "동 회의록\n\n일 시 : 2032. 2. 2.\n\n제1호 안건: 나눔사업 계획(안)\n - 결과: 원안 가결\n\n"
        "제2호 안건: 골목 쉼터 조성(안)\n - 결과: 부결\n\n"
        "제3호 안건: 반찬 나눔(안)\n - 결과: 보류\n"
    )
    assert [(one["title"], one["result"]) for one in items(text)] == [
        ("나눔사업 계획(안)", "원안 가결"),
        ("골목 쉼터 조성(안)", "부결"),
        ("반찬 나눔(안)", "보류"),
    ]


def test_a_section_ends_where_the_next_item_or_another_box_begins() -> None:
    full, outline = read(BOXES)
    parts = sections(full, outline)
    assert [part.order for part in parts] == [1, 2, 3]
    assert full.text[parts[0].end :].startswith("안건 2")
    assert full.text[parts[2].end :].startswith("공지사항")


def test_results_behind_an_arrow_or_a_label_are_read() -> None:
    text = (
        "동 회의록\n\n4. 안    건\n  가. 총회 개최(안)\n  나. 정원 변경(안)\n5. 회의내용\n"
        "  가. 총회 개최(안)\n   - 제안설명 : 도하준 간사\n   ⇒ 심의결과 : 원안 가결\n"
        "  나. 정원 변경(안)\n   ⇒ 조건부 가결(4월 착수)\n"
    )
    first, second = items(text)
    assert (first["result"], first["presenter"]) == ("원안 가결", "도하준")
    assert second["title"] == "정원 변경(안)"


def test_an_assembly_declares_its_results_in_speech() -> None:
    text = (
        "복지위원회 회의록\n\n의사일정\n1. 1인가구 조례안\n2. 추가경정예산안\n\n심사된 안건\n"
        "1. 1인가구 조례안(의원 발의) ············ 1\n"
        "2. 추가경정예산안(구청장 제출) ············ 5\n\n"
        "1. 1인가구 조례안(의원 발의)\n○위원장 배한결  제안설명해 주시기 바랍니다.\n"
        "○복지정책과장 서다온  서다온입니다.\n○위원장 배한결  의사일정 제1항은 이의가 없으므로 "
        "원안대로 가결되었음을 선포합니다.\n\n2. 추가경정예산안(구청장 제출)\n"
        "○위원장 배한결  의사일정 제2항은 부결되었음을 선포합니다.\n"
    )
    first, second = items(text)
    assert first == {
        "number": "1",
        "title": "1인가구 조례안",
        "result": "원안대로 가결",
        "presenter": "서다온",
        "department": "복지정책과",
    }
    assert second["result"] == "부결"


def test_a_table_of_items_and_results_is_read() -> None:
    grid = table(["안건", "검토결과"], ["1. 삼계탕 나눔", "원안 가결"], ["2. 캠페인", "보류"])
    found = items("동 회의록", grid)
    assert [(item["title"], item["result"]) for item in found] == [
        ("삼계탕 나눔", "원안 가결"),
        ("캠페인", "보류"),
    ]


def test_a_list_in_one_cell_is_parted() -> None:
    grid = table(["안 건", "1. 삼계탕 나눔 2. 거리 캠페인"], ["회의내용", "생략"])
    assert [item["title"] for item in items("동 회의록", grid)] == ["삼계탕 나눔", "거리 캠페인"]


def test_an_item_without_a_printed_result_has_none() -> None:
    assert (
        "result"
        not in items("회의록\n\n안건\n1. 사업 보고\n\n회의내용\n1. 사업 보고\n - 설명함\n")[0]
    )
