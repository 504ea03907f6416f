"""The claims of a paper's rows, written with them and anew when the program learns to compare."""

from __future__ import annotations

import hashlib
import json
import re
from itertools import groupby
from typing import Any

import sqlite_utils

from corpus.claims import Claimant, as_printed, row_claim, value_claims
from corpus.places import find_districts
from corpus.records import Field, FieldType, RecordKind
from corpus.types import Span

# A municipality by what stands behind its name, where the gazetteer does not know it.
_BODY = re.compile(
    r"(?<![가-힣])([가-힣]{1,6}[시군구읍면동]\d{0,2})\s?"
    r"(?:동\s)?(?:지역사회보장|대표|실무|동)?(?:협의체|주민자치회|주민자치위원회|의회|청(?![가-힣]))"
)
# Standing alone, as titles name it; of two syllables it is a word (연구) or in the gazetteer.
_ALONE = re.compile(r"(?<![가-힣])([가-힣]{2,3}[시군구])(?![가-힣])")
# Whose paper it is stands at its head.
_HEAD = 600


def write_claims(db: sqlite_utils.Database, document_id: int) -> None:
    """Write what the rows of one paper claim, inside the transaction that wrote them.

    Claims go with their rows, so nothing is left of a paper that is withdrawn or comes in anew.

    Args:
        db: The database of the transaction.
        document_id: The paper; it must not have claims yet.
    """
    title, dated, whose, head = db.execute(
        "select title, dated, body, substr(text, 1, ?) from documents where id = ?",
        [_HEAD, document_id],
    ).fetchone()
    body = body_of(whose, title) or _first(_ALONE, title) or body_of(head)
    rows = _claimants(db, document_id, title, dated, body)
    db.conn.executemany(
        "insert into row_claims values (?, ?, ?)",
        [(row.id, _digest(row_claim(row)), body) for row in rows],
    )
    db.conn.executemany(
        "insert into value_claims values (?, ?, ?, ?, ?)",
        [
            (one.record_id, one.ordinal, _digest(one.claim), body, one.precision)
            for one in value_claims(rows)
        ],
    )


def renew_claims(db: sqlite_utils.Database, document_id: int) -> None:
    """Write the claims of a paper anew, inside the transaction that changed its rows."""
    for table in ("row_claims", "value_claims"):
        db.execute(
            f"delete from {table} where record_id in (select r.id from relations n"
            " join records r on r.relation_id = n.id where n.document_id = ?)",
            [document_id],
        )
    write_claims(db, document_id)


def body_of(*texts: str) -> str:
    """The municipality or neighbourhood whose paper it is, from the first text that tells.

    Returns:
        Its own name without the province (`북구`); empty where no text tells.

    >>> body_of("가람구지역사회보장협의체", ""), body_of("", "동별 예산")
    ('가람구', '')
    """
    for text in texts:
        if named := _first(_BODY, text):
            return named
        for mention in find_districts(text):
            if mention.district and mention.district.kind != "시도":
                return mention.district.name
    return ""


def _first(pattern: re.Pattern[str], text: str) -> str:
    match = pattern.search(text)
    return match[1] if match else ""


def _claimants(
    db: sqlite_utils.Database, document_id: int, title: str, dated: str, body: str
) -> list[Claimant]:
    rows = db.execute(
        "select r.id, r.kind, n.title, r.total, f.name, f.type, f.text, f.value,"
        " f.unit, f.place, f.first, f.last, f.printed"
        " from relations n join records r on r.relation_id = n.id"
        " join fields f on f.record_id = r.id where n.document_id = ? order by r.id, f.ordinal",
        [document_id],
    ).fetchall()
    found = []
    for (number, kind, heading, total), group in groupby(rows, lambda row: row[:4]):
        found.append(
            Claimant(
                id=number,
                kind=RecordKind(kind),
                heading=heading,
                title=title,
                dated=dated,
                body=body,
                total=bool(total),
                fields=tuple(_field(*row[4:]) for row in group),
            )
        )
    return found


def _field(name: str, kind: str, text: str, value: int | None, unit: str, *rest: Any) -> Field:
    place, first, last, printed = rest
    field = Field(
        name=name,
        type=FieldType(kind),
        text=text,
        span=Span(start=0, end=0),
        value=value,
        unit=unit,
        place=place,
        first=first,
        last=last,
    )
    return as_printed(field, json.loads(printed) if printed else None)


def _digest(claim: str) -> str:
    return hashlib.sha256(claim.encode()).hexdigest()[:32]
