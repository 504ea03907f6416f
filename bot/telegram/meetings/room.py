"""What the handlers of meetings share: who may do what, where notes go, how a meeting looks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from telegram import Message, Update
from telegram.ext import filters

from bot.access import Role
from bot.clock import seoul
from bot.render import clipped, escaped
from bot.telegram.addressing import Addressing, topic
from bot.telegram.desk import Desk, Exchange
from bot.telegram.pressed import pressed_data
from corpus.database import CouncilDatabase
from corpus.meetings.editions import Editions
from corpus.meetings.meeting import Meeting, Note, NoteKind, State
from corpus.meetings.meetings import Meetings
from corpus.meetings.minutes import draft, held
from corpus.messages import say

_RESULT, _LAST = 80, 60
_NOTING = ("staff", "chair", "administrator")
NOTE, PART, MEETING = "note", "part", "meeting"
"""What a message of the bot is about: a note, a part of minutes, notes that are taken here."""


class Room:
    """The desk at which meetings are kept.

    Args:
        desk: Takes up updates and commits their effects.
        database: The store.
        addressing: Tells what is said to the bot.
        drafts: Whether a chat model drafts parts of minutes.
    """

    def __init__(
        self, desk: Desk, database: CouncilDatabase, addressing: Addressing, *, drafts: bool
    ) -> None:
        self.desk = desk
        self.drafts = drafts
        self.database = database
        self.addressing = addressing
        self.meetings = Meetings(database)
        self.editions = Editions(database)

    def now(self) -> datetime:
        """The time on the council's clock."""
        return seoul(self.desk.now())

    async def staff(self, update: Update) -> Exchange | None:
        """The exchange of somebody who may keep meetings; others are told."""
        exchange = await self.desk.open(update)
        if exchange.person.corrects:
            return exchange
        await self.desk.reply(exchange, escaped(say("meeting.staff_only")))
        return None

    async def alone(self, update: Update) -> Exchange | None:
        """As `staff`, and only in a private chat: drafts are not for everybody in a group."""
        exchange = await self.staff(update)
        if exchange is None or exchange.private:
            return exchange
        await self.desk.reply(exchange, escaped(say("meeting.private_only")))
        return None

    async def chair(self, update: Update) -> Exchange | None:
        """The exchange of the chair; others are told."""
        exchange = await self.desk.open(update)
        if exchange.person.role is Role.CHAIR:
            return exchange
        await self.desk.reply(exchange, escaped(say("minutes.chair_only")))
        return None

    async def meeting(self, update: Update, pattern: str) -> tuple[Exchange | None, Meeting | None]:
        """The meeting of a press by staff; both are told where there is none."""
        await self.desk.acknowledge(update)
        exchange = await self.staff(update)
        if exchange is None:
            return None, None
        meeting = self.meetings.get(int(pressed_data(update, pattern)[1]))
        if meeting is None:
            await self.desk.reply(exchange, escaped(say("meeting.gone")))
        return exchange, meeting

    def here(self, exchange: Exchange) -> Meeting | None:
        """The meeting whose notes are taken where something was said."""
        return self.meetings.at(exchange.chat_id, exchange.thread or 0)

    def rest(self, update: Update) -> str:
        """What follows a command."""
        message = update.effective_message
        command = self.addressing.command(message) if message else None
        return command.rest if command else ""

    def telegram_ids(self, *roles: Role) -> list[int]:
        """The private chats of everybody of some roles."""
        marks = ", ".join("?" for _ in roles)
        rows = self.database.read(
            f"select telegram_id from people where role in ({marks})"
            " and telegram_id is not null order by id",
            [role.value for role in roles],
        )
        return [row["telegram_id"] for row in rows]

    def chat_of(self, person_id: int | None) -> int | None:
        """Somebody's private chat."""
        row = self.database.one("select telegram_id from people where id = ?", [person_id])
        return None if row is None else row["telegram_id"]

    def card(self, meeting: Meeting) -> str:
        """A meeting as a message: what is known, who comes, how far the notes are."""
        plan = meeting.plan
        when = " · ".join(filter(None, (held(plan), plan.place, plan.department)))
        lines = [f"<b>{escaped(plan.title)}</b> ({say(f'meeting.{meeting.state}')})"]
        lines += [escaped(when)] if when else []
        lines += [
            escaped(say("form.agenda_line", number=item.number, title=item.title))
            for item in plan.items
        ]
        yes, no = self.meetings.calls(meeting.id)
        if yes or no or plan.quorum:
            lines.append(escaped(say("meeting.calls", yes=yes, no=no, quorum=plan.quorum or "?")))
        notes = self.meetings.notes(meeting.id)
        if notes:
            lines += [escaped(line) for line in _progress(meeting, notes)]
        if not plan.items:
            lines.append(escaped(say("meeting.no_items")))
        return "\n".join(lines)


def _progress(meeting: Meeting, notes: Sequence[Note]) -> Iterator[str]:
    """How far notes are: what was decided, which opinions wait, what was said last."""
    for item in draft(meeting, notes).items:
        if item.number and item.result:
            yield say("meeting.so_far", number=item.number, result=clipped(item.result, _RESULT))
    asked = [note.id for note in notes if note.kind is NoteKind.OPINION]
    if asked:
        waiting = len(set(asked) - {note.answers for note in notes})
        yield say("meeting.opinions", count=len(asked), waiting=waiting)
    last = notes[-1].text or say("note.attached", name=notes[-1].attachment)
    yield say("meeting.notes", count=len(notes), last=clipped(last, _LAST))


@dataclass(frozen=True, slots=True, kw_only=True)
class Hearing:
    """Knows which messages are notes without being addressed to the bot.

    Attributes:
        database: The store.
    """

    database: CouncilDatabase

    def hears(self, message: Message) -> bool:
        """Whether staff say something where the notes of a meeting are taken."""
        if message.from_user is None or (message.text or "").startswith("/"):
            return False
        row = self.database.one(
            "select 1 from note_places p join meetings m on m.id = p.meeting_id"
            " join people w on w.telegram_id = ?"
            f" where p.chat_id = ? and p.thread = ? and w.role in {_NOTING}",
            [message.from_user.id, message.chat.id, topic(message) or 0],
        )
        return row is not None

    def keeps(self, update: Update) -> bool:
        """Whether an update holds a note, new or edited; nothing else of a group is kept."""
        message = update.message or update.edited_message
        return message is not None and (
            self.knows(message) if update.edited_message else self.hears(message)
        )

    def knows(self, message: Message) -> bool:
        """Whether a message has given a note."""
        row = self.database.one(
            "select 1 from meeting_notes where chat_id = ? and message_id = ?",
            [message.chat.id, message.message_id],
        )
        return row is not None

    def about(self, message: Message) -> tuple[str, str]:
        """What the bot's message is about to which this one replies: its kind and its number."""
        replied = message.reply_to_message
        if replied is None:
            return "", ""
        # A message that was cut off while it was sent has no number yet: a chat has at most one.
        row = self.database.one(
            "select about from outbox where chat_id = :chat and (message_id = :number or"
            " (message_id is null and state = 'sending'"
            " and json_extract(payload, '$.after[1]') < :number))"
            " order by message_id is null, id desc limit 1",
            {"chat": message.chat.id, "number": replied.message_id},
        )
        kind, _, number = (row["about"] if row else "").partition(":")
        return kind, number


class NoteFilter(filters.MessageFilter):
    """Lets through what is a note: said in a note's place, and not to the bot.

    Args:
        hearing: Knows the places.
        addressing: Knows what is said to the bot.
    """

    def __init__(self, hearing: Hearing, addressing: Addressing) -> None:
        super().__init__(name="note")
        self._hearing = hearing
        self._addressing = addressing

    def filter(self, message: Message) -> bool:
        """Whether the message is a note or replies to one of the bot's about a note."""
        if not self._hearing.hears(message):
            return False
        if self._hearing.about(message)[0] in (NOTE, MEETING):
            return True
        return not self._to_bot(message)

    def _to_bot(self, message: Message) -> bool:
        replied = message.reply_to_message
        author = replied.from_user.id if replied and replied.from_user else None
        if str(message.chat.type) == "private":
            return author == self._addressing.bot_id
        return bool(self._addressing.question(message))


class AboutFilter(filters.MessageFilter):
    """Lets through replies to the bot's messages about something.

    Args:
        hearing: Knows what they are about.
        kind: What.
    """

    def __init__(self, hearing: Hearing, kind: str) -> None:
        super().__init__(name=f"about {kind}")
        self._hearing = hearing
        self._kind = kind

    def filter(self, message: Message) -> bool:
        """Whether the message replies to such a message."""
        return bool(message.text) and self._hearing.about(message)[0] == self._kind


class EditedNoteFilter(filters.MessageFilter):
    """Lets through messages that have given a note; for edits.

    Args:
        hearing: Knows the notes.
    """

    def __init__(self, hearing: Hearing) -> None:
        super().__init__(name="edited note")
        self._hearing = hearing

    def filter(self, message: Message) -> bool:
        """Whether the message has given a note."""
        return self._hearing.knows(message)


def is_over(meeting: Meeting) -> bool:
    """Whether the notes of a meeting have been ended."""
    return meeting.state is State.CLOSED
