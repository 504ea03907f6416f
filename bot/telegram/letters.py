"""The rows of the outbox: what is still to be sent, and what became of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlite_utils

from bot.access import Role, audience_of
from bot.telegram.marks import same_counter
from bot.telegram.writer import Writer
from corpus.database import CouncilDatabase
from corpus.groups import move_group
from corpus.meetings.planning import move_places
from corpus.types import Visibility

SEND = "sendMessage"
EDIT = "editMessageText"
DOCUMENT = "sendDocument"
PHOTO = "sendPhoto"


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One message that has not been delivered yet.

    Attributes:
        id: Row of the outbox; letters of a chat go out in this order.
        chat_id: Where to.
        method: `sendMessage`, `editMessageText`, `sendDocument` or `sendPhoto`.
        parameters: The method's parameters without the chat.
        edited: For an edit, the number of the message, or of the outbox row that sent it.
        after: Highest message number known when it was last sent and no answer came; None when
            it certainly has not arrived.
        answer_id: The answer that it shows, if any.
        attempts: How often it has been tried.
        not_before: Earliest time of the next attempt.
        created_at: When it was written.
        notice: Whether nobody asked for it: it answers no update.
        level: What whoever reads it must be allowed to see.
    """

    id: int
    chat_id: int
    method: str
    parameters: dict[str, Any]
    edited: dict[str, int]
    after: int | None
    answer_id: int | None
    attempts: int
    not_before: datetime
    created_at: datetime
    notice: bool
    level: Visibility


Instead = Callable[[sqlite_utils.Database, Letter, datetime], int | None]


class Letters:
    """Reads and changes the outbox.

    Args:
        database: The store.
        writer: Its writes.
    """

    def __init__(self, database: CouncilDatabase, writer: Writer) -> None:
        self._database = database
        self._writer = writer

    def open_chats(self) -> list[int]:
        """Chats that something is still to be sent to."""
        rows = self._database.read(
            "select distinct chat_id from outbox where state in ('queued', 'sending')"
        )
        return [row["chat_id"] for row in rows]

    def next(self, chat_id: int) -> Letter | None:
        """The oldest undelivered letter of a chat."""
        row = self._database.one(
            "select * from outbox where chat_id = ? and state in ('queued', 'sending')"
            " order by id limit 1",
            [chat_id],
        )
        if row is None:
            return None
        parameters = json.loads(row["payload"])
        after = parameters.pop("after", None)
        edited = {k: parameters.pop(k) for k in ("message_id", "edits") if k in parameters}
        return Letter(
            id=row["id"],
            chat_id=chat_id,
            method=row["method"],
            parameters=parameters,
            edited=edited,
            after=after[1] if row["state"] == "sending" and after else None,
            answer_id=row["answer_id"],
            attempts=row["attempts"],
            not_before=datetime.fromisoformat(row["not_before"]),
            created_at=datetime.fromisoformat(row["created_at"]),
            notice=row["update_id"] is None,
            level=Visibility(row["level"]),
        )

    def readers_level(self, chat_id: int) -> Visibility:
        """What those who read a chat may see by now: the person, or the group as it is bound."""
        if chat_id < 0:
            sql = "select level from bound_groups where chat_id = ?"
            group = self._database.one(sql, [chat_id])
            return Visibility(group["level"]) if group else Visibility.PUBLIC
        row = self._database.one("select role from people where telegram_id = ?", [chat_id])
        return audience_of(Role(row["role"])) if row else Visibility.PUBLIC

    def target(self, letter: Letter) -> int | None:
        """Number of the message that an edit changes; None when it was never delivered."""
        if "message_id" in letter.edited:
            return letter.edited["message_id"]
        row = self._database.one(
            "select message_id from outbox where id = ?", [letter.edited["edits"]]
        )
        return None if row is None else row["message_id"]

    def taken_after(self, chat_id: int, number: int) -> set[int]:
        """Numbers above `number` that messages are known to have which share a chat's counter."""
        first, last = same_counter(chat_id)
        rows = self._database.read(
            "select message_id from outbox where message_id > ? and chat_id between ? and ?"
            " union select question_message_id from answers"
            " where question_message_id > ? and chat_id between ? and ?",
            [number, first, last, number, first, last],
        )
        return {row["message_id"] for row in rows}

    async def sending(self, letter: Letter, highest: int) -> None:
        """Write down that a letter is about to be sent, and above which number it will be."""
        text = _payload(letter, after=[letter.chat_id, highest])
        await self._execute(
            "update outbox set state = 'sending', payload = ?, attempts = attempts + 1"
            " where id = ?",
            [text, letter.id],
        )

    async def arrived(self, letter: Letter, message_id: int | None) -> None:
        """Write down that a letter is there; its text is not needed any more and is erased."""

        def work(db: sqlite_utils.Database) -> None:
            db.execute(
                "update outbox set state = 'sent', payload = '', message_id = ? where id = ?",
                [message_id, letter.id],
            )
            if letter.answer_id is not None:
                db.execute(
                    "update answers set reply_message_id = ? where id = ?",
                    [message_id, letter.answer_id],
                )

        await self._writer.write(work)

    async def failed(self, letter: Letter) -> None:
        """Write down that a letter will never arrive."""
        await self._execute(
            "update outbox set state = 'failed', payload = '' where id = ?", [letter.id]
        )

    async def withheld(self, letter: Letter, now: datetime, said: dict[str, Any]) -> None:
        """Have the answer of an update that its readers may not see any more replaced, once.

        Args:
            letter: A part of the answer.
            now: Earliest time of what is said instead.
            said: What is said instead of all its parts.
        """
        where = ("message_thread_id", "reply_parameters")
        parameters = said | {k: v for k, v in letter.parameters.items() if k in where}
        method = EDIT if letter.method == EDIT else SEND
        text = _payload(letter, parameters=parameters)

        def work(db: sqlite_utils.Database) -> None:
            db.execute(
                "update outbox set state = 'failed', payload = '' where update_id = ("
                "select update_id from outbox where id = ?) and chat_id = ? and level >= ?"
                " and state in ('queued', 'sending') and id <> ?",
                [letter.id, letter.chat_id, int(letter.level), letter.id],
            )
            db.execute(
                "update outbox set state = 'queued', level = 0, method = ?, payload = ?,"
                " not_before = ? where id = ?",
                [method, text, now.isoformat(), letter.id],
            )

        await self._writer.write(work)

    async def blocked(self, letter: Letter, now: datetime, instead: Instead) -> int | None:
        """Write down that a person cannot be written to; they are not notified of anything more.

        Args:
            letter: What they would have been told.
            now: Time of the refusal.
            instead: Writes what is said elsewhere instead, and gives the chat.

        Returns:
            The chat where something is to be sent instead, if any.
        """

        def work(db: sqlite_utils.Database) -> int | None:
            db.execute("update outbox set state = 'failed', payload = '' where id = ?", [letter.id])
            db.execute(
                "update people set blocked_at = ? where telegram_id = ?",
                [now.isoformat(), letter.chat_id],
            )
            return instead(db, letter, now)

        return await self._writer.write(work)

    async def again(
        self,
        letter: Letter,
        not_before: datetime,
        *,
        unsure: bool = False,
        method: str | None = None,
        parameters: dict[str, Any] | None = None,
    ) -> None:
        """Leave a letter for another attempt.

        Args:
            letter: The letter.
            not_before: Earliest time of it.
            unsure: The last attempt may have arrived, so it is to be looked for first.
            method: Another method to try, if any.
            parameters: Other parameters to try, if any.
        """
        row = "state = 'queued', payload = ?," if not unsure else ""
        values = [] if unsure else [_payload(letter, parameters=parameters)]
        await self._execute(
            f"update outbox set {row} method = ?, not_before = ?, attempts = max(attempts, ?)"
            " where id = ? and chat_id = ?",
            [
                *values,
                method or letter.method,
                not_before.isoformat(),
                letter.attempts + 1,
                letter.id,
                letter.chat_id,  # it may have followed its group meanwhile
            ],
        )

    async def move(self, old: int, new: int) -> None:
        """Follow a group to its new number."""
        await self._writer.write(lambda db: move(db, old, new))

    async def _execute(self, sql: str, values: list[Any]) -> None:
        work: Callable[[sqlite_utils.Database], object] = lambda db: db.execute(sql, values)  # noqa: E731
        await self._writer.write(work)


def move(db: sqlite_utils.Database, old: int, new: int) -> None:
    """Let undelivered letters, conversations and places of notes follow a group to its new number.

    The new group counts its messages from 1, so no number of the old one means anything in it:
    edits become new messages, and replies stand alone. Nor does a limit on the old one last.
    """
    letters = db.execute(
        "select id, payload from outbox where chat_id = ? and state in ('queued', 'sending')",
        [old],
    ).fetchall()
    for number, text in letters:
        parameters = json.loads(text)
        for key in ("message_id", "edits", "after", "reply_parameters"):
            parameters.pop(key, None)
        db.execute(
            "update outbox set chat_id = ?, method = iif(method = ?, ?, method), state = 'queued',"
            " payload = ?, not_before = created_at where id = ?",
            [new, EDIT, SEND, json.dumps(parameters, ensure_ascii=False), number],
        )
    move_places(db, old, new)
    move_group(db, old, new)
    db.execute(
        "update answers set conversation = replace(conversation, ?, ?), chat_id = ?,"
        " question_message_id = null where conversation like ? escape '!'",
        [f"telegram:{old}:", f"telegram:{new}:", new, f"telegram:{old}:%"],
    )


def _payload(
    letter: Letter, *, parameters: dict[str, Any] | None = None, after: list[int] | None = None
) -> str:
    whole = {**(parameters or letter.parameters), **letter.edited}
    if after is not None:
        whole["after"] = after
    return json.dumps(whole, ensure_ascii=False)
