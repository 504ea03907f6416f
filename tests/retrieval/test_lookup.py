"""Exact answers from small papers: the right value, its source, and nothing that was hidden.

What is expected of an answer is data: a text is looked for with spaces and commas folded, a number
is an amount in won that must be named, in whatever unit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from corpus.types import Visibility
from retrieval.terms import KiwiTerms
from retrieval.types import Answer, Basis
from tests.retrieval import council_papers
from tests.support.scoring import amounts_of, folded, quoted, says
from tests.support.secretary import Secretary, day

Said = str | int

TODAY = "2032-11-20"

VALUES: list[tuple[str, list[Said]]] = [
    ("모란2동 특화사업 예산은 얼마예요?", [7_350_000]),
    ("모란이동 특화사업 예산 알려줘", [7_350_000]),
    ("모란 2 동 2032년 예산", [7_350_000]),
    ("모란2동예산얼마야", [7_350_000]),
    ("모란2동 특화사업 에산 얼마", [7_350_000]),
    ("모란2동은 특화사업에 돈을 얼마나 써요?", [7_350_000]),
    ("이음동 2032년 예산", [11_500_000]),
    ("청솔동 특화사업은 몇 개인가요?", ["9개"]),
    ("2031년 청솔동 경로식당 이용 인원은 몇 명?", ["210"]),
    ("작년 모란1동 경로식당 운영비", [3_600_000]),
    ("강릉시 포상금은 얼마야?", [50_000_000]),
    ("의정부시 포상금은 얼마야?", [30_000_000]),
    ("강동구 상금 얼마 받았어?", [10_000_000]),
    ("강릉시는 무슨 상 받았어?", ["대상"]),
    ("담양군은 어떤 상을 받았나요?", ["우수"]),
    ("모란2동 대표사업이 뭐야?", ["목욕데이"]),
]
UNITS: list[tuple[str, list[Said]]] = [
    ("이음동 예산 천원 단위로", ["11,500천원"]),
    ("이음동 예산을 백만원으로 하면", ["11.5백만원"]),
    ("모란2동 특화사업 예산을 만원 단위로 알려줘", ["735만"]),
    ("모란2동 특화사업 예산을 원 단위로", ["7,350,000원"]),
]
COMPUTED: list[tuple[str, list[Said]]] = [
    ("모란1동이랑 청솔동 예산 합계는?", [14_000_000]),
    ("모란1동부터 모란3동까지 예산 합계", [13_650_000]),
    ("모란동 예산 다 합치면?", [13_650_000]),
    ("특화사업 예산 동 전체 합계는?", [39_150_000]),
    ("특화사업 예산 동별 평균은?", [6_525_000]),
    ("청솔동 특화사업 예산이 전체에서 차지하는 비중은?", ["25"]),
    ("청솔동 예산은 모란3동의 몇 배야?", ["4.67"]),
    ("이음동이 모란1동의 몇 배 예산이에요?", ["2.74"]),
    ("청솔동이랑 모란2동 예산 차이", [2_450_000, "청솔동"]),
    ("모란1동보다 이음동이 얼마나 더 많아?", [7_300_000, "이음동"]),
    ("모란1동과 버들내동 예산이 똑같나요?", ["같습니다", 4_200_000]),
    ("청솔동과 이음동 예산이 같나요?", ["다릅니다", 9_800_000, 11_500_000]),
    ("예산이 제일 많은 동은?", ["이음동", 11_500_000]),
    ("특화사업 수가 가장 많은 동은?", ["이음동", "12"]),
    ("예산이 가장 적은 동은 어디인가요?", ["모란3동", 2_100_000]),
    ("2031년 경로식당 운영비가 가장 많은 동은?", ["청솔동", 6_300_000]),
    ("경로식당 이용 인원 합계", ["500"]),
    ("2031년 경로식당 운영비 평균", [3_750_000]),
    ("예산이 700만원 이상인 동은?", ["모란2동", "청솔동", "이음동", "3곳"]),
    ("예산이 420만원 이하인 동", ["모란1동", "모란3동", "버들내동", "3곳"]),
    ("예산이 400만원에서 800만원 사이인 동", ["모란1동", "모란2동", "버들내동", "3곳"]),
    ("특화사업이 9개 이상인 동", ["모란2동", "청솔동", "이음동", "3곳"]),
    ("특화사업이 5개 미만인 동은 어디예요", ["모란3동", "버들내동", "2곳"]),
    ("2차 회의 안건은 몇 건이었어?", ["3건"]),
]
# What may not be said along with it: a row that does not keep the bound, a place not asked for.
NOT_SAID = {
    "예산이 700만원 이상인 동은?": ["모란1동", "모란3동", "버들내동"],
    "예산이 420만원 이하인 동": ["모란2동", "청솔동", "이음동"],
    "예산이 400만원에서 800만원 사이인 동": ["모란3동", "청솔동", "이음동"],
    "특화사업이 9개 이상인 동": ["모란1동", "모란3동", "버들내동"],
    "특화사업이 5개 미만인 동은 어디예요": ["모란1동", "모란2동", "청솔동", "이음동"],
    "모란이동 특화사업 예산 알려줘": ["모란1동", "모란3동"],
}
# Names that must come one after the other.
ORDERED = [
    ("특화사업 예산 많은 상위 3개 동 알려줘", ["이음동", "청솔동", "모란2동"]),
    ("특화사업 예산 적은 순으로 3개 동", ["모란3동", "모란1동", "버들내동"]),
    ("2031년 경로식당 이용 인원 많은 순서대로", ["청솔동", "모란1동", "모란2동", "버들내동"]),
]
# Equal values: all of them are named, none is preferred.
TIES = [
    ("모란1동, 버들내동, 청솔동 중에 예산이 제일 적은 동은?", ["모란1동", "버들내동"]),
    ("모란1동, 모란2동, 청솔동 중 특화사업 수가 가장 많은 동은?", ["모란2동", "청솔동"]),
]
MEETING: list[tuple[str, list[Said]]] = [
    ("제2차 실무협의체 회의는 언제 열렸나요?", ["5월 12일"]),
    ("제2차 실무협의체 회의는 어디서 했어?", ["다솜홀"]),
    ("제2차 회의는 몇 시에 시작했어요?", ["15:00"]),
    ("다음 회의는 언제예요?", ["2032. 9. 8"]),
    ("다음 회의 장소는 어디인가요?", ["새봄실"]),
    ("실무협의체 위원장은 누구인가요?", ["표은결"]),
    ("부위원장은 누구예요?", ["길나온"]),
    ("2차 회의에 몇 명 참석했나요?", ["num:8"]),
    ("회의록은 누가 기록했어?", ["유채린"]),
    ("마을 세탁소 시범운영 안건은 어떻게 됐어?", ["수정 가결"]),
    ("온열매트 교체는 통과됐나요?", ["원안 가결"]),
    ("위원 연수 계획 결과는?", ["보류"]),
    ("마을 세탁소 시범운영은 누가 설명했어요?", ["탁소민"]),
    ("온열매트 안건은 누가 설명했나요?", ["진가람"]),
    ("2032년 제2차 실무협의체 안건 목록 알려줘", ["온열매트", "세탁소", "연수"]),
    ("온열매트 화재가 걱정된다는 의견에 뭐라고 답변했어?", ["화재", "전기 안전점검"]),
]
LISTED: list[tuple[str, list[Said]]] = [
    ("시행계획 1-1이 뭐야?", ["방문 목욕", "위기가구 발굴단"]),
    ("시행계획 2-2는 뭔가요?", ["중장년 재취업"]),
    ("대상 받은 지자체는?", ["강릉"]),
    ("최우수상 받은 곳은 어디예요?", ["의정부", "당진"]),
    ("우수상 받은 곳 어디야?", ["은평", "강동", "담양"]),
]
NOT_LISTED = {
    "시행계획 2-2는 뭔가요?": ["나눔가게"],
    "대상 받은 지자체는?": ["의정부", "은평"],
    "최우수상 받은 곳은 어디예요?": ["은평", "강릉"],
    "우수상 받은 곳 어디야?": ["강릉", "의정부"],
}
REFUSED = [
    "모란4동 예산은 얼마예요?",
    "물레동 예산은 얼마?",
    "모란2동 2030년 예산은?",
    "2029년에 예산이 제일 많은 동은?",
    "해운대구 포상금은 얼마야?",
    "마을 세탁소 요금은 얼마예요?",
    "화성 탐사 예산은?",
    "시행계획 7-3이 뭐야?",
    "제5차 실무협의체 회의는 어디서 했어?",
]
# A paper for staff gives 청솔동 77,700, 이음동 88,800 and 물레동 99,900 thousand won.
HIDDEN = [
    "청솔동 특화사업 예산은 얼마예요?",
    "이음동 증액 검토 예산",
    "물레동 예산은 얼마?",
    "물레 방앗간은 어느 동 사업이에요?",
    "특화사업 예산 동 전체 합계는?",
    "예산이 제일 많은 동은?",
    "특화사업을 하는 동은 몇 곳이야?",
    "특화사업 동별 예산 목록 보여줘",
    "예산이 5천만원 이상인 동은?",
    "특화사업 증액 검토 내용 알려줘",
]
SECRETS = ["물레", "7770", "8880", "9990", "77,700", "88,800", "99,900", "20개", "21개", "22개"]


@pytest.fixture(scope="module")
def secretary(tmp_path_factory: pytest.TempPathFactory, terms: KiwiTerms) -> Iterator[Secretary]:
    secretary = Secretary(tmp_path_factory.mktemp("council"), terms, day(TODAY))
    receipts = [
        *secretary.write(council_papers.PUBLIC),
        *secretary.write(council_papers.STAFF, Visibility.STAFF),
    ]
    assert [receipt.reason for receipt in receipts if receipt.reason] == []
    yield secretary
    secretary.close()


def missing(answer: Answer, expected: list[Said]) -> list[Said]:
    text = re.sub(r"\[\d+\]", " ", answer.text)
    won = amounts_of(text)
    return [
        one for one in expected if not (one in won if isinstance(one, int) else says(one, text))
    ]


@pytest.mark.parametrize(("asked", "expected"), VALUES)
def test_a_value_is_read_from_its_row(
    secretary: Secretary, asked: str, expected: list[Said]
) -> None:
    answer = secretary.ask(asked)
    assert missing(answer, expected) == [], answer.text
    assert answer.basis is Basis.RECORDS


@pytest.mark.parametrize(("asked", "expected"), UNITS)
def test_an_amount_is_said_in_the_unit_asked_for(
    secretary: Secretary, asked: str, expected: list[Said]
) -> None:
    answer = secretary.ask(asked)
    assert missing(answer, expected) == [], answer.text


@pytest.mark.parametrize(("asked", "expected"), COMPUTED)
def test_what_takes_several_rows_is_computed(
    secretary: Secretary, asked: str, expected: list[Said]
) -> None:
    answer = secretary.ask(asked)
    assert missing(answer, expected) == [], answer.text
    assert answer.basis is Basis.COMPUTED


@pytest.mark.parametrize(("asked", "names"), ORDERED)
def test_a_ranking_keeps_its_order(secretary: Secretary, asked: str, names: list[str]) -> None:
    text = secretary.ask(asked).text
    assert [name for name in names if name not in text] == [], text
    assert sorted(names, key=text.index) == names


@pytest.mark.parametrize(("asked", "names"), TIES)
def test_of_equal_rows_all_are_named(secretary: Secretary, asked: str, names: list[str]) -> None:
    text = secretary.ask(asked).text
    assert [name for name in names if name not in text] == [], text


@pytest.mark.parametrize(("asked", "expected"), MEETING + LISTED)
def test_meetings_plans_and_awards_answer_from_their_records(
    secretary: Secretary, asked: str, expected: list[Said]
) -> None:
    answer = secretary.ask(asked)
    assert missing(answer, expected) == [], answer.text
    assert answer.basis in {Basis.RECORDS, Basis.COMPUTED}


@pytest.mark.parametrize(("asked", "unwanted"), [*NOT_SAID.items(), *NOT_LISTED.items()])
def test_nothing_is_named_that_was_not_asked_for(
    secretary: Secretary, asked: str, unwanted: list[str]
) -> None:
    text = secretary.ask(asked).text
    assert [name for name in unwanted if name in text] == [], text


@pytest.mark.parametrize("asked", REFUSED)
def test_what_the_papers_do_not_say_is_refused(secretary: Secretary, asked: str) -> None:
    answer = secretary.ask(asked)
    assert (answer.basis, answer.citations) == (Basis.NONE, ()), answer.text


@pytest.mark.parametrize("asked", HIDDEN)
@pytest.mark.parametrize("audience", [Visibility.PUBLIC, Visibility.MEMBERS])
def test_a_paper_for_staff_is_never_used_for_others(
    secretary: Secretary, asked: str, audience: Visibility
) -> None:
    answer = secretary.ask(asked, audience=audience)
    assert [one for one in SECRETS if says(one, answer.text)] == [], answer.text
    assert {citation.document for citation in answer.citations} <= council_papers.PUBLIC.keys()
    assert not says("내부용", " ".join([answer.text, *answer.notices]))


def test_staff_do_get_the_paper_for_staff(secretary: Secretary) -> None:
    answer = secretary.ask("물레동 예산은 얼마?", audience=Visibility.STAFF)
    assert missing(answer, [99_900_000]) == [], answer.text


@pytest.mark.parametrize(
    "asked",
    [asked for asked, _ in [*VALUES, *UNITS, *COMPUTED, *MEETING, *LISTED]]
    + [asked for asked, _ in [*ORDERED, *TIES]],
)
def test_every_quote_is_verbatim_and_every_marker_has_one(secretary: Secretary, asked: str) -> None:
    answer = secretary.ask(asked)
    papers = {name: folded(text) for name, text in secretary.texts().items()}
    for citation in answer.citations:
        assert quoted(citation.quote, papers[citation.document]), citation.quote
        assert citation.start < citation.end
    marks = {int(number) for number in re.findall(r"\[(\d+)\]", answer.text)}
    assert (
        marks
        == {citation.number for citation in answer.citations}
        == set(range(1, len(answer.citations) + 1))
    )


@pytest.mark.parametrize(
    ("asked", "quote"),
    [
        ("모란2동 특화사업 예산은 얼마예요?", "7,350천원"),
        ("청솔동 예산은 모란3동의 몇 배야?", "2,100천원"),
        ("예산이 제일 많은 동은?", "1,150만원"),
        ("온열매트 교체는 통과됐나요?", "원안 가결"),
        ("다음 회의는 언제예요?", "2032. 9. 8"),
    ],
)
def test_a_quote_holds_what_was_printed(secretary: Secretary, asked: str, quote: str) -> None:
    quotes = " ".join(citation.quote for citation in secretary.ask(asked).citations)
    assert folded(quote) in folded(quotes)


def test_the_question_as_understood_comes_with_the_answer(secretary: Secretary) -> None:
    assert "청솔동" in secretary.ask("모란2동 특화사업 예산은?", "청솔동은?").standalone
