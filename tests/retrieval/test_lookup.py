"""Exact answers from small papers: the right value, its source, and nothing that was hidden."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from corpus.types import Visibility
from retrieval.terms import KiwiTerms
from retrieval.types import Answer, Basis
from tests.retrieval import council_papers
from tests.retrieval.council_questions import (
    COMPUTED,
    HIDDEN,
    LISTED,
    MEETING,
    NOT_LISTED,
    NOT_SAID,
    ORDERED,
    REFUSED,
    SECRETS,
    TIES,
    UNITS,
    VALUES,
    Said,
)
from tests.support.said import amounts_of, folded, quoted, says
from tests.support.secretary import Secretary, day

TODAY = "2032-11-20"


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
