"""How much one person or one group may ask for; who asks for more is told once, not each time."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

import sqlite_utils
from telegram import Message, Update

from bot.access import Person, meet
from bot.house_rules import Allowances
from bot.render import escaped
from bot.telegram.desk import Desk, Exchange
from bot.telegram.pressed import Take
from corpus.messages import say
from corpus.spending import Allowance, Refusal, payer_of, spend
from retrieval.understanding.present_need import present_need

_MINUTE, _HOUR, _DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
# Whoever is in danger is heard beyond what others may ask, but not without end.
_IN_NEED = 5


class What(StrEnum):
    """What is asked for."""

    QUESTION = "question"  # also views, lists and commands: all that costs an answer
    OPINION = "opinion"  # the command; the opinion itself is paid for where it is offered
    UPLOAD = "upload"


class Limited(Protocol):
    """Puts a gate before a handler."""

    def __call__(self, take: Take, what: What = What.QUESTION) -> Take:
        """As `Gate.before`."""
        ...


class Gate:
    """Stands before handlers.

    Args:
        desk: Takes up updates and commits their effects.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._rules = desk.rules.limits

    def before(self, take: Take, what: What = What.QUESTION) -> Take:
        """A handler that takes only as much as its sender may ask for.

        Args:
            take: The handler.
            what: What it is asked for.
        """

        async def limited(update: Update, context: object) -> None:
            refusal = await self._refusal(update, what)
            if refusal is None:
                await take(update, context)
                return
            await self._refuse(await self._desk.pressed(update), refusal)

        return limited

    async def lets_raise(self, exchange: Exchange, text: str) -> bool:
        """Whether somebody may raise one more opinion today, which is used up by it.

        Args:
            exchange: The update; where they may not, it is closed, and they are told once.
            text: The opinion.
        """
        patience = _patience(text)

        def work(db: sqlite_utils.Database) -> Refusal | None:
            most = self._rules.opinions_day * _times(self._rules, exchange.person, patience)
            payer = payer_of(exchange.person.id)
            return spend(db, [_allowance(payer, "opinion_day", most, _DAY)], self._desk.now())

        refusal = await self._desk.write(work)
        if refusal is not None:
            await self._refuse(exchange, refusal)
        return refusal is None

    async def _refuse(self, exchange: Exchange, refusal: Refusal) -> None:
        if refusal.first:
            await self._desk.reply(exchange, escaped(_said(refusal, self._desk.now())))
        else:
            await self._desk.close(exchange)

    async def _refusal(self, update: Update, what: What) -> Refusal | None:
        user, chat, now = update.effective_user, update.effective_chat, self._desk.now()
        if user is None or chat is None:
            return None
        message = update.effective_message
        text = message.text if isinstance(message, Message) else None
        patience = _patience(text or "")
        group = 0 if str(chat.type) == "private" else chat.id

        def work(db: sqlite_utils.Database) -> Refusal | None:
            person = meet(db, user.id, self._desk.now)
            return spend(db, _allowances(self._rules, person, what, group, patience), now)

        return await self._desk.write(work)


def _allowances(
    rules: Allowances, person: Person, what: What, group: int, patience: int
) -> list[Allowance]:
    payer = payer_of(person.id)
    times = _times(rules, person, patience)
    if what is What.UPLOAD:
        return [_allowance(payer, "upload_hour", rules.uploads_hour, _HOUR)]
    if what is What.OPINION:
        return [_allowance(payer, "question_minute", rules.questions_minute * times, _MINUTE)]
    own = [
        _allowance(payer, "question_minute", rules.questions_minute * times, _MINUTE),
        _allowance(payer, "question_day", rules.questions_day * times, _DAY),
    ]
    if group and not person.corrects:
        most = rules.group_minute * patience
        own.append(_allowance(f"group {group}", "group_minute", most, _MINUTE))
    return own


def _allowance(payer: str, what: str, most: int, period: timedelta) -> Allowance:
    return Allowance(payer=payer, what=what, most=most, period=period)


def _said(refusal: Refusal, now: datetime) -> str:
    minutes = max(1, -(-int((refusal.until - now).total_seconds()) // 60))
    hours, rest = divmod(minutes, 60)
    wait = say("limits.hours", count=hours + bool(rest)) if hours else ""
    return say(
        f"limits.{refusal.allowance.what}",
        most=refusal.allowance.most,
        wait=wait or say("limits.minutes", count=minutes),
    )


def _patience(text: str) -> int:
    return _IN_NEED if present_need(text[:1000]) is not None else 1


def _times(rules: Allowances, person: Person, patience: int) -> int:
    return patience * (rules.staff_factor if person.corrects else 1)
