"""Questions that the papers did not answer, or not well: who asked, and what staff made of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

import sqlite_utils

from corpus.audit import write_entry
from corpus.database import Reader
from corpus.ledger.changes import By
from corpus.text import shortened, squeeze
from corpus.types import Visibility

# A longer text is no question that staff answer in a sentence; its beginning tells what it is.
_LONGEST = 300
# An answer holds as long as its paper is there, however its question stands.
HAS_PAPER = "exists (select 1 from documents where source = 'question:' || unanswered.id)"


class Cause(StrEnum):
    """Why a question is on the list."""

    REFUSED = "refused"  # the papers do not say
    UNHELPFUL = "unhelpful"  # somebody pressed the thumb down


class Standing(StrEnum):
    """What became of it."""

    WAITING = "waiting"
    ANSWERED = "answered"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenQuestion:
    """A question as staff see it; nothing tells who asked.

    Attributes:
        id: Row in the store, by which staff name it.
        question: What was asked, personal data masked.
        cause: Why it is on the list.
        standing: What became of it.
        asked: How often it was asked or its answer judged unhelpful.
        first_at: When first, ISO 8601.
        last_at: When last.
        answer: What staff answered; empty until then.
        reason: Why staff dropped it; empty where they did not, or said nothing.
        revision: Grows with every change, so that of two people at once one is told.
    """

    id: int
    question: str
    cause: Cause
    standing: Standing
    asked: int
    first_at: str
    last_at: str
    answer: str
    reason: str
    revision: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Asker:
    """Somebody who waits for an answer and can be written to.

    Attributes:
        person_id: Row of the person.
        chat_id: Their private chat.
        role: What the person is.
    """

    person_id: int
    chat_id: int
    role: str


class Unanswered:
    """Reads the list.

    Args:
        reader: The council's store, or an open transaction.
    """

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def get(self, number: int) -> OpenQuestion | None:
        """One question; None where there is none of that number."""
        row = self._reader.one("select * from unanswered where id = ?", [number])
        return None if row is None else _question(row)

    def listed(self, standing: Standing, most: int, skip: int = 0) -> list[OpenQuestion]:
        """Questions that stand so, those asked most often first."""
        rows = self._reader.read(
            "select * from unanswered where state = ? order by asked desc, last_at desc, id"
            " limit ? offset ?",
            [standing.value, most, skip],
        )
        return [_question(row) for row in rows]

    def count(self, standing: Standing) -> int:
        """How many questions stand so."""
        row = self._reader.one(
            "select count(*) as n from unanswered where state = ?", [standing.value]
        )
        return int(row["n"]) if row else 0

    def askers(self, number: int) -> list[Asker]:
        """Who asked and can be written to."""
        rows = self._reader.read(
            "select p.id, p.telegram_id, p.role from unanswered_askers a"
            " join people p on p.id = a.person_id where a.question_id = ?"
            " and p.telegram_id is not null and p.blocked_at is null order by p.id",
            [number],
        )
        return [
            Asker(person_id=row["id"], chat_id=row["telegram_id"], role=row["role"]) for row in rows
        ]


def put_down(
    db: sqlite_utils.Database,
    gist: str,
    question: str,
    cause: Cause,
    person_id: int,
    at: datetime,
) -> None:
    """Put a question on the list inside an open transaction, or count it where it is there.

    What staff dropped stays dropped. What they answered comes back when its answer did not help
    somebody, who does not take it from everybody else, or when it is no paper any more.

    Args:
        db: The database of the transaction.
        gist: By what the same question in the same words is known; nothing is put down without one.
        question: Its words, personal data masked.
        cause: Why.
        person_id: Who asked, or judged.
        at: Now.
    """
    if not gist:
        return
    now = at.isoformat(timespec="seconds")
    words = shortened(squeeze(question), _LONGEST)
    (number,) = db.execute(
        "insert into unanswered (gist, question, cause, state, asked, first_at, last_at)"
        " values (?, ?, ?, 'waiting', 1, ?, ?) on conflict (gist) do update"
        " set asked = asked + 1, last_at = excluded.last_at returning id",
        [gist, words, cause.value, now, now],
    ).fetchone()
    db.execute(
        "update unanswered set state = 'waiting', cause = ?, revision = revision + 1 where id = ?"
        f" and state = 'answered' and (? = 'unhelpful' or not {HAS_PAPER})",
        [cause.value, number, cause.value],
    )
    db.execute(
        "insert into unanswered_askers (question_id, person_id, cause) values (?, ?, ?)"
        " on conflict do update set cause = excluded.cause, told_at = ''",
        [number, person_id, cause.value],
    )


def take_back(db: sqlite_utils.Database, gist: str, person_id: int) -> None:
    """Undo a thumb down inside an open transaction: its giver found the answer helpful after all.

    An answer of staff that nobody finds unhelpful any more is off the list again.

    Args:
        db: The database of the transaction.
        gist: The question.
        person_id: Who judged.
    """
    row = db.execute(
        "delete from unanswered_askers where person_id = ? and cause = 'unhelpful' and question_id"
        " = (select id from unanswered where gist = ? and state = 'waiting') returning question_id",
        [person_id, gist],
    ).fetchone()
    if row is not None:
        db.execute("update unanswered set asked = asked - 1 where id = ?", row)
        db.execute(f"delete from unanswered where id = ? and asked <= 0 and not {HAS_PAPER}", row)
        db.execute(
            "update unanswered set state = 'answered', revision = revision + 1 where id = ?"
            f" and state = 'waiting' and {HAS_PAPER} and not exists (select 1 from"
            "  unanswered_askers where question_id = unanswered.id and cause = 'unhelpful'"
            "  and told_at = '')",
            row,
        )


def forget_asker(db: sqlite_utils.Database, person_id: int) -> None:
    """Take out the questions that only one person asked and no paper answers, with their words.

    Args:
        db: The database of an open transaction, in which the person is still known.
        person_id: The person.
    """
    db.execute(
        f"delete from unanswered where state <> 'answered' and not {HAS_PAPER} and id in"
        " (select question_id from unanswered_askers group by question_id"
        "  having max(person_id) = ? and count(*) = 1)",
        [person_id],
    )


def source_of(number: int) -> str:
    """The source of the paper that answers a question; a later answer takes its place."""
    return f"question:{number}"


def seen_again(db: sqlite_utils.Database, seen: OpenQuestion) -> bool:
    """Whether a question still is as somebody saw it."""
    row = db.execute("select revision from unanswered where id = ?", [seen.id]).fetchone()
    return row is not None and row[0] == seen.revision


def set_answered(
    db: sqlite_utils.Database, seen: OpenQuestion, answer: str, level: Visibility, by: By
) -> None:
    """Keep what staff answered, inside the transaction that writes its paper."""
    _close(db, seen, Standing.ANSWERED, by, answer=answer, reason="")
    _audit(db, seen, by, "answer_question", level=level.name.lower())


def set_dropped(db: sqlite_utils.Database, seen: OpenQuestion, reason: str, by: By) -> None:
    """Take a question off the list inside an open transaction, with or without a reason."""
    _close(db, seen, Standing.DROPPED, by, answer="", reason=reason)
    _audit(db, seen, by, "drop_question", told=bool(reason))


def set_waiting(db: sqlite_utils.Database, seen: OpenQuestion, by: By) -> None:
    """Put a question back on the list, inside the transaction that takes its answer out."""
    _close(db, seen, Standing.WAITING, by, answer="", reason="")
    _audit(db, seen, by, "withdraw_answer")


def set_told(db: sqlite_utils.Database, number: int, askers: Sequence[Asker], at: datetime) -> None:
    """Set down who was told, inside the transaction that puts it into the outbox."""
    for asker in askers:
        db.execute(
            "update unanswered_askers set told_at = ? where question_id = ? and person_id = ?",
            [at.isoformat(timespec="seconds"), number, asker.person_id],
        )


def _close(
    db: sqlite_utils.Database,
    seen: OpenQuestion,
    standing: Standing,
    by: By,
    *,
    answer: str,
    reason: str,
) -> None:
    db.execute(
        "update unanswered set state = ?, answer = ?, reason = ?, closed_at = ?,"
        " revision = revision + 1 where id = ?",
        [standing.value, answer, reason, by.at.isoformat(timespec="seconds"), seen.id],
    )


def _audit(
    db: sqlite_utils.Database, seen: OpenQuestion, by: By, action: str, **details: object
) -> None:
    subject = f"question {seen.id}"
    write_entry(db, at=by.at, person=by.person, action=action, subject=subject, details=details)


def _question(row: object) -> OpenQuestion:
    kept = dict(row)  # type: ignore[call-overload]
    return OpenQuestion(
        id=kept["id"],
        question=kept["question"],
        cause=Cause(kept["cause"]),
        standing=Standing(kept["state"]),
        asked=kept["asked"],
        first_at=kept["first_at"],
        last_at=kept["last_at"],
        answer=kept["answer"],
        reason=kept["reason"],
        revision=kept["revision"],
    )
