"""`/unanswered`: what the papers did not answer, the most asked first, and each as a card."""

from __future__ import annotations

from typing import Any

from telegram import InlineKeyboardMarkup, Update

from bot.render import escaped
from bot.telegram.desk import Desk, Exchange
from bot.telegram.pressed import pressed_message, pressed_parts
from bot.telegram.unanswered.keyboards import (
    LIST,
    OPEN,
    STANDINGS,
    below_list,
    below_question,
)
from bot.unanswered import UnansweredQuestions
from corpus.messages import say
from corpus.unanswered import OpenQuestion, Standing

# Each is a line and a button below it: more do not fit on a phone's screen.
_A_PAGE = 8


class Listing:
    """Handlers that show.

    Args:
        desk: Takes up updates and commits their effects.
        questions: The questions.
    """

    def __init__(self, desk: Desk, questions: UnansweredQuestions) -> None:
        self._desk = desk
        self._questions = questions

    async def show(self, update: Update, context: Any) -> None:
        """Send the first page of those that wait."""
        exchange = await self._desk.open(update)
        if refusal := refused(exchange):
            await self._desk.reply(exchange, escaped(refusal))
            return
        text, markup = await self._page(Standing.WAITING, 0)
        await self._desk.reply(exchange, text, markup)

    async def turn(self, update: Update, context: Any) -> None:
        """Put another page in the place of the message whose button was pressed."""
        exchange = await self._desk.pressed(update)
        if refusal := refused(exchange):
            await self._desk.reply(exchange, escaped(refusal))
            return
        letter, page = pressed_parts(update, LIST)
        text, markup = await self._page(STANDINGS[letter], int(page))
        await self._over(update, exchange, text, markup)

    async def open(self, update: Update, context: Any) -> None:
        """Show one question in the place of the list."""
        exchange = await self._desk.pressed(update)
        (number,) = pressed_parts(update, OPEN)
        found = await self._desk.think(lambda: self._questions.list.get(int(number)))
        if refusal := refused(exchange):
            await self._desk.reply(exchange, escaped(refusal))
        elif found is None:
            await self._desk.reply(exchange, escaped(say("unanswered.gone")))
        else:
            await self._over(update, exchange, card(found), below_question(found))

    async def _over(
        self, update: Update, exchange: Exchange, text: str, markup: InlineKeyboardMarkup
    ) -> None:
        pressed = pressed_message(update)
        await self._desk.close(
            exchange, lambda db: self._desk.post(db, exchange, text, markup, over=pressed)
        )

    async def _page(self, standing: Standing, page: int) -> tuple[str, InlineKeyboardMarkup]:
        count = await self._desk.think(lambda: self._questions.list.count(standing))
        last = max(count - 1, 0) // _A_PAGE
        page = min(page, last)
        shown = await self._desk.think(
            lambda: self._questions.list.listed(standing, _A_PAGE, page * _A_PAGE)
        )
        first = page * _A_PAGE + 1
        head = say(f"unanswered.{standing}", count=count) if count else say("unanswered.none")
        lines = [
            escaped(f"{number}. {one.question} {_times(one)}")
            for number, one in enumerate(shown, first)
        ]
        markup = below_list(shown, first, standing, page, last)
        return "\n".join([f"<b>{escaped(head)}</b>", *lines]), markup


def card(question: OpenQuestion) -> str:
    """A question with what staff need to know of it, as HTML of one message; no asker is named."""
    told = [
        say(f"unanswered.cause_{question.cause}"),
        say(
            "unanswered.when",
            count=question.asked,
            first=question.first_at[:10],
            last=question.last_at[:10],
        ),
        say("unanswered.answer", answer=question.answer) if question.answer else "",
        say("unanswered.reason", reason=question.reason) if question.reason else "",
    ]
    body = "\n".join(line for line in told if line)
    return f"<b>{escaped(question.question)}</b>\n\n{escaped(body)}"


def refused(exchange: Exchange) -> str:
    """Why somebody may not see the list here; empty for staff in a private chat."""
    if exchange.person.corrects and exchange.private:
        return ""
    return say("unanswered.staff_only")


def _times(question: OpenQuestion) -> str:
    day = question.last_at[5:10].replace("-", "/")
    return say("unanswered.times", count=question.asked, day=day)
