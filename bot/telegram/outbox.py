"""Everything the bot says, kept in the store until Telegram has it, one lane per chat."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import sqlite_utils
from telegram import Bot, InlineKeyboardMarkup

from bot.render import escaped
from bot.telegram.delivery import Fate, Outcome, edit, payload, plain, send
from bot.telegram.letters import EDIT, SEND, Instead, Letter, Letters
from bot.telegram.marks import Marks
from bot.telegram.pacing import Pacing
from bot.telegram.tally import Tally
from bot.telegram.trace import candidates, find
from corpus.messages import say
from corpus.types import Visibility

_LOGGER = logging.getLogger(__name__)

# A send that was cut off may still be under way inside Telegram: let it land before looking.
_SETTLE = timedelta(seconds=1)
# After 1, 2, 4 … seconds, at most a minute: an outage ends without anybody restarting the bot.
_LONGEST_WAIT = timedelta(minutes=1)
# Telegram asks for some hours at most. What is to wait longer was put off by a clock that has been
# set back since.
_LONGEST_LIMIT = timedelta(days=1)
# An answer a day late helps nobody and may surprise; what became of an opinion is worth the wait.
_TOO_LATE, _TOO_LATE_FOR_NOTICES = timedelta(days=1), timedelta(days=30)


class Outbox:
    """Delivers what handlers put into the store, in order within a chat.

    Chats never wait for one another: each has a task of its own while it has something open.

    Args:
        bot: Sends.
        letters: The rows.
        marks: Message numbers seen so far.
        pacing: Telegram's limits.
        now: The clock, aware.
        instead: Says elsewhere what a person who cannot be written to should know.
        tally: Counts what is done.
    """

    def __init__(
        self,
        bot: Bot,
        letters: Letters,
        marks: Marks,
        pacing: Pacing,
        now: Callable[[], datetime],
        instead: Instead,
        tally: Tally,
    ) -> None:
        self._bot = bot
        self._tally = tally
        self._instead = instead
        self._letters = letters
        self._marks = marks
        self._pacing = pacing
        self._now = now
        self._lanes: dict[int, asyncio.Task[None]] = {}
        self._stopping = asyncio.Event()

    def start(self) -> None:
        """Take up what an earlier run, or another process, left open."""
        for chat_id in self._letters.open_chats():
            self.wake(chat_id)

    def wake(self, chat_id: int) -> None:
        """Deliver what has been committed for a chat."""
        lane = self._lanes.get(chat_id)
        # A lane decides that it is empty and ends in one step of the loop, so a live one will look.
        if lane is None or lane.done():
            self._lanes[chat_id] = asyncio.create_task(self._drain(chat_id))

    async def stop(self, seconds: float) -> None:
        """Send what can be sent at once; the rest stays in the store for the next start.

        Args:
            seconds: How long lanes that are moving may take.
        """
        self._stopping.set()
        lanes = [lane for lane in self._lanes.values() if not lane.done()]
        if lanes:
            _, late = await asyncio.wait(lanes, timeout=seconds)
            for lane in late:
                lane.cancel()
            await asyncio.gather(*lanes, return_exceptions=True)

    async def _drain(self, chat_id: int) -> None:
        while (letter := self._letters.next(chat_id)) is not None:
            wait = letter.not_before - self._now()
            if timedelta(0) < wait < _LONGEST_LIMIT:
                # Read again afterwards: a group may have moved away with its letters meanwhile.
                if await self._stops_within(wait.total_seconds()):
                    return
                continue
            try:
                outcome = await self._attempt(letter)
            except Exception as error:
                # One message that nobody foresaw must not silence its chat for good.
                _LOGGER.error("Message %d could not be sent: %s", letter.id, type(error).__name__)  # noqa: TRY400 -- the text may be in it
                outcome = Outcome(fate=Fate.REFUSED, reason=type(error).__name__)
            await self._settle(letter, outcome)
        del self._lanes[chat_id]

    async def _stops_within(self, seconds: float) -> bool:
        try:
            await asyncio.wait_for(self._stopping.wait(), seconds)
        except TimeoutError:
            return False
        return True

    async def _attempt(self, letter: Letter) -> Outcome:
        if letter.after is not None:
            outcome = await self._look_for(letter, letter.after)
            if outcome.fate is not Fate.GONE:
                return outcome
        await self._pacing.turn(letter.chat_id, later=letter.notice)
        if self._letters.readers_level(letter.chat_id) < letter.level:
            return Outcome(fate=Fate.WITHHELD, reason="its readers may see less by now")
        if letter.method == EDIT:
            target = self._letters.target(letter)
            if target is None:
                return Outcome(fate=Fate.GONE)
            return await edit(self._bot, letter.chat_id, target, letter.parameters)
        await self._letters.sending(letter, self._marks.highest(letter.chat_id))
        return await send(self._bot, letter.chat_id, letter.parameters, letter.method)

    async def _look_for(self, letter: Letter, after: int) -> Outcome:
        highest = self._marks.highest(letter.chat_id)
        known = self._letters.taken_after(letter.chat_id, after)
        numbers = candidates(letter.chat_id, after, highest, known)
        return await find(self._bot, letter.chat_id, letter.parameters, numbers)

    async def _settle(self, letter: Letter, outcome: Outcome) -> None:
        self._tally.tried(outcome.fate)
        match outcome.fate:
            case Fate.ARRIVED:
                if outcome.message_id is not None:
                    self._marks.see(letter.chat_id, outcome.message_id)
                await self._letters.arrived(letter, outcome.message_id)
            case Fate.MOVED if outcome.chat_id is not None:
                await self._letters.move(letter.chat_id, outcome.chat_id)
                self.wake(outcome.chat_id)
            case Fate.GONE if letter.method == EDIT:
                await self._letters.again(letter, self._now(), method=SEND)
            case Fate.GARBLED if "parse_mode" in letter.parameters:
                await self._letters.again(letter, self._now(), parameters=plain(letter.parameters))
            case Fate.WITHHELD if not letter.notice:
                said = payload(escaped(say("telegram.ask_again")))
                await self._letters.withheld(letter, self._now(), said)
            case Fate.BLOCKED:
                other = await self._letters.blocked(letter, self._now(), self._instead)
                if other is not None:
                    self.wake(other)
            case Fate.LATER | Fate.UNSURE:
                await self._postpone(letter, outcome)
            case _:
                await self._give_up(letter, outcome)

    async def _postpone(self, letter: Letter, outcome: Outcome) -> None:
        now = self._now()
        patience = _TOO_LATE_FOR_NOTICES if letter.notice else _TOO_LATE
        if now - letter.created_at > patience:
            await self._give_up(letter, outcome)
            return
        _LOGGER.warning("Message %d has to wait: %s", letter.id, outcome.reason)
        if outcome.wait is not None:
            self._pacing.slow_down(letter.chat_id)
        wait = outcome.wait or min(_SETTLE * 2 ** min(letter.attempts, 10), _LONGEST_WAIT)
        # What was looked for and could not be asked about is still as unsure as before.
        unsure = letter.after is not None or outcome.fate is Fate.UNSURE
        await self._letters.again(letter, now + wait, unsure=unsure)

    async def _give_up(self, letter: Letter, outcome: Outcome) -> None:
        _LOGGER.warning("Message %d is not delivered: %s", letter.id, outcome.reason)
        await self._letters.failed(letter)


def enqueue(
    db: sqlite_utils.Database,
    *,
    update_id: int | None,
    chat_id: int,
    parameters: dict[str, Any],
    now: datetime,
    level: Visibility,
    answer_id: int | None = None,
    about: str = "",
    method: str = SEND,
) -> None:
    """Put a message into the outbox, inside the transaction of what it answers.

    Args:
        db: The database of an open write transaction.
        update_id: The update that it answers.
        chat_id: Where to.
        parameters: What `bot.telegram.delivery.payload` made; for an edit also `message_id`, or
            `edits` with the outbox row whose message is changed.
        now: Time of writing, aware.
        level: What whoever reads it must be allowed to see, also when it is sent.
        answer_id: The answer that it shows, if any.
        about: What else it shows, by which a reply to it is understood.
        method: Bot API method.
    """
    db.execute(
        "insert into outbox (update_id, chat_id, method, payload, level, answer_id, about,"
        " state, not_before, created_at) values (?, ?, ?, ?, ?, ?, ?, 'queued', ?, ?)",
        [
            update_id,
            chat_id,
            method,
            json.dumps(parameters, ensure_ascii=False),
            int(level),
            answer_id,
            about,
            now.isoformat(),
            now.isoformat(),
        ],
    )


def notice(
    db: sqlite_utils.Database,
    chat_id: int,
    text: str,
    markup: InlineKeyboardMarkup | None,
    now: datetime,
    *,
    level: Visibility,
    reply_to: int | None = None,
) -> None:
    """Put a message that nobody asked for into the outbox, inside an open transaction.

    Args:
        db: The database of the transaction.
        chat_id: Where to.
        text: HTML, every value escaped.
        markup: Buttons below it.
        now: Time of writing, aware.
        level: What whoever reads it must be allowed to see, also when it is sent.
        reply_to: Message to reply to, if any.
    """
    parameters = payload(text, markup=markup, reply_to=reply_to)
    enqueue(db, update_id=None, chat_id=chat_id, parameters=parameters, now=now, level=level)
