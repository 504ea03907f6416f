"""Answers that staff gave to questions which the papers had not answered."""

from __future__ import annotations

import sqlite3
from datetime import date

from corpus.database import Reader
from corpus.messages import say
from corpus.text import squeeze
from corpus.types import Visibility
from retrieval.terms import KiwiTerms
from retrieval.types import Answer, Basis, Citation, unmarked
from retrieval.understanding.gist import gist

_LONGEST_QUOTE = 300
_ANSWERS = (
    "select d.id, d.name, d.title, d.text, u.question, u.answer from unanswered u"
    " join documents d on d.source = 'question:' || u.id"
    " where u.state = 'answered' and d.visibility <= ?"
)


class StaffAnswers:
    """Finds the answer of staff to a question that was asked before in other or the same words.

    Questions that only resemble it are answered by searching, as with any paper.

    Args:
        reader: The council's store.
        terms: Makes terms of questions.
    """

    def __init__(self, reader: Reader, terms: KiwiTerms) -> None:
        self._reader = reader
        self._terms = terms

    def gist(self, text: str, today: date) -> str:
        """By what a question is known again; empty where it says nothing."""
        return gist(text, self._terms.query_terms(text), today)

    def answer(self, text: str, audience: Visibility, today: date) -> Answer | None:
        """What staff answered to this very question, as far as the audience may see it.

        Args:
            text: The question, follow-ups completed.
            audience: Highest level that may be used.
            today: When it was asked.
        """
        known = self.gist(text, today)
        if not known:
            return None
        row = self._reader.one(f"{_ANSWERS} and u.gist = ?", [audience, known])
        return None if row is None else _answer(row, row["answer"], text)

    def resembling(self, document_id: int, audience: Visibility, text: str) -> Answer | None:
        """What staff answered in the paper that answers a question best; None in any other paper.

        The answer says to which question it was given: it may be another than is asked now.
        """
        row = self._reader.one(f"{_ANSWERS} and d.id = ?", [audience, document_id])
        if row is None:
            return None
        told = say("answer.of_staff", question=unmarked(row["question"]), answer=row["answer"])
        return _answer(row, told, text)


def _answer(row: sqlite3.Row, told: str, asked: str) -> Answer:
    start = row["text"].index("\n") + 1  # below the title, which is the question
    end = min(len(row["text"]), start + _LONGEST_QUOTE)
    citation = Citation(
        number=1,
        document=row["name"],
        title=unmarked(row["title"]),
        quote=squeeze(row["text"][start:end]),
        locator="",
        document_id=row["id"],
        start=start,
        end=end,
    )
    return Answer(
        text=f"{unmarked(told)} [1]",
        citations=(citation,),
        basis=Basis.PASSAGES,
        standalone=asked,
    )
