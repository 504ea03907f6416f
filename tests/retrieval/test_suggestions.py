"""Questions offered to people: few, short, different, and every one of them answered."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.types import Visibility
from retrieval.suggestions import suggestions
from retrieval.terms import KiwiTerms
from retrieval.types import Answer, Basis
from tests.retrieval import council_papers
from tests.support.cited import cited
from tests.support.secretary import Secretary, day

TODAY = "2032-11-20"
_MOST, _LONGEST = 3, 45
_CITATION = cited("경로당은 오후 여섯 시에 닫는다", document="안내.txt", title="안내")


@pytest.fixture(scope="module")
def secretary(tmp_path_factory: pytest.TempPathFactory, terms: KiwiTerms) -> Iterator[Secretary]:
    secretary = Secretary(tmp_path_factory.mktemp("council"), terms, day(TODAY))
    secretary.write(council_papers.PUBLIC)
    secretary.write(council_papers.STAFF, Visibility.STAFF)
    yield secretary
    secretary.close()


def identifier(secretary: Secretary, name: str) -> int:
    (paper,) = [one for one in secretary.assistant.papers(Visibility.STAFF) if one.name == name]
    return paper.id


@pytest.mark.parametrize("name", [*council_papers.PUBLIC, *council_papers.STAFF])
def test_a_paper_answers_the_questions_that_it_suggests(secretary: Secretary, name: str) -> None:
    questions = secretary.assistant.questions(identifier(secretary, name))
    assert len(questions) == len(set(questions)) <= _MOST
    for question in questions:
        assert len(question) <= _LONGEST
        answer = secretary.ask(question, audience=Visibility.STAFF)
        assert answer.basis not in {Basis.NONE, Basis.DIALOGUE}, question
        assert name in {citation.document for citation in answer.citations}, question


@pytest.mark.parametrize(
    "name",
    [
        "2032 동 특화사업 예산.txt",
        "2032년 제2차 실무협의체 회의록.txt",
        "2032 연차별 시행계획.txt",
        "보도자료(2032 이웃돌봄 시상).txt",
    ],
)
def test_a_paper_with_records_suggests_something(secretary: Secretary, name: str) -> None:
    assert secretary.assistant.questions(identifier(secretary, name))


@pytest.mark.parametrize("audience", [Visibility.PUBLIC, Visibility.MEMBERS])
def test_examples_come_from_papers_that_one_may_see(
    secretary: Secretary, audience: Visibility
) -> None:
    examples = secretary.assistant.examples(audience)
    assert examples
    assert len(examples) == len(set(examples)) <= _MOST
    assert not any(
        secret in question for question in examples for secret in ("물레", "증액", "내부")
    )
    for question in examples:
        answer = secretary.ask(question, audience=audience)
        assert answer.citations, question
        assert {one.document for one in answer.citations} <= council_papers.PUBLIC.keys()


def test_an_empty_store_suggests_nothing(tmp_path: Path, terms: KiwiTerms) -> None:
    secretary = Secretary(tmp_path, terms, day(TODAY))
    assert secretary.assistant.examples(Visibility.STAFF) == ()
    assert secretary.assistant.questions(1) == ()
    secretary.close()


def test_hidden_papers_give_no_examples(tmp_path: Path, terms: KiwiTerms) -> None:
    secretary = Secretary(tmp_path, terms, day(TODAY))
    secretary.write(council_papers.STAFF, Visibility.STAFF)
    assert secretary.assistant.examples(Visibility.PUBLIC) == ()
    secretary.close()


def found(question: str) -> Answer:
    return Answer(text=f"{question} [1]", citations=(_CITATION,), basis=Basis.PASSAGES)


def test_headings_serve_where_there_are_no_records() -> None:
    headings = ["경로당 이용 시간", "신청 방법", "이용 요금", "휴관일 안내"]
    questions = suggestions([], headings, found, most=2)
    assert len(questions) == 2
    assert all(heading in question for heading, question in zip(headings, questions, strict=False))


def test_a_question_without_an_answer_is_not_offered() -> None:
    def nothing(question: str) -> Answer:
        return Answer(text="자료에서 찾지 못했습니다.", basis=Basis.NONE)

    assert suggestions([], ["경로당 이용 시간"], nothing) == ()


@pytest.mark.parametrize("headings", [[], ["가"], ["가" * 80], ["  ", "..."]])
def test_headings_that_make_no_question_are_passed_over(headings: list[str]) -> None:
    assert suggestions([], headings, found) == ()
