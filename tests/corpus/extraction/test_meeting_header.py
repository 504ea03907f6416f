from __future__ import annotations

from corpus.extraction.meeting_header import meeting
from corpus.records import Record, RecordKind, Relation
from corpus.types import Block
from tests.corpus.extraction.build import read, table

LABELS = """ - 마루구지역사회보장협의체 -

2026년 제2차 대표협의체 회의록

회의일시 2026년 3월 25일(수) 10:30~11:40 회의장소 마루구청 5층 소회의실

주관부서 마루구 복지기획과(기획팀) 회의기록 한겨울

참 석 자

위원장 : 강하늘, 부위원장 : 노을빛
위  원 : 민들레, 박 하, 서리태, 선우진,

안개꽃 <위원정수 20명 중 7명 참석>

안   건

제1안 연차별 시행계획 심의

회의내용

공지사항  - 6월은 회의 없음
  - 9월 워크숍 예정
차기

회의일정

- 2026년 제3차 대표협의체 회의

   ❍ 일시 : 2026. 9. 9(수) 15:00

   ❍ 장소 : 마루구청 2층
 회의사진
"""

SELF_GOVERNMENT = """2025년 제4차 가람1동 주민자치회 정기회의 회의록

1. 일    시 : 2025. 4. 17.(목) 19:00 ~ 20:40
2. 장    소 : 가람1동 행정복지센터 3층
3. 참석인원 : 위원 30명 중 9명 참석
  - 회    장 : 한 지 우
  - 부 회 장 : 오세린
  - 위    원 : 문태오, 남궁민서,
    유하람 외 4명
4. 안    건
  가. 주민총회 개최 계획(안)
5. 회의내용
 - 생략
7. 차기회의 : 2025. 5. 15.(목) 19:00, 가람1동 행정복지센터
"""


def relations(*blocks: Block | str) -> dict[RecordKind, Relation]:
    return {relation.kind: relation for relation in meeting(*read(*blocks))}


def texts(record: Record) -> dict[str, str]:
    return {field.name: field.text for field in record.fields}


def named(relation: Relation) -> list[tuple[str, str]]:
    found = [texts(record) for record in relation.records]
    return [(fields["person"], fields["role"]) for fields in found if "person" in fields]


def test_an_empty_paper_is_no_meeting() -> None:
    assert relations() == {}


def test_labels_without_colons_two_on_a_line_are_read() -> None:
    (record,) = relations(LABELS)[RecordKind.MEETING].records
    assert texts(record) == {
        "title": "2026년 제2차 대표협의체 회의록",
        "body": "대표협의체",
        "council": "마루구지역사회보장협의체",
        "number": "제2차",
        "held_on": "2026년 3월 25일(수) 10:30~11:40",
        "hours": "10:30~11:40",
        "place": "마루구청 5층 소회의실",
        "department": "마루구 복지기획과(기획팀)",
        "recorder": "한겨울",
        "chair": "강하늘",
        "vice_chair": "노을빛",
        "next_number": "제3차",
        "next_on": "2026. 9. 9(수) 15:00",
        "next_hours": "15:00",
        "next_place": "마루구청 2층",
    }
    held, following = record.field("held_on"), record.field("next_on")
    assert held is not None
    assert following is not None
    assert (held.first, following.first) == ("2026-03-25", "2026-09-09")


def test_a_list_of_names_over_lines_is_one_list() -> None:
    attended = relations(LABELS)[RecordKind.ATTENDANCE]
    assert named(attended) == [
        ("강하늘", "위원장"),
        ("노을빛", "부위원장"),
        ("민들레", "위원"),
        ("박하", "위원"),
        ("서리태", "위원"),
        ("선우진", "위원"),
        ("안개꽃", "위원"),
    ]
    counts = attended.records[0]
    assert [(field.name, field.value) for field in counts.fields] == [
        ("members", 20),
        ("present", 7),
    ]
    assert counts.doubt == ""


def test_names_that_do_not_make_up_the_count_are_a_doubt() -> None:
    found = relations(LABELS.replace("7명 참석", "8명 참석"))
    assert found[RecordKind.ATTENDANCE].records[0].doubt == "attendance"


def test_the_quote_of_a_person_holds_the_role() -> None:
    full, items = read(LABELS)
    record = meeting(full, items)[1].records[2]
    quote = "…".join(full.text[span.start : span.end] for span in record.spans)
    assert quote == "부위원장 : 노을빛"


def test_each_bullet_of_a_notice_is_a_fact() -> None:
    facts = relations(LABELS)[RecordKind.FACT]
    assert [texts(record)["text"] for record in facts.records] == [
        "6월은 회의 없음",
        "9월 워크숍 예정",
    ]


def test_minutes_of_a_self_government_council_are_read() -> None:
    found = relations(SELF_GOVERNMENT)
    fields = texts(found[RecordKind.MEETING].records[0])
    assert fields["body"] == "가람1동 주민자치회"
    assert (fields["chair"], fields["vice_chair"]) == ("한지우", "오세린")
    assert fields["next_place"] == "가람1동 행정복지센터"
    attended = found[RecordKind.ATTENDANCE]
    assert named(attended)[2:] == [("문태오", "위원"), ("남궁민서", "위원"), ("유하람", "위원")]
    assert attended.records[0].doubt == ""  # five are named and four more are counted


def test_boxes_in_a_table_are_read() -> None:
    grid = table(
        ["회의일시", "2025. 7. 8.(화) 15:00", "회의장소", "바다동 2층"],
        ["참 석 자", "위원장: 허수아비\n위원: 봄비, 가을빛\n(정원 15명 중 3명 참석)", "", ""],
    )
    found = relations("2025년 제2차 바다동 지역사회보장협의체 회의록", grid)
    fields = texts(found[RecordKind.MEETING].records[0])
    assert (fields["hours"], fields["place"], fields["chair"]) == (
        "15:00",
        "바다동 2층",
        "허수아비",
    )
    assert len(named(found[RecordKind.ATTENDANCE])) == 3


def test_a_title_over_two_lines_and_the_speaking_chair_of_an_assembly_are_read() -> None:
    text = (
        "제212회 나래구의회(임시회)\n복지도시위원회 회의록\n\n일 시  2024년 9월 3일(화) 10시\n"
        "장 소  회의실\n\n○위원장 배한결  개의하겠습니다.\n○임초롱 위원  질의하겠습니다.\n"
        "○복지과장 서다온  답변드리겠습니다.\n"
    )
    fields = texts(relations(text)[RecordKind.MEETING].records[0])
    assert fields["body"] == "복지도시위원회"
    assert fields["chair"] == "배한결"
    assert fields["held_on"] == "2024년 9월 3일(화) 10시"


def test_the_next_meeting_may_stand_in_a_sentence() -> None:
    text = (
        "2023년 3분기 나무동 주민자치위원회 회의록\n\n일시: 2023년 9월 5일\n\n"
        "기타\n - 다음 회의는 10월 10일 오후 7시에 열기로 함\n"
    )
    record = relations(text)[RecordKind.MEETING].records[0]
    following = record.field("next_on")
    assert following is not None
    assert following.first == "2023-10-10"


def test_an_event_of_a_press_release_is_no_meeting() -> None:
    text = "보 도 자 료\n\n□ 일 시 : 2027. 5. 6.(목) 14:00\n□ 장 소 : 시청\n□ 참석자 : 300여 명\n"
    assert relations(text) == {}


def test_a_name_that_a_line_end_cut_is_one_name_and_offices_before_names_are_none() -> None:
    found = relations(
        "가람동 주민자치회 5월 회의록\n일 시 : 2031. 5. 21. 19:00\n장 소 : 회의실\n"
        "참 석 자\n  위  원 : 김하람(환경분과장), 이다온, 박나\n래, 최가온\n"
        "  배  석 : 가람동장 정이든\n"
    )
    assert named(found[RecordKind.ATTENDANCE]) == [
        ("김하람", "위원"),
        ("이다온", "위원"),
        ("박나래", "위원"),
        ("최가온", "위원"),
        ("정이든", "배석"),
    ]


def test_an_assembly_counts_its_members_and_names_who_was_on_leave_and_when_it_closed() -> None:
    found = relations(
        "제12회 가람시의회 복지위원회 회의록\n일 시 : 2031년 9월 13일(수) 10시 03분\n"
        "장 소 : 회의실\n"
        "○위원장 김하람  개의하겠습니다.\n(12시 18분 산회)\n\n"
        "○출석위원(2인)\n김하람 이다온\n○청가위원(1인)\n박나래\n"
    )
    assert texts(found[RecordKind.MEETING].records[0])["closed"] == "12시 18분"
    assert texts(found[RecordKind.ATTENDANCE].records[0])["present"] == "2"
    assert ("박나래", "청가위원") in named(found[RecordKind.ATTENDANCE])


def test_the_next_meeting_ends_where_the_next_chapter_begins() -> None:
    found = relations(
        "가람동 협의체 회의록\n일 시 : 2031. 5. 21. 19:00\n장 소 : 회의실\n"
        "참 석 자 : 위원장 김하람\n"
        "차기회의 : 2031. 6. 18.(수) 14:00\n□ 위원 의견\n- 2031. 7. 1.부터 시행해야 함\n"
    )
    record = texts(found[RecordKind.MEETING].records[0])
    assert record["next_on"] == "2031. 6. 18.(수) 14:00"


def test_a_chair_named_beside_the_count_makes_no_list_that_must_add_up() -> None:
    found = relations(
        "가람동 협의체 회의록\n일 시 : 2031. 5. 21. 19:00\n장 소 : 회의실\n"
        "참 석 : 위원 28명 중 21명\n위원장 : 김하람\n"
    )
    counts = found[RecordKind.ATTENDANCE].records[0]
    assert texts(counts) == {"members": "28", "present": "21"}
    assert counts.doubt == ""
