"""A question that a group's papers do not answer, asked again where only the asker reads."""

from __future__ import annotations

from typing import Any

from telegram import Update
from telegram.ext import BaseHandler, MessageHandler, filters

from bot.render import escaped
from bot.telegram.conversations import Conversations
from bot.telegram.desk import Desk
from bot.telegram.gate import Limited
from bot.telegram.keyboards import AGAIN
from bot.telegram.questions import Asked, Questions
from corpus.messages import say

_COMES = rf"^/start(?:@\w+)? {AGAIN}(\d{{1,18}})\s*$"


class Continuing:
    """Handles whoever comes by that button.

    Args:
        desk: Takes up updates and commits their effects.
        conversations: What was asked in groups.
        questions: Asks it again.
    """

    def __init__(self, desk: Desk, conversations: Conversations, questions: Questions) -> None:
        self._desk = desk
        self._conversations = conversations
        self._questions = questions

    def handler(self, limited: Limited) -> BaseHandler[Update, Any, Any]:
        """Takes the command that Telegram sends for the button.

        Args:
            limited: Lets through as much as people may ask for.
        """
        new = filters.UpdateType.MESSAGE & filters.ChatType.PRIVATE
        return MessageHandler(new & filters.Regex(_COMES), limited(self.come))

    async def come(self, update: Update, context: Any) -> None:
        """Answer the question for the person alone; only whoever asked it gets that."""
        exchange = await self._desk.open(update)
        number = int(context.matches[0][1])
        saved = self._conversations.asked_by(number, exchange.person.id)
        if saved is None or not saved.question:
            await self._desk.reply(exchange, escaped(say("telegram.not_your_question")))
            return
        text = saved.answer.standalone or saved.question
        await self._questions.answer(exchange, Asked(text=text, shown=saved.question))
