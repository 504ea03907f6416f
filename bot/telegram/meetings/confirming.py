"""The chair confirms minutes or sends them back; staff choose who may see what was confirmed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import sqlite_utils
from telegram import Update

from bot.access import Role
from bot.archive import Archive
from bot.minutes_form import written
from bot.render import escaped
from bot.telegram.desk import Exchange
from bot.telegram.dialogues import Dialogues, close_dialogue, open_dialogue
from bot.telegram.keyboards import examples
from bot.telegram.meetings.bookkeeping import FOLDER, Bookkeeping, file_name
from bot.telegram.meetings.drafting import enclosures
from bot.telegram.meetings.keyboards import (
    APPROVE,
    FILE_AT,
    RETURN,
    SUBMIT,
    below_submitted,
    levels,
)
from bot.telegram.meetings.room import Room
from bot.telegram.pressed import pressed_data
from corpus.meetings.editions import Edition, Standing, decide
from corpus.meetings.gaps import gaps
from corpus.messages import say
from corpus.types import Visibility
from retrieval.understanding.personal_data import mask

REMARK = "minutes remark"
"""Kind of the dialogue in which the chair says what is wrong."""


class Confirming:
    """Handlers of the way from a draft to a paper.

    Args:
        room: Reads meetings and minutes.
        dialogues: Remarks that are being typed.
        archive: Takes the paper in.
        books: Keeps the ledger in step.
    """

    def __init__(
        self, room: Room, dialogues: Dialogues, archive: Archive, books: Bookkeeping
    ) -> None:
        self._books = books
        self._room = room
        self._dialogues = dialogues
        self._archive = archive

    async def submit(self, update: Update, context: Any) -> None:
        """Lay a draft before the chair."""
        exchange, edition = await self._edition(update, SUBMIT, chair=False)
        if exchange is None or edition is None:
            return
        chairs = self._room.telegram_ids(Role.CHAIR)
        if not chairs:
            await self._room.desk.reply(exchange, escaped(say("minutes.no_chair")))
            return
        made = await self._room.desk.think(lambda: enclosures(edition))
        text = self._request(edition)

        def effects(db: sqlite_utils.Database) -> None:
            if not decide(db, edition.id, Standing.SUBMITTED, self._room.desk.by(exchange)):
                self._room.desk.post(db, exchange, escaped(say("minutes.overtaken_press")))
                return
            for chat_id in chairs:
                for file in made:
                    self._room.desk.hand_over(db, exchange, chat_id, file, level=Visibility.STAFF)
                markup = below_submitted(edition.id)
                self._room.desk.notify(db, exchange, chat_id, text, markup, level=Visibility.STAFF)
            self._room.desk.post(db, exchange, escaped(say("minutes.sent_to_chair")))

        await self._room.desk.close(exchange, effects)

    def _request(self, edition: Edition) -> str:
        meeting = self._room.meetings.get(edition.meeting_id)
        notes = self._room.meetings.notes(edition.meeting_id)
        quorum = meeting.plan.quorum if meeting else 0
        count = len(list(gaps(edition.minutes, notes, quorum)))
        lines = [
            f"<b>{escaped(edition.minutes.title)}</b>",
            escaped(say("minutes.please_confirm", ordinal=edition.ordinal, reason=edition.reason)),
        ]
        lines += [
            escaped(
                say("minutes.result_line", number=item.number, title=item.title, result=item.result)
            )
            for item in edition.minutes.items
            if item.number and item.result
        ]
        if count:
            lines.append(escaped(say("minutes.lacks", count=count)))
        return "\n".join(lines)

    async def approve(self, update: Update, context: Any) -> None:
        """Confirm minutes; from now on nobody changes them."""
        exchange, edition = await self._edition(update, APPROVE, chair=True)
        if exchange is None or edition is None:
            return
        maker, meeting = self._maker(edition), self._room.meetings.get(edition.meeting_id)
        last = self._room.editions.approved(edition.meeting_id)
        confirmed = replace(edition, standing=Standing.APPROVED)
        made = await self._room.desk.think(lambda: enclosures(confirmed))
        title = edition.minutes.title

        def effects(db: sqlite_utils.Database) -> None:
            if not decide(db, edition.id, Standing.APPROVED, self._room.desk.by(exchange)):
                self._room.desk.post(db, exchange, escaped(say("minutes.overtaken_press")))
                return
            if meeting is not None:
                in_force = last.minutes if last else None
                self._books.approved(db, meeting, in_force, edition.minutes)
            self._room.desk.post(db, exchange, escaped(say("minutes.approved_by_you", title=title)))
            if maker is not None:
                for file in made:
                    self._room.desk.hand_over(db, exchange, maker, file, level=Visibility.STAFF)
                text = escaped(say("minutes.approved_now", title=title))
                below = levels(edition.id)
                self._room.desk.notify(db, exchange, maker, text, below, level=Visibility.STAFF)

        await self._room.desk.close(exchange, effects)

    async def send_back(self, update: Update, context: Any) -> None:
        """Ask the chair what is wrong."""
        exchange, edition = await self._edition(update, RETURN, chair=True)
        if exchange is None or edition is None:
            return

        def effects(db: sqlite_utils.Database) -> None:
            open_dialogue(db, exchange, REMARK, {"edition": edition.id}, self._room.desk.now())
            self._room.desk.post(db, exchange, escaped(say("minutes.ask_remark")))

        await self._room.desk.close(exchange, effects)

    async def remark(self, update: Update, context: Any) -> None:
        """Send minutes back with what the chair said."""
        exchange = await self._room.chair(update)
        message = update.effective_message
        if exchange is None or message is None:
            return
        state = self._dialogues.state(exchange, REMARK)
        edition = self._room.editions.get(state["edition"]) if state else None
        if edition is None:
            await self._room.desk.reply(exchange, escaped(say("meeting.gone")))
            return
        words, maker = mask(message.text or ""), self._maker(edition)
        told = say("minutes.sent_back", title=edition.minutes.title, remark=words)

        def effects(db: sqlite_utils.Database) -> None:
            close_dialogue(db, exchange)
            by = self._room.desk.by(exchange)
            if not decide(db, edition.id, Standing.RETURNED, by, words):
                self._room.desk.post(db, exchange, escaped(say("minutes.overtaken_press")))
                return
            self._room.desk.post(db, exchange, escaped(say("minutes.returned_by_you")))
            if maker is not None:
                self._room.desk.notify(db, exchange, maker, escaped(told), level=Visibility.STAFF)

        await self._room.desk.close(exchange, effects)

    async def file(self, update: Update, context: Any) -> None:
        """Take confirmed minutes into the papers at the level that was pressed."""
        exchange, edition = await self._edition(update, FILE_AT, chair=False)
        if exchange is None or edition is None:
            return
        if edition.standing is not Standing.APPROVED:
            await self._room.desk.reply(exchange, escaped(say("minutes.overtaken_press")))
            return
        level = Visibility(int(pressed_data(update, FILE_AT)[2]))
        name, content = file_name(edition.minutes.title, "docx"), written(edition.minutes, "docx")
        by = self._room.desk.by(exchange)
        async with self._room.desk.typing(exchange):
            taken = await self._room.desk.think(
                lambda: self._archive.keep(FOLDER, name, content, level, by)
            )
        shown = say(f"visibility.{level.name.lower()}")
        text = say("minutes.filed", title=edition.minutes.title, level=shown)

        def effects(db: sqlite_utils.Database) -> None:
            db.execute(
                "update meetings set visibility = ? where id = ?", [int(level), edition.meeting_id]
            )
            said = "\n".join((text, *taken.lines)) if taken.document_id else "\n".join(taken.lines)
            self._room.desk.post(db, exchange, escaped(said), examples(taken.questions))

        await self._room.desk.close(exchange, effects)

    def _maker(self, edition: Edition) -> int | None:
        """The chat of whoever made the meeting."""
        meeting = self._room.meetings.get(edition.meeting_id)
        return self._room.chat_of(meeting.made_by) if meeting else None

    async def _edition(
        self, update: Update, pattern: str, *, chair: bool
    ) -> tuple[Exchange | None, Edition | None]:
        """The edition of a press; whoever may not press is told, and so is where it is gone."""
        await self._room.desk.acknowledge(update)
        exchange = await (self._room.chair(update) if chair else self._room.alone(update))
        if exchange is None:
            return None, None
        edition = self._room.editions.get(int(pressed_data(update, pattern)[1]))
        if edition is None:
            await self._room.desk.reply(exchange, escaped(say("minutes.none")))
        return exchange, edition
