"""Tables of what papers state: relations, records, their spans and fields, and findings."""

from __future__ import annotations

RECORDS = (
    """
    create table relations (
        id integer primary key,
        document_id integer not null references documents (id) on delete cascade,
        ordinal integer not null,
        kind text not null,
        title text not null,
        start integer not null,
        "end" integer not null,
        unique (document_id, ordinal)
    ) strict
    """,
    """
    create table records (
        id integer primary key,
        relation_id integer not null references relations (id) on delete cascade,
        ordinal integer not null,
        parent_id integer references records (id) on delete cascade,
        kind text not null,
        total integer not null check (total in (0, 1)),
        doubt text not null,
        unique (relation_id, ordinal)
    ) strict
    """,
    "create index records_parent on records (parent_id)",
    "create index records_kind on records (kind)",
    """
    create table record_spans (
        record_id integer not null references records (id) on delete cascade,
        ordinal integer not null,
        start integer not null,
        "end" integer not null,
        primary key (record_id, ordinal)
    ) strict
    """,
    """
    create table fields (
        record_id integer not null references records (id) on delete cascade,
        ordinal integer not null,
        name text not null,
        type text not null,
        text text not null,
        start integer not null,
        "end" integer not null,
        value integer,
        unit text not null,
        place text not null,
        first text not null,
        last text not null,
        primary key (record_id, ordinal)
    ) strict
    """,
    "create index fields_place on fields (place) where place <> ''",
    # Derived: the words by which a record is found.
    "create virtual table record_terms using fts5 (title, heading, body)",
    """
    create trigger record_deleted after delete on records begin
        delete from record_terms where rowid = old.id;
    end
    """,
    """
    create table findings (
        id integer primary key,
        document_id integer not null references documents (id) on delete cascade,
        code text not null,
        details text not null,
        spans text not null
    ) strict
    """,
    "create index findings_document on findings (document_id)",
)

PLACES_AND_YEARS = (
    # With the record in it: a place of 1,000 records is read from the index alone.
    "drop index fields_place",
    "create index fields_place on fields (place, record_id) where place <> ''",
    # Columns of several years (`2023년 예산`), which few tables have.
    "create index fields_of_years on fields (record_id) where name glob '*[12][09][0-9][0-9]*'",
    "create index fields_money on fields (value) where type = 'money'",
)
