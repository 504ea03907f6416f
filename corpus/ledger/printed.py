"""Opinions as papers print them, with the replies to them."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

import sqlite_utils

from corpus.ledger.opinion import Matter
from corpus.records import RecordKind
from corpus.text import fold

# The label of a box of replies (부서의견) names no department.
_NAMELESS = re.compile(r"(?:담당|소관|주관|주무|해당|관련|실무|각)?부서(?:의견|답변)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """An opinion as a paper prints it, with the reply to it.

    Attributes:
        record_id: Its row among the records.
        text: The words.
        matter: What it is about.
        speaker: Who said it; empty where that is not printed.
        reply_record_id: The row of the reply; None without one.
        reply: Its words; empty without one.
        department: Who replies.
    """

    record_id: int
    text: str
    matter: Matter
    speaker: str
    reply_record_id: int | None
    reply: str
    department: str

    @property
    def digest(self) -> str:
        """By what it is known again: its agenda item and its words, spacing aside."""
        return _digest(self.matter.agenda, self.text)


def printed_opinions(db: sqlite_utils.Database, document_id: int) -> list[Printed]:
    """The opinions of a paper in printed order, inside an open transaction."""
    rows = db.execute(
        "select r.id, r.parent_id, r.kind, n.title from records r"
        " join relations n on n.id = r.relation_id where n.document_id = ? and r.kind in (?, ?)"
        " order by n.ordinal, r.ordinal",
        [document_id, RecordKind.OPINION.value, RecordKind.REPLY.value],
    ).fetchall()
    if not rows:
        return []
    replies: dict[int, int] = {}
    for number, parent, kind, _ in rows:
        if kind == RecordKind.REPLY and parent is not None:
            replies.setdefault(parent, number)
    agendas = _agenda_titles(db, document_id)
    found = []
    for number, _, kind, heading in rows:
        if kind != RecordKind.OPINION:
            continue
        own, reply = _fields(db, number), _fields(db, replies.get(number))
        if not own.get("text"):
            continue
        agenda = own.get("agenda", "")
        matter = Matter(
            dong=own.get("place of it", ""),
            agenda=agendas.get(agenda) or heading or agenda,
            topic=own.get("topic", ""),
            department=_answering(reply),
        )
        found.append(
            Printed(
                record_id=number,
                text=own["text"],
                matter=matter,
                speaker=own.get("speaker", ""),
                reply_record_id=replies.get(number),
                reply=reply.get("text", ""),
                department=matter.department,
            )
        )
    return found


def _answering(reply: dict[str, str]) -> str:
    """Who answered, by name; empty where a paper only says that a department did."""
    who = reply.get("department") or reply.get("speaker", "")
    return "" if _NAMELESS.fullmatch(who.replace(" ", "")) else who


def _fields(db: sqlite_utils.Database, record_id: int | None) -> dict[str, str]:
    """Texts of a record by name; the first place under `place of it`."""
    rows = db.execute(
        "select name, text, place from fields where record_id = ? order by ordinal desc",
        [record_id],
    ).fetchall()
    found = {name: text for name, text, _ in rows}
    places = [place for _, _, place in rows if place]
    return found | {"place of it": places[-1] if places else ""}


def _agenda_titles(db: sqlite_utils.Database, document_id: int) -> dict[str, str]:
    rows = db.execute(
        "select a.text, b.text from records r join relations n on n.id = r.relation_id"
        " join fields a on a.record_id = r.id and a.name = 'number'"
        " join fields b on b.record_id = r.id and b.name = 'title'"
        " where n.document_id = ? and r.kind = ?",
        [document_id, RecordKind.AGENDA_ITEM.value],
    ).fetchall()
    return dict(rows)


def _digest(agenda: str, text: str) -> str:
    return hashlib.sha256(f"{fold(agenda)}\n{fold(text)}".encode()).hexdigest()
