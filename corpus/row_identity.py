"""By what a row of a paper is known again when the paper comes in anew."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import sqlite_utils

from corpus.records import FieldType
from corpus.text import fold, squeeze

_KEYS = {
    FieldType.PLACE,
    FieldType.NAME,
    FieldType.ORGANISATION,
    FieldType.PERSON,
    FieldType.CODE,
    FieldType.TEXT,
}
# A shorter quote could stand anywhere in a paper.
_TELLING = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """What tells one row from every other of its paper.

    Attributes:
        kind: What the row states.
        heading: Title of its relation, folded.
        keys: Name, type and folded text of each field that labels it, as printed.
        quote: Its printed text, folded.
        occurrence: Which one it is of rows that are equal in all of these, from 0.
    """

    kind: str
    heading: str
    keys: tuple[tuple[str, str, str], ...]
    quote: str
    occurrence: int = 0

    def labels(self, but: str, *, texts: bool) -> tuple[tuple[str, str, str], ...]:
        """The keys except those of one field, with or without plain texts."""
        return tuple(
            key for key in self.keys if key[0] != but and (texts or key[1] != FieldType.TEXT)
        )


def identities(db: sqlite_utils.Database, document_id: int) -> dict[int, Identity]:
    """The identity of every row of a paper, by its row number, in printed order.

    Args:
        db: The database of an open transaction.
        document_id: The paper.
    """
    seen: Counter[Identity] = Counter()
    found: dict[int, Identity] = {}
    rows = db.execute(
        "select r.id, r.kind, n.title from records r join relations n on n.id = r.relation_id"
        " where n.document_id = ? order by n.ordinal, r.ordinal",
        [document_id],
    ).fetchall()
    for record_id, kind, title in rows:
        parts = db.execute(QUOTE_PARTS, [record_id]).fetchall()
        one = Identity(
            kind=kind,
            heading=fold(title),
            keys=_keys(db, record_id),
            quote=fold(joined(part for (part,) in parts)),
        )
        found[record_id] = replace(one, occurrence=seen[one])
        seen[one] += 1
    return found


def _keys(db: sqlite_utils.Database, record_id: int) -> tuple[tuple[str, str, str], ...]:
    rows = db.execute(
        "select name, type, text, printed from fields where record_id = ? order by ordinal",
        [record_id],
    ).fetchall()
    return tuple(
        (name, kind, fold(json.loads(printed)["text"] if printed else text))
        for name, kind, text, printed in rows
        if FieldType(kind) in _KEYS
    )


QUOTE_PARTS = """
select substr(d.text, s.start + 1, s."end" - s.start) as part from record_spans s
join records r on r.id = s.record_id join relations n on n.id = r.relation_id
join documents d on d.id = n.document_id where s.record_id = ? order by s.ordinal
"""
"""The printed parts of one row, in order."""


def joined(parts: Iterable[str]) -> str:
    """The printed parts of a row as its quote: each on one line, `…` between them."""
    return "…".join(squeeze(part.replace("\t", "…")) for part in parts)


def recognised(wanted: Identity, field: str, known: dict[int, Identity]) -> int | None:
    """The row of a paper that another one was, by what is left of its identity.

    Args:
        wanted: The row as it was.
        field: The field that matters: the rest of the row may have changed around its value.
            Empty for the whole row, which must read as it did.
        known: The rows of the paper as it is now.

    Returns:
        Its row number; None where no row, or more than one, could be it.
    """
    kind = {number: one for number, one in known.items() if one.kind == wanted.kind}
    quoted = {number: one for number, one in kind.items() if one.quote == wanted.quote}
    alike = {number: one for number, one in quoted.items() if one.keys == wanted.keys}
    same = [number for number, one in alike.items() if one.heading == wanted.heading]
    for numbers in (same, list(alike)):
        if numbers:
            return numbers[min(wanted.occurrence, len(numbers) - 1)]
    if len(wanted.quote) >= _TELLING and (number := _only(list(quoted))):
        return number
    return _labelled(wanted, field, kind) if field else None


def _labelled(wanted: Identity, field: str, known: dict[int, Identity]) -> int | None:
    """The one row with the same labels: all of them, else its names and places."""
    for texts in (True, False):
        labels = wanted.labels(field, texts=texts)
        named = {n: one for n, one in known.items() if one.labels(field, texts=texts) == labels}
        below = [number for number, one in named.items() if one.heading == wanted.heading]
        if labels and (number := _only(below) or _only(list(named))):
            return number
    return None


def _only(numbers: Sequence[int]) -> int | None:
    return numbers[0] if len(numbers) == 1 else None
