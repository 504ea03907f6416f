"""Presses of the buttons below an answer: sources, thumbs and choices."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sqlite_utils
from telegram import InlineKeyboardMarkup, Update

from bot.opinion_cards import last_reply, status
from bot.render import escaped, quote_in_context
from bot.telegram.conversations import Conversations, SavedAnswer
from bot.telegram.desk import Desk, Exchange
from bot.telegram.keyboards import CHOICE, SOURCE, VOTE
from bot.telegram.pressed import pressed_data, pressed_label, pressed_message
from bot.telegram.questions import Asked, Questions
from bot.telegram.reviewing import Reviewing
from bot.telegram.unanswered.outcomes import Outcomes
from corpus.ledger.numbers import quoted
from corpus.messages import say
from corpus.types import Visibility
from retrieval.types import Citation

if TYPE_CHECKING:
    from bot.assistant import Assistant

# Characters on either side of a quote: half a phone's screen in all.
_MARGIN = 120


class Presses:
    """Handlers of buttons.

    Args:
        desk: Takes up updates and commits their effects.
        assistant: Shows quotes in their context.
        conversations: The answers that the buttons belong to.
        questions: Asks what a choice says.
        reviewing: Gives staff the buttons of a row.
    """

    def __init__(
        self,
        desk: Desk,
        assistant: Assistant,
        conversations: Conversations,
        questions: Questions,
        reviewing: Reviewing,
    ) -> None:
        self._desk = desk
        self._assistant = assistant
        self._conversations = conversations
        self._questions = questions
        self._reviewing = reviewing
        self._outcomes = Outcomes(assistant.gist, desk.now)

    async def source(self, update: Update, context: Any) -> None:
        """Show the quote of a source in the text around it, if it may still be seen."""
        exchange = await self._desk.pressed(update)
        saved, number = self._pressed(update, SOURCE, exchange)
        citations = saved.answer.citations if saved else ()
        citation = next((c for c in citations if c.number == number), None)
        if citation is None:
            await self._below(update, exchange, escaped(say("telegram.answer_gone")))
            return
        text = await self._quote(citation, exchange)
        markup = self._reviewing.buttons(exchange, citation)
        await self._below(update, exchange, text, markup)

    async def _quote(self, citation: Citation, exchange: Exchange) -> str:
        if number := quoted(citation.document):
            return await self._opinion(number, exchange)
        found = await self._desk.think(
            lambda: self._assistant.context(
                citation.document_id, citation.start, citation.end, exchange.audience, _MARGIN
            )
        )
        if found is None:
            return escaped(say("telegram.source_gone"))
        return quote_in_context(
            found.title, citation.locator, found.before, found.quote, found.after
        )

    async def _opinion(self, number: tuple[int, int], exchange: Exchange) -> str:
        """An opinion of the ledger as it stands now, with what was replied."""
        ledger = self._assistant.opinions.ledger
        opinion = await self._desk.think(lambda: ledger.numbered(*number))
        audience = exchange.audience
        if opinion and exchange.private and opinion.author_id == exchange.person.id:
            audience = Visibility.STAFF  # the author reads what staff read of it
        words = opinion.words(audience) if opinion else ""
        if opinion is None or not words:
            return escaped(say("telegram.source_gone"))
        reply = last_reply(opinion, audience, ledger)
        where = f"{opinion.number}, {opinion.raised_on}"
        stands = status(opinion.seen_by(audience))
        return quote_in_context(where, stands, "", words, f"\n{reply}" if reply else "")

    async def vote(self, update: Update, context: Any) -> None:
        """Keep a person's judgement of an answer; a second press changes it."""
        exchange = await self._desk.open(update)
        saved, helpful = self._pressed(update, VOTE, exchange)
        if saved is None:
            await self._desk.close(exchange)
            await self._desk.acknowledge(update, say("telegram.answer_gone"))
            return

        def effects(db: sqlite_utils.Database) -> None:
            self._outcomes.judged(db, exchange, saved, helpful=bool(helpful))

        await self._desk.close(exchange, effects)
        await self._desk.acknowledge(
            update, say("telegram.thanks" if helpful else "telegram.sorry")
        )

    async def choice(self, update: Update, context: Any) -> None:
        """Ask what the pressed choice says, in continuation of the answer that offered it."""
        exchange = await self._desk.pressed(update)
        saved, index = self._pressed(update, CHOICE, exchange)
        if saved is None or index >= len(saved.answer.choices):
            await self._below(update, exchange, escaped(say("telegram.answer_gone")))
            return
        text = saved.answer.choices[index]
        earlier = () if saved.turn is None else (saved.turn,)
        await self._questions.answer(
            exchange,
            Asked(text=text, shown=text, earlier=earlier, reply_to=pressed_message(update)),
        )

    async def example(self, update: Update, context: Any) -> None:
        """Ask the question that stands on the pressed button."""
        exchange = await self._desk.pressed(update)
        text = pressed_label(update)
        if not text:
            await self._below(update, exchange, escaped(say("telegram.answer_gone")))
            return
        await self._questions.answer(exchange, Asked(text=text, shown=text))

    async def unknown(self, update: Update, context: Any) -> None:
        """Say that a button has nothing behind it any more."""
        await self._desk.close(await self._desk.open(update))
        await self._desk.acknowledge(update, say("telegram.answer_gone"))

    def _pressed(
        self, update: Update, pattern: str, exchange: Exchange
    ) -> tuple[SavedAnswer | None, int]:
        """The answer that a button belongs to, if this audience may see it, and its number."""
        match = pressed_data(update, pattern)
        saved = self._conversations.answer(int(match[1]), exchange.chat_id)
        if saved is not None and saved.audience > exchange.audience:
            saved = None
        return saved, int(match[2])

    async def _below(
        self,
        update: Update,
        exchange: Exchange,
        text: str,
        markup: InlineKeyboardMarkup | None = None,
    ) -> None:
        pressed = pressed_message(update)
        await self._desk.close(
            exchange, lambda db: self._desk.post(db, exchange, text, markup, reply_to=pressed)
        )
