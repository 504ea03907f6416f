"""What became of questions, set down with them: numbers by day, and what staff should answer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import sqlite_utils

from bot.clock import day_of, seoul
from bot.telegram.conversations import SavedAnswer
from bot.telegram.desk import Exchange
from corpus.tallies import Tally, tally
from corpus.unanswered import Cause, put_down, take_back
from retrieval.types import Answer, Basis
from retrieval.understanding.personal_data import mask


class Outcomes:
    """Writes inside the transactions in which questions are answered and answers judged.

    Args:
        gist: Tells by what a question is known again.
        now: The clock, aware.
    """

    def __init__(
        self, gist: Callable[[str, datetime | None], str], now: Callable[[], datetime]
    ) -> None:
        self._gist = gist
        self._now = now

    def asked(
        self, db: sqlite_utils.Database, exchange: Exchange, question: str, answer: Answer
    ) -> None:
        """Count a question, and put it down for staff where the papers do not say.

        Args:
            db: The database of the transaction.
            exchange: Who asked.
            question: As it was typed; empty where nothing of it may be kept.
            answer: What was said.
        """
        if answer.basis is Basis.DIALOGUE:
            return
        refused = answer.basis is Basis.NONE
        what = Tally.REFUSED if refused else Tally.ANSWERED
        tally(db, what, day_of(self._now()))
        if refused and question:
            self._put_down(db, exchange, question, answer.standalone, Cause.REFUSED)

    def judged(
        self, db: sqlite_utils.Database, exchange: Exchange, saved: SavedAnswer, *, helpful: bool
    ) -> None:
        """Keep a person's judgement of an answer; another one takes its place."""
        row = db.execute(
            "select helpful, given_at from feedback where answer_id = ? and person_id = ?",
            [saved.id, exchange.person.id],
        ).fetchone()
        if row is not None and bool(row[0]) == helpful:
            return
        now = self._now()
        if row is not None:
            tally(db, _judgement(bool(row[0])), day_of(datetime.fromisoformat(row[1])), -1)
        tally(db, _judgement(helpful), day_of(now))
        db.execute(
            "insert or replace into feedback values (?, ?, ?, ?)",
            [saved.id, exchange.person.id, helpful, now.isoformat()],
        )
        if saved.answer.basis is Basis.NONE or not saved.question:
            return  # it is on the list, or nothing of it was kept
        whole = saved.answer.standalone or saved.question
        if helpful:
            take_back(db, self._gist(mask(whole), now), exchange.person.id)
        else:
            self._put_down(db, exchange, saved.question, whole, Cause.UNHELPFUL)

    def _put_down(
        self,
        db: sqlite_utils.Database,
        exchange: Exchange,
        question: str,
        whole: str,
        cause: Cause,
    ) -> None:
        """Put a question down in its own words, or completed where it followed another one."""
        now = self._now()
        own, complete = mask(question), mask(whole or question)
        gist = self._gist(complete, now)
        words = own if self._gist(own, now) == gist else complete
        put_down(db, gist, words, cause, exchange.person.id, seoul(now))


def _judgement(helpful: bool) -> Tally:
    return Tally.HELPFUL if helpful else Tally.UNHELPFUL
