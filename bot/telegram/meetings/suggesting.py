"""Drafts of a meeting by the chat model: the gist of an item, and its notes as sentences."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import sqlite_utils
from telegram import Update

from bot.draft_lines import draft_lines
from bot.render import escaped, pieces
from bot.telegram.aside import aside
from bot.telegram.desk import Exchange
from bot.telegram.dialogues import Dialogues, open_dialogue
from bot.telegram.meetings.drafting import Correction, Drafting
from bot.telegram.meetings.keyboards import ACCEPT, SUGGEST, below_suggested, suggestions
from bot.telegram.meetings.room import PART, Room
from bot.telegram.pressed import pressed_parts
from corpus.errors import CouncilError
from corpus.meetings.minutes import Discussed, Minutes
from corpus.meetings.sections import parts_of, shown
from corpus.messages import say

if TYPE_CHECKING:
    from bot.staff_drafts import StaffDrafts
    from retrieval.model.drafting import Draft

SUGGESTED = "minutes draft"
"""Kind of the dialogue that holds sentences until somebody takes them; nothing is typed in it."""

_GIST = "g"
_LIMIT = 3500


@dataclass(frozen=True, slots=True, kw_only=True)
class _Noted:
    """An agenda item as it stands in the minutes of a meeting."""

    meeting_id: int
    minutes: Minutes
    item: Discussed

    @property
    def part(self) -> str:
        return str(self.item.number)

    def reading(self, new: Discussed) -> str:
        """The item's part of the minutes with another text of it, as people correct it."""
        items = tuple(new if one is self.item else one for one in self.minutes.items)
        return shown(replace(self.minutes, items=items), self.part)


class Suggesting:
    """Handlers of drafts of a meeting.

    Args:
        room: Reads meetings.
        drafting: Shows and corrects minutes.
        dialogues: The sentences that somebody has before them.
        drafts: Writes drafts; None without a chat model.
    """

    def __init__(
        self, room: Room, drafting: Drafting, dialogues: Dialogues, drafts: StaffDrafts | None
    ) -> None:
        self._room = room
        self._desk = room.desk
        self._drafting = drafting
        self._dialogues = dialogues
        self._drafts = drafts

    async def draft(self, update: Update, context: Any) -> None:
        """Have an item's draft written; without its number in the button, ask which one."""
        await self._desk.acknowledge(update)
        exchange = await self._room.alone(update)
        if exchange is None:
            return
        kind, number, chosen = pressed_parts(update, SUGGEST)
        meeting = self._room.meetings.get(int(number))
        if meeting is None or self._drafts is None:
            key = "meeting.gone" if meeting is None else "draft.off"
            await self._desk.reply(exchange, escaped(say(key)))
            return
        minutes = self._drafting.current(meeting)[0]
        items = [one for one in minutes.items if one.bullets or one.exchanges]
        if chosen:
            items = [one for one in items if one.number == int(chosen)]
        if not items:
            await self._desk.reply(exchange, escaped(say("draft.no_lines")))
        elif len(items) > 1:
            markup = suggestions(kind, meeting.id, items)
            await self._desk.reply(exchange, escaped(say("draft.which_item")), markup)
        else:
            noted = _Noted(meeting_id=meeting.id, minutes=minutes, item=items[0])
            await self._write(exchange, self._drafts, kind, noted)

    async def _write(
        self, exchange: Exchange, drafts: StaffDrafts, kind: str, noted: _Noted
    ) -> None:
        told = say("draft.writing", seconds=round(drafts.patience))
        await self._desk.say_first(exchange, escaped(told))
        new = noted.item
        try:
            async with self._desk.typing(exchange):
                if kind == _GIST:
                    made = await aside(lambda: drafts.gist(noted.minutes, noted.item))
                else:
                    made, new = await aside(lambda: drafts.sentences(noted.minutes, noted.item))
        except CouncilError as error:
            await self._desk.reply(exchange, escaped(f"{error}\n{say('draft.go_on')}"))
            return
        await self._show(exchange, noted, made, new)

    async def _show(self, exchange: Exchange, noted: _Noted, made: Draft, new: Discussed) -> None:
        """Show a draft; one that would change the minutes waits to be taken or corrected."""
        lines = list(draft_lines(made, left=False))
        offered, reading = new != noted.item, noted.reading(new)
        if offered:
            lines += ["", reading, "", say("draft.sentences_how")]
        *before, last = pieces("\n".join(lines), _LIMIT)
        about = f"{PART}:{noted.meeting_id}:{noted.part}" if offered else ""
        markup = below_suggested(noted.meeting_id, noted.item.number) if offered else None
        state = {"meeting_id": noted.meeting_id, "part": noted.part, "text": reading}
        state["before"] = noted.reading(noted.item)

        def effects(db: sqlite_utils.Database) -> None:
            if offered:
                open_dialogue(db, exchange, SUGGESTED, state, self._desk.now())
            for piece in before:
                self._desk.post_about(db, exchange, about, escaped(piece))
            self._desk.post_about(db, exchange, about, escaped(last), markup)

        await self._desk.close(exchange, effects)

    async def accept(self, update: Update, context: Any) -> None:
        """Put the sentences that somebody has before them into the minutes, as they were shown."""
        await self._desk.acknowledge(update)
        exchange = await self._room.alone(update)
        if exchange is None:
            return
        number, part = pressed_parts(update, ACCEPT)
        state = self._dialogues.state(exchange, SUGGESTED)
        meeting = self._room.meetings.get(int(number))
        held = None if state is None else (state["meeting_id"], state["part"])
        if meeting is None or state is None or held != (meeting.id, part):
            await self._desk.reply(exchange, escaped(say("meeting.gone")))
            return
        minutes = self._drafting.current(meeting)[0]
        if part not in parts_of(minutes) or shown(minutes, part) != state["before"]:
            await self._desk.reply(exchange, escaped(say("draft.changed")))
            return
        given = Correction(
            meeting_id=meeting.id, part=part, text=state["text"], reason=say("draft.accepted")
        )
        await self._drafting.take(exchange, given)
