"""Tables of many rows, and stores of many tables: nothing is told of a part as if of the whole."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from retrieval.terms import KiwiTerms
from tests.support.secretary import Secretary, day

_ROWS = 1000
_TABLES = 500


@pytest.fixture(scope="module")
def secretary(tmp_path_factory: pytest.TempPathFactory, terms: KiwiTerms) -> Iterator[Secretary]:
    folder: Path = tmp_path_factory.mktemp("many")
    inbox = folder / "inbox"
    inbox.mkdir()
    lines = ["2031년 나눔가게 물품 지원 현황", "연번,상호,분야,지원액(천원),처리"]
    lines += [
        f"{n},한결상회-{n},{'식품' if n % 2 else '생활'},{n},{'완료' if n % 10 else '보류'}"
        for n in range(1, _ROWS + 1)
    ]
    (inbox / "나눔가게.csv").write_text("\n".join(lines), encoding="utf-8")
    for n in range(_TABLES):
        title = f"{2000 + n % 30}년 제{n}권역 동별 빨래방 예산"
        text = f"{title}\n동,사업 수(개),예산액(천원)\n모란1동,3,{n + 100}\n모란2동,5,{n + 200}"
        (inbox / f"{title}.csv").write_text(text, encoding="utf-8")
    made = Secretary(folder / "store", terms, day("2031-06-01"))
    made.take(sorted(inbox.iterdir()))
    yield made
    made.close()


def test_a_count_of_more_rows_than_are_looked_at_is_of_all_of_them(
    secretary: Secretary,
) -> None:
    answer = secretary.ask("나눔가게 물품 지원 중 완료된 건 몇 건이야?")
    assert "900" in answer.text


@pytest.mark.parametrize("year", [2000, 2014, 2029])
def test_the_table_of_a_year_is_found_among_hundreds_of_others(
    secretary: Secretary, year: int
) -> None:
    answer = secretary.ask(f"{year}년 모란2동 빨래방 예산은 얼마예요?")
    assert answer.citations
    assert {str(year)} == {one.document[:4] for one in answer.citations}


def test_of_hundreds_of_tables_the_newest_answers_a_question_without_a_year(
    secretary: Secretary,
) -> None:
    answer = secretary.ask("빨래방 예산이 제일 많은 동은?")
    assert {one.document[:4] for one in answer.citations} == {"2029"}
