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
