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
from retrieval.understanding.gist import likeness, wording

_LONGEST_QUOTE = 300
_ANSWERS = (
    "select d.id, d.name, d.title, d.text, u.gist, u.question, u.answer from unanswered u"
    " join documents d on d.source = 'question:' || u.id"
    " where u.answer <> '' and d.visibility <= ?"
)


class StaffAnswers:
    """Finds the answer of staff to a question that was asked before in the same or like words.

    Questions that only resemble it are answered by searching, as with any paper.

    Args:
        reader: The council's store.
        terms: Makes terms of questions.
    """

    def __init__(self, reader: Reader, terms: KiwiTerms) -> None:
        self._reader = reader
        self._terms = terms

    def gist(self, text: str, today: date) -> str:
        """By what a question in the same words is known again; empty where it says nothing."""
        alike = self._likeness(text, today)
        return f"{alike} {wording(text)}" if alike else ""

    def _likeness(self, text: str, today: date) -> str:
        return likeness(text, self._terms.query_terms(text), self._terms.tags(text), today)

    def answer(self, text: str, audience: Visibility, today: date) -> Answer | None:
        """What staff answered to a question in the same words or in like ones.

        Of one in other words the answer says to which question it was given: few words make
        another question.

        Args:
            text: The question, follow-ups completed.
            audience: Highest level that may be used.
            today: When it was asked.
        """
        alike = self._likeness(text, today)
        if not alike:
            return None
        same = f"{alike} {wording(text)}"
        row = self._reader.one(
            f"{_ANSWERS} and substr(u.gist, 1, ?) = ?"
            " order by u.gist = ? desc, u.closed_at desc, u.id desc limit 1",
            [audience, len(alike), alike, same],
        )
        if row is None:
            return None
        return _answer(row, row["answer"] if row["gist"] == same else _named(row), text)

    def resembling(self, document_id: int, audience: Visibility, text: str) -> Answer | None:
        """What staff answered in the paper that answers a question best; None in any other paper.

        The answer says to which question it was given: it may be another than is asked now.
        """
        row = self._reader.one(f"{_ANSWERS} and d.id = ?", [audience, document_id])
        if row is None:
            return None
        return _answer(row, _named(row), text)


def _named(row: sqlite3.Row) -> str:
    """An answer with the question to which it was given."""
    return say("answer.of_staff", question=unmarked(row["question"]), answer=row["answer"])


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
