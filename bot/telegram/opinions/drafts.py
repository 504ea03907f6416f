"""Opinions that nobody has confirmed yet, kept as rows so that their buttons outlive a restart."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

import sqlite_utils
from telegram import Message
from telegram.ext import filters

from corpus.database import Reader
from corpus.ledger.opinion import Matter, Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An opinion that is still to be confirmed.

    Attributes:
        id: Its row; 0 before it has one.
        person_id: Who drafts it, and who alone may press its buttons.
        author_id: Whose message it was; None for the drafter's own.
        author_name: The author's name as the messenger shows it.
        place: Where it was said.
        text: What was said, personal data masked.
        matter: What it is about.
        anonymous: Whether its author is to be hidden from staff.
        contact: How staff may reach its author, if they left that.
        opinion_id: The entry that it became; None before.
    """

    id: int = 0
    person_id: int
    author_id: int | None
    author_name: str
    place: Place
    text: str
    matter: Matter
    anonymous: bool = False
    contact: str = ""
    opinion_id: int | None = None

    @property
    def own(self) -> bool:
        """Whether the drafter said it."""
        return self.author_id is None or self.author_id == self.person_id


def keep(db: sqlite_utils.Database, draft: Draft, now: datetime) -> Draft:
    """Write a draft, or its changes, inside an open transaction; gives it with its row."""
    fields = {
        "text": draft.text,
        "matter": asdict(draft.matter),
        "anonymous": draft.anonymous,
        "contact": draft.contact,
    }
    text = json.dumps(fields, ensure_ascii=False)
    if draft.id:
        db.execute("update opinion_drafts set fields = ? where id = ?", [text, draft.id])
        return draft
    cursor = db.execute(
        "insert into opinion_drafts (person_id, author_id, author_name, chat_id, message_id, link,"
        " fields, made_at) values (?, ?, ?, ?, ?, ?, ?, ?)",
        [
            draft.person_id,
            draft.author_id,
            draft.author_name,
            draft.place.chat_id,
            draft.place.message_id,
            draft.place.link,
            text,
            now.isoformat(),
        ],
    )
    return replace(draft, id=int(cursor.lastrowid or 0))


def find(reader: Reader, draft_id: int, person_id: int) -> Draft | None:
    """A person's draft; None where it is not theirs or not there any more."""
    row = reader.one(
        "select * from opinion_drafts where id = ? and person_id = ?", [draft_id, person_id]
    )
    return None if row is None else _draft(row)


def of_message(reader: Reader, message: Message) -> Draft | None:
    """The draft that somebody made of a message of their own; None where there is none."""
    row = reader.one(
        "select d.* from opinion_drafts d join people p on p.id = d.person_id"
        " where d.chat_id = ? and d.message_id = ? and p.telegram_id = ?"
        " order by d.id desc limit 1",
        [
            message.chat.id,
            message.message_id,
            message.from_user.id if message.from_user else None,
        ],
    )
    return None if row is None else _draft(row)


def _draft(row: Any) -> Draft:
    fields = json.loads(row["fields"])
    return Draft(
        id=row["id"],
        person_id=row["person_id"],
        author_id=row["author_id"],
        author_name=row["author_name"],
        place=Place(chat_id=row["chat_id"], message_id=row["message_id"], link=row["link"]),
        text=fields.get("text", ""),
        matter=Matter(**fields.get("matter", {})),
        anonymous=fields.get("anonymous", False),
        contact=fields.get("contact", ""),
        opinion_id=row["opinion_id"],
    )


def finish(db: sqlite_utils.Database, draft_id: int, opinion_id: int) -> None:
    """Remember what a draft became; its words are in the ledger now and go here."""
    db.execute(
        "update opinion_drafts set fields = '{}', author_name = '', opinion_id = ? where id = ?",
        [opinion_id, draft_id],
    )


def drop(db: sqlite_utils.Database, draft_id: int) -> None:
    """Throw a draft away."""
    db.execute("delete from opinion_drafts where id = ?", [draft_id])


class DraftedFilter(filters.MessageFilter):
    """Lets through the edit of a message that its sender made a draft of.

    Args:
        reader: The store.
    """

    def __init__(self, reader: Reader) -> None:
        super().__init__(name="drafted")
        self._reader = reader

    def filter(self, message: Message) -> bool:
        """Whether there is such a draft."""
        return of_message(self._reader, message) is not None
