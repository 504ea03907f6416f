"""The tables of the store, as named migrations that only ever go forward."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from sqlite_utils import Database, Migrations

from corpus.claim_tables import CLAIMS
from corpus.ledger.tables import LEDGER
from corpus.meetings.tables import ATTACHMENTS, MEETINGS, REMINDERS
from corpus.people_tables import RESPONSIBILITIES
from corpus.privacy_tables import PRIVACY, UNANSWERED
from corpus.record_tables import PLACES_AND_YEARS, RECORDS
from corpus.staff_tables import CORRECTIONS, FINDING_RECORDS, PEOPLE

MIGRATIONS = Migrations("council")

_FIRST = (
    # -- papers ------------------------------------------------------------------------------
    """
    create table settings (
        key text primary key,
        value text not null
    ) strict
    """,
    """
    create table documents (
        id integer primary key autoincrement,
        name text not null unique,
        title text not null,
        kind text not null,
        body text not null default '',
        dated text not null default '',
        visibility integer not null check (visibility in (0, 1, 2)),
        format text not null,
        source text not null unique,
        sha256 text not null,
        text text not null,
        ingested_at text not null
    ) strict
    """,
    "create index documents_sha256 on documents (sha256)",
    """
    create table pages (
        document_id integer not null references documents (id) on delete cascade,
        number integer not null,
        start integer not null,
        primary key (document_id, number)
    ) strict
    """,
    """
    create table doubts (
        id integer primary key,
        document_id integer not null references documents (id) on delete cascade,
        code text not null,
        detail text not null default ''
    ) strict
    """,
    "create index doubts_document on doubts (document_id)",
    # Autoincrement: the vector index may still hold a deleted passage, so no number comes back.
    """
    create table passages (
        id integer primary key autoincrement,
        document_id integer not null references documents (id) on delete cascade,
        ordinal integer not null,
        start integer not null,
        "end" integer not null check ("end" > start),
        page integer,
        heading text not null,
        text text not null,
        sha256 text not null,
        unique (document_id, ordinal)
    ) strict
    """,
    "create index passages_sha256 on passages (sha256)",
    """
    create table tables (
        id integer primary key,
        document_id integer not null references documents (id) on delete cascade,
        ordinal integer not null,
        caption text not null,
        start integer not null,
        "end" integer not null,
        page integer,
        rows integer not null,
        columns integer not null,
        unique (document_id, ordinal)
    ) strict
    """,
    """
    create table cells (
        table_id integer not null references tables (id) on delete cascade,
        row integer not null,
        column integer not null,
        row_span integer not null,
        column_span integer not null,
        text text not null,
        start integer not null,
        "end" integer not null,
        primary key (table_id, row, column)
    ) strict
    """,
    # -- derived: keyword terms, and which passages the vector index holds ------------------------
    "create virtual table passage_terms using fts5 (title, heading, body)",
    "create virtual table passage_words using fts5vocab(passage_terms, row)",
    """
    create table passage_vectors (
        passage_id integer primary key references passages (id) on delete cascade,
        fingerprint text not null
    ) strict
    """,
    "create table stale_vectors (passage_id integer primary key) strict",
    """
    create trigger passage_deleted after delete on passages begin
        delete from passage_terms where rowid = old.id;
        insert or ignore into stale_vectors values (old.id);
    end
    """,
    # -- people and conversations --------------------------------------------------------------
    """
    create table people (
        id integer primary key,
        telegram_id integer unique,
        role text not null default 'citizen',
        dong text not null default '',
        created_at text not null
    ) strict
    """,
    """
    create table answers (
        id integer primary key,
        conversation text not null,
        question text not null,
        answer text not null,
        visibility integer not null check (visibility in (0, 1, 2)),
        chat_id integer,
        question_message_id integer,
        reply_message_id integer,
        asked_at text not null
    ) strict
    """,
    "create index answers_conversation on answers (conversation, id)",
    "create index answers_message on answers (chat_id, question_message_id)",
    """
    create table feedback (
        answer_id integer not null references answers (id) on delete cascade,
        person_id integer not null references people (id) on delete cascade,
        helpful integer not null check (helpful in (0, 1)),
        given_at text not null,
        primary key (answer_id, person_id)
    ) strict
    """,
    # -- Telegram's durable inbox and outbox -----------------------------------------------------
    """
    create table inbox (
        update_id integer primary key,
        payload text not null,
        state text not null check (state in ('waiting', 'done', 'failed')),
        attempts integer not null default 0,
        received_at text not null,
        handled_at text
    ) strict
    """,
    "create index inbox_waiting on inbox (update_id) where state = 'waiting'",
    """
    create table outbox (
        id integer primary key autoincrement,
        update_id integer,
        chat_id integer not null,
        method text not null,
        payload text not null,
        answer_id integer references answers (id) on delete set null,
        state text not null check (state in ('queued', 'sending', 'sent', 'failed')),
        attempts integer not null default 0,
        not_before text not null,
        message_id integer,
        created_at text not null
    ) strict
    """,
    "create index outbox_message on outbox (chat_id, message_id)",
    "create index outbox_answer on outbox (answer_id)",
    "create index outbox_open on outbox (chat_id, id) where state in ('queued', 'sending')",
)


@MIGRATIONS()
def m001_papers_and_conversations(db: Database) -> None:
    """Papers with their passages and tables, conversations, and Telegram's durable queues."""
    for statement in _FIRST:
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
    from corpus.claiming import write_claims  # 0.1 s, for stores of the first releases

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
