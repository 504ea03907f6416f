"""Failures: a number for the person, the traceback for whoever runs the bot."""

from __future__ import annotations

import logging
import secrets
import traceback
from collections.abc import Callable
from datetime import datetime
from typing import Any

import sqlite_utils
from telegram import Message, Update

from bot.render import escaped
from bot.telegram.addressing import topic
from bot.telegram.delivery import payload
from bot.telegram.inbox import fail
from bot.telegram.outbox import Outbox, enqueue
from bot.telegram.writer import Writer
from corpus.messages import say
from corpus.types import Visibility

_LOGGER = logging.getLogger(__name__)

# Without letters that are mistaken for one another when read out on the telephone.
_ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


def incident_number() -> str:
    """Six characters to find a failure in the log by; a billion different ones."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(6))


class Incidents:
    """Ends an update that could not be handled.

    Args:
        writer: Writes to the store.
        outbox: Delivers what is committed.
        now: The clock, aware.
        new_number: Gives incident numbers.
    """

    def __init__(
        self,
        writer: Writer,
        outbox: Outbox,
        now: Callable[[], datetime],
        new_number: Callable[[], str] = incident_number,
    ) -> None:
        self._writer = writer
        self._outbox = outbox
        self._now = now
        self._new_number = new_number

    async def raised(self, update: object, context: Any) -> None:
        """Handle an exception of a handler; PTB calls this."""
        number = self._new_number()
        # Exceptions quote what they were given, so only their types and lines are logged.
        number_of = update.update_id if isinstance(update, Update) else 0
        told = outline(context.error)
        _LOGGER.error("event=incident number=%s update=%d\n%s", number, number_of, told)
        if isinstance(update, Update):
            await self._tell(update, number)

    async def crashed(self, update: Update) -> None:
        """Give up an update whose handling ended the process several times."""
        number = self._new_number()
        _LOGGER.error(
            "event=incident number=%s update=%d cause=process_ended", number, update.update_id
        )
        await self._tell(update, number)

    async def _tell(self, update: Update, number: str) -> None:
        chat, message = update.effective_chat, update.effective_message

        def work(db: sqlite_utils.Database) -> None:
            # What was handled before it failed has had its answer.
            if fail(db, update.update_id, self._now()) and chat is not None:
                enqueue(
                    db,
                    update_id=update.update_id,
                    chat_id=chat.id,
                    parameters=payload(
                        escaped(say("telegram.incident", number=number)),
                        thread=topic(message) if isinstance(message, Message) else None,
                        reply_to=message.message_id if message else None,
                    ),
                    now=self._now(),
                    level=Visibility.PUBLIC,
                )

        await self._writer.write(work)
        if chat is not None:
            self._outbox.wake(chat.id)


def outline(error: BaseException | None) -> str:
    """An exception and its causes as types and lines of code, without their words."""
    lines: list[str] = []
    while error is not None:
        lines += [f"{type(error).__module__}.{type(error).__qualname__}\n"]
        lines += traceback.format_tb(error.__traceback__)
        error = error.__cause__ or error.__context__
    return "".join(lines).rstrip()
