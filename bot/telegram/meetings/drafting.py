"""`/minutes`: the draft part by part, corrected by reply, with what it lacks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlite_utils
from telegram import Update

from bot.minutes_form import FORMATS, OFFICIAL, written
from bot.render import clipped, escaped, pieces
from bot.telegram.desk import Exchange
from bot.telegram.dialogues import Dialogues, close_dialogue, open_dialogue
from bot.telegram.enclosures import Enclosure
from bot.telegram.meetings.bookkeeping import Bookkeeping, file_name
from bot.telegram.meetings.keyboards import FILES, MINUTES, below_draft
from bot.telegram.meetings.room import PART, Hearing, Room
from bot.telegram.pressed import pressed_data
from corpus.meetings.editions import (
    Edition,
    Standing,
    overtaken,
    renewed,
    write_edition,
)
from corpus.meetings.gaps import gaps
from corpus.meetings.meeting import Meeting, State
from corpus.meetings.minutes import Minutes, draft
from corpus.meetings.sections import CLOSING, HEAD, PEOPLE, corrected, parts_of, shown
from corpus.messages import say
from retrieval.understanding.personal_data import mask

REASON = "minutes reason"
"""Kind of the dialogue in which the reason of a late correction is typed."""

_GAPS, _WHAT = 12, 60
_NAMES = {HEAD: "minutes.part_head", PEOPLE: "minutes.part_people", CLOSING: "minutes.part_closing"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """A part of minutes as somebody typed it.

    Attributes:
        meeting_id: The meeting.
        part: The part.
        text: As typed.
        reason: Why; empty before the minutes were approved.
    """

    meeting_id: int
    part: str
    text: str
    reason: str = ""


class Drafting:
    """Handlers of drafts.

    Args:
        room: Reads meetings and minutes.
        hearing: Knows what a message is about.
        dialogues: Reasons that are being typed.
        books: Keeps the ledger in step.
    """

    def __init__(
        self, room: Room, hearing: Hearing, dialogues: Dialogues, books: Bookkeeping
    ) -> None:
        self._books = books
        self._room = room
        self._hearing = hearing
        self._dialogues = dialogues

    # -- showing -----------------------------------------------------------------------------------
    async def command(self, update: Update, context: Any) -> None:
        """`/minutes`: the draft of the meeting noted here, else of the last one."""
        exchange = await self._room.alone(update)
        if exchange is None:
            return
        meeting = self._room.here(exchange) or next(
            (one for one in self._room.meetings.recent(20) if one.state is not State.PLANNED), None
        )
        if meeting is None:
            await self._room.desk.reply(exchange, escaped(say("minutes.none")))
            return
        await self._show(exchange, meeting)

    async def pressed(self, update: Update, context: Any) -> None:
        """The draft of the meeting whose button was pressed."""
        await self._room.desk.acknowledge(update)
        exchange = await self._room.alone(update)
        if exchange is None:
            return
        meeting = self._room.meetings.get(int(pressed_data(update, MINUTES)[1]))
        if meeting is None:
            await self._room.desk.reply(exchange, escaped(say("meeting.gone")))
            return
        await self._show(exchange, meeting)

    async def _show(self, exchange: Exchange, meeting: Meeting) -> None:
        minutes, marks, last = self.current(meeting)
        approved = last is not None and last.standing is Standing.APPROVED
        by = self._room.desk.by(exchange)

        def effects(db: sqlite_utils.Database) -> None:
            number = last.id if last else 0
            if last is None or not approved:
                reason = say("minutes.from_notes")
                number = write_edition(db, meeting.id, minutes, by, reason=reason, corrected=marks)
            for part in parts_of(minutes):
                self._post_part(db, exchange, meeting.id, minutes, part)
            text = "\n".join(self._state(meeting, minutes, last))
            attached = meeting.id if minutes.attachments else 0
            below = below_draft(number, attached=attached, suggests=self._suggests(meeting.id))
            self._room.desk.post(db, exchange, text, below)

        await self._room.desk.close(exchange, effects)

    def current(self, meeting: Meeting) -> tuple[Minutes, tuple[str, ...], Edition | None]:
        """The minutes as they stand, the parts that were typed anew, and the last edition."""
        last = self._room.editions.last(meeting.id)
        # Once minutes are approved only what is typed with a reason changes them, no note any more.
        if last is not None and self._room.editions.approved(meeting.id) is not None:
            return last.minutes, last.corrected, last
        drafted = draft(meeting, self._room.meetings.notes(meeting.id))
        return renewed(drafted, last), last.corrected if last else (), last

    def _suggests(self, meeting_id: int) -> int:
        """The meeting of which a chat model drafts parts; 0 without one."""
        return meeting_id if self._room.drafts else 0

    def _post_part(
        self,
        db: sqlite_utils.Database,
        exchange: Exchange,
        meeting_id: int,
        minutes: Minutes,
        part: str,
    ) -> None:
        name = say(_NAMES[part]) if part in _NAMES else say("form.item", number=part)
        text = shown(minutes, part)
        for number, piece in enumerate(pieces(text, 3500)):
            head = "" if number else f"<b>{escaped(name)}</b>\n"
            about = f"{PART}:{meeting_id}:{part}"
            self._room.desk.post_about(db, exchange, about, head + escaped(piece))

    def _state(self, meeting: Meeting, minutes: Minutes, last: Edition | None) -> list[str]:
        """Where the minutes stand and what they lack."""
        notes = self._room.meetings.notes(meeting.id)
        found = list(gaps(minutes, notes, meeting.plan.quorum))
        lines = [f"<b>{escaped(say('minutes.title', title=meeting.plan.title))}</b>"]
        if last is not None:
            standing = say(f"minutes.{last.standing}", ordinal=last.ordinal)
            lines.append(escaped(" ".join(filter(None, (standing, last.remark)))))
            if self._room.editions.approved(meeting.id) is None:
                for part in overtaken(draft(meeting, notes), last):
                    name = say(_NAMES[part]) if part in _NAMES else say("form.item", number=part)
                    lines.append(escaped(say("minutes.overtaken", part=name)))
        lines.append(
            escaped(say("minutes.lacks", count=len(found)) if found else say("minutes.full"))
        )
        lines += [
            escaped(f"- {say(f'gap.{gap.code}', what=clipped(gap.what, _WHAT))}")
            for gap in found[:_GAPS]
        ]
        if minutes.attachments:
            names = ", ".join(minutes.attachments)
            lines.append(escaped(f"{say('form.attachments')}: {clipped(names, 300)}"))
        return [*lines, escaped(say("minutes.how_to_correct"))]

    # -- correcting --------------------------------------------------------------------------------
    async def correct(self, update: Update, context: Any) -> None:
        """A reply to a part puts what it says into the part."""
        exchange = await self._room.alone(update)
        message = update.effective_message
        if exchange is None or message is None:
            return
        number, _, part = self._hearing.about(message)[1].partition(":")
        text = mask(message.text or "")
        await self.take(exchange, Correction(meeting_id=int(number), part=part, text=text))

    async def take(self, exchange: Exchange, given: Correction) -> None:
        """Put a part as somebody wants it into the minutes; approved ones ask for a reason first.

        Args:
            exchange: The update.
            given: The part; its reason is that of a draft.
        """
        last = self._room.editions.last(given.meeting_id)
        if last is None or last.standing is not Standing.APPROVED:
            await self._correct(exchange, given)
            return

        def effects(db: sqlite_utils.Database) -> None:
            state = {"meeting_id": given.meeting_id, "part": given.part, "text": given.text}
            open_dialogue(db, exchange, REASON, state, self._room.desk.now())
            self._room.desk.post(db, exchange, escaped(say("minutes.ask_reason")))

        await self._room.desk.close(exchange, effects)

    async def reason(self, update: Update, context: Any) -> None:
        """Take the reason of a correction of approved minutes."""
        exchange = await self._room.alone(update)
        message = update.effective_message
        if exchange is None or message is None:
            return
        state = self._dialogues.state(exchange, REASON)
        if state is None:
            await self._room.desk.reply(exchange, escaped(say("meeting.gone")))
            return
        await self._correct(exchange, Correction(**state, reason=mask(message.text or "")))

    async def _correct(self, exchange: Exchange, given: Correction) -> None:
        meeting = self._room.meetings.get(given.meeting_id)
        if meeting is None:
            await self._room.desk.reply(exchange, escaped(say("meeting.gone")))
            return
        minutes, marks, last = self.current(meeting)
        new = corrected(minutes, given.part, given.text)
        if new is None:
            form = shown(minutes, given.part) if given.part in parts_of(minutes) else ""
            said = say("minutes.unclear", form=form)
            await self._room.desk.reply(exchange, escaped(said))
            return
        marks = tuple(dict.fromkeys((*marks, given.part)))
        key = "minutes.corrected_again" if _pending(last) else "minutes.corrected"
        by = self._room.desk.by(exchange)

        def effects(db: sqlite_utils.Database) -> None:
            close_dialogue(db, exchange)
            reason = given.reason or say("minutes.by_reply")
            with self._books.following(db, meeting.id):
                number = write_edition(db, meeting.id, new, by, reason=reason, corrected=marks)
            self._post_part(db, exchange, meeting.id, new, given.part)
            below = below_draft(number, suggests=self._suggests(meeting.id))
            self._room.desk.post(db, exchange, escaped(say(key)), below)

        await self._room.desk.close(exchange, effects)

    # -- files -----------------------------------------------------------------------------------
    async def files(self, update: Update, context: Any) -> None:
        """Send an edition as files."""
        await self._room.desk.acknowledge(update)
        exchange = await self._room.alone(update)
        if exchange is None:
            return
        edition = self._room.editions.get(int(pressed_data(update, FILES)[1]))
        if edition is None:
            await self._room.desk.reply(exchange, escaped(say("minutes.none")))
            return
        made = await self._room.desk.think(lambda: enclosures(edition, FORMATS))

        def effects(db: sqlite_utils.Database) -> None:
            for file in made:
                self._room.desk.enclose(db, exchange, file, "minutes")

        await self._room.desk.close(exchange, effects)


def _pending(last: Edition | None) -> bool:
    """Whether the chair has the minutes before them, or has confirmed them."""
    return last is not None and last.standing in (Standing.SUBMITTED, Standing.APPROVED)


def enclosures(edition: Edition, formats: Sequence[str] = OFFICIAL) -> list[Enclosure]:
    """An edition as files for the messenger, one a format."""
    key = "minutes.caption" if edition.standing is Standing.APPROVED else "minutes.caption_draft"
    caption = say(key, title=edition.minutes.title, ordinal=edition.ordinal)
    return [
        Enclosure(
            name=file_name(edition.minutes.title, suffix),
            content=written(edition.minutes, suffix),
            caption=f"{caption} ({suffix.upper()})",
        )
        for suffix in formats
    ]
