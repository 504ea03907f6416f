"""Members are invited to a meeting, say whether they come, and are reminded if they want to be."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import sqlite_utils
from telegram import Update

from bot.access import Role
from bot.clock import day_of
from bot.meeting_papers import MeetingPapers
from bot.render import escaped
from bot.telegram.enclosures import Enclosure
from bot.telegram.meetings.keyboards import CALL, COMING, REMIND, below_call
from bot.telegram.meetings.room import Room
from bot.telegram.outbox import notice
from bot.telegram.pressed import pressed_data
from corpus.database import OpenTransaction
from corpus.meetings.meeting import Meeting, Plan
from corpus.meetings.meetings import Meetings
from corpus.meetings.minutes import held
from corpus.meetings.planning import answer_call
from corpus.meetings.reminding import Reminder, take_due, wish
from corpus.messages import say
from corpus.types import Visibility


class Inviting:
    """Handlers of invitations.

    Args:
        room: Reads meetings.
        papers: Makes what is attached.
    """

    def __init__(self, room: Room, papers: MeetingPapers) -> None:
        self._room = room
        self._papers = papers

    async def call(self, update: Update, context: Any) -> None:
        """Ask members whether they come, with what became of the last meeting."""
        exchange, meeting = await self._room.meeting(update, CALL)
        if exchange is None or meeting is None:
            return
        people = self._room.telegram_ids(Role.MEMBER, Role.CHAIR)
        async with self._room.desk.typing(exchange):
            file = await self._room.desk.think(lambda: self._attached(meeting))
        text = "\n".join(_invitation(meeting.plan, attached=file is not None))

        def effects(db: sqlite_utils.Database) -> None:
            for chat_id in people:
                below = below_call(meeting.id)
                self._room.desk.notify(db, exchange, chat_id, text, below, level=Visibility.MEMBERS)
                if file is not None:
                    self._room.desk.hand_over(db, exchange, chat_id, file, level=Visibility.MEMBERS)
            key = "meeting.called" if people else "meeting.nobody"
            self._room.desk.post(db, exchange, escaped(say(key, count=len(people))))

        await self._room.desk.close(exchange, effects)

    def _attached(self, meeting: Meeting) -> Enclosure | None:
        content = self._papers.follow_up(meeting, self._room.now())
        if content is None:
            return None
        name = say("ledger_file.actions")
        return Enclosure(name=f"{name}.docx", content=content, caption=name)

    async def coming(self, update: Update, context: Any) -> None:
        """Keep whether somebody comes; staff hear once the quorum is there."""
        exchange = await self._room.desk.open(update)
        match = pressed_data(update, COMING)
        meeting = self._room.meetings.get(int(match[1]))
        if meeting is None or exchange.person.audience < Visibility.MEMBERS:
            await self._room.desk.close(exchange)
            await self._room.desk.acknowledge(update, say("meeting.gone"))
            return
        coming = match[2] == "1"

        def effects(db: sqlite_utils.Database) -> None:
            meetings = Meetings(OpenTransaction(db))
            before, _ = meetings.calls(meeting.id)
            answer_call(db, meeting.id, exchange.person.id, coming, self._room.now())
            now, _ = meetings.calls(meeting.id)
            key = "meeting.comes" if coming else "meeting.comes_not"
            self._room.desk.post(db, exchange, escaped(say(key, title=meeting.plan.title)))
            maker = self._room.chat_of(meeting.made_by)
            if maker is not None and before < meeting.plan.quorum <= now:
                told = say("meeting.quorum_there", title=meeting.plan.title, count=now)
                self._room.desk.notify(db, exchange, maker, escaped(told), level=Visibility.STAFF)

        await self._room.desk.close(exchange, effects)
        await self._room.desk.acknowledge(update)

    async def remind(self, update: Update, context: Any) -> None:
        """Turn somebody's reminders of a meeting on or off."""
        await self._room.desk.acknowledge(update)
        exchange = await self._room.desk.open(update)
        meeting = self._room.meetings.get(int(pressed_data(update, REMIND)[1]))
        if meeting is None or exchange.person.audience < Visibility.MEMBERS:
            await self._room.desk.reply(exchange, escaped(say("meeting.gone")))
            return
        today = self._room.now().date()

        def effects(db: sqlite_utils.Database) -> None:
            on = wish(db, meeting.id, exchange.person.id, today)
            key = "meeting.reminds" if on else "meeting.reminds_not"
            self._room.desk.post(db, exchange, escaped(say(key, title=meeting.plan.title)))

        await self._room.desk.close(exchange, effects)


def send_reminders(db: sqlite_utils.Database, now: datetime) -> None:
    """Put the reminders that are due today into the outbox, inside an open transaction."""
    meetings = Meetings(OpenTransaction(db))
    for due in take_due(db, day_of(now)):
        meeting = meetings.get(due.meeting_id)
        if meeting is not None:
            text = "\n".join(_reminder(meeting.plan, due))
            notice(db, due.chat_id, text, below_call(meeting.id), now, level=Visibility.MEMBERS)


def _invitation(plan: Plan, *, attached: bool) -> Iterator[str]:
    yield f"<b>{escaped(say('meeting.notice', title=plan.title))}</b>"
    yield from _details(plan)
    if attached:
        yield escaped(say("meeting.attached"))
    yield escaped(say("meeting.will_you_come"))


def _reminder(plan: Plan, due: Reminder) -> Iterator[str]:
    key = "meeting.reminder" if due.days else "meeting.reminder_today"
    yield f"<b>{escaped(say(key, title=plan.title, days=due.days))}</b>"
    yield from _details(plan)
    if due.coming is None:
        yield escaped(say("meeting.will_you_come"))
    else:
        answered = "button_coming" if due.coming else "button_not_coming"
        yield escaped(say("meeting.you_said", answer=say(f"meeting.{answered}")))


def _details(plan: Plan) -> Iterator[str]:
    pairs = (("held", held(plan)), ("place", plan.place), ("department", plan.department))
    for name, value in pairs:
        if value:
            yield escaped(f"{say(f'plan.{name}')}: {value}")
    for item in plan.items:
        yield escaped(say("form.agenda_line", number=item.number, title=item.title))
