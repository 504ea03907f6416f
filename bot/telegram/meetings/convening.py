"""`/meeting`: meetings made, opened where notes are taken, and ended."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import sqlite_utils
from pydantic import TypeAdapter
from telegram import Update
from telegram.constants import ChatMemberStatus
from telegram.error import TelegramError

from bot.archive import Archive
from bot.render import escaped
from bot.telegram.desk import Exchange
from bot.telegram.dialogues import Dialogues, close_dialogue, open_dialogue
from bot.telegram.meetings.keyboards import (
    CLOSE,
    LEAVE,
    OPEN,
    SHOW,
    below_meeting,
    below_plan,
    made,
    meetings,
)
from bot.telegram.meetings.room import MEETING, Room
from bot.telegram.paper_keyboards import PAPER_MEETING
from bot.telegram.pressed import pressed_data
from corpus.meetings.meeting import Meeting, Plan
from corpus.meetings.minutes import held
from corpus.meetings.plan import PlanReading, read_plan
from corpus.meetings.planning import close_meeting, leave, make_meeting, open_here
from corpus.messages import say

PLAN = "meeting"
"""Kind of the dialogue in which a meeting is typed."""

_SHOWN = 6
_PLAN = TypeAdapter(Plan)
_ADMINISTRATORS = {ChatMemberStatus.ADMINISTRATOR, ChatMemberStatus.OWNER}


class Convening:
    """Handlers of meetings as such.

    Args:
        room: Reads and shows meetings.
        dialogues: Plans that are being typed.
        archive: Has the notices that staff sent as files.
    """

    def __init__(self, room: Room, dialogues: Dialogues, archive: Archive) -> None:
        self._archive = archive
        self._room = room
        self._dialogues = dialogues

    # -- the list and the plan ---------------------------------------------------------------------
    async def command(self, update: Update, context: Any) -> None:
        """`/meeting`: the meetings; with words behind it, or as a reply to a notice, a new one."""
        exchange = await self._room.staff(update)
        if exchange is None:
            return
        message = update.effective_message
        replied = message.reply_to_message if message else None
        text = self._room.rest(update) or (replied.text or replied.caption or "" if replied else "")
        if text.strip():
            await self._typed(exchange, text, None)
            return
        found = self._room.meetings.recent(_SHOWN)
        key = "meeting.list" if found else "meeting.none"
        await self._room.desk.reply(
            exchange, escaped(say(key)), meetings(found, private=exchange.private)
        )

    async def begin(self, update: Update, context: Any) -> None:
        """Ask for a new meeting's plan."""
        await self._room.desk.acknowledge(update)
        exchange = await self._room.alone(update)
        if exchange is None:
            return

        def effects(db: sqlite_utils.Database) -> None:
            open_dialogue(db, exchange, PLAN, {}, self._room.desk.now())
            self._room.desk.post(db, exchange, escaped(say("meeting.ask_plan")))

        await self._room.desk.close(exchange, effects)

    async def hear(self, update: Update, context: Any) -> None:
        """Take further lines of a plan."""
        exchange = await self._room.staff(update)
        if exchange is None:
            return
        message, state = update.effective_message, self._dialogues.state(exchange, PLAN)
        known = _PLAN.validate_python(state) if state else None
        await self._typed(exchange, (message.text or "") if message else "", known)

    async def of_paper(self, update: Update, context: Any) -> None:
        """Read the plan out of a notice that was sent as a file."""
        await self._room.desk.acknowledge(update)
        exchange = await self._room.alone(update)
        if exchange is None:
            return
        number = int(pressed_data(update, PAPER_MEETING)[1])
        await self._typed(exchange, self._archive.text(number), None)

    async def _typed(self, exchange: Exchange, text: str, known: Plan | None) -> None:
        reading = read_plan(text, self._room.now().date(), known)
        shown = "\n".join(_understood(reading))

        def effects(db: sqlite_utils.Database) -> None:
            state = _PLAN.dump_python(reading.plan, mode="json")
            open_dialogue(db, exchange, PLAN, state, self._room.desk.now())
            self._room.desk.post(db, exchange, escaped(shown), below_plan())

        await self._room.desk.close(exchange, effects)

    async def save(self, update: Update, context: Any) -> None:
        """Write the meeting down, if its body and its number are known."""
        await self._room.desk.acknowledge(update)
        exchange = await self._room.staff(update)
        if exchange is None:
            return
        state = self._dialogues.state(exchange, PLAN)
        plan = _PLAN.validate_python(state) if state else Plan()
        if not (plan.body and plan.number):
            key = "meeting.no_title" if state else "meeting.gone"
            await self._room.desk.reply(exchange, escaped(say(key)))
            return
        plan = replace(plan, year=plan.year or self._room.now().year)
        by = self._room.desk.by(exchange)

        def effects(db: sqlite_utils.Database) -> None:
            close_dialogue(db, exchange)
            number = make_meeting(db, plan, exchange.person.id, by.person, by.at)
            saved = say("meeting.saved", title=plan.title)
            self._room.desk.post(db, exchange, escaped(saved), made(number, plan.title))

        await self._room.desk.close(exchange, effects)

    # -- one meeting -----------------------------------------------------------------------------
    async def show(self, update: Update, context: Any) -> None:
        """A meeting with what can be done."""
        exchange, meeting = await self._room.meeting(update, SHOW)
        if exchange is not None and meeting is not None:
            await self._card(exchange, meeting)

    async def _card(self, exchange: Exchange, meeting: Meeting) -> None:
        here = self._room.here(exchange)
        drafts = self._room.drafts and exchange.private
        noting = here is not None and here.id == meeting.id
        markup = below_meeting(meeting, here=noting, drafts=drafts)
        await self._room.desk.reply(exchange, self._room.card(meeting), markup)

    async def open(self, update: Update, context: Any) -> None:
        """Take notes here from now on; in a group say whether the bot can hear them."""
        exchange, meeting = await self._room.meeting(update, OPEN)
        if exchange is None or meeting is None:
            return
        key = "meeting.opened_private"
        if not exchange.private:
            heard = await self._hears(exchange)
            key = "meeting.opened_group" if heard else "meeting.opened_deaf"

        def effects(db: sqlite_utils.Database) -> None:
            done = open_here(db, meeting.id, exchange.chat_id, exchange.thread or 0)
            said = say(key, title=meeting.plan.title) if done else say("meeting.over")
            about = f"{MEETING}:{meeting.id}"
            self._room.desk.post_about(db, exchange, about, escaped(said))

        await self._room.desk.close(exchange, effects)

    async def _hears(self, exchange: Exchange) -> bool:
        """Whether Telegram gives the bot what is said in the group.

        Administrators hear everything, and so do bots whose privacy mode their owner turned off.
        """
        bot = self._room.desk.bot
        if bot.can_read_all_group_messages:
            return True
        try:
            member = await bot.get_chat_member(exchange.chat_id, bot.id)
        except TelegramError:
            return False
        return member.status in _ADMINISTRATORS

    async def leave(self, update: Update, context: Any) -> None:
        """Take no more notes here."""
        exchange, meeting = await self._room.meeting(update, LEAVE)
        if exchange is None or meeting is None:
            return

        def effects(db: sqlite_utils.Database) -> None:
            leave(db, exchange.chat_id, exchange.thread or 0)
            self._room.desk.post(db, exchange, escaped(say("meeting.left")))

        await self._room.desk.close(exchange, effects)

    async def close(self, update: Update, context: Any) -> None:
        """End the notes of a meeting."""
        exchange, meeting = await self._room.meeting(update, CLOSE)
        if exchange is None or meeting is None:
            return
        by, count = self._room.desk.by(exchange), len(self._room.meetings.notes(meeting.id))

        def effects(db: sqlite_utils.Database) -> None:
            done = close_meeting(db, meeting.id, by.person, by.at)
            leave(db, exchange.chat_id, exchange.thread or 0)
            title = meeting.plan.title
            said = (
                say("meeting.closed_now", title=title, count=count) if done else say("meeting.over")
            )
            self._room.desk.post(db, exchange, escaped(said))

        await self._room.desk.close(exchange, effects)


def _understood(reading: PlanReading) -> list[str]:
    """What was read of a plan, and what is still to be said."""
    plan = reading.plan
    title = plan.title if plan.body and plan.number and plan.year else ""
    values = {
        "title": title or " ".join(filter(None, (str(plan.number or ""), plan.body))),
        "held": held(plan),
        "place": plan.place,
        "department": plan.department,
        "recorder": plan.recorder,
        "members": str(plan.seats or ""),
    }
    lines = [say("meeting.understood")]
    lines += [
        f"{say(f'plan.{name}')}: {value or say('plan.unknown')}" for name, value in values.items()
    ]
    lines += [say("form.agenda_line", number=i.number, title=i.title) for i in plan.items]
    if not plan.items:
        lines.append(say("meeting.no_items"))
    if reading.bad_date:
        lines.append(say("trouble.bad_date", detail=reading.bad_date))
    return [*lines, say("meeting.more_lines")]
