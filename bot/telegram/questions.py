"""Questions: asked, asked anew when edited, and asked by a button."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import sqlite_utils
from telegram import InlineKeyboardMarkup, Message, Update

from bot.render import escaped, parts
from bot.telegram.accounts import account_of_answer
from bot.telegram.addressing import Addressing
from bot.telegram.conversations import Conversations, SavedAnswer, key, save
from bot.telegram.desk import Desk, Exchange
from bot.telegram.growing import Growing
from bot.telegram.keyboards import below_answer, in_private
from bot.telegram.needs import Needs
from bot.telegram.unanswered.outcomes import Outcomes
from corpus.messages import say
from retrieval.types import Answer, Basis, Turn

if TYPE_CHECKING:
    from bot.assistant import Assistant


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question on its way.

    Attributes:
        text: The question.
        earlier: What it may refer to.
        shown: Text to show above the answer, when nobody typed the question.
        before: The answer that an edited question has had so far.
        reply_to: Message to reply to, where the default will not do.
        kept: What is kept of the text instead; None for the text itself.
        over: Row of the outbox with a message whose place the answer takes; None for none.
    """

    text: str
    earlier: tuple[Turn, ...] = ()
    shown: str = ""
    before: SavedAnswer | None = None
    reply_to: int | None = None
    kept: str | None = None
    over: int | None = None

    @property
    def words(self) -> str:
        """What is kept of the question."""
        return self.text if self.kept is None else self.kept

    @property
    def kind(self) -> str:
        """How it came, for the log."""
        if self.before is not None:
            return "edited"
        return "pressed" if self.shown else "typed"


class Questions:
    """Handlers of everything that is asked.

    Args:
        desk: Takes up updates and commits their effects.
        assistant: Answers.
        conversations: What was asked before.
        addressing: Tells the question in a message.
        needs: Heeds people in present need.
    """

    def __init__(
        self,
        desk: Desk,
        assistant: Assistant,
        conversations: Conversations,
        addressing: Addressing,
        needs: Needs,
    ) -> None:
        self._needs = needs
        self._desk = desk
        self._assistant = assistant
        self._conversations = conversations
        self._addressing = addressing
        self._growing = Growing(desk, written=assistant.writes)
        self._outcomes = Outcomes(assistant.gist, desk.now)

    async def ask(self, update: Update, context: Any) -> None:
        """Answer a question without a command: private text, or a reply to the bot."""
        message = update.effective_message
        if message is not None:
            await self._hear(update, message, self._addressing.question(message))

    async def command(self, update: Update, context: Any) -> None:
        """Answer `/ask …`, or `/ask` as a reply to the message that asks."""
        message = update.effective_message
        if message is None:
            return
        command = self._addressing.command(message)
        rest = command.rest if command else ""
        replied = message.reply_to_message
        text = rest or (replied.text or replied.caption or "" if replied else "")
        if text.strip():
            await self._hear(update, message, text.strip())
        elif update.edited_message is None:
            await self._desk.reply(await self._desk.open(update), escaped(say("telegram.usage")))

    async def _hear(self, update: Update, message: Message, text: str) -> None:
        exchange = await self._desk.open(update)
        before = self._conversations.of_question(exchange.chat_id, message.message_id)
        if update.edited_message is None:
            before = None
        elif before is not None and before.question == text:
            # Telegram also calls it an edit when a link's preview has loaded.
            await self._desk.close(exchange)
            return
        asked = Asked(
            text=text,
            earlier=self._earlier(exchange, message),
            before=before,
            reply_to=message.message_id if update.edited_message else None,
        )
        await self.answer(exchange, asked)

    def _earlier(self, exchange: Exchange, message: Message) -> tuple[Turn, ...]:
        replied = message.reply_to_message
        if replied is not None:
            saved = self._conversations.of_reply(exchange.chat_id, replied.message_id)
            if saved is not None and saved.audience <= exchange.audience:
                return () if saved.turn is None else (saved.turn,)
        return self._conversations.earlier(
            self._key(exchange), self._desk.now(), exchange.audience, but=message.message_id
        )

    async def heed(self, exchange: Exchange, text: str) -> None:
        """Give somebody in present need what they need at once, beside whatever else is said."""
        await self._needs.heed(exchange, text)

    async def answer(
        self,
        exchange: Exchange,
        asked: Asked,
        also: Callable[[sqlite_utils.Database], None] | None = None,
    ) -> None:
        """Find the answer, then commit it with the messages that show it.

        Args:
            exchange: The update.
            asked: The question.
            also: What else is written in the same transaction.
        """
        if asked.before is None:
            await self.heed(exchange, asked.text)
        began = time.perf_counter()
        async with (
            self._desk.typing(exchange),
            self._growing.of(exchange, alone=asked.before is None) as growth,
        ):
            answer = await self._desk.think(
                lambda: self._assistant.ask(
                    asked.text,
                    audience=exchange.audience,
                    earlier=asked.earlier,
                    now=self._desk.now(),
                    dong=exchange.dong if exchange.private else None,
                    person_id=exchange.person.id if exchange.private else None,
                    growing=growth.tell,
                )
            )
        asked = replace(asked, over=growth.row)
        seconds = time.perf_counter() - began
        self._desk.tally.answered(exchange.update_id, asked.kind, answer, seconds)
        opinions = self._assistant.opinions
        confided = await self._desk.think(lambda: opinions.confidential(asked.text))
        if confided and answer.basis is Basis.NONE and asked.before is None:
            await self._needs.receive(exchange, asked.text)
            await self._desk.scrub()
            return
        if confided:
            asked = replace(asked, kept="")
            answer = replace(answer, standalone="")
        if answer.basis is Basis.NONE and not exchange.private:
            answer = replace(answer, notices=(*answer.notices, exchange.limited))
        await self._desk.close(exchange, self._work(exchange, asked, answer, also))
        if confided:
            await self._desk.scrub()

    def _work(
        self,
        exchange: Exchange,
        asked: Asked,
        answer: Answer,
        also: Callable[[sqlite_utils.Database], None] | None,
    ) -> Callable[[sqlite_utils.Database], None]:
        effects = self._effects(exchange, asked, answer)

        def work(db: sqlite_utils.Database) -> None:
            account_of_answer(db, exchange, self._desk.now(), answer)
            if also is not None:
                also(db)
            effects(db)

        return work

    def _effects(
        self, exchange: Exchange, asked: Asked, answer: Answer
    ) -> Callable[[sqlite_utils.Database], None]:
        texts = parts(answer, question=asked.shown)
        shown = self._conversations.messages(asked.before.id) if asked.before else []
        # Only one message can take the place of one message.
        in_place = len(shown) == len(texts) == 1

        def effects(db: sqlite_utils.Database) -> None:
            number = self._save(db, exchange, asked, answer)
            self._outcomes.asked(db, exchange, asked.words, answer)
            if asked.over is not None:
                db.execute("update outbox set answer_id = ? where id = ?", [number, asked.over])
            for index, text in enumerate(texts):
                last = index == len(texts) - 1
                over = None if index else asked.over
                self._desk.post(
                    db,
                    exchange,
                    text,
                    self._below(exchange, number, answer) if last else None,
                    reply_to=asked.reply_to,
                    answer_id=number,
                    over_row=shown[0] if in_place else over,
                )

        return effects

    def _below(
        self, exchange: Exchange, number: int, answer: Answer
    ) -> InlineKeyboardMarkup | None:
        elsewhere = answer.basis is Basis.NONE and not exchange.private
        more = (in_private(self._desk.bot.username, number),) if elsewhere else ()
        return below_answer(number, answer, more)

    def _save(
        self, db: sqlite_utils.Database, exchange: Exchange, asked: Asked, answer: Answer
    ) -> int:
        return save(
            db,
            conversation=self._key(exchange),
            question=asked.words,
            answer=answer,
            audience=exchange.audience,
            chat_id=exchange.chat_id,
            question_message_id=exchange.message_id,
            now=self._desk.now(),
        )

    @staticmethod
    def _key(exchange: Exchange) -> str:
        return key(exchange.chat_id, exchange.thread, exchange.person.id)
