"""Rows read with doubt, waiting for staff; and everything that staff changed."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass

import sqlite_utils

from corpus.corrected_fields import text_of
from corpus.corrections import Actor, Seen, Verdict, confirm, correct, undo
from corpus.database import CouncilDatabase
from corpus.findings import warning
from corpus.messages import say
from corpus.new_editions import CHANGED, GONE, renew_terms
from corpus.records import Field, FieldType, RecordKind
from corpus.row_identity import QUOTE_PARTS, joined
from corpus.types import Span, Visibility

_QUOTE = 300

# Waiting: read with doubt or named by a finding and not looked at yet, or corrected once where the
# paper prints another value now. Only fixed text is put into the statements below.
_WAITING = f"""
    (r.confirmed = 0 and (r.doubt <> '' or exists
        (select 1 from finding_records f where f.record_id = r.id))
    or exists (select 1 from corrections c
        where c.record_id = r.id and c.undone = 0 and c.lost = '{CHANGED}'))
"""
_FROM = """
    from records r join relations n on n.id = r.relation_id
    join documents d on d.id = n.document_id
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewRow:
    """A row as staff look at it.

    Attributes:
        seen: Which row, and at which state.
        kind: What it states.
        document: Name of its paper.
        title: Title of its paper.
        heading: Title of its relation.
        quote: Its printed text, at most 300 characters.
        fields: Its values as they stand, by their ordinal.
        reasons: Why it waits, as sentences; empty for a row in no doubt.
        confirmed: Whether staff confirmed or corrected it.
    """

    seen: Seen
    kind: RecordKind
    document: str
    title: str
    heading: str
    quote: str
    fields: tuple[Field, ...]
    reasons: tuple[str, ...]
    confirmed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One confirmation or correction.

    Attributes:
        id: Its number.
        document: Name of the paper.
        field: The field that was corrected; empty for a confirmation.
        printed: What the paper prints there.
        given: What staff put in its place.
        reason: Why, as they said.
        made_at: When, ISO 8601.
        state: `standing`, `undone`, `changed` (the paper prints another value now) or `gone`.
        seen: The row, where it is there.
    """

    id: int
    document: str
    field: str
    printed: str
    given: str
    reason: str
    made_at: str
    state: str
    seen: Seen | None


class Review:
    """Reads what is to be reviewed, and changes it.

    Args:
        database: The council's store.
        analyse: Makes index terms of a text.
    """

    def __init__(self, database: CouncilDatabase, analyse: Callable[[str], str]) -> None:
        self._database = database
        self._analyse = analyse

    def count(self, audience: Visibility, but: int = 0) -> int:
        """How many rows wait, without the one that is being decided."""
        sql = f"select count(*) as n {_FROM} where {_WAITING} and d.visibility <= ? and r.id <> ?"
        row = self._database.one(sql, [audience, but])
        return int(row["n"]) if row else 0

    def next(self, after: int, audience: Visibility) -> ReviewRow | None:
        """The next waiting row behind a row number; None behind the last."""
        row = self._database.one(
            f"select r.id {_FROM} where {_WAITING} and r.id > ? and d.visibility <= ?"
            " order by r.id limit 1",
            [after, audience],
        )
        return None if row is None else self.row(row["id"], audience)

    def waiting(self, audience: Visibility, most: int) -> list[ReviewRow]:
        """The first waiting rows, in order of their numbers."""
        rows = self._database.read(
            f"select r.id {_FROM} where {_WAITING} and d.visibility <= ? order by r.id limit ?",
            [audience, most],
        )
        return [row for one in rows if (row := self.row(one["id"], audience)) is not None]

    def row(self, record_id: int, audience: Visibility) -> ReviewRow | None:
        """One row; None where there is none that the audience may see."""
        head = self._database.one(
            "select r.id, r.kind, r.doubt, r.confirmed, r.revision, n.title as heading,"
            f" d.id as document_id, d.name, d.title {_FROM} where r.id = ? and d.visibility <= ?",
            [record_id, audience],
        )
        if head is None:
            return None
        return ReviewRow(
            seen=Seen(
                record_id=record_id, document_id=head["document_id"], revision=head["revision"]
            ),
            kind=RecordKind(head["kind"]),
            document=head["name"],
            title=head["title"],
            heading=head["heading"],
            quote=self._quote(record_id),
            fields=self._fields(record_id),
            reasons=tuple(self._reasons(record_id, head["doubt"], confirmed=head["confirmed"])),
            confirmed=bool(head["confirmed"]),
        )

    def _quote(self, record_id: int) -> str:
        rows = self._database.read(QUOTE_PARTS, [record_id])
        return joined(row["part"] for row in rows)[:_QUOTE]

    def _fields(self, record_id: int) -> tuple[Field, ...]:
        rows = self._database.read(
            "select * from fields where record_id = ? order by ordinal", [record_id]
        )
        return tuple(read_field(row) for row in rows)

    def _reasons(self, record_id: int, doubt: str, *, confirmed: bool) -> list[str]:
        changed = self._database.read(
            "select printed from corrections where record_id = ? and undone = 0 and lost = ?",
            [record_id, CHANGED],
        )
        reasons = [say("review.differs_now", printed=text_of(row["printed"])) for row in changed]
        if not confirmed:
            reasons += [say(f"doubt.{doubt}")] if doubt else []
            found = self._database.read(
                "select f.code, f.details from finding_records r"
                " join findings f on f.id = r.finding_id where r.record_id = ? order by f.id",
                [record_id],
            )
            reasons += [warning(row["code"], json.loads(row["details"])) for row in found]
        return reasons

    def changes(self) -> list[Change]:
        """Everything that was confirmed or corrected, newest first, what was lost included."""
        rows = self._database.read(
            "select c.*, r.revision, n.document_id from corrections c"
            " left join records r on r.id = c.record_id left join relations n"
            " on n.id = r.relation_id order by c.id desc"
        )
        return [_change(row) for row in rows]

    # -- inside an open transaction --------------------------------------------------------------
    def confirm(self, db: sqlite_utils.Database, seen: Seen, actor: Actor) -> Verdict:
        """Confirm a row as printed."""
        return confirm(db, seen, actor)

    def correct(
        self, db: sqlite_utils.Database, seen: Seen, actor: Actor, ordinal: int, new: Field
    ) -> Verdict:
        """Put another value in the place of one of a row's."""
        verdict = correct(db, seen, actor, ordinal, new)
        return self._termed(db, seen, verdict)

    def undo(self, db: sqlite_utils.Database, seen: Seen, actor: Actor) -> Verdict:
        """Take the last change of a row back."""
        return self._termed(db, seen, undo(db, seen, actor))

    def _termed(self, db: sqlite_utils.Database, seen: Seen, verdict: Verdict) -> Verdict:
        if verdict is Verdict.DONE:
            renew_terms(db, seen.document_id, [seen.record_id], self._analyse)
        return verdict


def _change(row: sqlite3.Row) -> Change:
    state = "standing"
    if row["undone"]:
        state = "undone"
    elif row["record_id"] is None:
        state = GONE
    elif row["lost"]:
        state = row["lost"]
    seen = None
    if row["record_id"] is not None:
        seen = Seen(
            record_id=row["record_id"], document_id=row["document_id"], revision=row["revision"]
        )
    return Change(
        id=row["id"],
        document=row["document"],
        field=row["field"],
        printed=text_of(row["printed"]),
        given=text_of(row["given"]),
        reason=row["reason"],
        made_at=row["made_at"],
        state=state,
        seen=seen,
    )


def read_field(row: sqlite3.Row) -> Field:
    """A field from a row of its table."""
    return Field(
        name=row["name"],
        type=FieldType(row["type"]),
        text=row["text"],
        span=Span(start=row["start"], end=row["end"]),
        value=row["value"],
        unit=row["unit"],
        place=row["place"],
        first=row["first"],
        last=row["last"],
        printed=text_of(row["printed"]),
    )
