"""`/stats`: the numbers of the last weeks, as lines and as a picture."""

from __future__ import annotations

from typing import Any

import sqlite_utils
from telegram import Update

from bot.clock import day_of
from bot.render import escaped
from bot.telegram.desk import Desk
from bot.telegram.enclosures import Enclosure
from bot.telegram.unanswered.listing import refused
from bot.week_chart import week_chart
from bot.weekly import WEEKS, weekly_text
from corpus.database import CouncilDatabase
from corpus.messages import say
from corpus.tallies import Week, weeks
from corpus.unanswered import Standing, Unanswered


class Numbers:
    """The handler of `/stats`.

    Args:
        desk: Takes up updates and commits their effects.
        database: The store.
    """

    def __init__(self, desk: Desk, database: CouncilDatabase) -> None:
        self._desk = desk
        self._database = database

    async def show(self, update: Update, context: Any) -> None:
        """Send the numbers, with a picture where there are any questions."""
        exchange = await self._desk.open(update)
        if refusal := refused(exchange):
            await self._desk.reply(exchange, escaped(refusal))
            return
        today = day_of(self._desk.now())
        found = await self._desk.think(lambda: weeks(self._database, today, WEEKS))
        waiting = await self._desk.think(lambda: Unanswered(self._database).count(Standing.WAITING))
        text = weekly_text(found, waiting)
        picture = await self._desk.think(lambda: _picture(found))

        def effects(db: sqlite_utils.Database) -> None:
            self._desk.post(db, exchange, escaped(text))
            if picture is not None:
                self._desk.enclose(db, exchange, picture, "numbers")

        await self._desk.close(exchange, effects)


def _picture(found: list[Week]) -> Enclosure | None:
    if not any(week.questions for week in found):
        return None
    name, caption = f"{say('stats.name')}.png", say("stats.chart")
    return Enclosure(name=name, content=week_chart(found), caption=caption, picture=True)
