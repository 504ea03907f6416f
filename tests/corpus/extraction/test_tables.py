from corpus.extraction.tables import extract_tables
from corpus.records import FieldType, RecordKind
from tests.corpus.extraction.build import merged, misplaced, read, table, values


def budget() -> tuple[tuple[int, int, int, int, str], ...]:
    return (
        (0, 0, 2, 1, "권역"),
        (0, 1, 2, 1, "동 명"),
        (0, 2, 1, 2, "2025년 예산"),
        (0, 4, 2, 1, "비고"),
        (1, 2, 1, 1, "구비"),
        (1, 3, 1, 1, "시비"),
        (2, 0, 2, 1, "강북권역"),
        (2, 1, 1, 1, "도담 1동"),
        (2, 2, 1, 1, "1,250"),
        (2, 3, 1, 1, "-"),
        (2, 4, 1, 1, ""),
        (3, 1, 1, 1, "도담 2동"),
        (3, 2, 1, 1, "980"),
        (3, 3, 1, 1, "△40"),
        (3, 4, 1, 1, "이월"),
        (4, 0, 1, 2, "합 계"),
        (4, 2, 1, 1, "2,230"),
        (4, 3, 1, 1, "△40"),
        (4, 4, 1, 1, ""),
    )


def test_headings_over_two_rows_become_one_name_and_the_unit_above_counts_for_every_amount():
    full, items = read("□ 동별 지원 현황", "(단위: 천원)", merged(5, 5, *budget()))
    relation = extract_tables(full, items).relations[0]
    assert relation.kind is RecordKind.BUDGET_LINE
    assert relation.title == "동별 지원 현황"
    assert values(relation.records[1]) == {
        "권역": "강북권역",
        "place": "도담2동",
        "2025년 예산 구비": 980_000,
        "2025년 예산 시비": -40_000,
        "비고": "이월",
    }


def test_empty_cells_and_dashes_give_no_field():
    full, items = read("(단위: 천원)", merged(5, 5, *budget()))
    record = extract_tables(full, items).relations[0].records[0]
    assert [field.name for field in record.fields] == ["권역", "place", "2025년 예산 구비"]


def test_a_merged_cell_is_inherited_downwards_with_an_empty_span():
    full, items = read("(단위: 천원)", merged(5, 5, *budget()))
    extraction = extract_tables(full, items)
    inherited = extraction.relations[0].records[1].field("권역")
    assert inherited is not None
    assert inherited.span.start == inherited.span.end
    assert misplaced(full, extraction) == []


def test_total_rows_are_marked():
    full, items = read("(단위: 천원)", merged(5, 5, *budget()))
    records = extract_tables(full, items).relations[0].records
    assert [record.total for record in records] == [False, False, True]


def test_blanks_that_lost_merges_left_continue_the_cell_above():
    full, items = read(
        "사업비 (단위: 백만원)",
        table(
            ("부문", "사업명", "2024년", "", "2025년", ""),
            ("", "", "건수", "예산", "건수", "예산"),
            ("돌봄", "안부 전화", "3", "12", "4", "15.5"),
            ("", "도시락", "6", "30", "6", "28"),
            ("주거", "집수리", "2", "44", "3", "60"),
        ),
    )
    records = extract_tables(full, items).relations[0].records
    assert values(records[1])["부문"] == "돌봄"
    assert values(records[0])["2025년 예산"] == 15_500_000
    assert values(records[2])["2024년 건수"] == 2


def test_a_line_across_the_table_is_a_section_of_the_rows_below_but_not_of_the_total():
    full, items = read(
        merged(
            6,
            3,
            *((0, c, 1, 1, text) for c, text in enumerate(("연번", "사업명", "예산(백만원)"))),
            (1, 0, 1, 3, "복지 분야 (총 2개)"),
            *((2, c, 1, 1, text) for c, text in enumerate(("1", "반찬 나눔", "12"))),
            *((3, c, 1, 1, text) for c, text in enumerate(("2", "세탁 봉사", "3.4"))),
            *((4, c, 1, 1, text) for c, text in enumerate(("합계", "", "15.4"))),
            (5, 0, 1, 3, "※ 추경 미반영"),
        )
    )
    records = extract_tables(full, items).relations[0].records
    assert values(records[1]) == {
        "section": "복지 분야 (총 2개)",
        "연번": "2",
        "programme": "세탁 봉사",
        "amount": 3_400_000,
    }
    assert records[2].total
    assert records[2].field("section") is None
    assert len(records) == 3


def test_bullets_in_the_first_column_nest_rows_and_are_no_part_of_the_name():
    full, items = read(
        "(단위: 백만원)",
        table(
            ("구 분", "예산액"),
            ("합 계", "90"),
            ("돌봄", "60"),
            ("- 방문 돌봄", "40"),
            ("- 야간 돌봄", "20"),
            ("주거", "30"),
        ),
    )
    records = extract_tables(full, items).relations[0].records
    assert [record.parent for record in records] == [None, None, 1, 1, None]
    assert values(records[2])["구분"] == "방문 돌봄"


def test_the_rows_of_programmes_carry_fixed_names():
    full, items = read(
        table(
            ("순번", "읍면동", "프로그램명", "지원대상", "운영기간", "신청방법", "문의처"),
            ("1", "옥동", "숲 놀이터", "유아 가족", "2025. 4. ~ 6.", "전화", "031-000-1234"),
            ("2", "하람1동", "빵 굽는 날", "60세 이상", "연중", "", "031-000-5678"),
        )
    )
    relation = extract_tables(full, items).relations[0]
    assert relation.kind is RecordKind.PROGRAMME
    first = values(relation.records[0])
    assert first["place"] == "옥동"
    assert first["programme"] == "숲 놀이터"
    assert first["target"] == "유아 가족"
    assert str(first["period"]).startswith("2025-04")
    assert first["contact"] == "031-000-1234"
    assert relation.records[1].field("apply") is None


def test_an_indicator_takes_the_unit_of_its_row():
    full, items = read(
        table(
            ("지표", "단위", "목표", "실적", "달성률(%)"),
            ("이용자", "명", "300", "270", "90.0"),
            ("후원액", "천원", "1,000", "1,250", "125.0"),
        )
    )
    relation = extract_tables(full, items).relations[0]
    assert relation.kind is RecordKind.INDICATOR
    goal, money = (record.field("목표") for record in relation.records)
    assert goal is not None
    assert (goal.value, goal.unit) == (300, "명")
    assert money is not None
    assert (money.type, money.value) == (FieldType.MONEY, 1_000_000)
    rate = relation.records[0].field("달성률")
    assert rate is not None
    assert rate.value == 9000


def test_a_schedule_is_a_list_of_events():
    full, items = read(
        table(
            ("시 간", "순서", "진행"),
            ("14:00~14:10", "개회", "사회자"),
            ("14:10~15:00", "토론", ""),
        )
    )
    relation = extract_tables(full, items).relations[0]
    assert relation.kind is RecordKind.EVENT
    assert values(relation.records[0]) == {
        "hours": "14:00~14:10",
        "title": "개회",
        "진행": "사회자",
    }


def test_a_row_of_opinions_becomes_an_opinion_and_its_reply():
    full, items = read(
        table(
            ("연번", "동", "주민의견", "검토의견", "담당부서"),
            ("1", "하람1동", "버스 정류장에 의자를", "7월까지 놓겠음", "교통과"),
            ("2", "하람2동", "가로등이 어둡다", "", ""),
        )
    )
    records = extract_tables(full, items).relations[0].records
    assert [record.kind for record in records] == [
        RecordKind.OPINION,
        RecordKind.REPLY,
        RecordKind.OPINION,
    ]
    assert records[1].parent == 0
    assert values(records[1]) == {"text": "7월까지 놓겠음", "department": "교통과"}


def test_a_form_gives_labelled_facts_and_blank_boxes_nothing():
    full, items = read(
        table(
            ("일 시", "2025. 3. 4.(화) 14:00", "장 소", "구청 강당"),
            ("담당부서", "문화과", "책임자", "과장 이수달 (031-000-9876)"),
            ("비고", "", "참석인원", ""),
        )
    )
    relation = extract_tables(full, items).relations[0]
    assert relation.kind is RecordKind.FACT
    facts = [values(record) for record in relation.records]
    assert facts[0] == {"label": "일 시", "일시": "2025-03-04"}
    assert facts[2] == {"label": "담당부서", "담당부서": "문화과"}
    assert [field.text for field in relation.records[3].fields][1:] == ["이수달", "(031-000-9876)"]
    assert len(facts) == 4


def test_frames_and_headings_drawn_as_tables_give_nothing():
    full, items = read(table(("1", "추진 배경")), table(("본 보고서는 내부 검토용임",)))
    assert extract_tables(full, items).relations == ()


def test_tables_printed_side_by_side_are_put_below_each_other():
    full, items = read(
        table(("직급", "정원", "직급", "정원"), ("5급", "3", "7급", "9"), ("6급", "5", "8급", "4"))
    )
    records = extract_tables(full, items).relations[0].records
    assert [values(record)["정원"] for record in records] == [3, 5, 9, 4]


def test_an_amount_without_any_unit_note_stays_without_a_value_and_is_doubted():
    full, items = read(table(("사업명", "예산"), ("그늘막", "7,215"), ("벤치", "1,130")))
    record = extract_tables(full, items).relations[0].records[0]
    amount = record.field("amount")
    assert amount is not None
    assert amount.value is None
    assert record.doubt == "unit_unclear"


def test_a_number_cell_that_cannot_be_read_is_kept_as_text_and_reported():
    rows = [(f"사업 {n}", f"{n},000") for n in range(1, 9)]
    full, items = read(
        "(단위: 천원)", table(("사업명", "예산"), *rows, ("사업 9", "3천 내지 4천?"))
    )
    extraction = extract_tables(full, items)
    assert [finding.code for finding in extraction.findings] == ["cell_unread"]
    last = extraction.relations[0].records[-1].field("amount")
    assert last is not None
    assert last.type is FieldType.TEXT


def test_a_remark_with_the_unit_note_beside_it_is_no_head():
    rows = (
        (0, 0, 1, 4, "주민투표 2030. 9. 2. ~ 9. 20."),
        (0, 4, 1, 2, "(단위: 천원, 표)"),
        (1, 0, 2, 1, "동"),
        (1, 1, 2, 1, "연번"),
        (1, 2, 2, 1, "제안사업명"),
        (1, 3, 1, 2, "사업비"),
        (1, 5, 2, 1, "득표수"),
        (2, 3, 1, 1, "신청액"),
        (2, 4, 1, 1, "선정액"),
        (3, 0, 2, 1, "가람1동"),
        (3, 1, 1, 1, "1"),
        (3, 2, 1, 1, "골목 조명"),
        (3, 3, 1, 1, "48,000"),
        (3, 4, 1, 1, "45,000"),
        (3, 5, 1, 1, "412"),
        (4, 1, 1, 1, "2"),
        (4, 2, 1, 1, "공유 부엌"),
        (4, 3, 1, 1, "55,000"),
        (4, 4, 1, 1, "-"),
        (4, 5, 1, 1, "148"),
        (5, 0, 1, 2, "가람1동 소계"),
        (5, 2, 1, 1, "2건"),
        (5, 3, 1, 1, "103,000"),
        (5, 4, 1, 1, "45,000"),
        (5, 5, 1, 1, "560"),
    )
    full, items = read("2030년 주민참여예산", merged(6, 6, *rows))
    (relation,) = extract_tables(full, items).relations
    second = values(relation.records[1])
    assert (second["place"], second["programme"]) == ("가람1동", "공유 부엌")
    assert (second["사업비 신청액"], second["득표수"]) == (55_000_000, 148)
    assert [record.total for record in relation.records] == [False, False, True]


def test_halves_side_by_side_keep_their_total_apart():
    full, items = read(
        "동별 위원",
        table(
            ["동", "정원", "동", "정원"],
            ["가람동", "20", "다래동", "25"],
            ["나래동", "22", "합계", "67"],
        ),
    )
    (relation,) = extract_tables(full, items).relations
    assert [record.total for record in relation.records] == [False, False, False, True]


def test_indicators_are_named_by_what_they_measure_not_by_their_unit():
    full, items = read(
        table(
            ["성과지표", "단위", "목표", "실적"],
            ["발굴 가구 수", "가구", "100", "120"],
            ["교육 인원", "명", "50", "40"],
        )
    )
    (relation,) = extract_tables(full, items).relations
    assert relation.kind is RecordKind.INDICATOR
    types = {field.name: field.type for field in relation.records[0].fields}
    assert (types["성과지표"], types["단위"]) == (FieldType.NAME, FieldType.TEXT)


def test_programmes_with_two_columns_of_money_call_neither_the_amount():
    full, items = read(
        "(단위: 천원)",
        table(
            ["사업명", "지원대상", "신청기간", "군비", "도비"],
            ["연탄 나눔", "85가구", "10월~12월", "8,500", "-"],
            ["집수리", "40가구", "3월~6월", "16,000", "8,000"],
        ),
    )
    (relation,) = extract_tables(full, items).relations
    assert relation.kind is RecordKind.PROGRAMME
    assert values(relation.records[1])["도비"] == 8_000_000
    assert "amount" not in values(relation.records[1])


def test_opinions_listed_in_one_cell_are_paired_with_the_replies_beside_them_in_order():
    full, items = read(
        "의견 및 부서의견",
        table(
            ["의견", "부서의견"],
            [
                "○ 경로당 지원 기준을 통일해야 함 ○ 조사 문항에 주거를 넣었으면 함",
                "○ (노인과) 7월부터 같은 기준으로 지급하겠음 ○ (청년과) 문항을 더하겠음",
            ],
            ["- 축제 예산이 너무 많음 - 상담 인력이 부족함", "- 상담 인력 2명을 뽑을 예정임"],
        ),
    )
    (relation,) = extract_tables(full, items).relations
    said = [(r.kind.value, values(r)["text"], r.parent, r.doubt) for r in relation.records]
    assert said == [
        ("opinion", "경로당 지원 기준을 통일해야 함", None, ""),
        ("reply", "7월부터 같은 기준으로 지급하겠음", 0, ""),
        ("opinion", "조사 문항에 주거를 넣었으면 함", None, ""),
        ("reply", "문항을 더하겠음", 2, ""),
        ("opinion", "축제 예산이 너무 많음", None, ""),
        ("opinion", "상담 인력이 부족함", None, ""),
        ("reply", "상담 인력 2명을 뽑을 예정임", 5, "pairing"),
    ]
    assert values(relation.records[1])["department"] == "노인과"


def test_of_several_columns_of_money_the_sum_is_the_amount():
    full, items = read(
        "(단위: 백만원)",
        table(
            ["세부사업", "국비", "시비", "계"],
            ["집수리", "120", "90", "210"],
            ["말벗", "-", "70", "70"],
        ),
    )
    (relation,) = extract_tables(full, items).relations
    assert [values(row)["amount"] for row in relation.records] == [210_000_000, 70_000_000]


def test_of_two_naming_columns_the_finer_one_names_the_programme():
    rows = [
        ["과제", "세부사업", "대상", "시기"],
        ["끼니 챙기기", "수요 죽집", "어르신", "매주 수"],
        ["끼니 챙기기", "방학 주먹밥", "아동", "7~8월"],
    ]
    full, items = read("□ 추진과제", table(*rows))
    relation = extract_tables(full, items).relations[0]
    assert relation.kind is RecordKind.PROGRAMME
    assert [values(record)["programme"] for record in relation.records] == [
        "수요 죽집",
        "방학 주먹밥",
    ]


def test_under_a_note_of_two_units_a_heading_says_which_is_meant():
    rows = [
        ["동", "2031년 가구", "2031년 예산"],
        ["도담1동", "120", "9,000"],
        ["도담2동", "80", "4,800"],
    ]
    full, items = read("□ 배부 계획", "(단위: 가구, 천원)", table(*rows))
    record = extract_tables(full, items).relations[0].records[0]
    homes = record.field("2031년 가구")
    assert homes is not None
    assert (homes.type, homes.value, homes.unit) == (FieldType.COUNT, 120, "가구")
