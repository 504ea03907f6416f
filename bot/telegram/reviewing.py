"""`/review` and the buttons of a source: staff confirm and correct rows of papers."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import sqlite_utils
from telegram import InlineKeyboardMarkup, Update

from bot.render import clipped, escaped
from bot.rows import field_line, shown
from bot.telegram.desk import Desk, Exchange
from bot.telegram.dialogues import Dialogues, close_dialogue, open_dialogue
from bot.telegram.row_keyboards import (
    CONFIRM,
    EDIT_ROW,
    FIELD,
    NEXT,
    UNDO,
    below_change,
    below_row,
    fields_of,
    pressed,
    to_save,
)
from corpus.corrections import Actor, Seen, Verdict
from corpus.given_values import given_value
from corpus.messages import say
from corpus.records import Field
from corpus.review import Review, ReviewRow
from retrieval.types import Citation
from retrieval.understanding.personal_data import mask

CORRECTION = "correction"
"""Kind of the dialogue in which a new value is typed."""

_TITLE, _VALUE, _FIELDS = 80, 200, 12


class Reviewing:
    """Handlers by which staff look at rows.

    Args:
        desk: Takes up updates and commits their effects.
        review: Reads and changes rows.
        dialogues: Corrections that are being typed.
    """

    def __init__(self, desk: Desk, review: Review, dialogues: Dialogues) -> None:
        self._desk = desk
        self._review = review
        self._dialogues = dialogues

    # -- showing ---------------------------------------------------------------------------------
    async def show(self, update: Update, context: Any) -> None:
        """`/review`: the first row that waits."""
        exchange = await self._desk.open(update)
        if refusal := _refused(exchange):
            await self._desk.reply(exchange, escaped(refusal))
            return
        text, markup = await self._card(exchange, 0)
        await self._desk.reply(exchange, text, markup)

    async def skip(self, update: Update, context: Any) -> None:
        """The next row that waits; the one skipped stays in the list."""
        await self._desk.acknowledge(update)
        exchange = await self._staff(update)
        if exchange is None:
            return
        (after,) = pressed(update, NEXT)
        text, markup = await self._card(exchange, after)
        await self._desk.reply(exchange, text, markup)

    async def _card(
        self, exchange: Exchange, after: int
    ) -> tuple[str, InlineKeyboardMarkup | None]:
        audience = exchange.audience
        count = await self._desk.think(lambda: self._review.count(audience))
        row = await self._desk.think(lambda: self._review.next(after, audience))
        if row is None:
            key = "review.end" if count and after else "review.nothing"
            return escaped(say(key, count=count)), None
        head = f"<b>{escaped(say('review.waiting', count=count))}</b>"
        return f"{head}\n\n{card(row)}", below_row(row, queued=True)

    def buttons(self, exchange: Exchange, citation: Citation) -> InlineKeyboardMarkup | None:
        """The buttons of the row that a source quotes; None for others than staff."""
        if _refused(exchange) or not citation.record_id:
            return None
        row = self._review.row(citation.record_id, exchange.audience)
        if row is None or row.seen.document_id != citation.document_id:
            return None
        return below_row(row, queued=False)

    # -- confirming and taking back ----------------------------------------------------------------
    async def confirm(self, update: Update, context: Any) -> None:
        """Keep that a row says what is printed."""

        def change(db: sqlite_utils.Database, seen: Seen, actor: Actor) -> Verdict:
            return self._review.confirm(db, seen, actor)

        await self._decide(update, CONFIRM, "review.confirmed", change)

    async def undo(self, update: Update, context: Any) -> None:
        """Take the last change of a row back."""

        def change(db: sqlite_utils.Database, seen: Seen, actor: Actor) -> Verdict:
            return self._review.undo(db, seen, actor)

        await self._decide(update, UNDO, "review.undone", change)

    async def _decide(self, update: Update, pattern: str, done: str, change: Any) -> None:
        await self._desk.acknowledge(update)
        exchange = await self._staff(update)
        if exchange is None:
            return
        seen, queued = _seen(pressed(update, pattern))
        following = await self._card(exchange, seen.record_id) if queued else None

        def effects(db: sqlite_utils.Database) -> None:
            verdict = change(db, seen, self._actor(exchange))
            if verdict is not Verdict.DONE:
                self._say(db, exchange, f"review.{verdict.value}")
                return
            undoable = pattern == CONFIRM
            self._desk.post(
                db, exchange, escaped(say(done)), below_change(_next(seen)) if undoable else None
            )
            if following is not None:
                self._desk.post(db, exchange, *following)

        await self._desk.close(exchange, effects)

    # -- correcting --------------------------------------------------------------------------------
    async def edit(self, update: Update, context: Any) -> None:
        """Ask which value of a row is wrong."""
        await self._desk.acknowledge(update)
        exchange = await self._staff(update)
        if exchange is None:
            return
        seen, queued = _seen(pressed(update, EDIT_ROW))
        row, problem = self._current(exchange, seen)
        if row is None:
            await self._desk.reply(exchange, escaped(problem))
            return
        await self._desk.reply(
            exchange, escaped(say("review.which")), fields_of(row, queued=queued)
        )

    async def choose(self, update: Update, context: Any) -> None:
        """Ask for the new value of the field that was pressed."""
        await self._desk.acknowledge(update)
        exchange = await self._staff(update)
        if exchange is None:
            return
        *numbers, ordinal = pressed(update, FIELD)
        seen, queued = _seen(tuple(numbers))
        row, problem = self._current(exchange, seen)
        if row is None or ordinal >= len(row.fields):
            await self._desk.reply(exchange, escaped(problem or say("review.gone")))
            return
        state = {"seen": asdict(seen), "queued": queued, "ordinal": ordinal}
        asking = say("review.ask_value", field=clipped(field_line(row.fields[ordinal]), _VALUE))

        def effects(db: sqlite_utils.Database) -> None:
            open_dialogue(db, exchange, CORRECTION, state, self._desk.now())
            self._desk.post(db, exchange, escaped(asking))

        await self._desk.close(exchange, effects)

    async def hear(self, update: Update, context: Any) -> None:
        """Take what staff type: the new value, then the reason."""
        exchange = await self._staff(update)
        if exchange is None:
            return
        message, state = update.effective_message, self._dialogues.state(exchange, CORRECTION)
        text = (message.text or "").strip() if message else ""
        if state is None:
            await self._desk.reply(exchange, escaped(say("review.gone")))
        elif "value" in state:
            await self._save(exchange, state, text)
        else:
            await self._value(exchange, state, text)

    async def _value(self, exchange: Exchange, state: dict[str, Any], text: str) -> None:
        row, problem = self._current(exchange, Seen(**state["seen"]))
        if row is None:
            await self._end(exchange, problem)
            return
        old = row.fields[state["ordinal"]]
        new = given_value(old, text)
        if new is None:
            refusal = say("review.no_value", printed=clipped(old.text, _VALUE))
            await self._desk.reply(exchange, escaped(f"{refusal}\n{say('review.how_to_stop')}"))
            return
        preview = _changed("review.preview", old, new)

        def effects(db: sqlite_utils.Database) -> None:
            now = self._desk.now()
            open_dialogue(db, exchange, CORRECTION, {**state, "value": text}, now)
            self._desk.post(db, exchange, escaped(preview), to_save())

        await self._desk.close(exchange, effects)

    async def save(self, update: Update, context: Any) -> None:
        """Save the new value without a reason."""
        await self._desk.acknowledge(update)
        exchange = await self._staff(update)
        if exchange is None:
            return
        state = self._dialogues.state(exchange, CORRECTION)
        if state is None or "value" not in state:
            await self._desk.reply(exchange, escaped(say("review.gone")))
            return
        await self._save(exchange, state, "")

    async def _save(self, exchange: Exchange, state: dict[str, Any], reason: str) -> None:
        seen = Seen(**state["seen"])
        row, problem = self._current(exchange, seen)
        old = row.fields[state["ordinal"]] if row else None
        new = given_value(old, state["value"]) if old else None
        if old is None or new is None:
            await self._end(exchange, problem or say("review.gone"))
            return
        following = await self._card(exchange, seen.record_id) if state["queued"] else None
        actor = self._actor(exchange, reason)

        def effects(db: sqlite_utils.Database) -> None:
            close_dialogue(db, exchange)
            verdict = self._review.correct(db, seen, actor, state["ordinal"], new)
            if verdict is not Verdict.DONE:
                self._say(db, exchange, f"review.{verdict.value}")
                return
            said = _changed("review.saved", old, new)
            self._desk.post(db, exchange, escaped(said), below_change(_next(seen)))
            if following is not None:
                self._desk.post(db, exchange, *following)

        await self._desk.close(exchange, effects)

    async def stop(self, update: Update, context: Any) -> None:
        """`/cancel` or its button: nothing is changed."""
        await self._desk.acknowledge(update)
        exchange = await self._desk.open(update)

        def effects(db: sqlite_utils.Database) -> None:
            stopped = close_dialogue(db, exchange) or update.callback_query is not None
            self._say(db, exchange, "review.stopped" if stopped else "review.nothing_open")

        await self._desk.close(exchange, effects)

    # -- parts -------------------------------------------------------------------------------------
    async def _staff(self, update: Update) -> Exchange | None:
        """The exchange of somebody who may change rows; others are told and nothing is changed."""
        exchange = await self._desk.open(update)
        if refusal := _refused(exchange):
            await self._desk.reply(exchange, escaped(refusal))
            return None
        return exchange

    def _current(self, exchange: Exchange, seen: Seen) -> tuple[ReviewRow | None, str]:
        """The row as it was seen; else what to say: it is gone, or somebody was faster."""
        row = self._review.row(seen.record_id, exchange.audience)
        if row is None or row.seen.document_id != seen.document_id:
            return None, say("review.gone")
        return (row, "") if row.seen == seen else (None, say("review.overtaken"))

    def _actor(self, exchange: Exchange, reason: str = "") -> Actor:
        return Actor(person=exchange.person.key, at=self._desk.now(), reason=mask(reason))

    async def _end(self, exchange: Exchange, text: str) -> None:
        def effects(db: sqlite_utils.Database) -> None:
            close_dialogue(db, exchange)
            self._desk.post(db, exchange, escaped(text))

        await self._desk.close(exchange, effects)

    def _say(self, db: sqlite_utils.Database, exchange: Exchange, key: str) -> None:
        self._desk.post(db, exchange, escaped(say(key)))


def card(row: ReviewRow) -> str:
    """A row as a message: its paper, its quote in bold, why it waits, its values."""
    where = " · ".join(filter(None, (row.title, row.heading.strip())))
    lines = [f"<i>{escaped(clipped(where, _TITLE))}</i>", f"<b>{escaped(row.quote)}</b>"]
    lines += [f"※ {escaped(reason)}" for reason in row.reasons]
    lines += [f"· {escaped(clipped(field_line(field), _VALUE))}" for field in row.fields[:_FIELDS]]
    return "\n".join(lines)


def _refused(exchange: Exchange) -> str:
    """Why somebody may not change rows here; empty for staff in a private chat."""
    if not exchange.person.corrects:
        return say("review.staff_only")
    return "" if exchange.private else say("review.private_only")


def _seen(numbers: tuple[int, ...]) -> tuple[Seen, bool]:
    record, document, revision, queued = numbers
    return Seen(record_id=record, document_id=document, revision=revision), bool(queued)


def _next(seen: Seen) -> Seen:
    """The row after one change."""
    return Seen(record_id=seen.record_id, document_id=seen.document_id, revision=seen.revision + 1)


def _changed(key: str, old: Field, new: Field) -> str:
    return say(key, old=clipped(shown(old), _VALUE), new=clipped(shown(new), _VALUE))
