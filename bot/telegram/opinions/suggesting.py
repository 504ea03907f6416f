"""Draft replies to opinions by the chat model: shown to whoever asked, then sent like any reply."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sqlite_utils
from telegram import Update

from bot.draft_lines import draft_lines
from bot.render import escaped, pieces
from bot.telegram.aside import aside
from bot.telegram.desk import Exchange
from bot.telegram.dialogues import LEDGER, Dialogues, open_dialogue
from bot.telegram.opinions.handling import Handling, refused
from bot.telegram.opinions.keyboards import SUGGEST, SUGGESTED, promises, suggested
from bot.telegram.opinions.replying import CHOOSE, Replying
from bot.telegram.pressed import pressed_parts
from corpus.errors import CouncilError
from corpus.ledger.changes import SeenOpinion
from corpus.ledger.opinion import Opinion, PromiseKind
from corpus.messages import say
from retrieval.understanding.personal_data import mask

if TYPE_CHECKING:
    from retrieval.model.drafting import Draft


class Suggesting:
    """Handlers of draft replies.

    Args:
        staff: Shows opinions.
        replying: Takes replies, step by step.
        dialogues: The draft that somebody has before them.
    """

    def __init__(self, staff: Handling, replying: Replying, dialogues: Dialogues) -> None:
        self._staff = staff
        self._replying = replying
        self._desk = staff.desk
        self._dialogues = dialogues

    async def draft(self, update: Update, context: Any) -> None:
        """Have a reply drafted and show it with the replies that it is made of."""
        exchange = await self._desk.pressed(update)
        number, revision = map(int, pressed_parts(update, SUGGEST))
        opinion = self._staff.assistant.opinions.ledger.get(number)
        drafts = self._staff.assistant.drafts
        if refusal := refused(exchange):
            await self._desk.reply(exchange, escaped(refusal))
        elif opinion is None or drafts is None:
            key = "ledger.unknown" if opinion is None else "draft.off"
            await self._desk.reply(exchange, escaped(say(key)))
        else:
            told = say("draft.writing", seconds=round(drafts.patience))
            await self._desk.say_first(exchange, escaped(told))
            seen = SeenOpinion(id=number, revision=revision)
            try:
                async with self._desk.typing(exchange):
                    made = await aside(lambda: drafts.reply(opinion))
            except CouncilError as error:
                # The reply is written by hand then, from where its kind is asked for.
                said = f"{error}\n{say('draft.go_on')}\n\n{say('opinion.ask_kind')}"
                await self._desk.reply(exchange, escaped(said), promises(seen))
                return
            await self._show(exchange, opinion, seen, made)

    async def _show(
        self, exchange: Exchange, opinion: Opinion, seen: SeenOpinion, made: Draft
    ) -> None:
        head = say("draft.from_replies" if made.sentences else "draft.go_on")
        text = "\n".join((opinion.number, *draft_lines(made, left=not made.sentences), "", head))
        *before, last = pieces(text)
        markup = suggested(seen) if made.sentences else promises(seen)

        def effects(db: sqlite_utils.Database) -> None:
            if made.sentences:
                state = {"step": CHOOSE, "opinion": seen.id, "revision": seen.revision}
                words = {"text": mask(made.plain)}
                open_dialogue(db, exchange, LEDGER, state | words, self._desk.now())
            for piece in before:
                self._desk.post(db, exchange, escaped(piece))
            self._desk.post(db, exchange, escaped(last), markup)

        await self._desk.close(exchange, effects)

    async def choose(self, update: Update, context: Any) -> None:
        """The kind of a drafted reply: from here on it goes the way of every reply."""
        exchange = await self._desk.pressed(update)
        kind, number = pressed_parts(update, SUGGESTED)
        state = self._dialogues.state(exchange, LEDGER)
        opinion = self._staff.assistant.opinions.ledger.get(int(number))
        if refusal := refused(exchange):
            await self._desk.reply(exchange, escaped(refusal))
        elif opinion is None or kind not in set(PromiseKind):
            await self._desk.reply(exchange, escaped(say("ledger.unknown")))
        elif state is None or state["step"] != CHOOSE or state["opinion"] != opinion.id:
            await self._desk.reply(exchange, escaped(say("opinion.nothing_typed")))
        else:
            revision, text = state["revision"], state["text"]
            await self._replying.propose(exchange, opinion, revision, PromiseKind(kind), text)
