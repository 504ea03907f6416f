"""What the handlers of rows share: who may change them, how they look, whether they still stand."""

from __future__ import annotations

import sqlite_utils
from telegram import InlineKeyboardMarkup, Update

from bot.render import clipped, escaped
from bot.rows import field_line
from bot.telegram.desk import Desk, Exchange
from bot.telegram.row_keyboards import below_row
from corpus.corrections import Actor, Seen
from corpus.messages import say
from corpus.review import Review, ReviewRow
from retrieval.understanding.personal_data import mask

_TITLE, _VALUE, _FIELDS = 80, 200, 12


class RowDesk:
    """The desk at which staff look at rows.

    Args:
        desk: Takes up updates and commits their effects.
        review: Reads and changes rows.
    """

    def __init__(self, desk: Desk, review: Review) -> None:
        self.desk = desk
        self.review = review

    async def card(
        self, exchange: Exchange, after: int, *, decided: bool = False
    ) -> tuple[str, InlineKeyboardMarkup | None]:
        """The next waiting row behind a row number, as a message with its buttons.

        Args:
            exchange: Who looks.
            after: The row that was looked at before; 0 for none.
            decided: Whether that row will not wait any more once the message is sent.
        """
        audience, but = exchange.audience, after if decided else 0
        count = await self.desk.think(lambda: self.review.count(audience, but))
        row = await self.desk.think(lambda: self.review.next(after, audience))
        if row is None:
            key = "review.end" if count and after else "review.nothing"
            return escaped(say(key, count=count)), None
        head = f"<b>{escaped(say('review.waiting', count=count))}</b>"
        return f"{head}\n\n{shown_row(row)}", below_row(row, queued=True)

    async def staff(self, update: Update) -> Exchange | None:
        """The exchange of somebody who may change rows; others are told and nothing is changed.

        The button of a press stops spinning at once.
        """
        exchange = await self.desk.pressed(update)
        if refusal := refused(exchange):
            await self.desk.reply(exchange, escaped(refusal))
            return None
        return exchange

    def current(self, exchange: Exchange, seen: Seen) -> tuple[ReviewRow | None, str]:
        """The row as it was seen; else what to say: it is gone, or somebody was faster."""
        row = self.review.row(seen.record_id, exchange.audience)
        if row is None or row.seen.document_id != seen.document_id:
            return None, say("review.gone")
        return (row, "") if row.seen == seen else (None, say("review.overtaken"))

    def actor(self, exchange: Exchange, reason: str = "") -> Actor:
        """The person as the audit knows them; personal data in a reason is masked."""
        return Actor(person=exchange.person.key, at=self.desk.now(), reason=mask(reason))

    def say(self, db: sqlite_utils.Database, exchange: Exchange, key: str) -> None:
        """Post one sentence inside an open transaction."""
        self.desk.post(db, exchange, escaped(say(key)))


def shown_row(row: ReviewRow) -> str:
    """A row as a message: its paper, its quote in bold, why it waits, its values."""
    where = " · ".join(filter(None, (row.title, row.heading.strip())))
    lines = [f"<i>{escaped(clipped(where, _TITLE))}</i>", f"<b>{escaped(row.quote)}</b>"]
    lines += [f"※ {escaped(reason)}" for reason in row.reasons]
    lines += [f"· {escaped(clipped(field_line(field), _VALUE))}" for field in row.fields[:_FIELDS]]
    return "\n".join(lines)


def refused(exchange: Exchange) -> str:
    """Why somebody may not change rows here; empty for staff in a private chat."""
    if not exchange.person.corrects:
        return say("review.staff_only")
    return "" if exchange.private else say("review.private_only")
