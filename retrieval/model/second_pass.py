"""What a chat model adds to an answer that was found without it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from corpus.documents import Documents
from corpus.errors import ModelError
from corpus.messages import say
from corpus.types import Visibility
from retrieval.answer import Answerer
from retrieval.model.calls import Allowance, ModelCalls
from retrieval.model.evidence import nearest_lines
from retrieval.model.joining import joined
from retrieval.model.planning import Planning
from retrieval.model.wording import Growing, Wording
from retrieval.naming import names_all
from retrieval.types import Answer, Basis, Citation, Inquiry, unmarked
from retrieval.understanding.question import Question

_LOGGER = logging.getLogger(__name__)
_MOST_CHOICES = 3


class SecondPass:
    """Asks the model where the deterministic answer leaves something to be wished for.

    Answers from records are exact and stay as they are.

    Args:
        calls: The way to the model.
        wording: Words what lines say.
        planning: Understands what patterns do not.
        answerer: Answers what was planned, and finds what comes near.
        documents: The papers, which know who may see them.
        telling: Whether a text has a word of a question that counts.
    """

    def __init__(
        self,
        calls: ModelCalls,
        wording: Wording,
        planning: Planning,
        answerer: Answerer,
        documents: Documents,
        telling: Callable[[str, str], bool],
    ) -> None:
        self._calls = calls
        self._wording = wording
        self._planning = planning
        self._answerer = answerer
        self._documents = documents
        self._telling = telling

    def improved(self, asked: Inquiry, answer: Answer, growing: Growing) -> Answer:
        """The answer, improved where the model can and may.

        Args:
            asked: The question.
            answer: What was found without a model.
            growing: Is told checked sentences as they come.

        Returns:
            After `ModelSettings.wait` seconds at the latest, and with a note where the model was
            asked for nothing, the answer as it was.
        """
        allowance = self._calls.allowance()
        try:
            if answer.basis is Basis.NONE:
                return self._understood(asked, answer, allowance, growing)
            if self._wording.worth(answer) and self._may_leave(answer.citations, asked.audience):
                return self._wording.worded(asked.text, answer, allowance, growing)
        except ModelError as error:
            return _without(answer, error)
        return answer

    def _understood(
        self, asked: Inquiry, answer: Answer, allowance: Allowance, growing: Growing
    ) -> Answer:
        """A question without an answer, asked in the model's words; else what comes near.

        What was found in other words answers only where it is about every place, year and number
        that the person named; else it becomes a question back.
        """
        planned = self._planning.planned(asked.text, asked.earlier, allowance)
        found = {
            question: one
            for question in planned.questions
            if (one := self._answerer.answer(question, asked.audience, (), asked.now)).basis
            not in (Basis.NONE, Basis.DIALOGUE)
        }
        question, near = self._near(asked)
        if found and planned.faithful and len(found) == len(planned.questions):
            whole = joined(list(found.values()))
            if any(names_all(question, *_where(citation)) for citation in whole.citations):
                read = say("chat_model.understood", questions=" / ".join(found))
                return replace(whole, notices=(read, *whole.notices))
        choices = dict.fromkeys((*answer.choices, *list(found)[:_MOST_CHOICES]))
        answer = replace(answer, choices=tuple(choices))
        if not near:
            return answer
        try:
            return self._wording.nearest(asked.text, answer, near, allowance, growing)
        except ModelError as error:
            return _without(answer, error)  # what was planned is there all the same

    def _near(self, asked: Inquiry) -> tuple[Question, tuple[Citation, ...]]:
        """A question taken apart, and the lines near it that the model may see."""
        internal = self._calls.settings.sees_internal
        level = asked.audience if internal else Visibility.PUBLIC
        question, hits, titles = self._answerer.near(asked.text, level, asked.now)
        telling = partial(self._telling, asked.text)
        return question, nearest_lines(question, hits, titles, telling)

    def _may_leave(self, citations: Sequence[Citation], audience: Visibility) -> bool:
        """Whether the model may see what an answer quotes."""
        if self._calls.settings.sees_internal or audience is Visibility.PUBLIC:
            return True
        cited = {citation.document_id for citation in citations}
        return cited <= set(self._documents.some(cited, Visibility.PUBLIC))


def _where(citation: Citation) -> tuple[str, str, str]:
    """What a citation quotes, the headings above it, and the title of its paper."""
    return unmarked(citation.quote), citation.locator, citation.title


def _without(answer: Answer, error: ModelError) -> Answer:
    _LOGGER.warning("answered without the chat model: %s", error)
    return replace(answer, notices=(*answer.notices, say("chat_model.without")))
