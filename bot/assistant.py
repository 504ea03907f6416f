"""What every channel talks to: questions in, sourced answers out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from corpus.documents import Context, Documents
from corpus.messages import say
from corpus.text import clean
from corpus.types import Document, Visibility
from retrieval.answer import Answerer
from retrieval.types import Answer, Basis, Turn
from retrieval.understanding.utterances import Utterance


class Assistant:
    """Answers people of any channel; safe to call from several threads.

    Args:
        answerer: Finds the answers.
        documents: The papers.
        classify: Tells what kind of message a text is.
        now: The clock.
        index_terms: Makes index terms of a text.
        sample: Whether the store holds the invented sample papers; every answer then says so.
    """

    def __init__(
        self,
        answerer: Answerer,
        documents: Documents,
        classify: Callable[[str], Utterance],
        now: Callable[[], datetime],
        *,
        index_terms: Callable[[str], str],
        sample: bool = False,
    ) -> None:
        self._answerer = answerer
        self._documents = documents
        self._classify = classify
        self._now = now
        self.index_terms = index_terms
        self.sample = sample

    def ask(
        self,
        text: str,
        *,
        audience: Visibility,
        earlier: Sequence[Turn] = (),
        now: datetime | None = None,
    ) -> Answer:
        """Answer a message.

        Args:
            text: What the person typed; anything at all.
            audience: Highest level that whoever reads the answer may see.
            earlier: The conversation so far, oldest first.
            now: When it was asked; the clock's time unless given.

        Returns:
            An answer; what the papers do not say is one too (`Basis.NONE`).
        """
        answer = self._answerer.answer(clean(text), audience, tuple(earlier), now or self._now())
        if answer.basis is Basis.NONE and not self._documents.count():
            return replace(answer, text=say("answer.no_papers"))
        if self.sample and answer.basis is not Basis.DIALOGUE:
            return replace(answer, notices=(say("answer.sample"), *answer.notices))
        return answer

    def classify(self, text: str) -> Utterance:
        """What kind of message a text is: opinion, question, small talk, note, personal data."""
        return self._classify(clean(text))

    def papers(self, audience: Visibility) -> list[Document]:
        """The papers that an audience may see, newest first, without their texts."""
        return self._documents.visible(audience)

    def context(
        self, document_id: int, start: int, end: int, audience: Visibility, margin: int = 300
    ) -> Context | None:
        """A quote in its surroundings; None where the audience may not see the paper."""
        return self._documents.context(document_id, start, end, audience, margin)

    def examples(self, audience: Visibility) -> tuple[str, ...]:
        """Up to three questions that the papers at hand answer."""
        return self._answerer.examples(audience, self._now())

    def questions(self, document_id: int) -> tuple[str, ...]:
        """Up to three questions that one paper answers, for whoever brought it in."""
        return self._answerer.questions(document_id, Visibility.STAFF, self._now())
