"""Rows of the ledger's tables as values."""

from __future__ import annotations

import sqlite3

from corpus.ledger.opinion import Matter, Opinion, Promise, PromiseKind, State
from corpus.types import Visibility


def promise_of(row: sqlite3.Row) -> Promise:
    """What a reply promises, from its row or that of its opinion."""
    kind = PromiseKind(row["promise"]) if row["promise"] else None
    return Promise(kind=kind, due=row["due"], meeting=row["meeting"])


def opinion_of(row: sqlite3.Row) -> Opinion:
    """An opinion from its row."""
    return Opinion(
        id=row["id"],
        number=row["number"],
        origin=row["origin"],
        private=bool(row["private"]),
        state=State(row["state"]),
        revision=row["revision"],
        visibility=Visibility(row["visibility"]),
        text=row["text"],
        published=row["published"],
        published_reply=row["published_reply"],
        author_id=row["author_id"],
        author_name=row["author_name"],
        anonymous=bool(row["anonymous"]),
        pseudonym=row["pseudonym"],
        contact=row["contact"],
        matter=Matter(
            dong=row["dong"],
            programme=row["programme"],
            agenda=row["agenda"],
            topic=row["topic"],
            department=row["department"],
        ),
        chat_id=row["chat_id"],
        link=row["link"],
        raised_at=row["raised_at"],
        taken_by=row["taken_by"],
        merged_into=row["merged_into"],
        promise=promise_of(row) if row["promised_at"] else None,
        promised_at=row["promised_at"],
    )
