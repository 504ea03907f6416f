from __future__ import annotations

from corpus.extraction.opinions import opinions
from corpus.records import RecordKind
from tests.corpus.extraction.build import read

BOX = """안건 1 검토결과

어울림 장터 운영

원안 가결

위원 의견 부서의견

・장터 자리가 좁아 유모차가 다니기~
어려우니 공원으로 옮기는 것이 좋을~
듯함.

・쓰레기가 많이 나오는데 다회용기를~
쓸 수는 없는지 궁금함.

・공원 사용 허가를 받아 5월부터 자리를~
옮기겠음.

  장터 지도도 새로 그리겠음.

・다회용기 업체와 협의하여 쓰레기를~
줄이겠음.



- 4 -

- 장터를 겨울에도 여는지, 날씨가 나쁘면 어떻게 하는지에 대해 궁금함.

   ⇒ 위원장 : 겨울에는 쉬며, 비가 오면 강당에서 여는 것으로 알고 있음.

      또한 눈이 오면 미루겠음.

- 참가비를 받지 않는 방안을 검토할 필요 있음

   ⇒ (상생과) 올해는 받지 않겠음.
""".replace("~", " ")  # blanks at line ends, which matter here


def said(text: str) -> list[tuple[str, str, str]]:
    """Kind, speaker or department, and the text of every record, in order."""
    found = []
    for relation in opinions(*read(text)):
        for number, record in enumerate(relation.records):
            fields = {field.name: field.text for field in record.fields}
            who = fields.get("speaker") or fields.get("department", "")
            found.append((record.kind.value, who, fields["text"]))
            assert record.parent is None or record.parent < number
    return found


def test_an_empty_paper_has_no_opinions() -> None:
    assert said("") == []


def test_a_flattened_box_is_paired_by_order_and_ends_where_the_page_goes_on() -> None:
    assert said(BOX)[:4] == [
        (
            "opinion",
            "위원",
            "장터 자리가 좁아 유모차가 다니기 어려우니 공원으로 옮기는 것이 좋을 듯함.",
        ),
        (
            "reply",
            "부서",
            "공원 사용 허가를 받아 5월부터 자리를 옮기겠음. 장터 지도도 새로 그리겠음.",
        ),
        ("opinion", "위원", "쓰레기가 많이 나오는데 다회용기를 쓸 수는 없는지 궁금함."),
        ("reply", "부서", "다회용기 업체와 협의하여 쓰레기를 줄이겠음."),
    ]


def test_replies_behind_an_arrow_name_who_gave_them() -> None:
    assert said(BOX)[4:] == [
        (
            "opinion",
            "",
            "장터를 겨울에도 여는지, 날씨가 나쁘면 어떻게 하는지에 대해 궁금함.",
        ),
        (
            "reply",
            "위원장",
            "겨울에는 쉬며, 비가 오면 강당에서 여는 것으로 알고 있음. 또한 눈이 오면 미루겠음.",
        ),
        ("opinion", "", "참가비를 받지 않는 방안을 검토할 필요 있음"),
        ("reply", "상생과", "올해는 받지 않겠음."),
    ]


def test_opinions_know_their_agenda_item_and_topic() -> None:
    (relation,) = opinions(*read(BOX))
    asked = [record for record in relation.records if record.kind is RecordKind.OPINION]
    agenda = [record.field("agenda") for record in asked]
    assert [field.value for field in agenda if field] == [1, 1, 1, 1]
    topics = [record.field("topic") for record in asked]
    found = [field.text for field in topics if field]
    assert found[:2] == ["장터 자리", "쓰레기가 많이 나오는데 다회용기"]


def test_rows_of_a_box_that_follow_each_other_are_paired_as_rows() -> None:
    text = (
        "위원 의견 부서의견\n・경로당 냉방비가 여름마다 모자라니\n늘릴 필요가 있음.\n"
        "・냉방비는 추경에 반영하여 늘리겠음.\n・도서관 좌석이 적어 앉을 자리가\n"
        "없으니 늘려 주기 바람.\n"
        "・도서관 좌석 20개를 놓을 예정임.\n"
    )
    assert [(kind, words[:6]) for kind, _, words in said(text)] == [
        ("opinion", "경로당 냉방"),
        ("reply", "냉방비는 추"),
        ("opinion", "도서관 좌석"),
        ("reply", "도서관 좌석"),
    ]


def test_a_paragraph_that_may_answer_another_opinion_is_a_doubt() -> None:
    text = (
        "위원 의견 부서의견\n・마을버스 배차가 길어 어르신이 오래\n기다리므로 늘릴 필요가 있음.\n"
        "・횡단보도 신호가 짧아 건너기 어려움.\n조정이 필요함.\n"
        "・마을버스는 다음 달부터 배차를 10분\n줄이겠음.\n  신호는 경찰서와 협의하여 조정하겠음.\n"
    )
    (relation,) = opinions(*read(text))
    assert [(record.kind.value, record.parent) for record in relation.records] == [
        ("opinion", None),
        ("reply", 0),
        ("opinion", None),
        ("reply", 2),
    ]
    assert relation.records[3].doubt == "pairing"


def test_labelled_questions_and_answers_are_paired() -> None:
    text = (
        "회의록\n\n질의(민들레 위원) : 퇴원 환자는 어떻게 찾습니까?\n"
        "답변(돌봄과장) : 병원과 협약을 맺었습니다.\n\n"
        "문) 심사는 누가 하나요?\n답) 위원 3명입니다.\n"
    )
    assert said(text) == [
        ("opinion", "민들레 위원", "퇴원 환자는 어떻게 찾습니까?"),
        ("reply", "돌봄과장", "병원과 협약을 맺었습니다."),
        ("opinion", "", "심사는 누가 하나요?"),
        ("reply", "", "위원 3명입니다."),
    ]


def test_a_dialogue_in_bullets_is_read_and_its_decision_is_no_reply() -> None:
    text = (
        "동 회의록\n\n5. 회의내용\n  가. 총회 개최(안)\n"
        "   - 설가온 위원 : 장소가 좁으니 학교 강당을 알아봐 주시기 바람\n"
        "   - 자치팀장 : 학교와 협의하여 5월 중 답변드리겠음\n   ⇒ 심의결과 : 원안 가결\n"
    )
    assert [(kind, who) for kind, who, _ in said(text)] == [
        ("opinion", "설가온 위원"),
        ("reply", "자치팀장"),
    ]


def test_verbatim_minutes_give_the_questions_of_members_and_the_answers_of_officials() -> None:
    text = (
        "○위원장 배한결  질의하실 위원님 질의하여 주시기 바랍니다.\n"
        "○임초롱 위원  안부 확인 대상이 노인뿐입니다. 50대도 넣을 수 없습니까? 답변해 주십시오.\n"
        "○복지과장 서다온  내년부터 50세 이상으로 넓히는 방안을 검토하겠습니다.\n"
        "○임초롱 위원  네, 알겠습니다.\n○위원장 배한결  수고하셨습니다.\n"
    )
    assert [(kind, who) for kind, who, _ in said(text)] == [
        ("opinion", "임초롱 위원"),
        ("reply", "복지과장 서다온"),
    ]


def test_statements_with_remarks_are_no_opinions() -> None:
    text = (
        "회의록\n\n1. 평가 보고\n - 달성률 100% 이상 35개\n   ⇒ 지난해보다 7% 오름\n"
        " - 분과에서 의견서 제출\n   ⇒ 담당 부서에 전달함\n"
    )
    assert said(text) == []


def test_attendance_lists_are_no_opinions() -> None:
    assert said("회의록\n참석자\n위원장: 허수아비, 부위원장: 소나기\n위원: 봄비, 가을빛\n") == []


DEBATE = """가람시의회 복지위원회 회의록
(10시 00분 개의)
1. 가람시 돌봄 조례안
○김하람 위원  점검을 몇 년마다 합니까?
○복지과장 박나래  2년마다 하고 있습니다.
○이다온 위원  하루 이용하는 분은요?
○복지과장 박나래  하루 평균 40명입니다.
                                        2   (복지-제12호)
2. 가람시 예산안
○복지국장 최가온  예산안은 12억 원입니다.
○김하람 위원  버스가 늦는다는 민원이 계속됩니다.
○복지국장 최가온  5대를 늘리겠습니다.
"""


def test_each_question_of_a_debate_has_the_answers_up_to_the_next_turn_of_a_member():
    full, items = read(DEBATE)
    records = [record for relation in opinions(full, items) for record in relation.records]
    said = [field.text for record in records if (field := record.field("text"))]
    assert said == [
        "점검을 몇 년마다 합니까?",
        "2년마다 하고 있습니다.",
        "하루 이용하는 분은요?",
        "하루 평균 40명입니다.",
        "버스가 늦는다는 민원이 계속됩니다.",
        "5대를 늘리겠습니다.",
    ]


def test_what_became_of_a_request_may_stand_behind_an_arrow_on_its_line():
    full, items = read(
        "1. 지난 회의 조치결과\n - 놀이터 모래 교체 요청 → 6월에 교체 완료\n"
        " - 노선 조정 건의 → 시에 이송\n"
    )
    (relation,) = opinions(full, items)
    kinds = [record.kind for record in relation.records]
    assert kinds == [RecordKind.OPINION, RecordKind.REPLY] * 2


def test_members_in_brackets_speak_and_the_last_one_may_wait_for_a_reply():
    full, items = read(
        "3. 건의 및 답변\n ○ (김하람 위원) 정산기가 자주 고장 난다.\n"
        "  ⇒ 동장 : 새 기기로 바꿀 예정\n ○ (이다온 위원) 불법 현수막을 떼어 달라.\n"
    )
    (relation,) = opinions(full, items)
    first, _, last = relation.records
    speakers = [record.field("speaker") for record in (first, last)]
    assert [field.text for field in speakers if field] == ["김하람 위원", "이다온 위원"]
    assert last.kind is RecordKind.OPINION


def test_what_the_meeting_decided_is_no_reply_and_what_follows_is_of_no_item():
    full, items = read(
        """가람동 주민자치회 회의록
□ 안건
 제1호 수강료 인상(안)
 제2호 주차장 확대(안)
□ 회의 내용
 【제1호 안건】 수강료 인상(안)
  ○ 김하람 위원 : 깎아 주는 기준이 있어야 합니다.
    → 사무국장 : 기준을 만들어 보고드리겠습니다.
   ⇒ 보류 (6월 회의에 다시 상정)
 【제2호 안건】 주차장 확대(안)
  ○ 이다온 위원 : 주말이면 차가 너무 많습니다.
   ⇒ 부결
□ 기타 토의
  ○ 박나래 위원 : 징검다리가 미끄럽습니다.
"""
    )
    relations = opinions(full, items)
    assert [relation.title for relation in relations] == ["수강료 인상(안)", "주차장 확대(안)", ""]
    assert [len(relation.records) for relation in relations] == [2, 1, 1]
