"""The tables of the store, as named migrations that only ever go forward."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from sqlite_utils import Database, Migrations

from corpus.answer_tables import LASTING_NUMBERS
from corpus.claim_tables import CLAIMS
from corpus.claiming import write_claims
from corpus.first_tables import FIRST
from corpus.ledger.tables import LEDGER
from corpus.meetings.tables import ATTACHMENTS, MEETINGS, REMINDERS
from corpus.people_tables import RESPONSIBILITIES
from corpus.privacy_tables import PRIVACY, UNANSWERED
from corpus.record_tables import PLACES_AND_YEARS, RECORDS
from corpus.staff_tables import CORRECTIONS, FINDING_RECORDS, PEOPLE

MIGRATIONS = Migrations("council")


@MIGRATIONS()
def m001_papers_and_conversations(db: Database) -> None:
    """Papers with their passages and tables, conversations, and Telegram's durable queues."""
    for statement in FIRST:
        db.execute(statement)


@MIGRATIONS()
def m002_records(db: Database) -> None:
    """What papers state in rows, lists, outlines and boxes, as typed fields."""
    for statement in RECORDS:
        db.execute(statement)


@MIGRATIONS()
def m003_levels(db: Database) -> None:
    """Levels of all papers without reading the papers."""
    db.execute("create index documents_visibility on documents (visibility)")


@MIGRATIONS()
def m004_people_and_corrections(db: Database) -> None:
    """Roles by invitation, the audit, dialogues, and what staff corrected or confirmed."""
    for statement in (*PEOPLE, *CORRECTIONS, FINDING_RECORDS):
        db.execute(statement)


@MIGRATIONS()
def m005_claims(db: Database) -> None:
    """What rows claim, so that one fact of several papers is known as one."""
    for statement in CLAIMS:
        db.execute(statement)
    for (document_id,) in db.execute("select id from documents").fetchall():
        write_claims(db, document_id)


@MIGRATIONS()
def m006_ledger(db: Database) -> None:
    """Opinions with their replies, promises and history; drafts, and what is done on a schedule."""
    for statement in LEDGER:
        db.execute(statement)


@MIGRATIONS()
def m007_meetings(db: Database) -> None:
    """Meetings with their notes and minutes, and which message of the outbox is about what."""
    for statement in MEETINGS:
        db.execute(statement)


@MIGRATIONS()
def m008_places_and_years(db: Database) -> None:
    """Records by place, by columns of years and by amount without reading all fields."""
    for statement in PLACES_AND_YEARS:
        db.execute(statement)


@MIGRATIONS()
def m009_reminders_and_attachments(db: Database) -> None:
    """Who is reminded of meetings, and what hangs on notes."""
    for statement in (*REMINDERS, *ATTACHMENTS):
        db.execute(statement)


@MIGRATIONS()
def m010_heads(db: Database) -> None:
    """The printed headings of columns, by which their rows are found too."""
    db.execute("alter table relations add column heads text not null default ''")


@MIGRATIONS()
def m011_responsibilities(db: Database) -> None:
    """Departments, who answers for which neighbourhood, and the groups that are bound."""
    for statement in RESPONSIBILITIES:
        db.execute(statement)


@MIGRATIONS()
def m013_unanswered_and_privacy(db: Database) -> None:
    """What could not be answered, numbers by day, who was told what is kept, and allowances."""
    for statement in (*UNANSWERED, *PRIVACY):
        db.execute(statement)


@MIGRATIONS()
def m015_calls_of_the_model(db: Database) -> None:
    """The audit by what was done: each call of the chat model counts those of its day."""
    db.execute("create index audit_action on audit (action, at)")


@MIGRATIONS()
def m016_lasting_numbers_of_answers(db: Database) -> None:
    """Answers whose numbers never come back, so that no old button finds somebody else's."""
    for statement in LASTING_NUMBERS:
        db.execute(statement)


@MIGRATIONS()
def m017_levels_of_messages(db: Database) -> None:
    """What whoever reads a message that waits must be allowed to see when it is sent."""
    db.execute("alter table outbox add column level integer not null default 0")


def migrate(db: Database) -> None:
    """Bring a database to the newest schema; each step is one transaction.

    Args:
        db: An open, writable database; an empty one gets every table.
    """
    MIGRATIONS.apply(db)


def applied_steps(connection: sqlite3.Connection) -> tuple[str, ...]:
    """The migrations that a store has, in their order; none for a file without any.

    Raises:
        sqlite3.DatabaseError: The file is no database or is damaged.
    """
    table = MIGRATIONS.migrations_table
    known = "select 1 from sqlite_master where name = ?"
    if connection.execute(known, [table]).fetchone() is None:
        return ()
    sql = f"select name from {table} where migration_set = ? order by id"
    return tuple(str(row[0]) for row in connection.execute(sql, [MIGRATIONS.name]))


def unknown_steps(steps: Iterable[str]) -> list[str]:
    """Those migrations that this program does not know: a newer one made them."""
    known = {migration.name for migration in MIGRATIONS._migrations}
    return [step for step in steps if step not in known]


def pending_steps(steps: Iterable[str]) -> list[str]:
    """The migrations that a store with these steps lacks, in their order."""
    made = set(steps)
    return [one.name for one in MIGRATIONS._migrations if one.name not in made]


def newest() -> str:
    """Name of the last migration this program knows."""
    return str(MIGRATIONS._migrations[-1].name)
