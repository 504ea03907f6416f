"""What was asked and answered in Telegram, for follow-ups, buttons and corrections."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

import sqlite_utils

from bot.answers import decode, encode
from corpus.database import CouncilDatabase
from corpus.types import Visibility
from retrieval.types import Answer, Turn
from retrieval.understanding.personal_data import mask

# What a follow-up may look back on; more than the last few exchanges only confuses.
_TURNS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedAnswer:
    """An answer as it was given.

    Attributes:
        id: Row in the store.
        question: What was asked, personal data masked.
        answer: What was said.
        audience: The level for which it was made.
    """

    id: int
    question: str
    answer: Answer
    audience: Visibility

    @property
    def turn(self) -> Turn | None:
        """What a follow-up refers to; None after small talk."""
        if not self.answer.standalone:
            return None
        return self.answer.turn


def key(chat_id: int, thread: int | None, person_id: int) -> str:
    """Name of a conversation: one per chat, topic and person."""
    return f"telegram:{chat_id}:{thread or 0}:{person_id}"


def save(
    db: sqlite_utils.Database,
    *,
    conversation: str,
    question: str,
    answer: Answer,
    audience: Visibility,
    chat_id: int,
    question_message_id: int | None,
    now: datetime,
) -> int:
    """Keep an exchange, inside the transaction that sends it; returns its row.

    Personal data in the question is masked before anything of it is kept.
    """
    cursor = db.execute(
        "insert into answers (conversation, question, answer, visibility, chat_id,"
        " question_message_id, asked_at) values (?, ?, ?, ?, ?, ?, ?) returning id",
        [
            conversation,
            mask(question),
            encode(replace(answer, standalone=mask(answer.standalone))),
            audience.value,
            chat_id,
            question_message_id,
            now.isoformat(),
        ],
    )
    return int(cursor.fetchone()[0])


class Conversations:
    """Reads exchanges back.

    Args:
        database: The store.
        memory: How long a follow-up may look back.
    """

    def __init__(self, database: CouncilDatabase, memory: timedelta) -> None:
        self._database = database
        self._memory = memory

    def answer(self, answer_id: int, chat_id: int) -> SavedAnswer | None:
        """An exchange of a chat by its row; None where it is not there, or another chat's."""
        return self._first("id = ? and chat_id = ?", [answer_id, chat_id])

    def asked_by(self, answer_id: int, person_id: int) -> SavedAnswer | None:
        """An exchange of a person by its row; None where it is not there, or another's."""
        mine = "id = ? and conversation like ?"
        return self._first(mine, [answer_id, f"telegram:%:%:{person_id}"])

    def of_question(self, chat_id: int, message_id: int) -> SavedAnswer | None:
        """The last answer to a message."""
        return self._first("chat_id = ? and question_message_id = ?", [chat_id, message_id])

    def of_reply(self, chat_id: int, message_id: int) -> SavedAnswer | None:
        """The answer that one of the bot's messages shows, or a part of it."""
        return self._first(
            "id = (select answer_id from outbox where chat_id = ? and message_id = ?"
            " and answer_id is not null order by id desc limit 1)",
            [chat_id, message_id],
        )

    def earlier(
        self, conversation: str, now: datetime, audience: Visibility, *, but: int | None = None
    ) -> tuple[Turn, ...]:
        """The last turns of a conversation, oldest first.

        Args:
            conversation: Its key.
            now: The time of the new question.
            audience: Highest level of the turns; those of a role or a group's level that are no
                more are left out.
            but: A question's message that is being asked anew, and is left out.
        """
        rows = self._database.read(
            "select * from answers where conversation = ? and asked_at >= ?"
            " and question_message_id is not ? and visibility <= ?"
            " and id in (select max(id) from answers where conversation = ?"
            " group by ifnull(question_message_id, -id))"
            " order by id desc limit ?",
            [
                conversation,
                (now - self._memory).isoformat(),
                but or -1,
                int(audience),
                conversation,
                _TURNS,
            ],
        )
        turns = (_saved(row).turn for row in reversed(rows))
        return tuple(turn for turn in turns if turn is not None)

    def messages(self, answer_id: int) -> list[int]:
        """Outbox rows of the messages that show an answer, in order."""
        rows = self._database.read(
            "select id from outbox where answer_id = ? and method = 'sendMessage' order by id",
            [answer_id],
        )
        return [row["id"] for row in rows]

    def _first(self, condition: str, values: list[Any]) -> SavedAnswer | None:
        row = self._database.one(
            f"select * from answers where {condition} order by id desc limit 1", values
        )
        return None if row is None else _saved(row)


def _saved(row: Any) -> SavedAnswer:
    return SavedAnswer(
        id=row["id"],
        question=row["question"],
        answer=decode(row["answer"]),
        audience=Visibility(row["visibility"]),
    )
