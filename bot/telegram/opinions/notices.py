"""Who is told what about an opinion: staff, its author, those merged into it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import sqlite_utils
from telegram import InlineKeyboardMarkup

from bot.opinion_cards import folder, promise_words, staff_card
from bot.render import clipped, escaped
from bot.telegram.desk import Desk, Exchange
from bot.telegram.opinions.elsewhere import tell_in_group
from bot.telegram.opinions.keyboards import below_question, below_reply, below_staff
from bot.telegram.outbox import notice
from corpus.database import OpenTransaction
from corpus.departments import Departments
from corpus.ledger.ledger import Ledger
from corpus.ledger.opinion import Matter, Opinion, Promise
from corpus.messages import say
from corpus.people import People, Role, key_of
from corpus.types import Visibility

STAFF = (Role.STAFF.value, Role.CHAIR.value, Role.ADMINISTRATOR.value)

_OWN = 60
# What was replied to them is theirs whatever role they have.
_AUTHORS = Visibility.PUBLIC


class Notices:
    """Puts messages to others than whoever wrote into the outbox, inside open transactions.

    Args:
        desk: Keeps them.
        drafts: Whether a chat model drafts replies.
    """

    def __init__(self, desk: Desk, *, drafts: bool) -> None:
        self._desk = desk
        self._drafts = drafts

    def staff(
        self, db: sqlite_utils.Database, exchange: Exchange, opinion_id: int, similar: Sequence[str]
    ) -> int:
        """Give the staff whose business it is the card of a new opinion; how many that is."""
        found = folder(Ledger(OpenTransaction(db)), opinion_id)
        reached = chats_for(db, found.opinion.matter) if found else []
        for chat_id, key in reached if found else ():
            card = staff_card(found, similar, key) if found else ""
            markup = below_staff(found.opinion, key, drafts=self._drafts) if found else None
            self._desk.notify(db, exchange, chat_id, card, markup, level=Visibility.STAFF)
        return len(reached)

    def handler(
        self, db: sqlite_utils.Database, exchange: Exchange, opinion_id: int, said: str
    ) -> None:
        """Tell whoever handles an opinion, or whose business it is, what its author said."""
        found = folder(Ledger(OpenTransaction(db)), opinion_id)
        if found is None:
            return
        chats = chats_for(db, found.opinion.matter)
        mine = [(chat, key) for chat, key in chats if key == found.opinion.taken_by]
        for chat_id, key in mine or chats:
            text = f"{escaped(said)}\n\n{staff_card(found, (), key)}"
            markup = below_staff(found.opinion, key, drafts=self._drafts)
            self._desk.notify(db, exchange, chat_id, text, markup, level=Visibility.STAFF)

    def answered(
        self,
        db: sqlite_utils.Database,
        exchange: Exchange,
        opinion_id: int,
        reply: str,
        promise: Promise,
    ) -> int:
        """Tell the author and those merged in what was replied; how many could be told."""
        told = 0
        for opinion in concerned(db, opinion_id):
            text = answered_text(opinion, reply, promise)
            told += self._tell(db, exchange, opinion, text, below_reply(opinion.id))
        return told

    def asked(
        self, db: sqlite_utils.Database, exchange: Exchange, opinion_id: int, text: str
    ) -> None:
        """Ask the author something."""
        (opinion, *_) = concerned(db, opinion_id)
        said = say("opinion.asked_back", number=opinion.number, own=_own(opinion), text=text)
        self._tell(db, exchange, opinion, said, below_question(opinion_id))

    def said(
        self,
        db: sqlite_utils.Database,
        exchange: Exchange,
        opinion_id: int,
        key: str,
        **values: str,
    ) -> None:
        """Tell the author and those merged in one sentence."""
        for opinion in concerned(db, opinion_id):
            self._tell(db, exchange, opinion, say(key, number=opinion.number, **values), None)

    def _tell(
        self,
        db: sqlite_utils.Database,
        exchange: Exchange,
        opinion: Opinion,
        text: str,
        markup: InlineKeyboardMarkup | None,
    ) -> int:
        chat = author_chat(db, opinion)
        if chat is None and markup is not None:
            # Who waits for a reply or is asked something, but has no private chat with the bot.
            group = tell_in_group(db, opinion.id, self._desk.bot.username, self._desk.now())
            if group is not None:
                self._desk.tells(exchange, group)
            return int(group is not None)
        if chat is None or chat == exchange.chat_id:
            return int(chat is not None)
        self._desk.notify(db, exchange, chat, escaped(text), markup, level=_AUTHORS)
        return 1


def staff_chats(db: sqlite_utils.Database) -> list[tuple[int, str]]:
    """Chat and key of everybody of the staff who can be written to."""
    marks = ", ".join("?" for _ in STAFF)
    rows = db.execute(
        f"select telegram_id, id from people where role in ({marks})"
        " and telegram_id is not null and blocked_at is null order by id",
        list(STAFF),
    ).fetchall()
    return [(int(chat), key_of(db, number)) for chat, number in rows]


def chats_for(db: sqlite_utils.Database, matter: Matter) -> list[tuple[int, str]]:
    """Chat and key of the staff whose business a matter is.

    Those of its department or its neighbourhood, and those for whom neither is set; everybody
    where that leaves nobody.
    """
    reader = OpenTransaction(db)
    department = Departments(reader).named(matter.department)
    named = department.name if department else ""
    people = People(reader)
    concerned = [
        (chat, key)
        for chat, key in staff_chats(db)
        if (one := people.known_as(key)) is not None
        and (
            not (one.department or one.dongs)
            or (named and one.department == named)
            or (matter.dong and matter.dong in one.dongs)
        )
    ]
    return concerned or staff_chats(db)


def author_chat(db: sqlite_utils.Database, opinion: Opinion) -> int | None:
    """The private chat of an opinion's author; None where they cannot be written to."""
    row = db.execute(
        "select telegram_id from people where id = ? and blocked_at is null", [opinion.author_id]
    ).fetchone()
    return None if row is None else int(row[0])


def concerned(db: sqlite_utils.Database, opinion_id: int) -> list[Opinion]:
    """An opinion and those merged into it."""
    ledger = Ledger(OpenTransaction(db))
    own = ledger.get(opinion_id)
    return [own, *ledger.merged(opinion_id)] if own else []


def tell_answered(
    db: sqlite_utils.Database, opinion_id: int, reply: str, promise: Promise, now: datetime
) -> None:
    """Tell the author and those merged in what was replied elsewhere than in Telegram.

    Whoever serves the store sends it within a minute, or when it starts.
    """
    for opinion in concerned(db, opinion_id):
        if chat := author_chat(db, opinion):
            text = answered_text(opinion, reply, promise)
            notice(db, chat, escaped(text), below_reply(opinion.id), now, level=_AUTHORS)


def answered_text(opinion: Opinion, reply: str, promise: Promise) -> str:
    """What the author of an opinion reads of a reply."""
    promised = promise_words(promise)
    lines = [
        say("opinion.answered", number=opinion.number, own=_own(opinion), reply=reply),
        say("opinion.answered_as", promise=promised) if promised else "",
    ]
    return "\n\n".join(filter(None, lines))


def _own(opinion: Opinion) -> str:
    """The first words of an opinion, by which its author knows it again."""
    return clipped(opinion.text, _OWN)
