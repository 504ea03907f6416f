from corpus.extraction.minutes import agenda_items
from tests.corpus.extraction.build import read, table, values

MINUTES = """가람동 주민자치회 6월 정기회의 회의록

□ 안건
 제1호 가람 축제 예산 변경(안)
 제2호 골목 주차장 확대(안)

□ 회의 내용

 【제1호 안건】 가람 축제 예산 변경(안)
  ○ 제안설명 : 사무국장 김하람
  ○ 표결결과 : 찬성 14명, 반대 3명, 기권 1명
   ⇒ 수정 가결 (7,500천원)

 【제2호 안건】 골목 주차장 확대(안)
  ○ 제안설명 : 이다온 위원
  ○ 표결결과 : 찬성 5, 반대 13
   ⇒ 부결

□ 기타 토의
  ○ 박나래 위원 : 마을버스가 늦게 옵니다.
    → 동장 : 버스 회사에 알리겠습니다.
"""


def test_an_agenda_item_holds_its_vote_and_its_result_with_what_stands_in_brackets():
    full, items = read(MINUTES)
    (relation,) = agenda_items(full, items)
    first, second = map(values, relation.records)
    assert first["result"] == "수정 가결 (7,500천원)"
    assert (first["찬성"], first["반대"], first["기권"]) == (14, 3, 1)
    assert (second["result"], second["찬성"], second["반대"]) == ("부결", 5, 13)
    assert "기권" not in second


def test_what_the_chair_puts_to_the_vote_is_the_note_of_the_item():
    full, items = read(
        """가람시의회 복지위원회 회의록

의사일정
1. 가람시 돌봄 조례안
2. 가람시 예산안

(10시 00분 개의)

1. 가람시 돌봄 조례안
○위원장 김하람  의사일정 제1항을 상정합니다.
○이다온 위원  점검을 해마다 하도록 고쳐야 하지 않겠습니까?
○복지과장 박나래  그렇게 고쳐 주시면 따르겠습니다.
○위원장 김하람  점검 주기를 2년에서 1년으로 고친 대로 의결하고자 합니다. 이의 없으십니까?
      (「없습니다」하는 위원 있음)
  가결되었음을 선포합니다.

2. 가람시 예산안
○위원장 김하람  자료가 모자라므로 다음 회의에서 심사하는 것으로 하겠습니다. 이의 없으십니까?
  의사일정 제2항은 보류되었음을 선포합니다.
"""
    )
    (relation,) = agenda_items(full, items)
    first, second = map(values, relation.records)
    assert first["note"] == "점검 주기를 2년에서 1년으로 고친 대로 의결하고자 합니다."
    assert second["note"] == "자료가 모자라므로 다음 회의에서 심사하는 것으로 하겠습니다."
    assert second["result"] == "보류"


def test_rows_of_a_table_name_items_with_numbers_of_their_own_column():
    full, items = read(
        table(
            ("안건", "안건명", "제안부서", "심의결과", "비 고"),
            ("제1호", "2025년 배분계획(안)", "복지과", "원안 의결", ""),
            ("제2호", "수당 신설(안)", "복지과", "부결", "찬성 4, 반대 9"),
        ),
        "2. 위원 의견\n- 김하람 위원 : 배분 기준을 알려 주면 좋겠음\n  → 복지과장 : 공개하겠음",
    )
    (relation,) = agenda_items(full, items)
    first, second = map(values, relation.records)
    assert (first["number"], first["title"]) == (1, "2025년 배분계획(안)")
    assert (second["title"], second["result"], second["반대"]) == ("수당 신설(안)", "부결", 9)


def test_a_year_at_the_head_of_a_title_is_no_number():
    full, items = read(
        table(("안건명", "심의결과"), ("2025년 연차별 계획(안)", "원안가결"), ("공모(안)", "보류"))
    )
    (relation,) = agenda_items(full, items)
    assert [(values(r)["number"], values(r)["title"]) for r in relation.records] == [
        (1, "2025년 연차별 계획(안)"),
        (2, "공모(안)"),
    ]


def test_items_of_a_numbered_chapter_have_the_result_behind_their_colon():
    full, items = read(
        """가람동 주민자치회 회의록
1. 지난 회의 조치결과
 - 의자 교체 요청 → 6월에 교체 완료
2. 안건 심의
 가. 마을사업 변경(안) : 원안가결
   - 사업비 : 1,500천원 → 1,800천원
 나. 주민총회 일정(안) : 보류
3. 건의 및 답변
 ○ (김하람 위원) 정산기가 자주 고장 난다.
  ⇒ 동장 : 새 기기로 바꿀 예정
"""
    )
    (relation,) = agenda_items(full, items)
    assert [(values(r)["title"], values(r)["result"]) for r in relation.records] == [
        ("마을사업 변경(안)", "원안가결"),
        ("주민총회 일정(안)", "보류"),
    ]
