"""A question to an answer in the words of passages, or an honest no."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import PurePath

from corpus.documents import Documents
from corpus.messages import say
from corpus.notes import Notes
from corpus.text import fold
from corpus.types import Document, Span, Visibility
from retrieval.extract import Extractor
from retrieval.generate import from_evidence
from retrieval.lookup.lookup import Lookup
from retrieval.near_services import NearServices
from retrieval.search import HybridSearch
from retrieval.staff_answers import StaffAnswers
from retrieval.types import Answer, Basis, Hit, unmarked
from retrieval.understanding.question import Question

# Share of a question's weight that a line must cover to count as an answer.
_ENOUGH = 0.55
# A line that covers less gives way to a record of the very thing, though it lacks what is asked.
_SURE = 0.85
_NEAREST = 2


class Prose:
    """Answers from passages, where records do not.

    Args:
        search: Finds passages.
        extractor: Finds the lines that answer.
        lookup: Knows whose papers are, and what is printed of a thing without what is asked of it.
        staff_answers: Answers that staff gave to questions asked before.
        documents: The papers.
        notes: What staff said of the records.
        passages: How many passages an answer is drawn from.
    """

    def __init__(
        self,
        *,
        search: HybridSearch,
        extractor: Extractor,
        lookup: Lookup,
        staff_answers: StaffAnswers,
        documents: Documents,
        notes: Notes,
        passages: int,
    ) -> None:
        self._search = search
        self._extractor = extractor
        self._lookup = lookup
        self._staff_answers = staff_answers
        self._documents = documents
        self._notes = notes
        self._passages = passages
        self._near = NearServices(search, lookup)

    def answer(self, question: Question, audience: Visibility) -> Answer:
        """The lines that answer; `Basis.NONE` with the nearest papers where none does.

        Args:
            question: The question, complete.
            audience: Highest level that may be used.
        """
        question = replace(
            question, districts=(*question.districts, *self._whose(question, audience))
        )
        found = self._search.find(question.text, self._passages, audience)
        titles = self._titles(found.hits, audience)
        # A file's name says whose a paper is where its first lines do not.
        called = {hit.passage.document_id: PurePath(hit.document).stem for hit in found.hits}
        around = {number: f"{told} {called[number]}" for number, told in titles.items()}
        evidence = self._extractor.evidence(question, found.hits, around, audience)
        notices = [say("answer.keywords_only")] if found.keywords_only else []
        if question.cut:
            notices.append(say("answer.long_question"))
        coverage = evidence[0].coverage if evidence else 0.0
        partly = self._lookup.lacking(question, audience) if coverage < _SURE else None
        if partly is None and coverage >= _ENOUGH:
            best = evidence[0].hit.passage.document_id
            answer = self._staff_answers.resembling(best, audience, question.text) or from_evidence(
                question, evidence, titles
            )
        else:
            near = self._near.answer(question.text, found.hits, audience) if not partly else None
            answer = partly or near or _nothing(titles, found.hits)
        notices += self._corrected(answer)
        return replace(answer, notices=tuple(notices), standalone=question.text)

    def _whose(self, question: Question, audience: Visibility) -> list[str]:
        """Places that papers are of (가람시) and that a question names."""
        packed = fold(question.text)
        return [name for name in self._lookup.bodies(audience) if name in packed]

    def _corrected(self, answer: Answer) -> list[str]:
        """What staff corrected of the lines that an answer quotes as they are printed."""
        rows = [
            record_id
            for citation in answer.citations
            for record_id in self._notes.within(
                citation.document_id, Span(start=citation.start, end=citation.end)
            )
        ]
        return self._notes.corrected(dict.fromkeys(rows))

    def _titles(self, hits: Sequence[Hit], audience: Visibility) -> dict[int, str]:
        wanted = list(dict.fromkeys(hit.passage.document_id for hit in hits))
        return {
            paper.id: unmarked(
                " ".join(filter(None, (paper.title, _told_body(paper), paper.dated)))
            )
            for paper in self._documents.some(wanted, audience).values()
        }

    def near(
        self, question: Question, audience: Visibility
    ) -> tuple[tuple[Hit, ...], dict[int, str]]:
        """The passages that come near to a question, best first, and their papers' titles."""
        hits = self._search.find(question.text, self._passages, audience).hits
        return hits, self._titles(hits, audience)


def _nothing(titles: dict[int, str], hits: Sequence[Hit]) -> Answer:
    """An honest no, with the papers that come nearest."""
    if not hits:
        return Answer(text=say("answer.not_found"), basis=Basis.NONE)
    nearest = list(dict.fromkeys(titles[hit.passage.document_id] for hit in hits))[:_NEAREST]
    text = f"{say('answer.not_found')}\n{say('answer.nearest', titles=', '.join(nearest))}"
    return Answer(text=text, basis=Basis.NONE)


def _told_body(paper: Document) -> str:
    """Whose paper it is, where its title does not say so."""
    return "" if paper.body in paper.title else paper.body
