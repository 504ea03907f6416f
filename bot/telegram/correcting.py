"""A new value for a row, typed by staff in a dialogue of several messages."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import sqlite_utils
from telegram import Update

from bot.render import clipped, escaped
from bot.rows import field_line, shown
from bot.telegram.desk import Exchange
from bot.telegram.dialogues import Dialogues, close_dialogue, open_dialogue
from bot.telegram.pressed import pressed_numbers
from bot.telegram.row_desk import RowDesk
from bot.telegram.row_keyboards import (
    EDIT_ROW,
    FIELD,
    after_change,
    below_change,
    fields_of,
    seen_of,
    to_save,
)
from corpus.corrections import Seen, Verdict
from corpus.given_values import given_value
from corpus.messages import say
from corpus.records import Field
from corpus.resident_numbers import hide

CORRECTION = "correction"
"""Kind of the dialogue in which a new value is typed."""

_VALUE = 200


class Correcting:
    """Handlers by which staff correct a row.

    Args:
        rows: Shows and changes rows.
        dialogues: Corrections that are being typed.
    """

    def __init__(self, rows: RowDesk, dialogues: Dialogues) -> None:
        self._rows = rows
        self._dialogues = dialogues

    async def edit(self, update: Update, context: Any) -> None:
        """Ask which value of a row is wrong."""
        exchange = await self._rows.staff(update)
        if exchange is None:
            return
        seen, queued = seen_of(pressed_numbers(update, EDIT_ROW))
        row, problem = self._rows.current(exchange, seen)
        if row is None:
            await self._rows.desk.reply(exchange, escaped(problem))
            return
        await self._rows.desk.reply(
            exchange, escaped(say("review.which")), fields_of(row, queued=queued)
        )

    async def choose(self, update: Update, context: Any) -> None:
        """Ask for the new value of the field that was pressed."""
        exchange = await self._rows.staff(update)
        if exchange is None:
            return
        *numbers, ordinal = pressed_numbers(update, FIELD)
        seen, queued = seen_of(tuple(numbers))
        row, problem = self._rows.current(exchange, seen)
        if row is None or ordinal >= len(row.fields):
            await self._rows.desk.reply(exchange, escaped(problem or say("review.gone")))
            return
        state = {"seen": asdict(seen), "queued": queued, "ordinal": ordinal}
        asking = say("review.ask_value", field=clipped(field_line(row.fields[ordinal]), _VALUE))

        def effects(db: sqlite_utils.Database) -> None:
            open_dialogue(db, exchange, CORRECTION, state, self._rows.desk.now())
            self._rows.desk.post(db, exchange, escaped(asking))

        await self._rows.desk.close(exchange, effects)

    async def hear(self, update: Update, context: Any) -> None:
        """Take what staff type: the new value, then the reason."""
        exchange = await self._rows.staff(update)
        if exchange is None:
            return
        message, state = update.effective_message, self._dialogues.state(exchange, CORRECTION)
        text = hide((message.text or "").strip()) if message else ""
        if state is None:
            await self._rows.desk.reply(exchange, escaped(say("review.gone")))
        elif "value" in state:
            await self._save(exchange, state, text)
        else:
            await self._value(exchange, state, text)

    async def _value(self, exchange: Exchange, state: dict[str, Any], text: str) -> None:
        row, problem = self._rows.current(exchange, Seen(**state["seen"]))
        if row is None:
            await self._end(exchange, problem)
            return
        old = row.fields[state["ordinal"]]
        new = given_value(old, text)
        if new is None:
            refusal = say("review.no_value", printed=clipped(old.text, _VALUE))
            await self._rows.desk.reply(
                exchange, escaped(f"{refusal}\n{say('review.how_to_stop')}")
            )
            return
        preview = _changed("review.preview", old, new)

        def effects(db: sqlite_utils.Database) -> None:
            now = self._rows.desk.now()
            open_dialogue(db, exchange, CORRECTION, {**state, "value": text}, now)
            self._rows.desk.post(db, exchange, escaped(preview), to_save())

        await self._rows.desk.close(exchange, effects)

    async def save(self, update: Update, context: Any) -> None:
        """Save the new value without a reason."""
        exchange = await self._rows.staff(update)
        if exchange is None:
            return
        state = self._dialogues.state(exchange, CORRECTION)
        if state is None or "value" not in state:
            await self._rows.desk.reply(exchange, escaped(say("review.gone")))
            return
        await self._save(exchange, state, "")

    async def _save(self, exchange: Exchange, state: dict[str, Any], reason: str) -> None:
        seen = Seen(**state["seen"])
        row, problem = self._rows.current(exchange, seen)
        old = row.fields[state["ordinal"]] if row else None
        new = given_value(old, state["value"]) if old else None
        if old is None or new is None:
            await self._end(exchange, problem or say("review.gone"))
            return
        following = (
            await self._rows.card(exchange, seen.record_id, decided=True)
            if state["queued"]
            else None
        )
        actor = self._rows.actor(exchange, reason)

        def effects(db: sqlite_utils.Database) -> None:
            close_dialogue(db, exchange)
            verdict = self._rows.review.correct(db, seen, actor, state["ordinal"], new)
            if verdict is not Verdict.DONE:
                self._rows.say(db, exchange, f"review.{verdict.value}")
                return
            said = _changed("review.saved", old, new)
            self._rows.desk.post(db, exchange, escaped(said), below_change(after_change(seen)))
            if following is not None:
                self._rows.desk.post(db, exchange, *following)

        await self._rows.desk.close(exchange, effects)

    async def stop(self, update: Update, context: Any) -> None:
        """`/cancel` or its button: nothing is changed."""
        exchange = await self._rows.desk.pressed(update)

        def effects(db: sqlite_utils.Database) -> None:
            stopped = close_dialogue(db, exchange) or update.callback_query is not None
            self._rows.say(db, exchange, "review.stopped" if stopped else "review.nothing_open")

        await self._rows.desk.close(exchange, effects)

    async def _end(self, exchange: Exchange, text: str) -> None:
        def effects(db: sqlite_utils.Database) -> None:
            close_dialogue(db, exchange)
            self._rows.desk.post(db, exchange, escaped(text))

        await self._rows.desk.close(exchange, effects)


def _changed(key: str, old: Field, new: Field) -> str:
    return say(key, old=clipped(shown(old), _VALUE), new=clipped(shown(new), _VALUE))
