"""Opinions raised: `/opinion`, a reply with it, or a message that sounds like one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sqlite_utils
from telegram import Message, Update, User

from bot.access import meet
from bot.render import escaped
from bot.telegram.addressing import Addressing
from bot.telegram.desk import Desk, Exchange
from bot.telegram.gate import Gate
from bot.telegram.opinions import drafts
from bot.telegram.opinions.confirming import Confirming
from bot.telegram.opinions.draft_card import draft_card
from bot.telegram.opinions.drafts import Draft
from bot.telegram.opinions.keyboards import below_draft
from bot.telegram.questions import Questions
from corpus.database import Reader
from corpus.ledger.opinion import Place
from corpus.messages import say

if TYPE_CHECKING:
    from bot.assistant import Assistant


class Raising:
    """Handlers by which opinions come in.

    Args:
        desk: Takes up updates and commits their effects.
        assistant: Understands opinions.
        addressing: Tells what is said to the bot.
        questions: Answers what is no opinion.
        confirming: Shows drafts anew.
        reader: The store.
        gate: Tells who may raise one more.
    """

    def __init__(
        self,
        desk: Desk,
        assistant: Assistant,
        addressing: Addressing,
        questions: Questions,
        confirming: Confirming,
        reader: Reader,
        gate: Gate,
    ) -> None:
        self._gate = gate
        self._desk = desk
        self._assistant = assistant
        self._addressing = addressing
        self._questions = questions
        self._confirming = confirming
        self._reader = reader

    async def command(self, update: Update, context: Any) -> None:
        """`/opinion 내용`, or `/opinion` as a reply to the message that says it."""
        exchange = await self._desk.open(update)
        message = update.effective_message
        command = self._addressing.command(message) if message else None
        if message is None or command is None:
            await self._desk.close(exchange)
            return
        replied = message.reply_to_message
        if command.rest:
            await self.offer(exchange, message, message.from_user, command.rest)
        elif replied is not None and (replied.text or replied.caption):
            if replied.from_user is None or replied.from_user.is_bot:
                await self._desk.reply(exchange, escaped(say("opinion.no_person")))
                return
            text = str(replied.text or replied.caption)
            await self.offer(exchange, replied, replied.from_user, text)
        else:
            await self._desk.reply(exchange, escaped(say("opinion.usage")))

    async def hear(self, update: Update, context: Any) -> None:
        """A message without a command: an opinion is offered to be recorded, all else is asked."""
        message = update.effective_message
        if message is None:
            return
        text = self._addressing.question(message)
        alone = message.reply_to_message is None and str(message.chat.type) == "private"
        if not alone or not await self._desk.think(
            lambda: self._assistant.opinions.recognised(text)
        ):
            await self._questions.ask(update, context)
            return
        exchange = await self._desk.open(update)
        await self.offer(exchange, message, message.from_user, text, offered=True)

    async def edited(self, update: Update, context: Any) -> None:
        """A message that says an opinion was edited: its draft follows, what is recorded stays."""
        exchange = await self._desk.open(update)
        message = update.effective_message
        draft = drafts.of_message(self._reader, message) if message else None
        if message is None or draft is None:
            await self._desk.close(exchange)
            return
        command = self._addressing.command(message)
        text = command.rest if command else str(message.text or "")
        if draft.opinion_id is not None:
            opinion = self._assistant.opinions.ledger.get(draft.opinion_id)
            number = opinion.number if opinion else ""
            await self._desk.reply(exchange, escaped(say("opinion.edited_too_late", number=number)))
        elif text.strip():
            await self._confirming.reword(exchange, draft, text)
        else:
            await self._desk.close(exchange)

    async def offer(
        self,
        exchange: Exchange,
        message: Message,
        author: User | None,
        text: str,
        *,
        offered: bool = False,
    ) -> None:
        """Show what would be recorded; nothing is taken before the person confirms.

        Args:
            exchange: The update.
            message: What says the opinion.
            author: Whose message it is.
            text: The opinion.
            offered: Whether nobody asked for it.
        """
        await self._questions.heed(exchange, text)
        if not await self._gate.lets_raise(exchange, text):
            return
        drafted = await self._desk.think(
            lambda: self._assistant.opinions.drafted(text, exchange.audience)
        )

        def effects(db: sqlite_utils.Database) -> None:
            writer = meet(db, author.id, self._desk.now) if author else exchange.person
            draft = drafts.keep(
                db,
                Draft(
                    person_id=exchange.person.id,
                    author_id=writer.id,
                    author_name=author.full_name if author else "",
                    place=Place(
                        chat_id=exchange.chat_id,
                        message_id=message.message_id,
                        link=message.link or "",
                    ),
                    text=drafted.text,
                    matter=drafted.matter,
                ),
                self._desk.now(),
            )
            ledger = self._assistant.opinions.ledger
            card = draft_card(draft, drafted, exchange.audience, ledger, offered=offered)
            # A contact is typed, and in a group everybody would read it.
            markup = below_draft(draft.id, contact=exchange.private, offered=offered)
            self._desk.post(db, exchange, card, markup)

        await self._desk.close(exchange, effects)
