from dataclasses import replace

from corpus.extraction.continued import whole_tables
from corpus.extraction.tables import extract_tables
from corpus.types import Paragraph, Table
from tests.corpus.extraction.build import merged, read, table, values

HEAD = ("연번", "사업명", "예산(천원)", "담당부서")


def on(page: int, made: Table) -> Table:
    return replace(made, page=page)


def test_a_table_that_repeats_its_head_on_the_next_page_is_one_table():
    full, items = read(
        on(1, table(HEAD, ("1", "반찬 나눔", "500", "복지과"), ("2", "집수리", "900", "주택과"))),
        Paragraph(text="- 1 -", page=1),
        on(2, table(HEAD, ("3", "빨래방", "300", "복지과"), ("4", "말벗", "200", "복지과"))),
    )
    (relation,) = extract_tables(full, items).relations
    assert [values(row)["amount"] for row in relation.records] == [
        500_000,
        900_000,
        300_000,
        200_000,
    ]


def test_a_table_without_a_head_goes_on_with_the_one_of_the_page_before():
    full, items = read(
        on(1, table(HEAD, ("1", "반찬 나눔", "500", "복지과"), ("2", "마을", "900", "주택과"))),
        on(
            2,
            table(
                ("", "집수리", "", ""),
                ("3", "빨래방", "300", "복지과"),
                ("4", "말벗", "200", "복지과"),
            ),
        ),
    )
    (relation,) = extract_tables(full, items).relations
    names = [values(row)["programme"] for row in relation.records]
    assert names == ["반찬 나눔", "마을 집수리", "빨래방", "말벗"]


def test_a_merged_name_goes_on_over_the_page():
    first = merged(
        3,
        3,
        (0, 0, 1, 1, "동"),
        (0, 1, 1, 1, "사업명"),
        (0, 2, 1, 1, "예산(천원)"),
        (1, 0, 2, 1, "가람1동"),
        (1, 1, 1, 1, "반찬 나눔"),
        (1, 2, 1, 1, "500"),
        (2, 1, 1, 1, "집수리"),
        (2, 2, 1, 1, "900"),
    )
    second = table(("", "빨래방", "300"), ("가람2동", "말벗", "200"))
    full, items = read(on(1, first), on(2, second))
    (relation,) = extract_tables(full, items).relations
    assert [(values(row)["place"], values(row)["amount"]) for row in relation.records] == [
        ("가람1동", 500_000),
        ("가람1동", 900_000),
        ("가람1동", 300_000),
        ("가람2동", 200_000),
    ]


def test_tables_with_words_between_them_or_heads_of_their_own_stay_apart():
    one = on(1, table(HEAD, ("1", "반찬 나눔", "500", "복지과")))
    other = on(2, table(HEAD, ("1", "빨래방", "300", "복지과")))
    full, _ = read(one, Paragraph(text="2. 하반기 사업", page=2), other)
    assert len(whole_tables(full)) == 2
    full, _ = read(one, on(2, table(("동", "위원", "간사", "비고"), ("가람동", "김", "이", "박"))))
    assert len(whole_tables(full)) == 2


def test_tables_of_formats_without_pages_are_as_the_file_has_them():
    full, _ = read(table(HEAD, ("1", "가", "5", "나")), table(HEAD, ("2", "다", "6", "라")))
    assert whole_tables(full) == list(full.tables)
