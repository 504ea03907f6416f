"""Pages of the views over a small village, as citizens and staff see them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from corpus.types import Visibility
from retrieval.terms import KiwiTerms
from retrieval.views.page import Address, Page, View, cut
from tests.support.secretary import Secretary, day
from tests.support.village import PAPERS, SECRET


@pytest.fixture(scope="module")
def village(tmp_path_factory: pytest.TempPathFactory, terms: KiwiTerms) -> Iterator[Secretary]:
    secretary = Secretary(tmp_path_factory.mktemp("village"), terms, day("2031-06-01"))
    secretary.write(PAPERS)
    secretary.write({"내부 검토.csv": SECRET}, Visibility.STAFF)
    yield secretary
    secretary.close()


def page(
    village: Secretary, address: Address | str, audience: Visibility = Visibility.PUBLIC
) -> Page:
    where = Address.read(address) if isinstance(address, str) else address
    found = village.assistant.views.page(where, audience)
    assert found is not None
    return found


def follow(village: Secretary, view: View, *labels: str) -> Page:
    found = page(village, Address(view=view))
    for label in labels:
        address = next(one.address for one in found.links if label in one.label)
        found = page(village, address)
    return found


def test_addresses_survive_being_written_and_fit_behind_a_button() -> None:
    address = Address(view=View.PROGRAMMES, path=(2**40, 2**32, 99_999), page=12)
    assert Address.read(str(address)) == address
    assert len(f"w:{address}".encode()) <= 64
    for broken in ("", "q:1", "b:x", "b:1:"):
        with pytest.raises(ValueError, match=r"View|int"):
            Address.read(broken)


def test_a_page_beyond_the_last_is_the_last() -> None:
    assert cut([1, 2, 3, 4, 5], 9, 2) == ([5], 2, 2)
    assert cut([], 3, 2) == ([], 0, 0)


def test_budgets_lead_from_table_to_place_to_row_with_what_is_printed(village: Secretary) -> None:
    table = follow(village, View.BUDGET, "특화사업 예산")
    assert "- 동백2동: 1,200만원 [2]" in table.text
    assert "합계 2,665만원 (문서에 적힌 값)" in table.text
    row = follow(village, View.BUDGET, "특화사업 예산", "목련동")
    assert "금액: 545만원 (문서에 적힌 값)" in row.text
    assert [citation.quote for citation in row.citations] == ["목련동…반찬 나눔…3…5450"]
    assert row.turns[0].address == Address.read(str(table.address))


def test_a_total_that_is_not_printed_is_said_to_be_computed(village: Secretary) -> None:
    budgets = page(village, "b:0", Visibility.STAFF)
    secret = next(link.address for link in budgets.links if "내부" in link.label)
    assert "2건을 더하면 1,760만원 (계산한 값)" in page(village, secret, Visibility.STAFF).text


def test_what_is_not_for_an_audience_is_neither_listed_nor_opened(village: Secretary) -> None:
    budgets = page(village, "b:0", Visibility.STAFF)
    secret = next(link.address for link in budgets.links if "내부" in link.label)
    assert all("내부" not in link.label for link in page(village, "b:0").links)
    assert village.assistant.views.page(secret, Visibility.PUBLIC) is None
    assert village.assistant.views.page(secret, Visibility.MEMBERS) is None


def test_meetings_show_their_agenda_with_results(village: Secretary) -> None:
    meeting = follow(village, View.DECISIONS, "제1차")
    assert "특화사업 운영계획(안) 검토 → 원안 가결" in meeting.text
    assert "골목 텃밭 조성(안) 검토 → 보류" in meeting.text
    assert "나래홀" in meeting.text


def test_plans_lead_from_part_to_strategy_to_tasks(village: Secretary) -> None:
    part = follow(village, View.PLAN, "중점 추진사업")
    assert [link.label for link in part.links] == ["1. 이웃을 살피는 마을", "2. 함께 배우는 마을"]
    strategy = follow(village, View.PLAN, "중점 추진사업", "함께 배우는")
    assert "- 2-1. 어르신 한글 교실 [2]" in strategy.text
    assert strategy.turns[0].address == part.address


def test_a_programme_says_what_for_whom_when_how_and_whom_to_ask(village: Secretary) -> None:
    told = follow(village, View.PROGRAMMES, "동백1동").text
    for line in (
        "■ 이불 빨래방 [1]",
        "대상: 홀로 사는 어르신",
        "기간: 2031.3.~11.",
        "신청: 동 행정복지센터 방문",
        "문의: 02-000-3101",
    ):
        assert line in told


def test_where_a_paper_only_counts_the_rest_the_office_is_named(village: Secretary) -> None:
    told = follow(village, View.PROGRAMMES, "동백1동").text
    assert "2031년 사업이 4개라고 적혀 있습니다 [3]" in told
    assert "이름이 나오는 것은 2개입니다: 이불 빨래방, 골목 음악회" in told
    assert told.endswith("나머지는 동백1동 행정복지센터(주민센터)에 물어봐 주세요.")
    alone = follow(village, View.PROGRAMMES, "솔밭동")
    assert alone.title == "솔밭동의 사업 안내는 자료에 없습니다."
    assert "이름이 나오는 것은 1개입니다: 말벗 전화" in alone.text
    assert alone.text.endswith("자세한 것은 솔밭동 행정복지센터(주민센터)에 물어봐 주세요.")


def test_what_is_for_everybody_is_apart_from_what_a_dong_offers(village: Secretary) -> None:
    assert "긴급 돌봄" not in follow(village, View.PROGRAMMES, "목련동").text
    assert "긴급 돌봄" in follow(village, View.PROGRAMMES, "목련동", "모든 동").text


def test_an_address_of_a_paper_that_was_replaced_leads_nowhere(
    village: Secretary, tmp_path_factory: pytest.TempPathFactory, terms: KiwiTerms
) -> None:
    other = Secretary(tmp_path_factory.mktemp("other"), terms, day("2031-06-01"))
    other.write({"예산.csv": PAPERS["예산.csv"]})
    table = page(other, "b:0").links[0].address
    other.write({"예산.csv": PAPERS["예산.csv"].replace("8400", "8500")})
    assert other.assistant.views.page(table, Visibility.PUBLIC) is None
    assert "850만원" in page(other, page(other, "b:0").links[0].address).text
    other.close()


def test_an_empty_store_says_what_to_do(
    tmp_path_factory: pytest.TempPathFactory, terms: KiwiTerms
) -> None:
    empty = Secretary(tmp_path_factory.mktemp("empty"), terms, day("2031-06-01"))
    for view in View:
        shown = page(empty, Address(view=view))
        assert shown.links == ()
        assert "담당자" in empty.assistant.shown(shown, Visibility.PUBLIC).text
        assert "dongne ingest" in empty.assistant.shown(shown, Visibility.STAFF).text
    empty.close()


def test_our_dong_is_the_one_that_the_person_named(village: Secretary) -> None:
    ask = village.assistant.ask
    known = ask("우리동 예산은 얼마야?", audience=Visibility.PUBLIC, dong="목련동")
    assert "545만원" in known.text
    assert known.standalone.startswith("목련동")
    unknown = ask("우리 동 예산은 얼마야?", audience=Visibility.PUBLIC, dong="")
    assert any("/programs" in notice for notice in unknown.notices)
    club = ask("우리 동아리 예산은?", audience=Visibility.PUBLIC, dong="목련동")
    assert "목련동" not in club.standalone
