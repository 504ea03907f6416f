from corpus.extraction.parallel import extract_parallel
from corpus.records import RecordKind
from tests.corpus.extraction.build import misplaced, read, values

LIST = """2. 2031년 동 특화사업 운영계획(안)

 1) 동별 특화사업(총 4개동 31개 사업)

  - 도담 1동 : 이불 빨래방 등 7개 사업 총 450만원

  - 도담 2동 : 골목 사진관 운영 등 12개 사업 1,320만 5천원

  - 옥동 : 함께 걷기 등 총 3개 사업 98만원

  - 새뜰동 : 손자녀 돌봄 부모님의 하루
    쉼표 등 9개 사업 2천만원
"""


def test_lines_of_key_examples_count_and_amount_are_budget_lines():
    full, items = read(LIST)
    extraction = extract_parallel(full, items)
    relation = extraction.relations[0]
    assert relation.kind is RecordKind.BUDGET_LINE
    assert [values(record) for record in relation.records[:2]] == [
        {
            "year": "2031",
            "place": "도담1동",
            "examples": "이불 빨래방",
            "programmes": 7,
            "amount": 4_500_000,
        },
        {
            "year": "2031",
            "place": "도담2동",
            "examples": "골목 사진관 운영",
            "programmes": 12,
            "amount": 13_205_000,
        },
    ]
    assert len(relation.records) == 4
    assert misplaced(full, extraction) == []


def test_a_line_that_was_broken_is_one_record():
    full, items = read(LIST)
    last = extract_parallel(full, items).relations[0].records[-1]
    assert values(last)["amount"] == 20_000_000
    assert str(values(last)["examples"]).endswith("쉼표")


def test_the_amount_may_stand_in_brackets_behind_the_key():
    full, items = read(
        "동별 배분(안)\n"
        " ○ 도담1동(3,000천원): 이불 빨래\n"
        " ○ 도담2동(1,500천원): 골목 사진\n"
        " ○ 옥동(900천원): 걷기\n"
    )
    records = extract_parallel(full, items).relations[0].records
    assert [values(record)["amount"] for record in records] == [3_000_000, 1_500_000, 900_000]
    assert values(records[2])["text"] == "걷기"


def test_a_unit_note_between_heading_and_list_counts_for_bare_numbers():
    full, items = read(
        "□ 동별 지원금\n(단위: 천원)\n - 도담1동 : 3,000\n - 도담2동 : 1,500\n - 옥동 : 900\n"
    )
    records = extract_parallel(full, items).relations[0].records
    assert [values(record)["amount"] for record in records] == [3_000_000, 1_500_000, 900_000]


def test_several_pairs_in_a_line_become_several_records_with_the_date_of_their_line():
    full, items = read(
        "2031년 동별 설명회\n\n"
        " - 3. 4.(화) 도담1동 31명 · 도담2동 18명\n"
        " - 3. 5.(수) 옥계동 22명 · 새뜰동 9명\n"
    )
    relation = extract_parallel(full, items).relations[0]
    assert [values(record) for record in relation.records[1:3]] == [
        {"year": "2031", "date": "2031-03-04", "place": "도담2동", "count": 18},
        {"year": "2031", "date": "2031-03-05", "place": "옥계동", "count": 22},
    ]


def test_a_line_that_differs_is_kept_with_a_doubt():
    full, items = read(
        "사업비\n"
        " - 도담1동 : 밥상 30만원\n"
        " - 도담2동 : 걷기 40만원\n"
        " - 옥동 : 추후 결정\n"
        " - 새뜰동 : 사진 20만원\n"
    )
    records = extract_parallel(full, items).relations[0].records
    assert [record.doubt for record in records] == ["", "", "odd_line", ""]


def test_two_lines_of_one_shape_are_no_list():
    full, items = read("사업비\n - 도담1동 : 밥상 30만원\n - 도담2동 : 걷기 40만원\n")
    assert extract_parallel(full, items).relations == ()


def test_programmes_that_a_line_prices_stand_below_it_and_leave_its_own_amount_alone():
    full, items = read(
        "2031년 동별 현황\n\n"
        "○ 도담1동(3개 사업, 1,250만원): 반찬 나눔 500만원, 생신상 450만원, 도시락 300만원\n"
        "○ 큰 재 동(2개 사업, 980만원): 밥친구 700만원 등\n"
        "○ 새뜰동(4개 사업, 1,820만원): 미용실 620만원, 안부 확인 500만원 등\n"
    )
    (relation,) = extract_parallel(full, items).relations
    lines = [record for record in relation.records if record.parent is None]
    assert [(values(r)["place"], values(r)["amount"]) for r in lines] == [
        ("도담1동", 12_500_000),
        ("큰재동", 9_800_000),
        ("새뜰동", 18_200_000),
    ]
    below = [values(record) for record in relation.records if record.parent == 0]
    assert [(row["place"], row["programme"], row["amount"]) for row in below] == [
        ("도담1동", "반찬 나눔", 5_000_000),
        ("도담1동", "생신상", 4_500_000),
        ("도담1동", "도시락", 3_000_000),
    ]
