"""Golden questions with scripted models: right answers are never fewer than without one.

What a scripted model gains proves that the parts fit together, not how good any model is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from corpus.types import Visibility
from retrieval.model.settings import ModelSettings
from retrieval.model.wording import Wording
from retrieval.terms import KiwiTerms
from retrieval.types import Answer, Basis, Inquiry
from tests.retrieval.model.scripts import down, lying, planning, repeating
from tests.support.chat_server import ChatServer, Script
from tests.support.said import folded
from tests.support.scoring import Verdict, cases, judge
from tests.support.secretary import Secretary, day
from tests.test_golden import _NO_PAPERS, _SETS, _TODAY

pytest.importorskip("langchain_openai", reason="langchain-openai is not installed")

# A third of the set: each of its kinds comes at least twice.
_EVERY = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A case with its answer without a model, where a model would be asked."""

    case: dict[str, object]
    inquiry: Inquiry
    answer: Answer
    verdict: Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """A secretary with what was asked."""

    secretary: Secretary
    texts: dict[str, str]
    asked: tuple[Asked, ...]


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    questions, papers = _SETS["heldout"]
    secretary = Secretary(tmp_path_factory.mktemp("heldout"), KiwiTerms(), day(_TODAY))
    secretary.take(sorted(path for path in papers.iterdir() if path.name not in _NO_PAPERS))
    texts = {name: folded(text) for name, text in secretary.texts().items()}
    asked = []
    for case in cases(questions)[::_EVERY]:
        turns = [str(turn) for turn in case["turns"]]  # type: ignore[attr-defined]
        answers = secretary.conversation(turns)
        if answers[-1].basis is Basis.NONE or Wording.worth(answers[-1]):
            one = Asked(
                case=case,
                inquiry=Inquiry(
                    text=turns[-1],
                    audience=Visibility.PUBLIC,
                    earlier=tuple(answer.turn for answer in answers[:-1]),
                    now=day(_TODAY),
                ),
                answer=answers[-1],
                verdict=judge(case, answers[-1], texts),
            )
            asked.append(one)
    yield Office(secretary=secretary, texts=texts, asked=tuple(asked))
    secretary.close()


@pytest.mark.parametrize("script", [planning, repeating, lying, down])
def test_right_answers_are_never_fewer_with_a_model(office: Office, script: Script) -> None:
    made = office.secretary
    with ChatServer(script) as server:
        chat = ModelSettings(base_url=server.base_url, name="scripted", wait=20.0, daily=10_000)
        second = made.second_pass(chat)
        right = 0
        for one in office.asked:
            answer = second.improved(one.inquiry, one.answer, lambda text: None)
            verdict = judge(one.case, answer, office.texts)
            assert verdict.right >= one.verdict.right, (one.inquiry, answer.text, verdict.faults)
            assert set(verdict.invalid) <= set(one.verdict.invalid)
            if script in (lying, down):
                assert answer.text == one.answer.text
            right += verdict.right
    before = sum(one.verdict.right for one in office.asked)
    print(f"{len(office.asked)} questions: {before} right without, {right} with {script.__name__}")  # type: ignore[attr-defined]
