from corpus.extraction.text_tables import extract_text_tables
from corpus.records import RecordKind
from tests.corpus.extraction.build import misplaced, read, values


def test_lines_with_tabs_are_a_table_and_lines_between_them_its_sections():
    full, items = read(
        "붙임 2\n\n구별 우수 사례\n\n연번\t구분\t사업명\n공유 부엌 사례 (총 2개)\t\t\n"
        "1\t대전 중구\t함께 밥상\n"
        "2\t경북 의성\t장터 부엌\n"
        "돌봄 사례 (총 1개)\n"
        "1\t대전 중구\t문안 인사\n\n"
        "끝."
    )
    extraction = extract_text_tables(full, items)
    relation = extraction.relations[0]
    assert relation.title == "구별 우수 사례"
    assert values(relation.records[1]) == {
        "section": "공유 부엌 사례 (총 2개)",
        "연번": "2",
        "구분": "경상북도 의성군",
        "사업명": "장터 부엌",
    }
    assert values(relation.records[2])["section"] == "돌봄 사례 (총 1개)"
    assert misplaced(full, extraction) == []


def test_columns_set_with_spaces_are_a_table():
    full, items = read(
        "진행 순서\n\n시간            내용                  맡은 이\n"
        "10:00~10:10     인사                  회장\n"
        "10:10~11:00     사례 발표             이수달\n"
        "11:00~11:30     종합 토론             모두\n"
    )
    relation = extract_text_tables(full, items).relations[0]
    assert relation.kind is RecordKind.EVENT
    assert len(relation.records) == 3
    assert values(relation.records[1])["title"] == "사례 발표"


def test_rows_that_end_in_as_many_numbers_as_there_are_names_above_are_a_table():
    full, items = read(
        "2. 재정계획\n(단위: 백만원)\n구분 국비 시비 구비 계\n안부 살핌 20 10 5 35\n"
        "마을 밥상 - 12 8 20\n골목 정비 100 50 50 200\n합 계 120 72 63 255\n* 국비는 가내시액"
    )
    relation = extract_text_tables(full, items).relations[0]
    assert relation.title == "재정계획"
    assert values(relation.records[1]) == {
        "구분": "마을 밥상",
        "시비": 12_000_000,
        "구비": 8_000_000,
        "amount": 20_000_000,
    }
    assert relation.records[3].total


def test_running_text_is_no_table():
    full, items = read(
        "우리 구는  올해  세 가지를 합니다.\n첫째,  어르신 댁을  살핍니다.\n"
        "둘째,  밥을  나눕니다.\n차례 ······ 4\n사업 개요 ······ 7\n추진 계획 ······ 9\n"
    )
    assert extract_text_tables(full, items).relations == ()


def test_an_empty_paper_has_none():
    full, items = read("")
    assert extract_text_tables(full, items).relations == ()


def test_a_head_below_a_line_of_its_own_begins_another_table():
    full, items = read(
        "1. 연도별 예산\n(단위 : 백만원)\n구분\t2030년\t2031년\n구비\t120\t135\n시비\t310\t352\n\n"
        "2. 동별 현황\n동명\t사업수(개)\t운영비(천원)\n"
        "가람1동\t4\t12,400\n큰 재 동\t3\t9,800\n소계\t7\t22,200\n"
    )
    years, dongs = extract_text_tables(full, items).relations
    assert values(years.records[1]) == {
        "구분": "시비",
        "2030년": 310_000_000,
        "2031년": 352_000_000,
    }
    assert dongs.title == "동별 현황"
    assert values(dongs.records[1]) == {"place": "큰재동", "programmes": 3, "amount": 9_800_000}
    assert [record.total for record in dongs.records] == [False, False, True]


def test_numbered_rows_of_as_many_words_as_the_line_above_are_a_table():
    full, items = read(
        "선정 결과\n\n연번 읍면동 마을명 지원액(만원)\n"
        "1 가람읍 새터마을 300\n2 가람읍 햇살마을 250\n3 나래면 달빛마을 300\n"
    )
    (relation,) = extract_text_tables(full, items).relations
    assert values(relation.records[2]) == {
        "연번": "3",
        "place": "나래면",
        "마을명": "달빛마을",
        "amount": 3_000_000,
    }


def test_lines_of_as_many_words_that_count_nothing_are_no_table():
    full, items = read(
        "우리 마을 함께 가꾸기\n1 모두 모여 청소\n3 모두 모여 나눔\n4 모두 모여 놀이\n"
    )
    assert extract_text_tables(full, items).relations == ()
