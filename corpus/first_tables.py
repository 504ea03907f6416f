"""The first tables: papers, people, conversations, and Telegram's durable queues."""

from __future__ import annotations

FIRST = (
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
