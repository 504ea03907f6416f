import pytest

from corpus.extraction.facts import extract_facts
from corpus.records import FieldType
from tests.corpus.extraction.build import misplaced, read


def facts(text: str) -> dict[str, object]:
    full, items = read(text)
    extraction = extract_facts(full, items)
    assert misplaced(full, extraction) == []
    return {
        record.fields[0].text: record.fields[1].value
        if record.fields[1].value is not None
        else record.fields[1].first or record.fields[1].text
        for relation in extraction.relations
        for record in relation.records
    }


@pytest.mark.parametrize(
    ("text", "label", "value"),
    [
        ("- 2030년 시행계획 중점사업 8개, 세부사업 28개, 총 36개 사업", "세부사업", 28),
        ("- 2030년 시행계획 중점사업 8개, 세부사업 28개, 총 36개 사업", "사업", 36),
        ("<위원정수 24명 중 19명 참석>", "위원정수", 24),
        ("<위원정수 24명 중 19명 참석>", "참석", 19),
        ("- 성과목표 달성률 100% 이상 31개, 80~100% 미만 4개", "성과목표 달성률 100% 이상", 31),
        ("* 12개 동 전체에 전담팀 배치(배치율 63%), 자체예산 확보(1,275백만원)", "배치율", 6300),
        (
            "* 12개 동 전체에 전담팀 배치(배치율 63%), 자체예산 확보(1,275백만원)",
            "자체예산 확보",
            1_275_000_000,
        ),
        ("○ 주민총회 투표율은 3.4%로 집계됨", "주민총회 투표율", 340),
        ("○ 45억원의 자체 구비 예산을 마련하여 지원", "자체 구비 예산", 4_500_000_000),
        ("- (사업기간) 2030. 3. ~ 2031. 2.", "사업기간", "2030-03"),
        ("- 장소 : 구청 3층 소회의실", "장소", "구청 3층 소회의실"),
        ("- (일시/장소) 2030. 5. 2. 14:00 / 구민회관", "일시", "2030-05-02"),
        ("- (일시/장소) 2030. 5. 2. 14:00 / 구민회관", "장소", "구민회관"),
        ("위원장 : 이수달, 부위원장 : 박가람", "부위원장", "박가람"),
        ("- 분과별 인원 : 복지분과 12명 / 문화분과 9명", "문화분과", 9),
    ],
)
def test_a_value_belongs_to_the_noun_phrase_beside_it(text, label, value):
    assert facts(text)[label] == value


@pytest.mark.parametrize(
    "text",
    [
        "- 솔내구, 마루구 등 23개소",  # the last of a list is not what is counted
        "- 가람시 각 1천만원",
        "⇒ 위원장 : 다음 회의에서 다시 정하기로 함.",
        "- 하루 3회씩 살피고 있음",
    ],
)
def test_without_a_clear_label_there_is_no_fact(text):
    assert facts(text) == {}


def test_a_fact_knows_the_headings_above_it():
    full, items = read("2. 2030년 추진 실적\n\n○ 돌봄 분야\n - 이용자 45명\n")
    record = extract_facts(full, items).relations[0].records[0]
    context = record.field("context")
    assert context is not None
    assert "돌봄 분야" in context.text
    assert context.span.start == context.span.end


def test_the_value_keeps_what_is_counted():
    full, items = read("- 중점 사업을 모아 총 36개 사업으로 운영")
    value = extract_facts(full, items).relations[0].records[0].fields[1]
    assert (value.type, value.value, value.unit) == (FieldType.COUNT, 36, "사업")


def test_stretches_that_others_have_read_are_left_alone():
    full, items = read("- 이용자 45명")
    assert extract_facts(full, items, [item_span(items[0])]).relations == ()


def item_span(item):
    from corpus.types import Span

    return Span(start=item.start, end=item.end)


@pytest.mark.parametrize(
    ("text", "label", "value"),
    [
        ("의안번호  제 47 호", "의안번호", "제 47 호"),
        ("제 출 자 : 가람구청장      제출연월일 : 2030. 11. 15.", "제출자", "가람구청장"),
        ("제 출 자 : 가람구청장      제출연월일 : 2030. 11. 15.", "제출연월일", "2030-11-15"),
        ("배포일시 2030. 12. 7.(목) 매 수 총 3매", "배포일시", "2030-12-07"),
        (" ○ 3분기 : 우수사례 발표회 개최", "3분기", "우수사례 발표회 개최"),
        ("□ 총사업비 : 571백만원(국비 140, 시비 431)", "총사업비", 571_000_000),
        ("기초수급자는 9월 말 기준 1만 2,480명입니다.", "기초수급자", 12_480),
        ("어르신 1,204명이 돌봄을 받았으며 만족도는 92.4%였다.", "만족도", 9240),
        ("12개 마을을 뽑고 마을당 3,000만원씩 지원한다.", "마을당", 30_000_000),
        ("우수상 3개 마을에는 상금 각 100만원이 주어진다.", "상금", 1_000_000),
        ("시는 이를 위해 시비 731억원을 확보했다.", "시비", 73_100_000_000),
    ],
)
def test_facts_of_headers_and_sentences_have_the_label_that_is_printed(
    text: str, label: str, value: object
) -> None:
    assert facts(f"1. 개요\n{text}\n")[label] == value


@pytest.mark.parametrize(
    "text",
    [
        "연내 집행이 어려운 14곳을 미룬다.",
        "시설을 고쳐 새로 문을 연 지 얼마 안 되어 넘는 12건이 들어왔다.",
        "- 현재 자리를 확대하도록 12면을 건의",
    ],
)
def test_words_that_tell_how_are_no_labels(text: str) -> None:
    found = facts(f"1. 개요\n{text}\n")
    assert not {"어려운", "넘는", "확대하도록"} & {label.split()[-1] for label in found if label}


def test_a_value_that_replaced_another_stands_beside_it() -> None:
    full, items = read(
        "2. 골목 축제 사업비 변경(안)\n - 당초 850만원 → 변경 1,130만원 (증 280만원)\n"
        " - 이용자는 2029년 12명에서 2030년 17명으로 늘었다.\n"
    )
    (relation,) = extract_facts(full, items).relations
    money, people = relation.records[:2]
    assert [(field.name, field.value) for field in money.fields[1:3]] == [
        ("당초", 8_500_000),
        ("변경", 11_300_000),
    ]
    assert money.fields[0].text == "골목 축제 사업비 변경(안)"
    assert [(field.name, field.value) for field in people.fields[:3]] == [
        ("label", None),
        ("2029년", 12),
        ("2030년", 17),
    ]


def test_the_topic_of_a_sentence_tells_like_values_apart() -> None:
    full, items = read("1. 시상\n최우수상 2개 마을에는 상금 각 300만원을 준다.\n")
    (relation,) = extract_facts(full, items).relations
    prize = next(r for r in relation.records if r.fields[0].text == "상금")
    context = prize.field("context")
    assert context is not None
    assert context.text.endswith("최우수상 2개 마을")


@pytest.mark.parametrize(
    ("text", "label", "value"),
    [
        ("가람시(시장 김하람)는 마을돌봄을 넓힌다고 밝혔다.", "가람시 시장", "김하람"),
        ("이웃돌봄진흥원(원장 이다온)은 상을 준다.", "이웃돌봄진흥원 원장", "이다온"),
    ],
)
def test_who_holds_an_office_is_a_fact(text: str, label: str, value: str) -> None:
    assert facts(f"1. 개요\n{text}\n")[label] == value


def test_a_law_under_the_heading_of_grounds_is_a_fact() -> None:
    found = facts(
        "1. 수립 근거\n○ 「사회보장급여법」 제35조 및 가람구 조례\n2. 개요\n○ 「돌봄법」의 뜻\n"
    )
    assert found["수립 근거"] == "「사회보장급여법」 제35조 및 가람구 조례"
    assert "개요" not in found


def test_what_is_done_about_a_labelled_line_is_its_note() -> None:
    full, items = read(
        "□ 부진 원인 및 대책\n ○ 청년 상담 : 이전 공사로 문을 닫음\n   → 2월부터 야간 상담을 엶\n"
    )
    (relation,) = extract_facts(full, items).relations
    note = relation.records[0].field("note")
    assert note is not None
    assert note.text == "2월부터 야간 상담을 엶"
