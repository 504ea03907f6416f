"""What is printed of a thing, where what is asked of it is not."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from corpus.messages import say
from corpus.records import RecordKind
from retrieval.lookup.asked import Asked
from retrieval.lookup.aspects import Aspect, aspects_asked, words_of
from retrieval.lookup.finding import Found
from retrieval.lookup.telling import Telling
from retrieval.lookup.values import whole
from retrieval.lookup.wording import Citations, label
from retrieval.types import Answer, Basis
from retrieval.understanding.question import Question, Want, soft_words

# Aspects that every programme has, printed or not, and the kinds of records that have a name.
_TOLD = frozenset({"hours", "place", "department", "members", "target", "apply", "contact", "fee"})
_NAMED_KINDS = frozenset({RecordKind.PROGRAMME, RecordKind.ROW})


class Lacking:
    """Answers that an aspect of a thing is not printed, with what is.

    Args:
        citations: Makes the citations of one answer.
        terms_of: Text to index terms.
    """

    def __init__(self, citations: Callable[[], Citations], terms_of: Callable[[str], str]) -> None:
        self._citations = citations
        self._terms_of = terms_of
        self._telling = Telling(citations)

    def answer(self, asked: Asked, found: Sequence[Found]) -> Answer | None:
        """A programme or row that the question names, without the aspect that it asks for.

        Args:
            asked: The question.
            found: Records that may answer, best first.

        Returns:
            An answer that says what is not printed and what is; None where no record is meant.
        """
        aspects = aspects_told(asked.question)
        named = words_of(aspects_asked(asked.question.text), self._terms_of)
        spared = named | soft_words(asked.question.want)
        weights = {term: one for term, one in asked.weights.items() if term not in spared}
        for one in found if aspects and weights else ():
            row, name = one.row, label(one.row)
            stated = any(aspect.states(field) for aspect in aspects for field in row.fields)
            nouns = weights.keys() - asked.verbs
            meant = all(term in "".join(name.lower().split()) for term in nouns)
            if row.kind not in _NAMED_KINDS or stated or not meant:
                continue
            cite = self._citations()
            what = ", ".join(say(f"aspect.{aspect.name}") for aspect in aspects)
            told = self._telling.values(asked, row, whole(row))
            text = say("answer.lacking", name=name, what=what, told=told, mark=cite.add(row))
            return Answer(
                text=text,
                citations=cite.all(),
                basis=Basis.RECORDS,
                standalone=asked.question.text,
            )
        return None


def aspects_told(question: Question) -> list[Aspect]:
    """Aspects asked for that every programme has; without one nothing is told to be lacking."""
    aspects = [one for one in aspects_asked(question.text) if one.name in _TOLD]
    if question.want is Want.CONTACT:
        return [one for one in aspects if one.name == "contact"]  # 담당 부서 전화번호
    return aspects
