"""A reply of staff, step by step: its words, its day, a look at it, and off it goes."""

from __future__ import annotations

from typing import Any

import sqlite_utils

from bot.clock import day_of
from bot.opinion_cards import promise_words
from bot.render import escaped
from bot.telegram.desk import Exchange
from bot.telegram.dialogues import LEDGER, open_dialogue
from bot.telegram.opinions.handling import Handling, refused
from bot.telegram.opinions.keyboards import typing
from corpus.ledger import handling
from corpus.ledger.due_days import due_day
from corpus.ledger.handling import NewReply
from corpus.ledger.opinion import OPEN_PROMISES, Promise, PromiseKind
from corpus.messages import say
from corpus.types import Visibility
from retrieval.understanding.personal_data import mask

State = dict[str, Any]

DUE, SEND = "due", "send"
"""Steps of a dialogue: the day is asked for, the reply is looked at."""
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
