"""What the bot does by itself: chases promises, reminds of meetings, sends a digest each week.

When each is due next stands in the store, and moves on in the transaction that does it: after a
restart nothing is done twice and nothing that fell due meanwhile is left out.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from functools import partial

import sqlite_utils

from bot.clock import SEOUL, day_of, seoul
from bot.ledger_reports import digest_text, overdue_text
from bot.render import escaped
from bot.telegram.meetings.inviting import send_reminders
from bot.telegram.menus import Menus
from bot.telegram.opinions.forgetting import drop_strangers
from bot.telegram.opinions.keyboards import to_open
from bot.telegram.opinions.notices import staff_chats
from bot.telegram.outbox import Outbox, notice
from bot.telegram.people.telling import tell_administrators
from bot.telegram.writer import Writer
from bot.weekly import week_line
from corpus.database import OpenTransaction
from corpus.ledger.ledger import Ledger
from corpus.ledger.opinion import Opinion
from corpus.ledger.wanted import Wanted
from corpus.messages import say
from corpus.retention import Periods, clear, jumped, resting
from corpus.tallies import weeks
from corpus.types import Visibility
from corpus.unanswered import Standing, Unanswered

_LOGGER = logging.getLogger(__name__)

# Offices open at nine; what is due is looked for every minute.
_HOUR = time(9)
_LOOK = 60.0
# A promise that stays unkept is chased again after a week; daily would be ignored.
_AGAIN = timedelta(days=7)
_MONDAY = 0
_LONGEST = 3500

Chore = Callable[[sqlite_utils.Database, datetime], None]


class Chores:
    """Does what is due.

    Args:
        writer: Writes to the store.
        outbox: Delivers.
        menus: Shows people the commands of their role.
        periods: How long things are kept.
        now: The clock, aware.
    """

    def __init__(
        self,
        writer: Writer,
        outbox: Outbox,
        menus: Menus,
        periods: Periods,
        now: Callable[[], datetime],
    ) -> None:
        self._writer = writer
        self._outbox = outbox
        self._menus = menus
        self._periods = periods
        self._now = now

    async def run(self) -> None:
        """Do what is due until cancelled."""
        while True:
            try:
                await self.do()
            except Exception as error:
                # One chore that nobody foresaw must not end all others for good.
                _LOGGER.error("A chore failed: %s", type(error).__name__)  # noqa: TRY400 -- words of people may be in it
            await asyncio.sleep(_LOOK)

    async def do(self) -> None:
        """Do everything that is due now, and deliver what other processes left to be sent."""
        await self._writer.write(lambda db: do_due(db, self._now(), self._periods))
        self._outbox.start()
        await self._writer.scrub()
        await self._menus.keep()


def do_due(db: sqlite_utils.Database, now: datetime, periods: Periods) -> None:
    """Do what is due inside an open transaction, and set down when it is due next."""
    chores: tuple[tuple[str, Chore, Callable[[datetime], datetime]], ...] = (
        ("chase", _chase, _tomorrow),
        ("reminders", send_reminders, _tomorrow),
        ("digest", _digest, _next_monday),
        ("retention", partial(_sweep, periods=periods), _tomorrow),
    )
    for name, chore, following in chores:
        row = db.execute("select due_at from chores where name = ?", [name]).fetchone()
        due = following(now)
        if row is not None and datetime.fromisoformat(row[0]) > due:
            # Set down by a clock that was ahead and has been set back: it would rest for days.
            db.execute("update chores set due_at = ? where name = ?", [due.isoformat(), name])
        elif row is None or datetime.fromisoformat(row[0]) <= now:
            # The first time that the bot runs there is no digest: one of nothing, or of papers just
            # taken in, would be the first thing staff hear.
            if row is not None or name != "digest":
                chore(db, now)
            db.execute("insert or replace into chores values (?, ?)", [name, due.isoformat()])


def _tomorrow(now: datetime) -> datetime:
    today = seoul(now)
    first = datetime.combine(today.date(), _HOUR, SEOUL)
    return first if first > today else first + timedelta(days=1)


def _next_monday(now: datetime) -> datetime:
    day = _tomorrow(now)
    return day + timedelta(days=(_MONDAY - day.weekday()) % 7)


def _chase(db: sqlite_utils.Database, now: datetime) -> None:
    """Remind whoever made an overdue promise, or all staff where nobody handles it."""
    today = day_of(now)
    ledger = Ledger(OpenTransaction(db))
    late = [
        one
        for one in ledger.listed(Wanted(overdue=True), Visibility.STAFF, today)
        if _chased(db, one.id, today) + _AGAIN <= today
    ]
    chats = staff_chats(db)
    keys = {key for _, key in chats}
    for chat_id, key in chats:
        own = [one for one in late if one.taken_by == key or one.taken_by not in keys]
        if own:
            _post(db, chat_id, overdue_text(own), now, own)
    for one in late if chats else ():
        sql = "update opinions set chased_on = ? where id = ?"
        db.execute(sql, [today.isoformat(), one.id])


def _chased(db: sqlite_utils.Database, opinion_id: int, today: date) -> date:
    """When an opinion was chased last; a day ahead of the clock counts as today."""
    (day,) = db.execute("select chased_on from opinions where id = ?", [opinion_id]).fetchone()
    return min(date.fromisoformat(day), today) if day else date.min


def _digest(db: sqlite_utils.Database, now: datetime) -> None:
    """Tell staff what the week brought."""
    reader, today = OpenTransaction(db), day_of(now)
    last, *_ = weeks(reader, today, 2)
    waiting = Unanswered(reader).count(Standing.WAITING)
    lines = [
        digest_text(Ledger(reader), today),
        week_line(last, running=False) if last.questions else "",
        say("digest.unanswered", count=waiting) if waiting else "",
    ]
    text = "\n".join(filter(None, lines))
    for chat_id, _ in staff_chats(db):
        _post(db, chat_id, text, now, [])


def _sweep(db: sqlite_utils.Database, now: datetime, periods: Periods) -> None:
    """Take out what is over its time, and the last words to people who were forgotten."""
    drop_strangers(db)
    if until := jumped(db, now):
        tell_administrators(db, say("privacy.jumped", until=day_of(until)), now)
    if resting(db, now) is None:
        clear(db, periods, now)


def _post(
    db: sqlite_utils.Database, chat_id: int, text: str, now: datetime, opened: list[Opinion]
) -> None:
    markup = to_open(opened[:8]) if opened else None
    notice(db, chat_id, escaped(text[:_LONGEST]), markup, now, level=Visibility.STAFF)
