"""Tables inside forms, and what stands around them."""

from corpus.extraction.continued import whole_tables
from corpus.extraction.tables import extract_tables
from corpus.records import RecordKind
from tests.corpus.extraction.build import merged, misplaced, read, table, values

MINUTES = merged(
    7,
    4,
    (0, 0, 1, 1, "일시"),
    (0, 1, 1, 1, "2031. 5. 2. 15:00"),
    (0, 2, 1, 1, "장소"),
    (0, 3, 1, 1, "나래동 회의실"),
    (1, 0, 1, 4, "회의내용"),
    (2, 0, 1, 1, "구분"),
    (2, 1, 1, 1, "주요 내용"),
    (2, 2, 1, 1, "결과"),
    (2, 3, 1, 1, "비고"),
    (3, 0, 1, 1, "우산 수리소"),
    (3, 1, 1, 1, "매주 화요일"),
    (3, 2, 1, 1, "원안 가결"),
    (3, 3, 1, 1, "6월부터"),
    (4, 0, 1, 1, "골목 화분"),
    (4, 1, 1, 1, "화분 40개"),
    (4, 2, 1, 1, "보류"),
    (4, 3, 1, 1, "재논의"),
    (5, 0, 1, 1, "차기회의"),
    (5, 1, 1, 1, "2031. 7. 4."),
    (5, 2, 1, 1, "작성자"),
    (5, 3, 1, 1, "간사 홍길동"),
)


def test_a_table_inside_a_form_is_read_by_itself() -> None:
    full, items = read("나래동 협의체 회의록", MINUTES)
    assert len(whole_tables(full)) == 3
    extraction = extract_tables(full, items)
    inside = next(one for one in extraction.relations if one.kind is RecordKind.ROW)
    assert inside.title == "회의내용"
    assert values(inside.records[1])["결과"] == "보류"
    labels = {f.name for one in extraction.relations for r in one.records for f in r.fields}
    assert {"일시", "장소", "차기회의", "작성자"} <= labels
    assert misplaced(full, extraction) == []


def test_a_table_that_is_no_form_stays_whole() -> None:
    full, _ = read(table(["동", "인원"], ["가람동", "3"], ["나래동", "4"]))
    assert len(whole_tables(full)) == 1


def test_a_label_over_several_rows_is_parted_by_the_labels_beside_it() -> None:
    form = merged(
        3,
        3,
        (0, 0, 2, 1, "신청단체"),
        (0, 1, 1, 1, "단체명"),
        (0, 2, 1, 1, "라온마을회"),
        (1, 1, 1, 1, "대표자"),
        (1, 2, 1, 1, "홍길동"),
        (2, 0, 1, 1, "사업기간"),
        (2, 1, 1, 2, "2031. 3. 2. ~ 9. 30."),
    )
    full, items = read(form)
    records = extract_tables(full, items).relations[0].records
    assert {values(record)["label"] for record in records} == {"단체명", "대표자", "사업기간"}


def test_quarters_head_columns() -> None:
    full, items = read(
        "(단위: 명)",
        table(
            ["동", "1분기", "2분기", "3분기"], ["가람동", "3", "5", "7"], ["나래동", "4", "6", "8"]
        ),
    )
    first = extract_tables(full, items).relations[0].records[0]
    assert (values(first)["1분기"], values(first)["3분기"]) == (3, 7)


def test_marks_keep_what_stands_behind_the_point() -> None:
    full, items = read(
        table(["권역", "만족도(점)"], ["강북권", "3.55"], ["강남권", "3.71"], ["서부권", "3.58"])
    )
    field = extract_tables(full, items).relations[0].records[0].field("만족도")
    assert field is not None
    assert (field.value, field.unit) == (355, "점")


def test_an_object_of_expense_hangs_on_its_project_and_a_policy_is_a_sum() -> None:
    full, items = read(
        "(단위: 천원)",
        table(
            ["정책·단위·세부사업", "예산액", "산출기초"],
            ["복지과", "900", ""],
            ["정책: 돌봄", "900", ""],
            ["반찬 나눔", "500", ""],
            ["  201-01 사무관리비", "500", "○용기 5천원×100개 = 500"],
            ["안부 전화", "400", ""],
            ["  201-01 사무관리비", "400", "○통신비 40천원×10월 = 400"],
        ),
    )
    records = extract_tables(full, items).relations[0].records
    assert [record.total for record in records] == [True, True, False, False, False, False]
    assert [record.parent for record in records] == [None, None, None, 2, None, 4]
