"""What staff do with questions that the papers did not answer, the same in chat and console."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import sqlite_utils

from bot.access import Role, audience_of
from corpus.database import CouncilDatabase, OpenTransaction
from corpus.documents import Documents
from corpus.ledger.changes import By
from corpus.messages import level_name, say
from corpus.question_papers import question_draft
from corpus.text import clean
from corpus.types import Visibility
from corpus.unanswered import (
    Asker,
    OpenQuestion,
    Standing,
    Unanswered,
    seen_again,
    set_answered,
    set_dropped,
    set_told,
    set_waiting,
    source_of,
)
from retrieval.understanding.personal_data import mask

# Staff answer a question in some sentences; what is longer is a paper.
LONGEST = 1500


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """What somebody who asked is to be told.

    Attributes:
        chat_id: Their private chat.
        text: Plain text.
        level: What they must be allowed to see when it is sent.
    """

    chat_id: int
    text: str
    level: Visibility


class UnansweredQuestions:
    """Answers, drops and withdraws, inside open transactions.

    Args:
        database: The council's store.
        documents: Keeps answers as papers.
    """

    def __init__(self, database: CouncilDatabase, documents: Documents) -> None:
        self._documents = documents
        self.list = Unanswered(database)

    def answer(
        self, db: sqlite_utils.Database, seen: OpenQuestion, text: str, level: Visibility, by: By
    ) -> list[Word] | None:
        """Keep an answer as a paper, in the place of an earlier one.

        Args:
            db: The database of the transaction.
            seen: The question as whoever answers saw it.
            text: The answer, as `worded` gives it.
            level: Who may see it.
            by: Who answers, and when.

        Returns:
            Whom to tell what; None where somebody else was faster, and then nothing was written.
        """
        if not seen_again(db, seen):
            return None
        self._documents.put_anew(question_draft(seen, text, by.at.date()), level, by.at)
        set_answered(db, seen, text, level, by)
        again = seen.standing is Standing.ANSWERED
        return _told(
            db, seen, by, level, lambda asker: _answered(asker, seen, text, level, again=again)
        )

    def drop(
        self, db: sqlite_utils.Database, seen: OpenQuestion, reason: str, by: By
    ) -> list[Word] | None:
        """As `answer`, for a question that gets none; nobody is told without a reason.

        An answer that it had goes out of the papers.
        """
        if not seen_again(db, seen):
            return None
        self._remove_paper(seen, by)
        set_dropped(db, seen, reason, by)
        if not reason:
            return []
        said = say("unanswered.told_dropped", question=seen.question, reason=reason)
        return _told(db, seen, by, Visibility.PUBLIC, lambda _: said)

    def withdraw(self, db: sqlite_utils.Database, seen: OpenQuestion, by: By) -> bool:
        """Take an answer out of the papers; its question waits again. False: overtaken."""
        if not seen_again(db, seen):
            return False
        self._remove_paper(seen, by)
        set_waiting(db, seen, by)
        return True

    def _remove_paper(self, seen: OpenQuestion, by: By) -> None:
        number = self._documents.at_source(source_of(seen.id), Visibility.STAFF)
        if number is not None:
            self._documents.remove([number], by.at)


def worded(text: str) -> str:
    """An answer or a reason as it is kept: cleaned, personal data masked, at most 1,500 long."""
    lines = (line.strip() for line in mask(clean(text)[:LONGEST]).splitlines())
    return "\n".join(line for line in lines if line)


def _answered(
    asker: Asker, seen: OpenQuestion, text: str, level: Visibility, *, again: bool
) -> str:
    if audience_of(Role(asker.role)) < level:
        return say("unanswered.told_hidden", question=seen.question, level=level_name(level))
    key = "unanswered.told_again" if again else "unanswered.told"
    return say(key, question=seen.question, answer=text)


def _told(
    db: sqlite_utils.Database,
    seen: OpenQuestion,
    by: By,
    level: Visibility,
    words: Callable[[Asker], str],
) -> list[Word]:
    askers: Sequence[Asker] = Unanswered(OpenTransaction(db)).askers(seen.id)
    set_told(db, seen.id, askers, by.at)
    return [
        Word(
            chat_id=asker.chat_id,
            text=words(asker),
            level=min(level, audience_of(Role(asker.role))),
        )
        for asker in askers
    ]
