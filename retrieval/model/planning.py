"""Questions that no pattern understands, turned by a chat model into ones that patterns do.

The model fills in typed steps; each is held against the question, the conversation and the words of
the papers, worded by our own templates, and answered by our own lookups.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from pydantic import BaseModel

from corpus import places
from corpus.messages import say
from corpus.text import fold
from retrieval.model.calls import Allowance, ModelCalls
from retrieval.model.evidence import orders
from retrieval.types import Turn
from retrieval.understanding.question import Want, want
from retrieval.understanding.small_talk import gives_orders

_MOST_STEPS, _LONGEST = 3, 60
_DIGITS = re.compile(r"\d+")
_PLAIN = re.compile(r"[0-9A-Za-z가-힣\s·()%,.~\-'‘’“”\"]*")

_ASKING = re.compile(r"얼마|언제|누구|누가|어디|무엇|뭐|무슨|며칠|몇|어느|어떤|어떻|왜")

Kind = Literal[
    "value", "list", "total", "most", "least", "outcome",
    "reason", "when", "where", "who", "reply", "about",
]  # fmt: skip


class Step(BaseModel):
    """One thing to look up, as the model fills it in."""

    kind: Kind
    place: str
    year: str
    thing: str
    measure: str


class Plan(BaseModel):
    """What a question asks, step by step."""

    steps: list[Step]


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """A question as the model read it.

    Attributes:
        questions: Questions of our own wording; none where the plan was of no use.
        faithful: Whether they have all words of the question that count, and none of the papers'
            own instead.
    """

    questions: tuple[str, ...]
    faithful: bool


class Planning:
    """Turns questions into ones that can be looked up.

    Args:
        calls: The way to the model.
        words: The words of a text that count in a search.
        known: Whether a word occurs in any paper.
    """

    def __init__(
        self,
        calls: ModelCalls,
        words: Callable[[str], Sequence[str]],
        known: Callable[[str], bool],
    ) -> None:
        self._calls = calls
        self._words = words
        self._known = known

    def planned(self, question: str, earlier: Sequence[Turn], allowance: Allowance) -> Planned:
        """The questions that a question comes to.

        Args:
            question: The question as typed.
            earlier: The conversation so far, oldest first.
            allowance: What may be spent.

        Raises:
            ModelError: The model does not answer, or in no form that can be read.
        """
        before = [turn.question for turn in earlier if turn.question][-2:]
        text = "\n".join([*(f"앞선 질문: {one}" for one in before), f"질문: {question}"])
        plan = self._calls.fill("plan", orders("plan"), text, Plan, allowance)
        said = "\n".join([*before, question])
        steps = [step for step in plan.steps if self._sound(step, said)][:_MOST_STEPS]
        asked = tuple(dict.fromkeys(filter(None, map(_worded, steps))))
        return Planned(questions=asked, faithful=self._faithful(question, asked, said))

    def _sound(self, step: Step, said: str) -> bool:
        """Whether a step names no number, place or thing that it made up."""
        fields = (step.place, step.year, step.thing, step.measure)
        if any(len(one) > _LONGEST or not _PLAIN.fullmatch(one) for one in fields):
            return False
        whole = " ".join(fields)
        if gives_orders(whole) or not set(_DIGITS.findall(whole)) <= set(_DIGITS.findall(said)):
            return False
        named = {key for mention in places.find_dongs(said) for key in mention.keys}
        here = {key for mention in places.find_dongs(whole) for key in mention.keys}
        if not here <= named or (step.place and fold(step.place) not in fold(said) and not here):
            return False
        own = set(self._words(said))
        return all(word in own or self._known(word) for word in self._words(whole))

    def _faithful(self, question: str, asked: Sequence[str], said: str) -> bool:
        """Whether nothing that counts was left out of a question or put in instead."""
        wanted = want(question)
        if wanted is not Want.ANY and wanted not in map(want, asked):
            return False  # 몇 명 is not answered by 얼마
        told = self._telling(" ".join(asked))
        ours = self._telling(" ".join(_worded(step) for step in _EMPTY))
        return self._telling(question) <= told and told - ours <= self._telling(said)

    def _telling(self, text: str) -> set[str]:
        """The words of a text that count, without those that only ask."""
        return {word for word in self._words(text) if not _ASKING.match(word)}


def _worded(step: Step) -> str:
    """A step as a plain question; empty where it names nothing."""
    year = f"{step.year.removesuffix('년')}년" if step.year.strip() else ""
    about = " ".join(" ".join((year, step.place, step.thing, step.measure)).split())
    return say(f"chat_plan.{step.kind}", about=about) if about else ""


_EMPTY = [
    Step(kind=kind, place="", year="", thing="가", measure="")
    for kind in Kind.__args__  # type: ignore[attr-defined]
]
