from corpus.extraction.programmes import extract_programmes
from corpus.records import RecordKind
from tests.corpus.extraction.build import misplaced, read, values


def test_labelled_lines_under_a_name_are_a_programme():
    full, items = read(
        "## 2030년 하람구 서비스\n\n"
        "1. 밤길 동행\n"
        " - 대상 : 혼자 귀가하는 주민\n"
        " - 기간 : 2030. 3. 2. ~ 2030. 11. 30.\n"
        " - 신청방법 : 전화\n"
        " - 문의 : 031-000-4321\n\n"
        "2. 빵 굽는 날\n"
        " - 지원대상 : 60세 이상\n"
        " - 신청 : 방문\n"
        " - 이용료 : 1,000원\n"
    )
    extraction = extract_programmes(full, items)
    relation = extraction.relations[0]
    assert relation.kind is RecordKind.PROGRAMME
    assert values(relation.records[0]) == {
        "programme": "밤길 동행",
        "target": "혼자 귀가하는 주민",
        "period": "2030-03-02",
        "apply": "전화",
        "contact": "031-000-4321",
    }
    assert values(relation.records[1])["이용료"] == "1,000원"
    assert misplaced(full, extraction) == []


def test_when_and_where_are_an_event_named_by_its_own_line():
    full, items = read(
        "붙임 행사 개요\n\n"
        "□ 행사명 : 이웃의 날\n"
        "□ 일 시 : 2030. 5. 2.(목) 14:00\n"
        "□ 장 소 : 구민회관\n"
        "□ 주 최 : 하람구\n"
    )
    relation = extract_programmes(full, items).relations[0]
    assert relation.kind is RecordKind.EVENT
    found = values(relation.records[0])
    assert (found["title"], found["held_on"], found["place"]) == (
        "이웃의 날",
        "2030-05-02",
        "구민회관",
    )


def test_a_programme_may_be_named_behind_a_label():
    full, items = read(
        "□ 사업명 : 마을 반장 학교\n"
        " - 운영기간 : 2030. 5. ~ 6.\n"
        " - 신청방법 : 팩스\n"
        " - 문 의 처 : 자치과 031-000-1111\n"
    )
    record = extract_programmes(full, items).relations[0].records[0]
    assert values(record)["programme"] == "마을 반장 학교"


def test_other_labelled_lines_are_none():
    full, items = read("1. 개요\n - 배경 : 인구가 줄고 있음\n - 근거 : 조례 제3조\n")
    assert extract_programmes(full, items).relations == ()


def test_an_event_is_named_by_the_item_and_not_by_who_presented_it():
    full, items = read(
        "【제1호 안건】 2031년 주민총회 개최(안)\n  ○ 제안설명 : 사무국장 김하람\n"
        "   - 일 시 : 2031. 6. 29.(토) 14:00\n   - 장 소 : 하람초등학교 강당\n"
        "   - 소요예산 : 420만원 (주민세 사업비)\n"
    )
    (relation,) = extract_programmes(full, items).relations
    event = values(relation.records[0])
    assert event["title"] == "2031년 주민총회 개최(안)"
    assert event["amount"] == 4_200_000
