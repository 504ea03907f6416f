"""People in present need get the public emergency numbers; who asks for help is passed on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sqlite_utils
from telegram import Update

from bot.clock import seoul
from bot.opinions import LONGEST, contact_in
from bot.render import escaped
from bot.telegram.desk import Desk, Exchange
from bot.telegram.dialogues import LEDGER, close_dialogue, open_dialogue
from bot.telegram.opinions.keyboards import HELP, below_receipt, help_offered
from bot.telegram.opinions.notices import Notices
from bot.telegram.pressed import pressed_parts
from corpus.database import OpenTransaction
from corpus.ledger.ledger import Ledger
from corpus.ledger.opinion import Author, Matter, Place
from corpus.ledger.raising import NewOpinion, pseudonym, record
from corpus.messages import say
from corpus.text import clean
from retrieval.understanding.asking_help import asks_help
from retrieval.understanding.personal_data import mask
from retrieval.understanding.present_need import present_need

if TYPE_CHECKING:
    from bot.assistant import Assistant


class Needs:
    """Heeds people who need help.

    Args:
        desk: Takes up updates and commits their effects.
        assistant: Makes index terms, and tells the dong.
        notices: Tells staff.
    """

    def __init__(self, desk: Desk, assistant: Assistant, notices: Notices) -> None:
        self._desk = desk
        self._assistant = assistant
        self._notices = notices

    async def warn(self, exchange: Exchange, text: str) -> None:
        """Give somebody in danger the public emergency numbers at once."""
        await warn(self._desk, exchange, text)

    async def heed(self, exchange: Exchange, text: str) -> None:
        """Say at once what somebody in need can do now; nothing is kept of what they wrote."""
        await self.warn(exchange, text)
        if exchange.private and _asks(text):
            await self._desk.say_first(exchange, escaped(say("need.help")), help_offered())

    async def receive(self, exchange: Exchange, text: str) -> None:
        """Close an exchange with what can be done about something that is told in confidence.

        Args:
            exchange: The update.
            text: What was told, to which the papers say nothing.
        """
        if exchange.private and _asks(text):
            await self._desk.close(exchange)  # the way to help has been shown already
        elif exchange.private:
            key = "need.personal" if present_need(text) is None else "need.after_emergency"
            await self._desk.reply(exchange, escaped(say(key)), help_offered())
        else:
            await self._desk.reply(exchange, escaped(say("need.not_here")))

    async def press(self, update: Update, context: Any) -> None:
        """Show the way to the counter, or ask what is to be passed on to staff."""
        exchange = await self._desk.pressed(update)
        (what,) = pressed_parts(update, HELP)
        if what != "pass":
            await self._desk.reply(exchange, escaped(say("need.counter")))
            return

        def effects(db: sqlite_utils.Database) -> None:
            open_dialogue(db, exchange, LEDGER, {"step": "help"}, self._desk.now())
            self._desk.post(db, exchange, escaped(say("need.what_to_pass")))

        await self._desk.close(exchange, effects)

    async def pass_on(self, exchange: Exchange, text: str) -> None:
        """Pass on to staff what somebody wrote for them: in private, with their own contact."""
        whole = clean(text)[:LONGEST].strip()
        now = seoul(self._desk.now())
        dong = await self._desk.think(lambda: self._assistant.classify(whole).dong or "")

        def effects(db: sqlite_utils.Database) -> None:
            close_dialogue(db, exchange)
            new = NewOpinion(
                text=mask(whole),
                matter=Matter(dong=dong, topic=say("need.topic")),
                author=Author(
                    person_id=exchange.person.id,
                    pseudonym=pseudonym(exchange.person.key, now.year),
                    contact=contact_in(whole),
                ),
                place=Place(chat_id=exchange.chat_id, message_id=exchange.message_id),
                raised_at=now.isoformat(timespec="seconds"),
                private=True,
            )
            by, analyse = self._desk.by(exchange), self._assistant.opinions.index_terms
            opinion_id = record(db, new, by, analyse)
            opinion = Ledger(OpenTransaction(db)).get(opinion_id)
            number = opinion.number if opinion else ""
            reached = self._notices.staff(db, exchange, opinion_id, ())
            key = "need.passed" if reached else "need.nobody"
            markup = below_receipt(opinion_id)
            self._desk.post(db, exchange, escaped(say(key, number=number)), markup)

        await self._desk.close(exchange, effects)


async def warn(desk: Desk, exchange: Exchange, text: str) -> None:
    """Give somebody in danger the public emergency numbers at once, whatever else is done."""
    if present_need(text) is not None:
        await desk.say_first(exchange, f"<b>{escaped(say('need.emergency'))}</b>")


def _asks(text: str) -> bool:
    return present_need(text) is None and asks_help(text)
