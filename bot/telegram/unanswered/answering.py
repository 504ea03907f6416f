"""A question answered or dropped by staff, step by step: words, level, a look at it, and off."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sqlite_utils
from telegram import InlineKeyboardMarkup, Update

from bot.render import escaped
from bot.telegram.desk import Desk, Exchange
from bot.telegram.dialogues import Dialogues, close_dialogue, open_dialogue
from bot.telegram.pressed import pressed_parts
from bot.telegram.unanswered.keyboards import (
    ACT,
    LEVEL,
    STEP,
    below_question,
    below_step,
    below_words,
)
from bot.telegram.unanswered.listing import card, refused
from bot.unanswered import UnansweredQuestions, Word, worded
from corpus.messages import level_name, say
from corpus.types import Visibility
from corpus.unanswered import OpenQuestion

State = dict[str, Any]
Change = Callable[[sqlite_utils.Database], list[Word] | None]

UNANSWERED = "unanswered"
"""Kind of the dialogues in which an answer or a reason is typed."""


class Answering:
    """Handlers of what staff do with a question.

    Args:
        desk: Takes up updates and commits their effects.
        questions: The questions.
        dialogues: What has been typed so far.
    """

    def __init__(self, desk: Desk, questions: UnansweredQuestions, dialogues: Dialogues) -> None:
        self._desk = desk
        self._questions = questions
        self._dialogues = dialogues

    async def act(self, update: Update, context: Any) -> None:
        """Begin to answer or to drop; or take an answer out of the papers."""
        exchange = await self._desk.pressed(update)
        what, number, revision = pressed_parts(update, ACT)
        seen = await self._seen(exchange, int(number), int(revision))
        if seen is None:
            return
        if what == "withdraw":
            await self._withdraw(exchange, seen)
            return
        state = {"step": what, "question": seen.id, "revision": seen.revision}
        asked = say(f"unanswered.ask_{what}", question=seen.question)
        steps = ("ours", "silent") if what == "drop" else ()
        await self._ask(exchange, state, asked, below_step(*steps))

    async def hear(self, update: Update, context: Any) -> None:
        """Take what was typed as the answer, or as the reason for none."""
        exchange = await self._desk.open(update)
        message = update.effective_message
        raw = ((message.text or "") if message else "").strip()
        words = worded(raw)
        state = self._dialogues.state(exchange, UNANSWERED)
        if state is None or refused(exchange):
            await self._end(exchange, say("unanswered.nothing_typed"))
        elif not words:
            await self._desk.reply(exchange, escaped(say("unanswered.empty")), below_step())
        elif state["step"] == "drop":
            await self._drop(exchange, state, words)
        else:
            said = say("unanswered.ask_level", answer=words)
            if "[" in words and words != raw:
                said = f"{said}\n{say('entry.masked')}"
            await self._ask(exchange, {**state, "answer": words}, said, below_words())

    async def level(self, update: Update, context: Any) -> None:
        """Show an answer as it would go out to those who see this level."""
        exchange = await self._desk.pressed(update)
        (chosen,) = pressed_parts(update, LEVEL)
        state = self._dialogues.state(exchange, UNANSWERED)
        if state is None or "answer" not in state or refused(exchange):
            await self._end(exchange, say("unanswered.nothing_typed"))
            return
        level = Visibility(int(chosen))
        seen = await self._seen(exchange, state["question"], state["revision"])
        if seen is not None:
            shown = say(
                "unanswered.preview",
                question=seen.question,
                answer=state["answer"],
                level=level_name(level),
            )
            state = {**state, "level": int(level)}
            await self._ask(exchange, state, shown, below_step("send", "again"))

    async def step(self, update: Update, context: Any) -> None:
        """A button below a step: send it, type it again, a usual reason, or stop."""
        exchange = await self._desk.pressed(update)
        (word,) = pressed_parts(update, STEP)
        state = self._dialogues.state(exchange, UNANSWERED)
        if state is None or refused(exchange):
            await self._end(exchange, say("unanswered.nothing_typed"))
        elif word == "stop":
            await self._end(exchange, say("review.stopped"))
        elif word in {"ours", "silent"} and state["step"] == "drop":
            reason = say("unanswered.not_ours") if word == "ours" else ""
            await self._drop(exchange, state, reason)
        elif word == "send" and "level" in state:
            await self._send(exchange, state)
        elif word == "again" and state["step"] == "answer":
            again = {key: state[key] for key in ("step", "question", "revision")}
            await self._ask(exchange, again, say("unanswered.ask_again"), below_step())
        else:
            await self._end(exchange, say("unanswered.nothing_typed"))

    # -- changes -----------------------------------------------------------------------------------
    async def _send(self, exchange: Exchange, state: State) -> None:
        seen = await self._seen(exchange, state["question"], state["revision"])
        if seen is None:
            return
        level, by = Visibility(state["level"]), self._desk.by(exchange)
        saved = say("unanswered.saved", level=level_name(level))
        await self._change(
            exchange,
            seen,
            lambda db: self._questions.answer(db, seen, state["answer"], level, by),
            saved,
        )

    async def _drop(self, exchange: Exchange, state: State, reason: str) -> None:
        seen = await self._seen(exchange, state["question"], state["revision"])
        if seen is None:
            return
        by = self._desk.by(exchange)
        await self._change(
            exchange,
            seen,
            lambda db: self._questions.drop(db, seen, reason, by),
            say("unanswered.dropped"),
        )

    async def _withdraw(self, exchange: Exchange, seen: OpenQuestion) -> None:
        by = self._desk.by(exchange)
        await self._change(
            exchange,
            seen,
            lambda db: [] if self._questions.withdraw(db, seen, by) else None,
            say("unanswered.withdrawn"),
        )

    async def _change(
        self, exchange: Exchange, seen: OpenQuestion, change: Change, done: str
    ) -> None:
        """Make a change and tell whom it concerns, all in one transaction."""

        def effects(db: sqlite_utils.Database) -> None:
            close_dialogue(db, exchange)
            words = change(db)
            if words is None:
                self._desk.post(db, exchange, escaped(say("unanswered.overtaken")))
                return
            for word in words:
                said = escaped(word.text)
                self._desk.notify(db, exchange, word.chat_id, said, level=word.level)
            told = say("unanswered.told_some", count=len(words)) if words else ""
            summary = "\n".join(filter(None, (done, told)))
            self._desk.post(db, exchange, escaped(summary))

        await self._desk.close(exchange, effects)

    async def _seen(self, exchange: Exchange, number: int, revision: int) -> OpenQuestion | None:
        """The question as the person saw it; else they are told why not, and it is None."""
        found = await self._desk.think(lambda: self._questions.list.get(number))
        if refusal := refused(exchange):
            await self._desk.reply(exchange, escaped(refusal))
        elif found is None:
            await self._end(exchange, say("unanswered.gone"))
        elif found.revision != revision:
            text = f"{escaped(say('unanswered.overtaken'))}\n\n{card(found)}"
            await self._desk.reply(exchange, text, below_question(found))
        else:
            return found
        return None

    async def _ask(
        self, exchange: Exchange, state: State, text: str, markup: InlineKeyboardMarkup
    ) -> None:
        """Write the dialogue down together with its next question."""

        def effects(db: sqlite_utils.Database) -> None:
            open_dialogue(db, exchange, UNANSWERED, state, self._desk.now())
            self._desk.post(db, exchange, escaped(text), markup)

        await self._desk.close(exchange, effects)

    async def _end(self, exchange: Exchange, text: str) -> None:
        def effects(db: sqlite_utils.Database) -> None:
            close_dialogue(db, exchange)
            self._desk.post(db, exchange, escaped(text))

        await self._desk.close(exchange, effects)
