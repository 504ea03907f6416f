"""A reply of staff, step by step: its words, its day, a look at it, and off it goes."""

from __future__ import annotations

from typing import Any

import sqlite_utils
from telegram import Update

from bot.clock import day_of
from bot.opinion_cards import promise_words
from bot.render import escaped
from bot.telegram.desk import Exchange
from bot.telegram.dialogues import LEDGER, open_dialogue
from bot.telegram.opinions.handling import Handling, refused
from bot.telegram.opinions.keyboards import PROMISE, suggested, typing
from bot.telegram.pressed import pressed_parts
from corpus.ledger import handling
from corpus.ledger.changes import Action, SeenOpinion
from corpus.ledger.due_days import due_day
from corpus.ledger.handling import NewReply
from corpus.ledger.opinion import OPEN_PROMISES, Opinion, Promise, PromiseKind
from corpus.messages import say
from corpus.types import Visibility
from retrieval.understanding.personal_data import mask

State = dict[str, Any]

CHOOSE, DUE, SEND = "choose", "due", "send"
"""Steps of a dialogue: a draft's kind is chosen, the day is asked for, the reply is looked at."""
MEETING, NONE = "meeting", "none"
"""Buttons in the place of a day."""


class Replying:
    """Handlers of the steps of a reply.

    Args:
        staff: Makes the changes of staff.
    """

    def __init__(self, staff: Handling) -> None:
        self._staff = staff
        self._desk = staff.desk

    async def promise(self, update: Update, context: Any) -> None:
        """A kind of promise was chosen: show its template to be sent or changed."""
        exchange = await self._desk.pressed(update)
        if refusal := refused(exchange):
            await self._desk.reply(exchange, escaped(refusal))
            return
        kind, number, revision = pressed_parts(update, PROMISE)
        opinion = self._staff.assistant.opinions.ledger.get(int(number))
        if opinion is None or kind not in set(PromiseKind):
            await self._desk.reply(exchange, escaped(say("ledger.unknown")))
            return
        who = opinion.matter.department or say("opinion.somebody")
        text = say(f"reply_template.{kind}", department=who)
        await self.propose(exchange, opinion, int(revision), PromiseKind(kind), text)

    async def propose(
        self, exchange: Exchange, opinion: Opinion, revision: int, kind: PromiseKind, text: str
    ) -> None:
        """Show the words that a reply may have, to be taken as they are or typed anew.

        Args:
            exchange: The update.
            opinion: The opinion that is answered.
            revision: As the person saw it.
            kind: What is promised.
            text: The words.
        """
        state = {"step": Action.ANSWER.value, "opinion": opinion.id, "revision": revision}
        shown = say("opinion.ask_reply", number=opinion.number, text=text)
        await self._next(exchange, state | {"kind": kind.value, "text": text}, shown, "asis")

    async def drafted(self, exchange: Exchange, state: State, text: str) -> None:
        """Words typed below a draft take its place; their kind is still to be chosen."""
        seen = SeenOpinion(id=state["opinion"], revision=state["revision"])
        told = mask(text)

        def effects(db: sqlite_utils.Database) -> None:
            open_dialogue(db, exchange, LEDGER, state | {"text": told}, self._desk.now())
            shown = f"{told}\n\n{say('opinion.ask_kind')}"
            self._desk.post(db, exchange, escaped(shown), suggested(seen))

        await self._desk.close(exchange, effects)

    async def words(self, exchange: Exchange, state: State, text: str) -> None:
        """The words of a reply; a promise that is open is asked for its day next."""
        told = state | {"text": mask(text), "due": "", "meeting": ""}
        if PromiseKind(state["kind"]) not in OPEN_PROMISES:
            await self._preview(exchange, told)
            return
        ask = say("opinion.ask_due")
        await self._next(exchange, told | {"step": DUE}, ask, MEETING, NONE)

    async def due(self, exchange: Exchange, state: State, text: str) -> None:
        """The day until which something is promised."""
        today = day_of(self._desk.now())
        due = due_day(text, today)
        if due is None:
            await self._desk.reply(exchange, escaped(say("opinion.no_day")), typing(MEETING, NONE))
            return
        await self._preview(exchange, state | {"due": due, "meeting": ""})

    async def undated(self, exchange: Exchange, state: State, word: str) -> None:
        """The next meeting in the place of a day, or no day at all."""
        chosen = self._next_meeting() if word == MEETING else ""
        await self._preview(exchange, state | {"due": "", "meeting": chosen})

    def _next_meeting(self) -> str:
        """The next meeting as people call it, with its day where a paper announces it."""
        ledger = self._staff.assistant.opinions.ledger
        # Its author reads it, and may be anybody.
        day = ledger.meetings.next(day_of(self._desk.now()), Visibility.PUBLIC)
        name = say("opinion.next_meeting")
        return say("opinion.next_meeting_on", meeting=name, date=day) if day else name

    async def _preview(self, exchange: Exchange, state: State) -> None:
        promised = say("opinion.answered_as", promise=promise_words(_promise(state)))
        shown = say("opinion.preview", text=state["text"], promise=promised)
        await self._next(exchange, state | {"step": SEND}, shown, SEND)

    async def again(self, exchange: Exchange, state: State, text: str) -> None:
        """Words typed below the preview take the place of those in it."""
        await self._preview(exchange, state | {"text": mask(text)})

    async def _next(self, exchange: Exchange, state: State, shown: str, *usual: str) -> None:
        def effects(db: sqlite_utils.Database) -> None:
            open_dialogue(db, exchange, LEDGER, state, self._desk.now())
            self._desk.post(db, exchange, escaped(shown), typing(*usual))

        await self._desk.close(exchange, effects)

    async def send(self, exchange: Exchange, state: State) -> None:
        """Keep the reply and tell whoever waits for it."""
        if refusal := refused(exchange):
            await self._desk.reply(exchange, escaped(refusal))
            return
        opinion = self._staff.assistant.opinions.ledger.get(state["opinion"])
        department = opinion.matter.department if opinion else ""
        reply = NewReply(department=department, text=state["text"], promise=_promise(state))

        def tell(db: sqlite_utils.Database) -> None:
            told = self._staff.notices.answered(
                db, exchange, state["opinion"], reply.text, reply.promise
            )
            if not told and opinion is not None and opinion.origin == "chat":
                self._desk.post(db, exchange, escaped(say("opinion.nobody_told")))

        await self._staff.end_dialogue(
            exchange, state, lambda db, seen, by: handling.answer(db, seen, by, reply), tell
        )


def _promise(state: State) -> Promise:
    return Promise(kind=PromiseKind(state["kind"]), due=state["due"], meeting=state["meeting"])
