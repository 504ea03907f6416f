from corpus.extraction.contradictions import check_contradictions
from corpus.extraction.footings import check_footings
from corpus.extraction.general import extract_general
from corpus.messages import messages, say
from tests.corpus.extraction.build import read, table

ROWS = (("돌봄", "60", "40"), ("주거", "30", "20"), ("문화", "10", "5"))
HEAD = ("분야", "구비", "시비")


def findings(*blocks):
    full, items = read(*blocks)
    extraction = extract_general(full, items)
    return [(finding.code, finding.values) for finding in extraction.findings]


def test_totals_that_their_rows_give_are_silent():
    assert findings("예산 (단위: 천원)", table(HEAD, *ROWS, ("합계", "100", "65"))) == []


def test_a_total_that_its_rows_do_not_give_names_both_values():
    found = findings("예산 (단위: 천원)", table(HEAD, *ROWS, ("합계", "100", "70")))
    assert found == [("footing", ("예산", "시비", "70", "6만 5,000원"))]


def test_a_subtotal_is_checked_against_its_block_and_the_total_against_the_blocks():
    rows = (
        ("하람1동", "3"),
        ("하람2동", "4"),
        ("소계", "7"),
        ("옥동", "5"),
        ("새뜰동", "1"),
        ("소계", "7"),
        ("총계", "13"),
    )
    found = findings(table(("동명", "사업 수"), *rows))
    assert [values[2:] for _, values in found] == [("7", "6")]


def test_a_total_may_sum_up_the_outer_rows_of_a_nested_table():
    rows = (("돌봄", "60"), ("- 방문", "40"), ("- 야간", "20"), ("주거", "30"), ("합계", "90"))
    assert findings("(단위: 천원)", table(("구분", "예산액"), *rows)) == []


def test_a_column_of_row_totals_is_checked_where_it_holds_in_most_rows():
    rows = (
        ("가", "1", "2", "3"),
        ("나", "2", "2", "4"),
        ("다", "3", "1", "4"),
        ("라", "5", "5", "11"),
    )
    found = findings("(단위: 백만원)", table(("구분", "국비", "구비", "계"), *rows))
    assert [values[1:] for _, values in found] == [("금액", "11", "1,000만원")]


def test_the_total_in_a_heading_is_checked_against_the_list():
    lines = "\n".join(f" - {dong} : 걷기 등 {n}개 사업 30만원" for dong, n in DONGS)
    found = findings(f"□ 동별 사업(총 3개동 20개 사업)\n{lines}")
    assert [values[1:] for _, values in found] == [("사업", "20개 사업", "19")]
    assert findings(f"□ 동별 사업(총 3개동 19개 사업)\n{lines}") == []


DONGS = (("하람1동", 7), ("하람2동", 8), ("옥동", 4))


def test_one_label_with_two_values_under_one_heading_is_a_contradiction():
    found = findings("□ 추진 실적\n - 돌봄 이용자 45명\n - 돌봄 이용자 47명이 만족함\n")
    assert found == [("contradiction", ("돌봄 이용자", "45명", "47명"))]
    assert findings("□ 추진 실적\n - 돌봄 이용자 45명\n - 밥상 이용자 47명\n") == []


def test_a_telling_figure_of_two_districts_is_reported():
    text = (
        "○ 경북 의성군은 전담팀을 둠\n"
        " * 전담팀 437개 설치\n\n"
        "○ 대전 중구는 인력을 늘림\n"
        " * 복지 전담팀 437개 설치\n"
    )
    codes = [code for code, _ in findings(text)]
    assert codes == ["attributed_twice"]


def test_nothing_read_gives_nothing_to_check():
    full, items = read("")
    assert check_footings(full, []) == []
    assert check_contradictions(full.text, items, []) == []


def test_every_code_has_a_sentence_for_its_values():
    names = ("first", "second", "third", "fourth")
    for code, count in (
        ("footing", 4),
        ("contradiction", 3),
        ("attributed_twice", 3),
        ("cell_unread", 2),
    ):
        assert say(f"finding.{code}", **dict.fromkeys(names[:count], "값"))
    for doubt in ("unit_unclear", "merged_amount", "odd_line"):
        assert f"doubt.{doubt}" in messages()


def test_a_row_whose_parts_do_not_give_its_amount_is_found():
    rows = [[f"사업{n}", "20", "10", "30"] for n in range(1, 6)]
    full, items = read(
        "재정계획 (단위: 백만원)",
        table(["사업명", "국비", "시비", "계"], *rows, ["집수리", "20", "10", "40"]),
    )
    findings = extract_general(full, items).findings
    assert [(finding.code, finding.values[2]) for finding in findings] == [("footing", "40")]
