from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from corpus.database import CouncilDatabase
from corpus.documents import Documents
from corpus.ingest import drafted
from corpus.types import Paper, Paragraph, Visibility

AT = datetime(2031, 4, 2, tzinfo=UTC)
TEXT = "2031년 나래구 돌봄 계획\n1. 목적\n- 이웃을 살핌\n2. 예산\n- 동백동 1,200천원"


@pytest.fixture
def database(tmp_path: Path) -> Iterator[CouncilDatabase]:
    database = CouncilDatabase(tmp_path)
    yield database
    database.close()


@pytest.fixture
def documents(database: CouncilDatabase) -> Documents:
    return Documents(database, str.lower)


def put(
    documents: Documents,
    name: str,
    text: str = TEXT,
    *,
    page: int | None = None,
    visibility: Visibility = Visibility.PUBLIC,
) -> int:
    blocks = tuple(
        Paragraph(text=part, page=page and page + number)
        for number, part in enumerate(text.split("\f"))
    )
    paper = Paper(format="txt", blocks=blocks)
    path = Path("/papers") / name
    draft = drafted(paper, path, source=str(path), sha256=f"{name}{len(text)}")
    return documents.put([draft], visibility, AT)[0]


def test_an_empty_store_holds_no_papers(documents: Documents) -> None:
    assert documents.visible(Visibility.STAFF) == []
    assert documents.count() == 0
    assert list(documents.reindex()) == []
    assert documents.put([], Visibility.PUBLIC, AT) == []


def test_a_paper_is_read_back_as_it_was_written(documents: Documents) -> None:
    number = put(documents, "계획.txt")
    paper = documents.get(number, Visibility.PUBLIC)
    assert paper is not None
    assert (paper.name, paper.title, paper.text) == ("계획.txt", "2031년 나래구 돌봄 계획", TEXT)
    assert documents.visible(Visibility.PUBLIC)[0].text == ""


def test_several_papers_are_read_at_once_without_their_texts(documents: Documents) -> None:
    one, _, other = (put(documents, f"{name}.txt") for name in "가나다")
    found = documents.some([other, one, 77, one], Visibility.PUBLIC)
    assert {number: paper.name for number, paper in found.items()} == {
        one: "가.txt",
        other: "다.txt",
    }
    assert {paper.text for paper in found.values()} == {""}
    assert documents.some([], Visibility.PUBLIC) == {}


def test_newer_papers_come_first(documents: Documents) -> None:
    for year in (2029, 2031, 2030):
        put(documents, f"{year}.txt", f"{year}년 나래구 돌봄 계획\n1. 목적\n- 이웃을 살핌")
    shown = [paper.dated for paper in documents.visible(Visibility.PUBLIC)]
    assert shown == ["2031", "2030", "2029"]


def test_an_audience_reads_only_what_it_may(
    documents: Documents, database: CouncilDatabase
) -> None:
    number = put(documents, "내부.txt", visibility=Visibility.STAFF)
    passages = [row["id"] for row in database.read("select id from passages")]
    assert passages
    for audience in (Visibility.PUBLIC, Visibility.MEMBERS):
        assert documents.visible(audience) == []
        assert documents.get(number, audience) is None
        assert documents.some([number], audience) == {}
        assert documents.passages(passages, audience) == {}
        assert documents.context(number, 0, 4, audience) is None
    assert set(documents.passages(passages, Visibility.STAFF)) == set(passages)
    assert documents.count() == 1


def test_a_quote_is_shown_in_its_surroundings(documents: Documents) -> None:
    number = put(documents, "계획.txt", f"{TEXT}\f둘째 쪽\n- 목련동 2,400천원", page=4)
    text = documents.get(number, Visibility.PUBLIC).text
    start = text.index("2,400")
    context = documents.context(number, start, start + 5, Visibility.PUBLIC, margin=4)
    assert context is not None
    assert (context.before, context.quote, context.after) == ("목련동 ", "2,400", "천원")
    assert context.page == 5
    first = documents.context(number, 0, 5, Visibility.PUBLIC)
    assert (first.before, first.page) == ("", 4)
    assert documents.context(number + 1, 0, 5, Visibility.PUBLIC) is None


def test_removing_takes_all_that_hangs_on_a_paper(
    documents: Documents, database: CouncilDatabase
) -> None:
    number = put(documents, "계획.txt", page=1)
    passages = {row["id"] for row in database.read("select id from passages")}
    documents.remove([number, 77], AT)
    for table in ("documents", "passages", "passage_terms", "pages", "tables", "records"):
        assert database.one(f"select count(*) as n from {table}")["n"] == 0, table
    stale = {row["passage_id"] for row in database.read("select * from stale_vectors")}
    assert stale == passages


def test_a_level_can_be_raised_and_never_lowered(documents: Documents) -> None:
    numbers = [
        put(documents, "가.txt"),
        put(documents, "나.txt", visibility=Visibility.STAFF),
    ]
    assert documents.restrict(numbers, Visibility.MEMBERS) == 1
    levels = {paper.name: paper.visibility for paper in documents.visible(Visibility.STAFF)}
    assert levels == {"가.txt": Visibility.MEMBERS, "나.txt": Visibility.STAFF}
    assert documents.restrict([], Visibility.STAFF) == 0


def test_terms_are_made_anew_by_the_analyser_of_today(
    documents: Documents, database: CouncilDatabase
) -> None:
    number = put(documents, "계획.txt")
    count = "select count(*) as n from passage_terms where passage_terms match 'reformed'"
    assert database.one(count)["n"] == 0
    reformed = Documents(database, lambda text: f"{text.lower()} reformed")
    assert list(reformed.reindex()) == [number]
    passages = database.one("select count(*) as n from passages")["n"]
    assert database.one(count)["n"] == passages > 0
    assert database.one("select count(*) as n from passage_terms")["n"] == passages
