"""`/my`, `/forget_me`: opinions followed by their authors, and authors forgotten."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sqlite_utils
from telegram import Update

from bot.clock import day_of
from bot.opinion_cards import line
from bot.render import escaped
from bot.telegram.desk import Desk, Exchange
from bot.telegram.dialogues import LEDGER, open_dialogue
from bot.telegram.opinions.forgetting import erase, forget_words
from bot.telegram.opinions.keyboards import (
    AUTHOR,
    FORGET,
    forget_asked,
    to_open,
)
from bot.telegram.opinions.notices import Notices
from bot.telegram.pressed import pressed_message, pressed_parts
from corpus.database import OpenTransaction, Reader
from corpus.errors import LedgerError
from corpus.ledger import handling
from corpus.ledger.erasure import Erased, foreseen
from corpus.ledger.ledger import Ledger
from corpus.ledger.raising import withdraw
from corpus.ledger.wanted import Wanted
from corpus.messages import say
from corpus.people import People

if TYPE_CHECKING:
    from bot.assistant import Assistant

_PAGE = 8
_MINE = 20


class Following:
    """Handlers of what people do with their own opinions.

    Args:
        desk: Takes up updates and commits their effects.
        assistant: Reads the ledger.
        notices: Tells staff.
        reader: The store.
    """

    def __init__(self, desk: Desk, assistant: Assistant, notices: Notices, reader: Reader) -> None:
        self._desk = desk
        self._reader = reader
        self._assistant = assistant
        self._notices = notices

    async def mine(self, update: Update, context: Any) -> None:
        """`/my`: a person's own opinions, only where nobody else reads."""
        exchange = await self._desk.open(update)
        if not exchange.private:
            await self._desk.reply(exchange, escaped(say("opinion.in_private")))
            return
        wanted = Wanted(author_id=exchange.person.id)
        ledger, today = self._assistant.opinions.ledger, day_of(self._desk.now())
        found = await self._desk.think(
            lambda: ledger.listed(wanted, exchange.audience, today, most=_MINE)
        )
        count = ledger.count(wanted, exchange.audience, today)
        lines = [line(one, exchange.audience, own=True) for one in found]
        text = "\n".join([say("opinion.yours", count=count), *lines])
        markup = to_open(found) if found else None
        await self._desk.reply(
            exchange, escaped(text if found else say("opinion.none_yours")), markup
        )

    # -- an author and their own -------------------------------------------------------------------
    async def author(self, update: Update, context: Any) -> None:
        """A button below one's own opinion: take it back, judge the reply, answer a question."""
        exchange = await self._desk.open(update)
        what, number = pressed_parts(update, AUTHOR)
        opinion = self._assistant.opinions.ledger.get(int(number))
        if opinion is None or opinion.author_id != exchange.person.id:
            await self._desk.close(exchange)
            await self._desk.acknowledge(update, say("opinion.not_yours"))
            return
        await self._desk.acknowledge(update)
        if what == "withdraw":
            await self._withdraw(exchange, opinion.id, pressed_message(update))
        elif what == "respond":
            await self._respond(exchange, opinion.id)
        else:
            await self._judge(exchange, opinion.id, helpful=what == "helped")

    async def _withdraw(self, exchange: Exchange, opinion_id: int, pressed: int | None) -> None:
        by = self._desk.by(exchange)

        def effects(db: sqlite_utils.Database) -> None:
            before = Ledger(OpenTransaction(db)).get(opinion_id)
            number = before.number if before else ""
            try:
                withdraw(db, opinion_id, by)
            except LedgerError as error:
                self._desk.post(db, exchange, escaped(str(error)))
                return
            forget_words(db, [number])
            text = escaped(say("opinion.withdrawn", number=number))
            self._desk.post(db, exchange, text, over=pressed)
            said = say("opinion.author_withdrew", number=number)
            self._notices.handler(db, exchange, opinion_id, said)

        await self._desk.close(exchange, effects)

    async def _respond(self, exchange: Exchange, opinion_id: int) -> None:
        def effects(db: sqlite_utils.Database) -> None:
            state = {"step": "respond", "opinion": opinion_id}
            open_dialogue(db, exchange, LEDGER, state, self._desk.now())
            self._desk.post(db, exchange, escaped(say("opinion.how_to_respond")))

        await self._desk.close(exchange, effects)

    async def _judge(self, exchange: Exchange, opinion_id: int, *, helpful: bool) -> None:
        by = self._desk.by(exchange)

        def effects(db: sqlite_utils.Database) -> None:
            handling.judge(db, opinion_id, exchange.person.id, by, helpful=helpful)
            key = "opinion.thanks" if helpful else "opinion.sorry"
            self._desk.post(db, exchange, escaped(say(key)))
            if not helpful:
                opinion = Ledger(OpenTransaction(db)).get(opinion_id)
                target = opinion_id if opinion is None else opinion.merged_into or opinion_id
                number = opinion.number if opinion else ""
                said = say("opinion.did_not_help", number=number)
                self._notices.handler(db, exchange, target, said)

        await self._desk.close(exchange, effects)

    # -- being forgotten ---------------------------------------------------------------------------
    async def forget_me(self, update: Update, context: Any) -> None:
        """`/forget_me`: say what would be erased and what stays, and ask."""
        exchange = await self._desk.open(update)
        if not exchange.private:
            await self._desk.reply(exchange, escaped(say("opinion.in_private")))
            return
        person_id = exchange.person.id
        if People(self._reader).only_administrator(person_id):
            await self._desk.reply(exchange, escaped(say("opinion.last_administrator")))
            return
        erased = await self._desk.think(lambda: foreseen(self._reader, person_id))
        lines = [
            say("opinion.ask_forget"),
            *_which(erased, "opinion.would_remove", "opinion.would_keep"),
            say("opinion.no_return"),
        ]
        await self._desk.reply(exchange, escaped("\n".join(lines)), forget_asked())

    async def forget(self, update: Update, context: Any) -> None:
        """Erase the person, or not."""
        exchange = await self._desk.pressed(update)
        (answer,) = pressed_parts(update, FORGET)
        if answer != "yes" or not exchange.private:
            await self._desk.reply(exchange, escaped(say("review.stopped")))
            return
        by = self._desk.by(exchange)

        def effects(db: sqlite_utils.Database) -> None:
            if People(OpenTransaction(db)).only_administrator(exchange.person.id):
                self._desk.post(db, exchange, escaped(say("opinion.last_administrator")))
                return
            erased = erase(db, exchange.person.id, by)
            lines = [
                say("opinion.forgot"),
                *_which(erased, "opinion.forgot_removed", "opinion.forgot_kept"),
            ]
            self._desk.post(db, exchange, escaped("\n".join(lines)))

        await self._desk.close(exchange, effects)
        await self._desk.scrub()


def _which(erased: Erased, removed: str, kept: str) -> list[str]:
    """Lines that say which opinions go and which stay; none where there are none."""
    named = ((removed, erased.removed), (kept, erased.kept))
    return [say(key, numbers=", ".join(numbers)) for key, numbers in named if numbers]
