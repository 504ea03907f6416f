"""One fact of several papers is one; papers that disagree are told with both values and sources."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from corpus.corrections import Actor, Verdict
from corpus.given_values import given_value
from corpus.review import Review
from corpus.types import Visibility
from retrieval.terms import KiwiTerms
from tests.support.secretary import Secretary, day

TABLE = """# 2032년 단비구 동별 나눔사업 예산

| 동 | 예산액(천원) |
|---|---|
| 모란1동 | 4,200 |
| 모란2동 | 7,350 |
| 해솔동 | 1,800 |
"""
MINUTES = """2032년 제1차 단비구지역사회보장협의체 실무협의체 회의록
일시: 2032. 3. 2.(화) 14:00

2032년 동별 나눔사업 운영계획(안)
- 모란1동 : 국수 나눔 등 4개 사업 420만원
- 모란2동 : 우산 수리 등 7개 사업 753만원
- 해솔동 : 골목 화분 등 2개 사업 180만원
"""
QUESTION = "2032년 모란2동 나눔사업 예산은 얼마인가요?"
SUM = "2032년 동별 나눔사업 예산을 모두 더하면 얼마인가요?"


@pytest.fixture
def secretary(tmp_path: Path, terms: KiwiTerms) -> Iterator[Secretary]:
    secretary = Secretary(tmp_path, terms, day("2032-04-05"))
    yield secretary
    secretary.close()


def test_one_paper_in_two_files_is_answered_once_and_cited_twice(secretary: Secretary) -> None:
    secretary.write({"예산.md": TABLE, "예산(최종).md": f"{TABLE}\n끝.\n"})
    answer = secretary.ask(QUESTION)
    assert answer.text.count("735만원") == 1
    assert {citation.document for citation in answer.citations} == {"예산.md", "예산(최종).md"}
    assert answer.notices == ()


def test_the_newest_edition_is_cited_first(secretary: Secretary) -> None:
    older, newer = (TABLE.replace("\n\n|", f"\n\n작성일: 2032. {m}. 1.\n\n|") for m in (2, 3))
    secretary.write({"둘째.md": newer, "첫째.md": older})
    answer = secretary.ask(QUESTION)
    assert [citation.document for citation in answer.citations] == ["둘째.md", "첫째.md"]


def test_an_edition_beside_another_does_not_double_a_sum(secretary: Secretary) -> None:
    secretary.write({"예산.md": TABLE})
    alone = secretary.ask(SUM).text
    secretary.write({"예산(최종).md": f"{TABLE}\n끝.\n"})
    both = secretary.ask(SUM)
    assert "1,335만원" in alone
    assert "1,335만원" in both.text
    assert {citation.document for citation in both.citations} == {"예산.md", "예산(최종).md"}


def test_papers_that_claim_different_values_are_told_with_both(secretary: Secretary) -> None:
    secretary.write({"예산.md": TABLE, "회의록.txt": MINUTES})
    answer = secretary.ask(QUESTION)
    assert "서로 다릅니다" in answer.text
    assert "735만원" in answer.text
    assert "753만원" in answer.text
    quotes = " ".join(citation.quote for citation in answer.citations)
    assert "7,350" in quotes
    assert "753만원" in quotes


def test_a_value_that_papers_agree_on_is_not_disputed(secretary: Secretary) -> None:
    secretary.write({"예산.md": TABLE, "회의록.txt": MINUTES})
    assert "다릅니다" not in secretary.ask(QUESTION.replace("모란2동", "해솔동")).text


def test_a_rounded_value_is_not_disputed(secretary: Secretary) -> None:
    rounded = TABLE.replace("천원", "백만원").replace("7,350", "7.3").replace(",", ".")
    secretary.write({"예산.md": TABLE, "총괄.md": rounded.replace("예산\n", "예산 총괄\n", 1)})
    answer = secretary.ask(QUESTION)
    assert "다릅니다" not in answer.text


@pytest.mark.parametrize(
    "other",
    [
        MINUTES.replace("2032년", "2031년").replace("2032.", "2031."),
        MINUTES.replace("단비구", "가온구"),
        MINUTES.replace("나눔사업", "체육사업"),
    ],
    ids=["another year", "another body", "another programme"],
)
def test_other_years_bodies_and_programmes_claim_other_things(
    secretary: Secretary, other: str
) -> None:
    named = TABLE.replace("# ", "단비구지역사회보장협의체\n\n# ")
    secretary.write({"예산.md": named, "회의록.txt": other})
    assert "다릅니다" not in secretary.ask(QUESTION).text


def test_a_citizen_does_not_learn_that_a_staff_paper_holds_another_value(
    secretary: Secretary,
) -> None:
    secretary.write({"예산.md": TABLE})
    secretary.write({"회의록.txt": MINUTES}, Visibility.STAFF)
    told = secretary.ask(QUESTION)
    assert "다릅니다" not in told.text
    assert told.notices == ()
    assert {citation.document for citation in told.citations} == {"예산.md"}
    assert "753만원" in secretary.ask(QUESTION, audience=Visibility.STAFF).text


def test_a_citizen_is_not_cited_the_staff_edition(secretary: Secretary) -> None:
    secretary.write({"예산.md": TABLE})
    secretary.write({"내부.md": f"{TABLE}\n끝.\n"}, Visibility.STAFF)
    assert [c.document for c in secretary.ask(QUESTION).citations] == ["예산.md"]
    assert "735만원" in secretary.ask(QUESTION).text
    assert len(secretary.ask(QUESTION, audience=Visibility.STAFF).citations) == 2


def test_a_withdrawn_paper_disputes_nothing(secretary: Secretary) -> None:
    secretary.write({"예산.md": TABLE, "회의록.txt": MINUTES})
    papers = {paper.name: paper.id for paper in secretary.documents.visible(Visibility.STAFF)}
    secretary.documents.remove([papers["회의록.txt"]], datetime(2032, 4, 5, tzinfo=UTC))
    assert "다릅니다" not in secretary.ask(QUESTION).text


def test_a_total_that_does_not_add_up_is_told_with_its_rows(secretary: Secretary) -> None:
    secretary.write({"예산.md": f"{TABLE}| 합계 | 14,350 |\n"})
    answer = secretary.ask("2032년 동별 나눔사업 예산 합계는 얼마인가요?")
    assert "맞지 않습니다" in f"{answer.text} {' '.join(answer.notices)}"


def test_a_value_that_staff_corrected_goes_before_a_newer_edition_and_is_settled(
    secretary: Secretary, terms: KiwiTerms
) -> None:
    secretary.write({"예산.md": TABLE})
    review = Review(secretary.database, terms.index_terms)
    (found,) = secretary.database.read("select record_id from fields where place = '모란2동'")
    row = review.row(found["record_id"], Visibility.STAFF)
    assert row is not None
    new = given_value(row.fields[-1], "7,530")
    assert new is not None
    with secretary.database.write() as db:
        actor = Actor(person="sora-key", at=secretary.today)
        assert review.correct(db, row.seen, actor, len(row.fields) - 1, new) is Verdict.DONE
    secretary.write({"예산(최종).md": f"{TABLE}\n끝.\n"})
    answer = secretary.ask(QUESTION)
    assert "753만원" in answer.text
    assert "다릅니다" not in answer.text
    assert "담당자가 고친 값" in answer.notices[0]
    assert "7,350" in answer.notices[0]
    assert "1,353만원" in secretary.ask(SUM).text


def test_an_existing_store_learns_to_compare(secretary: Secretary) -> None:
    secretary.write({"예산.md": TABLE, "회의록.txt": MINUTES})
    before = secretary.database.read("select * from value_claims order by record_id, ordinal")
    with secretary.database.write() as db:
        for table in ("row_claims", "value_claims"):
            db.execute(f"drop table {table}")
        db.execute("delete from _sqlite_migrations where name = 'm005_claims'")
    secretary.database.close()
    reopened = type(secretary.database)(secretary.folder / "data")
    after = reopened.read("select * from value_claims order by record_id, ordinal")
    assert [tuple(row) for row in after] == [tuple(row) for row in before]
    reopened.close()
