"""What is typed about an opinion: replies, questions, notes, numbers; and corrections of drafts."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from dataclasses import replace
from typing import Any

import sqlite_utils
from telegram import Update

from bot.opinions import LONGEST, contact_in
from bot.render import escaped
from bot.telegram.desk import Exchange
from bot.telegram.dialogues import LEDGER, Dialogues, close_dialogue
from bot.telegram.needs import Needs
from bot.telegram.opinions import drafts
from bot.telegram.opinions.confirming import Confirming
from bot.telegram.opinions.handling import Change, Handling, refused
from bot.telegram.opinions.keyboards import PICK, TYPING, code_of, typing
from bot.telegram.opinions.replying import CHOOSE, DUE, MEETING, NONE, SEND, Replying
from bot.telegram.pressed import pressed_parts
from corpus.database import Reader
from corpus.errors import LedgerError
from corpus.ledger import handling
from corpus.ledger.changes import Action
from corpus.ledger.numbers import number_in
from corpus.ledger.opinion import Opinion
from corpus.messages import say
from corpus.text import clean
from retrieval.understanding.personal_data import mask

State = dict[str, Any]
Step = Callable[[Exchange, State, str], Coroutine[Any, Any, None]]

# A department that a button of some time ago named is still to be found.
_KNOWN = 100
_AS_IS, _STOP = "asis", "stop"


class Dictating:
    """Handlers of what is typed in a dialogue about an opinion.

    Args:
        staff: Makes the changes of staff.
        replying: Takes replies, step by step.
        confirming: Shows drafts.
        needs: Passes on requests for help.
        dialogues: What has been typed so far.
        reader: The store.
    """

    def __init__(
        self,
        staff: Handling,
        replying: Replying,
        confirming: Confirming,
        needs: Needs,
        dialogues: Dialogues,
        reader: Reader,
    ) -> None:
        self._staff = staff
        self._replying = replying
        self._desk = staff.desk
        self._confirming = confirming
        self._needs = needs
        self._dialogues = dialogues
        self._reader = reader
        self._own: dict[str, Step] = {
            "correct": self._correct,
            "contact": self._contact,
            "help": self._help,
            "respond": self._respond,
        }
        self._steps: dict[str, Step] = {
            Action.ASSIGN: self._assign,
            Action.NOTE: self._note,
            Action.ASK: self._ask,
            Action.MERGE: self._merge,
            Action.PUBLISH: self._publish,
            CHOOSE: replying.drafted,
            Action.ANSWER: replying.words,
            DUE: replying.due,
            SEND: replying.again,
        }

    async def hear(self, update: Update, context: Any) -> None:
        """Take what was typed to the step that waits for it."""
        exchange = await self._desk.open(update)
        message = update.effective_message
        text = clean((message.text or "") if message else "")[:LONGEST].strip()
        await self._needs.warn(exchange, text)
        await self._take(exchange, text)

    async def press(self, update: Update, context: Any) -> None:
        """A button below a step: what is usual, or to stop."""
        exchange = await self._desk.pressed(update)
        (word,) = pressed_parts(update, TYPING)
        state = self._dialogues.state(exchange, LEDGER)
        if word == _STOP or state is None:
            key = "review.stopped" if state else "opinion.nothing_typed"
            await self._end(exchange, key)
        elif word == SEND and state["step"] == SEND:
            await self._replying.send(exchange, state)
        elif word == _AS_IS and "text" in state and state["step"] == Action.ANSWER:
            await self._take(exchange, state["text"])
        elif word == _AS_IS and state["step"] == Action.PUBLISH:
            await self._publish(exchange, state, "")
        elif word in {MEETING, NONE} and state["step"] == DUE:
            await self._replying.undated(exchange, state, word)
        else:
            await self._end(exchange, "opinion.nothing_typed")

    async def pick(self, update: Update, context: Any) -> None:
        """A department or an opinion chosen by its button instead of typed."""
        exchange = await self._desk.pressed(update)
        (code,) = pressed_parts(update, PICK)
        state, opinions = self._dialogues.state(exchange, LEDGER), self._staff.assistant.opinions
        step = state["step"] if state else ""
        if refusal := refused(exchange):
            await self._desk.reply(exchange, escaped(refusal))
        elif state is not None and step == Action.ASSIGN:
            names = await self._desk.think(lambda: opinions.departments(_KNOWN))
            name = next((one for one in names if code_of(one) == code), "")
            await self._assign(exchange, state, name)
        elif state is not None and step == Action.MERGE and code.isdigit():
            target = await self._desk.think(lambda: opinions.ledger.get(int(code)))
            await self._merge_into(exchange, state, target)
        else:
            await self._end(exchange, "opinion.nothing_typed")

    async def _take(self, exchange: Exchange, text: str) -> None:
        state = self._dialogues.state(exchange, LEDGER)
        step = state["step"] if state else ""
        if state is not None and step in self._own:
            await self._own[step](exchange, state, text)
        elif refusal := refused(exchange):
            await self._desk.reply(exchange, escaped(refusal))
        elif state is not None and step in self._steps:
            await self._steps[step](exchange, state, text)
        else:
            await self._end(exchange, "opinion.nothing_typed")

    # -- citizens ----------------------------------------------------------------------------------
    async def _correct(self, exchange: Exchange, state: State, text: str) -> None:
        await self._confirming.corrected(exchange, state["draft"], text)

    async def _contact(self, exchange: Exchange, state: State, text: str) -> None:
        draft = drafts.find(self._reader, state["draft"], exchange.person.id)
        contact = contact_in(text)
        if draft is None or draft.opinion_id is not None:
            await self._end(exchange, "opinion.draft_gone")
        elif not contact:
            await self._desk.reply(exchange, escaped(say("opinion.no_contact")))
        else:
            await self._confirming.show(exchange, replace(draft, contact=contact))

    async def _help(self, exchange: Exchange, state: State, text: str) -> None:
        await self._needs.pass_on(exchange, text)

    async def _respond(self, exchange: Exchange, state: State, text: str) -> None:
        """The author's answer to a question of staff."""
        words = mask(text)
        by = self._desk.by(exchange)

        def effects(db: sqlite_utils.Database) -> None:
            close_dialogue(db, exchange)
            try:
                handling.respond(db, state["opinion"], by, words)
            except LedgerError as error:
                self._desk.post(db, exchange, escaped(str(error)))
                return
            self._desk.post(db, exchange, escaped(say("opinion.responded")))
            said = say("opinion.author_responded", text=words)
            self._staff.notices.handler(db, exchange, state["opinion"], said)

        await self._desk.close(exchange, effects)

    # -- staff: one line each ----------------------------------------------------------------------
    async def _assign(self, exchange: Exchange, state: State, text: str) -> None:
        department = " ".join(mask(text).split())[:40]
        if not department:
            await self._end(exchange, "opinion.nothing_typed")
            return
        await self._change(
            exchange, state, lambda db, seen, by: handling.assign(db, seen, by, department)
        )

    async def _note(self, exchange: Exchange, state: State, text: str) -> None:
        words = mask(text)
        await self._change(exchange, state, lambda db, seen, by: handling.note(db, seen, by, words))

    async def _ask(self, exchange: Exchange, state: State, text: str) -> None:
        words = mask(text)

        def tell(db: sqlite_utils.Database) -> None:
            self._staff.notices.asked(db, exchange, state["opinion"], words)

        await self._change(
            exchange, state, lambda db, seen, by: handling.ask(db, seen, by, words), tell
        )

    async def _merge(self, exchange: Exchange, state: State, text: str) -> None:
        found = number_in(text, self._desk.now().year)
        target = self._staff.assistant.opinions.ledger.numbered(*found) if found else None
        await self._merge_into(exchange, state, target)

    async def _merge_into(self, exchange: Exchange, state: State, target: Opinion | None) -> None:
        if target is None:
            await self._desk.reply(exchange, escaped(say("ledger.unknown")), typing())
            return

        def tell(db: sqlite_utils.Database) -> None:
            opinion = state["opinion"]
            self._staff.notices.said(
                db, exchange, opinion, "opinion.told_merged", into=target.number
            )

        await self._change(
            exchange, state, lambda db, seen, by: handling.merge(db, seen, by, target.id), tell
        )

    async def _publish(self, exchange: Exchange, state: State, text: str) -> None:
        """Publish the typed words, or the opinion as it stands; with its last reply, masked."""
        ledger = self._staff.assistant.opinions.ledger
        opinion = await self._desk.think(lambda: ledger.get(state["opinion"]))
        replies = await self._desk.think(lambda: ledger.replies(state["opinion"]))
        asked = (opinion.published or opinion.text) if opinion else ""
        words = mask(text or asked)
        reply = mask(replies[-1].text) if replies else ""

        def tell(db: sqlite_utils.Database) -> None:
            self._staff.notices.said(
                db, exchange, state["opinion"], "opinion.told_published", text=words
            )

        await self._change(
            exchange,
            state,
            lambda db, seen, by: handling.publish(db, seen, by, words, reply),
            tell,
        )

    async def _change(
        self,
        exchange: Exchange,
        state: State,
        change: Change,
        tell: Callable[[sqlite_utils.Database], object] = lambda db: None,
    ) -> None:
        await self._staff.end_dialogue(exchange, state, change, tell)

    async def _end(self, exchange: Exchange, key: str) -> None:
        def effects(db: sqlite_utils.Database) -> None:
            close_dialogue(db, exchange)
            self._desk.post(db, exchange, escaped(say(key)))

        await self._desk.close(exchange, effects)
