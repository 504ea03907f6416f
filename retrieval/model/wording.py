"""An answer worded by a chat model, from the lines of the answer that was found without it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from corpus.messages import say
from retrieval.model.calls import Allowance, ModelCalls
from retrieval.model.checking import Checker, Sentence, Source, sentences
from retrieval.model.evidence import orders, shown, sources_of
from retrieval.model.joining import renumbered
from retrieval.types import Answer, Basis, Citation

_MARKER = re.compile(r"\[(\d{1,3})\]")
# A model of whose sentences more are wrong than right has understood nothing.
_RIGHT = 0.5

Growing = Callable[[str], None]
"""Is told the checked sentences so far, as plain text, each time that there are more."""


class Wording:
    """Words answers; what the model invents is taken out, what it leaves out is put back.

    Args:
        calls: The way to the model.
        checker: Compares sentences with evidence.
    """

    def __init__(self, calls: ModelCalls, checker: Checker) -> None:
        self._calls = calls
        self._checker = checker

    @staticmethod
    def worth(answer: Answer) -> bool:
        """Whether an answer joins several lines; one alone says itself what it says."""
        return answer.basis is Basis.PASSAGES and len(answer.citations) > 1

    def worded(
        self, question: str, answer: Answer, allowance: Allowance, growing: Growing
    ) -> Answer:
        """An answer from lines, in the model's words.

        It never says less: a line that the checked sentences do not tell whole stays as it is.

        Args:
            question: What was asked.
            answer: The answer without a model.
            allowance: What may be spent.
            growing: Is told how the text grows.

        Returns:
            The answer as it was where too little stands the comparison.

        Raises:
            ModelError: The model does not answer.
        """
        sources = sources_of(answer.citations)
        kept = self._kept(question, sources, allowance, growing)
        told, left = self._parted(answer, kept)
        if not told:
            return answer
        text, citations = renumbered("\n".join([_text(told), *left]), answer.citations)
        notices = (*answer.notices, say("chat_model.worded"))
        return replace(answer, text=text, citations=citations, basis=Basis.MODEL, notices=notices)

    def nearest(
        self,
        question: str,
        answer: Answer,
        lines: Sequence[Citation],
        allowance: Allowance,
        growing: Growing,
    ) -> Answer:
        """An honest no with what the papers say that comes near to it.

        It stays a no: nobody but the reader can tell whether it answers.

        Args:
            question: What was asked.
            answer: The answer that says no, without citations.
            lines: What the model may use.
            allowance: What may be spent.
            growing: Is told how the text grows.

        Raises:
            ModelError: The model does not answer.
        """
        sources = sources_of(lines)
        kept = self._kept(question, sources, allowance, growing)
        if not kept:
            return answer
        text, citations = renumbered(
            f"{answer.text}\n{say('chat_model.near')}\n{_text(kept)}", lines
        )
        notices = (*answer.notices, say("chat_model.worded"))
        return replace(answer, text=text, citations=citations, notices=notices)

    def _kept(
        self,
        question: str,
        sources: Sequence[Source],
        allowance: Allowance,
        growing: Growing,
    ) -> tuple[Sentence, ...]:
        """The sentences of the model that evidence says, shown as they come; few are none."""
        if not sources:
            return ()
        text, complete = "", 0
        material = shown(question, sources)
        for piece in self._calls.write("wording", orders("wording"), material, allowance):
            text += piece
            ready = sentences(text)[:-1]  # the last one may go on
            if len(ready) > complete:
                complete = len(ready)
                if so_far := self._checker.checked("\n".join(ready), sources).kept:
                    growing("\n".join(one.text for one in so_far))
        checked = self._checker.checked(text, sources)
        whole = len(checked.kept) + checked.dropped
        return checked.kept if whole and len(checked.kept) >= _RIGHT * whole else ()

    def _parted(self, answer: Answer, kept: Sequence[Sentence]) -> tuple[list[Sentence], list[str]]:
        """Sentences that tell lines of the answer whole, and the lines that none tells."""
        told: set[int] = set()
        left = []
        for line in answer.text.split("\n"):
            own = {int(number) for number in _MARKER.findall(line)}
            texts = [one.text for one in kept if one.source in own]
            if texts and self._checker.covers(_MARKER.sub("", line), texts):
                told |= own
            else:
                left.append(line)
        return [one for one in kept if one.source in told], left


def _text(kept: Sequence[Sentence]) -> str:
    return "\n".join(f"{one.text} [{one.source}]" for one in kept)
